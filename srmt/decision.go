package srmt

import (
	"time"

	"github.com/seed28e20331/cris"
)

// Act is who acts on a request, when, and on which version of it.
type Act struct {
	By   Staff     // the author as the directory knows him or her; the zero Staff if it does not
	At   time.Time // UTC, to the microsecond
	Seen int       // the ServiceRequest.Version that the author acts on (SR-11)
}

// Outcome says what became of an act.
type Outcome string

// The outcomes of an act.
const (
	Allowed   Outcome = "allowed"
	Refused   Outcome = "refused"
	Overtaken Outcome = "overtaken" // someone else acted meanwhile: look at the request again
)

// Decision is the decision on an act.
type Decision struct {
	Outcome Outcome
	Step    Step // what the act adds to the history, Seq and all; zero unless Allowed
	Reasons []cris.Reason
}

// refusals are what the rules have against an act, in rule order.
type refusals []cris.Reason

// unless adds a refusal if the rule is not kept.
func (rs *refusals) unless(kept bool, rule cris.RuleID, text string) {
	if !kept {
		*rs = append(*rs, cris.Reason{Rule: rule, Text: text})
	}
}

// decide allows the act, with step as what it adds to the history, unless its own
// rules or those that every act shares are against it.
func (r ServiceRequest) decide(act Act, step Step, because cris.Reason, against refusals) Decision {
	// PV-3: whom the directory does not know learns nothing about the request.
	if act.By.ID == "" {
		return Decision{Outcome: Refused, Reasons: []cris.Reason{
			{Rule: "PV-3", Text: "only members of staff act on service requests"},
		}}
	}
	// SR-11: an act on a state that is gone is not held against the rules, which would
	// judge it by a state that its author has not seen.
	if act.Seen != r.Version {
		return Decision{Outcome: Overtaken, Reasons: []cris.Reason{
			{Rule: "SR-11", Text: "someone else acted on the request meanwhile: look at it again"},
		}}
	}
	if len(against) > 0 {
		return Decision{Outcome: Refused, Reasons: against}
	}
	step.Seq, step.By, step.At = r.Version+1, act.By.ID, act.At
	return Decision{Outcome: Allowed, Step: step, Reasons: []cris.Reason{because}}
}
