package integration_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/davecgh/go-spew/spew"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jmoiron/sqlx"
	"github.com/kr/pretty"
	"github.com/sanity-io/litter"
	"github.com/stretchr/testify/require"
	"modernc.org/sqlite"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// PV-1: a database that fails repeats the row, the key or the value that it was given. None of
// that leaves the store, on whatever way an error is printed, walked through or unwrapped.

// rowSecrets are what the row that is saved below holds.
var rowSecrets = []string{"Zyxwvut", "Zyxgiven", "Zyxmiddle", "Zyxmaiden", "912-73-6458", "912736458", "1987-06-05"}

func secretsIn(text string) (found []string) {
	for _, secret := range rowSecrets {
		if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
			found = append(found, secret)
		}
	}
	return found
}

// savePass saves a row in which everything is personal.
func savePass(ctx context.Context, store *sqlstore.DB, id selfcheck.TransactionID) error {
	name, err := cris.NewPersonName(cris.NameParts{Family: "Zyxwvut", Given: "Zyxgiven", Middle: "Zyxmiddle", Maiden: "Zyxmaiden"})
	if err != nil {
		return err
	}
	ssn, err := selfcheck.ParseSandboxSSN("912-73-6458")
	if err != nil {
		return err
	}
	return store.SelfChecks().Update(ctx, id, func(selfcheck.Record) (selfcheck.Change, error) {
		return selfcheck.Change{Pass: &selfcheck.PassedProofing{
			Transaction: id, IdPTransaction: selfcheck.IdPTransactionID("IDP " + id), At: selfchecktest.Start(), Statement: "edition",
			Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1987-06-05")), SSN: ssn,
		}}, nil
	})
}

// fault is a way in which saving the row fails.
type fault struct {
	schema   []string // what is changed before
	code     string
	want     string // what the error says after sqlstore:
	conflict bool
}

var postgresFaults = map[string]fault{
	"check": {
		[]string{`ALTER TABLE cris_selfcheck_passes ADD CHECK (family_name <> 'Zyxwvut')`},
		"23514", "insert into cris_selfcheck_passes: code 23514, table cris_selfcheck_passes, constraint cris_selfcheck_passes_family_name_check", false,
	},
	"check that is called after somebody": {
		[]string{`ALTER TABLE cris_selfcheck_passes ADD CONSTRAINT zyxwvut CHECK (family_name <> 'Zyxwvut')`},
		"23514", "insert into cris_selfcheck_passes: code 23514, table cris_selfcheck_passes", false,
	},
	"not null": {
		[]string{`ALTER TABLE cris_selfcheck_passes ADD COLUMN more TEXT NOT NULL`},
		"23502", "insert into cris_selfcheck_passes: code 23502, table cris_selfcheck_passes", false,
	},
	"not null, of the schema": {
		[]string{
			`CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.statement = NULL; RETURN NEW; END $$`,
			`CREATE TRIGGER forget BEFORE INSERT ON cris_selfcheck_passes FOR EACH ROW EXECUTE FUNCTION forget()`,
		},
		"23502", "insert into cris_selfcheck_passes: code 23502, table cris_selfcheck_passes, column statement", false,
	},
	"unique": {
		append(raise(`INSERT INTO people VALUES (NEW.ssn)`), `CREATE TABLE people (ssn TEXT UNIQUE)`, `INSERT INTO people VALUES ('912-73-6458')`),
		"23505", "insert into cris_selfcheck_passes: code 23505", false,
	},
	"foreign key": {
		[]string{`CREATE TABLE people (ssn TEXT PRIMARY KEY)`, `ALTER TABLE cris_selfcheck_passes ADD FOREIGN KEY (ssn) REFERENCES people (ssn)`},
		"23503", "insert into cris_selfcheck_passes: code 23503, table cris_selfcheck_passes, constraint cris_selfcheck_passes_ssn_fkey", false,
	},
	"length": {
		[]string{`ALTER TABLE cris_selfcheck_passes ALTER COLUMN family_name TYPE VARCHAR(3)`},
		"22001", "insert into cris_selfcheck_passes: code 22001", false,
	},
	"type that the driver knows": {
		[]string{`ALTER TABLE cris_selfcheck_passes ALTER COLUMN at TYPE SMALLINT USING 0`},
		"", "insert into cris_selfcheck_passes: failed", false,
	},
	"type of the column": {
		[]string{`ALTER TABLE cris_selfcheck_passes ALTER COLUMN ssn TYPE BIGINT USING 0`},
		"22P02", "read self check: code 22P02", false, // it is compared with an empty text
	},
	"type in a check": {
		[]string{`ALTER TABLE cris_selfcheck_passes ADD CHECK (ssn::BIGINT > 0)`},
		"22P02", "insert into cris_selfcheck_passes: code 22P02", false,
	},
	"trigger that tells everything": {
		raise(`RAISE EXCEPTION 'no % % %', NEW.family_name, NEW.ssn, NEW USING DETAIL = NEW.ssn, HINT = NEW.ssn, COLUMN = NEW.family_name,
			CONSTRAINT = NEW.family_name, TABLE = NEW.family_name, SCHEMA = NEW.family_name, DATATYPE = NEW.family_name`),
		"P0001", "insert into cris_selfcheck_passes: code P0001", false,
	},
	"serialization": {
		raise(`RAISE EXCEPTION 'no % %', NEW.family_name, NEW.ssn USING ERRCODE = '40001'`),
		"40001", "insert into cris_selfcheck_passes: conflict, code 40001", true,
	},
	"connection that is ended": {
		raise(`PERFORM pg_terminate_backend(pg_backend_pid())`),
		"57P01", "insert into cris_selfcheck_passes: code 57P01", false,
	},
	"missing column": {
		[]string{`ALTER TABLE cris_selfcheck_passes DROP COLUMN ssn`},
		"42703", "read self check: code 42703", false,
	},
}

