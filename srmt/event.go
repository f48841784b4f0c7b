package srmt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// The types of the events that this package publishes. Their subject is the ID of the
// request, and their own ID is that with the number of the step that they tell of. A message
// other than the response, a note and a review concern nobody else and have no event.
const (
	EventReceived   = "cris.srmt.received"   // see RequestReceived
	EventAssigned   = erequest.EventAssigned // see RequestAssigned; erequest records its day
	EventReassigned = "cris.srmt.reassigned" // see RequestReassigned
	EventReturned   = "cris.srmt.returned"   // see RequestReturned
	EventRedirected = "cris.srmt.redirected" // see RequestRedirected
	EventAnswered   = erequest.EventAnswered // see ResponseSent; erequest records it
)

var errUnreadable = errors.New("srmt: the event cannot be read")

// RequestReceived is what [EventReceived] says: a request came in and was routed.
type RequestReceived struct {
	RequestID string
	Step      int                   // the number of the step in the history of the request
	Office    casestatus.OfficeCode // where it is
	Due       cris.Date             // the response is due by the end of this day
}

// RequestAssigned is what [EventAssigned] says: an officer got the request.
type RequestAssigned struct {
	RequestID string
	Step      int                   // the number of the step in the history of the request
	Office    casestatus.OfficeCode // where it is
	Officer   StaffID               // who holds it
}

// RequestReassigned is what [EventReassigned] says: somebody else got the request.
type RequestReassigned struct {
	RequestID string
	Step      int                   // the number of the step in the history of the request
	Office    casestatus.OfficeCode // where it is
	Officer   StaffID               // who holds it now
	Why       TransferReason
}

// RequestReturned is what [EventReturned] says: whoever held the request has left its office, and it
// waits there for a supervisor.
type RequestReturned struct {
	RequestID string
	Step      int                   // the number of the step in the history of the request
	Office    casestatus.OfficeCode // where it is
	Officer   StaffID               // who held it
}

// RequestRedirected is what [EventRedirected] says: the request went to another office,
// where it is unassigned.
type RequestRedirected struct {
	RequestID string
	Step      int // the number of the step in the history of the request
	From, To  casestatus.OfficeCode
	Why       TransferReason
}

// ResponseSent is what [EventAnswered] says: the agency responded, and the request is
// closed. It is read by erequest.ReadResponseSent too, which takes from it what concerns the
// customer.
type ResponseSent struct {
	RequestID        string
	Step             int                   // the number of the step in the history of the request
	Office           casestatus.OfficeCode // where it is
	Officer          StaffID               // whose response it is, whoever approved it
	Means            erequest.Means        // how the customer got it; "" if the representative alone did
	ToRepresentative erequest.Means        // how the representative got it; "" if the customer alone did
	Finding          letter.Finding        // what the research has shown
	On               cris.Date             // the day of the response in the policy's zone
}

// Event returns the event of a step that was taken at the time.
func (r RequestReceived) Event(at time.Time) cris.Event {
	return event(EventReceived, r.RequestID, r.Step, at, map[string]string{"office": string(r.Office), "due": r.Due.String()})
}

// Event returns the event of a step that was taken at the time.
func (r RequestAssigned) Event(at time.Time) cris.Event {
	return event(EventAssigned, r.RequestID, r.Step, at, map[string]string{"office": string(r.Office), "officer": string(r.Officer)})
}

// Event returns the event of a step that was taken at the time.
func (r RequestReassigned) Event(at time.Time) cris.Event {
	return event(EventReassigned, r.RequestID, r.Step, at, map[string]string{
		"office": string(r.Office), "officer": string(r.Officer), "reason": string(r.Why),
	})
}

// Event returns the event of a step that was taken at the time.
func (r RequestReturned) Event(at time.Time) cris.Event {
	return event(EventReturned, r.RequestID, r.Step, at, map[string]string{"office": string(r.Office), "officer": string(r.Officer)})
}

// Event returns the event of a step that was taken at the time.
func (r RequestRedirected) Event(at time.Time) cris.Event {
	return event(EventRedirected, r.RequestID, r.Step, at, map[string]string{
		"from": string(r.From), "office": string(r.To), "reason": string(r.Why),
	})
}

// Event returns the event of a step that was taken at the time.
func (r ResponseSent) Event(at time.Time) cris.Event {
	data := map[string]string{"office": string(r.Office), "officer": string(r.Officer), "finding": string(r.Finding), "on": r.On.String()}
	if r.Means != "" {
		data["means"] = string(r.Means)
	}
	if r.ToRepresentative != "" {
		data["means_to_representative"] = string(r.ToRepresentative)
	}
	return event(EventAnswered, r.RequestID, r.Step, at, data)
}

// event returns the event of a step. Its ID does not recur: a request has each step once.
func event(eventType, requestID string, step int, at time.Time, data map[string]string) cris.Event {
	number := strconv.Itoa(step)
	data["step"] = number
	return cris.Event{ID: requestID + "/" + number, Type: eventType, Source: "/cris/srmt", Subject: requestID, Time: at, Data: data}
}

// ReadReceived reads an event of type EventReceived. It fails for any other, and for one
// that lacks something or in which something cannot be read. The error repeats nothing of it.
func ReadReceived(e cris.Event) (RequestReceived, error) {
	f := fieldsOf(e, EventReceived)
	read := RequestReceived{RequestID: f.subject(), Step: f.step(), Office: f.office("office"), Due: f.date("due")}
	return checked(f, read)
}

