package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Screening is what a customer enters first, to show that the case is theirs
// (ER-2). It is these five elements and no others. It is comparable with ==.
type Screening struct {
	Receipt    casestatus.ReceiptNumber
	Form       casestatus.FormNumber
	FormType   casestatus.FormType // "" for a form that has only one type
	DateFiled  cris.Date
	MailingZIP cris.Personal[cris.ZIP] // compared by its first five digits
}

// ScreeningOutcome is how a screening ended.
type ScreeningOutcome string

// The outcomes of a screening.
const (
	Passed     ScreeningOutcome = "passed"
	NotMatched ScreeningOutcome = "not matched" // the five do not match a case on file; which of them is not said
	NotOutside ScreeningOutcome = "not outside" // the case is not outside the posted processing time
)

// Screened is the decision on a screening.
type Screened struct {
	Outcome     ScreeningOutcome
	Eligibility casestatus.Eligibility // for an inquiry about processing time of a matched case: the ground, with the date on which it changes
	Asks        []Field                // what is asked for next; nothing unless Passed (ER-5)
	Reasons     []cris.Reason
}

// DecideScreening holds what was entered against the case on file: the zero Case if
// there is none, which reads like any other mismatch. Eligibility is that of the
// case on the day of asking; it matters for OutsideProcessingTime alone.
func DecideScreening(issue Issue, entered Screening, onFile casestatus.Case, eligibility casestatus.Eligibility) Screened {
	// ER-3: one answer for every mismatch, so that nothing can be learned by trying.
	if !entered.matches(onFile) {
		return Screened{Outcome: NotMatched, Reasons: []cris.Reason{
			{Rule: "ER-3", Text: "what was entered does not match a case on file"},
		}}
	}
	matched := cris.Reason{Rule: "ER-3", Text: "what was entered matches the case on file"}
	if issue != OutsideProcessingTime {
		return Screened{Outcome: Passed, Asks: asks(issue), Reasons: []cris.Reason{
			matched,
			{Rule: "ER-4", Text: "this issue does not depend on the processing time"},
		}}
	}
	screened := Screened{Eligibility: eligibility, Reasons: append([]cris.Reason{matched}, eligibility.Reasons...)}
	if eligibility.Outcome != casestatus.Outside {
		screened.Outcome = NotOutside
		screened.Reasons = append(screened.Reasons,
			cris.Reason{Rule: "ER-4", Text: "an inquiry is accepted only for a case outside the posted processing time"})
		return screened
	}
	screened.Outcome, screened.Asks = Passed, asks(issue)
	screened.Reasons = append(screened.Reasons,
		cris.Reason{Rule: "ER-4", Text: "the case is outside the posted processing time"})
	return screened
}

func (s Screening) matches(onFile casestatus.Case) bool {
	// A withheld case reads like one that is not on file (CS-9).
	// ER-2: five are asked for, and what is missing matches nothing; only the form type
	// may be empty, for a form that has but one.
	if s.Form == "" || s.DateFiled.IsZero() || s.MailingZIP.IsZero() {
		return false
	}
	return !onFile.Receipt.IsZero() && !onFile.Withheld &&
		s.Receipt == onFile.Receipt &&
		s.Form == onFile.Form &&
		s.FormType == onFile.FormType &&
		s.DateFiled == onFile.Filed &&
		s.MailingZIP.Reveal().Five() == onFile.Address.ZIP().Reveal().Five()
}

// asks is what a request about the issue needs beyond the screening.
func asks(issue Issue) []Field {
	fields := []Field{
		FieldName, FieldDateOfBirth, FieldCountryOfBirth, FieldCountryOfCitizenship, FieldANumber, FieldContact,
	}
	if asksCorrection(issue) {
		fields = append(fields, FieldCorrection)
	}
	return slices.Clip(fields)
}
