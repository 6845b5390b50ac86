// Type-checks packages of a Go tree from their source, for any port: typecheck PACKAGE…
// The tree and the port come from GOROOT, GOOS and GOARCH. Nothing is compiled, so functions without a body are fine.
package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

// The source importer looks at no bodies: what is imported is taken from it, what is named is checked here.
func check(name string, files *token.FileSet, source types.Importer) []error {
	var errors []error
	folder := filepath.Join(build.Default.GOROOT, "src", name)
	found, err := build.Default.ImportDir(folder, 0)
	if err != nil {
		return []error{err}
	}
	var parsed []*ast.File
	for _, file := range found.GoFiles {
		one, err := parser.ParseFile(files, filepath.Join(folder, file), nil, 0)
		if err != nil {
			return []error{err}
		}
		parsed = append(parsed, one)
	}
	config := types.Config{
		Importer: source,
		Sizes:    types.SizesFor("gc", build.Default.GOARCH),
		Error:    func(err error) { errors = append(errors, err) },
	}
	config.Check(name, files, parsed, nil)
	return errors
}

func main() {
	build.Default.GOROOT = os.Getenv("GOROOT")
	build.Default.CgoEnabled = false
	files := token.NewFileSet()
	source := importer.ForCompiler(files, "source", nil)
	// Vendored packages are found from a folder of the tree.
	if err := os.Chdir(filepath.Join(build.Default.GOROOT, "src")); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	failed := false
	for _, name := range os.Args[1:] {
		for _, err := range check(name, files, source) {
			fmt.Println(err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
	fmt.Println(build.Default.GOOS+"/"+build.Default.GOARCH, "type-checks:", len(os.Args)-1, "packages")
}
