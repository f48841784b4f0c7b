package main

import (
	"context"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// fault is one row of the table: something that goes wrong with one database.
type fault struct {
	name        string
	database    string
	done        string // what is done, each time
	isConflict  bool   // every error says that the call may be tried again at once
	needsPerson bool   // it does not go by itself
	run         func(ctx context.Context, l *lab) (result, error)
}

const (
	onSQLite     = "SQLite"
	onPostgreSQL = "PostgreSQL"
)

// faults are all that the command knows, in the order of the table. docs/faults.md says what each
// of them means for a host.
func faults() []fault {
	all := []fault{}
	on := func(database, name, done string, run func(ctx context.Context, l *lab) (result, error)) {
		all = append(all, fault{name: name, database: database, done: done, run: run})
	}
	const killed = "SIGKILL at a random moment of a call"
	on(onSQLite, "process killed", killed, kill("", sqliteDSN))
	on(onPostgreSQL, "process killed", killed, kill("", postgresDSN))
	on(onSQLite, "killed before commit", "SIGKILL when a transaction is about to commit", kill(beforeCommit, sqliteDSN))
	on(onSQLite, "killed at commit", "SIGKILL within 300 µs after a commit has begun", kill(atCommit, sqliteDSN))
	on(onSQLite, "killed after commit", "SIGKILL when a transaction has committed, before anybody is told", kill(afterCommit, sqliteDSN))
	on(onSQLite, "I/O error before commit", "a commit fails with an I/O error, and is rolled back", failCommits(beforeCommit))
	on(onSQLite, "I/O error after commit", "a commit is done, and fails with an I/O error", failCommits(afterCommit))
	on(onPostgreSQL, "connection cut before commit", "a proxy ends the connection in place of a commit", cutPostgres(beforeCommit))
	on(onPostgreSQL, "connection cut at commit", "a proxy hands a commit on and ends the connection at once", cutPostgres(atCommit))
	on(onPostgreSQL, "connection cut after commit", "a proxy waits for the answer to a commit, and ends the connection in place of it", cutPostgres(afterCommit))
	on(onPostgreSQL, "connection cut anywhere", "a proxy ends the connection in the middle of a message", cutPostgres(anywhere))
	on(onPostgreSQL, "session terminated", "`pg_terminate_backend` for all sessions", terminated)
	on(onPostgreSQL, "server stopped, fast", "the server is shut down with SIGINT and started again", stopPostgres(postgres.Fast))
	on(onPostgreSQL, "server stopped, immediate", "the server is shut down with SIGQUIT, as in a crash, and started again", stopPostgres(postgres.Immediate))
	on(onPostgreSQL, "serialization failure", "`default_transaction_isolation=serializable`; how often PostgreSQL rolled back", serializable)
	on(onPostgreSQL, "statement time-out", "another session locks two tables, and `statement_timeout` is 50 ms", locked("statement_timeout"))
	on(onPostgreSQL, "lock time-out", "another session locks two tables, and `lock_timeout` is 50 ms", locked("lock_timeout"))
	on(onPostgreSQL, "disk full", "the disk of the tables is filled, and freed again", fullPostgres)
	on(onSQLite, "disk full", "the disk of the file is filled, and freed again", fullSQLite)
	on(onSQLite, "file at its largest size", "`max_page_count` is set to the size of the file, and lifted again", limitSQLite(atItsSize, "PRAGMA max_page_count = 4294967294"))
	on(onSQLite, "file locked", "another program holds the write lock; nobody waits for more than 20 ms", lockedSQLite)
	on(onSQLite, "file read-only", "`query_only` is set, and lifted again", limitSQLite(readOnly, "PRAGMA query_only = 0"))
	on(onSQLite, "file damaged", "everything behind the first page is overwritten, and restored from a backup", damagedSQLite(inThePages))
	on(onSQLite, "file overwritten", "the header is overwritten, and restored from a backup", damagedSQLite(inTheHeader))
	const back, unset = "the clock of the services goes two hours back, and forward again", "the clock of the services shows 1970, and then the time again"
	on(onSQLite, "clock set back", back, setBack(sqlitePool, earlier))
	on(onPostgreSQL, "clock set back", back, setBack(postgresPool, earlier))
	on(onSQLite, "clock not set", unset, setBack(sqlitePool, never))
	on(onPostgreSQL, "clock not set", unset, setBack(postgresPool, never))
	for i, f := range all {
		all[i].needsPerson = slices.Contains([]string{"file damaged", "file overwritten"}, f.name)
		all[i].isConflict = slices.Contains([]string{"serialization failure", "lock time-out", "file locked"}, f.name)
	}
	return all
}

func readOnly(context.Context, *experiment) (string, error) { return "PRAGMA query_only = 1", nil }

func sqliteDSN(_ context.Context, l *lab) (driver, dsn string, err error) {
	return "sqlite", l.sqliteFile("", patient), nil
}

func postgresDSN(ctx context.Context, l *lab) (driver, dsn string, err error) {
	dsn, err = l.onPostgres(ctx)
	return "pgx", dsn, err
}

func sqlitePool(_ context.Context, l *lab) (*sqlx.DB, error) {
	return openHooked(l.sqliteFile("", patient), &hooks{}), nil
}

func postgresPool(ctx context.Context, l *lab) (*sqlx.DB, error) {
	_, dsn, err := postgresDSN(ctx, l)
	if err != nil {
		return nil, err
	}
	return sqlx.Open("pgx", dsn)
}
