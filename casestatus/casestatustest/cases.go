// Package casestatustest checks implementations of the ports of casestatus. A store
// is proven by one call per port:
//
//	func TestCases(t *testing.T) {
//		casestatustest.TestCases(t, func(t *testing.T) (casestatus.Cases, cris.Outbox) { ... })
//	}
package casestatustest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// TestCases checks every promise of casestatus.Cases. newStore is called once per
// promise and gives an empty store with the outbox that its events go to.
func TestCases(t *testing.T, newStore func(t *testing.T) (casestatus.Cases, cris.Outbox)) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedCaseClauses(), ownCaseClauses()), func(t *testing.T) caseStores {
		store, outbox := newStore(t)
		return caseStores{store, outbox}
	})
	contract.Run(t, mailedClauses(), func(t *testing.T) casestatus.Cases {
		store, _ := newStore(t)
		return store
	})
}

// caseStores is what a clause gets.
type caseStores struct {
	casestatus.Cases
	outbox cris.Outbox
}

// sharedCaseClauses are what every Update and every read promises. Receipt numbers have no
// letters to mistake.
func sharedCaseClauses() []contract.Clause[caseStores] {
	return slices.Concat(
		contract.AtomicClauses(casesAsAtomic),
		contract.Without(contract.ReadClauses("StaffCase", staffCases), "StaffCase/Letters"),
		contract.Without(contract.ReadClauses("Case", shownCases), "Case/Letters"),
		contract.Without(contract.ReadClauses("StaffHeader", staffHeaders), "StaffHeader/Letters"),
	)
}

func ownCaseClauses() []contract.Clause[caseStores] {
	return []contract.Clause[caseStores]{
		{Name: "Case/Withheld", Promise: "Case gives what StaffCase gives, except that a withheld case is not there for as long as it is withheld", Check: visibleCase},
		{Name: "StaffHeader/Withheld", Promise: "StaffHeader gives the header of what StaffCase gives, withheld or not", Check: withheldHeader},
		{Name: "Update/RoundTrip", Promise: "a case reads back equal, complete and bare, with titles and documents nobody knows", Check: caseRoundTrip},
		{Name: "Update/NilLeaves", Promise: "a change that names no case leaves what is on file, and files nothing", Check: caseNilLeaves},
		{Name: "Update/OtherNumber", Promise: "a case with another receipt number than that of the Update, or with none, is refused, and nothing is saved", Check: caseOtherNumber},
		{Name: "Update/Apart", Promise: "a case is filed under its own number and no other", Check: casesApart},
		{Name: "Update/Whole", Promise: "a reader sees a case as one Update left it, never a mixture", Check: caseWhole},
	}
}

