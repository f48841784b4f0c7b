package contract

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// toy is a store of counters that keeps every promise, except for one flaw.
type toy struct {
	flaw string
	turn chan struct{} // holds one token: whoever takes it runs an Update

	mu        sync.Mutex // guards what follows, for single reads and writes
	entries   map[int]int
	events    []cris.Event
	published int
}

func newToy(flaw string) Atomic {
	s := &toy{flaw: flaw, turn: make(chan struct{}, 1), entries: map[int]int{}}
	s.turn <- struct{}{}
	return Atomic{Append: s.append, Count: s.count, Outbox: s}
}

func (s *toy) has(flaw string) bool { return s.flaw == flaw }

var errToy = errors.New("toy: refused")

func (s *toy) append(ctx context.Context, scope int, decide func(seen int) error) (err error) {
	if s.has("keeps all scopes in one") {
		scope = 0
	}
	if ctx.Err() != nil && !s.has("never looks at the context") {
		return ctx.Err()
	}
	seen := s.held(scope)
	if s.locks(seen) {
		select {
		case <-s.turn:
		case <-ctx.Done():
			return ctx.Err()
		}
		seen = s.held(scope)
		if seen == 3 && s.has("lets go of its lock too early, now and then") {
			s.turn <- struct{}{}
			time.Sleep(time.Millisecond)
		} else {
			defer s.release(ctx, &err)
		}
	}
	if s.has("saves before it decides") {
		s.set(scope, seen+1)
	}
	if s.has("publishes before it decides") {
		s.publish(scope)
	}
	if err := s.decide(decide, seen); err != nil {
		return s.refused(scope, err)
	}
	if s.has("publishes before it saves") {
		s.publish(scope)
	}
	switch {
	case s.has("always has a conflict"):
		return cris.ErrConflict
	case ctx.Err() == nil, s.has("looks at the context only before decide"), s.has("never looks at the context"):
	case s.has("hides a late cancellation"):
		return nil
	default:
		return ctx.Err()
	}
	s.save(scope, seen)
	return nil
}

// locks tells whether an Update takes turns on a scope that holds so many entries.
func (s *toy) locks(held int) bool {
	switch s.flaw {
	case "takes no lock":
		return false
	case "locks only a scope that exists":
		return held > 0
	case "locks only an empty scope":
		return held == 0
	}
	return true
}

func (s *toy) release(ctx context.Context, err *error) {
	panicked := recover()
	stuck := panicked != nil && s.has("stays locked after a panic") ||
		errors.Is(*err, errRefused) && s.has("stays locked after a refusal") ||
		ctx.Err() != nil && s.has("stays locked after a cancellation")
	if !stuck {
		s.turn <- struct{}{}
	}
	if panicked != nil && !s.has("swallows a panic") {
		panic(panicked)
	}
}

func (s *toy) decide(decide func(seen int) error, seen int) error {
	switch {
	case s.has("does not ask decide"):
		return nil
	case s.has("tells decide nothing"):
		return decide(0)
	}
	return decide(seen)
}

func (s *toy) refused(scope int, err error) error {
	switch s.flaw {
	case "saves what was refused":
		s.set(scope, s.held(scope)+1)
	case "publishes what was refused":
		s.publish(scope)
	case "empties the scope on a refusal":
		s.set(scope, 0)
	case "returns an error of its own":
		return errToy
	case "hides a refusal":
		return nil
	}
	return err
}

func (s *toy) save(scope, seen int) {
	switch s.flaw {
	case "forgets":
		return
	case "saves in every scope":
		for other := range 2 {
			s.set(other, seen+1)
		}
	case "saves before it decides":
	default:
		s.set(scope, seen+1)
	}
	switch s.flaw {
	case "publishes before it decides", "publishes before it saves", "publishes nothing":
	case "publishes only some":
		if seen%4 != 3 {
			s.publish(scope)
		}
	default:
		s.publish(scope)
	}
}

func (s *toy) held(scope int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.entries[scope]
}

func (s *toy) set(scope, entries int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries[scope] = entries
}

func (s *toy) count(_ context.Context, scope int) (int, error) {
	if s.has("cannot count") {
		return 0, errToy
	}
	if s.has("keeps all scopes in one") {
		scope = 0
	}
	return s.held(scope), nil
}

func (s *toy) publish(scope int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.published++
	event := cris.Event{
		ID: strconv.Itoa(s.published), Type: "toy.saved", Source: "/toy", Subject: strconv.Itoa(scope),
		Time: time.Unix(int64(s.published), 0).UTC(),
	}
	switch s.flaw {
	case "gives two events one ID":
		event.ID = "1"
	case "publishes no time":
		event.Time = time.Time{}
	case "brings marked events back":
		if s.published == 4 {
			s.events = slices.Insert(s.events, 0, cris.Event{ID: "1", Type: "toy.saved", Source: "/toy"})
		}
	}
	s.events = append(s.events, event)
}

// Pending implements cris.Outbox.
func (s *toy) Pending(_ context.Context, limit int) ([]cris.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.has("cannot read its outbox") {
		return nil, errToy
	}
	events := slices.Clone(s.events)
	switch s.flaw {
	case "shows the newest event first":
		slices.Reverse(events)
	case "gives every event once":
		s.events = nil
	case "ignores the limit":
		return events, nil
	case "cuts off the oldest":
		return events[max(0, len(events)-limit):], nil
	}
	return events[:min(limit, len(events))], nil
}

// MarkDelivered implements cris.Outbox.
func (s *toy) MarkDelivered(_ context.Context, ids ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	marked := func(event cris.Event) bool { return slices.Contains(ids, event.ID) }
	switch s.flaw {
	case "marks nothing":
		return nil
	case "marks everything":
		s.events = nil
		return nil
	case "marks whichever is first":
		s.events = s.events[1:]
		return nil
	case "refuses an unknown ID":
		for _, id := range ids {
			if !slices.ContainsFunc(s.events, func(event cris.Event) bool { return event.ID == id }) {
				return errToy
			}
		}
	case "refuses to mark twice":
		if !slices.ContainsFunc(s.events, marked) {
			return errToy
		}
	}
	s.events = slices.DeleteFunc(s.events, marked)
	return nil
}
