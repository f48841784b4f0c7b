package integration_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// migrateDriver and migrateDSN tell a copy of this test binary what it is to migrate until it is
// killed.
const (
	migrateDriver = "CRIS_MIGRATE_DRIVER"
	migrateDSN    = "CRIS_MIGRATE_DSN"
)

// TestMigrateChild is no test. It is the process that TestMigrate_KilledProcess... kills.
func TestMigrateChild(t *testing.T) {
	if os.Getenv(migrateDSN) == "" {
		t.Skip("it is run by another test")
	}
	db := openDatabase(t, os.Getenv(migrateDriver), os.Getenv(migrateDSN))
	require.NoError(t, db.PingContext(t.Context()))
	fmt.Println("begun")
	require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
}

func TestMigrate_KilledProcessLeavesTheSchemaAsItWas(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		want := wholeSchema(t, kind, byMigrate(t, kind))
		for left := timesToKill(t); left > 0; left-- {
			dsn := kind.empty(t)
			db := openDatabase(t, kind.driver, dsn)
			migrateUpTo(t, kind, db, 2)
			before := wholeSchema(t, kind, db)

			cmd := childProcess(t, "TestMigrateChild", migrateDriver+"="+kind.driver, migrateDSN+"="+dsn)
			output, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			_, err = output.Read(make([]byte, 1))
			require.NoError(t, err)
			time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond)
			require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
			if err := cmd.Wait(); err != nil { // or it was faster
				require.EqualError(t, err, "signal: killed")
			}

			if found := wholeSchema(t, kind, db); len(found) != len(want) {
				require.Equal(t, before, found)
			}
			require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
			require.Equal(t, want, wholeSchema(t, kind, db))
		}
	})
}

// newer writes into the record what a later version of the program would.
func newer(t *testing.T, db *sqlx.DB) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), `INSERT INTO cris_migrations (version, name, ran_at) VALUES (9999, '9999_later', 1)`)
	require.NoError(t, err)
}

func TestOpen_SaysWhatIsWrongWithASchema(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		last := len(migrationFiles(t, kind))
		for name, test := range map[string]struct {
			prepare func(t *testing.T, db *sqlx.DB)
			is      error
			says    string
		}{
			"Empty":  {func(*testing.T, *sqlx.DB) {}, sqlstore.ErrNotMigrated, "call sqlstore.Migrate first"},
			"Behind": {func(t *testing.T, db *sqlx.DB) { migrateUpTo(t, kind, db, last-1) }, sqlstore.ErrSchemaBehind, fmt.Sprintf("version %d, and this program needs %d", last-1, last)},
			"Newer": {func(t *testing.T, db *sqlx.DB) {
				require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
				newer(t, db)
			}, sqlstore.ErrSchemaNewer, "it has migration 9999, and this program knows those up to"},
		} {
			t.Run(name, func(t *testing.T) {
				db := openDatabase(t, kind.driver, kind.empty(t))
				test.prepare(t, db)
				before := wholeSchema(t, kind, db)
				_, err := sqlstore.Open(t.Context(), db, sqlstore.InClear(), nil)
				require.ErrorIs(t, err, test.is)
				require.ErrorContains(t, err, test.says)
				if errors.Is(err, sqlstore.ErrSchemaNewer) {
					err := sqlstore.Migrate(t.Context(), db, nil)
					require.ErrorIs(t, err, sqlstore.ErrSchemaNewer)
					require.ErrorContains(t, err, "update the program")
					require.ErrorIs(t, sqlstore.Baseline(t.Context(), db, nil, 1), sqlstore.ErrSchemaNewer)
				}
				require.Equal(t, before, wholeSchema(t, kind, db))
			})
		}
	})
}

func TestStatus_TellsWhatWasRunAndWhen(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		last := len(migrationFiles(t, kind))
		status, err := sqlstore.Status(t.Context(), db, nil)
		require.NoError(t, err)
		require.Zero(t, status.Version)
		require.Len(t, status.Known, last)
		require.False(t, status.Known[0].Ran)
		require.Empty(t, wholeSchema(t, kind, db), "it changes nothing")

		migrateUpTo(t, kind, db, 3)
		status, err = sqlstore.Status(t.Context(), db, nil)
		require.NoError(t, err)
		require.Equal(t, 3, status.Version)
		require.Equal(t, "0003_tracking", status.Known[2].Name)
		require.WithinDuration(t, time.Now(), status.Known[2].RanAt, time.Hour)
		require.Equal(t, time.UTC, status.Known[2].RanAt.Location())
		require.True(t, !status.Known[3].Ran && status.Known[3].RanAt.IsZero())
		require.False(t, status.IsCurrent())

		require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
		newer(t, db)
		status, err = sqlstore.Status(t.Context(), db, nil)
		require.NoError(t, err)
		require.Equal(t, last, status.Version)
		require.Len(t, status.Unknown, 1)
		require.Equal(t, "9999_later", status.Unknown[0].Name)
		require.False(t, status.IsCurrent())
	})
}

