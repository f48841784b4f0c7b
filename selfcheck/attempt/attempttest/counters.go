// Package attempttest proves stores of attempts at identity proofing. A store of your own is
// proven with one call:
//
//	func TestAttempts(t *testing.T) {
//		attempttest.TestCounters(t, func(t *testing.T) attempt.Counters { ... })
//	}
package attempttest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// TestCounters checks every promise of attempt.Counters. newCounters is called once per promise
// and gives an empty store.
func TestCounters(t *testing.T, newCounters func(t *testing.T) attempt.Counters) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedClauses(), ownClauses()), newCounters)
}

// sharedClauses are what every Update promises, as far as a Take is one: it adds one attempt.
func sharedClauses() []contract.Clause[attempt.Counters] {
	return contract.Without(contract.AtomicClausesWithoutEvents(asAtomic), "Update/EveryEntry")
}

func ownClauses() []contract.Clause[attempt.Counters] {
	return []contract.Clause[attempt.Counters]{
		{Name: "Open/Once", Promise: "a day that is on file keeps its key and its width, whatever it is opened with again, and only the first call opened it", Check: openOnce},
		{Name: "Open/Since", Promise: "the days from the given one on come back whole and in order, and no others", Check: openSince},
		{Name: "Open/AtOnce", Promise: "of many that open a day at once one has, and all get its key", Check: openAtOnce},
		{Name: "Open/Cancelled", Promise: "under a canceled context no day is opened, and the error is that of the context", Check: openCancelled},
		{Name: "Take/Cells", Promise: "each cell of each day counts for itself, and positions that share a cell share its count", Check: takeCells},
		{Name: "Take/OnDay", Promise: "an attempt is added on the given day alone, of however many positions", Check: takeOnDay},
		{Name: "Take/Refused", Promise: "nothing is added if decide says no", Check: takeRefused},
		{Name: "Take/Days", Promise: "positions that are not on just the days on file, from the first on, give ErrConflict and add nothing", Check: takeDays},
		{Name: "Take/Full", Promise: "a cell counts to 255 and stays there, whatever is added and given back", Check: takeFull},
		{Name: "Take/AtOnce", Promise: "of many Takes of a person at once, each with a limit of two, two are added", Check: takeAtOnce},
		{Name: "GiveBack/Once", Promise: "a ticket takes one from each of its cells, once", Check: giveBackOnce},
		{Name: "GiveBack/AtOnce", Promise: "a ticket that many give back at once is given back once", Check: giveBackAtOnce},
		{Name: "GiveBack/NotBelowZero", Promise: "a cell that holds nothing stays at nothing, and its ticket leaves the others", Check: giveBackNotBelowZero},
		{Name: "GiveBack/Gone", Promise: "a ticket of a day that is not on file, and the zero Ticket, change nothing", Check: giveBackGone},
		{Name: "GiveBack/Cancelled", Promise: "under a canceled context nothing is given back, and the error is that of the context", Check: giveBackCancelled},
		{Name: "Forget/Before", Promise: "the days before the given one are gone, with keys and counts, and others stay", Check: forgetBefore},
		{Name: "Forget/Batches", Promise: "with a limit all keys go at once, and the counts of a day that is opened again are gone after enough calls", Check: forgetBatches},
		{Name: "Forget/Tickets", Promise: "the tickets that were given back are forgotten with their day", Check: forgetTickets},
		{Name: "Forget/Cancelled", Promise: "under a canceled context nothing is forgotten, and the error is that of the context", Check: forgetCancelled},
	}
}

// FirstDay returns the day on which the made-up days of this kit begin.
func FirstDay() cris.Date { return cris.MustParseDate("2011-03-21") }

// NewDay returns the n-th day from FirstDay on, with a key of its own and 1024 counters in a row.
func NewDay(n int) attempt.Day {
	var key [attempt.KeySize]byte
	for i := range key {
		key[i] = byte(n + i) //nolint:gosec // any byte will do
	}
	return attempt.Day{Date: FirstDay().AddDays(n), Key: cris.NewPersonal(key), Width: 1024}
}

// NewPosition returns the position of the n-th made-up person on a day. Those of different n
// share no cell.
func NewPosition(day cris.Date, n int) (at attempt.Position) {
	at.Day = day
	for row := range at.Cells {
		at.Cells[row] = 1024*row + n
	}
	return at
}

