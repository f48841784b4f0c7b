// Package casestatustest checks implementations of the ports of casestatus. A store
// is proven by one call per port:
//
//	func TestCases(t *testing.T) {
//		casestatustest.TestCases(t, func(t *testing.T) casestatus.Cases { ... })
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
// promise and gives an empty store.
func TestCases(t *testing.T, newStore func(t *testing.T) casestatus.Cases) {
	t.Helper()
	contract.Run(t, caseClauses(), newStore)
	contract.Run(t, mailedClauses(), newStore)
}

func caseClauses() []contract.Clause[casestatus.Cases] {
	return []contract.Clause[casestatus.Cases]{
		{Name: "Case/Unknown", Promise: "StaffCase of an unknown number gives casestatus.ErrNotFound", Check: unknownCase},
		{Name: "Case/Withheld", Promise: "Case gives what StaffCase gives, except that a withheld case is not there for as long as it is withheld", Check: visibleCase},
		{Name: "Update/RoundTrip", Promise: "a case reads back equal, complete and bare, with titles and documents nobody knows", Check: caseRoundTrip},
		{Name: "Update/Replaces", Promise: "what Update saves takes the place of all that was there", Check: caseReplaced},
		{Name: "Update/Apart", Promise: "a case is filed under its own number and no other", Check: casesApart},
		{Name: "Update/LongHistory", Promise: "a history has as many entries as it has", Check: longHistory},
		{Name: "Update/Whole", Promise: "a reader sees a case as one Update left it, never a mixture", Check: caseWhole},
		{Name: "Update/Cancelled", Promise: "a cancelled context files nothing", Check: putCancelled},
		{Name: "Case/NoAliasing", Promise: "changing what was put or got changes nothing in the store", Check: caseNoAliasing},
	}
}

func wantCase(ctx context.Context, s casestatus.Cases, want casestatus.Case) error {
	got, err := s.StaffCase(ctx, want.Receipt)
	if err != nil {
		return err
	}
	return sameCase(got, want)
}

// sameCase says what differs, without personal values. No entries and an empty
// slice are the same.
func sameCase(got, want casestatus.Case) error {
	switch {
	case !slices.Equal(got.History, want.History):
		return fmt.Errorf("the history reads %v, want %v", got.History, want.History)
	case !slices.Equal(got.Mailings, want.Mailings):
		return fmt.Errorf("the mailings read %v, want %v", got.Mailings, want.Mailings)
	case got.Address != want.Address:
		return errors.New("the address reads differently")
	case got.Representative != want.Representative:
		return errors.New("the name of the representative reads differently")
	case got.Receipt != want.Receipt, got.PostedUnder() != want.PostedUnder(), got.Filed != want.Filed, got.Withheld != want.Withheld:
		return fmt.Errorf("the case reads %+v, want %+v", got, want)
	}
	return nil
}

func unknownCase(ctx context.Context, s casestatus.Cases) error {
	if err := PutCase(ctx, s, NewCase(1)); err != nil {
		return err
	}
	for _, receipt := range []casestatus.ReceiptNumber{Receipt(2), {}} {
		if _, err := s.StaffCase(ctx, receipt); !errors.Is(err, casestatus.ErrNotFound) {
			return fmt.Errorf("StaffCase returned the error %w", err)
		}
	}
	return nil
}

func visibleCase(ctx context.Context, s casestatus.Cases) error {
	wantHidden := func(receipt casestatus.ReceiptNumber) error {
		if got, err := s.Case(ctx, receipt); !errors.Is(err, casestatus.ErrNotFound) || got.Receipt != (casestatus.ReceiptNumber{}) {
			return fmt.Errorf("Case of a case that is not to be seen returned the error %w", err)
		}
		return nil
	}
	shown, withheld := NewCase(1), NewCase(2)
	withheld.Withheld = true
	bare := casestatus.Case{Receipt: Receipt(3)}
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

func caseRoundTrip(ctx context.Context, s casestatus.Cases) error {
	full := NewCase(1)
	full.History = append(full.History, casestatus.StatusEntry{Spanish: "Un título; de 'después'", Title: "A Title; of 'later' days? \u2013 Año"})
	full.Mailings = append(full.Mailings, casestatus.Mailing{
		Document: "a document of later days",
		Number:   must(tracking.ParseNumberLenient("9205590000000000000010")), // its check digit is wrong
		Mailed:   cris.MustParseDate("2022-03-01"),
	})
	bare := casestatus.Case{Receipt: Receipt(2), Withheld: true}
	for _, want := range []casestatus.Case{full, bare} {
		if err := PutCase(ctx, s, want); err != nil {
			return err
		}
	}
	return errors.Join(wantCase(ctx, s, full), wantCase(ctx, s, bare))
}

func caseReplaced(ctx context.Context, s casestatus.Cases) error {
	before, after := NewCase(1), NewCase(1)
	before.Withheld = true
	after.Form, after.Office, after.Representative = "I-90", "NBC", cris.PersonName{}
	after.History, after.Mailings = after.History[:1], nil
	for _, c := range []casestatus.Case{before, after} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	return wantCase(ctx, s, after)
}

func casesApart(ctx context.Context, s casestatus.Cases) error {
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

func longHistory(ctx context.Context, s casestatus.Cases) error {
	long := NewCase(1)
	for i := range 1000 {
		long.History = append(long.History, casestatus.StatusEntry{On: long.Filed.AddDays(i), Title: fmt.Sprintf("Step %d", i)})
	}
	if err := PutCase(ctx, s, long); err != nil {
		return err
	}
	return wantCase(ctx, s, long)
}

// caseWhole reads while a case is replaced over and over, by a longer and a shorter
// one in turn.
func caseWhole(ctx context.Context, s casestatus.Cases) error {
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

func putCancelled(ctx context.Context, s casestatus.Cases) error {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := PutCase(cancelled, s, NewCase(1)); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Update under a cancelled context returned the error %w", err)
	}
	if _, err := s.StaffCase(ctx, Receipt(1)); !errors.Is(err, casestatus.ErrNotFound) {
		return errors.New("the case was filed nevertheless")
	}
	return nil
}

func caseNoAliasing(ctx context.Context, s casestatus.Cases) error {
	put := NewCase(1)
	if err := PutCase(ctx, s, put); err != nil {
		return err
	}
	put.History[0].Title, put.Mailings[0].Document = "changed after Update", "changed after Update"
	got, err := s.StaffCase(ctx, put.Receipt)
	if err != nil {
		return err
	}
	if err := sameCase(got, NewCase(1)); err != nil {
		return err
	}
	got.History[0].Title, got.Mailings[0].Document = "changed after Case", "changed after Case"
	return wantCase(ctx, s, NewCase(1))
}
