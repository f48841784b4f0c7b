package arch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module  = "github.com/seed28e20331/cris"
	testify = "github.com/stretchr/testify"
)

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath   string
	Imports      []string // of the package itself
	TestImports  []string // of its tests, inside
	XTestImports []string // and outside the package
	Deps         []string // everything it compiles in
	Standard     bool
}

// list returns the packages that the patterns name in the module of dir, and with
// them all that they compile in if deps is set.
func list(t *testing.T, dir string, deps bool, patterns ...string) []pkg {
	t.Helper()
	args := []string{"list", "-json=ImportPath,Imports,TestImports,XTestImports,Deps,Standard"}
	if deps {
		args = append(args, "-deps")
	}
	cmd := exec.CommandContext(t.Context(), "go", append(args, patterns...)...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var packages []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../..")
	require.NoError(t, err)
	return dir
}

// domains are the packages of rules, each with those of the others that it may
// import. A package below one of them may import what that may, and that one.
var domains = map[string][]string{
	"":           {},
	"tracking":   {""},
	"casestatus": {"", "tracking"},
	"erequest":   {"", "tracking", "casestatus"},
	"srmt":       {"", "tracking", "casestatus", "erequest"},
	"selfcheck":  {"", "casestatus"},
}

// shared are the packages under internal that every domain may import.
var shared = []string{module + "/internal/ambient", module + "/internal/opaque", module + "/internal/retry", module + "/internal/sentinel", module + "/internal/text"}

// domainOf returns the name of the domain that a package belongs to: "srmt" for
// .../srmt/gateway, but nothing for .../srmt/srmttest, which is a kit.
func domainOf(path string) (domain string, ok bool) {
	below, ok := within(module, path)
	if !ok || isKit(path) {
		return "", false
	}
	domain, _, _ = strings.Cut(below, "/")
	_, ok = domains[domain]
	return domain, ok
}

// within returns what follows folder in path, "" for the folder itself.
func within(folder, path string) (below string, ok bool) {
	if path == folder {
		return "", true
	}
	return strings.CutPrefix(path, folder+"/")
}

// isKit reports whether a package is a conformance kit: x/xtest.
func isKit(path string) bool {
	parts := strings.Split(path, "/")
	return len(parts) > 1 && parts[len(parts)-1] == parts[len(parts)-2]+"test"
}

// adapterOf returns the name of the adapter that a package belongs to.
func adapterOf(path string) (name string, ok bool) {
	below, ok := within(module+"/adapters", path)
	name, _, _ = strings.Cut(below, "/")
	return name, ok && name != ""
}

func TestDomains_ImportOnlyWhatTheArrowsAllow(t *testing.T) {
	require.Empty(t, upwardImports(list(t, root(t), false, "./...")))
}

func upwardImports(packages []pkg) (violations []string) {
	for _, p := range packages {
		domain, ok := domainOf(p.ImportPath)
		if !ok {
			continue
		}
		for _, imported := range p.Imports {
			if _, ours := within(module, imported); !ours || slices.Contains(shared, imported) {
				continue
			}
			other, ok := domainOf(imported)
			if !ok || other != domain && !slices.Contains(domains[domain], other) {
				violations = append(violations, p.ImportPath+" imports "+imported)
			}
		}
	}
	return violations
}

func TestDomains_KnowNoSQLNoHTTPNoLogAndNoFiles(t *testing.T) {
	require.Empty(t, impureImports(list(t, root(t), false, "./...")))
}

func impureImports(packages []pkg) (violations []string) {
	for _, p := range packages {
		if _, ok := domainOf(p.ImportPath); !ok {
			continue
		}
		for _, imported := range p.Imports {
			if withinAny([]string{"database/sql", "net/http", "log", "os", "math/rand"}, imported) {
				violations = append(violations, p.ImportPath+" imports "+imported)
			}
		}
	}
	return violations
}

func TestDomains_MakeAConsumerCompileNoOtherModules(t *testing.T) {
	var paths []string
	for _, p := range list(t, root(t), false, "./...") {
		if _, ok := domainOf(p.ImportPath); ok {
			paths = append(paths, p.ImportPath)
		}
	}
	require.Subset(t, paths, []string{module, module + "/casestatus", module + "/tracking"})
	require.Empty(t, foreignDependencies(list(t, root(t), true, paths...)))
}

func foreignDependencies(compiled []pkg) (violations []string) {
	for _, p := range compiled {
		if !p.Standard && !withinAny(domainModules, p.ImportPath) {
			violations = append(violations, "a domain package compiles in "+p.ImportPath)
		}
	}
	return violations
}

// domainModules is all that a domain package may need beside the standard library.
var domainModules = []string{module, "github.com/google/uuid", "github.com/shopspring/decimal", "golang.org/x/text"}

func withinAny(folders []string, path string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		_, ok := within(folder, path)
		return ok
	})
}

