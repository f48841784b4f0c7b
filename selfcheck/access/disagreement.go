package access

import (
	"slices"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// DisagreementFacts are what an individual disputes after a refusal was upheld.
type DisagreementFacts struct {
	By        selfcheck.Official // who puts it on file
	Handle    selfcheck.Handle   // of the record
	KeptUntil cris.Date          // the last day on which the record is kept; zero if it is not known
	Classes   []disclosure.Class
	Statement cris.Personal[string] // kept sealed with the record
}

// DisagreementOutcome is whether a statement of disagreement is put on file.
type DisagreementOutcome string

// The outcomes.
const (
	Attached    DisagreementOutcome = "attached"
	NotAttached DisagreementOutcome = "not_attached"
)

// DisagreementOutcomes lists the outcomes of DecideDisagreement. The caller may keep and change
// the slice.
func DisagreementOutcomes() []DisagreementOutcome {
	return []DisagreementOutcome{Attached, NotAttached}
}

// Message returns the outcome in words.
func (o DisagreementOutcome) Message() cris.Message { return message("disagreement_outcome", o) }

// DisagreementDecision is the decision on a statement of disagreement.
type DisagreementDecision struct {
	Outcome DisagreementOutcome
	Classes []disclosure.Class // what is disputed from now on, in the order of disclosure.Classes; nil if NotAttached
	Reasons []cris.Reason
}

// DecideDisagreement decides whether a statement of disagreement is put on file with the record
// (5 U.S.C. 552a(d)(3)). It may be about anything that was refused on appeal and has not been
// amended since. A statement that replaces an earlier one on the same classes of data is put on
// file too. trail has the steps of the record, in any order.
func DecideDisagreement(trail []Step, facts DisagreementFacts, policy Policy) DisagreementDecision {
	policy = policy.withDefaults()
	var faults []cris.Reason
	if !facts.By.May(selfcheck.DutyAmendment) {
		faults = append(faults, dutyMissing)
	}
	if !facts.Handle.IsValid() {
		faults = append(faults, handleMissing)
	}
	// PV-5: the individual may disagree once the refusal is final.
	final := slices.Concat(lastSteps(trail, StepUpheld), Disputed(trail))
	isOpen := func(class disclosure.Class) bool { return !slices.Contains(final, class) }
	if len(facts.Classes) == 0 || slices.ContainsFunc(facts.Classes, isOpen) {
		faults = append(faults, refusalNotFinal)
	}
	switch statement := facts.Statement.Reveal(); {
	case !text.IsVisible(statement) || !text.IsStorable(statement):
		faults = append(faults, statementMissing)
	case utf8.RuneCountInString(statement) > policy.MaxStatement:
		faults = append(faults, statementTooLong)
	}
	if len(faults) > 0 {
		return DisagreementDecision{Outcome: NotAttached, Reasons: faults}
	}
	var classes []disclosure.Class
	for _, class := range disclosure.Classes() {
		if slices.Contains(facts.Classes, class) {
			classes = append(classes, class)
		}
	}
	return DisagreementDecision{Outcome: Attached, Classes: classes, Reasons: []cris.Reason{disagreementOnFile}}
}

// Message returns the outcome in words.
func (d DisagreementDecision) Message() cris.Message { return d.Outcome.Message() }