// NewTicket returns a ticket at the position. Those of different n have different numbers.
func NewTicket(at attempt.Position, n int) attempt.Ticket {
	parts := attempt.TicketParts{At: at}
	parts.Number[0], parts.Number[15] = byte(n>>8), byte(n) //nolint:gosec // what does not fit does not matter
	return attempt.NewTicket(parts)
}

// asAtomic lets the shared clauses see the port: a scope is a person on the first day.
func asAtomic(s attempt.Counters) contract.Atomic {
	take := func(ctx context.Context, scope int, decide func(seen int) (bool, error)) error {
		if _, _, err := s.Open(ctx, NewDay(0), FirstDay()); err != nil {
			return err
		}
		return s.Take(ctx, FirstDay(), []attempt.Position{NewPosition(FirstDay(), scope)}, func(counts []attempt.Counts) (bool, error) {
			return decide(counts[0].Attempts())
		})
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return take(ctx, scope, func(seen int) (bool, error) {
				_, err := decide(seen)
				return err == nil, err
			})
		},
		Count: func(ctx context.Context, scope int) (count int, err error) {
			err = take(ctx, scope, func(seen int) (bool, error) {
				count = seen
				return false, nil
			})
			return count, err
		},
	}
}

// open opens the days of these numbers.
func open(ctx context.Context, s attempt.Counters, days ...int) error {
	for _, n := range days {
		if _, _, err := s.Open(ctx, NewDay(n), FirstDay()); err != nil {
			return fmt.Errorf("open day %d: %w", n, err)
		}
	}
	return nil
}

// add adds an attempt at the position, where its day is the last.
func add(ctx context.Context, s attempt.Counters, at attempt.Position) error {
	return s.Take(ctx, at.Day, []attempt.Position{at}, func([]attempt.Counts) (bool, error) { return true, nil })
}

// countsAt reads the counts of positions on all days on file.
func countsAt(ctx context.Context, s attempt.Counters, at ...attempt.Position) (counts []attempt.Counts, err error) {
	err = s.Take(ctx, at[0].Day, at, func(held []attempt.Counts) (bool, error) {
		counts = slices.Clone(held)
		return false, nil
	})
	return counts, err
}

func wantCounts(ctx context.Context, s attempt.Counters, at []attempt.Position, want ...attempt.Counts) error {
	got, err := countsAt(ctx, s, at...)
	if err != nil {
		return fmt.Errorf("read counts: %w", err)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the counts are %v, want %v", got, want)
	}
	return nil
}

// all are counts that are the same in every row.
func all(n uint8) attempt.Counts { return attempt.Counts{n, n, n, n} }

func on(day int, n int) []attempt.Position {
	return []attempt.Position{NewPosition(NewDay(day).Date, n)}
}

func openOnce(ctx context.Context, s attempt.Counters) error {
	first, other := NewDay(0), NewDay(5)
	other.Date, other.Width = first.Date, 4096
	for call, day := range []attempt.Day{first, other, first} {
		days, opened, err := s.Open(ctx, day, first.Date)
		if err != nil {
			return err
		}
		if opened != (call == 0) {
			return fmt.Errorf("call %d said opened: %t", call+1, opened)
		}
		if err := wantDays(days, first); err != nil {
			return fmt.Errorf("call %d: %w", call+1, err)
		}
	}
	return nil
}

// wantDays compares with keys, which an error does not show.
func wantDays(got []attempt.Day, want ...attempt.Day) error {
	if !slices.Equal(got, want) {
		return fmt.Errorf("the days are %v, want %v, with the same keys", got, want)
	}
	return nil
}

func openSince(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 3, 0, 4, 1); err != nil {
		return err
	}
	for since, want := range [][]attempt.Day{
		{NewDay(0), NewDay(1), NewDay(3), NewDay(4)},
		{NewDay(1), NewDay(3), NewDay(4)},
		{NewDay(3), NewDay(4)},
		{NewDay(3), NewDay(4)},
		{NewDay(4)},
		nil,
	} {
		days, _, err := s.Open(ctx, NewDay(4), FirstDay().AddDays(since))
		if err != nil {
			return err
		}
		if err := wantDays(days, want...); err != nil {
			return fmt.Errorf("since day %d: %w", since, err)
		}
	}
	return nil
}

