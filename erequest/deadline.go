package erequest

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
)

// Overdue yields the requests that were not answered by the end of their last day (ER-8,
// ER-10): those that were due yesterday or earlier in the policy's zone, earliest first. The
// error matches cris.ErrClock if the clock is not set; any other is that of the store.
func (s *Service) Overdue(ctx context.Context, page cris.Page[DueKey]) iter.Seq2[DueRequest, error] {
	return func(yield func(DueRequest, error) bool) {
		now, err := s.now()
		if err != nil {
			yield(DueRequest{}, fmt.Errorf("erequest: list overdue requests: %w", err))
			return
		}
		today := cris.DateOf(now, s.policy.Zone)
		s.store.Due(ctx, DueQuery{By: today.AddDays(-1), Page: page})(yield)
	}
}

// RaiseOverdue publishes an EventOverdue for every request whose last day has passed without an
// answer, once for each, and returns how many it raised. A host program runs it every day,
// and may run it more often or on several machines at once. A request that cannot be raised
// keeps no other from being raised; the error has what went wrong with each, and is otherwise
// that of the clock or of the store.
func (s *Service) RaiseOverdue(ctx context.Context) (raised int, err error) {
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("erequest: raise overdue requests: %w", err)
	}
	today := cris.DateOf(now, s.policy.Zone)
	var failed []error
	for due, err := range s.store.Due(ctx, DueQuery{By: today.AddDays(-1), Unraised: true}) {
		isNews := false
		if err == nil {
			event := OverdueRequest{due.RequestID, due.Issue, due.Channel, due.RespondBy}.Event(now)
			isNews, err = s.reach(ctx, due.Receipt, Mark{due.RequestID, MilestoneOverdue, today}, event)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("erequest: raise overdue requests: %w", err))
		}
		if isNews {
			raised++
		}
	}
	return raised, errors.Join(failed...)
}
