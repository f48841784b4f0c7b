// Command docs writes the parts of documents that come from the code: in docs/porting.md which
// promise each clause of the conformance kits proves, and in docs/fields.md what is asked for
// with each issue, in docs/decisions.md what is decided when, and in docs/lifecycle.md the life of
// a service request. Run it at the root of the
// repository after a clause, that table or a rule changed:
//
//	go run ./internal/dev/docs
//
// It asks the kits themselves: each clause tells its promise when it runs. The tests of this
// package fail if a page is out of date, and if a document names an identifier or a file
// that this module does not have.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

const (
	portingPage   = "docs/porting.md"
	fieldsPage    = "docs/fields.md"
	decidedPage   = "docs/decisions.md"
	lifecyclePage = "docs/lifecycle.md"
)

func main() {
	if err := write(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context) error {
	promises, err := collect(ctx, ".")
	if err != nil {
		return err
	}
	return errors.Join(
		rewrite(portingPage, table(promises)), rewrite(fieldsPage, fieldTable()),
		rewrite(decidedPage, decisionTables()), rewrite(lifecyclePage, lifecycle()),
	)
}

func rewrite(page, table string) error {
	text, err := os.ReadFile(page) //nolint:gosec // a file of this repository
	if err != nil {
		return err
	}
	updated, err := splice(string(text), table)
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(updated), 0o644) //nolint:gosec // a document
}
