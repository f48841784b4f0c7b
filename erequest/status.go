package erequest

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// RequestStage is how far a request has come.
type RequestStage string

// The stages, in their order.
const (
	StageReceived RequestStage = "received"
	StageAssigned RequestStage = "assigned" // an officer has it
	StageOverdue  RequestStage = "overdue"  // its last day passed without an answer: it may be placed again (ER-10)
	StageAnswered RequestStage = "answered"
)

// RequestStages lists the stages in their order. The caller may keep and change the slice.
func RequestStages() []RequestStage {
	return []RequestStage{StageReceived, StageAssigned, StageOverdue, StageAnswered}
}

// Stage returns how far the request has come on the day.
func (e Entry) Stage(on cris.Date) RequestStage {
	switch {
	case !e.Answered.IsZero():
		return StageAnswered
	case on.After(e.RespondBy):
		return StageOverdue
	case !e.Assigned.IsZero():
		return StageAssigned
	}
	return StageReceived
}

// RequestStatus is what a customer sees of a request, and nothing beyond it.
type RequestStatus struct {
	Number    ConfirmationNumber
	Issue     Issue
	Channel   Channel
	Stage     RequestStage
	Filed     cris.Date
	RespondBy cris.Date // the agency intends to respond by the end of this day
	Assigned  cris.Date // the first day on which an officer had it; zero until then
	Answered  cris.Date // the day of the response; zero while there is none
	AskAgain  cris.Date // the first day on which a new online inquiry may be made (ER-9)
}

// Message returns what customers are told of their request.
func (s RequestStatus) Message() cris.Message {
	days := map[RequestStage][]any{
		StageReceived: {s.RespondBy}, StageAssigned: {s.RespondBy}, StageOverdue: {s.RespondBy, s.AskAgain}, StageAnswered: {s.Answered},
	}
	return cris.Message{Code: "erequest.request_stage." + cris.Code(s.Stage), Args: days[s.Stage]}
}

// Status returns the request with this confirmation number, for whoever knows the receipt
// number of its case too. One that is unknown, one about another case, and one about a case
// that is withheld by now all give the same error, which matches ErrNotFound, after the same
// reads (CS-9): staff answer about withheld cases. The error matches cris.ErrClock if the
// clock is not set; any other means that a port failed.
func (s *Service) Status(ctx context.Context, number ConfirmationNumber, receipt casestatus.ReceiptNumber) (RequestStatus, error) {
	now, err := s.now()
	if err != nil {
		return RequestStatus{}, fmt.Errorf("erequest: status: %w", err)
	}
	onFile, err := s.cases.StaffHeader(ctx, receipt)
	if err != nil {
		if err = unlessNotFound(err); err != nil {
			return RequestStatus{}, err
		}
	}
	entries, err := s.store.Entries(ctx, receipt)
	if err != nil {
		return RequestStatus{}, fmt.Errorf("erequest: status: %w", err)
	}
	for _, e := range entries {
		if e.Confirmation == number && !number.IsZero() && !onFile.Receipt.IsZero() && !onFile.Withheld {
			return statusOf(entries, e, cris.DateOf(now, s.policy.Zone), s.policy), nil
		}
	}
	return RequestStatus{}, fmt.Errorf("erequest: status: %w", ErrNotFound)
}

// StaffStatus is Status for staff, who may also answer about a case that is withheld or no longer on
// file. It returns the ID of the request as well. A host program that shows any of it has to keep a
// record of that: see srmt.Desk. Its errors are those of Status.
func (s *Service) StaffStatus(ctx context.Context, number ConfirmationNumber, receipt casestatus.ReceiptNumber) (requestID string, status RequestStatus, err error) {
	now, err := s.now()
	if err != nil {
		return "", RequestStatus{}, fmt.Errorf("erequest: status: %w", err)
	}
	entries, err := s.store.Entries(ctx, receipt)
	if err != nil {
		return "", RequestStatus{}, fmt.Errorf("erequest: status: %w", err)
	}
	for _, e := range entries {
		if e.Confirmation == number && !number.IsZero() {
			return e.ID, statusOf(entries, e, cris.DateOf(now, s.policy.Zone), s.policy), nil
		}
	}
	return "", RequestStatus{}, fmt.Errorf("erequest: status: %w", ErrNotFound)
}

// statusOf returns what a customer sees of one of the requests of a case.
func statusOf(entries []Entry, e Entry, on cris.Date, policy Policy) RequestStatus {
	return RequestStatus{
		Number: e.Confirmation, Issue: e.Issue, Channel: e.Channel, Stage: e.Stage(on), Filed: e.Filed,
		RespondBy: e.RespondBy, Assigned: e.Assigned, Answered: e.Answered,
		AskAgain: askAgain(entries, e.Issue, on, policy),
	}
}

// askAgain returns the first day, from the given one on, on which a new inquiry may be made
// online.
func askAgain(entries []Entry, issue Issue, on cris.Date, policy Policy) cris.Date {
	if wait := DecideWait(entries, issue, on, policy); wait.Outcome == MustWait {
		return wait.Ends
	}
	return on
}
