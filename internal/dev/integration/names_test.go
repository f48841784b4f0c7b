package integration_test

import (
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/internal/dev/drivertest"
	"github.com/seed28e20331/cris/selfcheck"
)

// named are the ways in which tables stand in a database of each kind.
func named(kind database) map[string]*sqlstore.Options {
	ways := map[string]*sqlstore.Options{"Prefix": {Prefix: "a_longer_prefix_20__"}}
	if kind.driver == "pgx" {
		ways["Schema"] = &sqlstore.Options{Schema: "select"} // a word of SQL is quoted
		ways["Both"] = &sqlstore.Options{Prefix: "c", Schema: "care_" + strings.Repeat("x", 40)}
	}
	return ways
}

func openedAs(t *testing.T, pool *sqlx.DB, opts *sqlstore.Options) *sqlstore.DB {
	t.Helper()
	require.NoError(t, sqlstore.Migrate(t.Context(), pool, opts))
	require.NoError(t, sqlstore.Migrate(t.Context(), pool, opts), "it is idempotent")
	store, err := sqlstore.Open(t.Context(), pool, sqlstore.InClear(), opts)
	require.NoError(t, err)
	return store
}

// A schema is of a whole database of PostgreSQL, in which every other test has one too: here it is
// named anew for each store.
func freshly(t *testing.T, opts *sqlstore.Options, dsn string) *sqlstore.Options {
	t.Helper()
	if opts.Schema == "" {
		return opts
	}
	_, own, _ := strings.Cut(dsn, "search_path=")
	return &sqlstore.Options{Prefix: opts.Prefix, Schema: opts.Schema + "_" + own}
}

func TestOptions_KitsPassUnderOtherNames(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		opts := &sqlstore.Options{Prefix: "a_longer_prefix_20__"}
		if kind.driver == "pgx" {
			opts.Schema = "care"
		}
		open := func(t *testing.T) *sqlstore.DB {
			t.Helper()
			dsn := kind.empty(t)
			return openedAs(t, openDatabase(t, kind.driver, dsn), freshly(t, opts, dsn))
		}
		drivertest.Cases(t, open)
	})
}

// The database has tables already: those of the host, and a store with other names. Nobody sees
// anything of the others.
func TestOptions_StoresStandBesideEachOtherAndTheHost(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		pool := openDatabase(t, kind.driver, dsn)
		for _, table := range []string{"cases", "outbox", "scopes", "settings", "migrations", "goose_db_version", "schema_migrations"} {
			_, err := pool.ExecContext(t.Context(), `CREATE TABLE `+table+` (host BIGINT PRIMARY KEY)`)
			require.NoError(t, err)
		}
		stores := map[string]*sqlstore.DB{"": migrated(t, pool), "c": openedAs(t, pool, &sqlstore.Options{Prefix: "c"}), "cris_two_": openedAs(t, pool, &sqlstore.Options{Prefix: "cris_two_"})}
		for name, opts := range named(kind) {
			stores[name] = openedAs(t, pool, freshly(t, opts, dsn))
		}
		n := 0
		for name, store := range stores {
			n++
			require.NoError(t, casestatustest.PutCase(t.Context(), store.Cases(), casestatustest.NewCase(n)))
			for other, store := range stores {
				_, err := store.Cases().StaffCase(t.Context(), casestatustest.Receipt(n))
				if other == name {
					require.NoError(t, err)
				} else {
					require.ErrorIs(t, err, cris.ErrNotFound, "%q sees what %q saved", other, name)
				}
			}
		}
		for _, table := range []string{"cases", "outbox", "scopes", "settings", "migrations", "goose_db_version", "schema_migrations"} {
			require.Empty(t, lines(t, pool, `SELECT host FROM `+table))
		}
	})
}

// A schema that is there is used by whoever may not make one.
func TestOptions_ASchemaThatIsThere(t *testing.T) {
	server.require(t)
	dsn := server.schema(t)
	pool := openDatabase(t, "pgx", dsn)
	_, schema, _ := strings.Cut(dsn, "search_path=")
	for _, statement := range []string{
		`DROP ROLE IF EXISTS ` + schema + `_role`, `CREATE ROLE ` + schema + `_role LOGIN`, `CREATE SCHEMA ` + schema + `_care AUTHORIZATION ` + schema + `_role`,
	} {
		_, err := pool.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	own := openDatabase(t, "pgx", strings.Replace(dsn, "user=postgres", "user="+schema+"_role", 1))
	openedAs(t, own, &sqlstore.Options{Schema: schema + "_care"})
	err := sqlstore.Migrate(t.Context(), own, &sqlstore.Options{Schema: schema + "_other"})
	require.ErrorContains(t, err, "sqlstore: prepare schema: code 42501")
}

// An error names tables and constraints as the documentation of this package does.
func TestError_NamesTablesAsTheyAreByDefault(t *testing.T) {
	server.require(t)
	for name, opts := range named(database{driver: "pgx"}) {
		t.Run(name, func(t *testing.T) {
			dsn := server.schema(t)
			pool := openDatabase(t, "pgx", dsn)
			opts = freshly(t, opts, dsn)
			store := openedAs(t, pool, opts)
			prefix, schema := opts.Prefix, opts.Schema
			if prefix == "" {
				prefix = "cris_"
			}
			if schema != "" {
				schema = `"` + schema + `".`
			}
			_, err := pool.ExecContext(t.Context(), `ALTER TABLE `+schema+prefix+`selfcheck_passes ADD CHECK (family_name <> 'Zyxwvut')`)
			require.NoError(t, err)
			err = savePass(t.Context(), store, selfcheck.TransactionID("check-1"))
			require.ErrorContains(t, err, "insert into cris_selfcheck_passes: code 23514, table cris_selfcheck_passes")
		})
	}
}
