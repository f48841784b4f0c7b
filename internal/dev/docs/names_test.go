package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// What the documents name in backticks is there: identifiers of this module, and its files.
// Records of the past are not read: the changelog, and decisions that a later one replaced.
func TestDocuments_NameWhatThereIs(t *testing.T) {
	tree := os.DirFS(root)
	documents, err := fs.Glob(tree, "docs/*.md")
	require.NoError(t, err)
	documents = append(documents, "README.md", "CONTRIBUTING.md", "SECURITY.md")
	names, err := declaredIn(tree)
	require.NoError(t, err)
	for _, document := range documents {
		text, err := fs.ReadFile(tree, document)
		require.NoError(t, err)
		require.Empty(t, missing(tree, names, string(text)), document)
	}
}

// declared holds what each package exports: "Service" and "Service.Submit", by the name of
// the package.
type declared map[string]map[string]bool

// declaredIn reads all packages of the tree that others can import, and the commands.
func declaredIn(tree fs.FS) (declared, error) {
	names := declared{}
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" || name == "bin"):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg := names[file.Name.Name]
		if pkg == nil {
			pkg = map[string]bool{}
			names[file.Name.Name] = pkg
		}
		for _, decl := range file.Decls {
			declare(pkg, decl)
		}
		return nil
	})
	return names, err
}

func declare(pkg map[string]bool, decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil {
			name = receiver(decl.Recv.List[0].Type) + "." + name
		}
		pkg[name] = true
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					pkg[name.Name] = true
				}
			case *ast.TypeSpec:
				pkg[spec.Name.Name] = true
				for _, member := range members(spec.Type) {
					pkg[spec.Name.Name+"."+member] = true
				}
			}
		}
	}
}

func receiver(of ast.Expr) string {
	switch of := of.(type) {
	case *ast.StarExpr:
		return receiver(of.X)
	case *ast.IndexExpr:
		return receiver(of.X)
	case *ast.Ident:
		return of.Name
	}
	return ""
}

// members names the fields of a struct and the methods of an interface.
func members(of ast.Expr) (names []string) {
	var fields *ast.FieldList
	switch of := of.(type) {
	case *ast.StructType:
		fields = of.Fields
	case *ast.InterfaceType:
		fields = of.Methods
	default:
		return nil
	}
	for _, field := range fields.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

var (
	span      = regexp.MustCompile("`([^`\n]+)`")
	qualified = regexp.MustCompile(`^\*?([a-z]\w*)\.([A-Z]\w*(?:\.[A-Z]\w*)?)(?:\(.*\)|\[.*\]|\{.*\})?$`)
	member    = regexp.MustCompile(`^([A-Z]\w*\.[A-Z]\w*)(?:\(.*\))?$`)
	file      = regexp.MustCompile(`^(?:\.?[\w-]+/)+[\w.-]*$`)
)

// missing returns what a document names in backticks and this module does not have.
func missing(tree fs.FS, names declared, text string) (missing []string) {
	for _, match := range span.FindAllStringSubmatch(text, -1) {
		name := match[1]
		if parts := qualified.FindStringSubmatch(name); parts != nil {
			if pkg, ours := names[parts[1]]; ours && !pkg[parts[2]] {
				missing = append(missing, name)
			}
			continue
		}
		if parts := member.FindStringSubmatch(name); parts != nil && !names.has(parts[1]) {
			missing = append(missing, name)
			continue
		}
		top, _, _ := strings.Cut(name, "/")
		if info, err := fs.Stat(tree, top); file.MatchString(name) && err == nil && info.IsDir() {
			if _, err := fs.Stat(tree, strings.TrimSuffix(name, "/")); err != nil && !slices.Contains(notThere, name) {
				missing = append(missing, name)
			}
		}
	}
	return missing
}

// notThere are files that git ignores.
var notThere = []string{"bin/"}

// has reports whether any package has the member.
func (d declared) has(member string) bool {
	for _, pkg := range d {
		if pkg[member] {
			return true
		}
	}
	return false
}

func TestMissing_FindsPlantedNames(t *testing.T) {
	tree := fstest.MapFS{
		"wait/wait.go":      {Data: []byte("package wait\n\ntype Desk[T any] struct{ Open, Shut bool }\nfunc (d *Desk[T]) Ask() {}\ntype Port interface{ Update() }\nconst Long = 1\nfunc New() {}\n")},
		"wait/wait_test.go": {Data: []byte("package wait\n\nfunc Helper() {}\n")},
	}
	names, err := declaredIn(tree)
	require.NoError(t, err)
	require.Empty(t, missing(tree, names, "`wait.Desk`, `*wait.Desk`, `wait.Desk.Open`, `wait.Desk.Ask(x)`, `Port.Update`, `wait.Long`, `wait.New()`, `wait/`, `wait/wait.go`,"+
		" `time.Time`, `other/file.go`, `make test`, `Anything`, `x.y`, wait.Gone"))
	require.Equal(t, []string{"wait.Gone", "wait.Desk.Gone", "Desk.Gone", "wait/gone.go", "wait.Helper", "wait.Gone{A: 1}"},
		missing(tree, names, "`wait.Gone`, `wait.Desk.Gone` and `Desk.Gone` in `wait/gone.go`; `wait.Helper`; `wait.Gone{A: 1}`"))
}