func raise(statement string) []string {
	return []string{
		`CREATE FUNCTION raise_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ` + statement + `; RETURN NEW; END $$`,
		`CREATE TRIGGER raise_it BEFORE INSERT ON cris_selfcheck_passes FOR EACH ROW EXECUTE FUNCTION raise_it()`,
	}
}

var sqliteFaults = map[string]fault{
	"check": {
		[]string{`ALTER TABLE cris_selfcheck_passes ADD COLUMN more TEXT CHECK (family_name <> 'Zyxwvut')`},
		"275", "insert into cris_selfcheck_passes: code 275", false,
	},
	"not null": {
		insertInto(`people (ssn TEXT NOT NULL)`, `NULL`),
		"1299", "insert into cris_selfcheck_passes: code 1299", false,
	},
	"unique": {
		append(insertInto(`people (ssn TEXT UNIQUE)`, `NEW.ssn`), `INSERT INTO people VALUES ('912-73-6458')`),
		"2067", "insert into cris_selfcheck_passes: code 2067", false,
	},
	"foreign key": {
		append([]string{`CREATE TABLE parents (ssn TEXT PRIMARY KEY)`}, insertInto(`people (ssn TEXT REFERENCES parents (ssn))`, `NEW.ssn`)...),
		"787", "insert into cris_selfcheck_passes: code 787", false,
	},
	"type": {
		insertInto(`people (ssn INTEGER) STRICT`, `NEW.ssn`),
		"3091", "insert into cris_selfcheck_passes: code 3091", false,
	},
	"length": {
		insertInto(`people (ssn TEXT CHECK (length(ssn) < 3 OR ssn <> '912-73-6458'))`, `NEW.ssn`),
		"275", "insert into cris_selfcheck_passes: code 275", false,
	},
	"trigger that tells everything": {
		[]string{`CREATE TRIGGER raise_it BEFORE INSERT ON cris_selfcheck_passes BEGIN SELECT RAISE(ABORT, 'Zyxwvut 912-73-6458'); END`},
		"1811", "insert into cris_selfcheck_passes: code 1811", false,
	},
	"function that fails": {
		[]string{`CREATE TRIGGER raise_it BEFORE INSERT ON cris_selfcheck_passes BEGIN SELECT json_extract(NEW.family_name, NEW.ssn); END`},
		"1", "insert into cris_selfcheck_passes: code 1", false,
	},
	"missing column": {
		[]string{`ALTER TABLE cris_selfcheck_passes RENAME COLUMN ssn TO Zyxwvut`},
		"1", "read self check: code 1", false,
	},
}

func insertInto(table, value string) []string {
	return []string{
		`CREATE TABLE ` + table,
		`CREATE TRIGGER also AFTER INSERT ON cris_selfcheck_passes BEGIN INSERT INTO people VALUES (` + value + `); END`,
	}
}

