// Command sqlite is the smallest program that keeps something: one case, on file in an
// SQLite database, and its status by receipt number.
//
//	go run -C examples ./sqlite FILE
package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the driver is the host program's choice

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sqlite FILE")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sqlite:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, file string, out io.Writer) error {
	db, err := sqlx.Open("sqlite", "file:"+url.PathEscape(file)+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	if err := sqlstore.Migrate(ctx, db, nil); err != nil {
		return err
	}
	store, err := sqlstore.Open(ctx, db, sqlstore.InClear(), nil)
	if err != nil {
		return err
	}
	service := casestatus.NewService(store.Cases(), store.ProcessingTimes(), store.Deliveries(), nil)

	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	changed, err := service.Record(ctx, receipt, func(onFile *casestatus.Case) {
		onFile.Form, onFile.FormType, onFile.Office = "I-102", "142", "CSC"
		onFile.Filed = cris.MustParseDate("2022-01-31")
		onFile.History = []casestatus.StatusEntry{{On: onFile.Filed, Title: "Case Was Received"}}
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "on file:", changed)

	status, err := service.Status(ctx, "ioe-09-123-45678") // as a customer types it
	if err != nil {
		return err
	}
	fmt.Fprintln(out, status.Outcome, status.Form, status.Latest.Title, status.Reasons)
	return nil
}
