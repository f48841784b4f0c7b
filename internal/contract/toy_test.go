package contract

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// toy is a store of counters that keeps every promise, except for one flaw.
type toy struct {
	flaw string
	turn chan struct{} // holds one token: whoever takes it runs an Update

	mu        sync.Mutex // guards what follows, for single reads and writes
	entries   map[int]int
	events    []cris.Event
	published map[string]bool // IDs of all events that are kept, with whether they were delivered
	changes   int
	marked    []cris.Event
	order     []string // IDs of all events, as they were saved
	relayed   toyRelayed
}

func newToy(flaw string) Atomic {
	s := &toy{flaw: flaw, turn: make(chan struct{}, 1), entries: map[int]int{}, published: map[string]bool{}}
	s.turn <- struct{}{}
	if s.has("keeps no outbox") {
		return Atomic{Append: s.append, AppendAll: s.appendAll, Count: s.count}
	}
	return Atomic{Append: s.append, AppendAll: s.appendAll, Count: s.count, Outbox: s}
}

func (s *toy) has(flaw string) bool { return s.flaw == flaw }

var errToy = errors.New("toy: refused")

func (s *toy) append(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) (err error) {
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
		_ = s.publish([]cris.Event{{ID: strconv.Itoa(seen)}})
	}
	events, err := s.decide(decide, seen)
	if err != nil {
		return s.refused(scope, events, err)
	}
	if s.has("publishes before it saves") {
		_ = s.publish(events)
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
	return s.save(ctx, scope, seen, events)
}

