package letter

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Finding is what the officer found out about the issue of a request (SR-7).
type Finding string

// The findings.
const (
	StillWithin   Finding = "still_within"    // the case is within the posted processing time
	CaseDecided   Finding = "case_decided"    // the case was decided
	NeedsMoreTime Finding = "needs_more_time" // the case is pending, and is not, or is not known to be, within the posted time
	NeedsEvidence Finding = "needs_evidence"  // the customer has to send something first
	MailedAgain   Finding = "mailed_again"    // the notice, document or card was issued and mailed once more
	Delivered     Finding = "delivered"       // the USPS reports that it was delivered to the address on file
	NotMailed     Finding = "not_mailed"      // it was not mailed yet
	Corrected     Finding = "corrected"       // what was wrong was corrected
	NoError       Finding = "no_error"        // the agency found no error on its side
	Arranged      Finding = "arranged"        // what the customer needs at the appointment was arranged
	NoAppointment Finding = "no_appointment"  // there is no appointment for which to arrange anything
)

// Findings lists the findings. The caller may keep and change the slice.
func Findings() []Finding {
	return []Finding{
		StillWithin, CaseDecided, NeedsMoreTime, NeedsEvidence, MailedAgain, Delivered, NotMailed, Corrected, NoError, Arranged, NoAppointment,
	}
}

// Message returns what the finding is called.
func (f Finding) Message() cris.Message { return cris.Message{Code: "letter.finding." + cris.Code(f)} }

// FindingsFor lists the findings that suit the issue, in the order of Findings. There are none
// for an issue that does not exist. The caller may keep and change the slice.
func FindingsFor(issue erequest.Issue) []Finding {
	switch issue {
	case erequest.OutsideProcessingTime:
		return []Finding{StillWithin, CaseDecided, NeedsMoreTime, NeedsEvidence}
	case erequest.NoticeNotReceived, erequest.DocumentNotReceived, erequest.CardNotReceived:
		return []Finding{MailedAgain, Delivered, NotMailed}
	case erequest.TypographicalError:
		return []Finding{NeedsEvidence, Corrected, NoError}
	case erequest.BeneficiaryChange:
		return []Finding{NeedsEvidence, Corrected}
	case erequest.AppointmentAccommodation:
		return []Finding{Arranged, NoAppointment}
	}
	return nil
}

// Suits reports whether the finding may be what was found out about the issue.
func (f Finding) Suits(issue erequest.Issue) bool { return slices.Contains(FindingsFor(issue), f) }

// Variables lists the variables that a letter with the finding shows, each in both languages, and
// no others: {number}, the confirmation number; {receipt}, the receipt number; {filed}, the day of
// filing; {office}, the name of the office that responds; and, as the finding needs them,
// {done_on}, the day on which the case was decided, the mail was sent or delivered, or the error
// was corrected; {ask_again}, the first day on which the customer may ask again; and {send_by},
// the last day on which what the customer sends may come in. There is none for a finding that
// does not exist. The caller may keep and change the slice.
func (f Finding) Variables() []string {
	if !slices.Contains(Findings(), f) {
		return nil
	}
	variables := []string{"number", "receipt", "filed", "office"}
	if f.tellsDone() {
		variables = append(variables, "done_on")
	}
	if f.tellsAskAgain() {
		variables = append(variables, "ask_again")
	}
	if f.tellsSendBy() {
		variables = append(variables, "send_by")
	}
	return variables
}

func (f Finding) tellsDone() bool {
	return f == CaseDecided || f == MailedAgain || f == Delivered || f == Corrected || f == Arranged
}

func (f Finding) tellsAskAgain() bool {
	return f == StillWithin || f == NeedsMoreTime || f == MailedAgain || f == NotMailed
}

func (f Finding) tellsSendBy() bool { return f == NeedsEvidence }
