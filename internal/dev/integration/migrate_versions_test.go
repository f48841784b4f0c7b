package integration_test

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/tracking"
)

// contents are rows by table, each by column.
type contents map[string][]map[string]any

// tablesOf returns the tables that the files make, those that others refer to first.
func tablesOf(files []string) (tables []string) {
	for _, text := range files {
		for _, made := range regexp.MustCompile(`CREATE TABLE (cris_\w+)`).FindAllStringSubmatch(text, -1) {
			if made[1] != "cris_migrations" {
				tables = append(tables, made[1])
			}
		}
	}
	return tables
}

// contentsOf reads the rows of tables.
func contentsOf(t *testing.T, db *sqlx.DB, tables []string) contents {
	t.Helper()
	all := contents{}
	for _, table := range tables {
		if rows := rowsIn(t, db, table); len(rows) > 0 {
			all[table] = rows
		}
	}
	return all
}

var selected atomic.Int64 // how many times rows were read

func rowsIn(t *testing.T, db *sqlx.DB, table string) (all []map[string]any) {
	t.Helper()
	// The text is another each time: a connection of PostgreSQL keeps the plan of one that it knows.
	query := fmt.Sprintf("SELECT * FROM %s -- %d", table, selected.Add(1))
	rows, err := db.QueryxContext(t.Context(), query)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		row := map[string]any{}
		require.NoError(t, rows.MapScan(row))
		all = append(all, row)
	}
	require.NoError(t, rows.Err())
	return all
}

// columnsOf returns the columns that a table has.
func columnsOf(t *testing.T, db *sqlx.DB, table string) []*sql.ColumnType {
	t.Helper()
	none, err := db.QueryxContext(t.Context(), fmt.Sprintf("SELECT * FROM %s WHERE 1 = 0 -- %d", table, selected.Add(1)))
	require.NoError(t, err)
	defer none.Close()
	columns, err := none.ColumnTypes()
	require.NoError(t, err)
	require.NoError(t, none.Err())
	return columns
}

// fillTables puts the rows into the tables that are there, with the columns that these have, and
// leaves out what collides with a row that is there.
func fillTables(t *testing.T, db *sqlx.DB, tables []string, all contents) {
	t.Helper()
	columnsByTable := map[string][]string{}
	for _, table := range tables {
		for _, column := range columnsOf(t, db, table) {
			columnsByTable[table] = append(columnsByTable[table], column.Name())
		}
	}
	tx, err := db.BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	defer tx.Rollback()
	for _, table := range tables {
		columns := columnsByTable[table]
		insert := tx.Rebind(`INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (?` +
			strings.Repeat(", ?", len(columns)-1) + `) ON CONFLICT DO NOTHING`)
		for _, row := range all[table] {
			var values []any
			for _, column := range columns {
				values = append(values, row[column])
			}
			_, err := tx.ExecContext(t.Context(), insert, values...)
			require.NoError(t, err, table)
		}
	}
	require.NoError(t, tx.Commit())
}

// harvest is what a store has after a record of every class was put on file: rows as the program
// writes them. It is gathered once, on SQLite.
var harvest = struct {
	once sync.Once
	rows contents
}{rows: contents{}}

// fewest is how many records of each class are looked for.
const fewest = 3

func harvested(t *testing.T, tables []string) contents {
	t.Helper()
	harvest.once.Do(func() {
		db := openDatabase(t, "sqlite", sqliteFile(t))
		store := migrated(t, db)
		for n := range fewest {
			mustFill(t, store, 1000+n)
			for i, class := range portsOf(store).classes {
				if puts[class.Code] == nil {
					continue // upkeep
				}
				put(t, portsOf(store), class.Code, 10*i+n, cris.MustParseDate("2011-03-21"), n == 0, "")
			}
		}
		harvest.rows = contentsOf(t, db, tables)
	})
	return harvest.rows
}

