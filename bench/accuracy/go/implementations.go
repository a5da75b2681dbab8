// Who implements which interface.
package main

import "go/types"

// Who implements an interface is written nowhere in Go: true, and asked of nobody.
func (p *program) printImplementations() {
	var all []named
	for _, each := range p.resolved {
		all = append(all, each...)
	}
	for _, of := range all {
		wanted, ok := of.name.Type().Underlying().(*types.Interface)
		if !ok || wanted.NumMethods() == 0 || generic(of.name) {
			continue
		}
		for _, one := range all {
			pointer := types.NewPointer(one.name.Type())
			if one.name == of.name || generic(one.name) || !types.Implements(pointer, wanted) && !types.Implements(one.name.Type(), wanted) {
				continue
			}
			p.line("use", one.file, one.name.Name(), of.file, of.name.Name(), 0, "allowed", "implements")
			for at := 0; at < wanted.NumMethods(); at++ {
				target := wanted.Method(at)
				method, _, _ := types.LookupFieldOrMethod(pointer, true, target.Pkg(), target.Name())
				if method == nil {
					continue
				}
				file, name, _, isHere := p.definition(method)
				toFile, toName, _, isThere := p.definition(target)
				if isHere && isThere {
					p.line("override", file, name, toFile, toName, "allowed")
				}
			}
		}
	}
}

func generic(name *types.TypeName) bool {
	named, ok := name.Type().(*types.Named)
	return ok && named.TypeParams().Len() > 0
}
