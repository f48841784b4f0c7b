// Package disclosuretest proves stores of disclosure.Accountings, and helps to test programs that
// keep an accounting of disclosures.
package disclosuretest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// TestAccountings checks every promise of disclosure.Accountings. newAccountings is called once per
// promise and gives an empty store.
func TestAccountings(t *testing.T, newAccountings func(t *testing.T) disclosure.Accountings) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedClauses(), ownClauses()), newAccountings)
}

func sharedClauses() []contract.Clause[disclosure.Accountings] {
	return slices.Concat(
		contract.ReadClauses("Record", asEntries),
		contract.ListClauses("Entries", listing),
	)
}

func ownClauses() []contract.Clause[disclosure.Accountings] {
	return []contract.Clause[disclosure.Accountings]{
		{Name: "Record/Again", Promise: "the same entry again, even after it was retained, gives no error and changes nothing", Check: recordedAgain},
		{Name: "Record/Taken", Promise: "another entry with an ID that is on file gives ErrConflict, and the first stays as it is", Check: taken},
		{Name: "Entries/Order", Promise: "the earliest entry comes first; of one instant, by the bytes of the IDs; and a list goes on after any of them", Check: order},
		{Name: "Retain/Longer", Promise: "all entries with the handle, and no others, are kept until the later day", Check: retainedLonger},
		{Name: "Retain/NotShorter", Promise: "no entry is kept for a shorter time than before", Check: notShortened},
		{Name: "Retain/Cancelled", Promise: "under a canceled context Retain gives the error of the context and changes nothing", Check: retainCancelled},
	}
}

// Start is when the first of a series of entries was made.
func Start() time.Time { return time.Date(2026, 3, 2, 14, 30, 0, 123_457_000, time.UTC) }

// NewEntry returns the n-th of a series of entries, a second after one another, each with a
// handle of its own. The edits change it before it is returned.
func NewEntry(n int, edits ...func(*disclosure.Entry)) disclosure.Entry {
	use := disclosure.Uses()[n%len(disclosure.Uses())]
	terms, _ := disclosure.TermsOf(use)
	entry := disclosure.Entry{
		ID: "entry-" + strconv.Itoa(n), Handle: selfcheck.Handle("handle-" + strconv.Itoa(n)),
		At: Start().Add(time.Duration(n) * time.Second), Use: use, Authority: terms.Authority, Purpose: terms.Purposes[0],
		Recipient: disclosure.Recipient{Kind: disclosure.Organization, Name: "Office " + strconv.Itoa(n), Address: "1 Example Street", File: "F-" + strconv.Itoa(n)},
		Classes:   terms.Classes[:2], By: "privacy-" + strconv.Itoa(n), KeptUntil: cris.MustParseDate("2031-03-02").AddDays(n),
	}
	for _, edit := range edits {
		edit(&entry)
	}
	return entry
}

// equal reports whether two entries are the same in all that they hold.
func equal(a, b disclosure.Entry) bool {
	return a.IsSame(b) && a.KeptUntil == b.KeptUntil && (a.At.IsZero() || a.At.Location() == time.UTC)
}

func asEntries(s disclosure.Accountings) contract.Read[disclosure.Entry] {
	text := func(name string, field func(*disclosure.Entry) *string) contract.Text[disclosure.Entry] {
		return contract.Text[disclosure.Entry]{Name: name, With: func(v disclosure.Entry, text string) disclosure.Entry {
			*field(&v) = text
			return v
		}}
	}
	return contract.Read[disclosure.Entry]{
		New: func(n int) disclosure.Entry { return NewEntry(n) },
		Put: s.Record,
		Get: func(ctx context.Context, v disclosure.Entry) (disclosure.Entry, error) {
			all, err := entries(ctx, s, v.Handle, disclosure.Page{})
			if at := slices.IndexFunc(all, func(e disclosure.Entry) bool { return e.ID == v.ID }); at >= 0 {
				return all[at], err
			}
			return disclosure.Entry{}, err
		},
		Equal: equal,
		Spoil: func(v disclosure.Entry) { clear(v.Classes) },
		WithID: func(v disclosure.Entry, id string) disclosure.Entry {
			v.ID = id
			return v
		},
		Texts: []contract.Text[disclosure.Entry]{
			{Name: "handle", With: func(v disclosure.Entry, text string) disclosure.Entry { v.Handle = selfcheck.Handle(text); return v }},
			{Name: "class", With: func(v disclosure.Entry, text string) disclosure.Entry {
				v.Classes = []disclosure.Class{disclosure.Name, disclosure.Class(text)}
				return v
			}},
			text("authority", func(e *disclosure.Entry) *string { return &e.Authority }),
			text("recipient", func(e *disclosure.Entry) *string { return &e.Recipient.Name }),
			text("address", func(e *disclosure.Entry) *string { return &e.Recipient.Address }),
			text("file", func(e *disclosure.Entry) *string { return &e.Recipient.File }),
			text("official", func(e *disclosure.Entry) *string { return &e.By }),
		},
	}
}

func entries(ctx context.Context, s disclosure.Accountings, handle selfcheck.Handle, page disclosure.Page) (all []disclosure.Entry, err error) {
	for entry, err := range s.List(ctx, handle, page) {
		if err != nil {
			return nil, err
		}
		all = append(all, entry)
	}
	return all, nil
}

