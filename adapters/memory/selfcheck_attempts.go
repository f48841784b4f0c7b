package memory

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// Attempts is the port to the counters of attempts at identity proofing: an attempt.Counters.
type Attempts struct{ db *DB }

// Attempts returns the port to the counters of attempts at identity proofing.
func (db *DB) Attempts() *Attempts { return &Attempts{db} }

// attempts is what the port holds.
type attempts struct {
	days     map[cris.Date]attempt.Day
	sketches map[cris.Date]*attempt.Sketch
	returned map[cris.Date]map[[16]byte]bool // the numbers of the tickets that were given back
}

// Open implements attempt.Counters. Its error is that of ctx.
func (s *Attempts) Open(ctx context.Context, day attempt.Day, since cris.Date) (days []attempt.Day, opened bool, err error) {
	err = s.db.locked(ctx, func() error {
		held := &s.db.attempts
		if held.days == nil {
			held.days = map[cris.Date]attempt.Day{}
			held.sketches = map[cris.Date]*attempt.Sketch{}
			held.returned = map[cris.Date]map[[16]byte]bool{}
		}
		if _, known := held.days[day.Date]; !known {
			held.days[day.Date] = day
			held.sketches[day.Date] = &attempt.Sketch{}
			held.returned[day.Date] = map[[16]byte]bool{}
			opened = true
		}
		days = held.since(since)
		return nil
	})
	return days, opened, err
}

// since returns the days from the given one on, in order.
func (h *attempts) since(first cris.Date) (days []attempt.Day) {
	for _, day := range h.days {
		if !day.Date.Before(first) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, func(a, b attempt.Day) int { return a.Date.Compare(b.Date) })
	return days
}

// Take implements attempt.Counters. It returns the error of decide as it is, one that matches
// cris.ErrConflict if the positions are not on the days on file, or that of ctx.
func (s *Attempts) Take(ctx context.Context, day cris.Date, at []attempt.Position, decide func(counts []attempt.Counts) (bool, error)) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.attempts
		var onFile []attempt.Day
		if len(at) > 0 {
			onFile = held.since(at[0].Day)
		}
		isSame := func(day attempt.Day, at attempt.Position) bool { return day.Date == at.Day }
		if len(at) == 0 || !slices.EqualFunc(onFile, at, isSame) {
			return fmt.Errorf("memory: the days of attempts have changed: %w", cris.ErrConflict)
		}
		counts := make([]attempt.Counts, len(at))
		for i, at := range at {
			counts[i] = held.sketches[at.Day].At(at)
		}
		take, err := decide(counts)
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, at := range at {
			if take && at.Day == day {
				held.sketches[day].Add(at)
			}
		}
		return nil
	})
}

// GiveBack implements attempt.Counters. Its error is that of ctx.
func (s *Attempts) GiveBack(ctx context.Context, ticket attempt.Ticket) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.attempts
		parts := ticket.Reveal()
		if _, known := held.days[parts.At.Day]; !known || held.returned[parts.At.Day][parts.Number] {
			return nil
		}
		held.returned[parts.At.Day][parts.Number] = true
		held.sketches[parts.At.Day].Remove(parts.At)
		return nil
	})
}

// Forget implements attempt.Counters. Whole days go here, whatever the limit is. Its error is
// that of ctx.
func (s *Attempts) Forget(ctx context.Context, before cris.Date, _ int) (removed int, err error) {
	err = s.db.locked(ctx, func() error {
		held := &s.db.attempts
		isBefore := func(day cris.Date) bool { return day.Before(before) }
		for day, sketch := range held.sketches {
			if isBefore(day) {
				removed += sketch.Len() + len(held.returned[day])
			}
		}
		maps.DeleteFunc(held.days, func(day cris.Date, _ attempt.Day) bool { return isBefore(day) })
		maps.DeleteFunc(held.sketches, func(day cris.Date, _ *attempt.Sketch) bool { return isBefore(day) })
		maps.DeleteFunc(held.returned, func(day cris.Date, _ map[[16]byte]bool) bool { return isBefore(day) })
		return nil
	})
	return removed, err
}
