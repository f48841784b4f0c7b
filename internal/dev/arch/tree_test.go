package arch_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestTree_HasOnlyTheFoldersOfTheArchitecture(t *testing.T) {
	require.Empty(t, strayFolders(t, os.DirFS(root(t))))
}

// strayFolders returns the folders that the architecture does not know: at the
// root, and among the catch-all names that say nothing, anywhere.
func strayFolders(t *testing.T, tree fs.FS) (stray []string) {
	t.Helper()
	atRoot := []string{
		"tracking", "casestatus", "erequest", "srmt", "selfcheck", "adapters", "examples", "internal", "docs",
		"cristest", // the kit of the ports of the root package
		"testdata", // fuzzing corpora of the root package
		"bin",      // built tools, which git ignores
	}
	anywhere := []string{"utils", "util", "common", "types", "models", "helpers", "misc"}
	require.NoError(t, fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch {
		case !entry.IsDir() || path == ".":
			return nil
		case strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !strings.Contains(path, "/") && !slices.Contains(atRoot, path):
			stray = append(stray, path)
		case slices.Contains(anywhere, entry.Name()):
			stray = append(stray, path)
		}
		return nil
	}))
	return stray
}

func TestTree_GuardFindsPlantedFolders(t *testing.T) {
	require.Equal(t, []string{"internal/common", "srmt/helpers", "utilities"}, strayFolders(t, fstest.MapFS{
		"doc.go":                   {},
		".git/config":              {},
		"srmt/srmttest/store.go":   {},
		"srmt/helpers/x.go":        {},
		"internal/common/x.go":     {},
		"internal/dev/arch/doc.go": {},
		"utilities/x.go":           {},
	}))
}
