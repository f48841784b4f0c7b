// Package addresschangetest checks implementations of the port of addresschange. A store is
// proven by one call:
//
//	func TestStore(t *testing.T) {
//		addresschangetest.TestStore(t, func(t *testing.T) (addresschange.Store, cris.Outbox) { ... })
//	}
package addresschangetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/contract"
)

// TestStore checks every promise of addresschange.Store. newStore is called once per promise
// and gives an empty store with the outbox that its events go to.
func TestStore(t *testing.T, newStore func(t *testing.T) (addresschange.Store, cris.Outbox)) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedClauses(), ownClauses()), func(t *testing.T) stores {
		store, outbox := newStore(t)
		return stores{store, outbox}
	})
}

// stores is what a clause gets.
type stores struct {
	addresschange.Store
	outbox cris.Outbox
}

// sharedClauses are what every Update and every read promises. Confirmation numbers have no
// letters to mistake.
func sharedClauses() []contract.Clause[stores] {
	return slices.Concat(
		contract.AtomicClauses(asAtomic),
		contract.ReadClauses("Keyed", asKeyed),
		contract.ReadClauses("Report", asReports),
		contract.Without(contract.ReadClauses("Confirmed", asConfirmed), "Confirmed/Letters"),
	)
}

func ownClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "RoundTrip", Promise: "a report reads back equal, with every field and with none, to the microsecond", Check: roundTrip},
		{Name: "Replaces", Promise: "a report takes the place of what is on file under its key, with all of its cases", Check: replaces},
		{Name: "NilLeaves", Promise: "a change that names no report leaves what is on file, and files nothing", Check: nilLeaves},
		{Name: "KeysApart", Promise: "keys that differ in one byte are those of two reports", Check: keysApart},
		{Name: "OtherKey", Promise: "a report with another key than that of the Update gives an error and saves nothing", Check: otherKey},
		{Name: "ReportIDTaken", Promise: "a report with the ID of another gives ErrConflict, with nothing personal in its text", Check: idTaken},
		{Name: "ConfirmationTaken", Promise: "a report with the confirmation number of another gives ErrConflict, with nothing personal in its text", Check: confirmationTaken},
	}
}

// asAtomic lets the shared clauses count the cases that a report names.
func asAtomic(s stores) contract.Atomic {
	update := func(ctx context.Context, scope, entries int, decide func(seen int) ([]cris.Event, error)) error {
		key := NewRecord(scope).Key
		return s.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
			events, err := decide(len(prior.Cases))
			if prior.ID == "" {
				prior = NewRecord(scope, func(r *addresschange.Record) { r.Cases = nil })
			}
			for range entries {
				prior.Cases = append(prior.Cases, newCaseRecord(len(prior.Cases), addresschange.Changed, "addresschange.case_changed", ""))
			}
			return addresschange.Change{Record: &prior, Events: events}, err
		})
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return update(ctx, scope, 1, decide)
		},
		AppendAll: func(ctx context.Context, scope, entries int) error {
			return update(ctx, scope, entries, func(int) ([]cris.Event, error) { return nil, nil })
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			record, err := s.Report(ctx, NewRecord(scope).ID)
			if errors.Is(err, addresschange.ErrNotFound) {
				err = nil
			}
			return len(record.Cases), err
		},
		Outbox: s.outbox,
	}
}

// personal is what stands in the personal fields of every report that is built here.
var personal = []string{
	"Lindström", "Ana María", "O'Neill", "1984-02-29", "A012345678", "012345678", "Oak Lane", "Chicago", "60629", "Elm Street", "Butler",
	"07405", "PO Box 55", "Evanston", "60201", "Okafor", "Chidi",
}

// reportTexts are the fields of a report that hold free text, beside its ID and its key.
var reportTexts = []contract.Text[addresschange.Record]{
	{Name: "channel", With: func(r addresschange.Record, text string) addresschange.Record {
		r.Channel = erequest.Channel(text)
		return r
	}},
	{Name: "statement", With: func(r addresschange.Record, text string) addresschange.Record { r.Statement = text; return r }},
	{Name: "form", With: inCase(func(c *addresschange.CaseRecord, text string) { c.Screening.Form = casestatus.FormNumber(text) })},
	{Name: "form type", With: inCase(func(c *addresschange.CaseRecord, text string) { c.Screening.FormType = casestatus.FormType(text) })},
	{Name: "outcome", With: inCase(func(c *addresschange.CaseRecord, text string) { c.Outcome = addresschange.CaseOutcome(text) })},
	{Name: "reason", With: inCase(func(c *addresschange.CaseRecord, text string) { c.Because = cris.Code(text) })},
}

