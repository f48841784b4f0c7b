// Command docs writes the part of docs/porting.md that says which promise each clause of
// the conformance kits proves. Run it at the root of the repository after a clause changed:
//
//	go run ./internal/dev/docs
//
// It asks the kits themselves: each clause tells its promise when it runs. The tests of this
// package fail if the page is out of date, and if a document names an identifier or a file
// that this module does not have.
package main

import (
	"context"
	"fmt"
	"os"
)

const page = "docs/porting.md"

func main() {
	if err := rewrite(context.Background(), page); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func rewrite(ctx context.Context, page string) error {
	promises, err := collect(ctx, ".")
	if err != nil {
		return err
	}
	text, err := os.ReadFile(page) //nolint:gosec // a file of this repository
	if err != nil {
		return err
	}
	updated, err := splice(string(text), table(promises))
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(updated), 0o644) //nolint:gosec // a document
}
