// Command cris plays the life of a few cases through all packages of the library,
// over an embedded SQLite database and on a simulated clock, and prints every
// decision with its reasons. What it prints, the packages decided.
//
//	go run -C examples ./cris            # text
//	go run -C examples ./cris --json     # the same as JSON lines
//	go run -C examples ./cris --db FILE  # keep the database
//	go run -C examples ./cris --quiet    # only the exit status
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// options are what the command line sets.
type options struct {
	db    string // file of the database; "" for a temporary one
	json  bool
	quiet bool
}

func main() { os.Exit(command(os.Args[1:], os.Stdout, os.Stderr)) }

// command returns the exit status: 0, 1 if the story could not be played to its
// end, 2 for a command line it does not understand.
func command(args []string, stdout, stderr io.Writer) int {
	opts, err := parseOptions(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "cris:", err)
		return 2
	}
	if err := run(context.Background(), opts, stdout); err != nil {
		fmt.Fprintln(stderr, "cris:", err)
		return 1
	}
	return 0
}

func parseOptions(args []string, help io.Writer) (options, error) {
	var opts options
	flags := flag.NewFlagSet("cris", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // an error is one line, printed by the caller
	flags.StringVar(&opts.db, "db", "", "keep the database in `FILE`, which must not exist yet")
	flags.BoolVar(&opts.json, "json", false, "print JSON lines")
	flags.BoolVar(&opts.quiet, "quiet", false, "print nothing, only set the exit status")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(help, "usage: cris [--db FILE] [--json] [--quiet]")
			flags.SetOutput(help)
			flags.PrintDefaults()
		}
		return options{}, err
	}
	if flags.NArg() > 0 {
		return options{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if opts.db != "" {
		if _, err := os.Stat(opts.db); err == nil {
			return options{}, fmt.Errorf("--db: %s exists already", opts.db)
		}
	}
	return opts, nil
}

// run plays the story from its first act to its last.
func run(ctx context.Context, opts options, out io.Writer) (err error) {
	file := opts.db
	if file == "" {
		dir, err := os.MkdirTemp("", "cris-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		file = filepath.Join(dir, "cris.db")
	}
	w, err := newWorld(ctx, file, newJournal(out, opts))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	for _, act := range []struct {
		title string
		play  func(*world, context.Context) error
	}{
		{"Processing times are posted", (*world).postProcessingTimes},
		{"Cases stand within or outside them", (*world).decideEligibility},
		{"Customers place e-Requests", (*world).placeRequests},
		{"Requests reach SRMT", (*world).relayRequests},
		{"Officers work them", (*world).workRequests},
		{"Cards travel in the mail", (*world).readScans},
		{"Customers look up their status", (*world).lookUpStatus},
		{"Mail that went quiet is noticed", (*world).watchMail},
		{"Thirty days later", (*world).comeBack},
		{"A customer calls", (*world).callIn},
		{"A customer moves", (*world).move},
		{"A customer calls", (*world).answerCall},
		{"Workers check themselves", (*world).selfCheck},
		{"What workers left behind is brought to its end", (*world).endSelfChecks},
		{"Staff count and find", (*world).countAndFind},
		{"What is left of the failed proofings", (*world).searchTraces},
	} {
		w.journal.act(act.title)
		if err := act.play(w, ctx); err != nil {
			return fmt.Errorf("%s: %w", act.title, err)
		}
	}
	return nil
}
