package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
)

// hooked is a driver of SQLite that tells of each commit, and that is the driver of modernc.org in
// everything else.
type hooked struct {
	driver *sqlite.Driver
	dsn    string
	hooks  *hooks
}

// hooks are what happens around commits. A statement outside a transaction is one as well.
type hooks struct {
	// before is asked before a commit: one that gets an error is rolled back, and fails with it.
	before func() error
	// after is asked after a commit: one that gets an error is done, and fails with it.
	after func() error
	// pragma is set on every connection before its next transaction; "" for none.
	pragma atomic.Value
}

func (h *hooks) set(pragma string) { h.pragma.Store(pragma) }

// openHooked opens a pool of such connections.
func openHooked(dsn string, h *hooks) *sqlx.DB {
	if h.before == nil {
		h.before = func() error { return nil }
	}
	if h.after == nil {
		h.after = func() error { return nil }
	}
	h.set("")
	return sqlx.NewDb(sql.OpenDB(&hooked{driver: &sqlite.Driver{}, dsn: dsn, hooks: h}), "sqlite")
}

func (h *hooked) Driver() driver.Driver { return h.driver }

func (h *hooked) Connect(context.Context) (driver.Conn, error) {
	conn, err := h.driver.Open(h.dsn)
	if err != nil {
		return nil, err
	}
	all, is := conn.(sqliteConn)
	if !is {
		return nil, errors.New("the driver of SQLite lacks a method")
	}
	return &hookedConn{sqliteConn: all, hooks: h.hooks}, nil
}

// sqliteConn is what a connection of modernc.org has.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type hookedConn struct {
	sqliteConn

	hooks  *hooks
	pragma string // that was set last
	inTx   bool
}

func (c *hookedConn) setPragma(ctx context.Context) error {
	pragma, is := c.hooks.pragma.Load().(string)
	if !is || pragma == c.pragma {
		return nil
	}
	c.pragma = pragma
	_, err := c.sqliteConn.ExecContext(ctx, pragma, nil)
	return err
}

func (c *hookedConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.setPragma(ctx); err != nil {
		return nil, err
	}
	tx, err := c.sqliteConn.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return &hookedTx{tx, c}, nil
}

func (c *hookedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.inTx {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	if err := errors.Join(c.setPragma(ctx), c.hooks.before()); err != nil {
		return nil, err
	}
	result, err := c.sqliteConn.ExecContext(ctx, query, args)
	if err == nil {
		err = c.hooks.after()
	}
	return result, err
}

type hookedTx struct {
	driver.Tx

	conn *hookedConn
}

func (t *hookedTx) Commit() error {
	t.conn.inTx = false
	if err := t.conn.hooks.before(); err != nil {
		return errors.Join(err, t.Tx.Rollback())
	}
	if err := t.Tx.Commit(); err != nil {
		return err
	}
	return t.conn.hooks.after()
}

func (t *hookedTx) Rollback() error {
	t.conn.inTx = false
	return t.Tx.Rollback()
}

// ioError is what SQLite says when the disk fails.
type ioError struct{}

func (ioError) Error() string { return "disk I/O error (Lindström)" } // an error may repeat what it likes

// Code implements the interface of the errors of modernc.org: SQLITE_IOERR_FSYNC.
func (ioError) Code() int { return 1034 }
