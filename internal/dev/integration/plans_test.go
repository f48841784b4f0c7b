package integration_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// No statement of the store reads a whole table that grows, or sorts it, on either database. The
// statements are those that the store runs while the kits of all ports run, with their
// parameters, and what it runs besides; and no statement stands in its source that was not among
// them.
//
// CRIS_PLAN_ROWS is how many rows the tables get. With all of the million nothing is pretended.
func TestPlans_NoStatementReadsATableThatGrows(t *testing.T) {
	t.Parallel() // each kit keeps one processor busy
	rows := 10_000
	if given, err := strconv.Atoi(os.Getenv("CRIS_PLAN_ROWS")); err == nil {
		rows = given
	}
	onEachKind(t, func(t *testing.T, kind database) {
		heard := newHeardStores(t, kind)
		runKits(t, &heard.reused)
		t.Run("Besides", func(t *testing.T) { runWhatNoKitRuns(t, heard) })
		run := slices.DeleteFunc(distinct(heard.told.take()), func(s statement) bool { return isElsewhere(s.text, kind) })
		require.Empty(t, unheard(t, run, kind), "these stand in the source, and nothing here runs them: add to runWhatNoKitRuns")

		pool := openDatabase(t, kind.driver, kind.empty(t))
		migrated(t, pool)
		grow(t, pool, kind, rows)
		explain, readings := explainSQLite, []string{"before ANALYZE", "after ANALYZE"} // nobody has SQLite count its rows by default
		if kind.driver == "pgx" {
			explain, readings = explainPostgreSQL, readings[1:]
		}
		for _, when := range readings {
			if when == "after ANALYZE" {
				countRows(t, pool, kind, grownRows/rows)
			}
			for _, statement := range run {
				if fault := explain(t, pool, statement); fault != "" && !mayReadAll(statement) {
					t.Errorf("%s: %s\n%s", when, shapeOf(statement.text), fault)
				}
			}
			for _, text := range []string{
				"SELECT scope FROM cris_scopes WHERE updated < 1", "SELECT id FROM cris_e_requests ORDER BY filed_at LIMIT 10",
				"SELECT receipt FROM cris_cases WHERE receipt > 'IOE' ORDER BY office", "DELETE FROM cris_case_history WHERE title = 'none'",
			} {
				require.NotEmpty(t, explain(t, pool, statement{text: text}), "%s: %s", when, text)
			}
		}
	})
}

// runWhatNoKitRuns runs the statements that no port promises anything about: a record of every class
// is filed and purged, in clear and sealed.
func runWhatNoKitRuns(t *testing.T, heard *heardStores) {
	t.Helper()
	store := heard.take(t)
	sealed := heard.sealed(t)
	for _, db := range []*sqlstore.DB{store.store, sealed} {
		ports := portsOf(db)
		mustFill(t, db, 1000)
		for i, class := range ports.classes {
			if puts[class.Code] != nil {
				put(t, ports, class.Code, i, cris.MustParseDate("2011-03-21"), false, "")
			}
		}
		_, err := read(t.Context(), db, 1000)
		require.NoError(t, err)
	}
	_, err := store.pool.Exec("UPDATE cris_scopes SET updated = 0")
	require.NoError(t, err)
	for _, db := range []*sqlstore.DB{store.store, sealed} {
		_, err := retentionOf(t, portsOf(db), cris.DateOf(time.Now(), cris.AgencyZone()).AddMonths(12*50)).Purge(t.Context())
		require.NoError(t, err)
	}
}

// heardStores are stores whose statements are told.
type heardStores struct {
	reused

	kind database
	told statements
}

func newHeardStores(t *testing.T, kind database) *heardStores {
	t.Helper()
	h := &heardStores{kind: kind}
	h.told.seen = map[string]bool{}
	h.reused = reused{in: t, tables: kind.tables, make: func(t *testing.T) (*sqlstore.DB, *sqlx.DB) {
		t.Helper()
		dsn := kind.empty(t)
		pool := openDatabase(t, kind.driver, dsn)
		require.NoError(t, sqlstore.Migrate(t.Context(), pool, nil))
		return opened(t, openListening(t, kind.driver, dsn, &h.told)), pool
	}}
	return h
}

