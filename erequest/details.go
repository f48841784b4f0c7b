package erequest

import (
	"strings"
	"unicode"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
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
	FieldCorrection           Field = "correction"
)

// Fields lists the fields.
func Fields() []Field {
	return []Field{
		FieldName, FieldDateOfBirth, FieldCountryOfBirth, FieldCountryOfCitizenship, FieldANumber, FieldContact, FieldCorrection,
	}
}

// Message returns what the field is called.
func (f Field) Message() cris.Message { return cris.Message{Code: "erequest.field." + cris.Code(f)} }

// Details are what a customer tells of the person and of the issue once screening
// has passed. It is comparable with ==.
type Details struct {
	Name                 cris.PersonName
	DateOfBirth          cris.Personal[cris.Date]
	CountryOfBirth       cris.Personal[string] // ISO 3166-1 alpha-2, in capitals, or a code of ISO 3166-3
	CountryOfCitizenship cris.Personal[string] // ISO 3166-1 alpha-2, in capitals
	ANumber              cris.ANumber          // zero if the person has none
	Contact              Contact
	Correction           Correction // for a TypographicalError or a BeneficiaryChange; zero otherwise
}

// Element is a part of a notice or document that may be misprinted (ER-1), or a part
// of the information about a beneficiary that may change.
type Element string

// The elements that a typographical error may concern.
const (
	ElementName           Element = "name"
	ElementAddress        Element = "address"
	ElementDateOfBirth    Element = "date_of_birth"
	ElementCountryOfBirth Element = "country_of_birth"
	ElementANumber        Element = "a_number"
)

// Elements lists the elements.
func Elements() []Element {
	return []Element{ElementName, ElementAddress, ElementDateOfBirth, ElementCountryOfBirth, ElementANumber}
}

// Message returns what the element is called.
func (e Element) Message() cris.Message {
	return cris.Message{Code: "erequest.element." + cris.Code(e)}
}

// Correction says which element is wrong and what it should read: a line of text for a
// name or an address, a date as 2006-01-02, a country by its code, or an A-Number.
type Correction struct {
	Element Element
	Correct cris.Personal[string]
}

// asksCorrection reports whether the issue is that something reads wrongly.
func asksCorrection(issue Issue) bool {
	return issue == TypographicalError || issue == BeneficiaryChange
}

// Free text is one line of UTF-8 without control characters, so that every store
// can hold it and none has to complain with a part of it in the error.
const (
	maxKeyBytes  = 200
	maxTextBytes = 500
)

// DecideDetails returns what is wrong with the details for a request about the issue that
// is filed on the day: every fault in the order of the fields, nothing if they will do.
func DecideDetails(issue Issue, d Details, on cris.Date) []cris.Reason {
	var faults []cris.Reason
	unless := func(good bool, fault cris.Reason) {
		if !good {
			faults = append(faults, fault)
		}
	}
	email, phone := d.Contact.Email.Reveal(), d.Contact.Phone.Reveal()
	unless(!d.Name.IsZero(), nameMissing)
	unless(!d.DateOfBirth.IsZero(), birthDateMissing)
	unless(d.DateOfBirth.IsZero() || cris.IsBirthDate(d.DateOfBirth.Reveal(), on), birthDateImpossible)
	unless(isBirthCountry(d.CountryOfBirth.Reveal()), birthCountryUnknown)
	unless(isCountry(d.CountryOfCitizenship.Reveal()), citizenshipUnknown)
	unless(d.Contact != (Contact{}), contactMissing)
	unless(email == "" || isEmail(email), emailMalformed)
	unless(phone == "" || isPhone(phone), phoneMalformed)
	if !asksCorrection(issue) {
		// ER-6: what is not asked for is refused, not silently stored.
		unless(d.Correction == Correction{}, correctionNotAsked)
		return faults
	}
	return append(faults, d.Correction.faults(on)...)
}

// faults returns what is wrong with a correction that was asked for: each element is
// checked by what it is.
func (c Correction) faults(on cris.Date) []cris.Reason {
	correct := c.Correct.Reveal()
	if !text.IsLine(correct, maxTextBytes) {
		return []cris.Reason{correctionMissing}
	}
	var good bool
	switch c.Element {
	case ElementName, ElementAddress:
		good = strings.ContainsFunc(correct, unicode.IsLetter)
	case ElementDateOfBirth:
		birth, err := cris.ParseDate(strings.TrimSpace(correct))
		good = err == nil && cris.IsBirthDate(birth, on)
	case ElementCountryOfBirth:
		good = isBirthCountry(correct)
	case ElementANumber:
		_, err := cris.ParseANumber(correct)
		good = err == nil
	default:
		return []cris.Reason{elementUnknown}
	}
	if !good {
		return []cris.Reason{correctionMalformed}
	}
	return nil
}
