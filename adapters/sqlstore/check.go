package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// errNeither means that the database is not one of those that the statements are written for.
var errNeither = errors.New("sqlstore: this is neither SQLite nor PostgreSQL, and the store runs on no other database")

// recognize asks the database what it is. The name of its driver says little: hosts wrap drivers
// for tracing, and give them names of their own.
func (db *DB) recognize(ctx context.Context) error {
	conn, err := db.sql.Connx(ctx)
	if err != nil {
		return db.on(ctx).failed("connect", err)
	}
	defer conn.Close()
	// SQLite has no such function. In the other order PostgreSQL would log an error.
	if version, err := ask[string](ctx, conn, `SELECT version()`); err == nil {
		db.postgres = strings.HasPrefix(version, "PostgreSQL ")
		if !db.postgres {
			return errNeither
		}
		return nil
	}
	if _, err := ask[string](ctx, conn, `SELECT sqlite_version()`); err != nil {
		return db.on(ctx).failed("ask whether this is SQLite or PostgreSQL", err)
	}
	wait, err := ask[int64](ctx, conn, `PRAGMA busy_timeout`)
	if err != nil {
		return db.on(ctx).failed("read busy_timeout", err)
	}
	db.busyTimeout = time.Duration(wait) * time.Millisecond
	return nil
}

// check makes sure that the store can work with the database as it is.
func (db *DB) check(ctx context.Context) error {
	if err := db.checkDriver(); err != nil {
		return err
	}
	check := db.checkSQLite
	if db.postgres {
		check = db.checkPostgres
	}
	return check(ctx)
}

// unfit returns the error of a check: what is wrong, and what to do.
func unfit(format string, args ...any) error { return fmt.Errorf("sqlstore: open: "+format, args...) }

// ask returns the only column of the only row of a query.
func ask[Value any](ctx context.Context, conn *sqlx.Conn, query string, args ...any) (value Value, err error) {
	err = conn.QueryRowContext(ctx, query, args...).Scan(&value)
	return value, err
}
