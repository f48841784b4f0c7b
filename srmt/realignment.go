package srmt

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/retry"
)

// DecideRealignment decides whether an open request moves on because its office is
// closed: to the office that took the work over (SR-2), or to the fallback queue if
// there is none (SR-12). It is unassigned there, and its due date does not move
// (SR-9a). No member of staff is asked, for the closed office has none.
func DecideRealignment(state ServiceRequest, offices casestatus.OfficeTable, at time.Time, policy Policy) Decision {
	policy = policy.withDefaults()
	routing := routeTo(state.Office, offices, cris.DateOf(at, policy.Zone), policy)
	var against refusals
	against.unless(state.Status != Closed, requestClosed)
	against.unless(routing.Office != state.Office, whereItBelongs)
	if len(against) > 0 {
		return Decision{Outcome: Refused, Reasons: against}
	}
	return Decision{Outcome: Allowed, Reasons: routing.Reasons, Step: Step{
		Seq: state.Version + 1, Kind: StepRedirected, At: at, Office: routing.Office, Why: OfficeLocationAlignment,
	}}
}

// Realign moves the open requests of an office on if DecideRealignment allows it,
// and returns how many it moved. The host program calls it once an office is closed;
// calling it again, or for an office that is open, changes nothing. It stops at the
// first failure, and what is moved by then stays moved. The error matches ErrConflict if
// the store gave up and cris.ErrClock if the clock is not set; any other is that of the
// store.
func (s *Service) Realign(ctx context.Context, office casestatus.OfficeCode) (moved int, err error) {
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("srmt: realign: %w", err)
	}
	for _, status := range []Status{Unassigned, Assigned} {
		for request, err := range s.store.List(ctx, Query{Office: office, Status: status}) {
			if err != nil {
				return moved, fmt.Errorf("srmt: list requests of office: %w", err)
			}
			decision, err := s.realign(ctx, request.ID, now)
			if err != nil {
				return moved, fmt.Errorf("srmt: realign: %w", err)
			}
			if decision.Outcome == Allowed {
				moved++
			}
		}
	}
	return moved, nil
}

// realign decides on one request, which others may have moved meanwhile.
func (s *Service) realign(ctx context.Context, requestID string, now time.Time) (decision Decision, err error) {
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, requestID, func(history []Step) (Change, error) {
			state, err := Replay(history)
			if err != nil {
				return Change{}, err
			}
			decision = DecideRealignment(state, s.offices, now, s.policy)
			return s.changeOf(state, decision), nil
		})
	})
	return decision, err
}
