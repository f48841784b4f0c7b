package main

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// fault is one row of the table: something that goes wrong with one database.
type fault struct {
	name     string
	database string
	done     string // what is done
	host     string // what to expect, and what a host does about it
	run      func(ctx context.Context, l *lab) (result, error)
}

const (
	onSQLite     = "SQLite"
	onPostgreSQL = "PostgreSQL"
)

// faults are all that the command knows, in the order of the table.
func faults() []fault {
	return []fault{
		{"process killed", onSQLite, "SIGKILL at a random moment of a call", "", kill("", sqliteDSN)},
		{"process killed", onPostgreSQL, "SIGKILL at a random moment of a call", "", kill("", postgresDSN)},
		{"killed before commit", onSQLite, "the process kills itself when it is about to commit", "", kill(beforeCommit, sqliteDSN)},
		{"killed at commit", onSQLite, "the process kills itself while it commits", "", kill(atCommit, sqliteDSN)},
		{"killed after commit", onSQLite, "the process kills itself when it has committed, before anybody knows", "", kill(afterCommit, sqliteDSN)},
		{"I/O error before commit", onSQLite, "", "", failCommits(beforeCommit)},
		{"I/O error after commit", onSQLite, "", "", failCommits(afterCommit)},
		{"connection cut before commit", onPostgreSQL, "", "", cutPostgres(beforeCommit)},
		{"connection cut at commit", onPostgreSQL, "", "", cutPostgres(atCommit)},
		{"connection cut after commit", onPostgreSQL, "", "", cutPostgres(afterCommit)},
		{"connection cut anywhere", onPostgreSQL, "", "", cutPostgres(anywhere)},
		{"session terminated", onPostgreSQL, "", "", terminated},
		{"server stopped, fast", onPostgreSQL, "", "", stopPostgres(postgres.Fast)},
		{"server stopped, immediate", onPostgreSQL, "", "", stopPostgres(postgres.Immediate)},
		{"serialization failure", onPostgreSQL, "", "", serializable},
		{"statement time-out", onPostgreSQL, "", "", locked},
		{"disk full", onPostgreSQL, "", "", fullPostgres},
		{"disk full", onSQLite, "", "", fullSQLite},
		{"file at its largest size", onSQLite, "", "", limitSQLite(atItsSize, "PRAGMA max_page_count = 4294967294")},
		{"file locked", onSQLite, "", "", lockedSQLite},
		{"file read-only", onSQLite, "", "", limitSQLite(readOnly, "PRAGMA query_only = 0")},
		{"file damaged", onSQLite, "", "", damagedSQLite(inThePages)},
		{"file overwritten", onSQLite, "", "", damagedSQLite(inTheHeader)},
		{"clock set back", onSQLite, "", "", setBack(sqlitePool, earlier)},
		{"clock set back", onPostgreSQL, "", "", setBack(postgresPool, earlier)},
		{"clock not set", onSQLite, "", "", setBack(sqlitePool, never)},
		{"clock not set", onPostgreSQL, "", "", setBack(postgresPool, never)},
	}
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