// sealed returns a sealed store whose statements are told.
func (h *heardStores) sealed(t *testing.T) *sqlstore.DB {
	t.Helper()
	dsn := h.kind.empty(h.in)
	require.NoError(t, sqlstore.Migrate(t.Context(), openDatabase(h.in, h.kind.driver, dsn), nil))
	store, err := sqlstore.Open(t.Context(), openListening(h.in, h.kind.driver, dsn, &h.told), sqlstore.SealedBy(newKeys(t)), nil)
	require.NoError(t, err)
	return store
}

// readsAll are statements that read all of something, and why they may.
var readsAll = []struct {
	of  *regexp.Regexp // their shapes
	why string
}{
	{regexp.MustCompile(`^WITH due AS MATERIALIZED `), "it goes along an index, and stops at its limit"},
	{regexp.MustCompile(`^SELECT .* FROM cris_outbox WHERE delivered_at = 0 AND stage < 2 ORDER BY position, id(?: LIMIT \?)?$`), "an index has the events that are pending and nothing else"},
	{regexp.MustCompile(`FROM cris_migrations ORDER BY version$|^UPDATE cris_scan_positions SET last = last$`), "there is a row for each migration, and one of the last position"},
	{regexp.MustCompile(`FROM cris_retention_holds ORDER BY id$`), "there are as many holds as people have put by hand"},
	{regexp.MustCompile(`^DELETE FROM cris_scan_batches WHERE last < `), "it removes what it reads"},
	{regexp.MustCompile(`FROM cris_scans r WHERE number > \? GROUP BY number ORDER BY number LIMIT \?$`), "it goes along an index, and stops at its limit"},
	{regexp.MustCompile(`^WITH spans `), "it counts what happened between two instants, which an index has"},
	{regexp.MustCompile(`FROM cris_selfcheck_failures (?:INDEXED BY cris_selfcheck_failures_by_time )?WHERE .*\bat (?:>=|<) \?.* ORDER BY transaction_id`), "a list of what happened between two instants, which an index has, is in another order"},
}

var (
	placeholder  = regexp.MustCompile(`\$\d+`)
	blanks       = regexp.MustCompile(`\s+`)
	parameters   = regexp.MustCompile(`\?(?:, \?)+`)
	tuplesOfMany = regexp.MustCompile(`(\((?:[^()]*\?[^()]*|CAST\(\? AS BIGINT\)(?:, CAST\(\? AS BIGINT\))*)\))(?:, \((?:[^()]*\?[^()]*|CAST\(\? AS BIGINT\)(?:, CAST\(\? AS BIGINT\))*)\))+`)
	number       = regexp.MustCompile(`LIMIT \d+`)
)

// lineOf returns a statement on one line, with its parameters as SQLite takes them.
func lineOf(text string) string {
	return strings.TrimSpace(blanks.ReplaceAllString(placeholder.ReplaceAllString(text, "?"), " "))
}

// shapeOf returns a statement without how many parameters it has.
func shapeOf(text string) string {
	shape := parameters.ReplaceAllString(lineOf(text), "?")
	shape = tuplesOfMany.ReplaceAllString(shape, "$1")
	return number.ReplaceAllString(shape, "LIMIT ?")
}

