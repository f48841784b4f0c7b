package srmt

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// ErrDenied means that the list or history is not open to whoever asked for it, or there is no
// such request (PV-3).
var ErrDenied = errors.New("srmt: not open to this member of staff")

// Unassigned yields the unassigned requests of the supervisor's office, what is due first
// coming first (SR-3); see [Key]. For anyone else it yields ErrDenied.
//
// Every range over the list begins anew and looks the member of staff up then. An error ends
// it: that of the store or the context, and a *cris.ParseError for a page after a key that
// no request can have. This goes for the other lists too.
func (s *Service) Unassigned(ctx context.Context, supervisor StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, _ cris.Date) (Query, bool) {
		return Query{Office: by.Office, Status: Unassigned}, by.supervises(by.Office)
	})
}

// Worklist yields the open requests that the officer or supervisor holds at the office
// where he or she is now, what is due first coming first (SR-4). For anyone else it yields
// ErrDenied. Its errors are those of [Service.Unassigned].
func (s *Service) Worklist(ctx context.Context, officer StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, officer, page, func(by Staff, _ cris.Date) (Query, bool) {
		return Query{Office: by.Office, Status: Assigned, Officer: by.ID}, by.worksAt(by.Office)
	})
}

// Assigned yields the open requests of the supervisor's office that are assigned to
// the officer, or to anyone if officer is "", what is due first coming first. The officer
// may have moved or left: this is where a supervisor finds what is to be reassigned after a
// staff change (SR-5, SR-6). For anyone else it yields ErrDenied. Its errors are those of
// [Service.Unassigned].
func (s *Service) Assigned(ctx context.Context, supervisor, officer StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, _ cris.Date) (Query, bool) {
		return Query{Office: by.Office, Status: Assigned, Officer: officer}, by.supervises(by.Office)
	})
}

// Overdue yields the requests of the supervisor's office that are overdue on the day of the
// range, in the policy's zone, those longest overdue coming first (SR-9). For anyone else it
// yields ErrDenied. Its errors are those of [Service.Unassigned], and one that matches
// cris.ErrClock if the clock is not set.
func (s *Service) Overdue(ctx context.Context, supervisor StaffID, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: by.Office, OverdueOn: today}, by.supervises(by.Office)
	})
}

// History returns every step of the request, messages included (SR-8, SR-10), to
// who holds it or held it last at its office, and to the supervisors of the office.
// Anyone else gets ErrDenied, and everyone does if there is no such request: the
// error does not tell whether there is. That it was shown is on record before (PV-3); if it
// cannot be recorded, nothing is shown. The caller may keep and change the steps.
//
// A *HistoryError means that the history on file does not add up, and an error that matches
// cris.ErrClock that the clock is not set; any other error is that of a store or the context.
func (s *Service) History(ctx context.Context, by StaffID, requestID string) ([]Step, error) {
	history, _, err := s.opened(ctx, by, requestID, OpenedHistory, func(reader Staff, state *ServiceRequest) bool {
		return reader.holds(state) || reader.supervises(state.Office)
	})
	return history, err
}

// historyOf reads the steps of a request and what they add up to. The error matches ErrNotFound if
// there is no such request.
func (s *Service) historyOf(ctx context.Context, requestID string) ([]Step, ServiceRequest, error) {
	if !text.IsStorable(requestID) {
		return nil, ServiceRequest{}, ErrNotFound
	}
	history, err := s.store.History(ctx, requestID)
	if err != nil {
		return nil, ServiceRequest{}, fmt.Errorf("srmt: read history: %w", err)
	}
	state, err := Replay(history)
	return history, state, err
}

// list yields what the query for this member of staff finds today, if it is open to them.
func (s *Service) list(ctx context.Context, by StaffID, page Page, query func(by Staff, today cris.Date) (Query, bool)) iter.Seq2[ServiceRequest, error] {
	return func(yield func(ServiceRequest, error) bool) {
		q, err := s.query(ctx, by, query)
		if err != nil {
			yield(ServiceRequest{}, err)
			return
		}
		if !text.IsStorable(string(q.Officer)) {
			return // nobody is called that
		}
		if !text.IsStorable(page.After.ID) {
			yield(ServiceRequest{}, fmt.Errorf("srmt: list requests: %w",
				&cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"}))
			return
		}
		q.Page = page
		for request, err := range s.store.List(ctx, q) {
			if err != nil {
				yield(ServiceRequest{}, fmt.Errorf("srmt: list requests: %w", err))
				return
			}
			if !yield(request, nil) {
				return
			}
		}
	}
}

// query returns what the member of staff asks for, or ErrDenied.
func (s *Service) query(ctx context.Context, by StaffID, query func(by Staff, today cris.Date) (Query, bool)) (Query, error) {
	now, err := s.now()
	if err != nil {
		return Query{}, fmt.Errorf("srmt: list requests: %w", err)
	}
	reader, err := s.staff(ctx, by)
	if err != nil {
		return Query{}, err
	}
	q, open := query(reader, cris.DateOf(now, s.policy.Zone))
	if !open {
		return Query{}, ErrDenied
	}
	return q, nil
}
