package srmt

import (
	"slices"
	"strconv"
	"time"

	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

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
// step that cannot follow the ones before it.
func Replay(history []Step) (ServiceRequest, error) {
	if len(history) == 0 {
		return ServiceRequest{}, &HistoryError{Seq: 0, Problem: "there are no steps"}
	}
	return ServiceRequest{}.add(history)
}

// add adds steps to the state.
func (r ServiceRequest) add(steps []Step) (ServiceRequest, error) {
	for _, step := range steps {
		if problem := r.problem(step); problem != "" {
			return ServiceRequest{}, &HistoryError{Seq: r.Version + 1, Problem: problem}
		}
		r = r.after(step)
	}
	return r, nil
}

// Extend returns the state of a request once the steps are added to the state before it, which is
// the zero ServiceRequest for a request that is new. It returns a *HistoryError if the steps cannot
// follow that state (SR-10).
func Extend(before ServiceRequest, steps ...Step) (ServiceRequest, error) { return before.add(steps) }

// problem says why the step cannot come next; "" if it can.
func (r ServiceRequest) problem(step Step) string {
	isReceived := step.Kind == StepReceived
	if step.Seq != r.Version+1 {
		return "the numbering has a gap"
	}
	row, found := transition(step.Kind, r.Status)
	if !found {
		return "the lifecycle has no such step here"
	}
	if step.At.IsZero() {
		return "there is no time"
	}
	if !isReceived && step.Origin != (Origin{}) {
		return "only the receipt of the request tells where it came from"
	}
	if !step.Kind.answers() && (step.Finding != "" || step.Letter != "") {
		return "only a response tells what the research has shown"
	}
	if isOfSystem := slices.Contains(row.By, System) && step.isOfSystem(); step.By == "" && !isOfSystem {
		return "there is no author"
	}
	switch step.Kind {
	case StepReceived:
		if step.Origin.RequestID == "" || step.Origin.Filed.IsZero() || step.Origin.Due.IsZero() || step.Office == "" {
			return "identifier, dates or office are missing"
		}
	case StepAssigned:
		if step.Officer == "" {
			return "a request is assigned to somebody"
		}
	case StepReassigned:
		if step.Officer == "" || !step.Why.known() {
			return "a request is reassigned to somebody and for a known reason"
		}
	case StepReturned:
		if step.By != "" || step.Why != StaffChange {
			return "a request is returned by the system after a staff change"
		}
	case StepRedirected:
		if step.Office == "" || !step.Why.known() {
			return "a request is redirected to an office and for a known reason"
		}
		if step.Message != (Message{Text: step.Message.Text}) || r.isReturn(step) && step.Message.Text.IsZero() {
			return "a redirection has an explanation and no message, and needs it where it goes back"
		}
	case StepCorresponded:
		if !step.Message.Direction.known() || !isMeans(step.Message.Means) || step.Message.ToRepresentative != "" || step.Message.Text.IsZero() || !step.Message.Attached.IsZero() {
			return "the message is incomplete"
		}
		if step.Message.Asks && (step.Message.Direction != ToCustomer || r.Status == Closed) {
			return "an open request alone waits, and for an answer of the customer"
		}
	case StepNoted, StepSentBack:
		if step.Message != (Message{Text: step.Message.Text}) || step.Message.Text.IsZero() {
			return "a note is a text and nothing else"
		}
	case StepProposed, StepResponded:
		if step.By != r.Officer {
			return "only the officer who holds the request responds"
		}
	case StepApproved, StepCorrected:
	}
	if isReview := step.Kind == StepSentBack || step.Kind == StepApproved; isReview && (r.Proposed == 0 || step.By == r.Officer) {
		return "somebody else reviews a response that was proposed"
	}
	if step.Kind.answers() && (!step.Message.isResponse() || !slices.Contains(letter.Findings(), step.Finding)) {
		return "the response is incomplete"
	}
	return ""
}

// isReturn reports whether the step sends the request back to an office that has sent it on. What
// the system moves on because its office is closed goes where it has to.
func (r ServiceRequest) isReturn(step Step) bool {
	return step.Kind == StepRedirected && step.By != "" && r.Trail.Has(step.Office)
}

// after is the state once the step, which has no problem, is taken.
func (r ServiceRequest) after(step Step) ServiceRequest {
	row, _ := transition(step.Kind, r.Status)
	r.Version, r.Status = step.Seq, row.To
	r.Accommodation = r.Accommodation || step.Why == CustomerWithDisabilities
	switch step.Kind {
	case StepReceived:
		r.ID, r.Channel, r.Receipt, r.Issue = step.Origin.RequestID, step.Origin.Channel, step.Origin.Receipt, step.Origin.Issue
		r.Language = step.Origin.Language
		r.Filed, r.Due, r.Office = step.Origin.Filed, step.Origin.Due, step.Office
		r.Accommodation = step.Origin.Issue == erequest.AppointmentAccommodation
	case StepAssigned, StepReassigned:
		r.Officer, r.Proposed = step.Officer, 0
	case StepReturned:
		r.Officer, r.Proposed = "", 0
	case StepRedirected:
		// SR-9a: the due date stays what it was.
		if r.isReturn(step) {
			r.Returns++
		}
		if step.By != "" {
			r.Trail = r.Trail.with(r.Office)
		}
		r.Office, r.Officer = step.Office, ""
		r.Waiting, r.Proposed = time.Time{}, 0
	case StepCorresponded:
		switch {
		case step.Message.Direction == FromCustomer:
			r.Waiting = time.Time{}
		case step.Message.Asks && r.Waiting.IsZero():
			r.Waiting = step.At // SR-9a: the due date stays what it was.
		}
	case StepProposed:
		r.Proposed = step.Seq
	case StepSentBack:
		r.Proposed = 0
	case StepApproved, StepResponded:
		r.Waiting, r.Proposed = time.Time{}, 0
	case StepNoted, StepCorrected:
		// SR-8: the message is kept in the history.
	}
	return r
}
