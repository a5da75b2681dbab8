// Prints the exported top-level names of each package below a folder as JSON, by the packages of Go itself.
package main

import (
	"encoding/json"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	root, err := filepath.EvalSymlinks(os.Args[1])
	if err != nil {
		panic(err)
	}
	names := map[string][]string{}
	filepath.WalkDir(root, func(folder string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil
		}
		base := entry.Name()
		if folder != root && (base == "testdata" || base == "vendor" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")) {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil && folder != root {
			return filepath.SkipDir
		}
		found, err := build.ImportDir(folder, 0)
		if err != nil {
			return nil
		}
		relative, _ := filepath.Rel(root, folder)
		names[filepath.ToSlash(relative)] = exported(folder, append(found.GoFiles, found.CgoFiles...))
		return nil
	})
	json.NewEncoder(os.Stdout).Encode(names)
}

func exported(folder string, files []string) []string {
	all := []string{}
	add := func(name string) {
		if ast.IsExported(name) {
			all = append(all, name)
		}
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, file), nil, 0)
		if err != nil {
			continue
		}
		for _, declaration := range parsed.Decls {
			switch one := declaration.(type) {
			case *ast.FuncDecl:
				if one.Recv == nil {
					add(one.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range one.Specs {
					switch what := spec.(type) {
					case *ast.TypeSpec:
						add(what.Name.Name)
					case *ast.ValueSpec:
						for _, name := range what.Names {
							add(name.Name)
						}
					}
				}
			}
		}
	}
	return all
}