// invented are rows of a table that no class of records fills: the settings and keys of a store. They say
// nothing that the store would follow.
func invented(t *testing.T, db *sqlx.DB, table string) (rows []map[string]any) {
	t.Helper()
	for i := range fewest {
		row := map[string]any{}
		for _, column := range columnsOf(t, db, table) {
			row[column.Name()] = fmt.Sprintf("%s of row %d", column.Name(), i)
			if column.DatabaseTypeName() != "TEXT" {
				row[column.Name()] = int64(1_000 + i)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// asRead is what the ports read of some of the rows, as text.
func asRead(t *testing.T, db *sqlx.DB) (read []string) {
	t.Helper()
	store := opened(t, db)
	add := func(kind, id string, value any, err error) {
		read = append(read, fmt.Sprintf("%s %s %v %+v", kind, id, err, value))
	}
	for _, id := range lines(t, db, `SELECT receipt FROM cris_cases ORDER BY receipt`) {
		onFile, err := store.Cases().StaffCase(t.Context(), casestatus.MustParseReceiptNumber(id))
		require.NoError(t, err)
		add("case", id, onFile, err)
	}
	for _, id := range lines(t, db, `SELECT id FROM cris_e_requests ORDER BY id`) {
		request, err := store.ERequests().Request(t.Context(), id)
		require.NoError(t, err)
		add("request", id, request, err)
	}
	for _, id := range lines(t, db, `SELECT DISTINCT request_id FROM cris_srmt_steps ORDER BY request_id`) {
		history, err := store.ServiceRequests().History(t.Context(), id)
		require.NoError(t, err)
		add("history", id, history, err)
	}
	for _, id := range lines(t, db, `SELECT transaction_id FROM cris_selfcheck_queries ORDER BY transaction_id`) {
		record, err := store.SelfChecks().Record(t.Context(), selfcheck.TransactionID(id))
		require.NoError(t, err)
		add("record", id, record, err)
	}
	for _, id := range lines(t, db, `SELECT file FROM cris_scan_files ORDER BY file`) {
		fileID, err := tracking.ParseFileID(id)
		require.NoError(t, err)
		file, err := store.Scans().File(t.Context(), fileID)
		require.NoError(t, err)
		add("file", id, file, err)
	}
	for alert, err := range store.Deliveries().Alerts(t.Context(), casestatus.AlertQuery{}) {
		require.NoError(t, err)
		add("alert", alert.ID, alert, err)
	}
	events, err := store.Outbox().Pending(t.Context(), 1000)
	require.NoError(t, err)
	add("events", "", events, nil)
	return read
}

// A database of every earlier version, with rows in all of its tables, is brought up to date:
// every column that was there has its value, and the ports read what they read of rows that were
// written by this version.
func TestMigrate_FromEveryEarlierVersionWithRows(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		files := migrationFiles(t, kind)
		last := byMigrate(t, kind)
		rows := harvested(t, tablesOf(files))
		fillTables(t, last, tablesOf(files), rows)
		want, wholly := wholeSchema(t, kind, last), asRead(t, last)

		for version := 1; version <= len(files); version++ {
			t.Run(fmt.Sprintf("From%04d", version), func(t *testing.T) {
				db := openDatabase(t, kind.driver, kind.empty(t))
				migrateUpTo(t, kind, db, version)
				checkMigration(t, db, tablesOf(files[:version]), rows)
				require.Equal(t, want, wholeSchema(t, kind, db))
				if hasAll := len(tablesOf(files[:version])) >= len(tablesOf(files[:9])); hasAll {
					require.Equal(t, wholly, asRead(t, db))
				}
			})
		}
	})
}

// checkMigration fills the tables, migrates, and looks for every row again.
func checkMigration(t *testing.T, db *sqlx.DB, tables []string, rows contents) {
	t.Helper()
	fillTables(t, db, tables, rows)
	for _, table := range tables {
		if len(contentsOf(t, db, []string{table})[table]) == 0 {
			fillTables(t, db, []string{table}, contents{table: invented(t, db, table)})
		}
	}
	before := contentsOf(t, db, tables)
	for _, table := range tables {
		require.GreaterOrEqual(t, len(before[table]), 1, "no rows of %s", table)
	}
	require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
	after := contentsOf(t, db, tables)
	for _, table := range tables {
		requireKept(t, table, before[table], after[table])
	}
	opened(t, db)
}

// requireKept finds each row of before in after, with the columns that it had.
func requireKept(t *testing.T, table string, before, after []map[string]any) {
	t.Helper()
	require.Len(t, after, len(before), table)
	var had, has []string
	for i := range before {
		had = append(had, fmt.Sprint(before[i])) // fmt sorts by key
		kept := map[string]any{}
		for column := range before[0] {
			kept[column] = after[i][column]
		}
		has = append(has, fmt.Sprint(kept))
	}
	slices.Sort(had)
	slices.Sort(has)
	require.Equal(t, had, has, table)
}

// Before tables had a prefix, and the record of migrations had more than names, databases were
// made by nine files.
func TestMigrate_FromTheTimeBeforePrefixes(t *testing.T) {
	const then = 9
	onEachKind(t, func(t *testing.T, kind database) {
		files := migrationFiles(t, kind)
		rows := harvested(t, tablesOf(files))
		current := openDatabase(t, kind.driver, kind.empty(t))
		migrateUpTo(t, kind, current, then)
		fillTables(t, current, tablesOf(files[:then]), rows)
		before := contentsOf(t, current, tablesOf(files[:then]))
		require.NoError(t, sqlstore.Migrate(t.Context(), current, nil))

		old := openDatabase(t, kind.driver, kind.empty(t))
		_, err := old.ExecContext(t.Context(), `CREATE TABLE cris_migrations (name TEXT PRIMARY KEY)`)
		require.NoError(t, err)
		names := migrationNames(t, kind)
		for version, text := range files[:then] {
			text = regexp.MustCompile(`(?s)(CREATE TABLE cris_migrations.*?;\n|INSERT INTO cris_migrations.*?;\n)`).ReplaceAllString(text, "")
			runWhole(t, old, strings.ReplaceAll(text, "cris_", ""))
			_, err := old.ExecContext(t.Context(), old.Rebind(`INSERT INTO cris_migrations (name) VALUES (?)`), "migrations/"+names[version])
			require.NoError(t, err)
		}
		unprefixed := contents{}
		for table, some := range before {
			unprefixed[strings.TrimPrefix(table, "cris_")] = some
		}
		var tables []string
		for _, table := range tablesOf(files[:then]) {
			tables = append(tables, strings.TrimPrefix(table, "cris_"))
		}
		fillTables(t, old, tables, unprefixed)

		_, err = sqlstore.Open(t.Context(), old, sqlstore.InClear(), nil)
		require.ErrorIs(t, err, sqlstore.ErrSchemaBehind)
		require.ErrorContains(t, err, "call sqlstore.Migrate")
		require.NoError(t, sqlstore.Migrate(t.Context(), old, nil))
		after := contentsOf(t, old, tablesOf(files[:then]))
		for table := range before {
			requireKept(t, table, before[table], after[table])
		}
		require.Equal(t, withoutLayout(wholeSchema(t, kind, current)), withoutLayout(wholeSchema(t, kind, old)))
		require.Equal(t, asRead(t, current), asRead(t, old))
		status, err := sqlstore.Status(t.Context(), old, nil)
		require.NoError(t, err)
		require.True(t, status.IsCurrent())
	})
}

// withoutLayout takes from statements what SQLite keeps of them and means nothing: comments, and
// the quotes that it puts around names when it renames.
func withoutLayout(schema []string) []string {
	for i, line := range schema {
		schema[i] = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(strings.ReplaceAll(line, `"`, ""), "")
	}
	return schema
}