func TestPV1_NoErrorOfADatabaseLeavesTheStore(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		faults := sqliteFaults
		if kind.driver == "pgx" {
			faults = postgresFaults
		}
		for name, fault := range faults {
			t.Run(name, func(t *testing.T) {
				dsn := faulty(t, kind.driver, kind.empty(t), fault)
				err := savePass(t.Context(), opened(t, openDatabase(t, kind.driver, dsn)), "check-1")
				requireNothingTold(t, err)
				told, is := errors.AsType[*sqlstore.Error](err)
				require.True(t, is, err)
				require.Equal(t, fault.code, told.Code)
				require.Equal(t, fault.conflict, errors.Is(err, cris.ErrConflict))
				require.Contains(t, err.Error(), "sqlstore: "+fault.want)
			})
		}
	})
}

// faulty makes the schema in an empty database, with the fault, and returns its connection string.
func faulty(t *testing.T, driver, dsn string, fault fault) string {
	t.Helper()
	db := openDatabase(t, driver, dsn)
	migrated(t, db)
	for _, statement := range fault.schema {
		_, err := db.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	return dsn
}

// What stands in a column may not be what was stored there: an error in reading it repeats it.
func TestPV1_NoErrorOfReadingAColumnRepeatsIt(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		for name, test := range map[string]struct{ column, value string }{
			"instant":   {"at", "Zyxwvut 912-73-6458"},
			"birthdate": {"birth_date", "Zyxwvut"},
			"number":    {"ssn", "Zyxwvut"},
			"name":      {"family_name", "Zyxwvut\n"},
		} {
			t.Run(name, func(t *testing.T) {
				db := openDatabase(t, kind.driver, kind.empty(t))
				store := migrated(t, db)
				require.NoError(t, savePass(t.Context(), store, "check-1"))
				if kind.driver == "pgx" {
					_, err := db.ExecContext(t.Context(), `ALTER TABLE cris_selfcheck_passes ALTER COLUMN `+test.column+` TYPE TEXT`)
					require.NoError(t, err)
				}
				_, err := db.ExecContext(t.Context(), db.Rebind(`UPDATE cris_selfcheck_passes SET `+test.column+` = ?`), test.value)
				require.NoError(t, err)
				_, err = store.SelfChecks().Record(t.Context(), "check-1")
				requireNothingTold(t, err)
			})
		}
		t.Run("plain number", func(t *testing.T) {
			db := openDatabase(t, kind.driver, kind.empty(t))
			store := migrated(t, db)
			require.NoError(t, savePass(t.Context(), store, "check-1"))
			if kind.driver == "pgx" {
				_, err := db.ExecContext(t.Context(), `ALTER TABLE cris_outbox ALTER COLUMN position TYPE TEXT`)
				require.NoError(t, err)
			}
			saved, err := db.ExecContext(t.Context(), `INSERT INTO cris_outbox (id, position, type, source, subject, at, data, delivered_at)
				VALUES ('one', 'Zyxwvut 912-73-6458', '', '', '', 0, '{"Zyxwvut', 0)`)
			require.NoError(t, err)
			require.NotNil(t, saved)
			_, err = store.Outbox().Pending(t.Context(), 0)
			requireNothingTold(t, err)
		})
	})
}

// Whoever waits gives up: the lock is not to be had, or the context ends.
func TestPV1_NoErrorOfWaitingLeavesTheStore(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		migrated(t, openDatabase(t, kind.driver, dsn))
		patient, impatient, lock := dsn+"&_pragma=busy_timeout(60000)", strings.Replace(dsn, "busy_timeout(10000)", "busy_timeout(1)", 1), `BEGIN IMMEDIATE`
		if kind.driver == "pgx" {
			patient, impatient, lock = dsn, dsn+" lock_timeout=1", `BEGIN; LOCK TABLE cris_selfcheck_passes, cris_scopes IN ACCESS EXCLUSIVE MODE`
		}
		holder, err := openDatabase(t, kind.driver, dsn).Connx(t.Context())
		require.NoError(t, err)
		defer holder.Close()
		_, err = holder.ExecContext(t.Context(), lock)
		require.NoError(t, err)

		err = savePass(t.Context(), opened(t, openDatabase(t, kind.driver, impatient)), "check-1")
		requireNothingTold(t, err)
		require.ErrorIs(t, err, cris.ErrConflict)

		if kind.driver == "pgx" { // SQLite lets others read, and does not look at the context while it waits
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			err = savePass(ctx, opened(t, openDatabase(t, kind.driver, patient)), "check-1")
			requireNothingTold(t, err)
			require.ErrorIs(t, err, context.DeadlineExceeded)
		}

		canceled, cancel := context.WithCancelCause(t.Context())
		cancel(errors.New("Zyxwvut 912-73-6458"))
		err = savePass(canceled, opened(t, openDatabase(t, kind.driver, dsn)), "check-1")
		requireNothingTold(t, err)
		require.ErrorIs(t, err, context.Canceled)
		_, err = holder.ExecContext(t.Context(), `ROLLBACK`)
		require.NoError(t, err)
	})
}

