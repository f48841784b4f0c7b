package cristest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
)

// Retained is a store with its records, as TestRetention needs it: empty, and with the means to put
// records of one class on file.
type Retained struct {
	cris.RetentionStore

	Outbox cris.Outbox // where the events of removals and holds go
	Class  cris.Code   // of the records that Put puts on file
	// Put puts a record of the class on file, with this ID, that counts from the day in the
	// agency's zone, and is open or not. It does so through the port that Updates of the record
	// go through, if there is one.
	Put func(ctx context.Context, id string, started cris.Date, open bool) error
}

// TestRetention checks every promise of cris.RetentionStore. newStore is called once per promise
// and gives an empty store.
func TestRetention(t *testing.T, newStore func(t *testing.T) Retained) {
	t.Helper()
	contract.Run(t, clauses(), newStore)
}

func clauses() []contract.Clause[Retained] {
	return []contract.Clause[Retained]{
		{Name: "Records/All", Promise: "every record of the class comes once, with its day and whether it is open, and RecordClasses lists the class", Check: recordsAll},
		{Name: "Records/Page", Promise: "a list goes on after any ID that it gave, and no page is longer than its limit; zero or less means no limit", Check: recordsPage},
		{Name: "Records/OtherClass", Promise: "a class that is not kept has no records, and removing from it gives decide none", Check: otherClass},
		{Name: "Records/Cancelled", Promise: "under a canceled context a list gives the error of the context, once", Check: recordsCancelled},
		{Name: "Remove/Exactly", Promise: "what decide says is removed, with its events, and nothing else is; a removed ID may be used again", Check: removeExactly},
		{Name: "Remove/OnFile", Promise: "decide gets those of the IDs that are on file, as they are at that moment, however many", Check: removeOnFile},
		{Name: "Remove/NotAsked", Promise: "an ID that decide was not given is not removed, even if decide returns it", Check: removeNotAsked},
		{Name: "Remove/Refused", Promise: "an error of decide comes back as it is, and nothing is removed or published", Check: removeRefused},
		{Name: "Remove/EventTaken", Promise: "the ID of an event that is taken gives ErrConflict, and nothing is removed", Check: removeEventTaken},
		{Name: "Remove/Cancelled", Promise: "under a canceled context Remove gives the error of the context, and nothing is removed", Check: removeCancelled},
		{Name: "Remove/Holds", Promise: "decide gets all holds, lifted ones included, in the order of their IDs", Check: removeHolds},
		{Name: "Remove/Alone", Promise: "while decide runs no hold is put: UpdateHold waits until the removal is done", Check: removeAlone},
		{Name: "Holds/Exact", Promise: "a hold comes back as it was saved, every field of it, and in its place when it is saved again", Check: holdsExact},
		{Name: "Holds/Refused", Promise: "an error of decide comes back as it is, and a zero hold changes nothing", Check: holdsRefused},
		{Name: "Holds/Events", Promise: "a hold is saved together with its events; an ID that is taken gives ErrConflict, and the hold is not saved", Check: holdsEvents},
		{Name: "Holds/Cancelled", Promise: "under a canceled context holds are neither read nor saved, and the error is that of the context", Check: holdsCancelled},
	}
}

// firstDay is from which day the first record counts.
func firstDay() cris.Date { return cris.MustParseDate("2013-08-15") }

func id(n int) string { return fmt.Sprintf("record-%04d", n) }

// put puts n records on file: every third is open, and each counts from a day of its own.
func (s Retained) put(ctx context.Context, n int) (ids []string, err error) {
	for i := range n {
		if err := s.Put(ctx, id(i), firstDay().AddDays(i), i%3 == 0); err != nil {
			return nil, fmt.Errorf("put: %w", err)
		}
		ids = append(ids, id(i))
	}
	return ids, nil
}

// list returns the IDs on file.
func (s Retained) list(ctx context.Context, page cris.Page[string]) (ids []string, err error) {
	for record, err := range s.Records(ctx, s.Class, page) {
		if err != nil {
			return nil, fmt.Errorf("list records: %w", err)
		}
		ids = append(ids, record.ID)
	}
	return ids, nil
}

