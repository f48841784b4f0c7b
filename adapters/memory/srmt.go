package memory

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
)

// serviceRequests is the part of DB that srmt's port holds.
type serviceRequests struct {
	histories map[string][]srmt.Step         // by ID of the request
	states    map[string]srmt.ServiceRequest // what each history adds up to
	open      map[string]srmt.ServiceRequest // those of them that are not closed
	staff     map[srmt.StaffID]srmt.Staff
	looks     map[string]srmt.Look // by ID

	attachments map[string]letter.Attachment // by reference
}

// ServiceRequests is the port to the service requests and to the staff who work on them: an
// srmt.Store.
type ServiceRequests struct{ db *DB }

// ServiceRequests returns the port to the service requests and their staff.
func (db *DB) ServiceRequests() *ServiceRequests { return &ServiceRequests{db} }

// Update implements srmt.Store: it saves what decide returns, whole or not at all. Nobody else uses
// the database while decide runs. It returns the error of decide as it is, one for what is outside the
// scope, a *srmt.HistoryError for steps that do not follow the state of the request, one that
// matches cris.ErrConflict if the ID of an event is taken, or that of the context.
func (s *ServiceRequests) Update(
	ctx context.Context, scope srmt.Scope, decide func(prior srmt.Prior) (srmt.Change, error),
) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.serviceRequests
		prior := held.prior(scope)
		before := slices.Clone(prior.Requests)
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if err := mayHold(ctx, scope.Requests, change); err != nil {
			return err
		}
		after, err := scope.Apply(before, change)
		if err != nil {
			return err
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		held.save(after, change)
		return nil
	})
}

// prior returns what is on file of the scope.
func (held *serviceRequests) prior(scope srmt.Scope) (prior srmt.Prior) {
	for _, id := range scope.Requests {
		prior.Requests = append(prior.Requests, held.states[id])
	}
	for _, id := range scope.Staff {
		member := held.staff[id]
		prior.Staff = append(prior.Staff, member.Clone())
	}
	if !scope.Loads {
		return prior
	}
	loads := map[srmt.StaffID]int{}
	for _, request := range held.open {
		if request.Status == srmt.Assigned {
			loads[request.Officer]++
		}
	}
	for _, id := range scope.Staff {
		prior.Loads = append(prior.Loads, loads[id])
	}
	return prior
}

// save keeps a change that was looked at, and the states that it leads to.
func (held *serviceRequests) save(after map[string]srmt.ServiceRequest, change srmt.Change) {
	if held.histories == nil {
		held.histories, held.staff = map[string][]srmt.Step{}, map[srmt.StaffID]srmt.Staff{}
		held.states, held.open = map[string]srmt.ServiceRequest{}, map[string]srmt.ServiceRequest{}
	}
	for id, state := range after {
		if len(change.Steps[id]) == 0 {
			continue
		}
		held.histories[id], held.states[id] = append(held.histories[id], change.Steps[id]...), state
		if state.Status == srmt.Closed {
			delete(held.open, id)
		} else {
			held.open[id] = state
		}
	}
	for _, member := range change.Staff {
		held.staff[member.ID] = member.Clone()
	}
}

// History implements srmt.Store: it returns the steps of the request, or an error that
// matches srmt.ErrNotFound. Any other error is that of the context.
func (s *ServiceRequests) History(ctx context.Context, id string) ([]srmt.Step, error) {
	var history []srmt.Step
	err := s.db.locked(ctx, func() error {
		history = slices.Clone(s.db.serviceRequests.histories[id])
		if len(history) == 0 {
			return notFound("service request")
		}
		return nil
	})
	return history, err
}

// List implements srmt.Store: it yields the requests that match the query as they were when
// the range began, in the order of their Key. Its error is that of the context, or one for a
// page after text that no store can hold.
func (s *ServiceRequests) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	byKey := func(a, b srmt.ServiceRequest) int { return a.Key().Compare(b.Key()) }
	return list(ctx, s.db, query.Page, byKey, func(add func(srmt.ServiceRequest)) {
		among := s.db.serviceRequests.states
		if !query.OverdueOn.IsZero() || query.Status == srmt.Unassigned || query.Status == srmt.Assigned {
			among = s.db.serviceRequests.open
		}
		for _, request := range among {
			if query.Matches(request) && request.Key().Compare(query.Page.After) > 0 {
				add(request)
			}
		}
	})
}

// Staff implements srmt.Store: it returns the member of staff, or an error that matches
// srmt.ErrNotFound. Any other error is that of the context.
func (s *ServiceRequests) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	var found srmt.Staff
	err := s.db.locked(ctx, func() error {
		member, known := s.db.serviceRequests.staff[id]
		if !known {
			return notFound("member of staff")
		}
		found = member.Clone()
		return nil
	})
	return found, err
}

// Roster implements srmt.Store: it yields the members of staff with a post at the office as they
// were when the range began, in the order of their IDs. Its error is that of the context, or one for
// a page after text that no store can hold.
func (s *ServiceRequests) Roster(ctx context.Context, office casestatus.OfficeCode, page srmt.RosterPage) iter.Seq2[srmt.Staff, error] {
	byID := func(a, b srmt.Staff) int { return cmp.Compare(a.ID, b.ID) }
	return list(ctx, s.db, page, byID, func(add func(srmt.Staff)) {
		for _, member := range s.db.serviceRequests.staff {
			isThere := slices.ContainsFunc(member.Posts, func(post srmt.Post) bool { return post.Office == office })
			if member.ID > page.After && (office == "" || isThere) {
				add(member.Clone())
			}
		}
	})
}
