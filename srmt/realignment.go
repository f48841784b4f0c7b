package srmt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// DecideRealignment decides whether an open request moves on because its office is
// closed: to the office that took its work over (SR-2), or to the fallback queue if
// there is none (SR-12); or because it waits in the fallback queue, and its case can be routed by
// now. It is unassigned where it goes, and its due date does not move (SR-9a). No member of
// staff is asked, because the closed office has none. The day is that of the instant in the
// policy's zone. Request and onFile are the request as it was filed and the header of its case,
// which matter in the fallback queue alone.
func DecideRealignment(state ServiceRequest, request erequest.Request, onFile casestatus.Header, offices casestatus.OfficeTable, at time.Time, policy Policy) Decision {
	policy = policy.withDefaults()
	on := cris.DateOf(at, policy.Zone)
	routing := routeTo(state.Office, offices, on, policy)
	if state.Office == policy.FallbackQueue {
		routing = Route(request, onFile, offices, on, policy)
	}
	var against refusals
	if _, found := transition(StepRedirected, state.Status); !found {
		against = refusals{requestClosed}
	}
	against.unless(routing.Office != state.Office, whereItBelongs)
	if len(against) > 0 {
		return Decision{Outcome: Refused, Reasons: against}
	}
	return Decision{Outcome: Allowed, Reasons: routing.Reasons, Step: Step{
		Seq: state.Version + 1, Kind: StepRedirected, At: at, Office: routing.Office, Why: OfficeLocationAlignment,
	}}
}

// Realign moves the open requests of an office on if DecideRealignment allows it,
// and returns how many it moved. The host program calls it once an office is closed, and every
// day for the fallback queue, whose requests move on once their cases have an office; calling
// it again, or for an office that is open, changes nothing. The empty code stands for all
// offices and the fallback queue.
//
// A request that is transferred for [CustomerWithDisabilities] in the meantime may be left for the
// next call.
//
// It stops at the first failure, and what is moved by then stays moved. The error matches
// ErrConflict if the store gave up and cris.ErrClock if the clock is not set; any other is
// that of a port or the context.
func (s *Service) Realign(ctx context.Context, office casestatus.OfficeCode) (moved int, err error) {
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("srmt: realign: %w", err)
	}
	if !text.IsStorable(string(office)) {
		return 0, nil // no request is there
	}
	// One list of all that is open: a request that is assigned or returned meanwhile keeps its place.
	for request, err := range s.store.List(ctx, Query{Office: office, OverdueOn: openOn}) {
		if err != nil {
			return moved, fmt.Errorf("srmt: realign: list requests: %w", err)
		}
		decide := func(state ServiceRequest) Decision {
			return DecideRealignment(state, erequest.Request{}, casestatus.Header{}, s.offices, now, s.policy)
		}
		if request.Office == s.policy.FallbackQueue {
			filed, onFile, err := s.filed(ctx, request.ID, request.Receipt)
			if err != nil {
				return moved, fmt.Errorf("srmt: realign: %w", err)
			}
			decide = func(state ServiceRequest) Decision {
				return DecideRealignment(state, filed, onFile, s.offices, now, s.policy)
			}
		}
		if decide(request).Outcome != Allowed {
			continue
		}
		decision, err := s.realign(ctx, request.ID, decide)
		if err != nil {
			return moved, fmt.Errorf("srmt: realign: %w", err)
		}
		if decision.Outcome == Allowed {
			moved++
		}
	}
	return moved, nil
}

// realign decides on one request, which others may have moved in the meantime.
func (s *Service) realign(ctx context.Context, requestID string, decide func(ServiceRequest) Decision) (decision Decision, err error) {
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, Scope{Requests: []string{requestID}}, func(prior Prior) (change Change, err error) {
			decision = decide(prior.Requests[0])
			if decision.Outcome != Allowed {
				return Change{}, errNothingToSave
			}
			change.add(prior.Requests[0], decision.Step, s.policy)
			return change, nil
		})
	})
	if errors.Is(err, errNothingToSave) {
		return decision, nil
	}
	return decision, err
}
