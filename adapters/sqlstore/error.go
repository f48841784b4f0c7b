package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/seed28e20331/cris"
)

// Error is what may be told of a failed statement. What the driver said stays in the store: its
// text and its details may repeat the row that was to be written, with names and numbers of
// people, or the password of the database. No error of the driver can be reached from an Error.
//
// Besides an *Error, errors.Is finds these causes: cris.ErrConflict if another try can mend it, the
// error of the context, driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone, io.EOF and
// io.ErrUnexpectedEOF, net.ErrClosed, os.ErrDeadlineExceeded, and errors of the system, such as
// syscall.ECONNREFUSED.
type Error struct {
	// Code is the SQLSTATE of PostgreSQL, such as 23505 for a key that is taken, or the extended
	// result code of SQLite in decimal, such as 2067 for the same. It is empty if the database
	// did not answer.
	Code string

	// Table, Column and Constraint are what PostgreSQL names with some codes, if it is of the
	// schema of this package, with the names that they have by default. SQLite names none.
	Table, Column, Constraint string

	// Types are the Go types of what the driver returned, the outermost first: with
	// *pgconn.ConnectError and x509.HostnameError the certificate is for another host.
	Types []string

	doing  string
	causes []error // that errors.Is finds, of which none has a value of a row in it
}

// Error says what the store was doing, the code or else the cause, and, where that is known, whether
// to try again.
func (e *Error) Error() string {
	var parts []string
	for _, cause := range e.causes {
		parts = append(parts, cause.Error())
	}
	for _, part := range []struct{ what, name string }{
		{"code", e.Code}, {"table", e.Table}, {"column", e.Column}, {"constraint", e.Constraint},
	} {
		if part.name != "" {
			parts = append(parts, part.what+" "+part.name)
		}
	}
	if len(parts) == 0 {
		parts = append(parts, strings.TrimSuffix("failed with "+strings.Join(e.Types, " "), " with "))
	}
	told := "sqlstore: " + e.doing + ": " + strings.Join(parts, ", ")
	if advice := e.advice(); advice != "" {
		told += "; " + advice
	}
	return told
}

// committing is what the store is doing when it commits.
const committing = "commit"

// advice says whether to try again, where the code tells, or the lack of one. After a conflict, and
// once the context has ended, the caller knows.
func (e *Error) advice() string {
	for _, known := range []error{cris.ErrConflict, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(e, known) {
			return ""
		}
	}
	advice := e.adviceOnCode()
	if isLost := e.Code == "" || advice == tryLater || advice == seeToDisk; isLost && e.doing == committing {
		return "it is not known whether this was saved: call again with the same key"
	}
	return advice
}

func (e *Error) adviceOnCode() string {
	if len(e.Code) == sqlStateLength {
		return cmp.Or(adviceOnState[e.Code], adviceOnState[e.Code[:2]])
	}
	code, err := strconv.Atoi(e.Code)
	if err != nil {
		return ""
	}
	return adviceOnResult[code&0xff] // the primary code of an extended one
}

const (
	sqlStateLength = 5

	tryLater  = "the server is stopping, starting or busy: try again later"
	diskFull  = "the disk is full, and nothing was saved: make room, then try again"
	readOnly  = "the database is read-only here: connect to the one that is written to"
	damaged   = "the file is damaged: restore it from a backup"
	seeToDisk = "the file could not be read or written: see to the disk, then try again"
)

// adviceOnState has what to do about states of PostgreSQL, and about classes of them.
var adviceOnState = map[string]string{
	"08": tryLater, "57P01": tryLater, "57P02": tryLater, "57P03": tryLater, "57P05": tryLater, "53300": tryLater,
	"57014": "it took longer than the database allows: try again later",
	"53100": diskFull,
	"25006": readOnly,
}

// adviceOnResult has what to do about primary result codes of SQLite.
var adviceOnResult = map[int]string{
	8:  readOnly,
	10: seeToDisk,
	11: damaged,
	13: diskFull,
	26: damaged,
}

// Unwrap returns the causes that errors.Is finds.
func (e *Error) Unwrap() []error { return slices.Clone(e.causes) }

// isDuplicate reports whether a statement failed since a unique column holds the value already.
func isDuplicate(err error) bool {
	told, is := errors.AsType[*Error](err)
	return is && (told.Code == "2067" || told.Code == "23505") // SQLite, PostgreSQL
}

// passedOn are the causes that may leave the store: they are the same for every row.
var passedOn = []error{
	context.Canceled, context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone, sql.ErrNoRows,
	io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, os.ErrDeadlineExceeded, errNotStoredHere, errUnstorable,
	errNoTransaction, errOtherDatabase, errHostEnded,
}

