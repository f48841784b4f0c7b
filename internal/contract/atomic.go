package contract

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/seed28e20331/cris"
)

// Atomic is a store with an atomic Update port, seen through the little that its
// clauses need: a scope that holds a growing number of entries.
type Atomic struct {
	// Append runs one Update of the given scope. Inside, decide is told how many
	// entries the scope holds; if it returns no error, one more entry is saved together
	// with the events that it returned, and otherwise nothing is. Scopes are numbered
	// from 0.
	Append func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error
	// Count reads how many entries the scope holds.
	Count func(ctx context.Context, scope int) (int, error)
	// AppendAll runs one Update of the scope that saves so many entries and no event. A port
	// of which a change holds one entry has none.
	AppendAll func(ctx context.Context, scope, entries int) error
	// Outbox is where the events go. A port without events has none, and its kit takes
	// AtomicClausesWithoutEvents.
	Outbox cris.Outbox
}

// AtomicClauses are the promises of every Update port and of the outbox that its
// events go to (docs/porting.md). They see a store S through view.
func AtomicClauses[S any](view func(S) Atomic) []Clause[S] {
	look := func(store S) *subject { return &subject{Atomic: view(store)} }
	return slices.Concat(stateClauses(look), eventClauses(look), relayClauses(look))
}

// AtomicClausesWithoutEvents are the promises of an Update port that has no events.
func AtomicClausesWithoutEvents[S any](view func(S) Atomic) []Clause[S] {
	return stateClauses(func(store S) *subject { return &subject{Atomic: view(store), eventless: true} })
}

func stateClauses[S any](look func(S) *subject) []Clause[S] {
	return []Clause[S]{
		clause(look, "Update/Saves", "what decide returned is saved, and the next Update of the scope sees it", saves),
		clause(look, "Update/ScopesApart", "an Update sees and changes its own scope and no other", scopesApart),
		clause(look, "Update/RefusalSavesNothing", "if decide fails, its error comes back, nothing is saved and the scope stays usable", refusalSavesNothing),
		clause(look, "Update/PanicSavesNothing", "if decide panics, nothing is saved and the scope stays usable", panicSavesNothing),
		clause(look, "Update/CancelledSavesNothing", "a canceled context saves nothing and the scope stays usable", cancelledSavesNothing),
		clause(look, "Update/OneAfterAnother", "Updates of one scope behave as if run one after another, even while it is empty", oneAfterAnother),
		clause(look, "Update/NothingLost", "many concurrent Updates of one scope: each saw another number of entries, and all were saved", nothingLost),
		clause(look, "Update/EveryEntry", "all that one change holds is saved, however much it is", everyEntry),
		clause(look, "Update/ReadCancelled", "under a canceled context what an Update saved cannot be read, and the error is that of the context", readCancelled),
	}
}

func eventClauses[S any](look func(S) *subject) []Clause[S] {
	return []Clause[S]{
		clause(look, "Update/EventsWithState", "events are saved with the state they are about, whole and in their order, or not at all", eventsWithState),
		clause(look, "Update/OneCommit", "whoever sees the state that a change saved sees its events, and vice versa", oneCommit),
		clause(look, "Update/CutAnywhere", "an Update whose context ends at any point saved the state and its events, or neither", cutAnywhere),
		clause(look, "Outbox/Limit", "Pending gives the oldest events, no more than its limit, and all if that is zero or less", limited),
		clause(look, "Outbox/MarkDelivered", "a marked event never comes back, marking is idempotent, and others stay", markDelivered),
		clause(look, "Outbox/IDTaken", "a change with the ID of an event that is kept, even of one delivered since, gives ErrConflict and saves nothing", idTaken),
		clause(look, "Outbox/Purge", "an outbox that is a Purger forgets events delivered before the instant, and their IDs, and no others", purge),
		clause(look, "Outbox/Letters", "events whose IDs differ only in case are two events", letters),
		clause(look, "Outbox/Exact", "the texts of an event come back as they were saved, blanks, letters, accents and all", exactEvents),
		clause(look, "Outbox/Refused", "an event with text that is not UTF-8, or has a NUL in it, is refused with its whole change", refusedEvents),
		clause(look, "Outbox/Cancelled", "under a canceled context the outbox gives an error and marks nothing", outboxCancelled),
	}
}

func clause[S any](look func(S) *subject, name, promise string, check func(context.Context, *subject) error) Clause[S] {
	return Clause[S]{name, promise, func(ctx context.Context, store S) error { return check(ctx, look(store)) }}
}

