package integration_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// database is a kind of database: how to get an empty one, and how to read its
// tables, and its schema as text.
type database struct {
	name, driver string
	empty        func(t *testing.T) (dsn string)
	tables       string
	schema       string
}

// The queries for the names of all tables but the record of migrations.
const (
	sqliteTables   = `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'cris_migrations' ORDER BY name`
	postgresTables = `SELECT table_name FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_name <> 'cris_migrations' ORDER BY table_name`
)

// onEachKind runs check once per kind of database. It is for what needs the database
// itself; the ports are run by onEachDatabase.
func onEachKind(t *testing.T, check func(t *testing.T, kind database)) {
	t.Helper()
	for _, kind := range []database{
		{
			"SQLite", "sqlite", sqliteFile,
			sqliteTables,
			`SELECT sql FROM sqlite_master WHERE name <> 'cris_migrations' AND sql <> '' ORDER BY name`,
		},
		{
			"PostgreSQL", "pgx", server.schema,
			postgresTables,
			`SELECT table_name || '.' || column_name || ' ' || data_type || ' null: ' || is_nullable ||
			        COALESCE(' ' || collation_name, '') AS sql
			   FROM information_schema.columns
			  WHERE table_schema = current_schema() AND table_name <> 'cris_migrations'
			 UNION ALL
			 SELECT replace(indexdef, current_schema() || '.', '')
			   FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'cris_migrations'
			 ORDER BY 1`,
		},
	} {
		t.Run(kind.name, func(t *testing.T) {
			if kind.driver == "pgx" {
				server.require(t)
			}
			check(t, kind)
		})
	}
}

// onEachDatabase runs check once per kind of database. open gives a fresh, migrated
// and empty store each time it is called.
func onEachDatabase(t *testing.T, check func(t *testing.T, open func(t *testing.T) *sqlstore.DB)) {
	t.Helper()
	onEachKind(t, func(t *testing.T, kind database) {
		check(t, func(t *testing.T) *sqlstore.DB {
			t.Helper()
			return migrated(t, openDatabase(t, kind.driver, kind.empty(t)))
		})
	})
}

// sqliteFile returns the connection string of a SQLite database that does not
// exist yet.
func sqliteFile(t *testing.T) string {
	t.Helper()
	file := strings.ReplaceAll(filepath.Join(t.TempDir(), "cris.db"), "#", "%23") // of tests whose name is there twice
	return "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"
}

// openDatabase opens one pool of connections, as one process would.
func openDatabase(t *testing.T, driver, dsn string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open(driver, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// migrated brings a database up to date and opens it, in clear.
func migrated(tb testing.TB, db *sqlx.DB) *sqlstore.DB {
	tb.Helper()
	require.NoError(tb, sqlstore.Migrate(tb.Context(), db, nil))
	return opened(tb, db)
}

// opened opens a database that was brought up to date before, in clear.
func opened(tb testing.TB, db *sqlx.DB) *sqlstore.DB {
	tb.Helper()
	store, err := sqlstore.Open(tb.Context(), db, sqlstore.InClear(), nil)
	require.NoError(tb, err)
	return store
}

// lines reads a query of one column of text.
func lines(t *testing.T, db *sqlx.DB, query string) []string {
	t.Helper()
	var read []string
	require.NoError(t, db.SelectContext(t.Context(), &read, query))
	return read
}
