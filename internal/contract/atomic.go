package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// Atomic is a store with an atomic Update port, seen through the little that its
// clauses need: a scope that holds a growing number of entries.
type Atomic struct {
	// Append runs one Update of the given scope. Inside, decide is told how many
	// entries the scope holds; if it returns nil, one more entry and one event are
	// saved, and otherwise nothing is. Scopes are numbered from 0.
	Append func(ctx context.Context, scope int, decide func(seen int) error) error
	// Count reads how many entries the scope holds.
	Count func(ctx context.Context, scope int) (int, error)
	// Outbox is where the events go; nil if the port has none.
	Outbox cris.Outbox
}

// AtomicClauses are the promises of every Update port (docs/porting.md). They see
// a store S through view.
func AtomicClauses[S any](view func(S) Atomic) []Clause[S] {
	clause := func(name, promise string, check func(context.Context, Atomic) error) Clause[S] {
		return Clause[S]{name, promise, func(ctx context.Context, store S) error { return check(ctx, view(store)) }}
	}
	return []Clause[S]{
		clause("Update/Saves", "what decide returned is saved, and the next Update of the scope sees it", saves),
		clause("Update/ScopesApart", "an Update sees and changes its own scope and no other", scopesApart),
		clause("Update/RefusalSavesNothing", "if decide fails, its error comes back, nothing is saved and the scope stays usable", refusalSavesNothing),
		clause("Update/PanicSavesNothing", "if decide panics, nothing is saved and the scope stays usable", panicSavesNothing),
		clause("Update/CancelledSavesNothing", "a cancelled context saves nothing and the scope stays usable", cancelledSavesNothing),
		clause("Update/OneAfterAnother", "Updates of one scope behave as if run one after another, also while it is empty", oneAfterAnother),
		clause("Update/NothingLost", "many concurrent Updates of one scope: each saw another number of entries, and all were saved", nothingLost),
		clause("Update/EventsWithState", "events are saved with the state they tell of, in its order, or not at all", eventsWithState),
		clause("Outbox/MarkDelivered", "a marked event never comes back, marking is idempotent, and others stay", markDelivered),
	}
}

func accept(int) error { return nil }

func wantCount(ctx context.Context, a Atomic, scope, want int) error {
	got, err := a.Count(ctx, scope)
	if err != nil {
		return fmt.Errorf("count scope %d: %w", scope, err)
	}
	if got != want {
		return fmt.Errorf("scope %d holds %d entries, want %d", scope, got, want)
	}
	return nil
}

func wantEvents(ctx context.Context, a Atomic, want int) error {
	if a.Outbox == nil {
		return nil
	}
	events, err := a.Outbox.Pending(ctx, want+10)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	if len(events) != want {
		return fmt.Errorf("the outbox holds %d events, want %d", len(events), want)
	}
	return nil
}

// wantUnharmed checks that scope 0 and the outbox still hold want entries and
// events, and that one more Update finds the scope open and adds to them.
func wantUnharmed(ctx context.Context, a Atomic, want int) error {
	return finishes(ctx, 5*time.Second, func(ctx context.Context) error {
		if err := errors.Join(wantCount(ctx, a, 0, want), wantEvents(ctx, a, want)); err != nil {
			return err
		}
		if err := a.Append(ctx, 0, accept); err != nil {
			return fmt.Errorf("the next Update: %w", err)
		}
		return errors.Join(wantCount(ctx, a, 0, want+1), wantEvents(ctx, a, want+1))
	})
}

func saves(ctx context.Context, a Atomic) error {
	for want := range 3 {
		saw := -1
		if err := a.Append(ctx, 0, func(seen int) error { saw = seen; return nil }); err != nil {
			return err
		}
		if saw != want {
			return fmt.Errorf("call %d of Update saw %d entries, want %d", want+1, saw, want)
		}
	}
	return wantCount(ctx, a, 0, 3)
}

func scopesApart(ctx context.Context, a Atomic) error {
	if err := a.Append(ctx, 0, accept); err != nil {
		return err
	}
	saw := -1
	if err := a.Append(ctx, 1, func(seen int) error { saw = seen; return nil }); err != nil {
		return err
	}
	if saw != 0 {
		return fmt.Errorf("the Update of an empty scope saw %d entries of another", saw)
	}
	return errors.Join(wantCount(ctx, a, 0, 1), wantCount(ctx, a, 1, 1))
}

var errRefused = errors.New("refused by the test")

func refusalSavesNothing(ctx context.Context, a Atomic) error {
	for held := range 2 { // on the empty scope, and on one that holds an entry
		if err := a.Append(ctx, 0, func(int) error { return errRefused }); !errors.Is(err, errRefused) {
			return fmt.Errorf("the error of decide did not come back but: %w", orNil(err))
		}
		if err := wantUnharmed(ctx, a, held); err != nil {
			return err
		}
	}
	return nil
}

// orNil makes a missing error fit for %w.
func orNil(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}

