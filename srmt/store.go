package srmt

import (
	"context"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Change is what a decision about one request wants saved.
type Change struct {
	Append []Step // the next steps of its history
	Events []cris.Event
}

var (
	// ErrNotFound: no such service request, or no such member of staff.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict: the store gave up because others acted on the same request.
	ErrConflict = cris.ErrConflict
)

// Store is the port to the service requests. Its scope is one request.
type Store interface {
	// Update loads the history of the request, which is empty if there is no such
	// request, calls decide, and saves the Change it returns with its events, whole or
	// not at all. Updates of one request behave as if run one after another, also while
	// it has no history. The history with what is appended must add up ([Extend]), or
	// the error says why and nothing is saved. An error of decide comes back as it is
	// and nothing is saved. Decide may be called more than once, may keep and change
	// what it gets, and does no I/O. A store that gives up returns an error that
	// matches ErrConflict.
	Update(ctx context.Context, id string, decide func(history []Step) (Change, error)) error
	// History returns the steps of the request from the first on, or an error that
	// matches ErrNotFound. The caller may keep and change them.
	History(ctx context.Context, id string) ([]Step, error)
	// List yields the present state of the requests that match the query, in order of
	// their Key: first filed, first out. It holds no lock and no connection while it
	// yields; a request that changes meanwhile may come as it was before or after. An
	// error ends the sequence.
	List(ctx context.Context, query Query) iter.Seq2[ServiceRequest, error]
}

// Query says which requests to list. A zero field does not restrict.
type Query struct {
	Office    casestatus.OfficeCode
	Status    Status
	Officer   StaffID
	OverdueOn cris.Date // those overdue on that day (SR-9)
	Page      Page
}

// Page is a part of a list. The zero Page is the whole list.
type Page = cris.Page[Key]

// Matches reports whether the request belongs to the list, on whatever page.
func (q Query) Matches(r ServiceRequest) bool {
	return (q.Office == "" || q.Office == r.Office) &&
		(q.Status == "" || q.Status == r.Status) &&
		(q.Officer == "" || q.Officer == r.Officer) &&
		(q.OverdueOn.IsZero() || r.Overdue(q.OverdueOn))
}
