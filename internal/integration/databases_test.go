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
}

func openSQLite(t *testing.T) *sqlstore.DB {
	t.Helper()
	file := filepath.Join(t.TempDir(), "cris.db")
	db, err := sqlx.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	store := sqlstore.New(db)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}
