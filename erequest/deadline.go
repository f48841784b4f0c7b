package erequest

import (
	"context"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
)

// Overdue yields the requests that were not answered by the end of their last day (ER-8,
// ER-10): those that were due yesterday or earlier in the policy's zone, earliest first. The
// error matches cris.ErrClock if the clock is not set; any other is that of the store.
func (s *Service) Overdue(ctx context.Context, page cris.Page[DueKey]) iter.Seq2[DueRequest, error] {
	return s.overdue(ctx, DueQuery{Page: page})
}

func (s *Service) overdue(ctx context.Context, query DueQuery) iter.Seq2[DueRequest, error] {
	return func(yield func(DueRequest, error) bool) {
		now, err := s.now()
		if err != nil {
			yield(DueRequest{}, fmt.Errorf("erequest: list overdue requests: %w", err))
			return
		}
		query.By = cris.DateOf(now, s.policy.Zone).AddDays(-1)
		s.store.Due(ctx, query)(yield)
	}
}

// RaiseOverdue publishes an EventOverdue for every request whose last day has passed without an
// answer, once for each, and returns how many it raised. A host program runs it every day,
// and may run it more often or on several machines at once. After an error, what was raised so
// far stays raised; the error is that of the clock or of the store.
func (s *Service) RaiseOverdue(ctx context.Context) (raised int, err error) {
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("erequest: raise overdue requests: %w", err)
	}
	for due, err := range s.overdue(ctx, DueQuery{Unraised: true}) {
		isNews := false
		if err == nil {
			mark := Mark{due.RequestID, MilestoneOverdue, cris.DateOf(now, s.policy.Zone)}
			event := OverdueRequest{due.RequestID, due.Issue, due.Channel, due.RespondBy}.Event(now)
			isNews, err = s.reach(ctx, due.Receipt, mark, event)
		}
		if err != nil {
			return raised, fmt.Errorf("erequest: raise overdue requests: %w", err)
		}
		if isNews {
			raised++
		}
	}
	return raised, nil
}
