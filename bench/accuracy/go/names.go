// What things are called: members of types, and what is declared at the top of a package.
package main

import (
	"go/ast"
	"go/types"
)

// Fields and methods of interfaces know their places, not their types.
func (p *program) nameMembers(tree *ast.File) {
	var inside func(prefix string, expression ast.Expr)
	inside = func(prefix string, expression ast.Expr) {
		var fields *ast.FieldList
		switch it := expression.(type) {
		case *ast.StructType:
			fields = it.Fields
		case *ast.InterfaceType:
			fields = it.Methods
		case *ast.StarExpr:
			inside(prefix, it.X)
		case *ast.ArrayType:
			inside(prefix, it.Elt)
		case *ast.MapType:
			inside(prefix, it.Value)
		}
		if fields == nil {
			return
		}
		for _, field := range fields.List {
			for _, name := range field.Names {
				p.members[name.Pos()] = prefix + "." + name.Name
				inside(prefix+"."+name.Name, field.Type)
			}
			if len(field.Names) == 0 {
				if name := embeddedName(field.Type); name != nil {
					p.members[name.Pos()] = prefix + "." + name.Name
				}
			}
		}
	}
	for _, each := range tree.Decls {
		if declaration, ok := each.(*ast.GenDecl); ok {
			for _, spec := range declaration.Specs {
				if it, ok := spec.(*ast.TypeSpec); ok {
					inside(it.Name.Name, it.Type)
				}
			}
		}
	}
}

func embeddedName(expression ast.Expr) *ast.Ident {
	switch it := expression.(type) {
	case *ast.Ident:
		return it
	case *ast.StarExpr:
		return embeddedName(it.X)
	case *ast.SelectorExpr:
		return it.Sel
	case *ast.IndexExpr:
		return embeddedName(it.X)
	case *ast.IndexListExpr:
		return embeddedName(it.X)
	}
	return nil
}

// The file, name and line of what is declared in a listed file at the top of its package, or as a member there.
func (p *program) definition(object types.Object) (string, string, int, bool) {
	position := p.fset.Position(object.Pos())
	if !p.listed[position.Filename] {
		return "", "", 0, false
	}
	switch it := object.(type) {
	case *types.PkgName, *types.Label:
		return "", "", 0, false
	case *types.Func:
		it = it.Origin()
		position = p.fset.Position(it.Pos())
		signature := it.Type().(*types.Signature)
		if signature.Recv() == nil {
			return position.Filename, it.Name(), position.Line, it.Pkg() != nil && it.Parent() == it.Pkg().Scope() || it.Name() == "init"
		}
		if name, ok := p.members[it.Pos()]; ok {
			return position.Filename, name, position.Line, true
		}
		receiver := types.Unalias(signature.Recv().Type())
		if pointer, ok := receiver.(*types.Pointer); ok {
			receiver = types.Unalias(pointer.Elem())
		}
		of, ok := receiver.(*types.Named)
		if !ok {
			return "", "", 0, false
		}
		return position.Filename, of.Obj().Name() + "." + it.Name(), position.Line, true
	case *types.Var:
		it = it.Origin()
		position = p.fset.Position(it.Pos())
		if it.IsField() {
			name, ok := p.members[it.Pos()]
			return position.Filename, name, position.Line, ok
		}
	}
	isTop := object.Pkg() != nil && object.Parent() == object.Pkg().Scope()
	return position.Filename, object.Name(), position.Line, isTop
}
