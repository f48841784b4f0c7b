package selfcheck

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
)

// Choice is the individual's answer to whether to resolve a mismatch (SC-11).
type Choice string

// The two answers. Neither has a consequence for the individual.
const (
	Resolve Choice = "resolve"
	Decline Choice = "decline"
)

// ResolutionOutcome is what follows from a result and a choice.
type ResolutionOutcome string

// The outcomes.
const (
	NothingToResolve  ResolutionOutcome = "nothing to resolve" // the result was a confirmation
	Declined          ResolutionOutcome = "declined"           // the case is closed, and that is all
	ResolveWithSSA    ResolutionOutcome = "resolve with SSA"   // Form says how
	ResolveWithUSCIS  ResolutionOutcome = "resolve with USCIS" // Call says how
	ResolutionRefused ResolutionOutcome = "resolution refused" // Reasons say why
)

// Resolution is the decision on a mismatch.
type Resolution struct {
	Outcome   ResolutionOutcome
	CloseCase bool         // the case is to be closed
	Form      MismatchForm // zero unless ResolveWithSSA
	Call      OfficeCall   // zero unless ResolveWithUSCIS
	Reasons   []cris.Reason
}

// DecideResolution says what follows from the individual's choice about the result
// on record. Declining is final: the case is closed for it.
func DecideResolution(record Record, choice Choice, policy Policy) Resolution {
	query := record.Query
	refused := func(text string) Resolution {
		return Resolution{Outcome: ResolutionRefused, Reasons: []cris.Reason{{Rule: "SC-11", Text: text}}}
	}
	// SC-11: there is a choice only after a mismatch, and it is the individual's.
	switch {
	case query.Result == "":
		return refused("there is no result to resolve")
	case query.Result == WorkAuthorizationConfirmed:
		return Resolution{Outcome: NothingToResolve, Reasons: []cris.Reason{
			{Rule: "SC-11", Text: "the work authorization is confirmed"},
		}}
	case choice == Decline:
		return Resolution{Outcome: Declined, CloseCase: query.Closed.IsZero(), Reasons: []cris.Reason{
			{Rule: "SC-11", Text: "the individual does not want to resolve the mismatch"},
		}}
	case choice != Resolve:
		return refused("the choice is to resolve or to decline")
	case query.Choice == Decline, !query.Closed.IsZero():
		return refused("the case is closed")
	case query.Result == SSAMismatch:
		return Resolution{Outcome: ResolveWithSSA, Form: newMismatchForm(record), Reasons: []cris.Reason{
			{Rule: "SC-12", Text: "an SSA mismatch is resolved with a form at the Social Security Administration"},
		}}
	}
	return Resolution{Outcome: ResolveWithUSCIS, Call: newOfficeCall(query, policy), Reasons: []cris.Reason{
		{Rule: "SC-13", Text: "an immigration mismatch is resolved by calling the E-Verify Customer Contact Office"},
	}}
}

// MismatchForm is what the individual takes to the Social Security Administration
// (SC-12).
type MismatchForm struct {
	Name         cris.PersonName // family and given name, no other part
	Queried      time.Time       // UTC
	Case         CaseNumber
	Instructions []string // in order, English
}

// newMismatchForm makes the form of a query with an SSA mismatch.
//
// SC-12: first and last name, date and time, case number, instructions.
func newMismatchForm(record Record) MismatchForm {
	full := record.Pass.Name.Reveal()
	// Two parts of a name that was valid as a whole are valid, unless both are empty.
	name, _ := cris.NewPersonName(cris.NameParts{Family: full.Family, Given: full.Given})
	return MismatchForm{
		Name:    name,
		Queried: record.Query.Submitted,
		Case:    record.Query.Case,
		Instructions: []string{
			"Visit a field office of the Social Security Administration. You need no appointment, and nobody may send you there: correcting the record is your choice.",
			"Take this form along, and say that E-Verify Self Check found a possible mismatch with your Social Security record.",
			"Take documents that show your name and date of birth, your citizenship or work authorization, and any change of your name. Take originals, or copies certified by the office that issued them.",
			"Ask that your name, date of birth and citizenship or work authorization be compared with the record and corrected.",
			"Once the record is corrected, you may use Self Check again.",
		},
	}
}

// RevealText renders the form as plain text in English, with date and time as the
// clock shows them in zone. It contains the name: it is for the individual only.
func (f MismatchForm) RevealText(zone *time.Location) string {
	name := f.Name.Reveal()
	var text strings.Builder
	text.WriteString("E-VERIFY SELF CHECK: POSSIBLE MISMATCH WITH SSA\n\n")
	fmt.Fprintf(&text, "First name:           %s\n", name.Given)
	fmt.Fprintf(&text, "Last name:            %s\n", name.Family)
	fmt.Fprintf(&text, "Date of the query:    %s\n", f.Queried.In(zone).Format("January 2, 2006"))
	fmt.Fprintf(&text, "Time of the query:    %s\n", f.Queried.In(zone).Format("3:04 PM MST"))
	fmt.Fprintf(&text, "E-Verify case number: %s\n\n", f.Case)
	text.WriteString("What to do\n\n")
	writeSteps(&text, f.Instructions)
	return text.String()
}

// OfficeCall says how to resolve an immigration mismatch (SC-13).
type OfficeCall struct {
	Case         CaseNumber
	EarliestCall time.Time // UTC; from this instant on the office can help
	Instructions []string  // in order, English
	Further      []string  // what to do if the call does not help, in order, English
}

// newOfficeCall makes the instructions for a query with an immigration mismatch.
//
// SC-13: the wait is counted in hours from the query and ends at an instant, also
// over a change of the clocks.
func newOfficeCall(query QueryRecord, policy Policy) OfficeCall {
	return OfficeCall{
		Case:         query.Case,
		EarliestCall: query.Submitted.Add(policy.ImmigrationWait),
		Instructions: []string{
			"Call the E-Verify Customer Contact Office. Do not call earlier than the date and time above: until then your case cannot be seen there.",
			"Ask for a status verification representative and give the E-Verify case number.",
			"Have your immigration documents at hand, such as a Permanent Resident Card, an Employment Authorization Document or a Form I-94.",
		},
		Further: []string{
			"If your record of arrival is wrong, ask the port of entry or a deferred inspection site of U.S. Customs and Border Protection to correct it.",
			"If a card or another document is wrong, ask USCIS to correct it, with the form that the document was requested with or by an online service request.",
			"If you became a citizen and the record does not show it, take your certificate or your passport to a field office of USCIS.",
			"To see what the record says, ask for it under the Freedom of Information Act and the Privacy Act, and ask for its amendment.",
		},
	}
}

// Text renders the instructions as plain text in English, with date and time as the
// clock shows them in zone.
func (c OfficeCall) Text(zone *time.Location) string {
	var text strings.Builder
	text.WriteString("E-VERIFY SELF CHECK: POSSIBLE MISMATCH WITH IMMIGRATION INFORMATION\n\n")
	fmt.Fprintf(&text, "E-Verify case number: %s\n", c.Case)
	fmt.Fprintf(&text, "Call from:            %s\n\n", c.EarliestCall.In(zone).Format("January 2, 2006, 3:04 PM MST"))
	text.WriteString("What to do\n\n")
	writeSteps(&text, c.Instructions)
	text.WriteString("\nIf that does not help\n\n")
	writeSteps(&text, c.Further)
	return text.String()
}

func writeSteps(text *strings.Builder, steps []string) {
	for i, step := range steps {
		fmt.Fprintf(text, "%d. %s\n", i+1, step)
	}
}
