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
	"go/token"
	"go/types"
	"os"
	"path/filepath"
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
