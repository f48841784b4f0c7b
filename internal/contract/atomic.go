package contract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
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
	return slices.Concat(stateClauses(look), eventClauses(look))
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

// orNil makes a missing error fit for %w.
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

func eventsWithState(ctx context.Context, s *subject) error {
	for range 3 {
		if err := s.add(ctx, 0, accept); err != nil {
			return err
		}
		for range 2 { // reading takes nothing away
			if err := s.wantEvents(ctx); err != nil {
				return err
			}
		}
	}
	return nil
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

// oneCommit looks on while Updates are saved: at the state and then at the outbox, where
// the events of all entries must be by then, and at the outbox and then at the state.
func oneCommit(ctx context.Context, s *subject) error {
	const updates = 50
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	written := make(chan struct{})
	go func() {
		defer close(written)
		for range updates {
			if _, failed = s.propose(ctx, 0, accept); failed != nil {
				return
			}
		}
	}()
	defer func() { cancel(); <-written }()
	for {
		ended := false
		select {
		case <-written:
			if failed != nil {
				return failed
			}
			ended = true
		default:
		}
		before, err := s.published(ctx)
		if err != nil {
			return err
		}
		entries, err := s.Count(ctx, 0)
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
		after, err := s.published(ctx)
		if err != nil {
			return err
		}
		if entries < before {
			return fmt.Errorf("the events of %d changes were there when %d were saved", before, entries)
		}
		if after < entries {
			return fmt.Errorf("the events of %d changes were there after %d were saved", after, entries)
		}
		if ended {
			return s.wantCount(ctx, 0, updates)
		}
		time.Sleep(20 * time.Microsecond)
	}
}

// published returns of how many changes the outbox holds all events.
func (s *subject) published(ctx context.Context) (changes int, err error) {
	if s.Outbox == nil {
		return 0, errors.New("there is no outbox, but the port has events")
	}
	events, err := s.Outbox.Pending(ctx, 0)
	if err != nil {
		return 0, fmt.Errorf("read outbox: %w", err)
	}
	return len(events) / len(s.draft(1, 0)), nil
}

// cutting is a context that ends when it is looked at for the left-th time.
type cutting struct {
	context.Context //nolint:containedctx // it is a context

	end  context.CancelFunc
	left atomic.Int64
}

func newCutting(ctx context.Context, left int) *cutting {
	ctx, end := context.WithCancel(ctx)
	c := &cutting{Context: ctx, end: end}
	c.left.Store(int64(left))
	return c
}

func (c *cutting) look() {
	if c.left.Add(-1) == 0 {
		c.end()
	}
}

// Done implements context.Context.
func (c *cutting) Done() <-chan struct{} {
	c.look()
	return c.Context.Done()
}

// Err implements context.Context.
func (c *cutting) Err() error {
	c.look()
	return c.Context.Err()
}

// cutAnywhere ends the context of an Update at every point at which the store looks at it,
// one Update for each.
func cutAnywhere(ctx context.Context, s *subject) error {
	const most = 500 // looks of one Update, more than any store has
	for looks := range most {
		cut := newCutting(ctx, looks+1)
		_, err := s.propose(cut, 0, accept)
		whole := cut.left.Load() > 0
		cut.end()
		if whole && err != nil {
			return err
		}
		if err := s.wantTogether(ctx); err != nil {
			return fmt.Errorf("an Update that was cut at look %d: %w", looks+1, err)
		}
		if whole {
			return nil
		}
	}
	return nil
}

// wantTogether checks that the state and the outbox hold the same changes. A transaction
// that was cut may end a moment after its Update.
func (s *subject) wantTogether(ctx context.Context) error {
	for wait := time.Millisecond; ; wait *= 2 {
		entries, err := s.Count(ctx, 0)
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
		changes, err := s.published(ctx)
		if err != nil || changes == entries {
			return err
		}
		if wait > time.Second {
			return fmt.Errorf("%d changes are saved, and the events of %d", entries, changes)
		}
		time.Sleep(wait)
	}
}

func limited(ctx context.Context, s *subject) error {
	for range 2 {
		if err := s.add(ctx, 0, accept); err != nil {
			return err
		}
	}
	for _, limit := range []int{math.MinInt, -1, 0, 1, 2, 3, 4, 5, math.MaxInt} {
		want := s.pending
		if limit > 0 {
			want = want[:min(limit, len(want))]
		}
		if err := s.wantPending(ctx, limit, want); err != nil {
			return err
		}
	}
	return nil
}

// deliver marks the event, and one that does not exist.
func (s *subject) deliver(ctx context.Context, id string) error {
	if s.Outbox == nil {
		return errors.New("there is no outbox, but the port has events")
	}
	if err := s.Outbox.MarkDelivered(ctx, id, "unknown"); err != nil {
		return fmt.Errorf("mark %s: %w", id, err)
	}
	s.pending = slices.DeleteFunc(s.pending, func(e cris.Event) bool { return e.ID == id })
	return s.wantEvents(ctx)
}

func markDelivered(ctx context.Context, s *subject) error {
	for range 2 {
		if err := s.add(ctx, 0, accept); err != nil {
			return err
		}
	}
	for _, id := range []string{s.pending[1].ID, s.pending[1].ID, s.pending[0].ID} {
		if err := s.deliver(ctx, id); err != nil {
			return err
		}
	}
	return s.wantUnharmed(ctx, 2) // the next change does not bring a marked event back
}

func idTaken(ctx context.Context, s *subject) error {
	if err := s.add(ctx, 0, accept); err != nil {
		return err
	}
	first := s.pending[0]
	other := func(id string) cris.Event {
		return cris.Event{ID: id, Type: first.Type, Source: first.Source, Time: first.Time}
	}
	refuses := func(events ...cris.Event) error {
		err := s.Append(ctx, 0, func(int) ([]cris.Event, error) { return events, nil })
		if !errors.Is(err, cris.ErrConflict) {
			return fmt.Errorf("a change with the events %v, of which one was saved before, gave: %w", eventIDs(events), orNil(err))
		}
		return errors.Join(s.wantCount(ctx, 0, 1), s.wantEvents(ctx))
	}
	if err := refuses(other("new"), other(first.ID)); err != nil {
		return err
	}
	if err := refuses(other("twice"), other("twice")); err != nil {
		return err
	}
	if err := s.deliver(ctx, first.ID); err != nil {
		return err
	}
	if err := refuses(other("new"), other(first.ID)); err != nil {
		return err
	}
	return s.wantUnharmed(ctx, 1)
}

// never and always are before and after every instant that the clock of a store may show.
var (
	never  = time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC)
	always = time.Date(9900, 1, 1, 0, 0, 0, 0, time.UTC)
)

