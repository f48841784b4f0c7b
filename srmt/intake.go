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

// IntakeOutcome says whether a request was received.
type IntakeOutcome string

// The outcomes of an intake.
const (
	Received        IntakeOutcome = "received"
	AlreadyReceived IntakeOutcome = "already_received" // nothing changed
)

// IntakeOutcomes lists the outcomes of an intake. The caller may keep and change the slice.
func IntakeOutcomes() []IntakeOutcome { return []IntakeOutcome{Received, AlreadyReceived} }

// Message returns what the outcome is called.
func (o IntakeOutcome) Message() cris.Message {
	return cris.Message{Code: "srmt.intake_outcome." + cris.Code(o)}
}

// Intake is the decision on a request that comes from erequest.
type Intake struct {
	Outcome IntakeOutcome
	Request ServiceRequest // as it stands now
	Reasons []cris.Reason  // why it went to its office; for AlreadyReceived, that it had come before
}

// Receive receives the accepted request with that identifier, the Subject of
// erequest.EventAccepted, and routes it by the case as it is on file (SR-1, SR-2). Receiving
// it again changes nothing, so an event that is delivered twice does no harm (ER-12).
//
// A request that erequest does not know gives an error that matches erequest.ErrNotFound, a
// clock that is not set one that matches cris.ErrClock, and a store that gave up one that
// matches ErrConflict. A *HistoryError means that the request on file has no identifier or no
// dates; any other error that a port failed or the context ended. Nothing is known to be
// saved then, and the caller may try again.
func (s *Service) Receive(ctx context.Context, requestID string) (Intake, error) {
	now, err := s.now()
	if err != nil {
		return Intake{}, fmt.Errorf("srmt: receive request: %w", err)
	}
	request, routing, err := s.route(ctx, requestID, now)
	if err != nil {
		return Intake{}, fmt.Errorf("srmt: receive request: %w", err)
	}
	first := received(request, routing, now)
	var intake Intake
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, Scope{Requests: []string{requestID}}, func(prior Prior) (change Change, err error) {
			if prior.Requests[0].Version > 0 {
				intake = Intake{Outcome: AlreadyReceived, Request: prior.Requests[0], Reasons: []cris.Reason{receivedBefore}}
				return Change{}, errNothingToSave
			}
			state, err := Replay([]Step{first})
			intake = Intake{Outcome: Received, Request: state, Reasons: routing.Reasons}
			change.add(ServiceRequest{}, first, s.policy)
			return change, err
		})
	})
	if err != nil && !errors.Is(err, errNothingToSave) {
		return Intake{}, fmt.Errorf("srmt: receive request: %w", err)
	}
	return intake, nil
}

// WouldRoute tells to which office the request with that identifier would go if it were received
// today, and why (SR-2, SR-12). It changes nothing, whether or not the request was received
// before. Its errors are those of Receive.
func (s *Service) WouldRoute(ctx context.Context, requestID string) (Routing, error) {
	now, err := s.now()
	if err != nil {
		return Routing{}, fmt.Errorf("srmt: route request: %w", err)
	}
	_, routing, err := s.route(ctx, requestID, now)
	if err != nil {
		return Routing{}, fmt.Errorf("srmt: route request: %w", err)
	}
	return routing, nil
}

// route reads the request and its case, and routes it.
func (s *Service) route(ctx context.Context, requestID string, now time.Time) (erequest.Request, Routing, error) {
	if !text.IsStorable(requestID) {
		return erequest.Request{}, Routing{}, erequest.ErrNotFound
	}
	request, err := s.requests.Request(ctx, requestID)
	if err != nil {
		return erequest.Request{}, Routing{}, err
	}
	onFile, err := s.caseOf(ctx, request.Receipt)
	if err != nil {
		return erequest.Request{}, Routing{}, err
	}
	return request, Route(request, onFile, s.offices, cris.DateOf(now, s.policy.Zone), s.policy), nil
}

// received is the first step of a request, the same for every channel (SR-1).
func received(request erequest.Request, routing Routing, now time.Time) Step {
	return Step{
		Seq: 1, Kind: StepReceived, At: now, Office: routing.Office, Origin: originOf(request),
	}
}

// caseOf returns the header of the case on file, the zero Header if there is none.
func (s *Service) caseOf(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	onFile, err := s.cases.StaffHeader(ctx, receipt)
	if err != nil && !errors.Is(err, casestatus.ErrNotFound) {
		return casestatus.Header{}, fmt.Errorf("read case: %w", err)
	}
	return onFile, nil
}

// filed returns a request as it was filed, the zero Request if erequest has none, and the header
// of its case.
func (s *Service) filed(ctx context.Context, requestID string, receipt casestatus.ReceiptNumber) (erequest.Request, casestatus.Header, error) {
	request, err := s.requests.Request(ctx, requestID)
	if err != nil && !errors.Is(err, erequest.ErrNotFound) {
		return erequest.Request{}, casestatus.Header{}, fmt.Errorf("read request: %w", err)
	}
	onFile, err := s.caseOf(ctx, receipt)
	return request, onFile, err
}
