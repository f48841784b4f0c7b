package integration_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/drivertest"
)

// The other drivers of SQLite, and its smallest version, are modules of their own in the folder
// drivers.
func TestModernc_LocksAndConnections(t *testing.T) {
	drivertest.SQLite{Name: "sqlite", DSN: func(file, journal string, busy time.Duration) string {
		dsn := "file:" + file + "?_pragma=synchronous(OFF)"
		if busy >= 0 {
			dsn += fmt.Sprintf("&_pragma=busy_timeout(%d)", busy.Milliseconds())
		}
		if journal != "" {
			dsn += "&_pragma=journal_mode(" + journal + ")"
		}
		return dsn
	}}.Locks(t)
}

func TestPostgres_WritersAreAllAccepted(t *testing.T) {
	server.require(t)
	dsn := server.schema(t)
	drivertest.Writers(t, func(t *testing.T) *sqlx.DB {
		t.Helper()
		pool := openDatabase(t, "pgx", dsn+" lock_timeout=1000")
		pool.SetMaxOpenConns(4)
		return pool
	})
}

func TestPQ_KeepsTheContract(t *testing.T) {
	t.Parallel() // each kit keeps one processor busy
	server.require(t)
	stores := &reused{in: t, tables: postgresTables, make: func(t *testing.T) (*sqlstore.DB, *sqlx.DB) {
		t.Helper()
		pool := openDatabase(t, "postgres", server.schema(t))
		return migrated(t, pool), pool
	}}
	if os.Getenv("CRIS_ALL_KITS") != "" { // as make soak does
		runKits(t, stores)
		return
	}
	drivertest.ERequests(t, stores.open)
}

// What is told of an error of lib/pq is what is told of one of pgx.
func TestPQ_TellsErrorsAsPGXDoes(t *testing.T) {
	server.require(t)
	dsn := faulty(t, "pgx", server.schema(t), postgresFaults["check"])
	err := savePass(t.Context(), opened(t, openDatabase(t, "postgres", dsn)), "check-1")
	requireNothingTold(t, err)
	require.ErrorContains(t, err, "sqlstore: "+postgresFaults["check"].want)

	dsn = faulty(t, "pgx", server.schema(t), postgresFaults["serialization"])
	err = savePass(t.Context(), opened(t, openDatabase(t, "postgres", dsn)), "check-1")
	requireNothingTold(t, err)
	require.ErrorIs(t, err, cris.ErrConflict)
}

// A database that the store cannot work with is refused when it is opened.
func TestOpen_SaysWhatToDoAboutAServer(t *testing.T) {
	server.require(t)
	dsn := server.schema(t)
	pool := openDatabase(t, "pgx", dsn)
	migrated(t, pool)
	_, schema, _ := strings.Cut(dsn, "search_path=")
	refused := func(dsn, want string) {
		t.Helper()
		_, err := sqlstore.Open(t.Context(), openDatabase(t, "pgx", dsn), sqlstore.InClear(), nil)
		require.ErrorContains(t, err, want)
	}
	refused(dsn+" default_transaction_read_only=on", "transactions are read-only: set default_transaction_read_only to off")

	for _, statement := range []string{
		`CREATE ROLE ` + schema + `_role LOGIN`, `GRANT USAGE ON SCHEMA ` + schema + ` TO ` + schema + `_role`,
		`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ` + schema + ` TO ` + schema + `_role`, `REVOKE DELETE ON cris_outbox FROM ` + schema + `_role`,
	} {
		_, err := pool.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	refused(strings.Replace(dsn, "user=postgres", "user="+schema+"_role", 1), "the role may not read and write the table cris_outbox: GRANT SELECT, INSERT, UPDATE, DELETE")

	sorted := openDatabase(t, "pgx", server.schema(t))
	_, err := sorted.ExecContext(t.Context(), `CREATE COLLATION "binary" (provider = icu, locale = 'en-US')`)
	require.NoError(t, err)
	require.ErrorContains(t, sqlstore.Migrate(t.Context(), sorted, nil), `a collation "binary" that is not the order of bytes`)

	_, err = pool.ExecContext(t.Context(), `CREATE DATABASE `+schema+`_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
	require.NoError(t, err)
	refused(strings.Replace(dsn, "dbname=postgres", "dbname="+schema+"_latin", 1), "the encoding of the database is LATIN1")
}

// Who serves reads and writes rows, and need only read which migrations were run.
func TestOpen_TakesARoleThatOnlyReadsTheRecordOfMigrations(t *testing.T) {
	dsn := server.schema(t)
	pool := openDatabase(t, "pgx", dsn)
	require.NoError(t, sqlstore.Migrate(t.Context(), pool, nil))
	_, schema, _ := strings.Cut(dsn, "search_path=")
	for _, statement := range []string{
		`CREATE ROLE ` + schema + `_role LOGIN`, `GRANT USAGE ON SCHEMA ` + schema + ` TO ` + schema + `_role`,
		`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ` + schema + ` TO ` + schema + `_role`,
		`REVOKE INSERT, UPDATE, DELETE ON cris_migrations FROM ` + schema + `_role`,
	} {
		_, err := pool.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	serving := openDatabase(t, "pgx", strings.Replace(dsn, "user=postgres", "user="+schema+"_role", 1))
	require.NoError(t, sqlstore.Migrate(t.Context(), serving, nil), "there is nothing to do")
	mustFill(t, opened(t, serving), 1)
}