// wantOnFile checks which records are on file, and which events are pending.
func (s Retained) wantOnFile(ctx context.Context, want, events []string) error {
	got, err := s.list(ctx, cris.Page[string]{})
	if err != nil {
		return err
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		return fmt.Errorf("on file are %d records %.200q, want %d %.200q", len(got), got, len(want), want)
	}
	return s.wantEvents(ctx, events)
}

func (s Retained) wantEvents(ctx context.Context, want []string) error {
	pending, err := s.Outbox.Pending(ctx, 0)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	var got []string
	for _, event := range pending {
		got = append(got, event.ID)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("pending are the events %q, want %q", got, want)
	}
	return nil
}

func event(eventID string) cris.Event {
	return cris.Event{ID: eventID, Type: cris.EventPurged, Source: cris.EventSourceRetention, Subject: "test", Time: time.Unix(1, 0).UTC()}
}

// remove removes the records, with the event e-1.
func (s Retained) remove(ctx context.Context, ids ...string) error {
	return s.Remove(ctx, s.Class, ids, func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
		return cris.Removal{IDs: ids, Events: []cris.Event{event("e-1")}}, nil
	})
}

func recordsAll(ctx context.Context, s Retained) error {
	if !slices.Contains(s.RecordClasses(), s.Class) {
		return errors.New("RecordClasses lacks the class")
	}
	const n = 1100
	if _, err := s.put(ctx, n); err != nil {
		return err
	}
	seen := map[string]bool{}
	for record, err := range s.Records(ctx, s.Class, cris.Page[string]{}) {
		if err != nil {
			return fmt.Errorf("list records: %w", err)
		}
		if err := wantRecord(record); err != nil {
			return err
		}
		if seen[record.ID] {
			return errors.New("a record is told of twice")
		}
		seen[record.ID] = true
	}
	if len(seen) != n {
		return fmt.Errorf("%d records are told of, want %d", len(seen), n)
	}
	return nil
}

// wantRecord checks what is told of one of the records of put.
func wantRecord(record cris.RetentionRecord) error {
	var n int
	if _, err := fmt.Sscanf(record.ID, "record-%d", &n); err != nil {
		return errors.New("a record is told of that was never put")
	}
	day := record.Day(cris.AgencyZone())
	isOpen := n%3 == 0
	if day != firstDay().AddDays(n) && (!isOpen || !day.IsZero()) { // while it is open the day need not be known
		return fmt.Errorf("record %d counts from %v, want %v", n, day, firstDay().AddDays(n))
	}
	if record.Open != isOpen {
		return fmt.Errorf("record %d is open: %v", n, record.Open)
	}
	return nil
}

func recordsPage(ctx context.Context, s Retained) error {
	if _, err := s.put(ctx, 10); err != nil {
		return err
	}
	all, err := s.list(ctx, cris.Page[string]{Limit: -1})
	if err != nil {
		return err
	}
	for i := range all {
		for _, limit := range []int{0, 1, 3, 100} {
			got, err := s.list(ctx, cris.Page[string]{After: all[i], Limit: limit})
			if err != nil {
				return err
			}
			want := all[i+1:]
			if limit > 0 {
				want = want[:min(limit, len(want))]
			}
			if !slices.Equal(got, want) {
				return fmt.Errorf("after %q, with the limit %d, come %q, want %q", all[i], limit, got, want)
			}
		}
	}
	return nil
}

func otherClass(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 3)
	if err != nil {
		return err
	}
	const other cris.Code = "cristest.record.none"
	for _, err := range s.Records(ctx, other, cris.Page[string]{}) {
		return fmt.Errorf("a class that is not kept has a record, or an error: %w", contract.OrNil(err))
	}
	err = s.Remove(ctx, other, ids, func(records []cris.RetentionRecord, _ []cris.Hold) (cris.Removal, error) {
		if len(records) > 0 {
			return cris.Removal{}, errors.New("decide got records of another class")
		}
		return cris.Removal{IDs: ids}, nil
	})
	return errors.Join(err, s.wantOnFile(ctx, ids, nil))
}

func canceled(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}

func recordsCancelled(ctx context.Context, s Retained) error {
	if _, err := s.put(ctx, 3); err != nil {
		return err
	}
	var got []error
	for _, err := range s.Records(canceled(ctx), s.Class, cris.Page[string]{}) {
		got = append(got, err)
	}
	if len(got) != 1 || !errors.Is(got[0], context.Canceled) {
		return fmt.Errorf("a list yielded %d values, the first with: %w", len(got), contract.OrNil(errors.Join(got...)))
	}
	return nil
}