// together runs step in many goroutines at once.
func together(step func(n int) error) error {
	var group sync.WaitGroup
	failed := make([]error, 16)
	for n := range failed {
		group.Go(func() { failed[n] = step(n) })
	}
	group.Wait()
	return errors.Join(failed...)
}

// untilDone repeats a step that gave up because of others.
func untilDone(step func() error) error {
	const tries = 1000
	var err error
	for range tries {
		if err = step(); !errors.Is(err, cris.ErrConflict) {
			return err
		}
	}
	return err
}

func openAtOnce(ctx context.Context, s attempt.Counters) error {
	var mu sync.Mutex
	began := 0
	seen := map[attempt.Day]bool{}
	err := together(func(n int) error {
		day := NewDay(n)
		day.Date = FirstDay()
		return untilDone(func() error {
			days, opened, err := s.Open(ctx, day, FirstDay())
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if opened {
				began++
			}
			for _, day := range days {
				seen[day] = true
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if began != 1 || len(seen) != 1 {
		return fmt.Errorf("%d have opened the day, with %d keys", began, len(seen))
	}
	return nil
}

func openCancelled(ctx context.Context, s attempt.Counters) error {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := s.Open(cancelled, NewDay(0), FirstDay()); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("want the error of the context, got %v", err) //nolint:errorlint // it may be nil
	}
	if _, opened, err := s.Open(ctx, NewDay(0), FirstDay()); err != nil || !opened {
		return errors.Join(errors.New("the day was on file"), err)
	}
	return nil
}

func takeCells(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0, 1); err != nil {
		return err
	}
	one := NewPosition(NewDay(1).Date, 1)
	sharing := NewPosition(one.Day, 2)
	sharing.Cells[0], sharing.Cells[3] = one.Cells[0], one.Cells[3]
	for _, at := range []attempt.Position{one, one, sharing} {
		if err := add(ctx, s, at); err != nil {
			return err
		}
	}
	before := NewPosition(FirstDay(), 1)
	return errors.Join(
		wantCounts(ctx, s, []attempt.Position{before, one}, attempt.Counts{}, attempt.Counts{3, 2, 2, 3}),
		wantCounts(ctx, s, []attempt.Position{NewPosition(FirstDay(), 2), sharing}, attempt.Counts{}, attempt.Counts{3, 1, 1, 3}),
		wantCounts(ctx, s, []attempt.Position{before, NewPosition(one.Day, 3)}, attempt.Counts{}, attempt.Counts{}),
	)
}

func takeOnDay(ctx context.Context, s attempt.Counters) error {
	const days = 300
	var at []attempt.Position
	want := make([]attempt.Counts, days)
	for n := range days {
		if err := open(ctx, s, n); err != nil {
			return err
		}
		at = append(at, NewPosition(NewDay(n).Date, n))
	}
	for _, n := range []int{0, 7, 7, days - 1} {
		if err := s.Take(ctx, at[n].Day, at, func([]attempt.Counts) (bool, error) { return true, nil }); err != nil {
			return err
		}
		want[n] = all(want[n][0] + 1)
	}
	return wantCounts(ctx, s, at, want...)
}

func takeRefused(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	if _, err := countsAt(ctx, s, on(0, 1)...); err != nil {
		return err
	}
	return wantCounts(ctx, s, on(0, 1), attempt.Counts{})
}

func takeDays(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0, 1, 3); err != nil {
		return err
	}
	at := func(days ...int) (at []attempt.Position) {
		for _, n := range days {
			at = append(at, NewPosition(NewDay(n).Date, 1))
		}
		return at
	}
	for _, days := range [][]int{nil, {0}, {0, 1}, {1}, {0, 3}, {0, 1, 2, 3}, {0, 1, 3, 4}, {2, 3}, {4}} {
		day := NewDay(1).Date
		err := s.Take(ctx, day, at(days...), func([]attempt.Counts) (bool, error) { return true, nil })
		if !errors.Is(err, cris.ErrConflict) {
			return errors.Join(fmt.Errorf("positions on the days %v, where 0, 1 and 3 are on file, did not give ErrConflict", days), err)
		}
	}
	return errors.Join(
		wantCounts(ctx, s, at(0, 1, 3), attempt.Counts{}, attempt.Counts{}, attempt.Counts{}),
		wantCounts(ctx, s, at(1, 3), attempt.Counts{}, attempt.Counts{}),
		wantCounts(ctx, s, at(3), attempt.Counts{}),
	)
}

func takeFull(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	for range math.MaxUint8 + 2 {
		if err := add(ctx, s, on(0, 1)[0]); err != nil {
			return err
		}
	}
	if err := wantCounts(ctx, s, on(0, 1), all(math.MaxUint8)); err != nil {
		return err
	}
	if err := s.GiveBack(ctx, NewTicket(on(0, 1)[0], 1)); err != nil {
		return err
	}
	return wantCounts(ctx, s, on(0, 1), all(math.MaxUint8))
}

func takeAtOnce(ctx context.Context, s attempt.Counters) error {
	const most = 2
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	var mu sync.Mutex
	taken := 0
	err := together(func(int) error {
		return untilDone(func() error {
			took := false
			err := s.Take(ctx, FirstDay(), on(0, 1), func(counts []attempt.Counts) (bool, error) {
				took = counts[0].Attempts() < most
				return took, nil
			})
			mu.Lock()
			defer mu.Unlock()
			if err == nil && took {
				taken++
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	if taken != most {
		return fmt.Errorf("%d were told that theirs was added, want %d", taken, most)
	}
	return wantCounts(ctx, s, on(0, 1), all(most))
}

func giveBackOnce(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	at := on(0, 1)[0]
	for range 4 {
		if err := add(ctx, s, at); err != nil {
			return err
		}
	}
	for _, give := range []struct {
		ticket int
		want   uint8
	}{{1, 3}, {1, 3}, {257, 2}, {1, 2}, {257, 2}} {
		if err := s.GiveBack(ctx, NewTicket(at, give.ticket)); err != nil {
			return err
		}
		if err := wantCounts(ctx, s, on(0, 1), all(give.want)); err != nil {
			return fmt.Errorf("after ticket %d: %w", give.ticket, err)
		}
	}
	return nil
}

func giveBackAtOnce(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	for range 20 {
		if err := add(ctx, s, on(0, 1)[0]); err != nil {
			return err
		}
	}
	err := together(func(int) error {
		return untilDone(func() error { return s.GiveBack(ctx, NewTicket(on(0, 1)[0], 1)) })
	})
	if err != nil {
		return err
	}
	return wantCounts(ctx, s, on(0, 1), all(19))
}

func giveBackNotBelowZero(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	one, sharing := on(0, 1)[0], on(0, 2)[0]
	sharing.Cells[0] = one.Cells[0]
	if err := add(ctx, s, one); err != nil {
		return err
	}
	if err := s.GiveBack(ctx, NewTicket(sharing, 1)); err != nil {
		return err
	}
	if err := wantCounts(ctx, s, []attempt.Position{one}, attempt.Counts{0, 1, 1, 1}); err != nil {
		return err
	}
	if err := add(ctx, s, sharing); err != nil {
		return err
	}
	return errors.Join(
		wantCounts(ctx, s, []attempt.Position{sharing}, all(1)),
		wantCounts(ctx, s, []attempt.Position{one}, all(1)),
	)
}

func giveBackGone(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	if err := add(ctx, s, on(0, 1)[0]); err != nil {
		return err
	}
	for _, ticket := range []attempt.Ticket{NewTicket(on(1, 1)[0], 1), {}} {
		if err := s.GiveBack(ctx, ticket); err != nil {
			return err
		}
	}
	if err := wantCounts(ctx, s, on(0, 1), all(1)); err != nil {
		return err
	}
	// The day begins after its ticket came: the ticket was never given back.
	if err := open(ctx, s, 1); err != nil {
		return err
	}
	at := append(on(0, 1), on(1, 1)...)
	if err := wantCounts(ctx, s, at, all(1), attempt.Counts{}); err != nil {
		return err
	}
	for range 2 {
		if err := add(ctx, s, at[1]); err != nil {
			return err
		}
	}
	if err := s.GiveBack(ctx, NewTicket(at[1], 1)); err != nil {
		return err
	}
	return wantCounts(ctx, s, at, all(1), all(1))
}

func giveBackCancelled(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	if err := add(ctx, s, on(0, 1)[0]); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for _, ticket := range []attempt.Ticket{NewTicket(on(0, 1)[0], 1), {}} {
		if err := s.GiveBack(cancelled, ticket); !errors.Is(err, context.Canceled) {
			return fmt.Errorf("want the error of the context, got %v", err) //nolint:errorlint // it may be nil
		}
	}
	return wantCounts(ctx, s, on(0, 1), all(1))
}

func forgetBefore(ctx context.Context, s attempt.Counters) error {
	for n := range 4 {
		if err := open(ctx, s, n); err != nil {
			return err
		}
		if err := add(ctx, s, on(n, 1)[0]); err != nil {
			return err
		}
	}
	removed, err := s.Forget(ctx, NewDay(2).Date, 0)
	if err != nil {
		return err
	}
	if removed != 2*attempt.Rows {
		return fmt.Errorf("%d were removed, want the %d cells of two days", removed, 2*attempt.Rows)
	}
	days, opened, err := s.Open(ctx, NewDay(3), FirstDay())
	if err != nil {
		return err
	}
	if opened {
		return errors.New("a later day was gone")
	}
	if err := wantDays(days, NewDay(2), NewDay(3)); err != nil {
		return err
	}
	if err := wantCounts(ctx, s, append(on(2, 1), on(3, 1)...), all(1), all(1)); err != nil {
		return err
	}
	again := NewDay(9)
	again.Date = NewDay(1).Date
	days, opened, err = s.Open(ctx, again, FirstDay())
	if err != nil {
		return err
	}
	if !opened {
		return errors.New("a day that was forgotten was on file")
	}
	if err := wantDays(days, again, NewDay(2), NewDay(3)); err != nil {
		return err
	}
	return wantCounts(ctx, s, slices.Concat(on(1, 1), on(2, 1), on(3, 1)), attempt.Counts{}, all(1), all(1))
}

func forgetBatches(ctx context.Context, s attempt.Counters) error {
	const persons, limit = 50, 7
	if err := open(ctx, s, 0, 1); err != nil {
		return err
	}
	for n := range persons {
		for day := range 2 {
			if err := s.Take(ctx, NewDay(day).Date, append(on(0, n), on(1, n)...), func([]attempt.Counts) (bool, error) { return true, nil }); err != nil {
				return err
			}
		}
	}
	total := 0
	for call := 0; ; call++ {
		removed, err := s.Forget(ctx, NewDay(2).Date, limit)
		if err != nil {
			return err
		}
		if call == 0 {
			days, _, err := s.Open(ctx, NewDay(2), FirstDay())
			if err != nil {
				return err
			}
			if err := wantDays(days, NewDay(2)); err != nil {
				return fmt.Errorf("after the first call: %w", err)
			}
		}
		total += removed
		if removed == 0 {
			break
		}
		if call > 2*persons*attempt.Rows {
			return errors.New("there is no end to what is removed")
		}
	}
	if want := 2 * persons * attempt.Rows; total != want {
		return fmt.Errorf("%d were removed, want %d", total, want)
	}
	if err := open(ctx, s, 0, 1); err != nil {
		return err
	}
	for n := range persons {
		at := slices.Concat(on(0, n), on(1, n), on(2, n))
		if err := wantCounts(ctx, s, at, attempt.Counts{}, attempt.Counts{}, attempt.Counts{}); err != nil {
			return err
		}
	}
	return nil
}

func forgetTickets(ctx context.Context, s attempt.Counters) error {
	for range 2 { // the second time, the ticket is new to the store
		if err := open(ctx, s, 0); err != nil {
			return err
		}
		for range 2 {
			if err := add(ctx, s, on(0, 1)[0]); err != nil {
				return err
			}
		}
		if err := s.GiveBack(ctx, NewTicket(on(0, 1)[0], 1)); err != nil {
			return err
		}
		if err := wantCounts(ctx, s, on(0, 1), all(1)); err != nil {
			return err
		}
		removed, err := s.Forget(ctx, NewDay(1).Date, 0)
		if err != nil {
			return err
		}
		if removed != attempt.Rows+1 {
			return fmt.Errorf("%d were removed, want the %d cells and the ticket", removed, attempt.Rows)
		}
	}
	return nil
}

func forgetCancelled(ctx context.Context, s attempt.Counters) error {
	if err := open(ctx, s, 0); err != nil {
		return err
	}
	if err := add(ctx, s, on(0, 1)[0]); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Forget(cancelled, NewDay(1).Date, 0); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("want the error of the context, got %v", err) //nolint:errorlint // it may be nil
	}
	return wantCounts(ctx, s, on(0, 1), all(1))
}
