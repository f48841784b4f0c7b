// Package erequesttest checks implementations of the ports of erequest. A store is
// proven by one call:
//
//	func TestStore(t *testing.T) {
//		erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) { ... })
//	}
package erequesttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
)

// TestStore checks every promise of erequest.Store. newStore is called once per
// promise and gives an empty store with the outbox that its events go to.
func TestStore(t *testing.T, newStore func(t *testing.T) (erequest.Store, cris.Outbox)) {
	t.Helper()
	contract.Run(t, clauses(), func(t *testing.T) stores {
		store, outbox := newStore(t)
		return stores{store, outbox}
	})
}

// stores is what a clause gets.
type stores struct {
	erequest.Store
	outbox cris.Outbox
}

func clauses() []contract.Clause[stores] { return slices.Concat(sharedClauses(), ownClauses()) }

// sharedClauses are what every Update and every read promises. Receipt numbers have no letters
// to mistake.
func sharedClauses() []contract.Clause[stores] {
	return slices.Concat(
		contract.AtomicClauses(asAtomic),
		contract.ReadClauses("Request", asRequests),
		contract.Without(contract.ReadClauses("Entries", asEntriesOfCases), "Entries/Letters"),
		contract.ListClauses("Due", dueRequests(false)),
		contract.ListClauses("Due/Unraised", dueRequests(true)),
	)
}

func ownClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "RoundTrip", Promise: "a request reads back equal, with every detail and with none, to the microsecond", Check: roundTrip},
		{Name: "OrderOfFiling", Promise: "Update and Entries give the requests of a case in the order in which they were filed", Check: orderOfFiling},
		{Name: "MarkSaved", Promise: "every mark of a change is saved on its request, as its milestone, and on no other, even together with new requests", Check: markSaved},
		{Name: "MarkUnknown", Promise: "a mark on a request of another case gives ErrNotFound and saves nothing", Check: markUnknown},
		{Name: "MilestoneUnknown", Promise: "a mark of a milestone that is not known gives an error and saves nothing", Check: milestoneUnknown},
		{Name: "Due/Values", Promise: "Due yields what is due, and raised or not, as the requests have it", Check: dueValues},
		{Name: "IDTaken", Promise: "a second request with the same ID, of any case or in the same change, gives ErrConflict and saves nothing, with nothing personal in its text", Check: idTaken},
		{Name: "ConfirmationTaken", Promise: "a second request with the same confirmation number, of any case or in the same change, gives ErrConflict and saves nothing, with nothing personal in its text", Check: confirmationTaken},
		{Name: "OtherCase", Promise: "a new request of another case than that of the Update gives an error and saves nothing", Check: otherCase},
	}
}

// receipt returns one of the receipt numbers that the clauses file under.
func receipt(n int) casestatus.ReceiptNumber { return casestatustest.Receipt(n) }

// asAtomic lets the shared clauses file one request per entry.
func asAtomic(s stores) contract.Atomic {
	var last atomic.Int64
	update := func(ctx context.Context, scope, entries int, decide func(seen int) ([]cris.Event, error)) error {
		var filed []erequest.Request
		for range entries {
			filed = append(filed, NewRequest(receipt(scope), int(last.Add(1))))
		}
		return s.Update(ctx, receipt(scope), func(prior []erequest.Entry) (erequest.Change, error) {
			events, err := decide(len(prior))
			return erequest.Change{File: filed, Events: events}, err
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
			entries, err := s.Entries(ctx, receipt(scope))
			return len(entries), err
		},
		Outbox: s.outbox,
	}
}

// put saves the requests of a case in one Update: what is new is filed, and what was answered
// since is answered.
func put(ctx context.Context, s stores, receipt casestatus.ReceiptNumber, requests []erequest.Request) error {
	return s.Update(ctx, receipt, func(prior []erequest.Entry) (change erequest.Change, _ error) {
		if len(prior) == 0 {
			return erequest.Change{File: requests}, nil // the very slice of the caller
		}
		for _, r := range requests {
			onFile := slices.ContainsFunc(prior, func(p erequest.Entry) bool { return p.ID == r.ID })
			if !onFile {
				change.File = append(change.File, r)
				continue
			}
			change.Marks = append(change.Marks, erequest.Mark{RequestID: r.ID, Milestone: erequest.MilestoneAnswered, On: r.Answered})
		}
		return change, nil
	})
}

// given returns what an Update gives decide, and changes nothing.
func given(ctx context.Context, s erequest.Store, receipt casestatus.ReceiptNumber) (entries []erequest.Entry, err error) {
	err = s.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		entries = prior
		return erequest.Change{}, nil
	})
	return entries, err
}

// entriesOf reads the entries of a case in both ways, which must agree.
func entriesOf(ctx context.Context, s erequest.Store, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	within, err := given(ctx, s, receipt)
	if err != nil {
		return nil, err
	}
	entries, err := s.Entries(ctx, receipt)
	if err == nil && !slices.Equal(entries, within) {
		return nil, errors.New("Entries gives other requests than Update")
	}
	return entries, err
}

func file(ctx context.Context, s erequest.Store, requests ...erequest.Request) error {
	for _, r := range requests {
		if err := s.Update(ctx, r.Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{r}}, nil
		}); err != nil {
			return err
		}
	}
	return nil
}