func removeExactly(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 9)
	if err != nil {
		return err
	}
	gone := []string{ids[1], ids[4], ids[7]}
	err = s.Remove(ctx, s.Class, ids[:8], func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
		return cris.Removal{IDs: gone, Events: []cris.Event{event("e-2"), event("e-1")}}, nil
	})
	if err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	left := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(gone, id) })
	if err := s.wantOnFile(ctx, left, []string{"e-2", "e-1"}); err != nil {
		return err
	}
	if err := s.Put(ctx, gone[0], firstDay(), false); err != nil {
		return fmt.Errorf("put a removed record again: %w", err)
	}
	return nil
}

func removeOnFile(ctx context.Context, s Retained) error {
	const n = 1000
	ids, err := s.put(ctx, n)
	if err != nil {
		return err
	}
	if err := s.remove(ctx, ids[5]); err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	asked := append(slices.Clone(ids), "record-none", "record-\x00", "record-\xff")
	got := 0
	err = s.Remove(ctx, s.Class, asked, func(records []cris.RetentionRecord, _ []cris.Hold) (cris.Removal, error) {
		got = len(records)
		for _, record := range records {
			if err := wantRecord(record); err != nil {
				return cris.Removal{}, err
			}
			if record.ID == ids[5] {
				return cris.Removal{}, errors.New("decide got a record that was removed")
			}
		}
		return cris.Removal{}, nil
	})
	if err != nil {
		return err
	}
	if got != n-1 {
		return fmt.Errorf("decide got %d records, want %d", got, n-1)
	}
	return nil
}

func removeNotAsked(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 4)
	if err != nil {
		return err
	}
	err = s.Remove(ctx, s.Class, ids[:2], func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
		return cris.Removal{IDs: ids[1:]}, nil
	})
	return errors.Join(err, s.wantOnFile(ctx, []string{ids[0], ids[2], ids[3]}, nil))
}

func removeRefused(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 3)
	if err != nil {
		return err
	}
	errRefused := errors.New("refused")
	err = s.Remove(ctx, s.Class, ids, func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
		return cris.Removal{IDs: ids, Events: []cris.Event{event("e-1")}}, errRefused
	})
	if !errors.Is(err, errRefused) {
		return fmt.Errorf("the error of decide came back as: %w", contract.OrNil(err))
	}
	return s.wantOnFile(ctx, ids, nil)
}

func removeEventTaken(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 3)
	if err != nil {
		return err
	}
	if err := s.remove(ctx, ids[0]); err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	if err := s.remove(ctx, ids[1]); !errors.Is(err, cris.ErrConflict) {
		return fmt.Errorf("the ID of an event that is taken gave: %w", contract.OrNil(err))
	}
	return s.wantOnFile(ctx, ids[1:], []string{"e-1"})
}

func removeCancelled(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 3)
	if err != nil {
		return err
	}
	if err := s.remove(canceled(ctx), ids...); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Remove under a canceled context gave: %w", contract.OrNil(err))
	}
	return s.wantOnFile(ctx, ids, nil)
}

// hold returns the n-th of a series of holds. Nothing in it is empty.
func hold(n int) cris.Hold {
	at := time.Date(2024, 2, 29, 14, 30, n, 123_457_000, time.UTC)
	return cris.Hold{
		ID: "hold-" + strconv.Itoa(n), Class: "cristest.record.held", Record: id(n), Why: "OGC/2024-" + strconv.Itoa(n),
		By: "staff-1", Since: at, Lifted: at.Add(time.Hour), LiftedBy: "staff-2",
	}
}

func (s Retained) save(ctx context.Context, held cris.Hold, events ...cris.Event) error {
	return s.UpdateHold(ctx, held.ID, func(cris.Hold) (cris.Hold, []cris.Event, error) { return held, events, nil })
}

func removeHolds(ctx context.Context, s Retained) error {
	want := []cris.Hold{hold(1), hold(2), hold(3)}
	want[1].Lifted, want[1].LiftedBy = time.Time{}, ""
	for _, n := range []int{2, 0, 1} {
		if err := s.save(ctx, want[n]); err != nil {
			return fmt.Errorf("save hold: %w", err)
		}
	}
	var got []cris.Hold
	err := s.Remove(ctx, s.Class, nil, func(_ []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error) {
		got = holds
		return cris.Removal{}, nil
	})
	if err != nil || !slices.Equal(got, want) {
		return fmt.Errorf("decide got %d holds, want %d in the order of their IDs, and the error is: %w", len(got), len(want), contract.OrNil(err))
	}
	return nil
}

