// Prints what go/types makes of Go files, in the lines that `printed.ts` reads. Arguments: a file that lists the
// sources, an absolute path a line, then folders that hold other packages by their import paths.
//
// Every package is checked from its source, with its tests; a package that is nowhere found is empty, and what is
// selected from it is unknown. Files that the build constraints of this machine leave out are not judged.
//
// Names: F, T, T.Method, T.Field, without pointers and without the package. A use stands in the function, method, type,
// field, constant or variable of the package that is declared around it.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

type program struct {
	out     *bufio.Writer
	fset    *token.FileSet
	context build.Context
	asts    map[string]*ast.File
	modules map[string]string // folder of a go.mod -> its module path
	roots   []string
	// Packages of the repository without their tests, and all others.
	packages map[string]*types.Package
	members  map[token.Pos]string // fields and methods of interfaces by the place of their names
	listed   map[string]bool
	failed   map[string]string
	resolved map[string][]named // of each package of the repository, for who implements what
}

type named struct {
	file string
	name *types.TypeName
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	p := &program{
		out: bufio.NewWriter(os.Stdout), fset: token.NewFileSet(), context: build.Default,
		asts: map[string]*ast.File{}, modules: map[string]string{}, roots: os.Args[2:],
		packages: map[string]*types.Package{"unsafe": types.Unsafe}, members: map[token.Pos]string{},
		listed: map[string]bool{}, failed: map[string]string{}, resolved: map[string][]named{},
	}
	defer p.out.Flush()
	p.context.CgoEnabled = false
	folders := map[string]bool{}
	for _, file := range strings.Fields(string(text)) {
		p.listed[file] = true
		folders[filepath.Dir(file)] = true
	}
	sorted := make([]string, 0, len(folders))
	for folder := range folders {
		sorted = append(sorted, folder)
		p.module(folder)
	}
	sort.Strings(sorted)
	for _, folder := range sorted {
		p.printFolder(folder)
	}
	p.printImplementations()
}

// The folder and the path of the module that a folder belongs to.
func (p *program) module(folder string) (string, string) {
	for at := folder; ; at = filepath.Dir(at) {
		if name, ok := p.modules[at]; ok {
			return at, name
		}
		if text, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil {
			if match := regexp.MustCompile(`(?m)^module\s+"?([^\s"]+)`).FindSubmatch(text); match != nil {
				p.modules[at] = string(match[1])
				return at, string(match[1])
			}
		}
		if at == filepath.Dir(at) {
			return "", ""
		}
	}
}

// The import path of a folder of the repository.
func (p *program) importPath(folder string) string {
	root, name := p.module(folder)
	if root == "" {
		return folder
	}
	within, _ := filepath.Rel(root, folder)
	return path.Join(name, filepath.ToSlash(within))
}

func (p *program) parse(file string) *ast.File {
	if known, ok := p.asts[file]; ok {
		return known
	}
	tree, err := parser.ParseFile(p.fset, file, nil, parser.SkipObjectResolution)
	if err != nil {
		p.failed[file] = err.Error()
	}
	p.asts[file] = tree
	if tree != nil && p.listed[file] {
		p.nameMembers(tree)
	}
	return tree
}

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

// Where a package lies: in a module of the repository, in a folder `vendor`, among the given folders, in Go itself.
func (p *program) find(importPath, from string) string {
	var tries []string
	for root, name := range p.modules {
		if importPath == name || strings.HasPrefix(importPath, name+"/") {
			tries = append(tries, filepath.Join(root, strings.TrimPrefix(importPath, name)))
		}
	}
	sort.Slice(tries, func(a, b int) bool { return len(tries[a]) > len(tries[b]) })
	if root, _ := p.module(from); root != "" {
		tries = append(tries, filepath.Join(root, "vendor", importPath))
	}
	source := filepath.Join(p.context.GOROOT, "src")
	tries = append(tries, filepath.Join(source, importPath), filepath.Join(source, "vendor", importPath))
	for _, root := range p.roots {
		tries = append(tries, filepath.Join(root, importPath))
	}
	for _, each := range tries {
		if found, err := p.context.ImportDir(each, 0); err == nil && len(found.GoFiles) > 0 {
			return each
		}
	}
	return ""
}