func TestAdapters_ImportNoOtherAdapter(t *testing.T) {
	require.Empty(t, adapterImports(list(t, root(t), false, "./...")))
}

func adapterImports(packages []pkg) (violations []string) {
	for _, p := range packages {
		adapter, isAdapter := adapterOf(p.ImportPath)
		_, isDomain := domainOf(p.ImportPath)
		if !isAdapter && !isDomain && !isKit(p.ImportPath) {
			continue
		}
		for _, imported := range p.Imports {
			if other, ok := adapterOf(imported); ok && other != adapter {
				violations = append(violations, p.ImportPath+" imports "+imported)
			}
		}
	}
	return violations
}

func TestTesting_StaysInTestsAndKits(t *testing.T) {
	require.Empty(t, testingImports(list(t, root(t), false, "./...")))
}

func testingImports(packages []pkg) (violations []string) {
	for _, p := range packages {
		if isKit(p.ImportPath) || p.ImportPath == module+"/internal/contract" || p.ImportPath == module+"/internal/dev/drivertest" {
			continue
		}
		for _, imported := range p.Imports {
			if withinAny([]string{testify, "testing"}, imported) {
				violations = append(violations, p.ImportPath+" imports "+imported)
			}
		}
	}
	return violations
}

func TestUnsafe_StaysInOnePackage(t *testing.T) {
	require.Empty(t, unsafeImports(list(t, root(t), false, "./...")))
}

func unsafeImports(packages []pkg) (violations []string) {
	for _, p := range packages {
		for _, imported := range p.Imports {
			if imported == "unsafe" && p.ImportPath != module+"/internal/opaque" {
				violations = append(violations, p.ImportPath+" imports "+imported)
			}
		}
	}
	return violations
}

func TestKits_NeedNothingBesideTheDomainButTestify(t *testing.T) {
	require.Empty(t, kitImports(list(t, root(t), false, "./...")))
}

func kitImports(packages []pkg) (violations []string) {
	for _, p := range packages {
		if !isKit(p.ImportPath) && p.ImportPath != module+"/internal/contract" {
			continue
		}
		for _, imported := range p.Imports {
			host, _, _ := strings.Cut(imported, "/")
			isStandard := !strings.Contains(host, ".")
			if !isStandard && !withinAny(domainModules, imported) && !withinAny([]string{testify}, imported) {
				violations = append(violations, p.ImportPath+" imports "+imported)
			}
		}
	}
	return violations
}

