package trackingtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// TestIngest checks that files are read into the store once and whole, whatever
// interrupts the reading. newStore is called many times and gives an empty store.
func TestIngest(t *testing.T, newStore func(t *testing.T) tracking.Store) {
	t.Helper()
	generated := NewExtractFile(7, 30, Mess{Lost: 0.1, Repeated: 0.2, Displaced: 0.5, Damaged: 0.1})
	clean := newStore(t)
	ingest(t, clean, generated.Content)
	want := contentOf(t, clean, generated)
	require.Equal(t, generated.Records, want.report.Records)
	require.Equal(t, generated.Damaged, want.report.SetAside)

	t.Run("Twice", func(t *testing.T) {
		store := newStore(t)
		ingest(t, store, generated.Content)
		ingest(t, store, generated.Content)
		require.Equal(t, want, contentOf(t, store, generated))
	})
	t.Run("HalfThenWhole", func(t *testing.T) {
		store := newStore(t)
		half := generated.Content[:len(generated.Content)/2]
		first := ingest(t, store, half)
		second := ingest(t, store, generated.Content)
		require.Equal(t, want.scans, contentOf(t, store, generated).scans)
		require.Equal(t, want.report.New, first.New+second.New)
	})
	t.Run("TwoWorkers", func(t *testing.T) {
		store := newStore(t)
		var wg sync.WaitGroup
		failures := make([]error, 2)
		for worker := range failures {
			wg.Go(func() { failures[worker] = ingestUntilDone(t.Context(), store, generated.Content) })
		}
		wg.Wait()
		require.NoError(t, errors.Join(failures...))
		require.Equal(t, want, contentOf(t, store, generated))
	})
	steps := (generated.Records + batchSize - 1) / batchSize
	for _, mode := range interruptions {
		t.Run("Interrupted"+mode.name, func(t *testing.T) {
			for step := range steps {
				store := newStore(t)
				ctx, cancel := context.WithCancel(t.Context())
				_, err := ingester(&interrupted{Store: store, step: step, mode: mode.when, cancel: cancel}).Ingest(ctx, fileOf(t, generated.Content))
				cancel()
				require.Error(t, err, "step %d", step)
				ingest(t, store, generated.Content)
				require.Equal(t, want, contentOf(t, store, generated), "step %d", step)
			}
		})
	}
}

// batchSize is small, so that a file has many steps.
const batchSize = 40

func ingester(store tracking.Store) *tracking.Ingester {
	return tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: batchSize})
}

func fileOf(t *testing.T, content []byte) tracking.File {
	t.Helper()
	file, err := extract.Open("scans.txt", bytes.NewReader(content), nil)
	require.NoError(t, err)
	return file
}

func ingest(t *testing.T, store tracking.Store, content []byte) tracking.Report {
	t.Helper()
	report, err := ingester(store).Ingest(t.Context(), fileOf(t, content))
	require.NoError(t, err)
	return report
}

// ingestUntilDone tries again where a store gave up because of the other worker.
func ingestUntilDone(ctx context.Context, store tracking.Store, content []byte) error {
	for {
		file, err := extract.Open("scans.txt", bytes.NewReader(content), nil)
		if err != nil {
			return err
		}
		if _, err = ingester(store).Ingest(ctx, file); !errors.Is(err, cris.ErrConflict) {
			return err
		}
	}
}

// content is everything that a store holds of one file and its scans.
type content struct {
	report tracking.Report
	scans  []tracking.Scan
	aside  []tracking.SetAside
}

func contentOf(t *testing.T, store tracking.Store, generated ExtractFile) content {
	t.Helper()
	var held content
	held.report = ingest(t, store, generated.Content) // of a file that is done: only the report
	numbers := map[tracking.Number]bool{}
	for _, scan := range generated.Scans {
		if numbers[scan.Number] {
			continue
		}
		numbers[scan.Number] = true
		scans, err := store.Scans(t.Context(), scan.Number)
		require.NoError(t, err)
		slices.SortFunc(scans, tracking.Scan.Compare)
		held.scans = append(held.scans, scans...)
	}
	for aside, err := range store.SetAsides(t.Context(), fileOf(t, generated.Content).ID, 0) {
		require.NoError(t, err)
		held.aside = append(held.aside, aside)
	}
	return held
}

type moment uint8

const (
	beforeSaving moment = iota
	afterSaving
	whileDeciding
)

var interruptions = []struct {
	name string
	when moment
}{
	{"BeforeSaving", beforeSaving},
	{"AfterSaving", afterSaving}, // saved, and nobody was told
	{"ByCancelling", whileDeciding},
}

var errInterrupted = errors.New("interrupted by the test")

// interrupted is a store that fails at one Update, and at all that follow.
type interrupted struct {
	tracking.Store
	step   int
	mode   moment
	cancel context.CancelFunc
	done   int
}

func (s *interrupted) Update(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
	step := s.done
	s.done++
	switch {
	case step > s.step:
		return errInterrupted
	case step < s.step:
		return s.Store.Update(ctx, file, decide)
	}
	switch s.mode {
	case beforeSaving:
		return errInterrupted
	case afterSaving:
		if err := s.Store.Update(ctx, file, decide); err != nil {
			return fmt.Errorf("the store failed by itself: %w", err)
		}
		return errInterrupted
	default:
		return s.Store.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
			s.cancel()
			return decide(prior)
		})
	}
}