// ImportFrom makes a program a types.ImporterFrom.
func (p *program) ImportFrom(importPath, from string, _ types.ImportMode) (*types.Package, error) {
	folder := p.find(importPath, from)
	key := folder
	if folder == "" {
		key = importPath
	}
	if known, ok := p.packages[key]; ok {
		return known, nil
	}
	if importPath == "unsafe" {
		return types.Unsafe, nil
	}
	if folder == "" {
		missing := types.NewPackage(importPath, path.Base(importPath))
		missing.MarkComplete()
		p.packages[key] = missing
		return missing, nil
	}
	p.packages[key] = types.NewPackage(importPath, path.Base(importPath)) // where packages import in a circle
	found, _ := p.context.ImportDir(folder, 0)
	config := types.Config{Importer: p, Error: func(error) {}, FakeImportC: true, IgnoreFuncBodies: true}
	checked, _ := config.Check(importPath, p.fset, p.trees(folder, found.GoFiles), nil)
	p.packages[key] = checked
	return checked, nil
}

// Import is not used by the checker where ImportFrom is.
func (p *program) Import(importPath string) (*types.Package, error) {
	return p.ImportFrom(importPath, "", 0)
}

func (p *program) trees(folder string, files []string) []*ast.File {
	var trees []*ast.File
	for _, file := range files {
		if tree := p.parse(filepath.Join(folder, file)); tree != nil {
			trees = append(trees, tree)
		}
	}
	return trees
}

// An external test sees its package with what the package's own tests add to it.
type withTests struct {
	*program
	path string
	own  *types.Package
}

func (w withTests) ImportFrom(importPath, from string, mode types.ImportMode) (*types.Package, error) {
	if importPath == w.path {
		return w.own, nil
	}
	return w.program.ImportFrom(importPath, from, mode)
}

func (p *program) printFolder(folder string) {
	found, err := p.context.ImportDir(folder, 0)
	if found == nil || (err != nil && len(found.GoFiles)+len(found.TestGoFiles)+len(found.XTestGoFiles) == 0) {
		return
	}
	importPath := p.importPath(folder)
	own := p.printPackage(importPath, p, p.trees(folder, append(append([]string{}, found.GoFiles...), found.TestGoFiles...)))
	if len(found.XTestGoFiles) > 0 {
		p.printPackage(importPath+"_test", withTests{p, importPath, own}, p.trees(folder, found.XTestGoFiles))
	}
}

func (p *program) printPackage(importPath string, importer types.Importer, trees []*ast.File) *types.Package {
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer, FakeImportC: true, Error: func(error) {}}
	checked, _ := config.Check(importPath, p.fset, trees, info)
	for _, tree := range trees {
		file := p.fset.Position(tree.Pos()).Filename
		if !p.listed[file] {
			continue
		}
		p.line("judged", file)
		if message, ok := p.failed[file]; ok {
			p.line("failed", file, message)
		}
		p.printImports(file, tree)
		printer{p, info, file, checked}.printFile(tree)
	}
	return checked
}

// A file may be said to import every file of a package that it imports.
func (p *program) printImports(file string, tree *ast.File) {
	for _, each := range tree.Imports {
		folder := p.find(strings.Trim(each.Path.Value, `"`), filepath.Dir(file))
		found, err := p.context.ImportDir(folder, 0)
		if folder == "" || err != nil {
			continue
		}
		for _, other := range found.GoFiles {
			if target := filepath.Join(folder, other); p.listed[target] {
				p.line("import", file, target, "allowed")
			}
		}
	}
}

func (p *program) line(fields ...any) {
	for at, field := range fields {
		if at > 0 {
			p.out.WriteByte('\t')
		}
		fmt.Fprint(p.out, strings.ReplaceAll(fmt.Sprint(field), "\n", " "))
	}
	p.out.WriteByte('\n')
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