// listing lets the shared clauses see the entries of one handle. A key is the ID of an entry; all
// were made at one instant.
func listing(s disclosure.Accountings) contract.List {
	others := []selfcheck.Handle{"RECORD", "record ", ""}
	other := 0
	put := func(ctx context.Context, handle selfcheck.Handle, id string) error {
		return s.Record(ctx, NewEntry(1, func(e *disclosure.Entry) { e.ID, e.Handle, e.At = id, handle, Start() }))
	}
	return contract.List{
		AnyKey: true,
		Key:    func(n int) string { return fmt.Sprintf("entry-%06d", n) },
		Put: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				if err := put(ctx, "record", id); err != nil {
					return err
				}
			}
			return nil
		},
		PutOther: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				other++
				if err := put(ctx, others[other%len(others)], id); err != nil {
					return err
				}
			}
			return nil
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			of := disclosure.Page{Limit: page.Limit}
			if page.After != "" {
				of.After = disclosure.Key{At: Start(), ID: page.After}
			}
			return contract.KeysOf(s.List(ctx, "record", of), func(e disclosure.Entry) string { return e.ID })
		},
	}
}

// record saves entries one after another.
func record(ctx context.Context, s disclosure.Accountings, all ...disclosure.Entry) error {
	for _, entry := range all {
		if err := s.Record(ctx, entry); err != nil {
			return fmt.Errorf("record %s: %w", entry.ID, err)
		}
	}
	return nil
}

func want(ctx context.Context, s disclosure.Accountings, handle selfcheck.Handle, page disclosure.Page, want ...disclosure.Entry) error {
	got, err := entries(ctx, s, handle, page)
	if err != nil {
		return err
	}
	if !slices.EqualFunc(got, want, equal) {
		return fmt.Errorf("the entries differ from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

func recordedAgain(ctx context.Context, s disclosure.Accountings) error {
	entry := NewEntry(1)
	if err := record(ctx, s, entry, entry); err != nil {
		return err
	}
	retained := entry
	retained.KeptUntil = entry.KeptUntil.AddDays(30)
	if err := s.Retain(ctx, entry.Handle, retained.KeptUntil); err != nil {
		return err
	}
	if err := record(ctx, s, entry); err != nil {
		return err
	}
	return want(ctx, s, entry.Handle, disclosure.Page{}, retained)
}

func taken(ctx context.Context, s disclosure.Accountings) error {
	first := NewEntry(1)
	if err := record(ctx, s, first); err != nil {
		return err
	}
	for _, change := range []func(*disclosure.Entry){
		func(e *disclosure.Entry) { e.Handle = "another" },
		func(e *disclosure.Entry) { e.At = e.At.Add(time.Microsecond) },
		func(e *disclosure.Entry) { e.Use = disclosure.Compromise },
		func(e *disclosure.Entry) { e.Recipient.Name = "another" },
		func(e *disclosure.Entry) { e.Classes = e.Classes[:1] },
		func(e *disclosure.Entry) { e.By = "another" },
	} {
		if err := s.Record(ctx, NewEntry(1, change)); !errors.Is(err, disclosure.ErrConflict) {
			return errors.Join(errors.New("another entry with the same ID did not give ErrConflict"), err)
		}
	}
	return errors.Join(want(ctx, s, first.Handle, disclosure.Page{}, first), want(ctx, s, "another", disclosure.Page{}))
}

func order(ctx context.Context, s disclosure.Accountings) error {
	at := func(seconds int, id string) disclosure.Entry {
		return NewEntry(seconds, func(e *disclosure.Entry) { e.ID, e.Handle = id, "record" })
	}
	all := []disclosure.Entry{at(1, "z"), at(2, "B"), at(2, "a"), at(2, "b"), at(3, "A")}
	for _, i := range []int{3, 0, 4, 2, 1} {
		if err := record(ctx, s, all[i]); err != nil {
			return err
		}
	}
	for i := range all {
		if err := want(ctx, s, "record", disclosure.Page{After: all[i].Key()}, all[i+1:]...); err != nil {
			return err
		}
	}
	return want(ctx, s, "record", disclosure.Page{}, all...)
}

func retainedLonger(ctx context.Context, s disclosure.Accountings) error {
	of := func(n int, handle selfcheck.Handle) disclosure.Entry {
		return NewEntry(n, func(e *disclosure.Entry) { e.Handle = handle })
	}
	first, second, other := of(1, "record"), of(2, "record"), of(3, "RECORD")
	if err := record(ctx, s, first, second, other); err != nil {
		return err
	}
	until := cris.MustParseDate("2040-01-01")
	if err := s.Retain(ctx, "record", until); err != nil {
		return err
	}
	first.KeptUntil, second.KeptUntil = until, until
	return errors.Join(want(ctx, s, "record", disclosure.Page{}, first, second), want(ctx, s, "RECORD", disclosure.Page{}, other))
}

func notShortened(ctx context.Context, s disclosure.Accountings) error {
	entry := NewEntry(1)
	if err := record(ctx, s, entry); err != nil {
		return err
	}
	for _, until := range []cris.Date{entry.KeptUntil, entry.KeptUntil.AddDays(-1), cris.MustParseDate("2026-03-03"), {}} {
		if err := s.Retain(ctx, entry.Handle, until); err != nil {
			return err
		}
	}
	return want(ctx, s, entry.Handle, disclosure.Page{}, entry)
}

func retainCancelled(ctx context.Context, s disclosure.Accountings) error {
	entry := NewEntry(1)
	if err := record(ctx, s, entry); err != nil {
		return err
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Retain(canceled, entry.Handle, entry.KeptUntil.AddDays(1)); !errors.Is(err, context.Canceled) {
		return errors.Join(errors.New("Retain did not give the error of the context"), err)
	}
	return want(ctx, s, entry.Handle, disclosure.Page{}, entry)
}
