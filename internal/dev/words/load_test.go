package words_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/seed28e20331/cris"

// folders hold the packages of rules and the adapters, which may have reasons of their own.
var folders = []string{"casestatus", "erequest", "selfcheck", "srmt", "tracking", "adapters"}

// source is a package as it stands in its files, with types.
type source struct {
	Name  string // below the module, such as "tracking/extract"
	Files []*ast.File
	Set   *token.FileSet
	Info  *types.Info
	Types *types.Package
}

// prefix is what the codes of the package begin with: its name and a dot.
func (s source) prefix() string { return path.Base(s.Name) + "." }

// file returns the base name of the file that holds the node.
func (s source) file(node ast.Node) string { return filepath.Base(s.Set.Position(node.Pos()).Filename) }

// at says where a node stands.
func (s source) at(node ast.Node) string {
	line := s.Set.Position(node.Pos()).Line
	return s.Name + "/" + s.file(node) + ":" + itoa(line)
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

var listAll = sync.OnceValues(func() ([]listed, error) {
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles"}
	for _, folder := range folders {
		args = append(args, "./"+folder+"/...")
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = filepath.Join("..", "..", "..")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.Join(err, errors.New(stderr.String()))
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
})

// importerOf reads the packages that a source imports as the compiler left them.
func importerOf(t *testing.T, set *token.FileSet) types.Importer {
	t.Helper()
	packages, err := listAll()
	require.NoError(t, err)
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	return importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
}

// sources returns the packages below the folders; kits are none.
func sources(t *testing.T) (found []source) {
	t.Helper()
	packages, err := listAll()
	require.NoError(t, err)
	set := token.NewFileSet()
	imports := importerOf(t, set)
	for _, p := range packages {
		name, ours := strings.CutPrefix(p.ImportPath, module+"/")
		if !ours || strings.HasPrefix(name, "internal/") || strings.HasSuffix(name, "test") {
			continue
		}
		s := source{Name: name, Set: set}
		for _, file := range p.GoFiles {
			parsed, err := parser.ParseFile(set, filepath.Join(p.Dir, file), nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			s.Files = append(s.Files, parsed)
		}
		found = append(found, check(t, s, imports))
	}
	require.GreaterOrEqual(t, len(found), len(folders))
	return found
}

func check(t *testing.T, s source, imports types.Importer) source {
	t.Helper()
	s.Info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	var err error
	s.Types, err = (&types.Config{Importer: imports}).Check(module+"/"+s.Name, s.Set, s.Files, s.Info)
	require.NoError(t, err)
	return s
}

// planted returns the package x with one file of the given name.
func planted(t *testing.T, file, text string) source {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, "package x\n\nimport \"github.com/seed28e20331/cris\"\n\nvar _ cris.Code\n\n"+text, parser.SkipObjectResolution)
	require.NoError(t, err)
	return check(t, source{Name: "x", Files: []*ast.File{parsed}, Set: set}, importerOf(t, set))
}

// isNamed reports whether the type is the one of package cris with that name.
func isNamed(t types.Type, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == module && named.Obj().Name() == name
}
