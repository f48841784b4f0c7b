package srmt

import (
	"strconv"

	"github.com/seed28e20331/cris"
)

// The types of the events that acts leave in the outbox. Subject is the ID of the
// request, and the ID of the event is that and the number of the step. Data holds
// codes, identifiers of staff and dates.
const (
	EventReceived   = "cris.srmt.received"   // office, due
	EventAssigned   = "cris.srmt.assigned"   // office, officer
	EventReassigned = "cris.srmt.reassigned" // office, officer, reason
	EventRedirected = "cris.srmt.redirected" // from, office, reason
	EventAnswered   = "cris.srmt.answered"   // office, officer, means, and on: the day of the answer
)

const eventSource = "/cris/srmt"

// events tells the rest of the system of a step on the request, which was in the
// given state before it. A message that does not answer is nobody else's business.
func events(before ServiceRequest, step Step, policy Policy) []cris.Event {
	after := before.after(step)
	event := cris.Event{
		ID: after.ID + "/" + strconv.Itoa(step.Seq), Source: eventSource, Subject: after.ID, Time: step.At,
		Data: map[string]string{"office": string(after.Office)},
	}
	switch step.Kind {
	case StepReceived:
		event.Type = EventReceived
		event.Data["due"] = after.Due.String()
	case StepAssigned:
		event.Type = EventAssigned
		event.Data["officer"] = string(after.Officer)
	case StepReassigned:
		event.Type = EventReassigned
		event.Data["officer"] = string(after.Officer)
		event.Data["reason"] = string(step.Why)
	case StepRedirected:
		event.Type = EventRedirected
		event.Data["from"] = string(before.Office)
		event.Data["reason"] = string(step.Why)
	case StepResponded:
		event.Type = EventAnswered
		event.Data["officer"] = string(after.Officer)
		event.Data["means"] = string(step.Message.Means)
		event.Data["on"] = cris.DateOf(step.At, policy.Zone).String()
	case StepCorresponded:
		return nil
	}
	return []cris.Event{event}
}