// distinct returns of the statements of each shape the one with the fewest and the one with the
// most parameters.
func distinct(run []statement) (all []statement) {
	few, many := map[string]statement{}, map[string]statement{}
	for _, s := range run {
		if verb, _, _ := strings.Cut(lineOf(s.text), " "); !slices.Contains([]string{"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}, verb) {
			continue
		}
		shape := shapeOf(s.text)
		if known, is := few[shape]; !is || len(s.args) < len(known.args) {
			few[shape] = s
		}
		if known, is := many[shape]; !is || len(s.args) > len(known.args) {
			many[shape] = s
		}
	}
	for shape, s := range few {
		all = append(all, s)
		if len(many[shape].args) > len(s.args) {
			all = append(all, many[shape])
		}
	}
	slices.SortFunc(all, func(a, b statement) int { return strings.Compare(a.text, b.text) })
	return all
}

// sqlWords are by what a string of the source is known to be of a statement.
var sqlWords = regexp.MustCompile(`\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|ORDER BY|GROUP BY|UNION ALL|ON CONFLICT|JOIN|LIMIT)\b`)

// runOnce are the files of the store whose statements a program runs when it starts, or a person
// for the whole of a database.
var runOnce = regexp.MustCompile(`^(?:migrate|check|compact|seal_check|seal_command|seal_scrub|rewrap|seal_rewrap)`)

// onlyOn is what one kind of database alone is asked, by the name of its driver.
var onlyOn = map[string]*regexp.Regexp{
	"pgx":    regexp.MustCompile(`unnest|^\(SELECT \?\)$|= ANY|FOR UPDATE|SKIP LOCKED|FROM cris_relay_subjects WHERE lease = \? AND|^SELECT version\(\)$`),
	"sqlite": regexp.MustCompile(`json_each|SET lease = lease|SET last = last`),
}

// inOthers is what the store puts into other statements, with the names of their columns: those are
// explained.
var inOthers = regexp.MustCompile(`record_key\.`)

// isElsewhere reports whether another kind of database alone is asked this.
func isElsewhere(text string, kind database) bool {
	for driver, only := range onlyOn {
		if driver != kind.driver && only.MatchString(text) {
			return true
		}
	}
	return false
}

// unheard returns the strings of the store's source that are of a statement, and of none of these.
func unheard(t *testing.T, run []statement, kind database) (missing []string) {
	t.Helper()
	var heard strings.Builder
	for _, s := range run {
		heard.WriteString(lineOf(s.text) + "\n")
	}
	files, err := filepath.Glob("../../../adapters/sqlstore/*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		if name := filepath.Base(file); strings.HasSuffix(name, "_test.go") || runOnce.MatchString(name) {
			continue
		}
		source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(source, func(node ast.Node) bool {
			literal, is := node.(*ast.BasicLit)
			if !is || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			if sqlWords.MatchString(text) && !inOthers.MatchString(text) && !isElsewhere(text, kind) && !strings.Contains(heard.String(), lineOf(text)) {
				missing = append(missing, filepath.Base(file)+": "+lineOf(text))
			}
			return true
		})
	}
	return missing
}

// most is how many rows a statement may read or sort without a limit: no scope has more.
const most = 10_000

// mayReadAll reports whether a statement is one of readsAll.
func mayReadAll(s statement) bool {
	shape := shapeOf(s.text)
	for _, known := range readsAll {
		if known.of.MatchString(shape) {
			return true
		}
	}
	return false
}

var (
	// A scan of what the statement itself makes reads no table.
	madeHere = regexp.MustCompile(`(?:\) AS |WITH )(\w+)`)
	harmless = regexp.MustCompile(`VIRTUAL TABLE|^SCAN (?:\d+ )?CONSTANT ROWS?|^SCAN \d+-ROW VALUES CLAUSE|^SCAN \(subquery-\d+\)`)
	scan     = regexp.MustCompile(`^SCAN (\w+)`)
	search   = regexp.MustCompile(`^SEARCH .*\(\w+=\?`) // of the rows that have one value
)

// planStep is a part of a plan of SQLite. Those with one parent are run together.
type planStep struct {
	ID     int    `db:"id"`
	Parent int    `db:"parent"`
	Unused int    `db:"notused"`
	Detail string `db:"detail"`
}

