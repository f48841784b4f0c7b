package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func setAsideClauses() []contract.Clause[tracking.Store] {
	return []contract.Clause[tracking.Store]{
		{Name: "SetAside/RoundTrip", Promise: "what was set aside reads back equal, by line, of the file asked for", Check: setAsideRoundTrip},
		{Name: "SetAside/Once", Promise: "a line that was set aside already stays as it is", Check: setAsideOnce},
		{Name: "SetAside/AfterLine", Promise: "SetAsides goes on after a line, and can be broken off", Check: setAsideAfterLine},
		{Name: "SetAside/Again", Promise: "every range over SetAsides begins anew", Check: setAsideAgain},
		{Name: "SetAside/Reentrant", Promise: "the store can be used while SetAsides yields", Check: setAsideReentrant},
		{Name: "SetAside/WithBatch", Promise: "nothing is set aside if decide fails", Check: setAsideWithBatch},
		{Name: "SetAside/Cancelled", Promise: "under a cancelled context SetAsides yields its error and ends", Check: setAsideCancelled},
	}
}

func aside(line int) tracking.SetAside {
	return tracking.SetAside{File: "scans.txt", Line: line, Column: 133, Field: "event date", Cause: "no such day in the calendar"}
}

func asides(from, to int) (all []tracking.SetAside) {
	for line := from; line <= to; line++ {
		all = append(all, aside(line))
	}
	return all
}

func wantSetAside(ctx context.Context, s tracking.Store, file tracking.FileID, afterLine int, want ...tracking.SetAside) error {
	var got []tracking.SetAside
	for aside, err := range s.SetAsides(ctx, file, afterLine) {
		if err != nil {
			return fmt.Errorf("read what was set aside: %w", err)
		}
		got = append(got, aside)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("set aside: %+v, want %+v", got, want)
	}
	return nil
}

func setAsideRoundTrip(ctx context.Context, s tracking.Store) error {
	return errors.Join(
		wantSetAside(ctx, s, FileID(1), 0),
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{aside(10), aside(2)}}),
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{aside(1)}}),
		save(ctx, s, FileID(2), tracking.Batch{SetAside: []tracking.SetAside{aside(3)}}),
		wantSetAside(ctx, s, FileID(1), 0, aside(1), aside(2), aside(10)),
		wantSetAside(ctx, s, FileID(2), 0, aside(3)),
	)
}

func setAsideOnce(ctx context.Context, s tracking.Store) error {
	other := aside(4)
	other.Cause = "no such hour"
	return errors.Join(
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{aside(4)}}),
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{other}}),
		wantSetAside(ctx, s, FileID(1), 0, aside(4)),
	)
}

func setAsideAfterLine(ctx context.Context, s tracking.Store) error {
	const lines = 1200 // more than a store is likely to read at a time
	if err := save(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, lines)}); err != nil {
		return err
	}
	next, stop := iter.Pull2(s.SetAsides(ctx, FileID(1), 0))
	_, err, _ := next()
	stop()
	if err != nil {
		return fmt.Errorf("read the first that was set aside: %w", err)
	}
	return errors.Join(
		wantSetAside(ctx, s, FileID(1), 0, asides(1, lines)...),
		wantSetAside(ctx, s, FileID(1), 700, asides(701, lines)...),
		wantSetAside(ctx, s, FileID(1), lines),
	)
}

func setAsideReentrant(ctx context.Context, s tracking.Store) error {
	if err := save(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, 3)}); err != nil {
		return err
	}
	for _, err := range s.SetAsides(ctx, FileID(1), 0) {
		if err != nil {
			return err
		}
		if _, err := s.Progress(ctx, FileID(1)); err != nil {
			return fmt.Errorf("read progress while SetAsides yields: %w", err)
		}
		if err := saveScans(ctx, s, FileID(2), Scan(Number(1), "01", "2013-08-15T09:52")); err != nil {
			return fmt.Errorf("save while SetAsides yields: %w", err)
		}
	}
	return nil
}

func setAsideWithBatch(ctx context.Context, s tracking.Store) error {
	if err := refuse(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, 3)}); err != nil {
		return err
	}
	return wantSetAside(ctx, s, FileID(1), 0)
}

func setAsideCancelled(ctx context.Context, s tracking.Store) error {
	if err := save(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, 3)}); err != nil {
		return err
	}
	return wantEnded("SetAsides", s.SetAsides(cancelled(ctx), FileID(1), 0))
}

func setAsideAgain(ctx context.Context, s tracking.Store) error {
	if err := save(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, 3)}); err != nil {
		return err
	}
	return wantAgain("SetAsides", s.SetAsides(ctx, FileID(1), 0))
}
