package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"reflect"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// sqliteError and postgresError stand for the errors of the drivers, which this
// module does not import. The integration module runs the real ones.
type sqliteError struct {
	code int
	text string
}

func (e sqliteError) Error() string { return "sqlite: " + e.text }
func (e sqliteError) Code() int     { return e.code }

type postgresError struct {
	state, Detail                         string
	TableName, ColumnName, ConstraintName string
}

func (e *postgresError) Error() string    { return "postgres: " + e.Detail }
func (e *postgresError) SQLState() string { return e.state }

const secret = "Zyxwvut 912-73-6458"

func TestStoreError_MatchesErrConflictIfAnotherTryCanMendIt(t *testing.T) {
	for _, test := range []struct {
		err      error
		code     string
		conflict bool
	}{
		{sqliteError{5, secret}, "5", true},          // SQLITE_BUSY
		{sqliteError{5 | 2<<8, secret}, "517", true}, // SQLITE_BUSY_SNAPSHOT
		{sqliteError{6, secret}, "6", true},          // SQLITE_LOCKED
		{sqliteError{19, secret}, "19", false},       // SQLITE_CONSTRAINT
		{&postgresError{state: "40001", Detail: secret}, "40001", true},
		{&postgresError{state: "40P01", Detail: secret}, "40P01", true},
		{&postgresError{state: "55P03", Detail: secret}, "55P03", true},
		{&postgresError{state: "23505", Detail: secret}, "23505", false}, // unique violation
		{errors.New("disk full of " + secret), "", false},
	} {
		for _, err := range []error{test.err, fmt.Errorf("wrapped: %w", test.err), errors.Join(errors.New(secret), test.err)} {
			got := storeError("save event", names{prefix: defaultPrefix}, err)
			require.Equal(t, test.conflict, errors.Is(got, cris.ErrConflict), test.err)
			told, is := errors.AsType[*Error](got)
			require.True(t, is)
			require.Equal(t, test.code, told.Code)
			require.NotErrorIs(t, got, test.err)
			require.ErrorContains(t, got, "sqlstore: save event: ")
			require.NotContains(t, fmt.Sprintf("%v %+v %#v", got, got, got), "Zyxwvut")
		}
	}
}

func TestStoreError_KeepsCausesThatSayNothingOfARow(t *testing.T) {
	for _, cause := range []error{
		context.Canceled, context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone, sql.ErrNoRows, io.EOF,
		io.ErrUnexpectedEOF, net.ErrClosed, os.ErrDeadlineExceeded, syscall.ECONNREFUSED, errNotStoredHere, errUnstorable,
	} {
		got := storeError("read cases", names{prefix: defaultPrefix}, fmt.Errorf("%s: %w", secret, &net.OpError{Op: "read", Net: secret, Err: cause}))
		require.ErrorIs(t, got, cause)
		require.EqualError(t, got, "sqlstore: read cases: "+cause.Error())
		require.NotErrorIs(t, got, cris.ErrConflict)
		_, is := errors.AsType[*net.OpError](got)
		require.False(t, is)
	}
	problem := &cris.ParseError{What: "date", At: 3, Problem: "want a digit"}
	got, is := errors.AsType[*cris.ParseError](storeError("read cases", names{prefix: defaultPrefix}, fmt.Errorf("Scan %s: %w", secret, problem)))
	require.True(t, is)
	require.Equal(t, problem, got)
}

func TestStoreError_SaysWhatItIsWithoutACode(t *testing.T) {
	err := fmt.Errorf("wrapped: %w", errors.Join(errors.New(secret), &os.PathError{Op: secret, Path: secret, Err: errors.New(secret)}))
	require.EqualError(t, storeError("begin", names{prefix: defaultPrefix}, err), "sqlstore: begin: failed with *fs.PathError")
	require.EqualError(t, storeError("begin", names{prefix: defaultPrefix}, errors.New(secret)), "sqlstore: begin: failed")
}

