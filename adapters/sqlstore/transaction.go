package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris/internal/ambient"
)

// transaction runs fn, and commits if it returns nil. It holds one connection for itself, which
// goes back to the pool only if no transaction is open on it, whatever the driver does when a
// commit fails: others would read what was never committed, and lose what they commit themselves.
func (db *DB) transaction(ctx context.Context, fn func(tx *tx) error) error {
	if db.host != nil {
		return db.savepoint(ctx, fn)
	}
	conn, sqlTx, undo, err := db.begin(ctx)
	if err != nil {
		return db.on(ctx).failed("begin", err)
	}
	defer conn.Close()
	defer undo()
	committed := false
	defer func() { // also when fn panics
		if !committed && sqlTx.Rollback() != nil {
			settle(ctx, conn)
		}
	}()
	t := &tx{ctx: ctx, sql: sqlTx, db: db, keys: recordKeys{}}
	if err := fn(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return t.failed(committing, err)
	}
	committed = true
	return nil
}

// begin takes a connection out of the pool and begins a transaction on it. The caller calls undo
// and closes the connection afterwards. A connection that was lost while it was idle is found out
// then; nothing has been done, and another one is taken, as sql.DB does.
func (db *DB) begin(ctx context.Context) (conn *sqlx.Conn, sqlTx *sqlx.Tx, undo func(), err error) {
	for range db.sql.Stats().OpenConnections + 1 {
		if conn, err = db.sql.Connx(ctx); err != nil {
			return nil, nil, nil, err
		}
		undo = db.limitWait(ctx, conn)
		if sqlTx, err = conn.BeginTxx(db.watched(ctx), nil); err == nil {
			return conn, sqlTx, undo, nil
		}
		settle(ctx, conn)
		undo()
		_ = conn.Close() // it may be closed already
		if !errors.Is(err, driver.ErrBadConn) {
			break
		}
	}
	return nil, nil, nil, err
}

// watched returns the context that database/sql watches during a transaction, to roll it back when
// that ends. With SQLite it does not have to: no statement waits for a network, and one that is
// interrupted is rolled back here.
func (db *DB) watched(ctx context.Context) context.Context {
	if db.postgres {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// patience is how long a connection may take to end its transaction. If it takes longer, it is
// closed.
const patience = 5 * time.Second

// settle ends the transaction that may still be open on a connection. If that is not certain
// afterwards, it closes the connection.
func settle(ctx context.Context, conn *sqlx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if !isSettled(ctx, conn) {
		closeConn(conn)
	}
}

// isSettled ends the transaction that may be open on a connection, and reports whether none is
// open.
func isSettled(ctx context.Context, conn *sqlx.Conn) bool {
	if _, err := conn.ExecContext(ctx, "ROLLBACK"); err == nil {
		return true
	}
	// SQLite refuses to roll back where no transaction is open. Then one can be begun.
	_, notBegun := conn.ExecContext(ctx, "BEGIN")
	_, notEnded := conn.ExecContext(ctx, "ROLLBACK")
	return notBegun == nil && notEnded == nil
}

// closeConn closes a connection instead of returning it to the pool.
func closeConn(conn *sqlx.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // it returns just that
}

// isHurried reports whether the context ends before SQLite would stop waiting for its lock. It does
// not look at contexts while it waits.
func (db *DB) isHurried(ctx context.Context) bool {
	left, has := ambient.Left(ctx)
	return has && !db.postgres && left < db.busyTimeout
}

// limitWait lets statements of this connection wait for the lock of SQLite no longer than the
// context lasts, until undo is called.
func (db *DB) limitWait(ctx context.Context, conn *sqlx.Conn) (undo func()) {
	if !db.isHurried(ctx) {
		return func() {}
	}
	left, _ := ambient.Left(ctx)
	ctx = context.WithoutCancel(ctx)
	const margin = 10 * time.Millisecond // so that the context has ended when the wait is over
	if setBusyTimeout(ctx, conn, max(0, left)+margin) != nil {
		closeConn(conn)
	}
	return func() {
		if setBusyTimeout(ctx, conn, db.busyTimeout) != nil {
			closeConn(conn)
		}
	}
}

func setBusyTimeout(ctx context.Context, conn *sqlx.Conn, wait time.Duration) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", wait.Milliseconds()))
	return err
}
