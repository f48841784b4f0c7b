package integration_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/drivertest"
)

// Every kit holds on a sealed database as on one in clear, and on SQLite in memory with one
// connection. On files of SQLite and on PostgreSQL in clear they run in
// TestPlans_NoStatementReadsATableThatGrows.
func TestPV2_EveryKitHoldsSealedAndInMemory(t *testing.T) {
	t.Parallel() // each kit keeps one processor busy
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		stores := &reused{in: t, tables: kind.tables, make: func(t *testing.T) (*sqlstore.DB, *sqlx.DB) {
			t.Helper()
			pool := openDatabase(t, kind.driver, kind.empty(t))
			return migratedSealed(t, pool, keys), pool
		}}
		runKits(t, stores)
	})
	for name, sealing := range map[string]sqlstore.Sealing{"InMemory": sqlstore.InClear(), "InMemorySealed": sqlstore.SealedBy(newKeys(t))} {
		t.Run(name, func(t *testing.T) {
			runKits(t, &reused{in: t, tables: sqliteTables, make: func(t *testing.T) (*sqlstore.DB, *sqlx.DB) {
				t.Helper()
				pool := inMemory(t)
				require.NoError(t, sqlstore.Migrate(t.Context(), pool, nil))
				store, err := sqlstore.Open(t.Context(), pool, sealing, nil)
				require.NoError(t, err)
				return store, pool
			}})
		})
	}
}

func runKits(t *testing.T, stores *reused) {
	t.Helper()
	for _, kit := range drivertest.All {
		t.Run(kit.Name, func(t *testing.T) { kit.Run(t, stores.open) })
	}
}

// reused are stores of one kind. To make a schema takes longer than what most clauses of a kit do: a
// store that is no longer used is emptied and used again.
type reused struct {
	in     *testing.T
	tables string // the query for the names of all tables
	make   func(t *testing.T) (*sqlstore.DB, *sqlx.DB)
	mu     sync.Mutex
	free   []emptied
}

type emptied struct {
	store *sqlstore.DB
	pool  *sqlx.DB
}

// open returns a store that nobody else has until the test ends.
func (r *reused) open(t *testing.T) *sqlstore.DB {
	t.Helper()
	return r.take(t).store
}

func (r *reused) take(t *testing.T) emptied {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.free) == 0 {
		store, pool := r.make(r.in)
		r.free = append(r.free, emptied{store, pool})
	}
	last := len(r.free) - 1
	taken := r.free[last]
	r.free = r.free[:last]
	t.Cleanup(func() {
		for _, table := range slices.Sorted(slices.Values(lines(r.in, taken.pool, r.tables))) { // each before those that it refers to
			if table != "cris_settings" { // what a database is, which is said once
				_, err := taken.pool.Exec("DELETE FROM " + table)
				require.NoError(r.in, err)
			}
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.free = append(r.free, taken)
	})
	return taken
}