func TestError_SaysWhetherToTryAgain(t *testing.T) {
	told := func(doing string, err error) string {
		return storeError(doing, names{prefix: defaultPrefix}, err).Error()
	}
	require.Equal(t, "sqlstore: commit: EOF; it is not known whether this was saved: call again with the same key", told("commit", io.EOF))
	require.Contains(t, told("commit", &postgresError{state: "57P01"}), "it is not known")
	require.Contains(t, told("commit", sqliteError{1034, secret}), "it is not known")
	require.Contains(t, told("commit", sqliteError{13, secret}), "make room")
	require.Equal(t, "sqlstore: begin: EOF", told("begin", io.EOF))
	require.Equal(t, "sqlstore: commit: conflict, code 40001", told("commit", &postgresError{state: "40001"}))
	require.Equal(t, "sqlstore: commit: context canceled", told("commit", context.Canceled))
	for state, want := range map[string]string{
		"57P01": "try again later", "08006": "try again later", "57014": "longer than the database allows", "53100": "make room", "25006": "read-only",
	} {
		require.Contains(t, told("save", &postgresError{state: state}), "code "+state+"; ")
		require.Contains(t, told("save", &postgresError{state: state}), want)
	}
	for code, want := range map[int]string{8: "read-only", 1032: "read-only", 10: "see to the disk", 11: "restore it", 13: "make room", 26: "restore it", 778: "see to the disk"} {
		require.Contains(t, told("save", sqliteError{code, secret}), want)
	}
	require.Equal(t, "sqlstore: save: code 2067", told("save", sqliteError{2067, secret}))
	require.Equal(t, "sqlstore: save: code 23505", told("save", &postgresError{state: "23505"}))
}

// PostgreSQL names what it is about. Names are told if they are of the schema: a trigger may put
// anything in their place.
func TestStoreError_NamesWhatIsOfTheSchema(t *testing.T) {
	for _, test := range []struct {
		err  postgresError
		want string
	}{
		{postgresError{TableName: "cris_e_requests", ConstraintName: "cris_e_requests_receipt_position_key"}, "code 23505, table cris_e_requests, constraint cris_e_requests_receipt_position_key"},
		{postgresError{TableName: "cris_case_history", ConstraintName: "cris_case_history_pkey"}, "code 23505, table cris_case_history, constraint cris_case_history_pkey"},
		{postgresError{TableName: "cris_case_history", ColumnName: "receipt"}, "code 23505, table cris_case_history, column receipt"},
		{postgresError{TableName: "cris_case_history", ColumnName: "zyxwvut"}, "code 23505, table cris_case_history"},
		{postgresError{TableName: "cris_case_history", ConstraintName: "cris_case_history_zyxwvut_key"}, "code 23505, table cris_case_history"},
		{postgresError{TableName: "cris_case_history", ConstraintName: "cris_case_history_receipt_zyxwvut"}, "code 23505, table cris_case_history"},
		{postgresError{TableName: "cris_case_history", ConstraintName: "zyxwvut"}, "code 23505, table cris_case_history"},
		{postgresError{TableName: "zyxwvut", ColumnName: "receipt", ConstraintName: "cris_case_history_pkey"}, "code 23505"},
	} {
		test.err.state = "23505"
		require.EqualError(t, storeError("insert", names{prefix: defaultPrefix}, &test.err), "sqlstore: insert: "+test.want)
	}
	for _, state := range []string{"", "2350", "235055", "23 05", "zyxwv"} {
		require.EqualError(t, storeError("insert", names{prefix: defaultPrefix}, &postgresError{state: state}), "sqlstore: insert: failed with *sqlstore.postgresError", state)
	}
}

// Nothing else of the store passes an error of the driver on: it all goes through storeError.
func TestError_LeadsToNoErrorOfTheDriver(t *testing.T) {
	db := &DB{}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New(secret))
	got := db.on(ctx).failed("read cases", &postgresError{state: "57014", Detail: secret})
	require.ErrorIs(t, got, context.Canceled)
	require.EqualError(t, got, "sqlstore: read cases: context canceled, code 57014")
	require.NotContains(t, fmt.Sprintf("%+v %#v", got, got), "Zyxwvut")
	for field := range reflect.TypeFor[Error]().Fields() {
		require.Contains(t, []string{"Code", "Table", "Column", "Constraint", "Types", "doing", "causes"}, field.Name)
	}
}
