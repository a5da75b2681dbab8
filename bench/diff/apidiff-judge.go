// Incompatible changes by golang.org/x/exp/apidiff: `apidiff-judge <import path> <old GOPATH> <new GOPATH>`, JSON on standard output.
package main

import (
	"encoding/json"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"log"
	"os"
	"path/filepath"

	"golang.org/x/exp/apidiff"
)

func load(path, gopath string) *types.Package {
	build.Default.GOPATH = gopath
	found, err := build.Default.Import(path, gopath, 0)
	if err != nil {
		log.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(set, filepath.Join(found.Dir, name), nil, 0)
		if err != nil {
			log.Fatal(err)
		}
		files = append(files, file)
	}
	config := types.Config{Importer: importer.ForCompiler(set, "source", nil), Error: func(error) {}}
	pkg, _ := config.Check(path, set, files, nil)
	return pkg
}

func main() {
	path := os.Args[1]
	before, after := load(path, os.Args[2]), load(path, os.Args[3])
	messages := []string{}
	for _, change := range apidiff.Changes(before, after).Changes {
		if !change.Compatible {
			messages = append(messages, change.Message)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(messages); err != nil {
		log.Fatal(err)
	}
}
