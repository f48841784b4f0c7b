package integration_test

import (
	"io/fs"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// database is a kind of database: how to get an empty one, and how to read its
// schema as text.
type database struct {
	name, driver string
	empty        func(t *testing.T) (dsn string)
	schema       string
}

func databases() []database {
	return []database{
		{
			"SQLite", "sqlite", sqliteFile,
			`SELECT sql FROM sqlite_master WHERE name <> 'cris_migrations' AND sql <> '' ORDER BY name`,
		},
		{
			"PostgreSQL", "pgx", server.schema,
			`SELECT table_name || '.' || column_name || ' ' || data_type || ' null: ' || is_nullable AS sql
			   FROM information_schema.columns
			  WHERE table_schema = current_schema() AND table_name <> 'cris_migrations'
			 UNION ALL
			 SELECT replace(indexdef, current_schema() || '.', '')
			   FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'cris_migrations'
			 ORDER BY 1`,
		},
	}
}

func schemaOf(t *testing.T, db *sqlx.DB, query string) []string {
	t.Helper()
	var lines []string
	require.NoError(t, db.SelectContext(t.Context(), &lines, query))
	return lines
}

func TestMigrate_IsIdempotent(t *testing.T) {
	for _, kind := range databases() {
		t.Run(kind.name, func(t *testing.T) {
			db := openDatabase(t, kind.driver, kind.empty(t))
			store := sqlstore.New(db)
			require.NoError(t, store.Migrate(t.Context()))
			first := schemaOf(t, db, kind.schema)
			require.NotEmpty(t, first)
			require.NoError(t, store.Migrate(t.Context()))
			require.Equal(t, first, schemaOf(t, db, kind.schema))
		})
	}
}

// Host programs may run the files with a tool of their own: whole files, in the
// order of their names.
func TestMigrations_GiveTheSameSchemaAsPlainSQL(t *testing.T) {
	for _, kind := range databases() {
		t.Run(kind.name, func(t *testing.T) {
			byMigrate := openDatabase(t, kind.driver, kind.empty(t))
			require.NoError(t, sqlstore.New(byMigrate).Migrate(t.Context()))

			byHand := openDatabase(t, kind.driver, kind.empty(t))
			if kind.driver == "pgx" {
				_, err := byHand.ExecContext(t.Context(), `CREATE COLLATION IF NOT EXISTS "binary" FROM "C"`)
				require.NoError(t, err)
			}
			names, err := fs.Glob(sqlstore.Migrations(), "*.sql")
			require.NoError(t, err)
			require.NotEmpty(t, names)
			for _, name := range names {
				text, err := fs.ReadFile(sqlstore.Migrations(), name)
				require.NoError(t, err)
				_, err = byHand.ExecContext(t.Context(), string(text))
				require.NoError(t, err, name)
			}
			require.Equal(t, schemaOf(t, byMigrate, kind.schema), schemaOf(t, byHand, kind.schema))
		})
	}
}

// Each goroutine has connections of its own, as a process has.
func TestMigrate_ManyProcessesAtOnce(t *testing.T) {
	const processes, rounds = 4, 5
	start := map[string]func(t *testing.T, db *sqlx.DB){
		"Empty": func(*testing.T, *sqlx.DB) {},
		// A later version of the program starts on what an earlier one left.
		"Behind": func(t *testing.T, db *sqlx.DB) {
			_, err := db.ExecContext(t.Context(), `CREATE TABLE cris_migrations (name TEXT PRIMARY KEY)`)
			require.NoError(t, err)
		},
	}
	for _, kind := range databases() {
		for name, prepare := range start {
			t.Run(kind.name+"/"+name, func(t *testing.T) {
				for range rounds {
					dsn := kind.empty(t)
					prepare(t, openDatabase(t, kind.driver, dsn))
					var begin, done sync.WaitGroup
					begin.Add(1)
					failed := make([]error, processes)
					for i := range processes {
						db := openDatabase(t, kind.driver, dsn)
						done.Go(func() {
							begin.Wait()
							failed[i] = sqlstore.New(db).Migrate(t.Context())
						})
					}
					begin.Done()
					done.Wait()
					for _, err := range failed {
						require.NoError(t, err)
					}
				}
			})
		}
	}
}

func TestMigrate_CancelledLeavesNothing(t *testing.T) {
	for _, kind := range databases() {
		t.Run(kind.name, func(t *testing.T) {
			db := openDatabase(t, kind.driver, kind.empty(t))
			require.ErrorIs(t, sqlstore.New(db).Migrate(cancelled(t)), cancelled(t).Err())
			require.Empty(t, schemaOf(t, db, kind.schema))
		})
	}
}
