package srmt

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Scope is what an Update decides on. None of it changes until the Update ends.
type Scope struct {
	Requests []string  // service requests, by their IDs, each once
	Staff    []StaffID // members of staff; "" stands for nobody
	Loads    bool      // whether to count what each of these members holds
}

// Apply serves implementations of [Store]: it returns the states of the requests to which the change
// adds steps. Before is the state of each request of the scope, in its order, as given to decide. It
// returns a *HistoryError if the steps of a request cannot follow its state, or belong to another
// one (SR-10), and another error if the change is about a request or a member of staff outside the
// scope.
func (s Scope) Apply(before []ServiceRequest, change Change) (map[string]ServiceRequest, error) {
	after := make(map[string]ServiceRequest, len(change.Steps))
	for i, id := range s.Requests {
		steps, isChanged := change.Steps[id]
		if !isChanged {
			continue
		}
		state, err := before[i].add(steps)
		if err != nil {
			return nil, err
		}
		if state.Version > 0 && state.ID != id {
			return nil, &HistoryError{Seq: 1, Problem: "the step belongs to another request"}
		}
		after[id] = state
	}
	if len(after) != len(change.Steps) {
		return nil, errors.New("srmt: steps of a request outside the scope")
	}
	for _, member := range change.Staff {
		if member.ID == "" || !slices.Contains(s.Staff, member.ID) {
			return nil, errors.New("srmt: a member of staff outside the scope")
		}
	}
	return after, nil
}

// Prior is what is on file when an Update decides. The decide function may keep and change it.
type Prior struct {
	Requests []ServiceRequest // those of the scope, in its order, as they stand; the zero ServiceRequest for one that is not there
	Staff    []Staff          // those of the scope, in its order; the zero Staff for one who is not on file
	Loads    []int            // how many open requests each of them holds; nil unless the scope asks for it
}

// Change is what a decision wants saved. The zero Change saves nothing.
type Change struct {
	Steps  map[string][]Step // the next steps of the requests of the scope, by ID
	Staff  []Staff           // members of the scope, each in place of what is on file
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
	// Update loads what the scope names, calls decide, and saves the Change it returns with its
	// events, whole or not at all. Updates that have a request or a member of staff in common
	// behave as if run one after another, even while there is none of that ID yet. A load counts
	// the requests that are assigned to the member when decide is called, at whatever office. It
	// cannot grow until the Update ends, since any Update that adds to it has the member in scope;
	// it may shrink.
	//
	// The steps of each request must follow its state ([Scope.Apply] tells), or the error is a
	// *HistoryError. A Change of a request or a member outside the scope is an error too. Nothing
	// is saved then. An error of decide comes back as it is and nothing is saved. Decide may be
	// called more than once, and does no I/O. A store that gives up, and one that has an event
	// with the same ID already, returns an error that matches ErrConflict.
	Update(ctx context.Context, scope Scope, decide func(prior Prior) (Change, error)) error
	// History returns the steps of the request from the first on, or an error that
	// matches ErrNotFound. The caller may keep and change them.
	History(ctx context.Context, id string) ([]Step, error)
	// List yields the present state of the requests that match the query, in the order of
	// their Key. It holds no lock and no connection while it yields; a request that changes
	// meanwhile may come as it was before or after. One whose customer turns out to need an
	// accommodation meanwhile may be left out, since its place is then among those that were
	// yielded. None comes twice. Every range begins anew. An error, including that of the context,
	// ends the sequence.
	List(ctx context.Context, query Query) iter.Seq2[ServiceRequest, error]
	// Staff returns the member of staff, or an error that matches ErrNotFound. The caller may keep
	// and change it.
	Staff(ctx context.Context, id StaffID) (Staff, error)
	// Roster yields the members of staff who have a post at the office, whatever its days, in the
	// order of the bytes of their IDs; all members for the office "". As with List, it holds
	// nothing while it yields and every range begins anew. The caller may keep and change what it
	// yields.
	Roster(ctx context.Context, office casestatus.OfficeCode, page RosterPage) iter.Seq2[Staff, error]
}

// RosterPage is a part of a roster. The zero RosterPage is the whole roster, and a Limit of zero or
// less is no limit.
type RosterPage = cris.Page[StaffID]
