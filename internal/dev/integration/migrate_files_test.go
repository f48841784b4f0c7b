package integration_test

import (
	"context"
	"io/fs"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// newGoose returns goose with the files of sqlstore for one kind of database.
func newGoose(t *testing.T, kind database, db *sqlx.DB, opts *sqlstore.Options) *goose.Provider {
	t.Helper()
	files, err := sqlstore.GooseMigrations(dialectOf(kind), opts)
	require.NoError(t, err)
	dialect := map[string]goose.Dialect{"pgx": goose.DialectPostgres, "sqlite": goose.DialectSQLite3}[kind.driver]
	provider, err := goose.NewProvider(dialect, db.DB, files)
	require.NoError(t, err)
	return provider
}

func dialectOf(kind database) sqlstore.Dialect {
	return map[string]sqlstore.Dialect{"pgx": sqlstore.PostgreSQL, "sqlite": sqlstore.SQLite}[kind.driver]
}

// migrationFiles returns the plain files, in order.
func migrationFiles(t *testing.T, kind database) (texts []string) {
	t.Helper()
	files, err := sqlstore.Migrations(dialectOf(kind), nil)
	require.NoError(t, err)
	names, err := fs.Glob(files, "*.sql")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	return texts
}

// migrateUpTo runs the first files by hand, each whole.
func migrateUpTo(t *testing.T, kind database, db *sqlx.DB, version int) {
	t.Helper()
	for _, text := range migrationFiles(t, kind)[:version] {
		runWhole(t, db, text)
	}
}

func runWhole(t *testing.T, db *sqlx.DB, text string) {
	t.Helper()
	tx, err := db.BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	defer tx.Rollback()
	_, err = tx.ExecContext(t.Context(), text)
	require.NoError(t, err)
	require.NoError(t, tx.Commit())
}

// wholeSchema reads all that the database says of its tables, columns, defaults, indexes and
// constraints, but for what goose has for itself.
func wholeSchema(t *testing.T, kind database, db *sqlx.DB) []string {
	t.Helper()
	if kind.driver == "sqlite" {
		return lines(t, db, `SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema
			WHERE tbl_name NOT LIKE 'goose%' AND name <> 'sqlite_sequence' ORDER BY 1`)
	}
	return lines(t, db, `SELECT line FROM (
		SELECT table_name || ' column ' || ordinal_position || ' ' || column_name || ' ' || data_type || ' ' || is_nullable ||
		       ' ' || COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '') AS line, table_name
		  FROM information_schema.columns WHERE table_schema = current_schema()
		UNION ALL
		SELECT c.relname || ' constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid), c.relname
		  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
		UNION ALL
		SELECT tablename || ' index ' || replace(indexdef, current_schema() || '.', ''), tablename FROM pg_indexes WHERE schemaname = current_schema()
		UNION ALL
		SELECT 'collation ' || collname || ' ' || collprovider::text || ' ' || collcollate, '' FROM pg_collation c
		  JOIN pg_namespace n ON n.oid = c.collnamespace WHERE n.nspname = current_schema()
		) AS lines WHERE table_name NOT LIKE 'goose%' ORDER BY line`)
}

// byMigrate returns a database that Migrate brought up to date.
func byMigrate(t *testing.T, kind database) *sqlx.DB {
	t.Helper()
	db := openDatabase(t, kind.driver, kind.empty(t))
	require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
	return db
}

// Whoever runs the files, the schema is the same, and Migrate and Open know that they were run.
func TestMigrations_GiveTheSameSchemaByHandAndByGoose(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		want := wholeSchema(t, kind, byMigrate(t, kind))
		require.NotEmpty(t, want)
		for name, run := range map[string]func(t *testing.T, db *sqlx.DB){
			"ByHand": func(t *testing.T, db *sqlx.DB) { migrateUpTo(t, kind, db, len(migrationFiles(t, kind))) },
			"ByHandAsOne": func(t *testing.T, db *sqlx.DB) {
				for _, text := range migrationFiles(t, kind) {
					_, err := db.ExecContext(t.Context(), text)
					require.NoError(t, err)
				}
			},
			"ByGoose": func(t *testing.T, db *sqlx.DB) {
				_, err := newGoose(t, kind, db, nil).Up(t.Context())
				require.NoError(t, err)
			},
			"ByGooseAfterHand": func(t *testing.T, db *sqlx.DB) {
				provider := newGoose(t, kind, db, nil)
				_, err := provider.UpTo(t.Context(), 4)
				require.NoError(t, err)
				require.NoError(t, sqlstore.Migrate(t.Context(), db, nil), "Migrate goes on where goose stopped")
			},
		} {
			t.Run(name, func(t *testing.T) {
				db := openDatabase(t, kind.driver, kind.empty(t))
				run(t, db)
				require.Equal(t, want, wholeSchema(t, kind, db))
				opened(t, db)
				require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
				require.Equal(t, want, wholeSchema(t, kind, db), "nothing is run twice")
				status, err := sqlstore.Status(t.Context(), db, nil)
				require.NoError(t, err)
				require.True(t, status.IsCurrent())
			})
		}
	})
}

func TestMigrations_UnderAPrefixAndASchemaByGoose(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		opts := &sqlstore.Options{Prefix: "care_"}
		db := openDatabase(t, kind.driver, kind.empty(t))
		if kind.driver == "pgx" {
			opts.Schema = "goose_" + lines(t, db, `SELECT current_schema()::text`)[0]
			t.Cleanup(func() {
				_, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+opts.Schema+" CASCADE")
				require.NoError(t, err)
			})
		}
		_, err := newGoose(t, kind, db, opts).Up(t.Context())
		require.NoError(t, err)
		_, err = sqlstore.Open(t.Context(), db, sqlstore.InClear(), opts)
		require.NoError(t, err)
		_, err = sqlstore.Open(t.Context(), db, sqlstore.InClear(), nil)
		require.ErrorIs(t, err, sqlstore.ErrNotMigrated)
	})
}

