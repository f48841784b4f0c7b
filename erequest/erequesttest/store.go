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

func clauses() []contract.Clause[stores] {
	return slices.Concat(contract.AtomicClauses(asAtomic), []contract.Clause[stores]{
		{Name: "RoundTrip", Promise: "a request reads back equal, with every detail and with none, to the microsecond", Check: roundTrip},
		{Name: "OrderOfFiling", Promise: "Update and Requests give the requests of a case in the order in which they were filed", Check: orderOfFiling},
		{Name: "UnknownRequest", Promise: "Request of an unknown ID gives ErrNotFound", Check: unknownRequest},
		{Name: "AnswerSaved", Promise: "an answer is saved on its request and on no other", Check: answerSaved},
		{Name: "AnswerUnknown", Promise: "an answer to a request of another case gives ErrNotFound and saves nothing", Check: answerUnknown},
		{Name: "IDTaken", Promise: "a second request with the same ID gives ErrConflict, whatever its case", Check: idTaken},
		{Name: "ConfirmationTaken", Promise: "a second request with the same confirmation number gives ErrConflict, whatever its case", Check: confirmationTaken},
		{Name: "OtherCase", Promise: "a new request of another case than that of the Update gives an error and saves nothing", Check: otherCase},
		{Name: "Letters", Promise: "requests whose IDs differ only in upper and lower case are two requests", Check: letters},
		{Name: "Cancelled", Promise: "under a cancelled context Requests and Request give its error", Check: cancelled},
		{Name: "NoAliasing", Promise: "changing what Update or Requests gave changes nothing in the store", Check: noAliasing},
	})
}

// receipt returns one of the receipt numbers that the clauses file under.
func receipt(n int) casestatus.ReceiptNumber {
	return casestatus.MustParseReceiptNumber(fmt.Sprintf("IOE09%08d", n))
}

// asAtomic lets the shared clauses file one request per entry.
func asAtomic(s stores) contract.Atomic {
	var entries atomic.Int64
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			entry := int(entries.Add(1))
			return s.Update(ctx, receipt(scope), func(prior []erequest.Request) (erequest.Change, error) {
				events, err := decide(len(prior))
				return erequest.Change{File: []erequest.Request{NewRequest(receipt(scope), entry)}, Events: events}, err
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			requests, err := s.Requests(ctx, receipt(scope))
			return len(requests), err
		},
		Outbox: s.outbox,
	}
}

// requestsOf reads the requests of a case in both ways, which must agree.
func requestsOf(ctx context.Context, s erequest.Store, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	var within []erequest.Request
	if err := s.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
		within = slices.Clone(prior)
		return erequest.Change{}, nil
	}); err != nil {
		return nil, err
	}
	requests, err := s.Requests(ctx, receipt)
	if err == nil && !slices.Equal(requests, within) {
		return nil, errors.New("Requests gives other requests than Update")
	}
	return requests, err
}

func file(ctx context.Context, s erequest.Store, requests ...erequest.Request) error {
	for _, r := range requests {
		if err := s.Update(ctx, r.Receipt, func([]erequest.Request) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{r}}, nil
		}); err != nil {
			return err
		}
	}
	return nil
}

