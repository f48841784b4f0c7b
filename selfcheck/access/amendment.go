package access

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// Field is a value of a record and its class of data. A zero Value removes what is on record.
type Field struct {
	Class disclosure.Class
	Value cris.Personal[string]
}

// Finding is what the official found about the record.
type Finding string

// The findings. The first four amend a record (5 U.S.C. 552a(d)(2)(B)(i)), the others do not.
const (
	NotAccurate      Finding = "not_accurate"
	NotRelevant      Finding = "not_relevant"
	NotTimely        Finding = "not_timely"
	NotComplete      Finding = "not_complete"
	RecordIsRight    Finding = "record_is_right"    // accurate, relevant, timely and complete
	EvidenceMissing  Finding = "evidence_missing"   // nothing shows that the record is wrong
	OtherAgencysData Finding = "other_agencys_data" // the record repeats what another agency keeps
)

// Findings lists the findings. The caller may keep and change the slice.
func Findings() []Finding {
	return []Finding{NotAccurate, NotRelevant, NotTimely, NotComplete, RecordIsRight, EvidenceMissing, OtherAgencysData}
}

// Message returns the finding in words.
func (f Finding) Message() cris.Message { return message("finding", f) }

// Amends reports whether this finding leads to an amendment.
func (f Finding) Amends() bool {
	return slices.Contains([]Finding{NotAccurate, NotRelevant, NotTimely, NotComplete}, f)
}

// AmendmentFacts are what is on record, how it should read, and what was found.
type AmendmentFacts struct {
	By          selfcheck.Official
	Handle      selfcheck.Handle // of the record
	KeptUntil   cris.Date        // the last day on which the record is kept; zero if it is not known
	Current     []Field
	Asked       []Field
	Finding     Finding
	OnAppeal    bool // this decides an appeal from a refusal
	BeforeQuery bool // the identity is proved, and the query is still to be made (SC-7)
}

// AmendmentOutcome is what becomes of a request for amendment.
type AmendmentOutcome string

// The outcomes.
const (
	Amended    AmendmentOutcome = "amended"
	Refused    AmendmentOutcome = "refused"
	Upheld     AmendmentOutcome = "upheld"      // refused again, on appeal
	NotDecided AmendmentOutcome = "not_decided" // something is wrong with the act itself
)

// AmendmentOutcomes lists the outcomes of DecideAmendment. The caller may keep and change the
// slice.
func AmendmentOutcomes() []AmendmentOutcome {
	return []AmendmentOutcome{Amended, Refused, Upheld, NotDecided}
}

// Message returns the outcome in words.
func (o AmendmentOutcome) Message() cris.Message { return message("amendment_outcome", o) }

// AmendmentDecision is the decision on a request for amendment.
type AmendmentDecision struct {
	Outcome AmendmentOutcome
	Classes []disclosure.Class // what was amended, or refused, in the order of disclosure.Classes; nil if NotDecided
	Changes []Field            // what to put into the record; nil unless Amended
	Appeal  Appeal             // zero unless Refused
	Reasons []cris.Reason
}

// DecideAmendment decides on a request for amendment. The outcome is NotDecided if the official
// does not have the duty, if nothing would change, if a class is asked for twice or is not on
// record, or if there is no finding; everything that is wrong is named at once. What the proofing
// carried over cannot be amended before the query: an individual who needs that proves the
// identity again.
func DecideAmendment(facts AmendmentFacts, policy Policy) AmendmentDecision {
	policy = policy.withDefaults()
	if faults := facts.faults(); len(faults) > 0 {
		return AmendmentDecision{Outcome: NotDecided, Reasons: faults}
	}
	changes := facts.changes()
	decision := AmendmentDecision{Classes: classesOf(changes)}
	switch {
	case facts.Finding.Amends():
		decision.Outcome, decision.Changes = Amended, changes
		decision.Reasons = []cris.Reason{recordAmended}
	case facts.OnAppeal:
		// PV-5: a refusal that was upheld is final, and the individual may disagree on file.
		decision.Outcome, decision.Reasons = Upheld, []cris.Reason{refusalOf(facts.Finding), refusalFinal}
	default:
		// PV-5: a refusal names the reason and the way of appeal.
		decision.Outcome, decision.Appeal = Refused, policy.Appeal
		decision.Reasons = []cris.Reason{refusalOf(facts.Finding)}
	}
	return decision
}

func refusalOf(finding Finding) cris.Reason {
	switch finding {
	case EvidenceMissing:
		return evidenceMissing
	case OtherAgencysData:
		return otherAgencysData
	default:
		return recordIsRight
	}
}

// proved are the classes that the proofing carries over (SC-6).
var proved = []disclosure.Class{disclosure.Name, disclosure.BirthDate, disclosure.SSN}

// faults names everything that keeps the request from being decided.
func (f AmendmentFacts) faults() (faults []cris.Reason) {
	changes := f.changes()
	// SC-7: what is carried over from the proofing cannot be altered before the query.
	if f.BeforeQuery && slices.ContainsFunc(changes, func(field Field) bool { return slices.Contains(proved, field.Class) }) {
		faults = append(faults, lockedBeforeQuery)
	}
	if !f.By.May(selfcheck.DutyAmendment) {
		faults = append(faults, dutyMissing)
	}
	if !f.Handle.IsValid() {
		faults = append(faults, handleMissing)
	}
	isUnknown := func(field Field) bool {
		return !isOn(f.Current, field.Class) || !slices.Contains(disclosure.Classes(), field.Class)
	}
	if slices.ContainsFunc(f.Asked, isUnknown) {
		faults = append(faults, classNotOnRecord)
	}
	for i, field := range f.Asked {
		if isOn(f.Asked[:i], field.Class) {
			faults = append(faults, classTwice)
			break
		}
	}
	if len(changes) == 0 {
		faults = append(faults, nothingChanges)
	}
	if !slices.Contains(Findings(), f.Finding) {
		faults = append(faults, findingMissing)
	}
	return faults
}

// changes are the fields that are asked for and are not on record as they are.
func (f AmendmentFacts) changes() (changes []Field) {
	for _, field := range f.Asked {
		if !slices.Contains(f.Current, field) {
			changes = append(changes, field)
		}
	}
	return changes
}

func isOn(record []Field, class disclosure.Class) bool {
	return slices.ContainsFunc(record, func(field Field) bool { return field.Class == class })
}

// classesOf returns the classes of the fields in order, each once.
func classesOf(fields []Field) (classes []disclosure.Class) {
	for _, class := range disclosure.Classes() {
		if isOn(fields, class) {
			classes = append(classes, class)
		}
	}
	return classes
}

// Message returns the outcome in words.
func (d AmendmentDecision) Message() cris.Message { return d.Outcome.Message() }

// Answer returns what the individual is told, sentence by sentence: the outcome, the reasons, and
// what can be done about it.
func (d AmendmentDecision) Answer() []cris.Message {
	answer := []cris.Message{d.Message()}
	for _, reason := range d.Reasons {
		answer = append(answer, reason.Message())
	}
	switch d.Outcome {
	case Amended:
		answer = append(answer, cris.Message{Code: "access.copy"})
	case Refused:
		answer = append(answer, cris.Message{Code: "access.appeal", Args: []any{cris.Message{Otherwise: d.Appeal.To}, d.Appeal.WithinDays}})
	case Upheld:
		answer = append(answer, cris.Message{Code: "access.disagree"}, cris.Message{Code: "access.court"})
	case NotDecided:
	}
	return answer
}
