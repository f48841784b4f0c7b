package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// answers stand for a database: what it answers to queries that contain a text. It fails with
// whatever else it is asked, and with errors that are an answer.
type answers map[string]any

func (a answers) open() *sqlx.DB { return sqlx.NewDb(sql.OpenDB(a), "any") }

func (a answers) with(part string, answer any) answers {
	changed := answers{part: answer}
	for known, answer := range a {
		if _, replaced := changed[known]; !replaced {
			changed[known] = answer
		}
	}
	return changed
}

func (a answers) Connect(context.Context) (driver.Conn, error) { return a, nil }
func (a answers) Driver() driver.Driver                        { return nil }
func (a answers) Close() error                                 { return nil }
func (a answers) Begin() (driver.Tx, error)                    { return nil, errors.New("no transactions") }

func (a answers) Prepare(string) (driver.Stmt, error) { return nil, errors.New("no statements") }

func (a answers) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(0), nil
}

func (a answers) QueryContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Rows, error) {
	for part, answer := range a {
		if !strings.Contains(query, part) {
			continue
		}
		switch answer := answer.(type) {
		case error:
			return nil, answer
		case []driver.Value:
			return &oneRow{values: answer}, nil
		default:
			return &oneRow{values: []driver.Value{answer}}, nil
		}
	}
	return nil, errors.New("no such function")
}

type oneRow struct {
	values []driver.Value
	read   bool
}

func (r *oneRow) Columns() []string { return make([]string, len(r.values)) }
func (r *oneRow) Close() error      { return nil }

func (r *oneRow) Next(into []driver.Value) error {
	if r.read || len(r.values) == 0 {
		return io.EOF
	}
	r.read = true
	copy(into, r.values)
	return nil
}

var (
	soundSQLite = answers{
		"sqlite_version": "3.46.0", "PRAGMA encoding": "UTF-8", "pragma_database_list": "/cris.db", "PRAGMA journal_mode": "wal", "PRAGMA busy_timeout": int64(5000),
	}
	soundPostgres = answers{
		"version()": "PostgreSQL 15.18 on x86_64", "server_version_num": []driver.Value{int64(150018), "UTF8", "off", "off"}, "pg_collation": "C", "pg_class": []driver.Value{},
	}
)

// fit asks a database what it is and checks that, as Open does before it looks for the tables.
func fit(t *testing.T, db *sqlx.DB, opts *Options) (*DB, error) {
	t.Helper()
	store, err := newDB(t.Context(), db, opts)
	if err != nil {
		return nil, err
	}
	return store, store.check(t.Context())
}

func TestOpen_AsksTheDatabaseWhatItIs(t *testing.T) {
	for name, test := range map[string]struct {
		database answers
		postgres bool
	}{"SQLite": {soundSQLite, false}, "PostgreSQL": {soundPostgres, true}} {
		store, err := fit(t, test.database.open(), nil)
		require.NoError(t, err, name)
		require.Equal(t, test.postgres, store.postgres, name)
	}
	for name, version := range map[string]string{"MySQL": "8.4.2", "MariaDB": "11.4.3-MariaDB", "CockroachDB": "CockroachDB CCL v24.1.0", "DuckDB": "v1.1.0"} {
		other := answers{"version()": version}.open()
		_, err := fit(t, other, nil)
		require.EqualError(t, err, "sqlstore: this is neither SQLite nor PostgreSQL, and the store runs on no other database", name)
		require.Equal(t, err, Migrate(t.Context(), other, nil), name)
	}
	_, err := fit(t, answers{}.open(), nil)
	require.EqualError(t, err, "sqlstore: ask whether this is SQLite or PostgreSQL: failed")
}

func TestOpen_SaysWhatToDoAboutADatabase(t *testing.T) {
	for want, database := range map[string]answers{
		"SQLite is 3.34.1: build the program with a driver that has SQLite 3.35.0 or later":           soundSQLite.with("sqlite_version", "3.34.1"),
		"the encoding of the database is UTF-16le, which sorts keys in another order: make a new one": soundSQLite.with("PRAGMA encoding", "UTF-16le"),
		"each connection has a database in memory of its own: call SetMaxOpenConns(1)":                soundSQLite.with("pragma_database_list", ""),
		"the journal mode of the file is delete, in which readers keep writers out: open":             soundSQLite.with("PRAGMA journal_mode", "delete"),
		"busy_timeout is 0, so nobody waits for the lock: open the file with":                         soundSQLite.with("PRAGMA busy_timeout", int64(0)),
		"PostgreSQL is version 9: use 10 or later":                                                    soundPostgres.with("server_version_num", []driver.Value{int64(90624), "UTF8", "off", "off"}),
		"the encoding of the database is LATIN1, which cannot hold every name":                        soundPostgres.with("server_version_num", []driver.Value{int64(150018), "LATIN1", "off", "off"}),
		"transactions are read-only: set default_transaction_read_only to off":                        soundPostgres.with("server_version_num", []driver.Value{int64(150018), "UTF8", "on", "off"}),
		"the server is a standby, which takes no writes: connect to the primary":                      soundPostgres.with("server_version_num", []driver.Value{int64(150018), "UTF8", "on", "on"}),
		`the collation "binary" was there before, and does not sort by bytes`:                         soundPostgres.with("pg_collation", "de_DE"),
		"the role may not read and write the table cris_cases: GRANT SELECT":                          soundPostgres.with("pg_class", "cris_cases"),
	} {
		_, err := fit(t, database.open(), nil)
		require.ErrorContains(t, err, "sqlstore: open: "+want)
	}
	alone := soundSQLite.with("pragma_database_list", "").open()
	alone.SetMaxOpenConns(1)
	_, err := fit(t, alone, nil)
	require.NoError(t, err)
	_, err = fit(t, soundSQLite.open(), &Options{Schema: "care"})
	require.EqualError(t, err, `sqlstore: schema "care": SQLite has no schemas: leave Options.Schema empty, and keep tables apart by Options.Prefix`)
}

// A database that is busy while it is asked is asked again.
func TestOpen_TriesAgainWhileTheDatabaseIsBusy(t *testing.T) {
	_, err := fit(t, soundSQLite.with("PRAGMA journal_mode", sqliteError{5, secret}).open(), nil)
	require.ErrorIs(t, err, cris.ErrConflict)
	require.EqualError(t, err, "sqlstore: read journal_mode: conflict, code 5")
}

func TestIsBefore_ComparesNumbers(t *testing.T) {
	for _, test := range []struct {
		version, other string
		want           bool
	}{
		{"3.9.2", "3.35.0", true},
		{"3.35.0", "3.35.0", false},
		{"3.46.1", "3.35.0", false},
		{"v1.33.1", "v1.34.0", true},
		{"v1.34.0", "v1.34.0", false},
		{"v2.0.0", "v1.34.0", false},
		{"(devel)", "v1.34.0", false},
		{"", "v1.34.0", false},
		{"v1.14.22-0.20240101", "v1.14.22", false},
	} {
		require.Equal(t, test.want, isBefore(test.version, test.other), test.version)
	}
}

func TestCheckDriver_KnowsWhereADriverComesFrom(t *testing.T) {
	require.Empty(t, (&DB{sql: answers{}.open()}).driverPackage())
}
