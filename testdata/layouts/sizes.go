// Prints every structure of some packages as go/types lays it out for gc:
//
//	go run sizes.go GOROOT GOOS/GOARCH,… PACKAGE,…
//
//	linux/amd64 syscall.Timespec 16 8 Sec:i64@0 Nsec:i64@64
//
// A line has the size and the alignment in bytes, then the leaves of the fields, flattened as scan/go_sizer.h does: class and
// width of an element, how many there are if it is an array, offset in bits.
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
	"path/filepath"
	"sort"
	"strings"
)

const maxFlattened = 64

var (
	fset = token.NewFileSet()
	asts = map[string]*ast.File{} // shared by all ports
)

// One port.
type checker struct {
	context build.Context
	sizes   types.Sizes
	known   map[string]*types.Package
}

func (c *checker) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if known := c.known[path]; known != nil {
		return known, nil
	}
	dir := filepath.Join(c.context.GOROOT, "src", path)
	if _, err := os.Stat(dir); err != nil {
		dir = filepath.Join(c.context.GOROOT, "src/vendor", path)
	}
	found, err := c.context.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range append(found.GoFiles, found.CgoFiles...) {
		file := filepath.Join(dir, name)
		if asts[file] == nil {
			parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			asts[file] = parsed
		}
		files = append(files, asts[file])
	}
	config := types.Config{IgnoreFuncBodies: true, FakeImportC: true, Sizes: c.sizes, Importer: c, Error: func(error) {}}
	// Imports that only bodies use count as errors, which say nothing about types.
	pkg, _ := config.Check(path, fset, files, nil)
	c.known[path] = pkg
	return pkg, nil
}

func (c *checker) leaves(out []string, path string, t types.Type, offset, count int64, dimensions string) []string {
	word := c.sizes.Sizeof(types.Typ[types.Uintptr]) * 8
	leaf := func(path, class string, bits, offset int64) {
		times := ""
		if dimensions != "" {
			times = fmt.Sprintf("*%d", count)
		}
		out = append(out, fmt.Sprintf("%s:%s%d%s@%d", path+dimensions, class, bits, times, offset))
	}
	join := func(inner string) string {
		if path == "" {
			return inner
		}
		return path + "." + inner
	}
	words := func(parts ...string) {
		if dimensions != "" {
			panic("words in an array that is one leaf")
		}
		for i, part := range parts {
			leaf(join(part[1:]), part[:1], word, offset+int64(i)*word)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Kind() == types.String:
			words("pptr", "ilen")
		case u.Kind() == types.UnsafePointer:
			leaf(path, "p", word, offset)
		case u.Info()&types.IsComplex != 0:
			half := c.sizes.Sizeof(u) * 4
			leaf(join("real"), "f", half, offset)
			leaf(join("imag"), "f", half, offset+half)
		case u.Info()&types.IsFloat != 0:
			leaf(path, "f", c.sizes.Sizeof(u)*8, offset)
		case u.Info()&types.IsUnsigned != 0 || u.Info()&types.IsBoolean != 0:
			leaf(path, "u", c.sizes.Sizeof(u)*8, offset)
		default:
			leaf(path, "i", c.sizes.Sizeof(u)*8, offset)
		}
	case *types.Slice:
		words("pptr", "ilen", "icap")
	case *types.Interface:
		words("ptype", "pdata")
	case *types.Signature:
		leaf(path, "F", word, offset)
	case *types.Struct:
		for i, at := range c.sizes.Offsetsof(fieldsOf(u)) {
			field := u.Field(i)
			out = c.leaves(out, join(field.Name()), field.Type(), offset+at*8, 1, "")
		}
	case *types.Array:
		size := c.sizes.Sizeof(u.Elem()) * 8
		dimension := fmt.Sprintf("[%d]", u.Len())
		if plain(u.Elem()) {
			return c.leaves(out, path, u.Elem(), offset, count*u.Len(), dimensions+dimension)
		}
		if u.Len() > maxFlattened {
			count, dimensions = count*u.Len(), dimensions+dimension
			leaf(path, "r", size, offset)
			return out
		}
		for i := int64(0); i < u.Len(); i++ {
			out = c.leaves(out, fmt.Sprintf("%s[%d]", path, i), u.Elem(), offset+i*size, 1, "")
		}
	default:
		leaf(path, "p", word, offset)
	}
	return out
}

// Whether an array of it is one leaf.
func plain(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() != types.String && u.Info()&types.IsComplex == 0
	case *types.Array:
		return plain(u.Elem())
	case *types.Struct, *types.Slice, *types.Interface:
		return false
	}
	return true
}

func fieldsOf(t *types.Struct) []*types.Var {
	var out []*types.Var
	for i := 0; i < t.NumFields(); i++ {
		out = append(out, t.Field(i))
	}
	return out
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: sizes GOROOT PORTS PACKAGES")
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, port := range strings.Split(os.Args[2], ",") {
		c := checker{context: build.Default, known: map[string]*types.Package{}}
		c.context.GOROOT = os.Args[1]
		c.context.GOOS, c.context.GOARCH, _ = strings.Cut(port, "/")
		c.context.CgoEnabled = true
		c.sizes = types.SizesFor("gc", c.context.GOARCH)
		for _, path := range strings.Split(os.Args[3], ",") {
			pkg, err := c.Import(path)
			if err != nil {
				continue // not for this port
			}
			names := pkg.Scope().Names()
			sort.Strings(names)
			for _, name := range names {
				declared, ok := pkg.Scope().Lookup(name).(*types.TypeName)
				if !ok {
					continue
				}
				if named, ok := declared.Type().(*types.Named); ok && named.TypeParams() != nil {
					continue
				}
				if t, ok := declared.Type().Underlying().(*types.Struct); ok {
					fmt.Fprintf(out, "%s %s.%s %d %d", port, path, name, c.sizes.Sizeof(declared.Type()), c.sizes.Alignof(declared.Type()))
					for _, leaf := range c.leaves(nil, "", t, 0, 1, "") {
						fmt.Fprint(out, " ", leaf)
					}
					fmt.Fprintln(out)
				}
			}
		}
	}
}
