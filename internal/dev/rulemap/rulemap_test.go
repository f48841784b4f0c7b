package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// planted is a tree of sources with one of each thing that the program looks for.
func planted() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"wait/wait.go": file(`package wait

// A comment outside of any declaration cites XR-1.

// Wait ends on a day (XR-2); see Form AR-11 and UTF-8.
func Wait() string {
	// XR-10a: decided inside.
	return "XR-3"
}

type Desk[T any] struct{}

func (d *Desk[T]) Open() { _ = "XR-3" }

const (
	first  = "XR-4"
	second = "not XR-5, which is no literal of its own" // XR-6
)
`),
		"wait/rules.go":                file("package wait\n\n// XR-7\nfunc Rules() []string { return []string{\"XR-7\"} }\n"),
		"wait/doc.go":                  file("// Package wait knows XR-8.\npackage wait\n"),
		"wait/testdata/x.go":           file("not Go"),
		".hidden/x.go":                 file("not Go"),
		"internal/dev/rulemap/main.go": file("package main\n\n// XR-9\n"),
		"wait/notes.txt":               file("XR-9"),
		"other/module/wait_test.go":    file("package wait_test\n\n// XR-11\nfunc TestXR2_EndsOnTheDay() {}\nfunc FuzzXR10a_Any() {}\nfunc TestXR2() {}\nfunc ExampleXR2_() {}\nfunc (s suite) TestXR3_Method() {}\nfunc TestZIP5_Parse() {}\n"),
	}
}

func TestScan(t *testing.T) {
	found, err := scan(planted())
	require.NoError(t, err)
	at := func(decl string) place { return place{"wait/wait.go", decl} }
	require.Equal(t, map[cris.RuleID][]place{
		"XR-1":   {at("")},
		"XR-2":   {at("Wait")},
		"AR-11":  {at("Wait")},
		"XR-10a": {at("Wait")},
		"XR-3":   {at("Wait"), at("Desk.Open")},
		"XR-4":   {at("first")},
		"XR-6":   {at("second")},
	}, found.Decided)
	require.Equal(t, map[cris.RuleID][]place{
		"XR-2":   {{"other/module/wait_test.go", "TestXR2_EndsOnTheDay"}},
		"XR-10a": {{"other/module/wait_test.go", "FuzzXR10a_Any"}},
	}, found.Proven)
}

func TestScan_FailsOnWhatIsNoGo(t *testing.T) {
	_, err := scan(fstest.MapFS{"broken.go": {Data: []byte("package")}})
	require.ErrorContains(t, err, "read broken.go: ")
}

func rule(id cris.RuleID) entry {
	return entry{cris.Rule{ID: id, Text: "Text of " + string(id) + ".", Document: cris.PIA, Section: "fn 1"}, "wait"}
}

func TestRun_PrintsEveryRule(t *testing.T) {
	decided := rule("XR-5")
	decided.Rule = cris.Rule{ID: "XR-5", Text: "A | B.", Decided: true}
	var out bytes.Buffer
	sentences := []document{
		{"ONE", []sentence{{1, leadsTo("XR-2")}, {2, none(history)}, {3, leadsTo("XR-3", "XR-2")}}}, {"TWO", []sentence{{1, leadsTo("XR-2")}}},
	}
	require.NoError(t, run(&out, planted(), sentences, []entry{rule("XR-2"), rule("XR-3"), decided}, false, false))
	require.Equal(t, `XR-2   Text of XR-2.
       from     DHS/USCIS/PIA-019(b); fn 1
       sentence ONE-1, ONE-3, TWO-1
       decided  wait/wait.go:Wait
       proven   other/module/wait_test.go:TestXR2_EndsOnTheDay
XR-3   Text of XR-3.
       from     DHS/USCIS/PIA-019(b); fn 1
       sentence ONE-3
       decided  wait/wait.go:Wait
       decided  wait/wait.go:Desk.Open
       proven   nowhere yet
XR-5   A | B.
       from     decided
       decided  nowhere yet
       proven   nowhere yet
`, out.String())
}