// A step down would drop records of people. It fails, and leaves goose's record as it is.
func TestGooseMigrations_DoNotGoDown(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		provider := newGoose(t, kind, db, nil)
		_, err := provider.Up(t.Context())
		require.NoError(t, err)
		before := wholeSchema(t, kind, db)
		_, err = provider.Down(t.Context())
		require.ErrorContains(t, err, "cris does not go down: restore a backup instead")
		_, err = provider.DownTo(t.Context(), 0)
		require.ErrorContains(t, err, "cris does not go down")
		require.Equal(t, before, wholeSchema(t, kind, db))
		version, err := provider.GetDBVersion(t.Context())
		require.NoError(t, err)
		require.Equal(t, int64(len(migrationFiles(t, kind))), version)
		opened(t, db)
	})
}

// withoutRecord removes the record of migrations, as if files had been run that do not write it.
func withoutRecord(t *testing.T, db *sqlx.DB) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), `DROP TABLE cris_migrations`)
	require.NoError(t, err)
}

func TestBaseline_NotesWhatWasRunByOtherMeans(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		want := wholeSchema(t, kind, byMigrate(t, kind))
		for _, version := range []int{1, 5, len(migrationFiles(t, kind))} {
			db := openDatabase(t, kind.driver, kind.empty(t))
			migrateUpTo(t, kind, db, version)
			withoutRecord(t, db)
			_, err := sqlstore.Status(t.Context(), db, nil)
			require.ErrorIs(t, err, sqlstore.ErrNotRecorded)
			err = sqlstore.Migrate(t.Context(), db, nil)
			require.ErrorIs(t, err, sqlstore.ErrNotRecorded)
			require.ErrorContains(t, err, "call sqlstore.Baseline")
			_, err = sqlstore.Open(t.Context(), db, sqlstore.InClear(), nil)
			require.ErrorIs(t, err, sqlstore.ErrNotRecorded)

			require.NoError(t, sqlstore.Baseline(t.Context(), db, nil, version))
			status, err := sqlstore.Status(t.Context(), db, nil)
			require.NoError(t, err)
			require.Equal(t, version, status.Version)
			require.NoError(t, sqlstore.Baseline(t.Context(), db, nil, version), "nothing is noted twice")
			require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
			require.Equal(t, want, wholeSchema(t, kind, db))
			opened(t, db)
		}
	})
}

func TestBaseline_IsRefusedUnlessTheTablesAreThoseOfTheFiles(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		last := len(migrationFiles(t, kind))
		for name, test := range map[string]struct {
			version int
			change  string
			says    string
		}{
			"NoTables":     {1, "", "cris_scopes is missing"},
			"TooMany":      {last, "", "is missing"},
			"TooFew":       {2, "", "cris_scans is of a later file"},
			"NoSuchFile":   {last + 1, "", "from 1 to"},
			"Zero":         {0, "", "from 1 to"},
			"ColumnMore":   {3, `ALTER TABLE cris_cases ADD COLUMN more TEXT`, "cris_cases differs"},
			"ColumnRename": {3, `ALTER TABLE cris_outbox RENAME COLUMN at TO since`, "cris_outbox differs"},
			"NoIndex":      {3, `DROP INDEX cris_scans_position`, "cris_scans_position is missing"},
			"OtherIndex":   {3, `DROP INDEX cris_scans_position; CREATE INDEX cris_scans_position ON cris_scans (code)`, "cris_scans_position differs"},
		} {
			t.Run(name, func(t *testing.T) {
				db := openDatabase(t, kind.driver, kind.empty(t))
				if name != "NoTables" {
					migrateUpTo(t, kind, db, 3)
					withoutRecord(t, db)
				}
				if test.change != "" {
					_, err := db.ExecContext(t.Context(), test.change)
					require.NoError(t, err)
				}
				before := wholeSchema(t, kind, db)
				require.ErrorContains(t, sqlstore.Baseline(t.Context(), db, nil, test.version), test.says)
				require.Equal(t, before, wholeSchema(t, kind, db), "nothing is left of the comparison")
			})
		}
	})
}

// A table of the host that has the name of one of ours is left alone.
func TestMigrate_ATableOfTheHostIsInTheWay(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		_, err := db.ExecContext(t.Context(), `CREATE TABLE cris_cases (theirs TEXT)`)
		require.NoError(t, err)
		before := wholeSchema(t, kind, db)
		require.ErrorContains(t, sqlstore.Migrate(t.Context(), db, nil), "choose another Options.Prefix")
		require.Equal(t, before, wholeSchema(t, kind, db))
		require.NoError(t, sqlstore.Migrate(t.Context(), db, &sqlstore.Options{Prefix: "care_"}))
		_, err = sqlstore.Open(t.Context(), db, sqlstore.InClear(), &sqlstore.Options{Prefix: "care_"})
		require.NoError(t, err)
	})
}

// migrationNames returns the names of the plain files, in order.
func migrationNames(t *testing.T, kind database) []string {
	t.Helper()
	files, err := sqlstore.Migrations(dialectOf(kind), nil)
	require.NoError(t, err)
	names, err := fs.Glob(files, "*.sql")
	require.NoError(t, err)
	return names
}