// explainSQLite returns the plan of a statement that is run with a scan of a whole table, or with a
// sort of other rows than those that have one value or that a limit has passed; "" for any other.
func explainSQLite(t *testing.T, pool *sqlx.DB, s statement) string {
	t.Helper()
	var steps []planStep
	require.NoError(t, pool.Select(&steps, "EXPLAIN QUERY PLAN "+s.text, valuesOf(s)...), s.text)
	var made, outline []string
	for _, match := range madeHere.FindAllStringSubmatch(s.text, -1) {
		made = append(made, match[1])
	}
	isScan := func(of planStep) bool {
		scanned := scan.FindStringSubmatch(of.Detail)
		return scanned != nil && !harmless.MatchString(of.Detail) && !slices.Contains(made, scanned[1])
	}
	fault := ""
	for _, of := range steps {
		outline = append(outline, of.Detail)
		isSort := strings.HasPrefix(of.Detail, "USE TEMP B-TREE") && slices.ContainsFunc(steps, func(sorted planStep) bool {
			return sorted.Parent == of.Parent && strings.HasPrefix(sorted.Detail, "SEARCH") && !search.MatchString(sorted.Detail)
		})
		if isScan(of) || isSort {
			fault = of.Detail
		}
	}
	if fault == "" {
		return ""
	}
	return fault + " in\n" + strings.Join(outline, "\n")
}

// node is a part of a plan of PostgreSQL.
type node struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Index    string  `json:"Index Name"`
	Cond     string  `json:"Index Cond"`
	Filter   string  `json:"Filter"`
	Rows     float64 `json:"Plan Rows"`
	Cost     float64 `json:"Total Cost"`
	Plans    []node  `json:"Plans"`
}

// explainPostgreSQL does so too, with the parameters and, if that costs no more, for any: so the
// database chooses when it has run a prepared statement a few times.
func explainPostgreSQL(t *testing.T, pool *sqlx.DB, s statement) string {
	t.Helper()
	do := func(statement string) {
		_, err := pool.Exec(statement)
		require.NoError(t, err, statement)
	}
	do("PREPARE planned AS " + s.text)
	defer do("DEALLOCATE planned")
	values := make([]string, len(s.args))
	for i, arg := range s.args {
		values[i] = fmt.Sprint(arg.Value)
		if text, is := arg.Value.(string); is {
			values[i] = "'" + strings.ReplaceAll(text, "'", "''") + "'"
		}
	}
	execute := "EXPLAIN (FORMAT JSON) EXECUTE planned"
	if len(values) > 0 {
		execute += "(" + strings.Join(values, ", ") + ")"
	}
	planned := func(mode string) node {
		do("SET plan_cache_mode = " + mode)
		var text string
		require.NoError(t, pool.Get(&text, execute), execute)
		var plans []struct{ Plan node }
		require.NoError(t, json.Unmarshal([]byte(text), &plans))
		return plans[0].Plan
	}
	known, unknown := planned("force_custom_plan"), planned("force_generic_plan")
	used := []node{known}
	const planning = 10 // what it costs to plan anew each time
	if unknown.Cost < known.Cost+planning {
		used = append(used, unknown)
	}
	for _, plan := range used {
		if fault := plan.fault(false); fault != "" {
			return fault + " in\n" + plan.outline("")
		}
	}
	return ""
}

// fault says what part of the plan grows with a table, "" if none does. What stands directly under
// a limit ends when that is reached.
func (n node) fault(isLimited bool) string {
	switch {
	case n.Type == "Seq Scan" && strings.HasPrefix(n.Relation, "cris_") && fewRows[n.Relation] == 0:
		return "reads all of " + n.Relation
	case strings.HasPrefix(n.Type, "Index") && n.Cond == "" && (!isLimited || n.Filter != ""):
		return "reads all of " + n.Index
	case !isLimited && n.Type != "Limit" && n.Rows > most:
		return fmt.Sprintf("%s of %g rows", n.Type, n.Rows)
	}
	for _, part := range n.Plans {
		if fault := part.fault(n.Type == "Limit"); fault != "" {
			return fault
		}
	}
	return ""
}

func (n node) outline(indent string) string {
	var all strings.Builder
	fmt.Fprintf(&all, "%s%s %s%s %s %s (%g rows, cost %g)\n", indent, n.Type, n.Relation, n.Index, n.Cond, n.Filter, n.Rows, n.Cost)
	for _, part := range n.Plans {
		all.WriteString(part.outline(indent + "  "))
	}
	return all.String()
}
