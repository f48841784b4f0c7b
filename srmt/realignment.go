package srmt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// DecideRealignment decides whether an open request moves on because its office is
// closed: to the office that took its work over (SR-2), or to the fallback queue if
// there is none (SR-12). It is unassigned there, and its due date does not move
// (SR-9a). No member of staff is asked, because the closed office has none. The day is that
// of the instant in the policy's zone.
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
// calling it again, or for an office that is open, changes nothing. The empty code stands
// for all offices.
//
// It stops at the first failure, and what is moved by then stays moved. The error matches
// ErrConflict if the store gave up and cris.ErrClock if the clock is not set; any other is
// that of the store or the context.
func (s *Service) Realign(ctx context.Context, office casestatus.OfficeCode) (moved int, err error) {
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("srmt: realign: %w", err)
	}
	if !text.IsStorable(string(office)) {
		return 0, nil // no request is there
	}
	for _, status := range []Status{Unassigned, Assigned} {
		for request, err := range s.store.List(ctx, Query{Office: office, Status: status}) {
			if err != nil {
				return moved, fmt.Errorf("srmt: realign: list requests: %w", err)
			}
			if DecideRealignment(request, s.offices, now, s.policy).Outcome != Allowed {
				continue
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

// realign decides on one request, which others may have moved in the meantime.
func (s *Service) realign(ctx context.Context, requestID string, now time.Time) (decision Decision, err error) {
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, requestID, nil, func(prior Prior) (Change, error) {
			decision = DecideRealignment(prior.Request, s.offices, now, s.policy)
			if decision.Outcome != Allowed {
				return Change{}, errNothingToSave
			}
			return s.changeOf(prior.Request, decision.Step), nil
		})
	})
	if errors.Is(err, errNothingToSave) {
		return decision, nil
	}
	return decision, err
}