func roundTrip(ctx context.Context, s stores) error {
	full := NewRequest(receipt(1), 1, func(r *erequest.Request) {
		r.Assigned, r.Overdue, r.Answered = r.Filed.AddDays(2), r.Filed.AddDays(31), r.Filed.AddDays(40)
	})
	bare := erequest.Request{
		Entry:   erequest.Entry{ID: "bare", Key: "key", Confirmation: ConfirmationNumber(2), Issue: "an issue of later days", Channel: erequest.Letter},
		Receipt: receipt(1), TakenBy: "csr-1", Screening: erequest.Screening{Receipt: receipt(1)},
		FiledAt: time.Date(2013, 8, 15, 3, 59, 59, 999999000, time.UTC),
	}
	if err := file(ctx, s, full, bare); err != nil {
		return err
	}
	onFile, err := entriesOf(ctx, s, receipt(1))
	if err != nil {
		return err
	}
	for i, want := range []erequest.Request{full, bare} {
		got, err := s.Request(ctx, want.ID)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("Request(%q) differs from what was filed: %s", want.ID, difference(got, want))
		}
		if len(onFile) != 2 || onFile[i] != want.Entry {
			return fmt.Errorf("Update gave %d requests that differ from what was filed", len(onFile))
		}
	}
	return nil
}

// difference names the part in which two requests differ, without its content.
func difference(got, want erequest.Request) string {
	var parts []string
	part := func(name string, same bool) {
		if !same {
			parts = append(parts, name)
		}
	}
	part("name", got.Details.Name == want.Details.Name)
	part("date of birth", got.Details.DateOfBirth == want.Details.DateOfBirth)
	part("A-Number", got.Details.ANumber == want.Details.ANumber)
	part("contact", got.Details.Contact == want.Details.Contact)
	part("screening", got.Screening == want.Screening)
	part("other details", got.Details == want.Details || len(parts) > 0)
	part("time of filing", got.FiledAt.Equal(want.FiledAt) && got.FiledAt.Location() == time.UTC)
	got.Details, want.Details = erequest.Details{}, erequest.Details{}
	part(fmt.Sprintf("got %+v, want %+v", got, want), got == want)
	return strings.Join(parts, "; ")
}

func orderOfFiling(ctx context.Context, s stores) error {
	var want []string
	for _, n := range []int{3, 1, 2} { // neither the order of IDs nor of confirmation numbers
		r := NewRequest(receipt(1), n)
		r.FiledAt = r.FiledAt.AddDate(0, 0, -n) // nor of the clock, which may be set back
		if err := file(ctx, s, r); err != nil {
			return err
		}
		want = append(want, r.ID)
	}
	onFile, err := entriesOf(ctx, s, receipt(1))
	if err != nil {
		return err
	}
	var got []string
	for _, r := range onFile {
		got = append(got, r.ID)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("filed %v, Update gave %v", want, got)
	}
	return nil
}

func idTaken(ctx context.Context, s stores) error {
	return taken(ctx, s, func(second *erequest.Request, first erequest.Request) { second.ID = first.ID })
}

func confirmationTaken(ctx context.Context, s stores) error {
	return taken(ctx, s, func(second *erequest.Request, first erequest.Request) { second.Confirmation = first.Confirmation })
}

func taken(ctx context.Context, s stores, collide func(second *erequest.Request, first erequest.Request)) error {
	first := NewRequest(receipt(1), 1)
	if err := file(ctx, s, first); err != nil {
		return err
	}
	again, other := NewRequest(receipt(1), 2), NewRequest(receipt(2), 3)
	collide(&again, first)
	collide(&other, first)
	third, fourth := NewRequest(receipt(3), 4), NewRequest(receipt(3), 5)
	collide(&fourth, third)
	for what, filed := range map[string][]erequest.Request{"the same case": {again}, "another case": {other}, "the same change": {third, fourth}} {
		err := s.Update(ctx, filed[0].Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: filed}, nil
		})
		if !errors.Is(err, erequest.ErrConflict) {
			return errors.Join(fmt.Errorf("the second request, of %s, did not give ErrConflict", what), err)
		}
		if slices.ContainsFunc(personal, func(text string) bool { return strings.Contains(err.Error(), text) }) {
			return fmt.Errorf("the second request, of %s, gave an error that repeats a personal value", what)
		}
	}
	if got, err := s.Request(ctx, first.ID); err != nil || got != first {
		return errors.Join(errors.New("the first request changed"), err)
	}
	for n, want := range []int{1, 0, 0} {
		onFile, err := entriesOf(ctx, s, receipt(n+1))
		if err != nil {
			return err
		}
		if len(onFile) != want {
			return fmt.Errorf("%d requests of case %d are on file, want %d", len(onFile), n+1, want)
		}
	}
	return nil
}

func otherCase(ctx context.Context, s stores) error {
	own, other := NewRequest(receipt(1), 1), NewRequest(receipt(2), 2)
	if err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{own, other}}, nil
	}); err == nil {
		return errors.New("Update returned nil")
	}
	for _, r := range []erequest.Request{own, other} {
		onFile, err := entriesOf(ctx, s, r.Receipt)
		if err != nil {
			return err
		}
		if len(onFile) != 0 {
			return fmt.Errorf("%d requests of the failed change were saved", len(onFile))
		}
	}
	return nil
}
