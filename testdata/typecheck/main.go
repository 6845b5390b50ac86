// Type-checks packages of a Go tree from their source, for any port: typecheck PACKAGE…
// The tree and the port come from GOROOT, GOOS and GOARCH. Nothing is compiled, so functions without a body are fine.
package main

import (
	"fmt"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"os"
)

func main() {
	build.Default.GOROOT = os.Getenv("GOROOT")
	build.Default.CgoEnabled = false
	files := token.NewFileSet()
	source := importer.ForCompiler(files, "source", nil).(types.ImporterFrom)
	failed := false
	for _, name := range os.Args[1:] {
		if _, err := source.ImportFrom(name, build.Default.GOROOT+"/src", 0); err != nil {
			fmt.Println(err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
	fmt.Println(build.Default.GOOS+"/"+build.Default.GOARCH, "type-checks:", len(os.Args)-1, "packages")
}
