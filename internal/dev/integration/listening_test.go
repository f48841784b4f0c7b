package integration_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
)

// statement is a statement with its parameters, or where a transaction begins or ends.
type statement struct {
	text string // or begin, commit, rollback
	args []driver.NamedValue
	rows bool // whether it was run to read rows
}

// The statements that are none: where a transaction begins, and how it ends.
const (
	begin    = "BEGIN"
	commit   = "COMMIT"
	rollback = "ROLLBACK"
)

// statements are those that ran.
type statements struct {
	mu       sync.Mutex
	run      []statement
	seen     map[string]bool // if it is not nil, each text is kept once, and these were
	inDriver time.Duration   // how long they took, with all that was read of their rows
}

func (s *statements) add(text string, args []driver.NamedValue, rows bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen != nil {
		if s.seen[text] {
			return
		}
		s.seen[text] = true
	}
	s.run = append(s.run, statement{text, slices.Clone(args), rows})
}

// since adds the time since then to that of the driver.
func (s *statements) since(then time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inDriver += time.Since(then)
}

// take returns the statements that ran since the last time.
func (s *statements) take() []statement {
	s.mu.Lock()
	defer s.mu.Unlock()
	run := s.run
	s.run = nil
	return run
}

// openListening opens a pool of connections whose statements are told.
func openListening(tb testing.TB, driverName, dsn string, told *statements) *sqlx.DB {
	tb.Helper()
	silent, err := sql.Open(driverName, dsn)
	require.NoError(tb, err)
	defer silent.Close()
	db := sql.OpenDB(listener{silent.Driver(), dsn, told})
	tb.Cleanup(func() { require.NoError(tb, db.Close()) })
	return sqlx.NewDb(db, driverName)
}

// listener tells the statements that run on its connections.
type listener struct {
	driver driver.Driver
	dsn    string
	told   *statements
}

func (l listener) Connect(context.Context) (driver.Conn, error) {
	conn, err := l.driver.Open(l.dsn)
	if err != nil {
		return nil, err
	}
	return listening{conn, l.told}, nil
}

func (l listener) Driver() driver.Driver { return l.driver }

type listening struct {
	driver.Conn

	told *statements
}

func (c listening) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	defer c.told.since(time.Now())
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts) //nolint:errcheck // all drivers have it
	if err != nil {
		return nil, err
	}
	c.told.add(begin, nil, false)
	return listeningTx{tx, c.told}, nil
}

// ResetSession implements driver.SessionResetter, as far as the connection does.
func (c listening) ResetSession(ctx context.Context) error {
	if conn, is := c.Conn.(driver.SessionResetter); is {
		return conn.ResetSession(ctx)
	}
	return nil
}

// IsValid implements driver.Validator, as far as the connection does.
func (c listening) IsValid() bool {
	conn, is := c.Conn.(driver.Validator)
	return !is || conn.IsValid()
}

func (c listening) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	defer c.told.since(time.Now())
	c.told.add(query, args, true)
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args) //nolint:errcheck // all drivers have it
	return listeningRows{rows, c.told}, err
}

func (c listening) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	defer c.told.since(time.Now())
	c.told.add(query, args, false)
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args) //nolint:errcheck // all drivers have it
}

func (c listening) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	defer c.told.since(time.Now())
	prepared, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query) //nolint:errcheck // all drivers have it
	if err != nil {
		return nil, err
	}
	return listeningStatement{prepared, query, c.told}, nil
}

type listeningTx struct {
	driver.Tx

	told *statements
}

func (t listeningTx) Commit() error {
	defer t.told.since(time.Now())
	t.told.add(commit, nil, false)
	return t.Tx.Commit()
}

func (t listeningTx) Rollback() error {
	defer t.told.since(time.Now())
	t.told.add(rollback, nil, false)
	return t.Tx.Rollback()
}

type listeningStatement struct {
	driver.Stmt

	text string
	told *statements
}

func (s listeningStatement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	defer s.told.since(time.Now())
	s.told.add(s.text, args, true)
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args) //nolint:errcheck // all drivers have it
	return listeningRows{rows, s.told}, err
}

func (s listeningStatement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	defer s.told.since(time.Now())
	s.told.add(s.text, args, false)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args) //nolint:errcheck // all drivers have it
}

type listeningRows struct {
	driver.Rows

	told *statements
}

func (r listeningRows) Next(into []driver.Value) error {
	defer r.told.since(time.Now())
	return r.Rows.Next(into)
}

func (r listeningRows) Close() error {
	defer r.told.since(time.Now())
	return r.Rows.Close()
}
