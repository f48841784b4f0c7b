package disclosure

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

// Facts say what is to be disclosed, to whom and why, and what is attested.
type Facts struct {
	By        selfcheck.Official
	Handle    selfcheck.Handle // of the record
	KeptUntil cris.Date        // the last day on which the record is kept; zero if it is not known yet
	Recipient Recipient
	Purpose   Purpose
	Asked     []Class     // what is to go
	Necessary []Class     // determined to be necessary and relevant (A and D)
	Disputed  []Class     // about which there is a statement of disagreement on file
	Attested  []Condition // what the official attests
}

// Outcome is whether a disclosure may be made.
type Outcome string

// The outcomes.
const (
	Allowed Outcome = "allowed"
	Refused Outcome = "refused"
)

// Outcomes lists the outcomes of DecideDisclosure. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Allowed, Refused} }

// Message returns the outcome in words.
func (o Outcome) Message() cris.Message { return message("outcome", o) }

// Decision is the decision on a disclosure.
type Decision struct {
	Outcome Outcome
	Terms   Terms         // of the use; zero if there is no such use
	What    []Class       // what may go, in the order of Classes, each once; nil if refused
	Missing []Condition   // what still has to be attested, in the order of Conditions; all of AnyAttested, if none of those was
	Reasons []cris.Reason // everything that is wrong, or why it is allowed
}

// DecideDisclosure decides whether the records may go out, and names everything that is wrong: a
// use, a recipient or a purpose that does not fit, classes of data that the use does not allow,
// conditions that were not attested, a recipient who cannot be entered in the accounting, an
// official without the duty, or disputed data without the statement of disagreement. A disclosure
// is allowed as a whole or refused as a whole.
func DecideDisclosure(use Use, facts Facts) Decision {
	terms, known := TermsOf(use)
	decision := Decision{Outcome: Refused, Terms: terms}
	if known {
		decision.Missing = terms.missing(facts.Attested)
		decision.Reasons = terms.faults(facts)
	} else {
		decision.Reasons = []cris.Reason{useUnknown}
	}
	decision.Reasons = append(decision.Reasons, facts.Recipient.faults()...)
	if !facts.Handle.IsValid() {
		decision.Reasons = append(decision.Reasons, handleMissing)
	}
	// PV-3: disclosures are made by those whose duty it is.
	if !facts.By.May(selfcheck.DutyDisclosure) || !text.IsLine(facts.By.ID, maxName) {
		decision.Reasons = append(decision.Reasons, dutyMissing)
	}
	// PV-5: what the individual disputes goes out with the statement of disagreement (5 U.S.C.
	// 552a(d)(4)).
	if facts.isDisputed() && !slices.Contains(facts.Asked, DisagreementOnFile) && slices.Contains(terms.Classes, DisagreementOnFile) {
		decision.Reasons = append(decision.Reasons, disagreementLeftOut)
	}
	if len(decision.Reasons) > 0 {
		return decision
	}
	decision.Outcome = Allowed
	decision.What = inOrder(Classes(), facts.Asked)
	decision.Reasons = []cris.Reason{withinRoutineUse}
	if use == WrittenConsent {
		decision.Reasons = []cris.Reason{individualConsents}
	}
	return decision
}

// faults names every way in which the facts do not keep to the terms.
//
// SC-18: a disclosure stays within its routine use.
func (t Terms) faults(facts Facts) (faults []cris.Reason) {
	if !slices.Contains(t.Recipients, facts.Recipient.Kind) {
		faults = append(faults, recipientNotInUse)
	}
	if !slices.Contains(t.Purposes, facts.Purpose) {
		faults = append(faults, purposeNotInUse)
	}
	isOther := func(class Class) bool { return !slices.Contains(t.Classes, class) }
	isUndetermined := func(class Class) bool {
		// The statement of disagreement goes with what it is about.
		return !isOther(class) && !slices.Contains(facts.Necessary, class) && class != DisagreementOnFile
	}
	if len(facts.Asked) == 0 {
		faults = append(faults, nothingAsked)
	}
	if slices.ContainsFunc(facts.Asked, isOther) {
		faults = append(faults, classNotInUse)
	}
	if t.Determined && slices.ContainsFunc(facts.Asked, isUndetermined) {
		faults = append(faults, classNotNecessary)
	}
	if len(t.missing(facts.Attested)) > 0 {
		faults = append(faults, conditionNotAttested)
	}
	return faults
}

// missing returns the conditions that are still to be attested.
func (t Terms) missing(attested []Condition) []Condition {
	isMissing := func(c Condition) bool { return !slices.Contains(attested, c) }
	var missing []Condition
	for _, c := range t.Attested {
		if isMissing(c) {
			missing = append(missing, c)
		}
	}
	if !slices.ContainsFunc(t.AnyAttested, func(c Condition) bool { return !isMissing(c) }) {
		missing = append(missing, t.AnyAttested...)
	}
	return inOrder(Conditions(), missing)
}

// isDisputed reports whether something that is to go is disputed.
func (f Facts) isDisputed() bool {
	return slices.ContainsFunc(f.Asked, func(class Class) bool { return slices.Contains(f.Disputed, class) })
}

// inOrder returns the values of all that are also in some, each once and in the order of all; nil
// if there are none.
func inOrder[T comparable](all, some []T) (found []T) {
	for _, value := range all {
		if slices.Contains(some, value) {
			found = append(found, value)
		}
	}
	return found
}

// Message returns the decision in words.
func (d Decision) Message() cris.Message { return d.Outcome.Message() }
