// Patches of the standard library, applied as LLGo does (its internal/build/source_patch.go): what a patch file declares is
// taken out of the package's own files, and the patch file joins the package. Nothing is written: go/build reads through here.
package main

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Texts that stand in for those on disk, and new ones, by path.
var overlay = map[string][]byte{}

func open(path string) (io.ReadCloser, error) {
	if text, ok := overlay[path]; ok {
		return io.NopCloser(bytes.NewReader(text)), nil
	}
	return os.Open(path)
}

func readDir(folder string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var out []fs.FileInfo
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			out = append(out, info)
		}
	}
	for path := range overlay {
		if patch := strings.TrimPrefix(filepath.Base(path), "z_llgo_patch_"); filepath.Dir(path) == folder && patch != filepath.Base(path) {
			out = append(out, newFile(filepath.Base(path)))
		}
	}
	return out, nil
}

type newFile string

func (f newFile) Name() string         { return string(f) }
func (newFile) Size() int64            { return 0 }
func (newFile) Mode() fs.FileMode      { return 0 }
func (newFile) ModTime() (t time.Time) { return }
func (newFile) IsDir() bool            { return false }
func (newFile) Sys() any               { return nil }

// "T.m" of a method, "f" of all else.
func keys(decl ast.Decl) []string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil {
			return []string{decl.Name.Name}
		}
		kind := decl.Recv.List[0].Type
		if star, ok := kind.(*ast.StarExpr); ok {
			kind = star.X
		}
		return []string{kind.(*ast.Ident).Name + "." + decl.Name.Name}
	case *ast.GenDecl:
		var out []string
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					out = append(out, name.Name)
				}
			case *ast.TypeSpec:
				out = append(out, spec.Name.Name)
			}
		}
		return out
	}
	return nil
}

func parse(path string) (*token.FileSet, *ast.File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, parser.ParseComments)
	return files, file, err
}

// Whether the file still names the import.
func uses(file *ast.File, spec *ast.ImportSpec) bool {
	path := strings.Trim(spec.Path.Value, `"`)
	name := filepath.Base(path)
	if spec.Name != nil {
		name = spec.Name.Name
	}
	used := name == "_"
	for _, decl := range file.Decls {
		ast.Inspect(decl, func(node ast.Node) bool {
			if selector, ok := node.(*ast.SelectorExpr); ok {
				if id, ok := selector.X.(*ast.Ident); ok && id.Name == name {
					used = true
				}
			}
			return !used
		})
	}
	return used
}

// The file without the declarations, and without the imports that only they needed.
func without(path string, gone map[string]bool) error {
	files, file, err := parse(path)
	if err != nil {
		return err
	}
	var kept []ast.Decl
	for _, decl := range file.Decls {
		names := keys(decl)
		if len(names) != 1 || !gone[names[0]] {
			kept = append(kept, decl)
		}
	}
	if len(kept) == len(file.Decls) {
		return nil
	}
	file.Decls, file.Comments = kept, nil
	for _, decl := range file.Decls {
		if imports, ok := decl.(*ast.GenDecl); ok && imports.Tok == token.IMPORT {
			for _, spec := range imports.Specs {
				if one := spec.(*ast.ImportSpec); !uses(file, one) {
					one.Name = ast.NewIdent("_")
				}
			}
		}
	}
	var text bytes.Buffer
	if err := format.Node(&text, files, file); err != nil {
		return err
	}
	overlay[path] = text.Bytes()
	return nil
}

// The patches of one package.
func patchPackage(folder, patches string) error {
	gone := map[string]bool{}
	entries, err := os.ReadDir(patches)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		path := filepath.Join(patches, entry.Name())
		if matches, err := build.Default.MatchFile(patches, entry.Name()); entry.IsDir() || err != nil || !matches {
			continue
		}
		_, file, err := parse(path)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			for _, name := range keys(decl) {
				gone[name] = true
			}
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		overlay[filepath.Join(folder, "z_llgo_patch_"+entry.Name())] = text
	}
	found, err := build.Default.ImportDir(folder, 0)
	if err != nil {
		return err
	}
	for _, name := range found.GoFiles {
		if strings.HasPrefix(name, "z_llgo_patch_") {
			continue
		}
		if err := without(filepath.Join(folder, name), gone); err != nil {
			return err
		}
	}
	return nil
}

// All patches below a folder that lies as runtime/_patch does; gives the packages.
func patch(root string) ([]string, error) {
	build.Default.OpenFile, build.Default.ReadDir = open, readDir
	var packages []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if found, _ := filepath.Glob(filepath.Join(path, "*.go")); len(found) == 0 {
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		packages = append(packages, name)
		return patchPackage(filepath.Join(build.Default.GOROOT, "src", name), path)
	})
	return packages, err
}
