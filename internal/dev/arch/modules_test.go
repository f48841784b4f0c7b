package arch_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// goMod is what go mod edit -json tells of a module file.
type goMod struct {
	Module    struct{ Path string }
	Toolchain string
	Require   []struct {
		Path     string
		Indirect bool
	}
	Replace []struct{ Old, New struct{ Path string } }
	Tool    []struct{ Path string }
}

func readGoMod(t *testing.T, file string) goMod {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "mod", "edit", "-json", file).Output()
	require.NoError(t, err)
	var mod goMod
	require.NoError(t, json.Unmarshal(out, &mod))
	return mod
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

func TestRootModule_RequiresExactlyFive(t *testing.T) {
	require.Empty(t, rootModuleFlaws(readGoMod(t, filepath.Join(root(t), "go.mod"))))
}

func rootModuleFlaws(mod goMod) (flaws []string) {
	allowed := []string{
		"github.com/google/uuid", "github.com/jmoiron/sqlx", "github.com/shopspring/decimal", testify, "golang.org/x/text",
	}
	var direct []string
	for _, required := range mod.Require {
		if !required.Indirect {
			direct = append(direct, required.Path)
		}
	}
	slices.Sort(direct)
	if !slices.Equal(direct, allowed) {
		flaws = append(flaws, "direct requirements: "+strings.Join(direct, " "))
	}
	if mod.Module.Path != module {
		flaws = append(flaws, "module path: "+mod.Module.Path)
	}
	if mod.Toolchain != "" {
		flaws = append(flaws, "toolchain line")
	}
	if len(mod.Replace) > 0 {
		flaws = append(flaws, "replace line")
	}
	if len(mod.Tool) > 0 {
		flaws = append(flaws, "tool line")
	}
	return flaws
}

func TestRootModule_GuardFindsPlantedFlaws(t *testing.T) {
	const good = "module " + module + `

go 1.26.0

require (
	github.com/google/uuid v1.6.0
	github.com/jmoiron/sqlx v1.4.0
	github.com/shopspring/decimal v1.6.0
	github.com/stretchr/testify v1.12.1
	golang.org/x/text v0.43.0
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect
`
	for name, test := range map[string]struct{ text, want string }{
		"Good":      {good, ""},
		"OneMore":   {good + "\nrequire modernc.org/sqlite v1.60.1\n", "direct requirements: "},
		"OneLess":   {strings.Replace(good, "\tgithub.com/jmoiron/sqlx v1.4.0\n", "", 1), "direct requirements: "},
		"Toolchain": {good + "\ntoolchain go1.26.8\n", "toolchain line"},
		"Replace":   {good + "\nreplace golang.org/x/text => ../text\n", "replace line"},
		"Tool":      {good + "\ntool golang.org/x/text/cmd/gotext\n", "tool line"},
		"Renamed":   {strings.Replace(good, module, "example.org/fork", 1), "module path: example.org/fork"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "go.mod", test.text)
			flaws := rootModuleFlaws(readGoMod(t, filepath.Join(dir, "go.mod")))
			if test.want == "" {
				require.Empty(t, flaws)
				return
			}
			require.Len(t, flaws, 1)
			require.Contains(t, flaws[0], test.want)
		})
	}
}

func TestNestedModules_ReplaceTheRoot(t *testing.T) {
	files := nestedModules(t, root(t))
	require.NotEmpty(t, files)
	for _, file := range files {
		require.Empty(t, nestedModuleFlaws(root(t), file, readGoMod(t, file)))
	}
}

// nestedModules returns the module files below the root.
func nestedModules(t *testing.T, dir string) (files []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != dir && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		if entry.Name() == "go.mod" && filepath.Dir(path) != dir {
			files = append(files, path)
		}
		return nil
	}))
	return files
}

// nestedModuleFlaws checks that a nested module is named for its folder and uses
// this very checkout wherever it requires a module of it.
func nestedModuleFlaws(dir, file string, mod goMod) (flaws []string) {
	folder, err := filepath.Rel(dir, filepath.Dir(file))
	if err != nil {
		return []string{err.Error()}
	}
	if want := module + "/" + filepath.ToSlash(folder); mod.Module.Path != want {
		flaws = append(flaws, "module path: "+mod.Module.Path+", want "+want)
	}
	if mod.Toolchain != "" {
		flaws = append(flaws, "toolchain line in "+folder)
	}
	requiresRoot := false
	for _, required := range mod.Require {
		below, ours := within(module, required.Path)
		if !ours {
			continue
		}
		requiresRoot = requiresRoot || below == ""
		replaced := false
		for _, replace := range mod.Replace {
			at := filepath.Join(filepath.Dir(file), replace.New.Path)
			replaced = replaced || replace.Old.Path == required.Path && at == filepath.Join(dir, below)
		}
		if !replaced {
			flaws = append(flaws, folder+" does not replace "+required.Path+" by its folder here")
		}
	}
	if !requiresRoot {
		flaws = append(flaws, folder+" does not require "+module)
	}
	return flaws
}

func TestNestedModules_GuardFindsPlantedFlaws(t *testing.T) {
	const good = "module " + module + "/internal/nested\n\ngo 1.26.0\n\nrequire " + module + " v0.0.0\n\nreplace " + module + " => ../..\n"
	for name, test := range map[string]struct{ text, want string }{
		"Good":         {good, ""},
		"NoReplace":    {strings.Replace(good, "replace "+module+" => ../..\n", "", 1), "does not replace"},
		"WrongReplace": {strings.Replace(good, "../..", "..", 1), "does not replace"},
		"NoRequire":    {strings.Replace(good, "require "+module+" v0.0.0\n", "", 1), "does not require"},
		"WrongName":    {strings.Replace(good, "/internal/nested", "/nested", 1), "module path: "},
		"Sibling":      {good + "\nrequire " + module + "/adapters/httpapi v0.0.0\n", "does not replace " + module + "/adapters/httpapi"},
		"Toolchain":    {good + "\ntoolchain go1.26.8\n", "toolchain line"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "go.mod", "module "+module+"\n")
			write(t, dir, "internal/nested/go.mod", test.text)
			files := nestedModules(t, dir)
			require.Len(t, files, 1)
			flaws := nestedModuleFlaws(dir, files[0], readGoMod(t, files[0]))
			if test.want == "" {
				require.Empty(t, flaws)
				return
			}
			require.Len(t, flaws, 1)
			require.Contains(t, flaws[0], test.want)
		})
	}
}
