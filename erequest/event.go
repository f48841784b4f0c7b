package erequest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// The types of the events about requests.
const (
	// EventAccepted is published for every accepted request (ER-12): see AcceptedRequest.
	EventAccepted = "cris.erequest.accepted"
	// EventOverdue is published once for a request that was not answered in time (ER-10): see
	// OverdueRequest.
	EventOverdue = "cris.erequest.overdue"
	// EventAssigned says that a request was assigned to an officer at the time of the event.
	// SRMT publishes it; it is declared where it is received, because imports run one way.
	EventAssigned = "cris.srmt.assigned"
	// EventAnswered says that the agency responded to a request: see ResponseSent. SRMT
	// publishes it; it is declared where it is received, because imports run one way.
	EventAnswered = "cris.srmt.answered"
)

var errUnreadable = errors.New("erequest: the event cannot be read")

// AcceptedRequest is what [EventAccepted] says. What else there is to know of the request is
// read through Store.Request.
type AcceptedRequest struct {
	RequestID string
	Issue     Issue
	Channel   Channel
}

// Event returns the event of a request that was accepted at the time. Its ID is made of
// that of the request, which is accepted once.
func (a AcceptedRequest) Event(at time.Time) cris.Event {
	return cris.Event{
		ID: a.RequestID + "/accepted", Type: EventAccepted, Source: "/cris/erequest", Subject: a.RequestID, Time: at,
		Data: map[string]string{"issue": string(a.Issue), "channel": string(a.Channel)},
	}
}

// ReadAccepted reads an event of type EventAccepted. It fails for any other, and for one
// without a request or with an issue or a channel that is not known.
func ReadAccepted(event cris.Event) (AcceptedRequest, error) {
	read := AcceptedRequest{RequestID: event.Subject, Issue: Issue(event.Data["issue"]), Channel: Channel(event.Data["channel"])}
	known := slices.Contains(Issues(), read.Issue) && slices.Contains(Channels(), read.Channel)
	if event.Type != EventAccepted || read.RequestID == "" || !known {
		return AcceptedRequest{}, errUnreadable
	}
	return read, nil
}

// OverdueRequest is what [EventOverdue] says: nobody responded by the end of the last day.
type OverdueRequest struct {
	RequestID string
	Issue     Issue
	Channel   Channel
	RespondBy cris.Date
}

// Event returns the event of a request that was found overdue at the time. Its ID is made
// from that of the request, because a request is raised only once.
func (o OverdueRequest) Event(at time.Time) cris.Event {
	return cris.Event{
		ID: o.RequestID + "/overdue", Type: EventOverdue, Source: "/cris/erequest", Subject: o.RequestID, Time: at,
		Data: map[string]string{"issue": string(o.Issue), "channel": string(o.Channel), "respond_by": o.RespondBy.String()},
	}
}

// ReadOverdue reads an event of type EventOverdue. It fails for any other, and for one
// without a request or a day or with an issue or a channel that is not known.
func ReadOverdue(event cris.Event) (OverdueRequest, error) {
	by, err := cris.ParseDate(event.Data["respond_by"])
	read := OverdueRequest{event.Subject, Issue(event.Data["issue"]), Channel(event.Data["channel"]), by}
	known := slices.Contains(Issues(), read.Issue) && slices.Contains(Channels(), read.Channel)
	if event.Type != EventOverdue || read.RequestID == "" || !known || err != nil {
		return OverdueRequest{}, errUnreadable
	}
	return read, nil
}

// ResponseSent is what the events of type EventAnswered say to this package.
type ResponseSent struct {
	RequestID string
	On        cris.Date // the day of the response in the agency's zone
}

// ReadResponseSent reads an event of type EventAnswered. It fails for any other, and for
// one without a request or a day.
func ReadResponseSent(event cris.Event) (ResponseSent, error) {
	on, err := cris.ParseDate(event.Data["on"])
	if event.Type != EventAnswered || event.Subject == "" || err != nil {
		return ResponseSent{}, errUnreadable
	}
	return ResponseSent{RequestID: event.Subject, On: on}, nil
}

// HandledTypes implements cris.EventHandler: a Service handles EventAssigned and EventAnswered.
func (s *Service) HandledTypes() []string { return []string{EventAssigned, EventAnswered} }

// Handle implements cris.EventHandler: it records the first day on which an officer had the
// request, and the response, as RecordAssignment and RecordAnswer do, and does nothing about
// any other event. Its errors are theirs, and one for an event that cannot be read.
func (s *Service) Handle(ctx context.Context, event cris.Event) error {
	switch event.Type {
	case EventAssigned:
		if event.Subject == "" || event.Time.IsZero() {
			return fmt.Errorf("erequest: handle %s: %w", event.ID, errUnreadable)
		}
		return s.RecordAssignment(ctx, event.Subject, cris.DateOf(event.Time, s.policy.Zone))
	case EventAnswered:
		response, err := ReadResponseSent(event)
		if err != nil {
			return fmt.Errorf("erequest: handle %s: %w", event.ID, err)
		}
		return s.RecordAnswer(ctx, response.RequestID, response.On)
	}
	return nil
}
