package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../../.."

func TestPorting_SaysWhatEachClauseProves(t *testing.T) {
	promises, err := collect(t.Context(), root)
	require.NoError(t, err)
	requireUpToDate(t, portingPage, table(promises))
	for _, p := range promises {
		require.NotEmpty(t, p.Do, "%s: what is to be done if %s fails? Add a row to internal/contract/remedy.go", p.Kit, p.Clause)
		require.True(t, isInstruction(p.Do), "%s: %s: what to do begins with a verb, and ends with a full stop: %q", p.Kit, p.Clause, p.Do)
	}
}

// isInstruction reports whether the sentence tells somebody to do something.
func isInstruction(sentence string) bool {
	verb, _, _ := strings.Cut(sentence, " ")
	return strings.HasSuffix(sentence, ".") && slices.Contains([]string{
		"Add", "Ask", "Begin", "Check", "Compare", "Copy", "Count", "Delete", "Filter", "Give", "Guard", "Hold", "Insert", "Keep", "Leave", "Lock", "Mark", "Note",
		"Number", "Order", "Pass", "Put", "Read", "Refuse", "Remove", "Repeat", "Replace", "Return", "Roll", "Run", "Save", "Say", "Set", "Store",
		"Take", "Use", "Write", "Yield",
	}, verb)
}

func TestIsInstruction_KnowsAnInstruction(t *testing.T) {
	require.True(t, isInstruction("Write nothing before decide has returned nil."))
	require.False(t, isInstruction("Write nothing"))
	require.False(t, isInstruction("Nothing is written before decide has returned nil."))
	require.False(t, isInstruction(""))
}

func TestER6_ThePageOfFieldsIsWrittenFromTheRuleThatRuns(t *testing.T) {
	requireUpToDate(t, fieldsPage, fieldTable())
	requireUpToDate(t, decidedPage, decisionTables())
}

func TestSR1_ThePageOfTheLifecycleIsWrittenFromTheTableThatRuns(t *testing.T) {
	requireUpToDate(t, lifecyclePage, lifecycle())
}

func requireUpToDate(t *testing.T, page, table string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, page))
	require.NoError(t, err)
	want, err := splice(string(text), table)
	require.NoError(t, err)
	require.Equal(t, want, string(text), "run: go run ./internal/dev/docs")
}

func TestRead_TakesThePromisesOfClauses(t *testing.T) {
	promises, err := read(strings.NewReader(`{"Action":"run","Package":"p","Test":"T/A"}
		{"Action":"attr","Package":"p","Test":"T/A","Key":"kit","Value":"onetest.TestStore"}
		{"Action":"attr","Package":"p","Test":"T/A","Key":"clause","Value":"A"}
		{"Action":"attr","Package":"p","Test":"T/B","Key":"kit","Value":"onetest.TestStore"}
		{"Action":"attr","Package":"p","Test":"T/A","Key":"promise","Value":"keeps a"}
		{"Action":"attr","Package":"p","Test":"T/A","Key":"remedy","Value":"Keep a."}
		{"Action":"attr","Package":"p","Test":"T/A","Key":"other","Value":"x"}
		{"Action":"fail","Package":"p","Test":"T/A"}
	`))
	require.NoError(t, err)
	require.Equal(t, []promise{{"onetest.TestStore", "A", "keeps a", "Keep a."}}, promises)
	_, err = read(strings.NewReader("{"))
	require.Error(t, err)
}

func TestTable_HasSharedPromisesFirst(t *testing.T) {
	require.Equal(t, `### Of several ports

| clauses | promise |
| --- | --- |
| `+"`Update/Saves`"+` | saves |
| `+"`Case/Fresh`, `Request/Fresh`"+` | is fresh |
| `+"`…/Own`"+` of 5 lists or reads | is one's own |

### `+"`onetest.TestStore`"+`

| clause | promise |
| --- | --- |
| `+"`A`"+` | keeps a |

### `+"`twotest.TestStore`"+`

| clause | promise |
| --- | --- |
| `+"`B`"+` | keeps b |

### What to do

| if these fail | do this |
| --- | --- |
| `+"`A`, `B`, `Update/Saves`"+` | Save it. |
| `+"`Case/Fresh`, `Request/Fresh`"+` | Read it. |
| `+"`…/Own`"+` | Copy it. |
`, table([]promise{
		{"twotest.TestStore", "Update/Saves", "saves", "Save it."},
		{"twotest.TestStore", "Request/Fresh", "is fresh", "Read it."},
		{"twotest.TestStore", "B", "keeps b", "Save it."},
		{"onetest.TestStore", "Update/Saves", "saves", "Save it."},
		{"onetest.TestStore", "Case/Fresh", "is fresh", "Read it."},
		{"onetest.TestStore", "A", "keeps a", "Save it."},
		{"onetest.TestStore", "A/Own", "is one's own", "Copy it."},
		{"onetest.TestStore", "B/Own", "is one's own", "Copy it."},
		{"onetest.TestStore", "C/Own", "is one's own", "Copy it."},
		{"onetest.TestStore", "D/Own", "is one's own", "Copy it."},
		{"onetest.TestStore", "E/Own", "is one's own", "Copy it."},
	}))
}

func TestSplice(t *testing.T) {
	got, err := splice("before\n"+begin+"old\n"+end+"after\n", "table\n")
	require.NoError(t, err)
	require.Equal(t, "before\n"+begin+"\ntable\n\n"+end+"after\n", got)
	again, err := splice(got, "table\n")
	require.NoError(t, err)
	require.Equal(t, got, again)
	for _, page := range []string{"", begin, end, end + begin} {
		_, err := splice(page, "table\n")
		require.Error(t, err)
	}
}
