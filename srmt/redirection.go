package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Redirection is the command to send a request to another office.
type Redirection struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	To        casestatus.OfficeCode
	Why       TransferReason
	// For staff; needed where the request goes back to an office that sent it on.
	Explanation cris.Personal[string]
}

// DecideRedirection decides whether an open request goes to another office, for the
// given reason (SR-5, SR-6). The office is the zero Office if none has the code that was
// asked for. The request is unassigned there, and its due date does not move (SR-9a).
//
// From the fallback queue a request may go to any office that receives work, for
// that completes its routing (SR-2, SR-12); from an office, to the kinds of office that the
// policy names: a Field Office or Service Center. An office that has sent the request on gets it
// back only with an explanation from the supervisor, which is for staff, and no more often than
// the policy says: then it is answered where it is.
func DecideRedirection(state ServiceRequest, act Act, to casestatus.Office, why TransferReason, explanation cris.Personal[string], policy Policy) (d Decision) {
	policy = policy.withDefaults()
	// SR-5: to another office that can take it.
	var against refusals
	isKnown := to.Code != ""
	against.unless(isKnown, destinationUnknown)
	against.unless(to.ReceivesWork() || !isKnown, destinationIsHeading)
	if to.ReceivesWork() {
		against.unless(to.OpenOn(act.On), destinationClosed)
		isAdmitted := slices.Contains(policy.RedirectTo, to.Kind) || state.Office == policy.FallbackQueue
		against.unless(isAdmitted, destinationKindNotAdmitted)
		against.unless(to.Code != state.Office, thereAlready)
	}
	isReturn := isKnown && state.Status != Closed && to.Code != state.Office && state.Trail.Has(to.Code)
	against.unless(!isReturn || state.Returns < policy.MostReturns, returnsExhausted)
	// SR-6: one of four reasons.
	against.unless(why.known(), transferReasonUnknown)
	against.unless(!isReturn || !explanation.IsZero(), returnNeedsExplanation)
	against.unless(explanation.IsZero() || isReadable(explanation), explanationUnreadable)
	d.Step = Step{Kind: StepRedirected, Office: to.Code, Why: why, Message: Message{Text: explanation}}
	d.decide(&state, &act, redirectedBySupervisor, against)
	return d
}
