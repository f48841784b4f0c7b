package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// OfficeCall says how to resolve an immigration mismatch: by a call to the E-Verify
// Customer Contact Office (SC-13). It contains no personal value.
type OfficeCall struct {
	Case         CaseNumber
	EarliestCall time.Time     // UTC; the office can help from this instant on
	Office       cris.Place    // the policy's ContactOffice
	Instructions []Instruction // in order
	Further      []Instruction // what to do, and where, if the representative cannot correct the record
	Notices      []Notice
}

// newOfficeCall makes the instructions for a query with an immigration mismatch.
//
// SC-13: the wait is counted in hours from the query and ends at an instant, even across a change
// of the clocks.
func newOfficeCall(query QueryRecord, policy Policy) OfficeCall {
	return OfficeCall{
		Case:         query.Case,
		EarliestCall: query.Submitted.Add(max(0, policy.ImmigrationWait)),
		Office:       policy.ContactOffice.Clone(),
		Instructions: []Instruction{CallContactOffice, AskForRepresentative, HaveDocumentsAtHand},
		Further: []Instruction{
			CorrectArrivalRecord, CorrectUSCISDocument, UpdateCitizenship, CorrectPassport, RequestUSCISRecord, CheckAgain,
		},
		Notices: ImmigrationMismatch.Notices(),
	}
}

// Letter returns the instructions in the language, as a letter that can be written as plain text,
// as an accessible page and, with package pdf, as a PDF file. The earliest time to call is given
// by a clock in the zone, where nil means cris.AgencyZone(), and again in UTC. It is
// EarliestCall, rounded up to the minute.
func (c OfficeCall) Letter(language cris.Language, zone *time.Location) cris.Letter {
	say := sayIn(language)
	values := []cris.LabeledValue{
		{Label: say("selfcheck.label.case_number"), Value: string(c.Case)},
		{Label: say("selfcheck.label.earliest_call"), Value: timeOf(fullMinute(c.EarliestCall), language, zone)},
	}
	return cris.Letter{
		Language: language.Supported(),
		Subject:  say("selfcheck.office_call.title"),
		Values:   append(values, Contact(c.Office, language)...),
		Sections: sections(
			cris.LetterSection{Heading: say("selfcheck.label.what_to_do"), Steps: told(language, c.Instructions)},
			cris.LetterSection{Heading: say("selfcheck.label.if_that_does_not_help"), Steps: told(language, c.Further)},
			cris.LetterSection{Heading: say("selfcheck.label.good_to_know"), Notes: told(language, c.Notices)},
		),
	}
}

// Text returns the text of Letter.
func (c OfficeCall) Text(language cris.Language, zone *time.Location) string {
	return c.Letter(language, zone).Text()
}

// fullMinute returns t, or the full minute after it: a clock without seconds must not show a time
// that comes before t.
func fullMinute(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(time.Minute - 1).Truncate(time.Minute)
}
