package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"reflect"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
)

// In returns the ports inside a transaction of the host program, so that its own rows and what
// the ports save are committed together, or not at all. The host begins, commits and rolls back; a
// *sqlx.Tx has its *sql.Tx in the field Tx. The transaction must be of the *sql.DB that the store
// was opened with. If it is not, or has ended, every call fails and says so.
//
// The contract of the ports stays as it is:
//
//   - Each Update is a savepoint. One that fails leaves nothing of its own, and the transaction can
//     be used as before, on PostgreSQL too.
//   - Reads see what the transaction wrote, and nobody else does until it is committed.
//   - The locks of an Update are held until the transaction ends: others that update the same scope
//     wait for that. Keep the transaction short. In SQLite it also keeps out every other writer.
//   - An error that matches cris.ErrConflict cannot be mended inside the transaction, and services
//     do not try again. Roll back, and begin the whole transaction anew.
//   - A context that ends during a statement may end the transaction, as drivers of PostgreSQL do.
//     Where a savepoint cannot be returned to, In rolls the whole transaction back, so that it
//     cannot be committed.
//
// The ports are of no use once the transaction has ended. Like the transaction itself, they may be
// used by one goroutine at a time.
func (db *DB) In(tx *sql.Tx) *DB {
	in := *db
	in.host = hostOf(db.sql.DB, tx)
	return &in
}

// host is a transaction of the host program.
type host interface {
	preparer
	Rollback() error
}

var (
	errNoTransaction = errors.New("In was given no transaction: give it one of the *sql.DB that the store was opened with")
	errOtherDatabase = errors.New("In was given a transaction of another *sql.DB: begin it on the one that the store was opened with")
	errHostEnded     = errors.New("the transaction that In was given has ended: begin another one")
)

func hostOf(db *sql.DB, tx *sql.Tx) host {
	if tx == nil {
		return refused{errNoTransaction}
	}
	if of := reflect.ValueOf(tx).Elem().FieldByName("db"); of.IsValid() && of.Pointer() != reflect.ValueOf(db).Pointer() {
		return refused{errOtherDatabase}
	}
	return &sqlx.Tx{Tx: tx}
}

// refused takes the place of a transaction that cannot be used, and says why.
type refused struct{ err error }

func (r refused) ExecContext(context.Context, string, ...any) (sql.Result, error) { return nil, r.err }

func (r refused) QueryContext(context.Context, string, ...any) (*sql.Rows, error) { return nil, r.err }

func (r refused) PreparexContext(context.Context, string) (*sqlx.Stmt, error) { return nil, r.err }

func (r refused) Rollback() error { return r.err }

// savepoint runs fn inside the transaction of the host, and keeps what it did if it returns nil.
func (db *DB) savepoint(ctx context.Context, fn func(tx *tx) error) error {
	t := &tx{ctx: ctx, sql: db.host, db: db, keys: recordKeys{}}
	if _, err := db.host.ExecContext(ctx, "SAVEPOINT sqlstore"); err != nil {
		return t.failed("begin", err)
	}
	kept := false
	defer func() { // also when fn panics
		if !kept {
			db.returnToSavepoint(ctx)
		}
	}()
	if err := fn(t); err != nil {
		return final(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := db.host.ExecContext(ctx, "RELEASE SAVEPOINT sqlstore"); err != nil {
		return t.failed("commit", err)
	}
	kept = true
	return nil
}

// returnToSavepoint undoes what was done since the savepoint. If it cannot, it rolls the
// transaction of the host back: some errors of SQLite end a transaction, and what the host then
// wrote in it would be committed at once.
func (db *DB) returnToSavepoint(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	for _, statement := range []string{"ROLLBACK TO SAVEPOINT sqlstore", "RELEASE SAVEPOINT sqlstore"} {
		if _, err := db.host.ExecContext(ctx, statement); err != nil {
			_ = db.host.Rollback() // it fails if it has ended, and nothing is left to do
			return
		}
	}
}

// final marks a conflict inside a transaction of the host: only the host can try again.
func final(err error) error {
	if errors.Is(err, cris.ErrConflict) {
		return retry.Final(err)
	}
	return err
}
