package srmt

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// DecideRealignment decides whether an open request moves on because its office is
// closed: to the office that took the work over (SR-2), or to the fallback queue if
// there is none (SR-12). It is unassigned there, and its due date does not move
// (SR-9a). No member of staff is asked, for the closed office has none.
func DecideRealignment(state ServiceRequest, offices casestatus.OfficeTable, at time.Time, policy Policy) Decision {
	policy = policy.withDefaults()
	routing := routeTo(state.Office, offices, cris.DateOf(at, policy.Zone), policy)
	var against refusals
	against.unless(state.Status != Closed, "SR-1", "the request is closed")
	against.unless(routing.Office != state.Office, "SR-2", "the request is where its work is done")
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
// first failure, and what is moved by then stays moved.
func (s *Service) Realign(ctx context.Context, office casestatus.OfficeCode) (moved int, err error) {
	now := s.now()
	for _, status := range []Status{Unassigned, Assigned} {
		for request, err := range s.store.List(ctx, Query{Office: office, Status: status}) {
			if err != nil {
				return moved, fmt.Errorf("srmt: list requests of office: %w", err)
			}
			decision, err := s.decideOn(ctx, request.ID, func(history []Step) (Decision, error) {
				state, err := Replay(history)
				return DecideRealignment(state, s.offices, now, s.policy), err
			})
			if err != nil {
				return moved, err
			}
			if decision.Outcome == Allowed {
				moved++
			}
		}
	}
	return moved, nil
}
