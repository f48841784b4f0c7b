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

// HandledTypes implements cris.EventHandler: a Service handles EventAnswered.
func (s *Service) HandledTypes() []string { return []string{EventAnswered} }

// Handle implements cris.EventHandler: it records the response that an EventAnswered tells
// of, as RecordAnswer does, and does nothing about any other event. Its errors are those of
// RecordAnswer, and one for an event that cannot be read.
func (s *Service) Handle(ctx context.Context, event cris.Event) error {
	if event.Type != EventAnswered {
		return nil
	}
	response, err := ReadResponseSent(event)
	if err != nil {
		return fmt.Errorf("erequest: handle %s: %w", event.ID, err)
	}
	return s.RecordAnswer(ctx, response.RequestID, response.On)
}
