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

func accept(int) error { return nil }

// AtomicClauses are the promises of every Update port (docs/porting.md). They see
// a store S through view.
func AtomicClauses[S any](view func(S) Atomic) []Clause[S] {
	clause := func(name, promise string, check func(context.Context, Atomic) error) Clause[S] {
		return Clause[S]{name, promise, func(ctx context.Context, store S) error { return check(ctx, view(store)) }}
	}
	return []Clause[S]{
		clause("Update/Saves", "what decide returned is saved, and the next Update of the scope sees it", saves),
		clause("Update/ScopesApart", "an Update sees and changes its own scope and no other", scopesApart),
		clause("Update/RefusalSavesNothing", "if decide fails, its error comes back and nothing is saved", refusalSavesNothing),
		clause("Update/PanicSavesNothing", "if decide panics, nothing is saved and the scope stays usable", panicSavesNothing),
		clause("Update/CancelledSavesNothing", "a cancelled context saves nothing", cancelledSavesNothing),
		clause("Update/OneAfterAnother", "Updates of one scope behave as if run one after another, also while it is empty", oneAfterAnother),
		clause("Update/NothingLost", "many concurrent Updates of one scope: each saw another number of entries, and all were saved", nothingLost),
		clause("Update/EventsWithState", "events are saved with the state they tell of, or not at all", eventsWithState),
		clause("Outbox/MarkDelivered", "a marked event never comes back, marking is idempotent, and others stay", markDelivered),
	}
}

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

func saves(ctx context.Context, a Atomic) error {
	for want := range 3 {
		saw := -1
		if err := a.Append(ctx, 0, func(seen int) error { saw = seen; return nil }); err != nil {
			return err
		}
		if saw != want {
			return fmt.Errorf("Update number %d saw %d entries, want %d", want+1, saw, want)
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
	if err := a.Append(ctx, 0, func(int) error { return errRefused }); !errors.Is(err, errRefused) {
		return fmt.Errorf("Update returned %v, want the error of decide", err)
	}
	return errors.Join(wantCount(ctx, a, 0, 0), wantEvents(ctx, a, 0))
}

func panicSavesNothing(ctx context.Context, a Atomic) error {
	panicked := func() (value any) {
		defer func() { value = recover() }()
		_ = a.Append(ctx, 0, func(int) error { panic("panic of the test") })
		return nil
	}()
	if panicked == nil {
		return errors.New("the panic of decide was swallowed")
	}
	if err := wantCount(ctx, a, 0, 0); err != nil {
		return err
	}
	usable, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := a.Append(usable, 0, accept); err != nil {
		return fmt.Errorf("Update after a panic: %w", err)
	}
	return nil
}

func cancelledSavesNothing(ctx context.Context, a Atomic) error {
	before, cancel := context.WithCancel(ctx)
	cancel()
	if err := a.Append(before, 0, accept); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Update under a cancelled context returned %v", err)
	}
	during, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := a.Append(during, 0, func(int) error { cancel(); return nil }); err == nil {
		return errors.New("Update whose context was cancelled inside decide returned nil")
	}
	return errors.Join(wantCount(ctx, a, 0, 0), wantEvents(ctx, a, 0))
}

// oneAfterAnother lets two Updates wait for each other inside decide. A store that
// locks keeps the second one out, and the first goes on after a moment; a store
// that does not lets both in on the same empty scope.
func oneAfterAnother(ctx context.Context, a Atomic) error {
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
				if seen > 0 {
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
		return errors.New("two Updates both acted on the empty scope")
	}
	if !won[0] && !won[1] {
		return errors.New("neither of two Updates was saved")
	}
	return wantCount(ctx, a, 0, 1)
}

func nothingLost(ctx context.Context, a Atomic) error {
	const updates = 16
	saw := make([]int, updates)
	failed := make([]error, updates)
	var wg sync.WaitGroup
	for i := range updates {
		wg.Go(func() {
			for {
				failed[i] = a.Append(ctx, 0, func(seen int) error { saw[i] = seen; return nil })
				if !errors.Is(failed[i], cris.ErrConflict) {
					return
				}
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
	return wantCount(ctx, a, 0, updates)
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

func eventsWithState(ctx context.Context, a Atomic) error {
	if a.Outbox == nil {
		return nil
	}
	for n := range 3 {
		if err := a.Append(ctx, 0, accept); err != nil {
			return err
		}
		if err := wantEvents(ctx, a, n+1); err != nil {
			return err
		}
	}
	events, err := a.Outbox.Pending(ctx, 2)
	if err != nil {
		return err
	}
	if len(events) != 2 {
		return fmt.Errorf("Pending with limit 2 returned %d events", len(events))
	}
	for _, event := range events {
		if event.ID == "" || event.Type == "" || event.Source == "" || event.Time.IsZero() {
			return fmt.Errorf("the event came back incomplete: %+v", event)
		}
	}
	return nil
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
	first, err := a.Outbox.Pending(ctx, 10)
	if err != nil {
		return err
	}
	if len(first) != 3 {
		return fmt.Errorf("the outbox holds %d events, want 3", len(first))
	}
	for range 2 {
		if err := a.Outbox.MarkDelivered(ctx, first[0].ID, "unknown"); err != nil {
			return fmt.Errorf("mark: %w", err)
		}
	}
	left, err := a.Outbox.Pending(ctx, 10)
	if err != nil {
		return err
	}
	if len(left) != 2 || left[0].ID != first[1].ID || left[1].ID != first[2].ID {
		return fmt.Errorf("after marking the first of 3 events, %d are pending or they changed order", len(left))
	}
	return nil
}
