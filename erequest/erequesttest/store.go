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
	"iter"
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

// personal is what stands in the personal fields of every request that is built here.
var personal = []string{"Lindström", "Ana María", "O'Neill", "1984-02-29", "A012345678", "012345678", "ana@example.org", "202 555 0143", "Okafor", "202 555 0199", "Main Street", "Elm Street", "Butler", "07405"}

// requestTexts are the fields of a request that hold free text, beside its ID.
var requestTexts = []contract.Text[erequest.Request]{
	{Name: "key", With: func(r erequest.Request, text string) erequest.Request { r.Key = text; return r }},
	{Name: "issue", With: func(r erequest.Request, text string) erequest.Request { r.Issue = erequest.Issue(text); return r }},
	{Name: "channel", With: func(r erequest.Request, text string) erequest.Request { r.Channel = erequest.Channel(text); return r }},
	{Name: "form", With: func(r erequest.Request, text string) erequest.Request {
		r.Screening.Form = casestatus.FormNumber(text)
		return r
	}},
	{Name: "form type", With: func(r erequest.Request, text string) erequest.Request {
		r.Screening.FormType = casestatus.FormType(text)
		return r
	}},
	{Name: "repeated request", With: func(r erequest.Request, text string) erequest.Request { r.Repeats = text; return r }},
	{Name: "country of birth", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.CountryOfBirth = cris.NewPersonal(text)
		return r
	}},
	{Name: "country of citizenship", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.CountryOfCitizenship = cris.NewPersonal(text)
		return r
	}},
	{Name: "email", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Contact.Email = cris.NewPersonal(text)
		return r
	}},
	{Name: "phone", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Contact.Phone = cris.NewPersonal(text)
		return r
	}},
	{Name: "statement", With: func(r erequest.Request, text string) erequest.Request { r.Statement = text; return r }},
	{Name: "document", With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Document = erequest.Document(text)
		return r
	}},
	{Name: "preferred means", With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Contact.Preferred = erequest.Means(text)
		return r
	}},
	{Name: "firm", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Representative.Firm = cris.NewPersonal(text)
		return r
	}},
	{Name: "appearance", With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Representative.Appearance = erequest.Appearance(text)
		return r
	}},
	{Name: "recipient", With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Representative.RespondTo = erequest.Recipient(text)
		return r
	}},
	{Name: "what is printed", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Corrections.Address.Printed = cris.NewPersonal(text)
		return r
	}},
	{Name: "what is correct", Personal: true, With: func(r erequest.Request, text string) erequest.Request {
		r.Details.Corrections.Address.Correct = cris.NewPersonal(text)
		return r
	}},
}

// asRequests lets the shared clauses read requests by ID. All belong to one case.
func asRequests(s stores) contract.Read[erequest.Request] {
	return contract.Read[erequest.Request]{
		New:  func(n int) erequest.Request { return NewRequest(receipt(1), n) },
		Next: answered,
		Put: func(ctx context.Context, r erequest.Request) error {
			return put(ctx, s, r.Receipt, []erequest.Request{r})
		},
		Get:      func(ctx context.Context, r erequest.Request) (erequest.Request, error) { return s.Request(ctx, r.ID) },
		Equal:    func(a, b erequest.Request) bool { return a == b },
		Missing:  erequest.ErrNotFound,
		WithID:   func(r erequest.Request, id string) erequest.Request { r.ID = id; return r },
		Texts:    requestTexts,
		Personal: personal,
	}
}

// answered is the request with its n-th answer.
func answered(r erequest.Request, n int) erequest.Request {
	r.Answered = r.Filed.AddDays(n)
	return r
}

// ofCase is a case with the requests that are put, or with the entries that are read.
type ofCase struct {
	receipt  casestatus.ReceiptNumber
	requests []erequest.Request
	entries  []erequest.Entry
}

func (v ofCase) all() []erequest.Entry {
	all := slices.Clone(v.entries)
	for _, r := range v.requests {
		all = append(all, r.Entry)
	}
	return all
}

