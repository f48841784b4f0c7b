package trackingtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func progressClauses() []contract.Clause[tracking.Store] {
	return []contract.Clause[tracking.Store]{
		{Name: "Progress/RoundTrip", Promise: "the progress of a file reads back equal, and the next Update sees it", Check: progressRoundTrip},
		{Name: "Progress/Unknown", Promise: "the progress of a file of which nothing was saved is ErrNotFound, and the zero Progress inside Update", Check: progressUnknown},
		{Name: "Progress/Replaced", Promise: "the progress of a batch replaces the one before", Check: progressReplaced},
		{Name: "Progress/Cancelled", Promise: "under a cancelled context Progress gives its error", Check: progressCancelled},
	}
}

func wantProgress(ctx context.Context, s tracking.Store, file tracking.FileID, want tracking.Progress) error {
	got, err := s.Progress(ctx, file)
	if err != nil {
		return fmt.Errorf("read progress: %w", err)
	}
	if got != want {
		return fmt.Errorf("the progress is %+v, want %+v", got, want)
	}
	return nil
}

func wantNoProgress(ctx context.Context, s tracking.Store, file tracking.FileID) error {
	if _, err := s.Progress(ctx, file); !errors.Is(err, tracking.ErrNotFound) || !errors.Is(err, cris.ErrNotFound) {
		return errors.Join(errors.New("the progress of an unknown file is not ErrNotFound"), err)
	}
	return nil
}

func progressRoundTrip(ctx context.Context, s tracking.Store) error {
	want := tracking.Progress{
		Name: `é 'scans' "1" \.txt`, Records: 7, SetAside: 2, New: 5, Done: true, Disagrees: true, Announced: 9,
		Series: tracking.Series{Mailer: mailer, Day: cris.MustParseDate("2024-02-29"), Number: 3},
	}
	if err := save(ctx, s, FileID(1), tracking.Batch{Progress: want}); err != nil {
		return err
	}
	if err := wantProgress(ctx, s, FileID(1), want); err != nil {
		return err
	}
	return s.Update(ctx, FileID(1), func(prior tracking.Progress) (tracking.Batch, error) {
		if prior != want {
			return tracking.Batch{}, fmt.Errorf("the next Update saw %+v, want %+v", prior, want)
		}
		return tracking.Batch{Progress: prior}, nil
	})
}

func progressUnknown(ctx context.Context, s tracking.Store) error {
	if err := wantNoProgress(ctx, s, FileID(1)); err != nil {
		return err
	}
	if err := refuse(ctx, s, FileID(1), tracking.Batch{}); err != nil {
		return err
	}
	if err := wantNoProgress(ctx, s, FileID(1)); err != nil {
		return fmt.Errorf("after an Update that saved nothing: %w", err)
	}
	return s.Update(ctx, FileID(1), func(prior tracking.Progress) (tracking.Batch, error) {
		if prior != (tracking.Progress{}) {
			return tracking.Batch{}, fmt.Errorf("the first Update saw %+v", prior)
		}
		return tracking.Batch{}, nil
	})
}

func progressReplaced(ctx context.Context, s tracking.Store) error {
	first := tracking.Progress{
		Name: "scans.txt", Records: 7, SetAside: 7, Disagrees: true, Announced: 9, Done: true,
		Series: tracking.Series{Mailer: mailer, Day: firstDay, Number: 1},
	}
	second := tracking.Progress{Name: "again.txt", Records: 3}
	return errors.Join(
		save(ctx, s, FileID(1), tracking.Batch{Progress: first}),
		save(ctx, s, FileID(1), tracking.Batch{Progress: second}),
		wantProgress(ctx, s, FileID(1), second),
	)
}

func progressCancelled(ctx context.Context, s tracking.Store) error {
	if err := saveScans(ctx, s, FileID(1), Scan(Number(1), "01", "2013-08-15T09:52")); err != nil {
		return err
	}
	_, err := s.Progress(cancelled(ctx), FileID(1))
	return wantCancelled("Progress", err)
}
