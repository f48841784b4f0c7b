package erequest

import (
	"cmp"
	"context"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Change is what a decision about the requests of one case wants saved.
type Change struct {
	File   []Request // new requests
	Marks  []Mark    // milestones of requests on file
	Events []cris.Event
}

// The errors that a Store reports alike; they are those of package cris.
var (
	// ErrNotFound means that there is no such request.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others filed for the same case, or
	// that an identifier is taken.
	ErrConflict = cris.ErrConflict
)

// Store is the port to the requests on file. Its scope is one case.
type Store interface {
	// Update loads the entry of every request filed for the case, in order of filing, calls
	// decide, and saves the Change it returns with its events, whole or not at all. Updates of
	// one case behave as if run one after another, even while it has no request. An
	// error of decide comes back as it is and nothing is saved. Decide may be called
	// more than once, may keep and change what it gets, and does no I/O. A store that
	// gives up, and a new request whose ID or confirmation number is taken, give an
	// error that matches ErrConflict. A mark on a request of another case gives one that
	// matches ErrNotFound. A new request of another case, and a mark of a milestone that is not
	// known, are errors of the caller. Nothing is saved then.
	//
	// Most submissions that are refused are repeated by the impatient: a store does well to
	// answer an empty Change by a read, without a lock.
	Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []Entry) (Change, error)) error
	// Entries returns the entry of every request filed for the case, in order of filing;
	// none, and no error, for a case without. The caller may keep and change them.
	Entries(ctx context.Context, receipt casestatus.ReceiptNumber) ([]Entry, error)
	// Request returns the request with that ID, or an error that matches ErrNotFound.
	Request(ctx context.Context, id string) (Request, error)
	// Due yields the requests without an answer that the query asks for, in order of the day
	// by which the answer is due, then of the bytes of their IDs. It goes by an index, so that
	// requests answered long ago cost nothing. It holds no lock or connection while it yields,
	// starts over with every range, and ends with the first error.
	Due(ctx context.Context, query DueQuery) iter.Seq2[DueRequest, error]
}

// DueQuery says which requests without an answer are asked for.
type DueQuery struct {
	By       cris.Date // those whose answer is due by the end of this day or of an earlier one
	Unraised bool      // only those that were not raised as overdue yet
	Page     cris.Page[DueKey]
}

// Matches reports whether the request belongs to the list, on whatever page.
func (q DueQuery) Matches(e Entry) bool {
	return e.Answered.IsZero() && !e.RespondBy.After(q.By) && (!q.Unraised || e.Overdue.IsZero())
}

// DueRequest is a request that waits for its answer.
type DueRequest struct {
	DueKey
	Receipt casestatus.ReceiptNumber
	Issue   Issue
	Channel Channel
	Overdue cris.Date // the day on which it was raised as overdue; zero until then
}

// DueKey is the place of a request in the list of those that wait for their answer.
type DueKey struct {
	RespondBy cris.Date // the answer is due by the end of this day
	RequestID string
}

// Compare orders requests by the day and then by the bytes of their IDs: -1, 0 or +1.
func (k DueKey) Compare(other DueKey) int {
	return cmp.Or(k.RespondBy.Compare(other.RespondBy), cmp.Compare(k.RequestID, other.RequestID))
}

// Due returns the request as the list of those that wait for their answer has it.
func (r Request) Due() DueRequest {
	return DueRequest{DueKey{r.RespondBy, r.ID}, r.Receipt, r.Issue, r.Channel, r.Overdue}
}
