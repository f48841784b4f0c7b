package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Field is one thing asked for after screening (ER-5). The filing date and the ZIP
// code, which the document lists again, are those of the screening.
type Field string

// The fields.
const (
	FieldName                 Field = "name"
	FieldDateOfBirth          Field = "date_of_birth"
	FieldCountryOfBirth       Field = "country_of_birth"
	FieldCountryOfCitizenship Field = "country_of_citizenship"
	FieldANumber              Field = "a_number"
	FieldContact              Field = "contact"
	FieldRepresentative       Field = "representative"
	FieldDocument             Field = "document"
	FieldCorrections          Field = "corrections"
	FieldMailed               Field = "mailed"
)

// Fields lists the fields. The caller may keep and change the slice.
func Fields() []Field {
	return []Field{
		FieldName, FieldDateOfBirth, FieldCountryOfBirth, FieldCountryOfCitizenship, FieldANumber, FieldContact,
		FieldRepresentative, FieldDocument, FieldCorrections, FieldMailed,
	}
}

// Message returns what the field is called.
func (f Field) Message() cris.Message { return cris.Message{Code: "erequest.field." + cris.Code(f)} }

// Ask is a field that is asked for.
type Ask struct {
	Field    Field
	Required bool // or else optional
}

// askRow is a row of the table of what is asked. For each field the first row that is for the
// issue and the form decides; a field without such a row is not asked for.
type askRow struct {
	Ask
	issues []Issue                 // nil: any issue
	forms  []casestatus.FormNumber // nil: any form
}

// askTable is the minimum that a request needs (ER-6).
var askTable = []askRow{
	{Ask: Ask{FieldName, true}},
	{Ask: Ask{FieldDateOfBirth, true}},
	{Ask: Ask{FieldCountryOfBirth, true}},
	{Ask: Ask{FieldCountryOfCitizenship, true}},
	// Whoever files these is a permanent resident, and so has an A-Number.
	{Ask: Ask{FieldANumber, true}, forms: []casestatus.FormNumber{"I-90", "I-751", "I-829"}},
	{Ask: Ask{FieldANumber, false}},
	{Ask: Ask{FieldContact, true}},
	{Ask: Ask{FieldRepresentative, false}},
	{Ask: Ask{FieldDocument, true}, issues: []Issue{TypographicalError}},
	{Ask: Ask{FieldCorrections, true}, issues: []Issue{TypographicalError, BeneficiaryChange}},
	{Ask: Ask{FieldMailed, false}, issues: []Issue{NoticeNotReceived, DocumentNotReceived, CardNotReceived}},
}

// Asks returns what a request about the issue and the form needs beyond the screening, in the
// order of Fields (ER-6). Any other field is refused. The form is read with
// casestatus.ParseFormNumber. The caller may keep and change the slice.
func Asks(issue Issue, form casestatus.FormNumber) []Ask {
	var asks []Ask
	for _, row := range askTable {
		decided := len(asks) > 0 && asks[len(asks)-1].Field == row.Field
		if !decided && isFor(row.issues, issue) && isFor(row.forms, canonicalForm(form)) {
			asks = append(asks, row.Ask)
		}
	}
	return asks
}

func isFor[T comparable](those []T, one T) bool { return those == nil || slices.Contains(those, one) }
