package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// Whoever reads go doc learns of each function what it does and which errors it returns.
// That it implements a port says neither.
func TestComments_SayWhatAFunctionDoesAndWhichErrorsItReturns(t *testing.T) {
	silent, err := silentIn(os.DirFS(root))
	require.NoError(t, err)
	require.Empty(t, silent, "\n"+strings.Join(silent, "\n"))
}

// silentIn lists the exported functions and methods of the tree whose comment says no more
// than that they implement something, or nothing of the errors that they return.
func silentIn(tree fs.FS) (silent []string, err error) {
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "internal" || entry.Name() == "examples" || entry.Name() == "bin" || entry.Name() == "testdata"):
			return fs.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok || !function.Name.IsExported() || function.Recv != nil && !ast.IsExported(receiver(function.Recv.List[0].Type)) {
				continue
			}
			if said := strings.Join(strings.Fields(function.Doc.Text()), " "); onlyImplements.MatchString(said) || returnsError(function.Type) && !tellsErrors.MatchString(said) {
				silent = append(silent, fmt.Sprintf("%s: %s: %s", files.Position(function.Pos()), function.Name.Name, said))
			}
		}
		return nil
	})
	return silent, err
}

var (
	onlyImplements = regexp.MustCompile(`^\w+ implements [\w.]+\.$`)
	tellsErrors    = regexp.MustCompile(`[Ee]rr(or)?|[Ff]ail`)
)

// returnsError reports whether one of the results is an error or a sequence of values with
// errors.
func returnsError(function *ast.FuncType) bool {
	if function.Results == nil {
		return false
	}
	for _, result := range function.Results.List {
		found := false
		ast.Inspect(result.Type, func(n ast.Node) bool {
			ident, ok := n.(*ast.Ident)
			found = found || ok && ident.Name == "error"
			return true
		})
		if found {
			return true
		}
	}
	return false
}

func TestSilentIn_FindsPlantedComments(t *testing.T) {
	silent, err := silentIn(fstest.MapFS{"store/store.go": {Data: []byte(`package store

// Get implements port.Store.
func (s *Store) Get() int { return 0 }

// Put implements port.Store: it
// saves. Its error is that of the context.
func (s *Store[T]) Put() error { return nil }

// List yields all.
func List() iter.Seq2[int, error] { return nil }

// Post posts. It never fails.
func Post() error { return nil }

func (s *hidden) Get() error { return nil }

func get() error { return nil }

func Open() (int, error) { return 0, nil }
`)}, "store/store_test.go": {Data: []byte("package store\n\nfunc Helper() error { return nil }\n")}})
	require.NoError(t, err)
	require.Equal(t, []string{
		"store/store.go:4:1: Get: Get implements port.Store.",
		"store/store.go:11:1: List: List yields all.",
		"store/store.go:20:1: Open: ",
	}, silent)
}
