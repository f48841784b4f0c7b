package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// session is what statements run in, with its context: a transaction, or the database
// itself. Its methods and those of a table take statements with ? placeholders. Arguments
// are Go values as rows have them; see column.
type session struct {
	ctx context.Context //nolint:containedctx // a session lives no longer than the call it was made for
	sql preparer
	db  *DB

	// alone is whether a statement is not part of a transaction of the store.
	alone bool

	keys recordKeys // in a transaction, those of the records that it has seen
}

// preparer is what a transaction and a database have in common.
type preparer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	PreparexContext(ctx context.Context, query string) (*sqlx.Stmt, error)
}

// tx is a session that runs in a transaction.
type tx = session

// on returns a session outside any transaction of the store: each statement is a transaction of its
// own, or a part of that of the host.
func (db *DB) on(ctx context.Context) *session {
	if db.host != nil {
		return &session{ctx: ctx, sql: db.host, db: db, alone: true}
	}
	return &session{ctx: ctx, sql: db.sql, db: db, alone: true}
}

// exec runs a statement and returns how many rows it touched. doing is for the error text,
// as it is everywhere here.
func (s *session) exec(doing, query string, args ...any) (rows int64, err error) {
	if s.alone && (s.db.host != nil || s.db.isHurried(s.ctx)) {
		err = s.db.transaction(s.ctx, func(tx *tx) error {
			rows, err = tx.exec(doing, query, args...)
			return err
		})
		return rows, err
	}
	bound, err := s.bind(doing, args)
	if err != nil {
		return 0, err
	}
	result, err := s.sql.ExecContext(s.ctx, s.db.text(query), bound...)
	if err != nil {
		return 0, s.failed(doing, err)
	}
	rows, err = result.RowsAffected()
	if err != nil {
		return 0, s.failed(doing, err)
	}
	return rows, nil
}

// bind makes parameters of Go values, and refuses those that a column cannot hold.
func (s *session) bind(doing string, args []any) ([]any, error) {
	bound := make([]any, len(args))
	for i, arg := range args {
		value, err := encode(reflect.ValueOf(arg))
		if err != nil {
			return nil, fmt.Errorf("sqlstore: %s: %w", doing, err)
		}
		bound[i] = value
	}
	return bound, nil
}

// failed says what a session was doing when a statement failed. Some drivers report that a
// statement was interrupted and not why: the error of the context is always told.
func (s *session) failed(doing string, err error) error {
	cause := s.ctx.Err()
	if left, has := ambient.Left(s.ctx); cause == nil && has && left <= 0 {
		cause = context.DeadlineExceeded // and the context is about to say so
	}
	if cause != nil && !errors.Is(err, cause) {
		err = errors.Join(cause, err)
	}
	if s.db.host == nil {
		return storeError(doing, s.db.names, err)
	}
	if errors.Is(err, sql.ErrTxDone) {
		err = errors.Join(errHostEnded, err)
	}
	return final(storeError(doing, s.db.names, err))
}

// read runs a query and returns its rows. Row is a struct whose fields are the columns in
// order, as in a table, or the one column that the query has.
func read[Row any](s *session, doing, query string, args ...any) ([]Row, error) {
	bound, err := s.bind(doing, args)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(query, bound)
	if err != nil {
		return nil, s.failed(doing, err)
	}
	defer rows.Close()
	into, free := targetOf[Row]()
	defer free()
	var all []Row
	for rows.Next() {
		into.row = *new(Row)
		if err := rows.Scan(into.columns...); err != nil {
			return nil, s.failed(doing, err)
		}
		if err := into.open(s); err != nil {
			return nil, fmt.Errorf("sqlstore: %s: %w", doing, err)
		}
		all = append(all, into.row)
	}
	if err := rows.Err(); err != nil {
		return nil, s.failed(doing, err)
	}
	return all, nil
}

func taken(doing string) error {
	return fmt.Errorf("sqlstore: %s: identifier taken: %w", doing, cris.ErrConflict)
}

func notFound(what string) error { return fmt.Errorf("sqlstore: %s: %w", what, cris.ErrNotFound) }
