package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris"
)

// place is where a rule is named: a file and, if it stands in one, a declaration.
type place struct {
	File string
	Decl string // "Eligible", "Service.Submit", "TestER9_..."; "" outside of any
}

func (p place) String() string {
	if p.Decl == "" {
		return p.File
	}
	return p.File + ":" + p.Decl
}

// findings are the places that name each rule, in the order of files, each once.
type findings struct {
	Decided map[cris.RuleID][]place // comments and literals in code
	Proven  map[cris.RuleID][]place // tests
}

var (
	citation   = regexp.MustCompile(`\b[A-Z]{2}-\d+[a-z]?\b`)
	literal    = regexp.MustCompile(`^[A-Z]{2}-\d+[a-z]?$`)
	namedAfter = regexp.MustCompile(`^(?:Test|Fuzz)([A-Z]{2})(\d+[a-z]?)_`)
)

// scan reads every Go file of the tree, whichever module it belongs to.
func scan(tree fs.FS) (findings, error) {
	found := findings{map[cris.RuleID][]place{}, map[cris.RuleID][]place{}}
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && skipped(name):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go" || path.Base(name) == "doc.go":
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if strings.HasSuffix(name, "_test.go") {
			found.addTests(name, file)
		} else if !isCatalogue(file) {
			found.addCitations(name, file)
		}
		return nil
	})
	return found, err
}

// skipped leaves out what is no code of the library: hidden folders, test data,
// built tools, and this program, which names rules as examples.
func skipped(folder string) bool {
	base := path.Base(folder)
	return strings.HasPrefix(base, ".") || base == "testdata" || folder == "bin" || folder == "internal/dev/rulemap"
}

// isCatalogue reports whether the file declares the function Rules.
func isCatalogue(file *ast.File) bool {
	return slices.ContainsFunc(file.Decls, func(decl ast.Decl) bool {
		function, ok := decl.(*ast.FuncDecl)
		return ok && function.Recv == nil && function.Name.Name == "Rules"
	})
}

func (f findings) addTests(name string, file *ast.File) {
	for _, decl := range file.Decls {
		function, ok := decl.(*ast.FuncDecl)
		if !ok || function.Recv != nil {
			continue
		}
		if match := namedAfter.FindStringSubmatch(function.Name.Name); match != nil {
			add(f.Proven, match[1]+"-"+match[2], place{name, function.Name.Name})
		}
	}
}

func (f findings) addCitations(name string, file *ast.File) {
	for _, group := range file.Comments {
		for _, id := range citation.FindAllString(group.Text(), -1) {
			add(f.Decided, id, place{name, declaredAt(file, group.Pos())})
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if text, ok := node.(*ast.BasicLit); ok && text.Kind == token.STRING {
			if id, err := strconv.Unquote(text.Value); err == nil && literal.MatchString(id) {
				add(f.Decided, id, place{name, declaredAt(file, text.Pos())})
			}
		}
		return true
	})
}

func add(to map[cris.RuleID][]place, id string, at place) {
	if places := to[cris.RuleID(id)]; !slices.Contains(places, at) {
		to[cris.RuleID(id)] = append(places, at)
	}
}

// declaredAt names the declaration that stands at pos, its own comment included.
func declaredAt(file *ast.File, pos token.Pos) string {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if covers(decl, decl.Doc, pos) {
				return receiver(decl) + decl.Name.Name
			}
		case *ast.GenDecl:
			if covers(decl, decl.Doc, pos) {
				return specAt(decl, pos)
			}
		}
	}
	return ""
}

func covers(node ast.Node, doc *ast.CommentGroup, pos token.Pos) bool {
	start := node.Pos()
	if doc != nil {
		start = doc.Pos()
	}
	return start <= pos && pos <= node.End()
}

func receiver(function *ast.FuncDecl) string {
	if function.Recv == nil || len(function.Recv.List) == 0 {
		return ""
	}
	of := function.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	if generic, ok := of.(*ast.IndexExpr); ok {
		of = generic.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}

// specAt names the one of several types, constants or variables at pos: the first
// that does not end before it.
func specAt(decl *ast.GenDecl, pos token.Pos) string {
	for _, spec := range decl.Specs {
		end := spec.End()
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if pos <= end {
				return spec.Name.Name
			}
		case *ast.ValueSpec:
			if spec.Comment != nil {
				end = spec.Comment.End()
			}
			if pos <= end {
				return spec.Names[0].Name
			}
		}
	}
	return ""
}
