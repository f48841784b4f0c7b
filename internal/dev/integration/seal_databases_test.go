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

// onSealedSQLite runs check on SQLite sealed, and in its memory with one connection, in clear and
// sealed.
func onSealedSQLite(t *testing.T, check func(t *testing.T, open func(t *testing.T) *sqlstore.DB)) {
	t.Helper()
	for name, open := range map[string]func(t *testing.T) *sqlstore.DB{
		"SQLiteSealed": func(t *testing.T) *sqlstore.DB {
			t.Helper()
			return migratedSealed(t, openDatabase(t, "sqlite", sqliteFile(t)), newKeys(t))
		},
		"SQLiteInMemory":       func(t *testing.T) *sqlstore.DB { t.Helper(); return migrated(t, inMemory(t)) },
		"SQLiteInMemorySealed": func(t *testing.T) *sqlstore.DB { t.Helper(); return migratedSealed(t, inMemory(t), newKeys(t)) },
	} {
		t.Run(name, func(t *testing.T) { check(t, open) })
	}
}

// onSealedPostgreSQL runs check on PostgreSQL sealed. It is for ports with personal columns: for the
// others nothing is different there.
func onSealedPostgreSQL(t *testing.T, check func(t *testing.T, open func(t *testing.T) *sqlstore.DB)) {
	t.Helper()
	t.Run("PostgreSQLSealed", func(t *testing.T) {
		server.require(t)
		check(t, func(t *testing.T) *sqlstore.DB {
			t.Helper()
			return migratedSealed(t, openDatabase(t, "pgx", server.schema(t)), newKeys(t))
		})
	})
}

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
func newKeys(t testing.TB) *seal.File {
	t.Helper()
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"))
	require.NoError(t, err)
	return keys
}

// migratedSealed brings a database up to date and opens it, sealed by the keys.
func migratedSealed(t testing.TB, db *sqlx.DB, keys cris.Keys) *sqlstore.DB {
	t.Helper()
	require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
	return openedSealed(t, db, keys)
}

// openedSealed opens a database that was brought up to date before, sealed by the keys.
func openedSealed(t testing.TB, db *sqlx.DB, keys cris.Keys) *sqlstore.DB {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), db, sqlstore.SealedBy(keys), nil)
	require.NoError(t, err)
	return store
}