// subject is a store under a clause, with the events that it should hold by now.
type subject struct {
	Atomic
	eventless bool
	drafts    atomic.Int64 // changes proposed so far
	pending   []cris.Event
}

func accept(int) error { return nil }

// draft makes the events of the n-th proposed change: one that says everything an
// event can say, and one without Data. Neither IDs nor times are in the order in
// which the events are saved.
func (s *subject) draft(n int64, scope int) []cris.Event {
	if s.eventless {
		return nil
	}
	subject := fmt.Sprintf("scope-%d", scope)
	at := time.Date(2013, 8, 15, 14, 30, 0, 123_457_000, time.UTC).Add(-time.Duration(n) * time.Hour)
	return []cris.Event{
		{
			ID: fmt.Sprintf("%04d/saved", 9999-n), Type: "cris.contract.saved", Source: "/cris/contract",
			Subject: subject, Time: at, Data: map[string]string{"office": "NBC", "code": `é "quoted" \`, "none": ""},
		},
		{
			ID: fmt.Sprintf("%04d/noted", 9999-n), Type: "cris.contract.noted", Source: "/cris/contract/notes",
			Subject: subject, Time: at.Add(-time.Microsecond),
		},
	}
}

// propose runs one Update of the scope and returns the events it proposed with it.
func (s *subject) propose(ctx context.Context, scope int, decide func(seen int) error) ([]cris.Event, error) {
	n := s.drafts.Add(1)
	err := s.Append(ctx, scope, func(seen int) ([]cris.Event, error) { return s.draft(n, scope), decide(seen) })
	return s.draft(n, scope), err
}

// add is propose for one Update at a time: what was saved is pending from then on.
func (s *subject) add(ctx context.Context, scope int, decide func(seen int) error) error {
	events, err := s.propose(ctx, scope, decide)
	if err == nil {
		s.pending = append(s.pending, events...)
	}
	return err
}

func (s *subject) wantCount(ctx context.Context, scope, want int) error {
	got, err := s.Count(ctx, scope)
	if err != nil {
		return fmt.Errorf("count scope %d: %w", scope, err)
	}
	if got != want {
		return fmt.Errorf("scope %d holds %d entries, want %d", scope, got, want)
	}
	return nil
}

// wantEvents checks that the outbox holds the pending events, whole and in order.
func (s *subject) wantEvents(ctx context.Context) error {
	if s.eventless {
		return nil
	}
	return s.wantPending(ctx, 0, s.pending)
}

func (s *subject) wantPending(ctx context.Context, limit int, want []cris.Event) error {
	if s.Outbox == nil {
		return errors.New("there is no outbox, but the port has events")
	}
	got, err := s.Outbox.Pending(ctx, limit)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	if len(got) != len(want) {
		return fmt.Errorf("Pending(%d) gave the events %v, want %v", limit, eventIDs(got), eventIDs(want))
	}
	for i := range want {
		if !equal(got[i], want[i]) {
			return fmt.Errorf("event %d came back as %+v, want %+v", i+1, got[i], want[i])
		}
	}
	return nil
}

// equal reports whether two events say the same, to the microsecond and in UTC.
func equal(got, want cris.Event) bool {
	return got.ID == want.ID && got.Type == want.Type && got.Source == want.Source && got.Subject == want.Subject &&
		got.Time.Equal(want.Time) && got.Time.Location() == time.UTC &&
		(got.Data == nil) == (want.Data == nil) && maps.Equal(got.Data, want.Data)
}

func eventIDs(events []cris.Event) []string {
	ids := make([]string, len(events))
	for i, event := range events {
		ids[i] = event.ID
	}
	return ids
}

// wantUnharmed checks that scope 0 holds so many entries and the outbox what is
// pending, and that one more Update finds the scope open and adds to them.
func (s *subject) wantUnharmed(ctx context.Context, entries int) error {
	return finishes(ctx, 5*time.Second, func(ctx context.Context) error {
		if err := errors.Join(s.wantCount(ctx, 0, entries), s.wantEvents(ctx)); err != nil {
			return err
		}
		if err := s.add(ctx, 0, accept); err != nil {
			return fmt.Errorf("the next Update: %w", err)
		}
		return errors.Join(s.wantCount(ctx, 0, entries+1), s.wantEvents(ctx))
	})
}