// Each guard is given packages as go list would tell of them, of which some
// violate it and others come close.
func TestGuards_FindPlantedImports(t *testing.T) {
	in := func(path string, imports ...string) pkg {
		return pkg{ImportPath: strings.TrimSuffix(module+"/"+path, "/"), Imports: imports}
	}
	for name, test := range map[string]struct {
		guard   func([]pkg) []string
		planted []pkg
		allowed []pkg
	}{
		"upwardImports": {
			upwardImports,
			[]pkg{
				in("", module+"/tracking"),
				in("tracking", module+"/casestatus"),
				in("tracking/extract", module+"/casestatus"),
				in("casestatus", module+"/erequest"),
				in("erequest", module+"/srmt"),
				in("srmt", module+"/selfcheck"),
				in("selfcheck", module+"/tracking"),
				in("casestatus", module+"/adapters/memory"),
				in("casestatus", module+"/internal/contract"),
				in("casestatus", module+"/casestatus/casestatustest"),
			},
			[]pkg{
				in("tracking/extract", module, module+"/tracking", "io"),
				in("srmt/gateway", module+"/erequest", module+"/internal/ambient"),
				in("selfcheck", module+"/casestatus"),
				in("casestatus/casestatustest", module+"/internal/contract"),
				in("adapters/memory", module+"/srmt", module+"/selfcheck"),
			},
		},
		"impureImports": {
			impureImports,
			[]pkg{
				in("", "os"), in("tracking", "database/sql"), in("casestatus", "database/sql/driver"), in("erequest", "net/http"),
				in("srmt", "log"), in("selfcheck", "log/slog"), in("srmt/gateway", "os/exec"), in("erequest", "math/rand/v2"),
			},
			[]pkg{
				in("erequest", "math", "crypto/rand", "net/netip"), in("adapters/sqlstore", "database/sql"),
				in("srmt/srmttest", "math/rand/v2"),
			},
		},
		"foreignDependencies": {
			foreignDependencies,
			[]pkg{{ImportPath: "github.com/jmoiron/sqlx"}, {ImportPath: testify + "/require"}, {ImportPath: "golang.org/x/net/html"}},
			[]pkg{{ImportPath: "io", Standard: true}, {ImportPath: "golang.org/x/text/unicode/norm"}, in("casestatus")},
		},
		"adapterImports": {
			adapterImports,
			[]pkg{
				in("adapters/memory", module+"/adapters/sqlstore"),
				in("adapters/torch/torchtest", module+"/adapters/memory"),
				in("srmt", module+"/adapters/memory"),
				in("srmt/srmttest", module+"/adapters/memory"),
			},
			[]pkg{in("adapters/torch/torchtest", module+"/adapters/torch"), in("internal/demo", module+"/adapters/memory")},
		},
		"testingImports": {
			testingImports,
			[]pkg{in("casestatus", "testing"), in("adapters/sqlstore", testify+"/require"), in("internal/contest", "testing/fstest")},
			[]pkg{
				in("casestatus/casestatustest", "testing", testify+"/require"), in("internal/contract", "testing"),
				{ImportPath: module + "/srmt", TestImports: []string{"testing"}, XTestImports: []string{testify + "/require"}},
			},
		},
		"unsafeImports": {
			unsafeImports,
			[]pkg{in("", "unsafe"), in("internal/text", "unsafe"), in("adapters/sqlstore", "unsafe")},
			[]pkg{in("internal/opaque", "unsafe", "unique"), in("srmt", "unique")},
		},
		"kitImports": {
			kitImports,
			[]pkg{in("srmt/srmttest", "pgregory.net/rapid"), in("internal/contract", "github.com/jmoiron/sqlx")},
			[]pkg{in("srmt/srmttest", testify+"/require", module+"/internal/contract", "testing/synctest", "slices")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, p := range test.planted {
				require.Len(t, test.guard([]pkg{p}), 1, "%s imports %s", p.ImportPath, p.Imports)
			}
			require.Empty(t, test.guard(test.allowed))
		})
	}
}

// What go list tells of a real module on the disk reaches the guards.
func TestGuards_FindPlantedImportsOnDisk(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "go.mod", "module "+module+"\n\ngo 1.26.0\n")
	write(t, dir, "doc.go", "package cris\n\nimport _ \"os\"\n")
	write(t, dir, "tracking/tracking.go", fmt.Sprintf("package tracking\n\nimport _ %q\n", module+"/casestatus"))
	write(t, dir, "casestatus/casestatus.go", "package casestatus\n\nimport _ \"testing\"\n")
	write(t, dir, "casestatus/casestatus_test.go", "package casestatus\n\nimport _ \"testing\"\n")
	packages := list(t, dir, false, "./...")
	require.Equal(t, []string{module + " imports os"}, impureImports(packages))
	require.Equal(t, []string{module + "/tracking imports " + module + "/casestatus"}, upwardImports(packages))
	require.Equal(t, []string{module + "/casestatus imports testing"}, testingImports(packages))
	require.Empty(t, foreignDependencies(list(t, dir, true, "./...")))
}