// asEntriesOfCases lets the shared clauses read the entries of a case.
func asEntriesOfCases(s stores) contract.Read[ofCase] {
	read := contract.Read[ofCase]{
		New: func(n int) ofCase {
			return ofCase{receipt: receipt(n), requests: []erequest.Request{NewRequest(receipt(n), 2*n), NewRequest(receipt(n), 2*n+1)}}
		},
		// Both are answered, and a third is filed.
		Next: func(v ofCase, n int) ofCase {
			next := ofCase{receipt: v.receipt}
			for _, r := range v.requests {
				next.requests = append(next.requests, answered(r, n))
			}
			next.requests = append(next.requests, NewRequest(v.receipt, 1000*n))
			return next
		},
		Put: func(ctx context.Context, v ofCase) error { return put(ctx, s, v.receipt, v.requests) },
		Get: func(ctx context.Context, v ofCase) (ofCase, error) {
			entries, err := s.Entries(ctx, v.receipt)
			return ofCase{receipt: v.receipt, entries: entries}, err
		},
		Given: func(ctx context.Context, v ofCase) (ofCase, error) {
			entries, err := given(ctx, s, v.receipt)
			return ofCase{receipt: v.receipt, entries: entries}, err
		},
		Equal: func(a, b ofCase) bool { return slices.Equal(a.all(), b.all()) },
		Spoil: func(v ofCase) {
			for i := range v.requests {
				v.requests[i].Issue = "changed"
			}
			for i := range v.entries {
				v.entries[i].Issue = "changed"
			}
		},
		Personal: personal,
	}
	for _, field := range requestTexts {
		if !slices.Contains([]string{"key", "issue", "channel", "repeated request"}, field.Name) {
			continue // no field of an entry
		}
		read.Texts = append(read.Texts, contract.Text[ofCase]{
			Name: field.Name + " of the second request", Personal: field.Personal,
			With: func(v ofCase, text string) ofCase {
				v.requests[1] = field.With(v.requests[1], text)
				return v
			},
		})
	}
	return read
}

// dueRequests lets the shared clauses list requests that wait for their answer, or those of
// them that were not raised as overdue. A key is the day and the ID.
func dueRequests(unraised bool) func(s stores) contract.List {
	by := cris.MustParseDate("2013-09-30")
	parse := func(key string) erequest.DueKey {
		day, id, _ := strings.Cut(key, " ")
		if key == "" {
			return erequest.DueKey{}
		}
		return erequest.DueKey{RespondBy: cris.MustParseDate(day), RequestID: id}
	}
	return func(s stores) contract.List {
		last := 0 // each request is of a case of its own
		put := func(ctx context.Context, keys []string, spoil func(n int, r *erequest.Request)) error {
			for n, key := range keys {
				last++
				due := parse(key)
				r := NewRequest(receipt(last), last, func(r *erequest.Request) {
					r.ID, r.RespondBy = due.RequestID, due.RespondBy
					spoil(n, r)
				})
				if err := file(ctx, s, r); err != nil {
					return err
				}
			}
			return nil
		}
		return contract.List{
			// Seven a day, whose IDs descend from day to day.
			Key: func(n int) string { return fmt.Sprintf("%v request-%06d", by.AddDays(n/7-400), 100_000-n/7*10+n%7) },
			Put: func(ctx context.Context, keys ...string) error {
				return put(ctx, keys, func(n int, r *erequest.Request) {
					if !unraised && n%2 == 0 {
						r.Overdue = by
					}
				})
			},
			// Those that are answered, those that are due later, and those that were raised.
			PutOther: func(ctx context.Context, keys ...string) error {
				return put(ctx, keys, func(n int, r *erequest.Request) {
					switch {
					case n%3 == 0:
						r.Answered = r.RespondBy
					case n%3 == 1 || !unraised:
						r.RespondBy = by.AddDays(1)
					default:
						r.Overdue = by
					}
				})
			},
			Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
				list := s.Due(ctx, erequest.DueQuery{By: by, Unraised: unraised, Page: cris.Page[erequest.DueKey]{After: parse(page.After), Limit: page.Limit}})
				return func(yield func(string, error) bool) {
					for due, err := range list {
						key := ""
						if err == nil {
							key = fmt.Sprintf("%v %s", due.RespondBy, due.RequestID)
						}
						if !yield(key, err) {
							return
						}
					}
				}
			},
		}
	}
}

