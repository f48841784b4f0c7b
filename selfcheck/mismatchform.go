package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// MismatchForm is what the individual takes to the Social Security Administration
// (SC-12).
type MismatchForm struct {
	Name         cris.PersonName // family and given name, and no other part
	Queried      time.Time       // UTC
	Case         CaseNumber
	Instructions []Instruction // in order
}

// newMismatchForm makes the form of a query with an SSA mismatch.
//
// SC-12: first and last name, date and time, case number, instructions.
func newMismatchForm(record Record) MismatchForm {
	full := record.Pass.Name.Reveal()
	// Two parts of a name that was valid as a whole are valid.
	name, _ := cris.NewPersonName(cris.NameParts{Family: full.Family, Given: full.Given})
	return MismatchForm{
		Name:    name,
		Queried: record.Query.Submitted,
		Case:    record.Query.Case,
		Instructions: []Instruction{
			ResolvingIsVoluntary, VisitSSAOffice, BringForm, BringDocuments, HaveSSARecordCorrected, CheckAgain, MismatchMayOccurAgain,
		},
	}
}

// RevealText renders the form as plain text in the language, with date and time as the
// clock shows them in the zone; nil is cris.AgencyZone(). It contains the name: it is for
// the individual only.
func (f MismatchForm) RevealText(language cris.Language, zone *time.Location) string {
	name := f.Name.Reveal()
	sheet := sheet{language: language}
	sheet.title("selfcheck.mismatch_form.title")
	sheet.values(
		labeled{"selfcheck.label.first_name", name.Given},
		labeled{"selfcheck.label.last_name", name.Family},
		labeled{"selfcheck.label.queried", language.Time(f.Queried, zoneOr(zone))},
		labeled{"selfcheck.label.case_number", string(f.Case)},
	)
	sheet.steps("selfcheck.label.what_to_do", f.Instructions)
	return sheet.text.String()
}

// zoneOr returns the zone, or the agency's if it is nil.
func zoneOr(zone *time.Location) *time.Location {
	if zone == nil {
		return cris.AgencyZone()
	}
	return zone
}
