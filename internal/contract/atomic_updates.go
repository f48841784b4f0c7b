package contract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

func saves(ctx context.Context, s *subject) error {
	for want := range 3 {
		saw := -1
		if err := s.add(ctx, 0, func(seen int) error { saw = seen; return nil }); err != nil {
			return err
		}
		if saw != want {
			return fmt.Errorf("call %d of Update saw %d entries, want %d", want+1, saw, want)
		}
	}
	return s.wantCount(ctx, 0, 3)
}

func scopesApart(ctx context.Context, s *subject) error {
	if err := s.add(ctx, 0, accept); err != nil {
		return err
	}
	saw := -1
	if err := s.add(ctx, 1, func(seen int) error { saw = seen; return nil }); err != nil {
		return err
	}
	if saw != 0 {
		return fmt.Errorf("the Update of an empty scope saw %d entries of another", saw)
	}
	return errors.Join(s.wantCount(ctx, 0, 1), s.wantCount(ctx, 1, 1))
}

var errRefused = errors.New("refused by the test")

func refusalSavesNothing(ctx context.Context, s *subject) error {
	for held := range 2 { // on the empty scope, and on one that holds an entry
		if err := s.add(ctx, 0, func(int) error { return errRefused }); !errors.Is(err, errRefused) {
			return fmt.Errorf("the error of decide did not come back but: %w", orNil(err))
		}
		if err := s.wantUnharmed(ctx, held); err != nil {
			return err
		}
	}
	return nil
}

// OrNil makes a missing error fit for %w.
func OrNil(err error) error { return orNil(err) }

func orNil(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}

func panicSavesNothing(ctx context.Context, s *subject) error {
	for held := range 2 {
		panicked := func() (value any) {
			defer func() { value = recover() }()
			_ = s.add(ctx, 0, func(int) error { panic("panic of the test") })
			return nil
		}()
		if panicked == nil {
			return errors.New("the panic of decide was swallowed")
		}
		if err := s.wantUnharmed(ctx, held); err != nil {
			return err
		}
	}
	return nil
}

func cancelledSavesNothing(ctx context.Context, s *subject) error {
	before, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.add(before, 0, accept); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a context canceled before Update gave: %w", orNil(err))
	}
	if err := s.wantUnharmed(ctx, 0); err != nil {
		return err
	}
	during, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := s.add(during, 0, func(int) error { cancel(); return nil }); err == nil {
		return errors.New("a context canceled inside decide gave no error")
	}
	return s.wantUnharmed(ctx, 1)
}

// oneAfterAnother lets two Updates meet inside decide, first on an empty scope and
// then on one that holds an entry. Both act only on what they find there, so one
// must lose.
func oneAfterAnother(ctx context.Context, s *subject) error {
	for held := range 2 {
		if err := meetInside(ctx, s, held); err != nil {
			return err
		}
		if err := s.wantCount(ctx, 0, held+1); err != nil {
			return err
		}
	}
	return nil
}

// meetInside runs two Updates that wait for each other inside decide. A store that
// locks keeps the second one out, and the first goes on after a moment; a store
// that does not lets both act on the same state.
func meetInside(ctx context.Context, s *subject, held int) error {
	const moment = 150 * time.Millisecond
	bothInside := make(chan struct{})
	var mu sync.Mutex
	inside := 0
	meet := func() {
		mu.Lock()
		if inside++; inside == 2 {
			close(bothInside)
		}
		mu.Unlock()
		select {
		case <-bothInside:
		case <-time.After(moment):
		}
	}
	var wg sync.WaitGroup
	won := make([]bool, 2)
	failed := make([]error, 2)
	for i := range 2 {
		wg.Go(func() {
			_, err := s.propose(ctx, 0, func(seen int) error {
				meet()
				if seen > held {
					return errRefused
				}
				return nil
			})
			won[i] = err == nil
			if err != nil && !errors.Is(err, errRefused) && !errors.Is(err, cris.ErrConflict) {
				failed[i] = err
			}
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	if won[0] && won[1] {
		return fmt.Errorf("two Updates both acted on the same %d entries", held)
	}
	if !won[0] && !won[1] {
		return errors.New("neither of two Updates was saved")
	}
	return nil
}

func nothingLost(ctx context.Context, s *subject) error {
	const updates, attempts = 16, 1000
	type update struct {
		saw    int
		events []cris.Event
		err    error
	}
	all := make([]update, updates)
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			for range attempts {
				all[i].events, all[i].err = s.propose(ctx, 0, func(seen int) error { all[i].saw = seen; return nil })
				if !errors.Is(all[i].err, cris.ErrConflict) {
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	wg.Wait()
	slices.SortFunc(all, func(a, b update) int { return cmp.Compare(a.saw, b.saw) })
	for want, u := range all {
		if u.err != nil {
			return u.err
		}
		if u.saw != want {
			return fmt.Errorf("of %d Updates none saw %d entries", updates, want)
		}
		s.pending = append(s.pending, u.events...)
	}
	return errors.Join(s.wantCount(ctx, 0, updates), s.wantEvents(ctx))
}

func readCancelled(ctx context.Context, s *subject) error {
	if err := s.add(ctx, 0, accept); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Count(cancelled, 0); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a read gave: %w", orNil(err))
	}
	return s.wantCount(ctx, 0, 1)
}

func everyEntry(ctx context.Context, s *subject) error {
	if s.AppendAll == nil {
		return nil
	}
	for scope, entries := range []int{2, 1000} {
		if err := s.AppendAll(ctx, scope, entries); err != nil {
			return fmt.Errorf("a change of %d entries: %w", entries, err)
		}
		if err := s.wantCount(ctx, scope, entries); err != nil {
			return err
		}
	}
	return nil
}