// A role that may not create tables is told so; once all was run, it migrates and opens.
func TestMigrate_RoleThatMayNotCreateTables(t *testing.T) {
	dsn := server.schema(t)
	owner := openDatabase(t, "pgx", dsn)
	schema := lines(t, owner, `SELECT current_schema()::text`)[0]
	role := "serves_" + schema
	exec := func(statement string) {
		_, err := owner.ExecContext(context.WithoutCancel(t.Context()), statement)
		require.NoError(t, err)
	}
	exec("CREATE ROLE " + role + " LOGIN")
	t.Cleanup(func() { exec("DROP OWNED BY " + role + "; DROP ROLE " + role) })
	exec("GRANT USAGE ON SCHEMA " + schema + " TO " + role)
	db := openDatabase(t, "pgx", strings.Replace(dsn, "user=postgres", "user="+role, 1))

	err := sqlstore.Migrate(t.Context(), db, nil)
	require.ErrorContains(t, err, "code 42501")
	require.ErrorContains(t, err, "GRANT CREATE, USAGE ON SCHEMA")
	require.NoError(t, sqlstore.Migrate(t.Context(), owner, nil))
	_, err = sqlstore.Open(t.Context(), db, sqlstore.InClear(), nil)
	require.ErrorContains(t, err, "SELECT")
	exec("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + role)
	require.NoError(t, sqlstore.Migrate(t.Context(), db, nil), "there is nothing to do")
	opened(t, db)
}

func TestMigrate_ReadOnlyDatabase(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		readOnly := func(dsn string) string { return dsn + " default_transaction_read_only=on" }
		empty := kind.empty
		if kind.driver == "sqlite" {
			readOnly = func(dsn string) string { return dsn + "?mode=ro" }
			empty = func(t *testing.T) string {
				t.Helper()
				file := filepath.Join(t.TempDir(), "cris.db")
				require.NoError(t, os.WriteFile(file, nil, 0o600))
				return "file:" + file
			}
		}
		dsn := empty(t)
		db := openDatabase(t, kind.driver, readOnly(dsn))
		require.ErrorContains(t, sqlstore.Migrate(t.Context(), db, nil), "the database is read-only")
		require.NoError(t, sqlstore.Migrate(t.Context(), openDatabase(t, kind.driver, dsn), nil))
		require.NoError(t, sqlstore.Migrate(t.Context(), db, nil), "there is nothing to do")
	})
}

// In another encoding names could not all be kept, or not in the order of their bytes.
func TestMigrate_DatabaseInAnotherEncoding(t *testing.T) {
	refused := func(t *testing.T, db *sqlx.DB, encoding string) {
		t.Helper()
		err := sqlstore.Migrate(t.Context(), db, nil)
		require.ErrorContains(t, err, "the encoding of the database is "+encoding)
		require.ErrorContains(t, err, "make the database with the encoding UTF-8")
		_, err = sqlstore.Open(t.Context(), db, sqlstore.InClear(), nil)
		require.ErrorContains(t, err, "the encoding of the database is "+encoding)
	}
	for _, encoding := range []string{"UTF-16le", "UTF-16be"} {
		t.Run(encoding, func(t *testing.T) {
			db := openDatabase(t, "sqlite", sqliteFile(t))
			db.SetMaxOpenConns(1)
			_, err := db.ExecContext(t.Context(), `PRAGMA encoding = '`+encoding+`'; CREATE TABLE theirs (id TEXT)`)
			require.NoError(t, err)
			refused(t, db, encoding)
		})
	}
	for _, encoding := range []string{"LATIN1", "SQL_ASCII"} {
		t.Run(encoding, func(t *testing.T) {
			server.require(t)
			admin := openDatabase(t, "pgx", server.running.DSN("public"))
			name := "in_" + strings.ToLower(encoding)
			_, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING '"+encoding+"' LOCALE_PROVIDER libc LOCALE 'C'")
			require.NoError(t, err)
			t.Cleanup(func() {
				_, err := admin.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE "+name+" WITH (FORCE)")
				require.NoError(t, err)
			})
			refused(t, openDatabase(t, "pgx", strings.Replace(server.running.DSN("public"), "dbname=postgres", "dbname="+name, 1)), encoding)
		})
	}
}

// The order of a database does not matter, since keys have an order of their own; that of a
// collation "binary" that was there before does.
func TestMigrate_CollationOfTheHostIsInTheWay(t *testing.T) {
	db := openDatabase(t, "pgx", server.schema(t))
	_, err := db.ExecContext(t.Context(), `CREATE COLLATION "binary" (provider = icu, locale = 'en-US')`)
	require.NoError(t, err)
	require.ErrorContains(t, sqlstore.Migrate(t.Context(), db, nil), `a collation "binary" that is not the order of bytes`)
	_, err = db.ExecContext(t.Context(), `DROP COLLATION "binary"; CREATE COLLATION "binary" FROM "C"`)
	require.NoError(t, err)
	migrated(t, db)
}