func purge(ctx context.Context, s *subject) error {
	if err := s.add(ctx, 0, accept); err != nil {
		return err
	}
	delivered := s.pending[0]
	if err := s.deliver(ctx, delivered.ID); err != nil {
		return err
	}
	purger, is := s.Outbox.(cris.Purger)
	if !is {
		return nil
	}
	purges := func(before time.Time, want int) error {
		removed, err := purger.Purge(ctx, before)
		if err != nil {
			return fmt.Errorf("Purge: %w", err)
		}
		if removed != want {
			return fmt.Errorf("of one delivered event and one pending, Purge(%v) removed %d, want %d", before, removed, want)
		}
		return s.wantEvents(ctx)
	}
	uses := func(event cris.Event) error {
		return s.Append(ctx, 0, func(int) ([]cris.Event, error) { return []cris.Event{event}, nil })
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := purger.Purge(cancelled, always); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Purge under a canceled context gave: %w", orNil(err))
	}
	if err := purges(never, 0); err != nil {
		return err
	}
	if err := uses(delivered); !errors.Is(err, cris.ErrConflict) {
		return fmt.Errorf("the ID of an event that is kept gave: %w", orNil(err))
	}
	for _, want := range []int{1, 0} {
		if err := purges(always, want); err != nil {
			return err
		}
	}
	if err := uses(s.pending[0]); !errors.Is(err, cris.ErrConflict) {
		return fmt.Errorf("the ID of a pending event, after Purge, gave: %w", orNil(err))
	}
	if err := uses(delivered); err != nil {
		return fmt.Errorf("the ID of an event that was purged: %w", err)
	}
	s.pending = append(s.pending, delivered)
	return s.wantUnharmed(ctx, 2)
}

