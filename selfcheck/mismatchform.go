package selfcheck

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
)

// MismatchForm is what the individual takes to the Social Security Administration
// (SC-12). Nothing else about the individual may be added to it.
type MismatchForm struct {
	Name         cris.PersonName // family and given name, and no other part
	Queried      time.Time       // UTC
	Case         CaseNumber
	Instructions []Instruction // in order
	Notices      []Notice
}

// newMismatchForm makes the form of a query with an SSA mismatch.
//
// SC-12: first and last name, date and time, case number, instructions.
func newMismatchForm(record Record) MismatchForm {
	full := record.Pass.Name.Reveal()
	// Two parts of a name that was valid as a whole are valid.
	name, _ := cris.NewPersonName(cris.NameParts{Family: full.Family, Given: full.Given})
	return MismatchForm{
		Name:         name,
		Queried:      record.Query.Submitted,
		Case:         record.Query.Case,
		Instructions: []Instruction{VisitSSAOffice, BringForm, BringDocuments, HaveSSARecordCorrected, CheckAgain},
		Notices:      SSAMismatch.Notices(),
	}
}

// RevealLetter returns the form in the language, as a letter that can be written as plain text,
// as an accessible page and, with package pdf, as a PDF file. The date and time are given by a
// clock in the zone, where nil means cris.AgencyZone(), and again in UTC. The letter contains the
// name: it is for the individual only.
func (f MismatchForm) RevealLetter(language cris.Language, zone *time.Location) cris.Letter {
	name := f.Name.Reveal()
	say := sayIn(language)
	none := say("selfcheck.label.no_such_name") // some people have one name
	return cris.Letter{
		Language: language.Supported(),
		Subject:  say("selfcheck.mismatch_form.title"),
		Values: []cris.LabeledValue{
			{Label: say("selfcheck.label.first_name"), Value: cmp.Or(name.Given, none)},
			{Label: say("selfcheck.label.last_name"), Value: cmp.Or(name.Family, none)},
			{Label: say("selfcheck.label.queried"), Value: timeOf(f.Queried, language, zone)},
			{Label: say("selfcheck.label.case_number"), Value: string(f.Case)},
		},
		Sections: sections(
			cris.LetterSection{Heading: say("selfcheck.label.what_to_do"), Steps: told(language, f.Instructions)},
			cris.LetterSection{Heading: say("selfcheck.label.good_to_know"), Notes: told(language, f.Notices)},
		),
	}
}

// RevealText returns the text of RevealLetter.
func (f MismatchForm) RevealText(language cris.Language, zone *time.Location) string {
	return f.RevealLetter(language, zone).Text()
}