func panicSavesNothing(ctx context.Context, a Atomic) error {
	for held := range 2 {
		panicked := func() (value any) {
			defer func() { value = recover() }()
			_ = a.Append(ctx, 0, func(int) error { panic("panic of the test") })
			return nil
		}()
		if panicked == nil {
			return errors.New("the panic of decide was swallowed")
		}
		if err := wantUnharmed(ctx, a, held); err != nil {
			return err
		}
	}
	return nil
}

func cancelledSavesNothing(ctx context.Context, a Atomic) error {
	before, cancel := context.WithCancel(ctx)
	cancel()
	if err := a.Append(before, 0, accept); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a context cancelled before Update gave: %w", orNil(err))
	}
	if err := wantUnharmed(ctx, a, 0); err != nil {
		return err
	}
	during, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := a.Append(during, 0, func(int) error { cancel(); return nil }); err == nil {
		return errors.New("a context cancelled inside decide gave no error")
	}
	return wantUnharmed(ctx, a, 1)
}

// oneAfterAnother lets two Updates meet inside decide, first on an empty scope and
// then on one that holds an entry. Both act only on what they find there, so one
// must lose.
func oneAfterAnother(ctx context.Context, a Atomic) error {
	for held := range 2 {
		if err := meetInside(ctx, a, held); err != nil {
			return err
		}
		if err := wantCount(ctx, a, 0, held+1); err != nil {
			return err
		}
	}
	return nil
}

// meetInside runs two Updates that wait for each other inside decide. A store that
// locks keeps the second one out, and the first goes on after a moment; a store
// that does not lets both act on the same state.
func meetInside(ctx context.Context, a Atomic, held int) error {
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
			err := a.Append(ctx, 0, func(seen int) error {
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

func nothingLost(ctx context.Context, a Atomic) error {
	const updates, attempts = 16, 1000
	saw := make([]int, updates)
	failed := make([]error, updates)
	var wg sync.WaitGroup
	for i := range updates {
		wg.Go(func() {
			for range attempts {
				failed[i] = a.Append(ctx, 0, func(seen int) error { saw[i] = seen; return nil })
				if !errors.Is(failed[i], cris.ErrConflict) {
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	slices.Sort(saw)
	for want, got := range saw {
		if got != want {
			return fmt.Errorf("the Updates saw %v entries, want each of 0 to %d once", saw, updates-1)
		}
	}
	return errors.Join(wantCount(ctx, a, 0, updates), wantEvents(ctx, a, updates))
}

func eventsWithState(ctx context.Context, a Atomic) error {
	if a.Outbox == nil {
		return nil
	}
	var before []string
	for n := range 3 {
		if err := a.Append(ctx, 0, accept); err != nil {
			return err
		}
		events, err := a.Outbox.Pending(ctx, 10)
		if err != nil {
			return err
		}
		now := eventIDs(events)
		if len(now) != n+1 || !slices.Equal(now[:n], before) {
			return fmt.Errorf("after %d changes the outbox holds %v, and before the last %v", n+1, now, before)
		}
		if last := events[n]; last.ID == "" || last.Type == "" || last.Source == "" || last.Time.IsZero() {
			return fmt.Errorf("the event came back incomplete: %+v", last)
		}
		if slices.Contains(before, now[n]) {
			return fmt.Errorf("two events have the ID %s", now[n])
		}
		before = now
	}
	events, err := a.Outbox.Pending(ctx, 2)
	if err != nil {
		return err
	}
	if first := eventIDs(events); !slices.Equal(first, before[:2]) {
		return fmt.Errorf("with limit 2, Pending of %v returned %v", before, first)
	}
	return nil
}

func eventIDs(events []cris.Event) []string {
	ids := make([]string, len(events))
	for i, event := range events {
		ids[i] = event.ID
	}
	return ids
}

func markDelivered(ctx context.Context, a Atomic) error {
	if a.Outbox == nil {
		return nil
	}
	for range 3 {
		if err := a.Append(ctx, 0, accept); err != nil {
			return err
		}
	}
	events, err := a.Outbox.Pending(ctx, 10)
	if err != nil {
		return err
	}
	saved := eventIDs(events)
	if len(saved) != 3 {
		return fmt.Errorf("the outbox holds %d events, want 3", len(saved))
	}
	for range 2 {
		if err := a.Outbox.MarkDelivered(ctx, saved[0], "unknown"); err != nil {
			return fmt.Errorf("mark: %w", err)
		}
		if events, err = a.Outbox.Pending(ctx, 10); err != nil {
			return err
		}
		if left := eventIDs(events); !slices.Equal(left, saved[1:]) {
			return fmt.Errorf("of the events %v the first was marked, and %v are pending", saved, left)
		}
	}
	// The next change does not bring a marked event back.
	if err := a.Append(ctx, 0, accept); err != nil {
		return err
	}
	if events, err = a.Outbox.Pending(ctx, 10); err != nil {
		return err
	}
	if left := eventIDs(events); len(left) != 3 || !slices.Equal(left[:2], saved[1:]) {
		return fmt.Errorf("after marking the first of %v and one more change, %v are pending", saved, left)
	}
	return nil
}
