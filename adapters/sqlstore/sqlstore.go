// Package sqlstore implements every port that keeps records in a SQL database, through sqlx: SQLite
// (embedded) or PostgreSQL, with the same statements. The host program chooses and imports the
// driver, and opens the database:
//
//	const file = "file:cris.db?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)" +
//		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
//	db, err := sqlx.Open("sqlite", file)
//	err = sqlstore.Migrate(ctx, db, nil)
//	store, err := sqlstore.Open(ctx, db, sqlstore.InClear(), nil)
//
// # How an Update is atomic
//
// The first statement of its transaction is a write to the row of its scope. It takes PostgreSQL's
// row lock and SQLite's write lock before anything is read, at the default isolation level of both,
// so two Updates of a scope run one after the other even while the scope is empty.
//
// Where most decisions refuse, what they look at is read before that, with the version of the
// scope. A decision that saves nothing ends there. One that saves something stands if the scope
// still has that version when it is locked, and is made once more if not.
//
// # Which database it is
//
// The store asks the database: the driver may have any name, and may be wrapped in anything. Open
// refuses, with a sentence that says what to do,
//
//   - what is neither SQLite nor PostgreSQL;
//   - SQLite before 3.35, modernc.org/sqlite before v1.34.0, mattn/go-sqlite3 before v1.14.22,
//     PostgreSQL before 10, pgx before v5.3.0, and lib/pq before v1.10.9;
//   - a SQLite file whose journal is not the write-ahead log, with a connection that does not wait
//     for the lock (busy_timeout), in UTF-16, or that cannot be written;
//   - a SQLite database in memory, unless there is one connection;
//   - a PostgreSQL server that is a standby or read-only, a database in an encoding other than
//     UTF8, one whose collation "binary" does not sort by bytes, and a role that may not read and
//     write;
//   - a schema that is not that of this program (ErrNotMigrated, ErrSchemaBehind, ErrSchemaNewer,
//     ErrNotRecorded), and other keys, or another [Sealing], than those of the database.
//
// # The host's transaction
//
// [DB.In] gives the ports inside a transaction of the host program. Otherwise each Update has a
// connection of its own. If a commit or a rollback fails, the connection does not return to the
// pool unless it is certain that no transaction is open on it.
//
// A context with a deadline limits how long SQLite waits for its lock. One that is canceled
// without a deadline is noticed when SQLite has stopped waiting, after busy_timeout at most.
//
// # What it stores
//
// Instants are stored as integers of Unix microseconds, dates as 2006-01-02. Personal columns are
// encrypted under the data key of their record, or plain text, as [Open] is told: see [SealedBy]
// and [InClear]. [Seal] encrypts what stands in clear.
//
// # What it says when it fails
//
// An *[Error] has the code of the database and nothing that the driver said, which may repeat the
// row of a person.
package sqlstore

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
)

// DB gives the ports over one SQL database; they share one outbox. It is safe for
// concurrent use. The caller keeps the *sqlx.DB and closes it.
type DB struct {
	sql         *sqlx.DB
	host        host          // the transaction of the host program, or nil: see In
	postgres    bool          // PostgreSQL, else SQLite
	busyTimeout time.Duration // of SQLite: how long a statement waits for a lock
	names       names
	sealing     Sealing
	sealer      *sealer // nil in clear
	now         func() (time.Time, error)
	prepared    *preparedQueries
	texts       *texts
}

// text returns a statement as this database gets it: with the names that tables have here, and
// parameters written as it takes them.
func (db *DB) text(query string) string {
	return db.texts.of(query, func(query string) string {
		query = db.names.in(db.sealer.in(query))
		if db.postgres {
			return sqlx.Rebind(sqlx.DOLLAR, query)
		}
		return query
	})
}

// hidden is how a parameter is written whose value does not matter for how a query is best
// run. PostgreSQL plans a query anew for each value that it sees, if it believes that this
// pays, and that takes longer than to read a page.
func (db *DB) hidden() string {
	if db.postgres {
		return "(SELECT ?)"
	}
	return "?"
}

// byIndex stands behind the name of a table in a query that is to be run by this index.
// SQLite knows nothing of its tables unless someone tells it to ANALYZE them, and takes
// whatever index looks short. PostgreSQL knows, and needs nothing.
func (db *DB) byIndex(name string) string {
	if db.postgres {
		return ""
	}
	return "INDEXED BY " + name + " "
}

// update runs one atomic step on scope: fn reads and writes through tx, and all of
// it is committed if fn returns nil, none otherwise. Scope names are shared by all
// ports: each begins with the name of its own ("erequest/").
func (db *DB) update(ctx context.Context, scope string, fn func(tx *tx) error) error {
	return db.transaction(ctx, func(tx *tx) error {
		if err := tx.lock(scope); err != nil {
			return err
		}
		return fn(tx)
	})
}

// optimisticUpdate is an Update that decides before it locks its scope.
type optimisticUpdate[Prior, Change any] struct {
	scope string
	// read returns what to decide on, and the version of the scope, both as of one moment. The
	// version is 0 if there is nothing to decide on.
	read    func(s *session) (prior Prior, version int64, err error)
	decide  func(prior Prior) (Change, error)
	isEmpty func(Change) bool
	save    func(tx *tx, change Change) error
}

// run decides on what it reads, and once more when the scope is locked if it has changed since.
func (u optimisticUpdate[Prior, Change]) run(ctx context.Context, db *DB) error {
	change, version, err := u.readAndDecide(db.on(ctx))
	if err != nil {
		return err
	}
	if u.isEmpty(change) {
		return ctx.Err()
	}
	return db.transaction(ctx, func(tx *tx) error {
		isAsRead, err := tx.lockAsRead(u.scope, version)
		if err == nil && !isAsRead {
			change, err = u.lockAndDecide(tx)
		}
		if err != nil || u.isEmpty(change) {
			return err
		}
		return u.save(tx, change)
	})
}

func (u optimisticUpdate[Prior, Change]) lockAndDecide(tx *tx) (change Change, err error) {
	if err := tx.lock(u.scope); err != nil {
		return change, err
	}
	change, _, err = u.readAndDecide(tx)
	return change, err
}

func (u optimisticUpdate[Prior, Change]) readAndDecide(s *session) (change Change, version int64, err error) {
	prior, version, err := u.read(s)
	if err != nil {
		return change, 0, err
	}
	change, err = u.decide(prior)
	return change, version, err
}