func dueValues(ctx context.Context, s stores) error {
	waiting, raised, answered := NewRequest(receipt(1), 1), NewRequest(receipt(1), 2), NewRequest(receipt(2), 3)
	if err := file(ctx, s, waiting, raised, answered); err != nil {
		return err
	}
	on := waiting.RespondBy.AddDays(1)
	if err := mark(ctx, s, receipt(1), erequest.Mark{RequestID: raised.ID, Milestone: erequest.MilestoneOverdue, On: on}); err != nil {
		return err
	}
	if err := mark(ctx, s, receipt(2), erequest.Mark{RequestID: answered.ID, Milestone: erequest.MilestoneAnswered, On: on}); err != nil {
		return err
	}
	raised.Overdue = on
	for query, want := range map[erequest.DueQuery][]erequest.DueRequest{
		{By: waiting.RespondBy}:                 {waiting.Due(), raised.Due()},
		{By: waiting.RespondBy, Unraised: true}: {waiting.Due()},
		{By: waiting.RespondBy.AddDays(-1)}:     nil,
	} {
		var got []erequest.DueRequest
		for due, err := range s.Due(ctx, query) {
			if err != nil {
				return err
			}
			got = append(got, due)
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("Due(%+v) gave %+v, want %+v", query, got, want)
		}
	}
	return nil
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

func mark(ctx context.Context, s erequest.Store, receipt casestatus.ReceiptNumber, marks ...erequest.Mark) error {
	return s.Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) { return erequest.Change{Marks: marks}, nil })
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
		Receipt: receipt(1), Screening: erequest.Screening{Receipt: receipt(1)},
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

func markSaved(ctx context.Context, s stores) error {
	requests := []erequest.Request{NewRequest(receipt(1), 1), NewRequest(receipt(1), 2), NewRequest(receipt(1), 3), NewRequest(receipt(2), 4)}
	if err := file(ctx, s, requests...); err != nil {
		return err
	}
	later := []erequest.Request{NewRequest(receipt(1), 5), NewRequest(receipt(1), 6)}
	on := requests[0].Filed
	marks := []erequest.Mark{
		{RequestID: requests[2].ID, Milestone: erequest.MilestoneAnswered, On: on.AddDays(3)},
		{RequestID: requests[0].ID, Milestone: erequest.MilestoneAnswered, On: on.AddDays(2)},
		{RequestID: requests[0].ID, Milestone: erequest.MilestoneAssigned, On: on.AddDays(1)},
		{RequestID: requests[1].ID, Milestone: erequest.MilestoneOverdue, On: on.AddDays(31)},
	}
	if err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: later, Marks: marks}, nil
	}); err != nil {
		return err
	}
	requests[2].Answered, requests[0].Answered = on.AddDays(3), on.AddDays(2)
	requests[0].Assigned, requests[1].Overdue = on.AddDays(1), on.AddDays(31)
	for _, want := range slices.Concat(requests, later) {
		got, err := s.Request(ctx, want.ID)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("request %s: its entry is %+v, want %+v", want.ID, got.Entry, want.Entry)
		}
	}
	return nil
}

func markUnknown(ctx context.Context, s stores) error {
	other := NewRequest(receipt(2), 1)
	if err := file(ctx, s, other); err != nil {
		return err
	}
	err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{
			File:  []erequest.Request{NewRequest(receipt(1), 2)},
			Marks: []erequest.Mark{{RequestID: other.ID, Milestone: erequest.MilestoneAnswered, On: other.Filed}},
		}, nil
	})
	if !errors.Is(err, erequest.ErrNotFound) {
		return errors.Join(errors.New("Update did not return ErrNotFound"), err)
	}
	if got, err := s.Request(ctx, other.ID); err != nil || got != other {
		return errors.Join(errors.New("the request of the other case changed"), err)
	}
	onFile, err := entriesOf(ctx, s, receipt(1))
	if err != nil {
		return err
	}
	if len(onFile) != 0 {
		return fmt.Errorf("%d requests of the failed change were saved", len(onFile))
	}
	return nil
}

func milestoneUnknown(ctx context.Context, s stores) error {
	request := NewRequest(receipt(1), 1)
	if err := file(ctx, s, request); err != nil {
		return err
	}
	later := NewRequest(receipt(1), 2)
	if err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{
			File:  []erequest.Request{later},
			Marks: []erequest.Mark{{RequestID: request.ID, Milestone: "framed", On: request.Filed}},
		}, nil
	}); err == nil {
		return errors.New("Update returned nil")
	}
	onFile, err := entriesOf(ctx, s, receipt(1))
	if err == nil && !slices.Equal(onFile, []erequest.Entry{request.Entry}) {
		err = errors.New("something of the failed change was saved")
	}
	return err
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
