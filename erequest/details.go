package erequest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/seed28e20331/cris"
)

// Field is one thing asked for after screening (ER-5). The filing date and the ZIP
// code, which the document lists again, are those of the screening.
type Field string

// The fields.
const (
	FieldName                 Field = "name"
	FieldDateOfBirth          Field = "date of birth"
	FieldCountryOfBirth       Field = "country of birth"
	FieldCountryOfCitizenship Field = "country of citizenship"
	FieldANumber              Field = "A-Number"
	FieldContact              Field = "contact information"
	FieldCorrection           Field = "correction"
)

// Details are what a customer tells of the person and of the issue once screening
// has passed. It is comparable with ==.
type Details struct {
	Name                 cris.PersonName
	DateOfBirth          cris.Personal[cris.Date]
	CountryOfBirth       cris.Personal[string] // ISO 3166-1 alpha-2, in capitals
	CountryOfCitizenship cris.Personal[string] // ISO 3166-1 alpha-2, in capitals
	ANumber              cris.ANumber          // zero if the person has none
	Contact              Contact
	Correction           Correction // for a TypographicalError or a BeneficiaryChange; zero otherwise
}

// Contact is where the answer goes. One of the three is enough.
type Contact struct {
	Email   cris.Personal[string]
	Phone   cris.Personal[string]
	Address cris.Address
}

// Element is a part of a notice or document that may be misprinted (ER-1), or a part
// of the information about a beneficiary that may change.
type Element string

// The elements that a typographical error may concern.
const (
	ElementName           Element = "name"
	ElementAddress        Element = "address"
	ElementDateOfBirth    Element = "date of birth"
	ElementCountryOfBirth Element = "country of birth"
	ElementANumber        Element = "A-Number"
)

// Correction says which element is wrong and what it should read.
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

func isLine(text string, maxBytes int) bool {
	return strings.TrimSpace(text) != "" && len(text) <= maxBytes &&
		utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// isNoneOrLine reports whether an optional text is absent, or fit to be kept.
func isNoneOrLine(text cris.Personal[string]) bool {
	return text.IsZero() || isLine(text.Reveal(), maxTextBytes)
}

// DecideDetails returns what is wrong with the details for a request about the
// issue: every fault in the order of the fields, nothing if they will do.
func DecideDetails(issue Issue, d Details) []cris.Reason {
	var faults []cris.Reason
	fault := func(text string) { faults = append(faults, cris.Reason{Rule: "ER-5", Text: text}) }
	if d.Name.IsZero() {
		fault("the name is missing")
	}
	if d.DateOfBirth.IsZero() {
		fault("the date of birth is missing")
	}
	if !isCountry(d.CountryOfBirth.Reveal()) {
		fault("the country of birth is missing or is not a country")
	}
	if !isCountry(d.CountryOfCitizenship.Reveal()) {
		fault("the country of citizenship is missing or is not a country")
	}
	if d.Contact == (Contact{}) {
		fault("an e-mail address, a phone number or a mailing address is needed to respond")
	}
	if !isNoneOrLine(d.Contact.Email) || !isNoneOrLine(d.Contact.Phone) {
		fault("e-mail address and phone number are one line of at most 500 bytes")
	}
	switch {
	case asksCorrection(issue) && (!isLine(d.Correction.Correct.Reveal(), maxTextBytes) || !isElement(d.Correction.Element)):
		fault("what is wrong and what it should read are needed, in one line of at most 500 bytes")
	case !asksCorrection(issue) && d.Correction != Correction{}:
		// ER-6: what is not asked for is refused, not silently stored.
		faults = append(faults, cris.Reason{Rule: "ER-6", Text: "a correction is not asked for with this issue"})
	}
	return faults
}

// isCountry reports whether code is that of a country, today's or one in which
// somebody may have been born, in capitals.
func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	if err != nil || len(code) != 2 || code == "UN" || code == "EZ" { // United Nations, Eurozone
		return false
	}
	return region.IsCountry() && strings.ToUpper(code) == code
}

func isElement(e Element) bool {
	switch e {
	case ElementName, ElementAddress, ElementDateOfBirth, ElementCountryOfBirth, ElementANumber:
		return true
	}
	return false
}