// moment is how long a hold is waited for that must not come.
const moment = 50 * time.Millisecond

func removeAlone(ctx context.Context, s Retained) error {
	ids, err := s.put(ctx, 2)
	if err != nil {
		return err
	}
	saved := make(chan error, 1)
	overtook := false
	begun := false
	err = s.Remove(ctx, s.Class, ids, func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
		if !begun {
			begun = true
			go func() { saved <- s.save(ctx, hold(1)) }()
		}
		select {
		case err := <-saved:
			overtook = err == nil
			saved <- err
		case <-time.After(moment):
		}
		return cris.Removal{IDs: ids}, nil
	})
	if begun {
		err = errors.Join(err, <-saved)
	}
	if overtook {
		return errors.Join(errors.New("a hold was put while decide was running"), err)
	}
	return err
}

func (s Retained) wantHolds(ctx context.Context, want ...cris.Hold) error {
	got, err := s.Holds(ctx)
	if err != nil || !slices.Equal(got, want) {
		return fmt.Errorf("the holds are %+v, want %+v, and the error is: %w", got, want, contract.OrNil(err))
	}
	return nil
}

func holdsExact(ctx context.Context, s Retained) error {
	first, second := hold(1), hold(2)
	second.Class, second.Record, second.Lifted, second.LiftedBy = "", "", time.Time{}, ""
	for _, held := range []cris.Hold{second, first} {
		if err := s.save(ctx, held); err != nil {
			return fmt.Errorf("save hold: %w", err)
		}
	}
	if err := s.wantHolds(ctx, first, second); err != nil {
		return err
	}
	lifted := second
	lifted.Lifted, lifted.LiftedBy = first.Lifted, "staff-3"
	err := s.UpdateHold(ctx, second.ID, func(prior cris.Hold) (cris.Hold, []cris.Event, error) {
		if prior != second {
			return cris.Hold{}, nil, errors.New("decide did not get the hold as it was saved")
		}
		return lifted, nil, nil
	})
	return errors.Join(err, s.wantHolds(ctx, first, lifted))
}

func holdsRefused(ctx context.Context, s Retained) error {
	if err := s.save(ctx, hold(1)); err != nil {
		return fmt.Errorf("save hold: %w", err)
	}
	errRefused := errors.New("refused")
	err := s.UpdateHold(ctx, hold(2).ID, func(prior cris.Hold) (cris.Hold, []cris.Event, error) {
		if prior != (cris.Hold{}) {
			return cris.Hold{}, nil, errors.New("decide got a hold that was never saved")
		}
		return hold(2), []cris.Event{event("e-1")}, errRefused
	})
	if !errors.Is(err, errRefused) {
		return fmt.Errorf("the error of decide came back as: %w", contract.OrNil(err))
	}
	err = s.UpdateHold(ctx, hold(1).ID, func(cris.Hold) (cris.Hold, []cris.Event, error) { return cris.Hold{}, nil, nil })
	return errors.Join(err, s.wantHolds(ctx, hold(1)), s.wantEvents(ctx, nil))
}

func holdsEvents(ctx context.Context, s Retained) error {
	if err := s.save(ctx, hold(1), event("e-1")); err != nil {
		return fmt.Errorf("save hold: %w", err)
	}
	if err := s.save(ctx, hold(2), event("e-1")); !errors.Is(err, cris.ErrConflict) {
		return fmt.Errorf("the ID of an event that is taken gave: %w", contract.OrNil(err))
	}
	return errors.Join(s.wantHolds(ctx, hold(1)), s.wantEvents(ctx, []string{"e-1"}))
}

func holdsCancelled(ctx context.Context, s Retained) error {
	if err := s.save(canceled(ctx), hold(1)); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("UpdateHold under a canceled context gave: %w", contract.OrNil(err))
	}
	if _, err := s.Holds(canceled(ctx)); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Holds under a canceled context gave: %w", contract.OrNil(err))
	}
	return s.wantHolds(ctx)
}
