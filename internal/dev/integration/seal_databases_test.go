package integration_test

import (
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// onEveryDatabase runs check once per kind of database, on SQLite sealed, and in its memory with
// one connection, in clear and sealed. It is for the kits. What is sealed on PostgreSQL is in
// TestPV2_TheKitsHoldOnSealedPostgreSQL.
func onEveryDatabase(t *testing.T, check func(t *testing.T, open func(t *testing.T) *sqlstore.DB)) {
	t.Helper()
	onEachDatabase(t, check)
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

// The ports with personal columns; the others have the same statements sealed and in clear.
func TestPV2_TheKitsHoldOnSealedPostgreSQL(t *testing.T) {
	t.Parallel() // they wait for the database most of the time
	server.require(t)
	open := func(t *testing.T) *sqlstore.DB {
		t.Helper()
		return migratedSealed(t, openDatabase(t, "pgx", server.schema(t)), newKeys(t))
	}
	t.Run("Cases", func(t *testing.T) {
		casestatustest.TestCases(t, func(t *testing.T) (casestatus.Cases, cris.Outbox) {
			t.Helper()
			db := open(t)
			return db.Cases(), db.Outbox()
		})
	})
	t.Run("ERequests", func(t *testing.T) {
		erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) {
			t.Helper()
			db := open(t)
			return db.ERequests(), db.Outbox()
		})
	})
	t.Run("AddressChanges", func(t *testing.T) {
		addresschangetest.TestStore(t, func(t *testing.T) (addresschange.Store, cris.Outbox) {
			t.Helper()
			db := open(t)
			return db.AddressChanges(), db.Outbox()
		})
	})
	t.Run("ServiceRequests", func(t *testing.T) {
		srmttest.TestStore(t, func(t *testing.T) (srmt.Store, cris.Outbox) {
			t.Helper()
			db := open(t)
			return db.ServiceRequests(), db.Outbox()
		})
	})
	t.Run("Calls", func(t *testing.T) {
		gatewaytest.TestCalls(t, func(t *testing.T) gateway.Calls { t.Helper(); return open(t).Calls() })
	})
	t.Run("SelfChecks", func(t *testing.T) {
		selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) {
			t.Helper()
			db := open(t)
			return db.SelfChecks(), db.Outbox()
		})
	})
	t.Run("SelfCheckArchive", func(t *testing.T) {
		selfchecktest.TestArchive(t, func(t *testing.T) (selfchecktest.Archived, cris.Outbox) {
			t.Helper()
			db := open(t)
			return db.SelfChecks(), db.Outbox()
		})
	})
	t.Run("Scans", func(t *testing.T) {
		trackingtest.TestStore(t, func(t *testing.T) tracking.Store { t.Helper(); return open(t).Scans() })
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
