package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"time"

	"github.com/jmoiron/sqlx"

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

// A job that runs daily forgets what was delivered months ago.
func ExampleDB_Purge() {
	var store *sqlstore.DB // made once, when the program starts
	removed, err := store.Purge(context.Background(), time.Now().AddDate(0, -3, 0))
	fmt.Println(removed, err)
}

// A tool of one's own runs the same files, in the order of their names.
func ExampleMigrations() {
	files, err := fs.Glob(sqlstore.Migrations(), "*.sql")
	fmt.Println(files[0], err)
	// Output: 0001_core.sql <nil>
}
