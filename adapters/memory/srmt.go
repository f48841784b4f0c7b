package memory

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/seed28e20331/cris/srmt"
)

// serviceRequests is the part of DB that srmt's ports hold.
type serviceRequests struct {
	histories map[string][]srmt.Step         // by ID of the request
	states    map[string]srmt.ServiceRequest // what each history adds up to
	staff     map[srmt.StaffID]srmt.Staff
}

// ServiceRequests implements srmt.Store.
type ServiceRequests struct{ db *DB }

// ServiceRequests returns the port to the service requests.
func (db *DB) ServiceRequests() *ServiceRequests { return &ServiceRequests{db} }

// Update implements srmt.Store. It returns the error of decide, a *srmt.HistoryError for
// steps that do not add up, cris.ErrConflict if the ID of an event is taken, or the error of
// the context.
func (s *ServiceRequests) Update(ctx context.Context, id string, decide func(history []srmt.Step) (srmt.Change, error)) error {
	return s.db.locked(ctx, func() error { return s.db.updateServiceRequest(ctx, id, decide) })
}

// updateServiceRequest is Update for whoever holds the lock.
func (db *DB) updateServiceRequest(ctx context.Context, id string, decide func(history []srmt.Step) (srmt.Change, error)) error {
	held := &db.serviceRequests
	history := held.histories[id]
	change, err := decide(slices.Clone(history))
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(change.Append) == 0 {
		return db.publish(change.Events)
	}
	state, err := srmt.Extend(id, held.states[id], change)
	if err != nil {
		return err
	}
	if err := db.publish(change.Events); err != nil {
		return err
	}
	if held.histories == nil {
		held.histories, held.states = map[string][]srmt.Step{}, map[string]srmt.ServiceRequest{}
	}
	held.histories[id], held.states[id] = slices.Concat(history, change.Append), state
	return nil
}

// History implements srmt.Store.
func (s *ServiceRequests) History(ctx context.Context, id string) ([]srmt.Step, error) {
	var history []srmt.Step
	err := s.db.locked(ctx, func() error {
		history = slices.Clone(s.db.serviceRequests.histories[id])
		if len(history) == 0 {
			return srmt.ErrNotFound
		}
		return nil
	})
	return history, err
}

// List implements srmt.Store.
func (s *ServiceRequests) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	return func(yield func(srmt.ServiceRequest, error) bool) {
		found, err := s.find(ctx, query)
		if err != nil {
			yield(srmt.ServiceRequest{}, err)
			return
		}
		for _, request := range found {
			if !yield(request, nil) {
				return
			}
		}
	}
}

func (s *ServiceRequests) find(ctx context.Context, query srmt.Query) ([]srmt.ServiceRequest, error) {
	var found []srmt.ServiceRequest
	err := s.db.locked(ctx, func() error {
		for request := range maps.Values(s.db.serviceRequests.states) {
			if query.Matches(request) && request.Key().Compare(query.Page.After) > 0 {
				found = append(found, request)
			}
		}
		return nil
	})
	slices.SortFunc(found, func(a, b srmt.ServiceRequest) int { return a.Key().Compare(b.Key()) })
	if limit := query.Page.Limit; limit > 0 && limit < len(found) {
		found = found[:limit]
	}
	return found, err
}

// Staff implements srmt.Directory.
type Staff struct{ db *DB }

// Staff returns the port to the staff.
func (db *DB) Staff() *Staff { return &Staff{db} }

// Staff implements srmt.Directory.
func (s *Staff) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	var found srmt.Staff
	err := s.db.locked(ctx, func() error {
		member, known := s.db.serviceRequests.staff[id]
		if !known {
			return srmt.ErrNotFound
		}
		found = member
		return nil
	})
	return found, err
}

// SharesStore implements srmt.SharedDirectory: the service requests of the same DB.
func (s *Staff) SharesStore(store srmt.Store) bool {
	requests, ok := store.(*ServiceRequests)
	return ok && requests.db == s.db
}

// UpdateWithStaff implements srmt.SharedDirectory, with the errors of
// [ServiceRequests.Update].
func (s *Staff) UpdateWithStaff(
	ctx context.Context, id string, ids []srmt.StaffID, decide func(history []srmt.Step, staff []srmt.Staff) (srmt.Change, error),
) error {
	return s.db.locked(ctx, func() error {
		staff := make([]srmt.Staff, len(ids))
		for i, id := range ids {
			staff[i] = s.db.serviceRequests.staff[id]
		}
		return s.db.updateServiceRequest(ctx, id, func(history []srmt.Step) (srmt.Change, error) { return decide(history, staff) })
	})
}

// PutStaff enters members of staff in the directory, each in place of what was there
// under the same ID, all or none. Its error is that of the context.
func (s *Staff) PutStaff(ctx context.Context, staff ...srmt.Staff) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.serviceRequests
		if held.staff == nil {
			held.staff = map[srmt.StaffID]srmt.Staff{}
		}
		for _, member := range staff {
			held.staff[member.ID] = member
		}
		return nil
	})
}