func letters(ctx context.Context, s *subject) error {
	for _, id := range []string{"check-a/passed", "CHECK-A/passed"} {
		event := cris.Event{ID: id, Type: "cris.contract.saved", Source: "/cris/contract", Time: time.Unix(0, 0).UTC()}
		if err := s.Append(ctx, 0, func(int) ([]cris.Event, error) { return []cris.Event{event}, nil }); err != nil {
			return fmt.Errorf("save event %s: %w", id, err)
		}
		s.pending = append(s.pending, event)
	}
	if err := s.wantEvents(ctx); err != nil {
		return err
	}
	return s.deliver(ctx, "CHECK-A/passed")
}

// eventTexts are the fields of an event that hold text.
var eventTexts = []struct {
	name string
	set  func(event *cris.Event, text string)
}{
	{"ID", func(event *cris.Event, text string) { event.ID = text }},
	{"type", func(event *cris.Event, text string) { event.Type = text }},
	{"source", func(event *cris.Event, text string) { event.Source = text }},
	{"subject", func(event *cris.Event, text string) { event.Subject = text }},
	{"name of a datum", func(event *cris.Event, text string) { event.Data[text] = "datum" }},
	{"datum", func(event *cris.Event, text string) { event.Data["text"] = text }},
}

// eventWith returns an event of which one text is the given one.
func eventWith(id string, set func(event *cris.Event, text string), text string) cris.Event {
	event := cris.Event{
		ID: id, Type: "cris.contract.saved", Source: "/cris/contract", Subject: "scope-0",
		Time: time.Date(2013, 8, 15, 14, 30, 0, 0, time.UTC), Data: map[string]string{"office": "NBC"},
	}
	set(&event, text)
	return event
}

func exactEvents(ctx context.Context, s *subject) error {
	for i, field := range eventTexts {
		var events []cris.Event
		for j, text := range exactTexts {
			if len(text) < 1000 || field.name != "ID" { // an ID is a key
				events = append(events, eventWith(fmt.Sprintf("%d/%d", i, j), field.set, text))
			}
		}
		if err := s.Append(ctx, 0, func(int) ([]cris.Event, error) { return events, nil }); err != nil {
			return fmt.Errorf("save events: %w", err)
		}
		s.pending = append(s.pending, events...)
	}
	return s.wantEvents(ctx)
}

func refusedEvents(ctx context.Context, s *subject) error {
	for _, field := range eventTexts {
		for _, text := range refusedTexts {
			events := []cris.Event{eventWith("good", func(*cris.Event, string) {}, ""), eventWith("bad", field.set, text)}
			err := s.Append(ctx, 0, func(int) ([]cris.Event, error) { return events, nil })
			switch {
			case err == nil:
				return fmt.Errorf("the %s %q was taken", field.name, text)
			case errors.Is(err, cris.ErrConflict):
				return fmt.Errorf("the %s %q was refused as if another try could mend it: %w", field.name, text, err)
			}
			if err := errors.Join(s.wantCount(ctx, 0, 0), s.wantEvents(ctx)); err != nil {
				return fmt.Errorf("after the %s %q was refused: %w", field.name, text, err)
			}
		}
	}
	return s.wantUnharmed(ctx, 0)
}

func outboxCancelled(ctx context.Context, s *subject) error {
	if err := s.add(ctx, 0, accept); err != nil {
		return err
	}
	if err := s.wantEvents(ctx); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Outbox.Pending(cancelled, 1); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Pending gave: %w", orNil(err))
	}
	if err := s.Outbox.MarkDelivered(cancelled, s.pending[0].ID); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("MarkDelivered gave: %w", orNil(err))
	}
	return s.wantEvents(ctx)
}
