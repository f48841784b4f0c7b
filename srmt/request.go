package srmt

import (
	"cmp"
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Status is where a request stands.
type Status string

// The statuses.
const (
	Unassigned Status = "unassigned" // waits at its office for a supervisor
	Assigned   Status = "assigned"   // an officer holds it
	Closed     Status = "closed"     // answered; further messages are kept, nothing else happens
)

// ServiceRequest is the present state of a request: what [Replay] adds its history
// up to. Do not build one otherwise (SR-10). It is comparable with ==.
type ServiceRequest struct {
	ID      string // the ID of the erequest.Request
	Channel erequest.Channel
	Receipt casestatus.ReceiptNumber
	Issue   erequest.Issue
	Filed   cris.Date
	Due     cris.Date             // the answer is due by the end of this day
	Office  casestatus.OfficeCode // whose supervisors see it; the fallback queue if it could not be routed
	Officer StaffID               // who holds it, or held it when it was closed; "" while unassigned
	Status  Status
	Version int // the number of steps
}

// Overdue reports whether the request is not answered and its due date is past: from
// the day after it on (SR-9, SR-9a).
func (r ServiceRequest) Overdue(on cris.Date) bool {
	return r.Status != Closed && on.After(r.Due)
}

// Key is the place of a request in every list: first filed, first out.
type Key struct {
	Filed cris.Date
	ID    string
}

// Key returns the place of the request in every list. It never changes.
func (r ServiceRequest) Key() Key { return Key{r.Filed, r.ID} }

// Compare orders keys by date of filing, then by ID: -1, 0 or +1. The zero Key
// comes first.
func (k Key) Compare(other Key) int {
	return cmp.Or(k.Filed.Compare(other.Filed), cmp.Compare(k.ID, other.ID))
}

// HistoryError says that the steps of a request do not add up, and where.
type HistoryError struct {
	Seq     int    // the number of the step, from 1; 0 for no steps at all
	Problem string // in plain words, without personal values
}

func (e *HistoryError) Error() string {
	return "srmt: history, step " + strconv.Itoa(e.Seq) + ": " + e.Problem
}

// Replay adds the steps of one request up to its present state (SR-10). A history
// that does not add up gives a *HistoryError: no steps, a gap in the numbering, a
// step that cannot follow the one before it.
func Replay(history []Step) (ServiceRequest, error) {
	if len(history) == 0 {
		return ServiceRequest{}, &HistoryError{Seq: 0, Problem: "there are no steps"}
	}
	var state ServiceRequest
	for _, step := range history {
		if problem := state.problem(step); problem != "" {
			return ServiceRequest{}, &HistoryError{Seq: state.Version + 1, Problem: problem}
		}
		state = state.after(step)
	}
	return state, nil
}

// problem says why the step cannot come next; "" if it can.
func (r ServiceRequest) problem(step Step) string {
	isFirst, isReceived := r.Version == 0, step.Kind == StepReceived
	switch {
	case step.Seq != r.Version+1:
		return "the numbering has a gap"
	case isFirst != isReceived:
		return "a history begins with the receipt of the request, once"
	case step.At.IsZero():
		return "there is no time"
	case step.By == "" && !isReceived && !step.isRealignment():
		return "nobody did it"
	}
	switch step.Kind {
	case StepReceived:
		if step.Origin.RequestID == "" || step.Origin.Filed.IsZero() || step.Origin.Due.IsZero() || step.Office == "" {
			return "identifier, dates or office are missing"
		}
	case StepAssigned:
		if r.Status != Unassigned || step.Officer == "" {
			return "only an unassigned request is assigned, and to somebody"
		}
	case StepReassigned:
		if r.Status != Assigned || step.Officer == "" || !step.Why.known() {
			return "only an assigned request is reassigned, to somebody and for a known reason"
		}
	case StepRedirected:
		if r.Status == Closed || step.Office == "" || !step.Why.known() {
			return "only an open request is redirected, to an office and for a known reason"
		}
	case StepCorresponded:
		if !step.Message.Direction.known() || !step.Message.Means.known() || step.Message.Text.IsZero() {
			return "the message is incomplete"
		}
	case StepResponded:
		if r.Status != Assigned || step.By != r.Officer {
			return "only the officer who holds the request responds"
		}
		if step.Message.Direction != ToCustomer || !step.Message.Means.known() || step.Message.Text.IsZero() {
			return "the response is incomplete"
		}
	default:
		return "the kind of step is not known"
	}
	return ""
}

// after is the state once the step, which has no problem, is taken.
func (r ServiceRequest) after(step Step) ServiceRequest {
	r.Version = step.Seq
	switch step.Kind {
	case StepReceived:
		r.ID, r.Channel, r.Receipt, r.Issue = step.Origin.RequestID, step.Origin.Channel, step.Origin.Receipt, step.Origin.Issue
		r.Filed, r.Due = step.Origin.Filed, step.Origin.Due
		r.Office, r.Status = step.Office, Unassigned
	case StepAssigned, StepReassigned:
		r.Officer, r.Status = step.Officer, Assigned
	case StepRedirected:
		// SR-9a: the due date stays what it was.
		r.Office, r.Officer, r.Status = step.Office, "", Unassigned
	case StepCorresponded:
		// SR-8: the message is kept in the history and changes nothing else.
	case StepResponded:
		r.Status = Closed
	}
	return r
}
