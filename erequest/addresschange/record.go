package addresschange

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Record is an accepted report.
//
// encoding/json writes [redacted] for each of its personal values, so it is no way to keep one. A
// store writes it down field by field, through the Reveal methods, or whole with adapters/document.
type Record struct {
	ID           string
	Key          string // made by the client: a retry with the same key files nothing twice
	Confirmation erequest.ConfirmationNumber
	Channel      erequest.Channel
	Statement    string // edition of the Privacy Act Statement that was shown (ER-7)
	Move
	Cases      []CaseRecord // those that were named, in the order of the report
	ReportedAt time.Time    // UTC, to the microsecond
	Effective  cris.Date    // the day of ReportedAt in the policy's zone: mail goes to the new address from it on
	DueBy      cris.Date    // the last day on which the report was in time
}

// Late reports whether the report came after the last day on which it was in time.
func (r Record) Late() bool { return r.Effective.After(r.DueBy) }

// CaseRecord is a case that a report named, with what was decided about it. It is comparable
// with ==.
type CaseRecord struct {
	Screening erequest.Screening
	Outcome   CaseOutcome
	Because   cris.Code // of the reason
	Entered   cris.Date // the day on which the address was entered in the case; zero while it is not. It is for staff
}

// CaseOutcome says what a report does to a case that it names.
type CaseOutcome string

// The outcomes of a case.
const (
	Changed    CaseOutcome = "changed"     // the case gets the new address
	NotChanged CaseOutcome = "not_changed" // the reason says why
)

// CaseOutcomes lists the outcomes of a case.
func CaseOutcomes() []CaseOutcome { return []CaseOutcome{Changed, NotChanged} }

// Message returns what customers are told of the outcome: the same for every case that is not
// changed, with what else they can do.
func (o CaseOutcome) Message() cris.Message {
	return cris.Message{Code: "addresschange.case_outcome." + cris.Code(o)}
}
