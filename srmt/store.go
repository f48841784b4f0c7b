package srmt

import (
	"context"
	"iter"

	"github.com/seed28e20331/cris"
)

// Prior is what is on file when an Update decides. Decide may keep and change it.
type Prior struct {
	Request ServiceRequest // as it stands; the zero ServiceRequest if there is none
	Staff   []Staff        // those that were asked for, in that order; the zero Staff for one who is not on file
}

// Change is what a decision about one request wants saved. The zero Change saves nothing.
type Change struct {
	Append []Step // the next steps of its history
	Events []cris.Event
}

var (
	// ErrNotFound means that there is no such service request or member of staff.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others acted on the same request, or
	// that an identifier is taken.
	ErrConflict = cris.ErrConflict
)

// Store is the port to the service requests and to the staff who work on them. They are in
// one store so that an act is decided on what both are when it is saved: an officer who
// moves, and a supervisor who is dismissed, cannot do so in between.
type Store interface {
	// Update loads the present state of the request and the members of staff with the given
	// IDs, calls decide, and saves the Change it returns with its events, whole or not at
	// all. Updates of one request behave as if run one after another, even while there is
	// no such request yet, and the staff that decide is given stays as it is until the
	// change is saved or given up. The ID "" stands for nobody.
	//
	// The steps to append must follow the state ([Extend] tells), or the error is a
	// *HistoryError and nothing is saved. An error of decide comes back as it is and
	// nothing is saved. Decide may be called more than once, and does no I/O. A store that
	// gives up, and one that has an event with the same ID already, returns an error that
	// matches ErrConflict.
	Update(ctx context.Context, id string, staff []StaffID, decide func(prior Prior) (Change, error)) error
	// History returns the steps of the request from the first on, or an error that
	// matches ErrNotFound. The caller may keep and change them.
	History(ctx context.Context, id string) ([]Step, error)
	// List yields the present state of the requests that match the query, in the order of
	// their Key. It holds no lock and no connection while it yields; a request that changes
	// meanwhile may come as it was before or after. Every range begins anew. An error, including
	// that of the context, ends the sequence.
	List(ctx context.Context, query Query) iter.Seq2[ServiceRequest, error]
	// Staff returns the member of staff, or an error that matches ErrNotFound.
	Staff(ctx context.Context, id StaffID) (Staff, error)
	// UpdateStaff loads the member of staff, the zero Staff if there is none, calls decide,
	// and saves what it returns, which must have the same ID. It waits for Updates of
	// requests that were given this member. Updates of one member behave as if run one
	// after another. An error of decide comes back as it is and nothing is saved. Decide
	// may be called more than once, and does no I/O. A store that gives up returns an error
	// that matches ErrConflict.
	UpdateStaff(ctx context.Context, id StaffID, decide func(prior Staff) (Staff, error)) error
}
