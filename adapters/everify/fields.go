package everify

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// fields are the fields of a case by E-Verify's names: texts, lists of texts and truth values.
// A field without a value is not there, because E-Verify refuses an empty text.
type fields map[string]any

func (f fields) set(name, value string) {
	if value != "" {
		f[name] = value
	}
}

// fieldsOf returns the fields of the individual.
func fieldsOf(query selfcheck.Query) fields {
	f := fields{}
	name := nameOf(query.Identity.Name())
	if !query.Identity.Name().IsZero() {
		f.set("first_name", name.Given)
		f.set("last_name", name.Family)
		f.set("middle_initial", name.Middle)
		if name.Maiden != "" {
			f["other_last_names_used"] = []string{name.Maiden}
		}
	}
	f.set("date_of_birth", dateOf(query.Identity.BirthDate()))
	f.set("ssn", query.SSN.Reveal())
	for _, row := range citizenshipCodes {
		if row.status == query.Status {
			f.set("citizenship_status_code", row.code)
		}
	}
	for _, row := range documentCodes {
		chosen := map[string]selfcheck.Document{listA: query.ListA, listB: query.ListB, listC: query.ListC}[row.list]
		if row.document == chosen {
			f.set(row.list, row.code)
		}
	}
	f.set("alien_number", query.ANumber.Reveal())
	if query.ListA == selfcheck.USPassport || query.ListA == selfcheck.USPassportReceipt {
		f.set("us_passport_number", query.PassportNumber.Reveal())
	} else {
		f.set("foreign_passport_number", query.PassportNumber.Reveal())
	}
	f.set("country_code", string(query.Country.Reveal()))
	f.set("i94_number", query.I94Number.Reveal())
	f.set("visa_number", query.VisaNumber.Reveal())
	f.set("sevis_number", sevisNumber(query.SEVISNumber))
	if card := query.CardNumber; !card.IsZero() {
		if query.ListA == selfcheck.EmploymentAuthorizationDocument {
			f.set("i766_number", card.Reveal().String())
		} else {
			f.set("i551_number", card.Reveal().String())
		}
	}
	f.set("document_bc_number", query.DocumentNumber.Reveal())
	f.set("us_state_code", string(query.State.Reveal()))
	f.set("expiration_date", dateOf(query.ExpirationDate))
	return f
}

// sevisNumber returns the ten digits of the number, which people write with an N before them.
func sevisNumber(number selfcheck.SEVISNumber) string {
	return strings.TrimPrefix(number.Reveal(), "N")
}

// dateOf returns the date as E-Verify takes it.
func dateOf(date cris.Personal[cris.Date]) string {
	if date.IsZero() {
		return ""
	}
	return date.Reveal().String()
}

// complete adds what E-Verify asks for and what follows from the query, and returns the
// required fields that are missing: E-Verify's names of them, "" for one that is not known.
func (f fields) complete(query selfcheck.Query, asked neededFields) (missing []string) {
	isAsked := map[string]bool{}
	for _, field := range asked.Fields {
		isAsked[field.Name] = true
	}
	if isAsked["no_expiration_date"] && query.HasNoExpirationDate() {
		f["no_expiration_date"] = true
	}
	if isAsked["document_sub_type_code"] {
		for _, row := range subTypes {
			if row.document == query.ListA || row.document == query.ListB {
				f["document_sub_type_code"] = row.code
			}
		}
	}
	for _, field := range asked.Fields {
		_, has := f[field.Name]
		hasNone := field.Name == "expiration_date" && f["no_expiration_date"] != nil
		if !field.Required || has || hasNone || slices.Contains(hostFields, field.Name) {
			continue
		}
		missing = append(missing, field.Name)
	}
	return missing
}

// checked are the fields by which E-Verify says which others it wants.
func (f fields) checked() fields {
	some := fields{}
	for _, name := range []string{"ssn", "citizenship_status_code", listA, listB, listC} {
		if value, has := f[name]; has {
			some[name] = value
		}
	}
	return some
}

// fieldValue is a field that is confirmed.
type fieldValue struct {
	Name  string `json:"field_name"`
	Value any    `json:"value"`
}

// confirmation confirms the fields that are asked, as they are in the query. A field without a
// value is left out. The case has the date of hire on which it was opened.
func confirmation(asked fieldsToConfirm, query selfcheck.Query, dateOfHire string) any {
	f := fieldsOf(query)
	if day, err := cris.ParseDate(dateOfHire); err == nil {
		f["date_of_hire"] = day.String()
	}
	values := []fieldValue{}
	for _, name := range asked.Names {
		if value, has := f[name]; has {
			values = append(values, fieldValue{name, value})
		}
	}
	return map[string][]fieldValue{"case_fields": values}
}
