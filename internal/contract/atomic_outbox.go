package contract

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

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
