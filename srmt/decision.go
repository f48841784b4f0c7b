package srmt

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// Act is who acts on a request, when, and on which version of it.
type Act struct {
	By   Staff     // the author as on file; the zero Staff for one who is not
	At   time.Time // UTC, to the microsecond
	On   cris.Date // the day of At in the zone of the agency, on which posts and offices are looked at
	Seen int       // the ServiceRequest.Version that the author acts on (SR-11)

	followed *Step // the step after the version that was seen, which may be this very act; nil if none is looked at
}

// Outcome says what became of an act.
type Outcome string

// The outcomes of an act.
const (
	Allowed     Outcome = "allowed"
	AlreadyDone Outcome = "already_done" // the author did just this before, and it counts once; given by Service alone
	Refused     Outcome = "refused"
	Overtaken   Outcome = "overtaken" // someone else acted in the meantime: look at the request again
)

// Outcomes lists the outcomes of an act. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Allowed, AlreadyDone, Refused, Overtaken} }

// Message returns what the author of an act is told.
func (o Outcome) Message() cris.Message { return cris.Message{Code: "srmt.outcome." + cris.Code(o)} }

// Decision is the decision on an act.
type Decision struct {
	Outcome Outcome
	Step    Step          // what the act adds to the history, Seq and all; if AlreadyDone, what it added; otherwise zero
	Reasons []cris.Reason // in the order of the rules, at least one
}

// refusals are what the rules have against an act, in rule order.
type refusals []cris.Reason

// unless adds a refusal if the rule is not kept.
func (rs *refusals) unless(kept bool, otherwise cris.Reason) {
	if !kept {
		*rs = append(*rs, otherwise)
	}
}

// decide allows the act, whose kind of step and content are in d, unless its author
// has no part in it, the status of the request does not allow it, or the rules are against it.
func (d *Decision) decide(r *ServiceRequest, act *Act, because cris.Reason, against refusals) {
	// PV-3: who is not on file as staff, and who is not entitled, learns nothing about the
	// request: neither its version nor its state, nor whether there is one.
	if act.By.ID == "" {
		*d = notStaff()
		return
	}
	kind := d.Step.Kind
	isEntitled, isAllowed := lookUp(act, kind, r)
	if !isEntitled {
		*d = Decision{Outcome: Refused, Reasons: []cris.Reason{otherwise[kind].notEntitled}}
		return
	}
	// SR-11: what was done was done, whatever the rules say about it today.
	if act.followed != nil {
		d.Step.Seq, d.Step.By, d.Step.At = act.followed.Seq, act.By.ID, act.followed.At
		if d.Step == *act.followed {
			d.Outcome, d.Reasons = AlreadyDone, []cris.Reason{doneBefore}
			return
		}
	}
	// SR-11: an act on a state that is gone is not held against the rules, which would
	// judge it by a state that its author has not seen.
	if act.Seen != r.Version {
		*d = overtaken()
		return
	}
	if !isAllowed {
		against = slices.Insert(against, 0, otherwise[kind].in[r.Status])
	}
	if len(against) > 0 {
		*d = Decision{Outcome: Refused, Reasons: against}
		return
	}
	d.Outcome, d.Reasons = Allowed, []cris.Reason{because}
	d.Step.Seq, d.Step.By, d.Step.At = r.Version+1, act.By.ID, act.At
}

func notStaff() Decision {
	return Decision{Outcome: Refused, Reasons: []cris.Reason{notStaffAtAll}}
}

func overtaken() Decision {
	return Decision{Outcome: Overtaken, Reasons: []cris.Reason{overtakenByOthers}}
}
