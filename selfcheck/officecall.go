package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// OfficeCall says how to resolve an immigration mismatch: by a call to the E-Verify
// Customer Contact Office (SC-13).
type OfficeCall struct {
	Case         CaseNumber
	EarliestCall time.Time     // UTC; from this instant on the office can help
	Instructions []Instruction // in order
	Further      []Instruction // what to do if the call does not help, in order
}

// newOfficeCall makes the instructions for a query with an immigration mismatch.
//
// SC-13: the wait is counted in hours from the query and ends at an instant, also
// over a change of the clocks.
func newOfficeCall(query QueryRecord, policy Policy) OfficeCall {
	return OfficeCall{
		Case:         query.Case,
		EarliestCall: query.Submitted.Add(max(0, policy.ImmigrationWait)),
		Instructions: []Instruction{ResolvingIsVoluntary, CallContactOffice, AskForRepresentative, HaveDocumentsAtHand},
		Further: []Instruction{
			CorrectArrivalRecord, CorrectUSCISDocument, UpdateCitizenship, RequestUSCISRecord, MismatchMayOccurAgain,
		},
	}
}

// Text renders the instructions as plain text in the language, with date and time as the
// clock shows them in the zone; nil is cris.AgencyZone(). It contains no personal value.
func (c OfficeCall) Text(language cris.Language, zone *time.Location) string {
	sheet := sheet{language: language}
	sheet.title("selfcheck.office_call.title")
	sheet.values(
		labeled{"selfcheck.label.case_number", string(c.Case)},
		labeled{"selfcheck.label.earliest_call", language.Time(c.EarliestCall, zoneOr(zone))},
	)
	sheet.steps("selfcheck.label.what_to_do", c.Instructions)
	sheet.steps("selfcheck.label.if_that_does_not_help", c.Further)
	return sheet.text.String()
}
