// Command faults strikes both databases with what goes wrong in a machine room while every service
// is called, and prints what came out. Run it in the folder of the integration module:
//
//	go run ./faults
//	go run ./faults -kills 200 -cuts 500 -rounds 20 -people 40
//	go run ./faults -only "disk full"
//	go run ./faults -write ../../../docs/faults.md
//
// Some people are served at once: each has a case filed and a document in the mail, places a
// request that staff work on, calls the call center, moves, and uses Self Check. Beside that run
// the jobs of docs/operations.md. A call that fails is made again, as its documentation says, or
// its caller never comes back. After the fault, what is on file of each person and which events
// were told is compared with a run without faults on the store in memory, after as many calls as
// were acknowledged. The command fails if anything differs.
//
// It takes PostgreSQL's programs, and for a full disk the right to mount a file system.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := run
	if isChild() {
		run = runChild
	}
	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1) //nolint:gocritic // nothing is left to be stopped
	}
}

func run(ctx context.Context, out io.Writer) error {
	var c counts
	flag.IntVar(&c.kills, "kills", 40, "how many processes are killed at random, and half as many at a commit")
	flag.IntVar(&c.cuts, "cuts", 60, "how many connections are cut, or commits fail, for each fault that does so")
	flag.IntVar(&c.rounds, "rounds", 5, "how often a fault begins and ends that lasts for a while")
	flag.IntVar(&c.people, "people", 12, "for how many people every service is called")
	seed := flag.Uint64("seed", rand.Uint64(), "of everything that is drawn at random")
	only := flag.String("only", "", "the faults whose name or database has this in it; all by default")
	write := flag.String("write", "", "a Markdown file whose table is replaced by this one")
	flag.Parse()
	if *write != "" && *only != "" {
		return errors.New("the document has all faults: give -write or -only")
	}

	lab, err := newLab(c, *seed)
	if err != nil {
		return err
	}
	var table strings.Builder
	err = errors.Join(strikeAll(ctx, io.MultiWriter(out, &table), lab, *only), lab.close())
	if err != nil {
		return fmt.Errorf("%w (-seed %d)", err, *seed)
	}
	if *write == "" {
		return nil
	}
	return replaceTable(*write, table.String())
}

// strikeAll makes the faults one after another, and prints a row for each.
func strikeAll(ctx context.Context, out io.Writer, l *lab, only string) error {
	if _, err := fmt.Fprint(out, tableHead); err != nil {
		return err
	}
	var failed []error
	for _, f := range faults() {
		if !strings.Contains(f.name+" "+f.database, only) {
			continue
		}
		r, err := f.run(ctx, l)
		switch {
		case errors.Is(err, errNotHere):
			r, err = result{note: "not here: it takes the right to mount a file system"}, nil
		case err == nil:
			err = f.err(r)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s, %s: %w", f.name, f.database, err))
		}
		if _, err := fmt.Fprintln(out, f.row(r)); err != nil {
			return err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}
