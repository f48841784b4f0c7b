package integration_test

import (
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// onEachDatabase runs check once per kind of database. open gives a fresh, migrated
// and empty store each time it is called.
func onEachDatabase(t *testing.T, check func(t *testing.T, open func(t *testing.T) *sqlstore.DB)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { check(t, openSQLite) })
	t.Run("PostgreSQL", func(t *testing.T) {
		server.require(t)
		check(t, openPostgreSQL)
	})
}

func openSQLite(t *testing.T) *sqlstore.DB {
	t.Helper()
	return migrated(t, openDatabase(t, "sqlite", sqliteFile(t)))
}

func openPostgreSQL(t *testing.T) *sqlstore.DB {
	t.Helper()
	return migrated(t, openDatabase(t, "pgx", server.schema(t)))
}

// sqliteFile returns the connection string of a SQLite database that does not
// exist yet.
func sqliteFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "cris.db")
	return "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"
}

// openDatabase opens one pool of connections, as one process would.
func openDatabase(t *testing.T, driver, dsn string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open(driver, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func migrated(t *testing.T, db *sqlx.DB) *sqlstore.DB {
	t.Helper()
	store := sqlstore.New(db)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}
