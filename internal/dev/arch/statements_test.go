package arch_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// A process of an earlier version runs beside a later one, whose tables may have more
// columns: a statement that asks for all of them gets some it has no place for.
func TestStatements_NameTheirColumns(t *testing.T) {
	files := os.DirFS(root(t) + "/adapters/sqlstore")
	require.Empty(t, starSelects(t, files))
	sources, err := fs.Glob(files, "*.go")
	require.NoError(t, err)
	require.NotEmpty(t, sources)
}

var selectsStar = regexp.MustCompile(`(?i)\bSELECT\s+(DISTINCT\s+)?(\w+\.)?\*|,\s*\w+\.\*`)

// starSelects returns the places in Go and SQL files where all columns are asked for.
func starSelects(t *testing.T, files fs.FS) (found []string) {
	t.Helper()
	require.NoError(t, fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".sql") {
			return err
		}
		text, err := fs.ReadFile(files, path)
		for _, match := range selectsStar.FindAllString(string(text), -1) {
			found = append(found, path+": "+match)
		}
		return err
	}))
	return found
}

func TestStatements_GuardFindsPlantedStars(t *testing.T) {
	for name, text := range map[string]string{
		"a.go":             "const q = `SELECT * FROM a`",
		"b.go":             "const q = `SELECT c.id, c.* FROM c`",
		"c.go":             "const q = `select\n\t\td.* FROM d`",
		"d.go":             "const q = `SELECT DISTINCT * FROM e`",
		"migrations/1.sql": "INSERT INTO f SELECT * FROM g;",
	} {
		require.Len(t, starSelects(t, fstest.MapFS{name: {Data: []byte(text)}}), 1, name)
	}
	require.Empty(t, starSelects(t, fstest.MapFS{
		"good.go":   {Data: []byte("const q = `SELECT id, COUNT(*) FROM a`\nvar p *int\nfunc (s, *t)")},
		"README.md": {Data: []byte("Never `SELECT * FROM a`.")},
	}))
}
