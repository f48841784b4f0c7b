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
	Allowed     Outcome = "allowed"
	AlreadyDone Outcome = "already_done" // the author did just this before, and it counts once; given by Service alone
	Refused     Outcome = "refused"
	Overtaken   Outcome = "overtaken" // someone else acted meanwhile: look at the request again
)

// Outcomes lists the outcomes of an act.
func Outcomes() []Outcome { return []Outcome{Allowed, AlreadyDone, Refused, Overtaken} }

// Message returns what the author of an act is told.
func (o Outcome) Message() cris.Message { return cris.Message{Code: "srmt.outcome." + cris.Code(o)} }

// Decision is the decision on an act.
type Decision struct {
	Outcome Outcome
	Step    Step // what the act adds to the history, Seq and all; if AlreadyDone, what it added; otherwise zero
	Reasons []cris.Reason
}

// permission is whether the author may act so on a request at all, by role and
// office, and what he or she is told if not.
type permission struct {
	isGiven   bool
	otherwise cris.Reason
}

// refusals are what the rules have against an act, in rule order.
type refusals []cris.Reason

// unless adds a refusal if the rule is not kept.
func (rs *refusals) unless(kept bool, otherwise cris.Reason) {
	if !kept {
		*rs = append(*rs, otherwise)
	}
}

// decide allows the act, with step as what it adds to the history, unless the
// author may not act so, or its own rules or those that every act shares are
// against it.
func (r ServiceRequest) decide(act Act, may permission, step Step, because cris.Reason, against refusals) Decision {
	// PV-3: whom the directory does not know, and who is not entitled, learns nothing
	// about the request: neither its version nor its state, nor whether there is one.
	if act.By.ID == "" {
		return notStaff()
	}
	if !may.isGiven {
		return Decision{Outcome: Refused, Reasons: []cris.Reason{may.otherwise}}
	}
	// SR-11: an act on a state that is gone is not held against the rules, which would
	// judge it by a state that its author has not seen.
	if act.Seen != r.Version {
		return overtaken()
	}
	if len(against) > 0 {
		return Decision{Outcome: Refused, Reasons: against}
	}
	step.Seq, step.By, step.At = r.Version+1, act.By.ID, act.At
	return Decision{Outcome: Allowed, Step: step, Reasons: []cris.Reason{because}}
}

func notStaff() Decision {
	return Decision{Outcome: Refused, Reasons: []cris.Reason{notStaffAtAll}}
}

func overtaken() Decision {
	return Decision{Outcome: Overtaken, Reasons: []cris.Reason{overtakenByOthers}}
}

// decideInView decides on an act on the request with the given history, which adds
// up, and returns the state before it. Beyond decide it knows what the author saw.
//
// SR-11: who was entitled to the act when he or she looked is told that the request
// moved on, even to where the author has no say; and an act that is repeated, since
// its answer was lost, is not held up as somebody else's.
func decideInView(history []Step, seen int, decide func(ServiceRequest) Decision) (Decision, ServiceRequest, error) {
	isPast := seen >= 1 && seen < len(history)
	var inView ServiceRequest
	var err error
	if isPast { // in one pass
		if inView, err = Replay(history[:seen]); err != nil {
			return Decision{}, ServiceRequest{}, err
		}
	}
	present, err := inView.add(history[inView.Version:])
	if err != nil {
		return Decision{}, ServiceRequest{}, err
	}
	decision := decide(present)
	if decision.Outcome == Allowed || !isPast {
		return decision, present, nil
	}
	then := decide(inView)
	if then.Outcome != Allowed {
		return decision, present, nil
	}
	done := history[seen]
	if then.Step.At = done.At; then.Step == done {
		return Decision{Outcome: AlreadyDone, Step: done, Reasons: []cris.Reason{doneBefore}}, present, nil
	}
	return overtaken(), present, nil
}
