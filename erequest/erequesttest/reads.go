package erequesttest

import (
	"context"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
)

// personal is what stands in the personal fields of every request that is built here.
var personal = []string{"Lindström", "Ana María", "O'Neill", "1984-02-29", "A012345678", "012345678", "ana@example.org", "202 555 0143", "Okafor", "202 555 0199", "Main Street", "Elm Street", "Butler", "07405"}

// requestTexts are the fields of a request that hold free text, beside its ID.
var requestTexts = []contract.Text[erequest.Request]{
	{Name: "key", With: func(r erequest.Request, text string) erequest.Request { r.Key = text; return r }},
	{Name: "issue", With: func(r erequest.Request, text string) erequest.Request { r.Issue = erequest.Issue(text); return r }},
	{Name: "channel", With: func(r erequest.Request, text string) erequest.Request { r.Channel = erequest.Channel(text); return r }},
	{Name: "who took it", With: func(r erequest.Request, text string) erequest.Request { r.TakenBy = text; return r }},
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
	{Name: "language", With: func(r erequest.Request, text string) erequest.Request { r.Language = cris.Language(text); return r }},
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