func TestNamed_KeepsTheOrderOfTheCatalogues(t *testing.T) {
	all := []entry{rule("XR-1"), rule("XR-2"), rule("XR-3")}
	some, err := named(all, []string{"XR-3", "XR-1"})
	require.NoError(t, err)
	require.Equal(t, []entry{rule("XR-1"), rule("XR-3")}, some)
	some, err = named(all, nil)
	require.NoError(t, err)
	require.Equal(t, all, some)
	_, err = named(all, []string{"XR-3", "XR-9"})
	require.EqualError(t, err, "no package lists XR-9")
}

func TestRun_ListsUntestedRules(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out, planted(), nil, []entry{rule("XR-2"), rule("XR-3")}, false, true))
	require.Equal(t, "untested: XR-3 (wait) Text of XR-3.\nuntested: 1 of 2 rules\n", out.String())
}

func TestRun_CheckPasses(t *testing.T) {
	var out bytes.Buffer
	rules := []entry{rule("XR-1"), rule("XR-2"), rule("XR-3"), rule("XR-4"), rule("XR-6"), rule("XR-10a")}
	judged := []document{{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2", "XR-3", "XR-4", "XR-6", "XR-10a")}}}}
	require.NoError(t, run(&out, planted(), judged, rules, true, false))
	require.Equal(t, "rules: 6 catalogued; every rule that a sentence, code or a test names is among them\n", out.String())
}

func TestRun_CheckFailsOnWhatNoCatalogueLists(t *testing.T) {
	var out bytes.Buffer
	judged := []document{{"ONE", []sentence{{1, leadsTo("XR-1", "XR-3", "XR-4", "XR-5")}}}}
	require.Error(t, run(&out, planted(), judged, []entry{rule("XR-1"), rule("XR-3"), rule("XR-4"), rule("XR-6")}, true, false))
	require.Equal(t, `wait/wait.go:Wait cites XR-2, which no package lists
wait/wait.go:Wait cites XR-10a, which no package lists
other/module/wait_test.go:TestXR2_EndsOnTheDay is named for XR-2, which no package lists
other/module/wait_test.go:FuzzXR10a_Any is named for XR-10a, which no package lists
ONE-1 leads to XR-5, which no package lists
no sentence leads to XR-6, and no decision either
`, out.String())
}

func TestRun_CheckFailsOnARuleListedTwice(t *testing.T) {
	var out bytes.Buffer
	twice := rule("XR-1")
	twice.Package = "other"
	require.Error(t, run(&out, fstest.MapFS{}, []document{{"ONE", []sentence{{1, leadsTo("XR-1")}}}}, []entry{rule("XR-1"), twice}, true, false))
	require.Equal(t, "XR-1 is listed twice: by wait and by other\n", out.String())
}

func TestRepository_Agrees(t *testing.T) {
	found, err := scan(os.DirFS("../../.."))
	require.NoError(t, err)
	require.Empty(t, disagreements(catalogues(), found))
	require.NotEmpty(t, found.Proven)
}

func TestCatalogues_SayWhereEachRuleComesFrom(t *testing.T) {
	for _, rule := range catalogues() {
		require.NotEmpty(t, rule.Text, rule.ID)
		require.True(t, rule.Decided || rule.Section != "", "%s has no source", rule.ID)
		require.Contains(t, []cris.Document{"", cris.PIA, cris.SORN}, rule.Document, rule.ID)
		require.False(t, rule.Document == "" && !rule.Decided, "%s has no document and is not decided", rule.ID)
	}
}

// The table of requirements is the master list of identifiers.
func TestCatalogues_HoldTheRequirements(t *testing.T) {
	data := os.Getenv("CRIS_DATA")
	if data == "" {
		t.Skip("CRIS_DATA is not set: the table of requirements is beside that folder")
	}
	text, err := os.ReadFile(filepath.Join(data, "..", "spec", "requirements.md"))
	require.NoError(t, err)
	required := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([A-Z]{2}-\d+[a-z]?) \|.*`).FindAllStringSubmatch(string(text), -1) {
		required[row[1]] = strings.Contains(row[0], "decided)*") // *(decided)* or *(a part: decided)*
	}
	require.NotEmpty(t, required)
	catalogued := map[string]bool{}
	for _, rule := range catalogues() {
		catalogued[string(rule.ID)] = rule.Decided
	}
	require.Equal(t, slices.Sorted(maps.Keys(required)), slices.Sorted(maps.Keys(catalogued)))
	require.Equal(t, required, catalogued, "true where the table says that the rule, or a part of it, was decided")
}
