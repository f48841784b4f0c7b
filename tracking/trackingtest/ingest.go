package trackingtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// TestIngest checks that files are read into the store once and whole, whatever
// interrupts the reading. newStore is called many times and gives an empty store.
func TestIngest(t *testing.T, newStore func(t *testing.T) tracking.Store) {
	t.Helper()
	contract.Run(t, ingestClauses(), func(t *testing.T) intake {
		t.Helper()
		return newIntake(func() tracking.Store { return newStore(t) })
	})
}

// intake is what a clause gets: a file, how it is opened, and stores to read it into.
type intake struct {
	file  ExtractFile
	open  func(text []byte) (tracking.Content, error)
	store func() tracking.Store // an empty one each time
}

const fileName = "scans.txt"

func newIntake(store func() tracking.Store) intake {
	return intake{
		file: NewExtractFile(7, 30, Mess{Lost: 0.1, Repeated: 0.2, Displaced: 0.5, Damaged: 0.1, OtherNumbers: 0.2}),
		open: func(text []byte) (tracking.Content, error) {
			return extract.Open(fileName, bytes.NewReader(text), nil)
		},
		store: store,
	}
}

func ingestClauses() []contract.Clause[intake] {
	all := []contract.Clause[intake]{
		{Name: "Twice", Promise: "a file that is read again changes nothing", Check: ingestTwice},
		{Name: "HalfThenWhole", Promise: "of a file that holds another one only the rest is new", Check: ingestHalfThenWhole},
		{Name: "TwoWorkers", Promise: "two that read one file at once do what one does", Check: ingestByTwo},
	}
	for _, i := range interruptions {
		all = append(all, contract.Clause[intake]{
			Name: "Interrupted" + i.name, Promise: "a file that is opened anew after an interruption is read to its end", Check: ingestInterrupted(i.mode, opensAnew),
		}, contract.Clause[intake]{
			Name: "Interrupted" + i.name + "/SameFile", Promise: "a file that is still open after an interruption is read to its end", Check: ingestInterrupted(i.mode, staysOpen),
		})
	}
	return all
}

// batchSize is small, so that a file has many steps.
const batchSize = 40

func ingest(ctx context.Context, store tracking.Store, content tracking.Content) (tracking.File, error) {
	return tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: batchSize, KeepText: true}).Ingest(ctx, content)
}

func (i intake) ingest(ctx context.Context, store tracking.Store, text []byte) (tracking.File, error) {
	content, err := i.open(text)
	if err != nil {
		return tracking.File{}, err
	}
	return ingest(ctx, store, content)
}

func ingestTwice(ctx context.Context, i intake) error {
	store := i.store()
	for range 2 {
		if _, err := i.ingest(ctx, store, i.file.Content); err != nil {
			return err
		}
		if err := i.wantAll(ctx, store); err != nil {
			return err
		}
	}
	return nil
}

func ingestHalfThenWhole(ctx context.Context, i intake) error {
	store := i.store()
	half, err := i.ingest(ctx, store, i.file.Content[:len(i.file.Content)/2])
	if err != nil {
		return err
	}
	whole, err := i.ingest(ctx, store, i.file.Content)
	if err != nil {
		return err
	}
	if distinct := len(i.scans()); half.New+whole.New != distinct {
		return fmt.Errorf("of %d scans %d and then %d were new", distinct, half.New, whole.New)
	}
	return i.wantScans(ctx, store)
}

func ingestByTwo(ctx context.Context, i intake) error {
	store := i.store()
	var wg sync.WaitGroup
	failed := make([]error, 2)
	for worker := range failed {
		wg.Go(func() {
			content, err := i.open(i.file.Content)
			if err == nil {
				err = persist(ctx, func() error { _, err := ingest(ctx, store, content); return err })
			}
			failed[worker] = err
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	return i.wantAll(ctx, store)
}

// ingestInterrupted breaks the reading off at each of its steps, and reads the file again.
func ingestInterrupted(mode interruption, again func(intake, tracking.Content) (tracking.Content, error)) func(context.Context, intake) error {
	return func(ctx context.Context, i intake) error {
		for step := range i.file.Records/batchSize + 1 {
			if err := i.interrupt(ctx, step, mode, again); err != nil {
				return fmt.Errorf("interrupted at step %d: %w", step, err)
			}
		}
		return nil
	}
}

func opensAnew(i intake, _ tracking.Content) (tracking.Content, error) { return i.open(i.file.Content) }

func staysOpen(_ intake, content tracking.Content) (tracking.Content, error) { return content, nil }

func (i intake) interrupt(ctx context.Context, step int, mode interruption, again func(intake, tracking.Content) (tracking.Content, error)) error {
	store := i.store()
	content, err := i.open(i.file.Content)
	if err != nil {
		return err
	}
	cancellable, cancel := context.WithCancel(ctx)
	defer cancel()
	if _, err := ingest(cancellable, &interrupted{Store: store, step: step, mode: mode, cancel: cancel}, content); err == nil {
		return errors.New("the error of the store did not come back")
	}
	if content, err = again(i, content); err != nil {
		return err
	}
	if _, err := ingest(ctx, store, content); err != nil {
		return err
	}
	return i.wantAll(ctx, store)
}

// scans returns what the file tells of, each scan once, in the order of Compare.
func (i intake) scans() []tracking.Scan {
	return slices.Compact(inOrder(i.file.Scans))
}

// wantAll checks that the store holds all that the file tells of, once, and that what is
// known of the file says so.
func (i intake) wantAll(ctx context.Context, store tracking.Store) error {
	content, err := i.open(i.file.Content)
	if err != nil {
		return err
	}
	var damage []tracking.Damage
	for record, err := range content.Records {
		if err != nil {
			return err
		}
		if record.Damage != nil {
			damage = append(damage, *record.Damage)
		}
	}
	byTime := func(a, b tracking.Scan) int { return a.At.Compare(b.At) }
	want := tracking.File{
		ID: content.ID, Name: fileName, Series: i.file.Series, Announces: true, Announced: i.file.Records,
		Records: i.file.Records, Damaged: i.file.Damaged, New: len(i.scans()), Done: true,
		First: slices.MinFunc(i.file.Scans, byTime).At, Last: slices.MaxFunc(i.file.Scans, byTime).At,
	}
	got, err := i.ingest(ctx, store, i.file.Content) // of a file that is done: only what is known
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("the file differs from what was saved: %s", contract.Difference(got, want))
	}
	return errors.Join(wantFile(ctx, store, want), i.wantScans(ctx, store), wantDamage(ctx, store, content.ID, damage...))
}

func (i intake) wantScans(ctx context.Context, store tracking.Store) error {
	byNumber := map[tracking.Number][]tracking.Scan{}
	for _, scan := range i.scans() {
		byNumber[scan.Number] = append(byNumber[scan.Number], scan)
	}
	for number, want := range byNumber {
		if err := wantScans(ctx, store, number, want...); err != nil {
			return err
		}
	}
	return nil
}
