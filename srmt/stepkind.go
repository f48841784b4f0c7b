package srmt

import "github.com/seed28e20331/cris"

// StepKind says what happened to a request.
type StepKind string

// The kinds of step.
const (
	StepReceived     StepKind = "received"     // the first, and only the first
	StepAssigned     StepKind = "assigned"     // to an officer
	StepReassigned   StepKind = "reassigned"   // to another officer or supervisor
	StepReturned     StepKind = "returned"     // to the unassigned requests of its office, since whoever held it has left
	StepRedirected   StepKind = "redirected"   // to another office, where it is unassigned
	StepCorresponded StepKind = "corresponded" // a message is kept; nothing else changes
	StepNoted        StepKind = "noted"        // a note among staff is kept; nothing else changes
	StepProposed     StepKind = "proposed"     // a response waits for the review of a supervisor
	StepSentBack     StepKind = "sent_back"    // the supervisor did not approve it, and says why
	StepApproved     StepKind = "approved"     // the supervisor approved it: the response of the agency, which closes the request
	StepResponded    StepKind = "responded"    // the response of the agency, without a review, which closes the request
	StepCorrected    StepKind = "corrected"    // a message that corrects the response; nothing else changes
)

// StepKinds lists the kinds of step. The caller may keep and change the slice.
func StepKinds() []StepKind {
	return []StepKind{
		StepReceived, StepAssigned, StepReassigned, StepReturned, StepRedirected, StepCorresponded, StepNoted,
		StepProposed, StepSentBack, StepApproved, StepResponded, StepCorrected,
	}
}

// Message returns what happened, in words.
func (k StepKind) Message() cris.Message { return cris.Message{Code: "srmt.step_kind." + cris.Code(k)} }
