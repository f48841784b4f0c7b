package srmt

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// ErrDenied means that the list, history, file or preview is not open to whoever asked for it, that
// there is no such request, or that whoever acts does not take requests at the [Desk] (PV-3). It does
// not tell which.
var ErrDenied = errors.New("srmt: not open to this member of staff")

// Unassigned yields the unassigned requests of an office to its supervisors, in the order of their
// [Key] (SR-3). For anyone else it yields ErrDenied.
//
// Every range over the list begins anew and looks the member of staff up then. An error ends
// it: that of the store or the context, and a *cris.ParseError for a page after a key that
// no request can have. This goes for the other lists too.
func (s *Service) Unassigned(ctx context.Context, supervisor StaffID, office casestatus.OfficeCode, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: office, Status: Unassigned}, by.supervises(office, today)
	})
}

// Worklist yields the open requests that an officer or supervisor of the office holds there, to
// that member of staff (SR-4). For anyone else it yields ErrDenied. Its errors are those of
// [Service.Unassigned].
func (s *Service) Worklist(ctx context.Context, officer StaffID, office casestatus.OfficeCode, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, officer, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: office, Status: Assigned, Officer: by.ID}, by.worksAt(office, today)
	})
}

// Assigned yields the open requests of an office that are assigned to the officer, or to anyone if
// officer is "", to the supervisors of the office. The officer may be absent: this is where a
// supervisor finds what is to be reassigned (SR-5, SR-6). For anyone else it yields ErrDenied. Its
// errors are those of [Service.Unassigned].
func (s *Service) Assigned(
	ctx context.Context, supervisor StaffID, office casestatus.OfficeCode, officer StaffID, page Page,
) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: office, Status: Assigned, Officer: officer}, by.supervises(office, today)
	})
}

// Overdue yields the requests of an office that are overdue on the day of the range, in the
// policy's zone, to the supervisors of the office (SR-9). For anyone else it
// yields ErrDenied. Its errors are those of [Service.Unassigned], and one that matches
// cris.ErrClock if the clock is not set.
func (s *Service) Overdue(ctx context.Context, supervisor StaffID, office casestatus.OfficeCode, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: office, OverdueOn: today}, by.supervises(office, today)
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
	now, err := s.now()
	if err != nil {
		return nil, fmt.Errorf("srmt: open history: %w", err)
	}
	history, _, err := s.opened(ctx, now, by, requestID, OpenedHistory, func(reader *Staff, state *ServiceRequest, on cris.Date) bool {
		return reader.holds(state, on) || reader.supervises(state.Office, on)
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