// casesAsAtomic lets the shared clauses count the entries of the history of a case.
func casesAsAtomic(s caseStores) contract.Atomic {
	update := func(ctx context.Context, scope, entries int, decide func(seen int) ([]cris.Event, error)) error {
		return s.Update(ctx, Receipt(scope), func(prior casestatus.Case) (casestatus.CaseChange, error) {
			events, err := decide(len(prior.History))
			prior.Receipt = Receipt(scope)
			for range entries {
				prior.History = append(prior.History, casestatus.StatusEntry{Title: fmt.Sprintf("Step %d", len(prior.History))})
			}
			return casestatus.CaseChange{Case: &prior, Events: events}, err
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
			onFile, err := s.StaffCase(ctx, Receipt(scope))
			if errors.Is(err, casestatus.ErrNotFound) {
				err = nil
			}
			return len(onFile.History), err
		},
		Outbox: s.outbox,
	}
}

// staffCases lets the shared clauses read cases as staff does.
func staffCases(s caseStores) contract.Read[casestatus.Case] {
	inEntry := func(set func(entry *casestatus.StatusEntry, text string)) func(casestatus.Case, string) casestatus.Case {
		return func(c casestatus.Case, text string) casestatus.Case {
			set(&c.History[1], text)
			return c
		}
	}
	return contract.Read[casestatus.Case]{
		New: func(n int) casestatus.Case { return NewCase(n) },
		// A history grows, and is then replaced by a shorter one.
		Next: func(c casestatus.Case, n int) casestatus.Case {
			if n%2 == 0 {
				return casestatus.Case{Header: casestatus.Header{Receipt: c.Receipt, Form: "I-90", Office: "NBC", Address: c.Address}, History: c.History[:1]}
			}
			c.History = append(slices.Clone(c.History), casestatus.StatusEntry{On: c.Filed.AddDays(n), Title: "Later", Spanish: "Después"})
			c.Mailings = append(slices.Clone(c.Mailings), NewMailing(NewPiece(n, 0).Number))
			entry := casestatus.AddressEntry{Address: NewAddress("60601", func(p *cris.AddressParts) { p.Unit = fmt.Sprint("Apt ", n) }), From: c.Filed.AddDays(500 + n)}
			c, _ = c.Moved(entry)
			return c
		},
		Put: func(ctx context.Context, c casestatus.Case) error { return PutCase(ctx, s, c) },
		Get: func(ctx context.Context, c casestatus.Case) (casestatus.Case, error) {
			return s.StaffCase(ctx, c.Receipt)
		},
		Given: func(ctx context.Context, c casestatus.Case) (given casestatus.Case, err error) {
			err = s.Update(ctx, c.Receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				given = prior
				return casestatus.CaseChange{}, nil
			})
			return given, err
		},
		Equal: func(a, b casestatus.Case) bool { return sameCase(a, b) == nil },
		Spoil: func(c casestatus.Case) {
			c.History[0].Title, c.Mailings[0].Document, c.Addresses[0].Origin = "changed", "changed", "changed"
		},
		Missing: casestatus.ErrNotFound,
		Texts: []contract.Text[casestatus.Case]{
			{Name: "form", With: func(c casestatus.Case, text string) casestatus.Case { c.Form = casestatus.FormNumber(text); return c }},
			{Name: "form type", With: func(c casestatus.Case, text string) casestatus.Case { c.FormType = casestatus.FormType(text); return c }},
			{Name: "office", With: func(c casestatus.Case, text string) casestatus.Case { c.Office = casestatus.OfficeCode(text); return c }},
			{Name: "title", With: inEntry(func(entry *casestatus.StatusEntry, text string) { entry.Title = text })},
			{Name: "title in Spanish", With: inEntry(func(entry *casestatus.StatusEntry, text string) { entry.Spanish = text })},
			{Name: "document", With: func(c casestatus.Case, text string) casestatus.Case {
				c.Mailings[1].Document = casestatus.Document(text)
				return c
			}},
			{Name: "origin of an address", With: func(c casestatus.Case, text string) casestatus.Case { c.Addresses[1].Origin = text; return c }},
		},
		Personal: []string{"Lindström", "Ana María", "O'Neill", "1984-02-29", "Okafor", "Kiel Ave", "Kinnelon", "07405", "Main St", "Springfield", "08540", "10001"},
	}
}

// shownCases lets the shared clauses read cases as who knows no more than the number.
func shownCases(s caseStores) contract.Read[casestatus.Case] {
	read := staffCases(s)
	read.Get = func(ctx context.Context, c casestatus.Case) (casestatus.Case, error) { return s.Case(ctx, c.Receipt) }
	return read
}

// staffHeaders lets the shared clauses read the headers of cases, through which they see the
// cases that were put.
func staffHeaders(s caseStores) contract.Read[casestatus.Case] {
	read := staffCases(s)
	read.Get = func(ctx context.Context, c casestatus.Case) (casestatus.Case, error) {
		header, err := s.StaffHeader(ctx, c.Receipt)
		return casestatus.Case{Header: header}, err
	}
	read.Given = nil
	read.Equal = func(a, b casestatus.Case) bool { return sameHeader(a.Header, b.Header) == nil }
	read.Spoil = func(c casestatus.Case) { c.Addresses[0].Origin = "changed" }
	read.Texts = slices.DeleteFunc(read.Texts, func(t contract.Text[casestatus.Case]) bool {
		return slices.Contains([]string{"title", "title in Spanish", "document"}, t.Name)
	})
	return read
}

