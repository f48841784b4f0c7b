package memory

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/srmt"
)

// serviceRequests is the part of DB that srmt's port holds.
type serviceRequests struct {
	histories map[string][]srmt.Step         // by ID of the request
	states    map[string]srmt.ServiceRequest // what each history adds up to
	staff     map[srmt.StaffID]srmt.Staff
	looks     map[string]srmt.Look // by ID
}

// ServiceRequests is the port to the service requests and to the staff who work on them: an
// srmt.Store.
type ServiceRequests struct{ db *DB }

// ServiceRequests returns the port to the service requests and their staff.
func (db *DB) ServiceRequests() *ServiceRequests { return &ServiceRequests{db} }

// Update implements srmt.Store: it saves what decide returns for the request, whole or not
// at all. Nobody else uses the database while decide runs. It returns the error of decide as
// it is, a *srmt.HistoryError for steps that do not follow the state of the request, one that
// matches cris.ErrConflict if the ID of an event is taken, or that of the context.
func (s *ServiceRequests) Update(
	ctx context.Context, id string, staff []srmt.StaffID, decide func(prior srmt.Prior) (srmt.Change, error),
) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.serviceRequests
		before := held.states[id]
		prior := srmt.Prior{Request: before, Staff: make([]srmt.Staff, len(staff))}
		for i, member := range staff {
			prior.Staff[i] = held.staff[member]
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if err := mayHold(ctx, id, change); err != nil {
			return err
		}
		state, err := srmt.Extend(id, before, change)
		if err != nil {
			return err
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		if len(change.Append) == 0 {
			return nil
		}
		if held.histories == nil {
			held.histories, held.states = map[string][]srmt.Step{}, map[string]srmt.ServiceRequest{}
		}
		held.histories[id], held.states[id] = append(held.histories[id], change.Append...), state
		return nil
	})
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
		for _, request := range s.db.serviceRequests.states {
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
		found = member
		return nil
	})
	return found, err
}

// UpdateStaff implements srmt.Store: it saves what decide returns for the member of staff.
// Nobody else uses the database while decide runs. It returns the error of decide as it is,
// an error for a member with another ID or none, or that of the context.
func (s *ServiceRequests) UpdateStaff(ctx context.Context, id srmt.StaffID, decide func(prior srmt.Staff) (srmt.Staff, error)) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.serviceRequests
		member, err := decide(held.staff[id])
		if err != nil {
			return err
		}
		if err := mayHold(ctx, id, member); err != nil {
			return err
		}
		if member.ID != id || id == "" {
			return errors.New("memory: member of staff with another identifier")
		}
		if held.staff == nil {
			held.staff = map[srmt.StaffID]srmt.Staff{}
		}
		held.staff[id] = member
		return nil
	})
}