func roundTrip(ctx context.Context, s stores) error {
	full := NewRequest(receipt(1), 1)
	bare := erequest.Request{
		ID: "bare", Key: "key", Confirmation: ConfirmationNumber(2), Receipt: receipt(1), Screening: erequest.Screening{Receipt: receipt(1)},
		Issue: "an issue of later days", Channel: erequest.Letter,
		FiledAt: time.Date(2013, 8, 15, 3, 59, 59, 999999000, time.UTC),
	}
	if err := file(ctx, s, full, bare); err != nil {
		return err
	}
	onFile, err := requestsOf(ctx, s, receipt(1))
	if err != nil {
		return err
	}
	for i, want := range []erequest.Request{full, bare} {
		got, err := s.Request(ctx, want.ID)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("NewRequest(%q) differs from what was filed: %s", want.ID, difference(got, want))
		}
		if len(onFile) != 2 || onFile[i] != want {
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
	onFile, err := requestsOf(ctx, s, receipt(1))
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

func unknownRequest(ctx context.Context, s stores) error {
	if _, err := s.Request(ctx, "unknown"); !errors.Is(err, erequest.ErrNotFound) {
		return errors.Join(errors.New("Request did not return ErrNotFound"), err)
	}
	return nil
}

func answer(ctx context.Context, s stores, receipt casestatus.ReceiptNumber, id string) error {
	return s.Update(ctx, receipt, func([]erequest.Request) (erequest.Change, error) {
		return erequest.Change{Answered: []erequest.Answer{{RequestID: id, On: answeredOn}}}, nil
	})
}

var answeredOn = cris.MustParseDate("2013-09-02")

func answerSaved(ctx context.Context, s stores) error {
	first, second := NewRequest(receipt(1), 1), NewRequest(receipt(1), 2)
	if err := file(ctx, s, first, second); err != nil {
		return err
	}
	if err := answer(ctx, s, receipt(1), first.ID); err != nil {
		return err
	}
	first.Answered = answeredOn
	for _, want := range []erequest.Request{first, second} {
		got, err := s.Request(ctx, want.ID)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("request %s: answered %v, want %v", want.ID, got.Answered, want.Answered)
		}
	}
	return nil
}

func answerUnknown(ctx context.Context, s stores) error {
	other := NewRequest(receipt(2), 1)
	if err := file(ctx, s, other); err != nil {
		return err
	}
	err := s.Update(ctx, receipt(1), func([]erequest.Request) (erequest.Change, error) {
		return erequest.Change{
			File:     []erequest.Request{NewRequest(receipt(1), 2)},
			Answered: []erequest.Answer{{RequestID: other.ID, On: answeredOn}},
		}, nil
	})
	if !errors.Is(err, erequest.ErrNotFound) {
		return errors.Join(errors.New("Update did not return ErrNotFound"), err)
	}
	if got, err := s.Request(ctx, other.ID); err != nil || got != other {
		return errors.Join(errors.New("the request of the other case changed"), err)
	}
	onFile, err := requestsOf(ctx, s, receipt(1))
	if err != nil {
		return err
	}
	if len(onFile) != 0 {
		return fmt.Errorf("%d requests of the failed change were saved", len(onFile))
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
	first, second := NewRequest(receipt(1), 1), NewRequest(receipt(2), 2)
	collide(&second, first)
	if err := file(ctx, s, first); err != nil {
		return err
	}
	if err := file(ctx, s, second); !errors.Is(err, erequest.ErrConflict) {
		return errors.Join(errors.New("the second request did not give ErrConflict"), err)
	}
	if got, err := s.Request(ctx, first.ID); err != nil || got != first {
		return errors.Join(errors.New("the first request changed"), err)
	}
	onFile, err := requestsOf(ctx, s, receipt(2))
	if err != nil {
		return err
	}
	if len(onFile) != 0 {
		return errors.New("the second request is on file")
	}
	return nil
}

func otherCase(ctx context.Context, s stores) error {
	own, other := NewRequest(receipt(1), 1), NewRequest(receipt(2), 2)
	if err := s.Update(ctx, receipt(1), func([]erequest.Request) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{own, other}}, nil
	}); err == nil {
		return errors.New("Update returned nil")
	}
	for _, r := range []erequest.Request{own, other} {
		onFile, err := requestsOf(ctx, s, r.Receipt)
		if err != nil {
			return err
		}
		if len(onFile) != 0 {
			return fmt.Errorf("%d requests of the failed change were saved", len(onFile))
		}
	}
	return nil
}

func letters(ctx context.Context, s stores) error {
	lower, upper := NewRequest(receipt(1), 1), NewRequest(receipt(1), 2)
	lower.ID, upper.ID = "request-a", "REQUEST-A"
	if err := file(ctx, s, lower, upper); err != nil {
		return err
	}
	if err := answer(ctx, s, receipt(1), upper.ID); err != nil {
		return err
	}
	upper.Answered = answeredOn
	for _, want := range []erequest.Request{lower, upper} {
		if got, err := s.Request(ctx, want.ID); err != nil || got != want {
			return errors.Join(fmt.Errorf("request %s differs from what was filed", want.ID), err)
		}
	}
	return nil
}

func cancelled(ctx context.Context, s stores) error {
	filed := NewRequest(receipt(1), 1)
	if err := file(ctx, s, filed); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Request(ctx, filed.ID); !errors.Is(err, context.Canceled) {
		return errors.Join(errors.New("Request did not give the error of its context"), err)
	}
	if _, err := s.Requests(ctx, receipt(1)); !errors.Is(err, context.Canceled) {
		return errors.Join(errors.New("Requests did not give the error of its context"), err)
	}
	return nil
}

func noAliasing(ctx context.Context, s stores) error {
	want := NewRequest(receipt(1), 1)
	if err := file(ctx, s, want); err != nil {
		return err
	}
	if err := s.Update(ctx, receipt(1), func(prior []erequest.Request) (erequest.Change, error) {
		prior[0].Issue = "changed"
		return erequest.Change{}, nil
	}); err != nil {
		return err
	}
	requests, err := s.Requests(ctx, receipt(1))
	if err != nil {
		return err
	}
	if len(requests) == 1 {
		requests[0].Issue = "changed"
	}
	if got, err := s.Request(ctx, want.ID); err != nil || got != want {
		return errors.Join(errors.New("the request changed"), err)
	}
	return nil
}