// appendAll saves so many entries at once.
func (s *toy) appendAll(ctx context.Context, scope, entries int) error {
	if s.has("saves the first entry of a change alone") {
		entries = 1
	}
	if s.has("saves no more entries than a statement takes") {
		entries = min(entries, 900)
	}
	return s.append(ctx, scope, func(int) ([]cris.Event, error) {
		s.set(scope, s.held(scope)+entries-1)
		return nil, nil
	})
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

func (s *toy) decide(decide func(seen int) ([]cris.Event, error), seen int) ([]cris.Event, error) {
	switch {
	case s.has("does not ask decide"):
		return nil, nil
	case s.has("tells decide nothing"):
		return decide(0)
	}
	return decide(seen)
}

func (s *toy) refused(scope int, events []cris.Event, err error) error {
	switch s.flaw {
	case "saves what was refused":
		s.set(scope, s.held(scope)+1)
	case "publishes what was refused":
		_ = s.publish(events)
	case "empties the scope on a refusal":
		s.set(scope, 0)
	case "returns an error of its own":
		return errToy
	case "hides a refusal":
		return nil
	}
	return err
}

func (s *toy) save(ctx context.Context, scope, seen int, events []cris.Event) error {
	switch s.flaw {
	case "publishes before it decides", "publishes before it saves", "publishes nothing":
		events = nil
	case "publishes only some":
		if seen%4 == 3 {
			events = nil
		}
	case "saves the state of a taken event", "saves the state of an event that it refuses":
		s.set(scope, seen+1)
	case "commits the state before its events", "commits the state before its events, which it saves whatever comes":
		if err := s.taken(events); err != nil {
			return err
		}
		s.set(scope, s.held(scope)+1)
		time.Sleep(time.Millisecond)
		if ctx.Err() != nil && s.has("commits the state before its events") {
			return ctx.Err()
		}
		return s.publish(events)
	case "commits the events before their state":
		if err := s.publish(events); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
		events = nil
	}
	return s.commit(scope, seen, events)
}

// commit saves an entry and its events where nobody sees one without the other.
func (s *toy) commit(scope, seen int, events []cris.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.keep(events); err != nil {
		return err
	}
	switch s.flaw {
	case "forgets", "saves before it decides":
	case "saves in every scope":
		for other := range 2 {
			s.entries[other] = seen + 1
		}
	default:
		s.entries[scope]++
	}
	return nil
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

func (s *toy) count(ctx context.Context, scope int) (int, error) {
	if ctx.Err() != nil && !s.has("counts under a canceled context") {
		return 0, ctx.Err()
	}
	if s.has("cannot count") {
		return 0, errToy
	}
	if s.has("keeps all scopes in one") {
		scope = 0
	}
	return s.held(scope), nil
}

// taken refuses events of which one has the ID of another.
func (s *toy) taken(events []cris.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, event := range events {
		_, kept := s.published[event.ID]
		if kept || slices.ContainsFunc(events[:i], func(e cris.Event) bool { return e.ID == event.ID }) {
			return cris.ErrConflict
		}
	}
	return nil
}

// publish saves the events alone, all or none.
func (s *toy) publish(events []cris.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keep(events)
}

// keep is publish for who holds mu.
func (s *toy) keep(events []cris.Event) error {
	events = slices.Clone(events)
	for i := range events {
		s.spoil(&events[i])
		if !s.takes(events[i]) {
			return errToy
		}
	}
	if s.has("reverses one change") && s.changes == 1 {
		slices.Reverse(events)
	}
	s.changes++
	for i, event := range events {
		same := func(e cris.Event) bool { return e.ID == event.ID }
		pending := slices.ContainsFunc(s.events, same)
		_, known := s.published[event.ID]
		switch {
		case s.has("takes every ID"):
		case s.has("forgets the ID of what was delivered") && !pending:
		case s.has("does not compare the events of one change"):
			if known {
				return cris.ErrConflict
			}
		case known || slices.ContainsFunc(events[:i], same):
			if s.has("drops what has a taken ID") {
				return nil
			}
			return cris.ErrConflict
		}
	}
	for _, event := range events {
		s.published[event.ID] = false
	}
	if s.has("brings marked events back") {
		s.events, s.marked = slices.Concat(s.marked, s.events), nil
	}
	s.events = append(s.events, events...)
	for _, event := range events {
		s.order = append(s.order, event.ID)
	}
	return nil
}

// takes reports whether the texts of an event can be held.
func (s *toy) takes(event cris.Event) bool {
	texts := []string{event.ID, event.Type, event.Source, event.Subject}
	if !s.has("does not look at the data") {
		texts = slices.Concat(texts, slices.Collect(maps.Keys(event.Data)), slices.Collect(maps.Values(event.Data)))
	}
	return s.has("takes every text") || !slices.ContainsFunc(texts, func(t string) bool { return !text.IsStorable(t) })
}

// spoil keeps an event otherwise than it was given.
func (s *toy) spoil(event *cris.Event) {
	switch s.flaw {
	case "loses the subject":
		event.Subject = ""
	case "loses the data":
		event.Data = nil
	case "makes data where there is none":
		if event.Data == nil {
			event.Data = map[string]string{}
		}
	case "loses empty data":
		event.Data = maps.Clone(event.Data)
		maps.DeleteFunc(event.Data, func(_, value string) bool { return value == "" })
	case "gives all events one type":
		event.Type = "cris.contract.saved"
	case "gives all events one source":
		event.Source = "/cris/contract"
	case "loses the time":
		event.Time = time.Time{}
	case "shifts the time":
		event.Time = event.Time.Add(time.Hour)
	case "cuts the time to milliseconds":
		event.Time = event.Time.Truncate(time.Millisecond)
	case "keeps the time of another zone":
		event.Time = event.Time.In(cris.AgencyZone())
	case "trims subjects":
		event.Subject = strings.TrimSpace(event.Subject)
	case "ends every line alike":
		event.Data = maps.Clone(event.Data)
		for name, datum := range event.Data {
			event.Data[name] = strings.ReplaceAll(datum, "\r\n", "\n")
		}
	case "cuts long types":
		event.Type = event.Type[:min(255, len(event.Type))]
	case "replaces what is not UTF-8":
		event.Subject = strings.ToValidUTF8(event.Subject, "\ufffd")
	case "drops NULs":
		event.Source = strings.ReplaceAll(event.Source, "\x00", "")
	case "folds the letters of IDs":
		event.ID = strings.ToLower(event.ID)
	}
}

// Pending implements cris.Outbox.
func (s *toy) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil && !s.has("reads under a canceled context") {
		return nil, ctx.Err()
	}
	if s.has("cannot read its outbox") {
		return nil, errToy
	}
	events := slices.Clone(s.events)
	switch s.flaw {
	case "shows the newest event first":
		slices.Reverse(events)
	case "sorts events by time":
		slices.SortStableFunc(events, func(a, b cris.Event) int { return a.Time.Compare(b.Time) })
	case "sorts events by ID":
		slices.SortStableFunc(events, func(a, b cris.Event) int { return strings.Compare(a.ID, b.ID) })
	case "gives every event once":
		s.events = nil
	case "ignores the limit":
		return events, nil
	case "gives one more than the limit":
		if limit > 0 && limit < len(events) {
			limit++
		}
	case "takes a limit of zero for none":
		return events[:min(max(0, limit), len(events))], nil
	case "refuses a negative limit":
		if limit < 0 {
			return nil, errToy
		}
	case "cuts off the oldest":
		if limit > 0 {
			return events[max(0, len(events)-limit):], nil
		}
	}
	if limit <= 0 {
		return events, nil
	}
	return events[:min(limit, len(events))], nil
}

// MarkDelivered implements cris.Outbox.
func (s *toy) MarkDelivered(ctx context.Context, ids ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil && !s.has("marks under a canceled context") {
		return ctx.Err()
	}
	marked := func(event cris.Event) bool { return slices.Contains(ids, event.ID) }
	switch s.flaw {
	case "brings marked events back":
		for _, event := range s.events {
			if marked(event) {
				s.marked = append(s.marked, event)
			}
		}
	case "marks nothing":
		return nil
	case "marks everything":
		s.events = nil
		return nil
	case "marks whichever is first":
		s.events = s.events[min(1, len(s.events)):]
		return nil
	case "moves on to the marked event":
		if i := slices.IndexFunc(s.events, marked); i >= 0 {
			s.events = s.events[i+1:]
		}
		return nil
	case "marks without regard to case":
		marked = func(event cris.Event) bool {
			return slices.ContainsFunc(ids, func(id string) bool { return strings.EqualFold(id, event.ID) })
		}
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
	for _, event := range s.events {
		if marked(event) {
			s.published[event.ID] = true
		}
	}
	s.events = slices.DeleteFunc(s.events, marked)
	return nil
}

// Purge implements cris.Purger. All events were delivered in 2013.
func (s *toy) Purge(ctx context.Context, before time.Time) (removed int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil && !s.has("purges under a canceled context") {
		return 0, ctx.Err()
	}
	if before.Year() < 2013 && !s.has("purges whatever the instant") {
		return 0, nil
	}
	held := len(s.published)
	maps.DeleteFunc(s.published, func(_ string, delivered bool) bool {
		return delivered && !s.has("purges nothing") || s.has("purges the IDs of what is pending")
	})
	removed = held - len(s.published)
	switch s.flaw {
	case "purges what is parked":
		s.relayed.parked = nil
	case "purges what is pending":
		s.events = nil
	case "purges and does not tell":
		return 0, nil
	case "keeps the IDs of what it purges":
		s.published["9999/saved"], s.published["9998/saved"] = false, false
	}
	return removed, nil
}
