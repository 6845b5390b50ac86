// Type-checks packages of a Go tree from their source, for any port: typecheck [-patch DIR] PACKAGE…
// The tree and the port come from GOROOT, GOOS and GOARCH. Nothing is compiled, so functions without a body are fine. DIR has
// patches of the tree's packages, which are checked, too (patch.go).
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
		path := filepath.Join(folder, file)
		text, err := open(path)
		if err != nil {
			return []error{err}
		}
		one, err := parser.ParseFile(files, path, text, 0)
		text.Close()
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
	packages := os.Args[1:]
	if len(packages) > 1 && packages[0] == "-patch" {
		patched, err := patch(packages[1])
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		packages = append(patched, packages[2:]...)
	}
	failed := false
	for _, name := range packages {
		for _, err := range check(name, files, source) {
			fmt.Println(err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
	fmt.Println(build.Default.GOOS+"/"+build.Default.GOARCH, "type-checks:", len(packages), "packages")
}
