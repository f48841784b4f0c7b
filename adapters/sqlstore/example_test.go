package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
)

// The host program imports the driver of its choice, here modernc.org/sqlite, and keeps the
// connection. The program examples/sqlite runs this.
func ExampleOpen() {
	ctx := context.Background()
	db, err := sqlx.Open("sqlite", "file:cris.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	if err := sqlstore.Migrate(ctx, db, nil); err != nil { // each time the program starts
		fmt.Println(err)
		return
	}
	store, err := sqlstore.Open(ctx, db, sqlstore.InClear(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	service := casestatus.NewService(store.Cases(), store.ProcessingTimes(), store.Deliveries(), nil)
	status, err := service.Status(ctx, "IOE0912345678")
	fmt.Println(status.Outcome, err)
}

// PostgreSQL takes the same statements.
func ExampleMigrate_postgreSQL() {
	db, err := sql.Open("pgx/v5", "postgres://localhost/cris?lock_timeout=5000") // imports github.com/jackc/pgx/v5/stdlib
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	fmt.Println(sqlstore.Migrate(context.Background(), sqlx.NewDb(db, "pgx"), nil))
}

// The host program has a table of its own, whose row is committed together with what a service
// saves.
func ExampleDB_In() {
	ctx := context.Background()
	var db *sqlx.DB        // of the host
	var store *sqlstore.DB // opened with it
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tx.Rollback()
	in := store.In(tx.Tx)
	service := casestatus.NewService(in.Cases(), in.ProcessingTimes(), in.Deliveries(), nil)
	_, err = service.Record(ctx, casestatus.MustParseReceiptNumber("IOE0912345678"), func(c *casestatus.Case) { c.Office = "TSC" })
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO transfers (receipt) VALUES ('IOE0912345678')`)
	}
	if err != nil { // if it matches cris.ErrConflict, begin anew
		fmt.Println(err)
		return
	}
	fmt.Println(tx.Commit())
}

// A job that runs daily purges what has been kept for its period, and has the database let go of
// it.
func ExampleDB_Retention() {
	var store *sqlstore.DB // made once, when the program starts
	schedule, err := cris.NewSchedule(sqlstore.RecordClasses()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	retention, err := cris.NewRetention(store.Retention(), schedule, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := retention.Purge(context.Background())
	fmt.Println(report.Removed(), err)
	fmt.Println(store.Compact(context.Background(), nil))
}

// A tool of one's own runs the same files, in the order of their names. Migrate and Open know
// afterwards which were run.
func ExampleMigrations() {
	files, err := sqlstore.Migrations(sqlstore.PostgreSQL, &sqlstore.Options{Schema: "cris"})
	if err != nil {
		fmt.Println(err)
		return
	}
	names, err := fs.Glob(files, "*.sql")
	fmt.Println(names[0], err)
	// Output: 0001_core.sql <nil>
}

// Goose takes the files with its own marks, and keeps its own record beside that of the store.
func ExampleGooseMigrations() {
	files, err := sqlstore.GooseMigrations(sqlstore.SQLite, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	// provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	// _, err = provider.Up(ctx)
	text, err := fs.ReadFile(files, "0001_core.sql")
	first, _, _ := strings.Cut(string(text), "\n")
	fmt.Println(first, err)
	// Output: -- +goose Up <nil>
}

// A page for operators shows what a database lacks.
func ExampleStatus() {
	var db *sqlx.DB // opened when the program starts
	status, err := sqlstore.Status(context.Background(), db, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, migration := range status.Known {
		fmt.Println(migration.Name, migration.Ran, migration.RanAt)
	}
	fmt.Println(status.IsCurrent())
}
