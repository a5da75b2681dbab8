// Where packages lie, and what they are when they are checked for others: without their bodies.
package main

import (
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

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
