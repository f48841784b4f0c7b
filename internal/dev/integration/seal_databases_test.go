package integration_test

import (
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// onEachKindSealed runs check once per kind of database, with a file of keys.
func onEachKindSealed(t *testing.T, check func(t *testing.T, kind database, keys *seal.File)) {
	t.Helper()
	onEachKind(t, func(t *testing.T, kind database) { check(t, kind, newKeys(t)) })
}

// inMemory opens an empty database in memory, which lives as long as its one connection.
func inMemory(t *testing.T) *sqlx.DB {
	t.Helper()
	db := openDatabase(t, "sqlite", "file::memory:?_pragma=foreign_keys(1)")
	db.SetMaxOpenConns(1)
	return db
}

// newKeys makes a file of keys of its own.
func newKeys(tb testing.TB) *seal.File {
	tb.Helper()
	keys, err := seal.Create(filepath.Join(tb.TempDir(), "keys.json"))
	require.NoError(tb, err)
	return keys
}

// migratedSealed brings a database up to date and opens it, sealed by the keys.
func migratedSealed(tb testing.TB, db *sqlx.DB, keys cris.Keys) *sqlstore.DB {
	tb.Helper()
	require.NoError(tb, sqlstore.Migrate(tb.Context(), db, nil))
	return openedSealed(tb, db, keys)
}

// openedSealed opens a database that was brought up to date before, sealed by the keys.
func openedSealed(tb testing.TB, db *sqlx.DB, keys cris.Keys) *sqlstore.DB {
	tb.Helper()
	store, err := sqlstore.Open(tb.Context(), db, sqlstore.SealedBy(keys), nil)
	require.NoError(tb, err)
	return store
}