func wantCase(ctx context.Context, s casestatus.Cases, want casestatus.Case) error {
	got, err := s.StaffCase(ctx, want.Receipt)
	if err != nil {
		return err
	}
	return sameCase(got, want)
}

func wantNoCase(ctx context.Context, s casestatus.Cases, receipt casestatus.ReceiptNumber) error {
	if _, err := s.StaffCase(ctx, receipt); !errors.Is(err, casestatus.ErrNotFound) {
		return fmt.Errorf("StaffCase of what is not on file returned the error %w", contract.OrNil(err))
	}
	return nil
}

// sameCase says what differs, without personal values. No entries and an empty
// slice are the same.
func sameCase(got, want casestatus.Case) error {
	switch {
	case !slices.Equal(got.History, want.History):
		return fmt.Errorf("the history reads %v, want %v", got.History, want.History)
	case !slices.Equal(got.Mailings, want.Mailings):
		return fmt.Errorf("the mailings read %v, want %v", got.Mailings, want.Mailings)
	}
	return sameHeader(got.Header, want.Header)
}

func sameHeader(got, want casestatus.Header) error {
	switch {
	case got.Address != want.Address:
		return errors.New("the address reads differently")
	case !slices.Equal(got.Addresses, want.Addresses):
		return fmt.Errorf("the addresses before it, of which there are %d, read differently, want %d", len(got.Addresses), len(want.Addresses))
	case got.Applicant != want.Applicant, got.DateOfBirth != want.DateOfBirth:
		return errors.New("the name or the date of birth of the applicant reads differently")
	case got.Representative != want.Representative:
		return errors.New("the name of the representative reads differently")
	case got.Receipt != want.Receipt, got.PostedUnder() != want.PostedUnder(), got.Filed != want.Filed, got.Withheld != want.Withheld:
		return fmt.Errorf("the case differs from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

func visibleCase(ctx context.Context, s caseStores) error {
	wantHidden := func(receipt casestatus.ReceiptNumber) error {
		if got, err := s.Case(ctx, receipt); !errors.Is(err, casestatus.ErrNotFound) || got.Receipt != (casestatus.ReceiptNumber{}) {
			return fmt.Errorf("Case of a case that is not to be seen returned the error %w", contract.OrNil(err))
		}
		return nil
	}
	shown, withheld := NewCase(1), NewCase(2)
	withheld.Withheld = true
	bare := casestatus.Case{Header: casestatus.Header{Receipt: Receipt(3)}}
	for _, c := range []casestatus.Case{shown, withheld, bare} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	for _, want := range []casestatus.Case{shown, bare} {
		got, err := s.Case(ctx, want.Receipt)
		if err != nil {
			return err
		}
		if err := sameCase(got, want); err != nil {
			return err
		}
	}
	if err := errors.Join(wantHidden(withheld.Receipt), wantHidden(Receipt(4)), wantCase(ctx, s, withheld)); err != nil {
		return err
	}
	shown.Withheld, withheld.Withheld = true, false
	for _, c := range []casestatus.Case{shown, withheld} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	got, err := s.Case(ctx, withheld.Receipt)
	if err != nil {
		return err
	}
	return errors.Join(wantHidden(shown.Receipt), sameCase(got, withheld))
}

func withheldHeader(ctx context.Context, s caseStores) error {
	for n, withheld := range []bool{false, true} {
		want := NewCase(n, func(c *casestatus.Case) { c.Withheld = withheld })
		if err := PutCase(ctx, s, want); err != nil {
			return err
		}
		got, err := s.StaffHeader(ctx, want.Receipt)
		if err != nil {
			return err
		}
		if err := sameHeader(got, want.Header); err != nil {
			return err
		}
	}
	return nil
}

func caseRoundTrip(ctx context.Context, s caseStores) error {
	full := NewCase(1)
	full.History = append(full.History, casestatus.StatusEntry{Spanish: "Un título; de 'después'", Title: "A Title; of 'later' days? \u2013 Año"})
	full.Mailings = append(full.Mailings, casestatus.Mailing{
		Document: "a document of later days",
		Number:   must(tracking.ParseNumberLenient("9205590000000000000010")), // its check digit is wrong
		Mailed:   cris.MustParseDate("2022-03-01"),
	})
	bare := casestatus.Case{Header: casestatus.Header{Receipt: Receipt(2), Withheld: true}}
	for _, want := range []casestatus.Case{full, bare} {
		if err := PutCase(ctx, s, want); err != nil {
			return err
		}
	}
	return errors.Join(wantCase(ctx, s, full), wantCase(ctx, s, bare))
}

func caseNilLeaves(ctx context.Context, s caseStores) error {
	if err := PutCase(ctx, s, NewCase(1)); err != nil {
		return err
	}
	for n := range 3 {
		if err := s.Update(ctx, Receipt(n), func(casestatus.Case) (casestatus.CaseChange, error) { return casestatus.CaseChange{}, nil }); err != nil {
			return err
		}
	}
	return errors.Join(wantCase(ctx, s, NewCase(1)), wantNoCase(ctx, s, Receipt(0)), wantNoCase(ctx, s, Receipt(2)), wantNoCase(ctx, s, casestatus.ReceiptNumber{}))
}

func caseOtherNumber(ctx context.Context, s caseStores) error {
	for _, other := range []casestatus.Case{NewCase(2), {Header: casestatus.Header{Form: "I-90"}}} {
		if err := s.Update(ctx, Receipt(1), func(casestatus.Case) (casestatus.CaseChange, error) {
			return casestatus.CaseChange{Case: &other}, nil
		}); err == nil {
			return fmt.Errorf("an Update of %v took the case %v", Receipt(1), other.Receipt)
		}
		if err := errors.Join(wantNoCase(ctx, s, Receipt(1)), wantNoCase(ctx, s, other.Receipt)); err != nil {
			return err
		}
	}
	return nil
}

func casesApart(ctx context.Context, s caseStores) error {
	asterisk, zero := NewCase(1), NewCase(2)
	asterisk.Receipt = casestatus.MustParseReceiptNumber("SRC*123456789")
	zero.Receipt = casestatus.MustParseReceiptNumber("SRC0123456789")
	zero.Form, zero.History, zero.Mailings = "I-90", zero.History[:1], zero.Mailings[:1]
	for _, c := range []casestatus.Case{asterisk, zero} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	return errors.Join(wantCase(ctx, s, asterisk), wantCase(ctx, s, zero))
}

// caseWhole reads while a case is replaced over and over, by a longer and a shorter
// one in turn.
func caseWhole(ctx context.Context, s caseStores) error {
	long, short := NewCase(1), NewCase(1)
	short.Form, short.History, short.Mailings = "I-90", short.History[:1], short.Mailings[:1]
	if err := PutCase(ctx, s, long); err != nil {
		return err
	}
	const rounds = 40
	var wg sync.WaitGroup
	done := make(chan struct{})
	var failed error
	wg.Go(func() {
		defer close(done)
		for i := range rounds {
			next := long
			if i%2 == 0 {
				next = short
			}
			if failed = PutCase(ctx, s, next); failed != nil {
				return
			}
		}
	})
	defer wg.Wait()
	for {
		select {
		case <-done:
			return failed
		default:
		}
		got, err := s.StaffCase(ctx, long.Receipt)
		if err != nil {
			return err
		}
		if sameCase(got, long) != nil && sameCase(got, short) != nil {
			return fmt.Errorf("a case with form %s, %d entries of history and %d mailings was never put",
				got.Form, len(got.History), len(got.Mailings))
		}
	}
}
