package srmt

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// ErrDenied: the list or history is not open to whoever asked for it, or there is no
// such request (PV-3).
var ErrDenied = errors.New("srmt: not open to this member of staff")

// Unassigned yields the unassigned requests of the supervisor's office, first filed
// first (SR-3). For anyone else it yields ErrDenied.
func (s *Service) Unassigned(ctx context.Context, supervisor StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, func(by Staff) (Query, bool) {
		return Query{Office: by.Office, Status: Unassigned, Page: page}, by.supervises(by.Office)
	})
}

// Worklist yields the open requests that the officer or supervisor holds, first
// filed first (SR-4). For anyone else it yields ErrDenied.
func (s *Service) Worklist(ctx context.Context, officer StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, officer, func(by Staff) (Query, bool) {
		return Query{Office: by.Office, Status: Assigned, Officer: by.ID, Page: page}, by.worksAt(by.Office)
	})
}

// Assigned yields the open requests of the supervisor's office that are assigned to
// the officer, or to anyone if officer is "", first filed first. The officer need not
// be in the directory any more: this is where a supervisor finds what is to be
// reassigned after a staff change (SR-5, SR-6). For anyone else it yields ErrDenied.
func (s *Service) Assigned(ctx context.Context, supervisor, officer StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, func(by Staff) (Query, bool) {
		return Query{Office: by.Office, Status: Assigned, Officer: officer, Page: page}, by.supervises(by.Office)
	})
}

// Overdue yields the requests of the supervisor's office that are overdue today,
// first filed first (SR-9). For anyone else it yields ErrDenied.
func (s *Service) Overdue(ctx context.Context, supervisor StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	now, err := s.now()
	if err != nil {
		return func(yield func(ServiceRequest, error) bool) {
			yield(ServiceRequest{}, fmt.Errorf("srmt: list overdue requests: %w", err))
		}
	}
	today := cris.DateOf(now, s.policy.Zone)
	return s.list(ctx, supervisor, func(by Staff) (Query, bool) {
		return Query{Office: by.Office, OverdueOn: today, Page: page}, by.supervises(by.Office)
	})
}

// History returns every step of the request, messages included (SR-8, SR-10), to
// who holds it or held it last at its office, and to the supervisors of the office.
// Anyone else gets ErrDenied, and everyone does if there is no such request: the
// answer does not tell whether there is. The caller may keep and change the steps.
func (s *Service) History(ctx context.Context, by StaffID, requestID string) ([]Step, error) {
	reader, err := s.staff(ctx, by)
	if err != nil {
		return nil, err
	}
	if reader.ID == "" || !text.IsStorable(requestID) {
		return nil, ErrDenied
	}
	history, err := s.store.History(ctx, requestID)
	if errors.Is(err, ErrNotFound) {
		return nil, ErrDenied
	}
	if err != nil {
		return nil, fmt.Errorf("srmt: read history: %w", err)
	}
	state, err := Replay(history)
	if err != nil {
		return nil, err
	}
	if !reader.holds(state) && !reader.supervises(state.Office) {
		return nil, ErrDenied
	}
	return history, nil
}

// list yields what the query for this member of staff finds, if it is open to them.
func (s *Service) list(ctx context.Context, by StaffID, query func(Staff) (Query, bool)) iter.Seq2[ServiceRequest, error] {
	return func(yield func(ServiceRequest, error) bool) {
		reader, err := s.staff(ctx, by)
		if err != nil {
			yield(ServiceRequest{}, err)
			return
		}
		q, open := query(reader)
		if !open {
			yield(ServiceRequest{}, ErrDenied)
			return
		}
		if !text.IsStorable(string(q.Officer)) {
			return // nobody is called that
		}
		if !text.IsStorable(q.Page.After.ID) {
			yield(ServiceRequest{}, &cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"})
			return
		}
		s.store.List(ctx, q)(yield)
	}
}