// storeError says what the store was doing, and takes from the error of the driver what may be
// told. One that another try can mend matches cris.ErrConflict. The drivers are not imported
// here: see sqliteCode, and those of PostgreSQL have SQLState.
func storeError(doing string, names names, err error) error {
	told := &Error{doing: doing}
	var postgres interface{ SQLState() string }
	if errors.As(err, &postgres) {
		told.take(postgres.SQLState(), names, reflect.Indirect(reflect.ValueOf(postgres)))
	} else if code, is := sqliteCode(err); is {
		told.Code = strconv.Itoa(code)
		const busy, locked = 5, 6
		if primary := code & 0xff; primary == busy || primary == locked {
			told.causes = append(told.causes, cris.ErrConflict)
		}
	}
	for _, cause := range passedOn {
		if errors.Is(err, cause) {
			told.causes = append(told.causes, cause)
		}
	}
	if errno, is := errors.AsType[syscall.Errno](err); is {
		told.causes = append(told.causes, errno)
	}
	if parse, is := errors.AsType[*cris.ParseError](err); is { // a column that cannot be read; it repeats nothing
		told.causes = append(told.causes, parse)
	}
	told.Types = typesOf(err)
	return told
}

// sqliteCode returns the extended result code of SQLite. The error of modernc.org/sqlite has it as
// the result of its method Code, and that of mattn/go-sqlite3 in its field ExtendedCode.
func sqliteCode(err error) (code int, is bool) {
	var coded interface{ Code() int }
	if errors.As(err, &coded) {
		return coded.Code(), true
	}
	for layer := range layersOf(err) {
		fields := reflect.Indirect(reflect.ValueOf(layer))
		if fields.Kind() != reflect.Struct {
			continue
		}
		primary, extended := fields.FieldByName("Code"), fields.FieldByName("ExtendedCode")
		if primary.IsValid() && primary.CanInt() && extended.IsValid() && extended.CanInt() {
			return int(cmp.Or(extended.Int(), primary.Int())), true
		}
	}
	return 0, false
}

// take takes the state and, of the fields of the driver's error, the names that are of the schema:
// a trigger may put anything there. The fields of pgx are called TableName and so on, those of
// lib/pq Table.
func (e *Error) take(state string, names names, fields reflect.Value) {
	if len(state) != 5 || strings.Trim(state, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return
	}
	e.Code = state
	switch state {
	case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
		e.causes = append(e.causes, cris.ErrConflict)
	}
	named := func(what string) string {
		if fields.Kind() != reflect.Struct {
			return ""
		}
		for _, field := range []string{what + "Name", what} {
			if name := fields.FieldByName(field); name.IsValid() && name.Kind() == reflect.String {
				return name.String()
			}
		}
		return ""
	}
	table := names.byDefault(named("Table"))
	row, isOurs := tables[table]
	if !isOurs {
		return
	}
	e.Table = table
	columns := namesOf(columnsOf(row))
	if column := named("Column"); slices.Contains(columns, column) {
		e.Column = column
	}
	if constraint := names.byDefault(named("Constraint")); isConstraint(constraint, e.Table, columns) {
		e.Constraint = constraint
	}
}

// isConstraint reports whether the name is one that PostgreSQL gives to a constraint of the table:
// cris_cases_pkey, cris_e_requests_receipt_position_key.
func isConstraint(name, table string, columns []string) bool {
	rest, is := strings.CutPrefix(name, table)
	for is {
		if slices.Contains([]string{"_pkey", "_key", "_fkey", "_check", "_not_null"}, rest) {
			return true
		}
		next := ""
		for _, column := range columns {
			if strings.HasPrefix(rest, "_"+column+"_") && len(column) > len(next) {
				next = column
			}
		}
		rest, is = strings.CutPrefix(rest, "_"+next)
		is = is && next != ""
	}
	return false
}

// typesOf returns the types of an error and of what it wraps, without those that hold a text
// and nothing else.
func typesOf(err error) (found []string) {
	for layer := range layersOf(err) {
		name := fmt.Sprintf("%T", layer)
		isText := slices.Contains([]string{"*errors.errorString", "*errors.joinError", "*fmt.wrapError", "*fmt.wrapErrors"}, name)
		if !isText && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// layersOf yields an error and all that it wraps, the outermost first.
func layersOf(err error) iter.Seq[error] {
	return func(yield func(error) bool) { walk(err, yield) }
}

func walk(err error, yield func(error) bool) bool {
	if err == nil {
		return true
	}
	if !yield(err) {
		return false
	}
	switch wrapper := err.(type) { //nolint:errorlint // each layer is looked at
	case interface{ Unwrap() error }:
		return walk(wrapper.Unwrap(), yield)
	case interface{ Unwrap() []error }:
		for _, inner := range wrapper.Unwrap() {
			if !walk(inner, yield) {
				return false
			}
		}
	}
	return true
}
