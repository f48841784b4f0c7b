package addresschange

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Outcome is how a report ended.
type Outcome string

// The outcomes of a report. Accepted and AlreadyAccepted carry the record.
const (
	Accepted        Outcome = "accepted"
	AlreadyAccepted Outcome = "already_accepted" // the same report came before: a retry
	KeyReused       Outcome = "key_reused"       // the key belongs to a report with other content
	Incomplete      Outcome = "incomplete"
)

// Outcomes lists the outcomes of a report.
func Outcomes() []Outcome { return []Outcome{Accepted, AlreadyAccepted, KeyReused, Incomplete} }

// Decision is the decision on a report, before it is known whether it came before.
type Decision struct {
	Outcome   Outcome      // Accepted or Incomplete
	Cases     []CaseRecord // what is changed and what is not, in the order of the report; none if Incomplete
	Effective cris.Date    // the day from which mail goes to the new address; zero if Incomplete
	DueBy     cris.Date    // the last day on which the report is in time; zero if Incomplete
	Reasons   []cris.Reason
}

// DecideReport decides on a report that is received on the day (CA-1). OnFile are the cases
// that it names, in their order: the zero Case for one that is not on file. They are not
// looked at while anything is wrong with the report, and all that is wrong with it is told.
func DecideReport(r Report, onFile []casestatus.Case, on cris.Date, policy Policy) Decision {
	policy = policy.withDefaults()
	if faults := faults(r, on, policy); len(faults) > 0 {
		return Decision{Outcome: Incomplete, Reasons: faults}
	}
	d := Decision{Outcome: Accepted, Effective: on, DueBy: r.MovedOn.AddDays(policy.DutyDays), Reasons: []cris.Reason{reportAccepted}}
	// CA-1: a late report is taken. The duty does not end with its day.
	if on.After(d.DueBy) {
		d.Reasons = append(d.Reasons, reportedLate)
	}
	d.Reasons = append(d.Reasons, courtNotTold)
	for i, named := range r.Cases {
		var found casestatus.Case
		if i < len(onFile) {
			found = onFile[i]
		}
		outcome, reason := DecideCase(named, r.Channel, found, on, policy)
		d.Cases = append(d.Cases, CaseRecord{Screening: named, Outcome: outcome, Because: reason.Code})
	}
	return d
}

// DecideCase decides whether a case that a report names on the day gets the new address, given
// the case on file, or the zero Case if there is none. Online, cases that are unknown, do not match
// or are withheld all get the same answer, so that nothing can be learned by guessing (ER-3,
// CS-9); staff who take a report on another channel find a withheld case (8 USC 1367). Of a case
// that matches the customer may learn that it is no longer pending.
func DecideCase(named erequest.Screening, channel erequest.Channel, onFile casestatus.Case, on cris.Date, policy Policy) (CaseOutcome, cris.Reason) {
	policy = policy.withDefaults()
	switch {
	case !matches(named, channel, onFile, on, policy):
		return NotChanged, caseNotMatched
	case !onFile.Pending():
		return NotChanged, caseNotPending
	}
	return Changed, caseChanged
}

// matches runs the screening of e-Request, which any address passes that counts as the
// customer's on the day.
func matches(named erequest.Screening, channel erequest.Channel, onFile casestatus.Case, on cris.Date, policy Policy) bool {
	return named.Matches(named.Addressed(onFile.Header, on, policy.OverlapDays), channel)
}

// Filing is what became of a report that was sent in.
type Filing struct {
	Outcome Outcome
	Record  Record // zero unless accepted, now or before
	Reasons []cris.Reason
}

// Confirmation is the notice that a customer gets for an accepted report.
type Confirmation struct {
	Number    erequest.ConfirmationNumber
	Effective cris.Date // mail goes to the new address from this day on
	DueBy     cris.Date // the last day on which the report was in time
	Late      bool      // whether it came after that day
}

// Confirmation returns the notice in its short form, and whether the report was accepted at all.
// Service.Notice writes it out in full.
func (f Filing) Confirmation() (Confirmation, bool) {
	if f.Outcome != Accepted && f.Outcome != AlreadyAccepted {
		return Confirmation{}, false
	}
	return Confirmation{f.Record.Confirmation, f.Record.Effective, f.Record.DueBy, f.Record.Late()}, true
}

// CaseAnswer is what the customer is told about a case that was named.
type CaseAnswer struct {
	Receipt casestatus.ReceiptNumber
	Outcome CaseOutcome
	Reason  cris.Reason
}

// Answers lists what is changed and what is not, and why, in the order of the report. There
// are none unless it was accepted, now or before.
func (f Filing) Answers() (answers []CaseAnswer) {
	for _, c := range f.Record.Cases {
		answers = append(answers, CaseAnswer{c.Screening.Receipt, c.Outcome, reasonOf(c.Because)})
	}
	return answers
}

// decideFiling decides on a report, given what is on file under its key. Next is the record
// that it would become.
func decideFiling(prior Record, r Report, decided Decision, next Record) Filing {
	switch {
	case prior.ID != "" && r.sameAs(prior):
		return Filing{Outcome: AlreadyAccepted, Record: prior, Reasons: []cris.Reason{acceptedBefore}}
	case prior.ID != "":
		return Filing{Outcome: KeyReused, Reasons: []cris.Reason{keyReused}}
	case decided.Outcome == Incomplete:
		return Filing{Outcome: Incomplete, Reasons: decided.Reasons}
	}
	return Filing{Outcome: Accepted, Record: next, Reasons: decided.Reasons}
}