// ReadAssigned reads an event of type EventAssigned, and fails as ReadReceived does.
func ReadAssigned(e cris.Event) (RequestAssigned, error) {
	f := fieldsOf(e, EventAssigned)
	read := RequestAssigned{RequestID: f.subject(), Step: f.step(), Office: f.office("office"), Officer: f.officer()}
	return checked(f, read)
}

// ReadReassigned reads an event of type EventReassigned, and fails as ReadReceived does.
func ReadReassigned(e cris.Event) (RequestReassigned, error) {
	f := fieldsOf(e, EventReassigned)
	read := RequestReassigned{RequestID: f.subject(), Step: f.step(), Office: f.office("office"), Officer: f.officer(), Why: f.why()}
	return checked(f, read)
}

// ReadReturned reads an event of type EventReturned, and fails as ReadReceived does.
func ReadReturned(e cris.Event) (RequestReturned, error) {
	f := fieldsOf(e, EventReturned)
	read := RequestReturned{RequestID: f.subject(), Step: f.step(), Office: f.office("office"), Officer: f.officer()}
	return checked(f, read)
}

// ReadRedirected reads an event of type EventRedirected, and fails as ReadReceived does.
func ReadRedirected(e cris.Event) (RequestRedirected, error) {
	f := fieldsOf(e, EventRedirected)
	read := RequestRedirected{RequestID: f.subject(), Step: f.step(), From: f.office("from"), To: f.office("office"), Why: f.why()}
	return checked(f, read)
}

// ReadResponseSent reads an event of type EventAnswered, and fails as ReadReceived does.
func ReadResponseSent(e cris.Event) (ResponseSent, error) {
	f := fieldsOf(e, EventAnswered)
	read := ResponseSent{
		RequestID: f.subject(), Step: f.step(), Office: f.office("office"), Officer: f.officer(), On: f.date("on"),
		Means: f.means("means"), ToRepresentative: f.means("means_to_representative"), Finding: letter.Finding(f.text("finding")),
	}
	f.want(slices.Contains(letter.Findings(), read.Finding))
	f.want(read.Means != "" || read.ToRepresentative != "")
	return checked(f, read)
}

// fields reads an event and keeps in mind whether all could be read.
type fields struct {
	event      cris.Event
	unreadable bool
}

func fieldsOf(e cris.Event, eventType string) *fields { return &fields{e, e.Type != eventType} }

func checked[T any](f *fields, read T) (T, error) {
	if f.unreadable {
		var nothing T
		return nothing, errUnreadable
	}
	return read, nil
}

// want keeps in mind that a field cannot be read unless it is right.
func (f *fields) want(right bool) { f.unreadable = f.unreadable || !right }

func (f *fields) subject() string {
	f.want(f.event.Subject != "")
	return f.event.Subject
}

func (f *fields) text(name string) string {
	f.want(f.event.Data[name] != "")
	return f.event.Data[name]
}

func (f *fields) step() int {
	step, err := strconv.Atoi(f.event.Data["step"])
	f.want(err == nil && step >= 1)
	return step
}

func (f *fields) date(name string) cris.Date {
	date, err := cris.ParseDate(f.event.Data[name])
	f.want(err == nil)
	return date
}

func (f *fields) why() TransferReason {
	why := TransferReason(f.event.Data["reason"])
	f.want(why.known())
	return why
}

func (f *fields) means(name string) erequest.Means {
	means := erequest.Means(f.event.Data[name])
	f.want(isMeansOrNone(means))
	return means
}

func (f *fields) office(name string) casestatus.OfficeCode {
	return casestatus.OfficeCode(f.text(name))
}
func (f *fields) officer() StaffID { return StaffID(f.text("officer")) }

// events tells the rest of the system of a step on the request, which was in the given
// state before it.
func events(before ServiceRequest, step Step, policy Policy) []cris.Event {
	after := before.after(step)
	id, n := after.ID, step.Seq
	switch step.Kind {
	case StepReceived:
		return []cris.Event{RequestReceived{id, n, after.Office, after.Due}.Event(step.At)}
	case StepAssigned:
		return []cris.Event{RequestAssigned{id, n, after.Office, after.Officer}.Event(step.At)}
	case StepReassigned:
		return []cris.Event{RequestReassigned{id, n, after.Office, after.Officer, step.Why}.Event(step.At)}
	case StepReturned:
		return []cris.Event{RequestReturned{id, n, after.Office, before.Officer}.Event(step.At)}
	case StepRedirected:
		return []cris.Event{RequestRedirected{id, n, before.Office, after.Office, step.Why}.Event(step.At)}
	case StepApproved, StepResponded:
		on := cris.DateOf(step.At, policy.Zone)
		return []cris.Event{ResponseSent{id, n, after.Office, after.Officer, step.Message.Means, step.Message.ToRepresentative, step.Finding, on}.Event(step.At)}
	case StepCorresponded, StepNoted, StepProposed, StepSentBack, StepCorrected:
	}
	return nil
}

// HandledTypes implements cris.EventHandler: a Service handles erequest.EventAccepted.
func (s *Service) HandledTypes() []string { return []string{erequest.EventAccepted} }

// Handle implements cris.EventHandler: it takes on the request that an EventAccepted tells
// of, as Receive does (ER-12), and does nothing about any other event. Its errors are those
// of Receive, and one for an event that cannot be read.
func (s *Service) Handle(ctx context.Context, event cris.Event) error {
	if !slices.Contains(s.HandledTypes(), event.Type) {
		return nil
	}
	accepted, err := erequest.ReadAccepted(event)
	if err != nil {
		return fmt.Errorf("srmt: handle event: %w", err)
	}
	_, err = s.Receive(ctx, accepted.RequestID)
	return err
}