// A database that cannot be reached tells neither its password nor what it was to get.
func TestPV1_NoErrorOfALostDatabaseLeavesTheStore(t *testing.T) {
	for name, test := range map[string]struct{ driver, dsn, want string }{
		"PostgreSQL": {"pgx", "host=" + t.TempDir() + " user=postgres password=Zyxwvut dbname=postgres sslmode=disable", "no such file or directory"},
		"SQLite":     {"sqlite", "file:" + t.TempDir() + "/Zyxwvut/912-73-6458.db", "code 14"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sqlstore.Open(t.Context(), openDatabase(t, test.driver, test.dsn), sqlstore.InClear(), nil)
			requireNothingTold(t, err)
			require.ErrorContains(t, err, test.want)
		})
	}
	onEachKind(t, func(t *testing.T, kind database) {
		db, err := sqlx.Open(kind.driver, kind.empty(t))
		require.NoError(t, err)
		store := migrated(t, db)
		require.NoError(t, db.Close())
		requireNothingTold(t, savePass(t.Context(), store, "check-1"))
	})
	broken := sqlx.NewDb(openBroken(fmt.Errorf("Zyxwvut: %w", driver.ErrBadConn)), "pgx")
	_, err := sqlstore.Open(t.Context(), broken, sqlstore.InClear(), nil)
	requireNothingTold(t, err)
	require.ErrorIs(t, err, driver.ErrBadConn)
}

// requireNothingTold searches an error, each that it wraps and joins, and everything in them.
func requireNothingTold(t *testing.T, err error) {
	t.Helper()
	require.Error(t, err)
	for how, text := range toldBy(err) {
		require.Empty(t, secretsIn(text), "%s: %s", how, text)
	}
	_, isPostgres := errors.AsType[*pgconn.PgError](err)
	_, isConnect := errors.AsType[*pgconn.ConnectError](err)
	_, isSQLite := errors.AsType[*sqlite.Error](err)
	require.False(t, isPostgres || isConnect || isSQLite, "an error of the driver")
}

func toldBy(err error) map[string]string {
	var walk strings.Builder
	walkAll(reflect.ValueOf(err), &walk, 0)
	told := map[string]string{
		"Error": err.Error(), "%v": fmt.Sprintf("%v", err), "%+v": fmt.Sprintf("%+v", err), "%#v": fmt.Sprintf("%#v", err), "%q": fmt.Sprintf("%q", err),
		"spew": (&spew.ConfigState{DisableMethods: true}).Sdump(err), "pretty": pretty.Sprint(err), "litter": litter.Options{}.Sdump(err),
		"reflect": walk.String(),
	}
	var layers []error
	switch wrapper := err.(type) { //nolint:errorlint // each layer is looked at
	case interface{ Unwrap() error }:
		layers = []error{wrapper.Unwrap()}
	case interface{ Unwrap() []error }:
		layers = wrapper.Unwrap()
	}
	for i, layer := range layers {
		if layer == nil {
			continue
		}
		for how, text := range toldBy(layer) {
			told[fmt.Sprintf("%s of %d", how, i)] = text
		}
	}
	return told
}

// The search finds what the drivers say themselves.
func TestToldBy_FindsWhatADriverTells(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		_, err := db.ExecContext(t.Context(), `CREATE TABLE people (name TEXT CHECK (name <> 'Zyxwvut'), ssn TEXT)`)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), db.Rebind(`INSERT INTO people VALUES (?, ?)`), "Zyxwvut", "912-73-6458")
		require.Error(t, err)
		var found []string
		for _, text := range toldBy(errors.Join(fmt.Errorf("wrapped: %w", err))) {
			found = append(found, secretsIn(text)...)
		}
		require.Contains(t, found, "Zyxwvut")
	})
}

// brokenDriver is a driver whose connections fail with one error.
type brokenDriver struct{ err error }

func openBroken(err error) *sql.DB { return sql.OpenDB(brokenDriver{err}) }

// Connect implements driver.Connector.
func (d brokenDriver) Connect(context.Context) (driver.Conn, error) { return nil, d.err }

// Driver implements driver.Connector.
func (d brokenDriver) Driver() driver.Driver { return nil }