// inCase changes a text of the second case of a report.
func inCase(set func(c *addresschange.CaseRecord, text string)) func(addresschange.Record, string) addresschange.Record {
	return func(r addresschange.Record, text string) addresschange.Record {
		r.Cases = slices.Clone(r.Cases)
		set(&r.Cases[1], text)
		return r
	}
}

// asReports lets the shared clauses read reports by ID.
func asReports(s stores) contract.Read[addresschange.Record] {
	return contract.Read[addresschange.Record]{
		New: func(n int) addresschange.Record { return NewRecord(n) },
		// A case is entered, and another is named.
		Next: func(r addresschange.Record, n int) addresschange.Record {
			r.Cases = append(slices.Clone(r.Cases), newCaseRecord(100+n, addresschange.Changed, "addresschange.case_changed", ""))
			r.Cases[1].Entered = r.Effective.AddDays(n)
			return r
		},
		Put: func(ctx context.Context, r addresschange.Record) error { return put(ctx, s, r) },
		Get: func(ctx context.Context, r addresschange.Record) (addresschange.Record, error) {
			return s.Report(ctx, r.ID)
		},
		Given: func(ctx context.Context, r addresschange.Record) (addresschange.Record, error) {
			return given(ctx, s, r.Key)
		},
		Equal:    same,
		Spoil:    func(r addresschange.Record) { r.Cases[0].Outcome = "changed by the caller" },
		Missing:  addresschange.ErrNotFound,
		WithID:   func(r addresschange.Record, id string) addresschange.Record { r.ID = id; return r },
		Texts:    reportTexts,
		Personal: personal,
	}
}

// asKeyed lets the shared clauses read reports by key.
func asKeyed(s stores) contract.Read[addresschange.Record] {
	read := asReports(s)
	read.WithID = func(r addresschange.Record, key string) addresschange.Record {
		r.ID, r.Key = "report of "+key, key
		return r
	}
	read.Get = func(ctx context.Context, r addresschange.Record) (addresschange.Record, error) {
		return s.Keyed(ctx, r.Key)
	}
	return read
}

// asConfirmed lets the shared clauses read reports by confirmation number.
func asConfirmed(s stores) contract.Read[addresschange.Record] {
	read := asReports(s)
	read.WithID = nil
	read.Get = func(ctx context.Context, r addresschange.Record) (addresschange.Record, error) {
		return s.Confirmed(ctx, r.Confirmation)
	}
	return read
}

// same reports whether two reports are the same in all that they hold.
func same(a, b addresschange.Record) bool {
	casesOfA, casesOfB := a.Cases, b.Cases
	a.Cases, b.Cases = nil, nil
	return slices.Equal(casesOfA, casesOfB) && reflect.DeepEqual(a, b)
}

