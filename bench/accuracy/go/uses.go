// What one file defines and uses.
package main

import (
	"go/ast"
	"go/types"
)

type printer struct {
	*program
	info  *types.Info
	file  string
	owner *types.Package
}

func (p printer) printFile(tree *ast.File) {
	for identifier, object := range p.info.Defs {
		if object != nil && p.fset.Position(identifier.Pos()).Filename == p.file && identifier.Name != "_" {
			p.printDefinition(object)
		}
	}
	for _, each := range tree.Decls {
		switch declaration := each.(type) {
		case *ast.FuncDecl:
			p.printUses(declaration, p.functionName(declaration))
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				switch it := spec.(type) {
				case *ast.TypeSpec:
					p.printTypeUses(it.Type, it.Name.Name)
					if it.TypeParams != nil {
						p.printUses(it.TypeParams, it.Name.Name)
					}
				case *ast.ValueSpec:
					p.printValueUses(it)
				}
			}
		}
	}
}

func (p printer) printDefinition(object types.Object) {
	file, name, line, ok := p.definition(object)
	if !ok {
		return
	}
	if it, isVariable := object.(*types.Var); isVariable && !it.Exported() {
		return
	}
	p.line("define", file, line, name)
	if it, isType := object.(*types.TypeName); isType && !it.IsAlias() && it.Type().Underlying() != types.Typ[types.Invalid] {
		p.resolved[p.owner.Path()] = append(p.resolved[p.owner.Path()], named{file, it})
	}
}

func (p printer) functionName(declaration *ast.FuncDecl) string {
	if declaration.Recv == nil || len(declaration.Recv.List) == 0 {
		return declaration.Name.Name
	}
	if name := embeddedName(declaration.Recv.List[0].Type); name != nil {
		return name.Name + "." + declaration.Name.Name
	}
	return declaration.Name.Name
}

// What stands in the type of a field is used by the field.
func (p printer) printTypeUses(node ast.Node, holder string) {
	ast.Inspect(node, func(each ast.Node) bool {
		switch it := each.(type) {
		case *ast.Field:
			name := holder
			if len(it.Names) > 0 {
				if known, ok := p.members[it.Names[0].Pos()]; ok {
					name = known
				}
			}
			if name == holder {
				return true
			}
			p.printTypeUses(it.Type, name)
			return false
		case *ast.Ident:
			p.printUse(it, holder)
		}
		return true
	})
}

func (p printer) printValueUses(spec *ast.ValueSpec) {
	if spec.Type != nil {
		for _, name := range spec.Names {
			p.printUses(spec.Type, name.Name)
		}
	}
	for at, value := range spec.Values {
		p.printUses(value, spec.Names[min(at, len(spec.Names)-1)].Name)
	}
}

func (p printer) printUses(node ast.Node, holder string) {
	ast.Inspect(node, func(each ast.Node) bool {
		if it, ok := each.(*ast.Ident); ok {
			p.printUse(it, holder)
		}
		return true
	})
}

func (p printer) printUse(identifier *ast.Ident, holder string) {
	object := p.info.Uses[identifier]
	if object == nil {
		if _, isDefined := p.info.Defs[identifier]; !isDefined {
			p.line("unknown", p.file, holder, identifier.Name)
		}
		return
	}
	file, name, line, ok := p.definition(object)
	if !ok {
		return
	}
	kind := "references"
	switch object.(type) {
	case *types.TypeName:
		kind = "uses-type"
	case *types.Func:
		kind = "calls"
	}
	how := "allowed"
	if object.Pkg() != p.owner {
		how = "required"
	}
	p.line("use", p.file, holder, file, name, line, "required", kind)
	p.line("import", p.file, file, how)
}
