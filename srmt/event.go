package srmt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// The types of the events that acts leave in the outbox. Their subject is the ID of the
// request, and the ID of the event is that and the number of the step. See Happened.
const (
	EventReceived   = "cris.srmt.received"
	EventAssigned   = "cris.srmt.assigned"
	EventReassigned = "cris.srmt.reassigned"
	EventRedirected = "cris.srmt.redirected"
	EventAnswered   = erequest.EventAnswered // a response, which erequest records
)

var errUnreadable = errors.New("srmt: the event cannot be read")

// Happened is what the events of this package say: a step was added to a service request.
// Fields that do not belong to the kind of the step are zero. A message that does not
// answer is nobody else's business and has no event.
type Happened struct {
	RequestID string
	Seq       int // the number of the step
	Kind      StepKind
	Office    casestatus.OfficeCode // where the request is after the step
	From      casestatus.OfficeCode // for a redirection: where it was
	Officer   StaffID               // who holds it; for a response, who responded
	Why       TransferReason        // for a reassignment or a redirection
	Means     Means                 // for a response
	Due       cris.Date             // for a receipt: the response is due by the end of this day
	On        cris.Date             // for a response: its day in the policy's zone
}

// eventTypes are the types of the events by the kind of the step.
var eventTypes = map[StepKind]string{
	StepReceived: EventReceived, StepAssigned: EventAssigned, StepReassigned: EventReassigned,
	StepRedirected: EventRedirected, StepResponded: EventAnswered,
}

// Event returns the event of a step that was added at the time.
func (h Happened) Event(at time.Time) cris.Event {
	data := map[string]string{}
	for name, value := range map[string]string{
		"office": string(h.Office), "from": string(h.From), "officer": string(h.Officer), "reason": string(h.Why), "means": string(h.Means),
	} {
		if value != "" {
			data[name] = value
		}
	}
	for name, day := range map[string]cris.Date{"due": h.Due, "on": h.On} {
		if !day.IsZero() {
			data[name] = day.String()
		}
	}
	return cris.Event{
		ID: h.RequestID + "/" + strconv.Itoa(h.Seq), Type: eventTypes[h.Kind], Source: "/cris/srmt", Subject: h.RequestID,
		Time: at, Data: data,
	}
}

// ReadHappened reads an event of one of the types of this package. It fails for any other,
// and for one whose step, dates or codes cannot be read.
func ReadHappened(event cris.Event) (Happened, error) {
	read := Happened{
		RequestID: event.Subject, Office: casestatus.OfficeCode(event.Data["office"]), From: casestatus.OfficeCode(event.Data["from"]),
		Officer: StaffID(event.Data["officer"]), Why: TransferReason(event.Data["reason"]), Means: Means(event.Data["means"]),
	}
	for kind, eventType := range eventTypes {
		if eventType == event.Type {
			read.Kind = kind
		}
	}
	seq, found := strings.CutPrefix(event.ID, event.Subject+"/")
	var err error
	if read.Seq, err = strconv.Atoi(seq); err != nil || !found || read.Seq < 1 || read.Kind == "" || event.Subject == "" {
		return Happened{}, errUnreadable
	}
	err = errors.Join(read.Due.UnmarshalText([]byte(event.Data["due"])), read.On.UnmarshalText([]byte(event.Data["on"])))
	unknown := read.Why != "" && !read.Why.known() || read.Means != "" && !slices.Contains(AllMeans(), read.Means)
	if err != nil || unknown {
		return Happened{}, errUnreadable
	}
	return read, nil
}

// events tells the rest of the system of a step on the request, which was in the
// given state before it.
func events(before ServiceRequest, step Step, policy Policy) []cris.Event {
	after := before.after(step)
	happened := Happened{RequestID: after.ID, Seq: step.Seq, Kind: step.Kind, Office: after.Office}
	switch step.Kind {
	case StepReceived:
		happened.Due = after.Due
	case StepAssigned:
		happened.Officer = after.Officer
	case StepReassigned:
		happened.Officer, happened.Why = after.Officer, step.Why
	case StepRedirected:
		happened.From, happened.Why = before.Office, step.Why
	case StepResponded:
		happened.Officer, happened.Means, happened.On = after.Officer, step.Message.Means, cris.DateOf(step.At, policy.Zone)
	case StepCorresponded:
		return nil
	}
	return []cris.Event{happened.Event(step.At)}
}

// HandledTypes implements cris.EventHandler: a Service handles erequest.EventAccepted.
func (s *Service) HandledTypes() []string { return []string{erequest.EventAccepted} }

// Handle implements cris.EventHandler: it takes on the request that an EventAccepted tells
// of, as Receive does (ER-12), and does nothing about any other event. Its errors are those
// of Receive, and one for an event that cannot be read.
func (s *Service) Handle(ctx context.Context, event cris.Event) error {
	if event.Type != erequest.EventAccepted {
		return nil
	}
	accepted, err := erequest.ReadAccepted(event)
	if err != nil {
		return fmt.Errorf("srmt: handle %s: %w", event.ID, err)
	}
	_, err = s.Receive(ctx, accepted.RequestID)
	return err
}