// put saves reports, each by one Update of its key.
func put(ctx context.Context, s addresschange.Store, records ...addresschange.Record) error {
	for _, r := range records {
		if err := s.Update(ctx, r.Key, func(addresschange.Record) (addresschange.Change, error) {
			return addresschange.Change{Record: &r}, nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// given returns what an Update gives decide, and changes nothing.
func given(ctx context.Context, s addresschange.Store, key string) (record addresschange.Record, err error) {
	err = s.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
		record = prior
		return addresschange.Change{}, nil
	})
	return record, err
}

// want checks that a report reads back in every way.
func want(ctx context.Context, s addresschange.Store, want addresschange.Record) error {
	for way, get := range map[string]func() (addresschange.Record, error){
		"Keyed":     func() (addresschange.Record, error) { return s.Keyed(ctx, want.Key) },
		"Report":    func() (addresschange.Record, error) { return s.Report(ctx, want.ID) },
		"Confirmed": func() (addresschange.Record, error) { return s.Confirmed(ctx, want.Confirmation) },
		"Update":    func() (addresschange.Record, error) { return given(ctx, s, want.Key) },
	} {
		got, err := get()
		if err != nil {
			return fmt.Errorf("%s: %w", way, err)
		}
		if !same(got, want) {
			return fmt.Errorf("%s gave another report than was saved: %s", way, contract.Difference(got, want))
		}
	}
	return nil
}

// wantNone checks that nothing is on file with the identifiers of the report.
func wantNone(ctx context.Context, s addresschange.Store, r addresschange.Record) error {
	if _, err := s.Report(ctx, r.ID); !errors.Is(err, addresschange.ErrNotFound) {
		return errors.Join(errors.New("there is a report with the ID"), err)
	}
	if _, err := s.Confirmed(ctx, r.Confirmation); !errors.Is(err, addresschange.ErrNotFound) {
		return errors.Join(errors.New("there is a report with the confirmation number"), err)
	}
	if _, err := s.Keyed(ctx, r.Key); !errors.Is(err, addresschange.ErrNotFound) {
		return errors.Join(errors.New("there is a report with the key"), err)
	}
	prior, err := given(ctx, s, r.Key)
	if err != nil {
		return err
	}
	if !same(prior, addresschange.Record{}) {
		return errors.New("there is a report under the key")
	}
	return nil
}

func roundTrip(ctx context.Context, s stores) error {
	full := NewRecord(1)
	bare := addresschange.Record{
		ID: "bare", Key: "key of the bare one", Confirmation: erequesttest.ConfirmationNumber(2), Channel: "a channel of later days",
		ReportedAt: time.Date(2022, 8, 15, 3, 59, 59, 999999000, time.UTC),
	}
	if err := put(ctx, s, full, bare); err != nil {
		return err
	}
	if err := want(ctx, s, full); err != nil {
		return err
	}
	return want(ctx, s, bare)
}

func replaces(ctx context.Context, s stores) error {
	first, other := NewRecord(1), NewRecord(2)
	second := NewRecord(1, func(r *addresschange.Record) {
		r.Cases = []addresschange.CaseRecord{newCaseRecord(7, addresschange.NotChanged, "addresschange.case_not_pending", "")}
		r.Statement = "another"
	})
	third := NewRecord(3, func(r *addresschange.Record) { r.Key = first.Key })
	if err := put(ctx, s, first, other, second); err != nil {
		return err
	}
	if err := errors.Join(want(ctx, s, second), want(ctx, s, other)); err != nil {
		return err
	}
	if err := put(ctx, s, third); err != nil {
		return err
	}
	if err := errors.Join(want(ctx, s, third), want(ctx, s, other)); err != nil {
		return err
	}
	if _, err := s.Report(ctx, first.ID); !errors.Is(err, addresschange.ErrNotFound) {
		return errors.Join(errors.New("what was replaced is still on file"), err)
	}
	return nil
}

func nilLeaves(ctx context.Context, s stores) error {
	if err := put(ctx, s, NewRecord(1)); err != nil {
		return err
	}
	for _, r := range []addresschange.Record{NewRecord(1), NewRecord(2)} {
		if _, err := given(ctx, s, r.Key); err != nil {
			return err
		}
	}
	return errors.Join(want(ctx, s, NewRecord(1)), wantNone(ctx, s, NewRecord(2)))
}

func keysApart(ctx context.Context, s stores) error {
	var all []addresschange.Record
	for n, key := range []string{"a-1", "A-1", "a-1 ", " a-1", "a-01", "\u00e9-1", "e\u0301-1", "a_1", "a%1", strings.Repeat("k", 200)} {
		all = append(all, NewRecord(n, func(r *addresschange.Record) { r.Key = key }))
		if err := wantNone(ctx, s, all[n]); err != nil {
			return fmt.Errorf("before %q was saved: %w", key, err)
		}
		if err := put(ctx, s, all[n]); err != nil {
			return err
		}
	}
	for _, r := range all {
		if err := want(ctx, s, r); err != nil {
			return fmt.Errorf("under %q: %w", r.Key, err)
		}
	}
	return nil
}

func otherKey(ctx context.Context, s stores) error {
	own, other := NewRecord(1), NewRecord(2)
	if err := put(ctx, s, own); err != nil {
		return err
	}
	if err := s.Update(ctx, own.Key, func(addresschange.Record) (addresschange.Change, error) {
		return addresschange.Change{Record: &other}, nil
	}); err == nil {
		return errors.New("Update returned nil")
	}
	return errors.Join(want(ctx, s, own), wantNone(ctx, s, other))
}

func idTaken(ctx context.Context, s stores) error {
	return taken(ctx, s, func(second *addresschange.Record, first addresschange.Record) { second.ID = first.ID })
}

func confirmationTaken(ctx context.Context, s stores) error {
	return taken(ctx, s, func(second *addresschange.Record, first addresschange.Record) {
		second.Confirmation = first.Confirmation
	})
}

func taken(ctx context.Context, s stores, collide func(second *addresschange.Record, first addresschange.Record)) error {
	first, second := NewRecord(1), NewRecord(2)
	collide(&second, first)
	if err := put(ctx, s, first); err != nil {
		return err
	}
	err := put(ctx, s, second)
	if !errors.Is(err, addresschange.ErrConflict) {
		return errors.Join(errors.New("the second report did not give ErrConflict"), err)
	}
	if slices.ContainsFunc(personal, func(text string) bool { return strings.Contains(err.Error(), text) }) {
		return errors.New("the second report gave an error that repeats a personal value")
	}
	prior, err := given(ctx, s, second.Key)
	if err != nil {
		return err
	}
	if !same(prior, addresschange.Record{}) {
		return errors.New("the second report is on file")
	}
	return want(ctx, s, first)
}
