package erequest

import (
	"strings"
	"unicode"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Document is the kind of document in which something is misprinted (ER-1).
type Document string

// The documents.
const (
	ReceiptNotice     Document = "receipt_notice"
	AppointmentNotice Document = "appointment_notice"
	OtherNotice       Document = "other_notice"
	Card              Document = "card"
	OtherDocument     Document = "other_document" // such as a travel document or a certificate
)

// Documents lists the documents. The caller may keep and change the slice.
func Documents() []Document {
	return []Document{ReceiptNotice, AppointmentNotice, OtherNotice, Card, OtherDocument}
}

// Message returns what the document is called.
func (d Document) Message() cris.Message {
	return cris.Message{Code: "erequest.document." + cris.Code(d)}
}

// Element is a part of a notice or document that may be misprinted (ER-1), or a part
// of the information about a beneficiary that may change.
type Element string

// The elements.
const (
	ElementName           Element = "name"
	ElementAddress        Element = "address"
	ElementDateOfBirth    Element = "date_of_birth"
	ElementCountryOfBirth Element = "country_of_birth"
	ElementANumber        Element = "a_number"
)

// Elements lists the elements. The caller may keep and change the slice.
func Elements() []Element {
	return []Element{ElementName, ElementAddress, ElementDateOfBirth, ElementCountryOfBirth, ElementANumber}
}

// Message returns what the element is called.
func (e Element) Message() cris.Message {
	return cris.Message{Code: "erequest.element." + cris.Code(e)}
}

// Correction says of one element how it is printed and what it should read: a line of text for
// a name or an address, a date as 2006-01-02, a country by its code, or an A-Number. The zero
// Correction leaves the element as it is.
type Correction struct {
	Printed cris.Personal[string] // for a TypographicalError, as it stands in the document, which may be anything
	Correct cris.Personal[string]
}

// Corrections are all that one request corrects, at most one correction for each element.
type Corrections struct {
	Name           Correction
	Address        Correction
	DateOfBirth    Correction
	CountryOfBirth Correction
	ANumber        Correction
}

// Of returns the correction of the element, the zero Correction if there is none.
func (c Corrections) Of(element Element) Correction {
	switch element {
	case ElementName:
		return c.Name
	case ElementAddress:
		return c.Address
	case ElementDateOfBirth:
		return c.DateOfBirth
	case ElementCountryOfBirth:
		return c.CountryOfBirth
	case ElementANumber:
		return c.ANumber
	}
	return Correction{}
}

// faults returns what is wrong with corrections that were asked for. What is misprinted has to
// be given as it is printed; of what has changed nobody asks what it was.
func (c Corrections) faults(misprinted bool, on cris.Date) (faults []cris.Reason) {
	var lacksPrinted, tellsOld, changesNothing bool
	for _, element := range Elements() {
		correction := c.Of(element)
		if correction == (Correction{}) {
			continue
		}
		printed, correct := correction.Printed.Reveal(), correction.Correct.Reveal()
		lacksPrinted = lacksPrinted || misprinted && !text.IsLine(printed, maxTextBytes)
		tellsOld = tellsOld || !misprinted && printed != ""
		changesNothing = changesNothing || correct != "" && correction.tidied().Printed == correction.tidied().Correct
		if !text.IsLine(correct, maxTextBytes) || !element.mayRead(correct, on) {
			faults = append(faults, element.malformed())
		}
	}
	if lacksPrinted {
		faults = append(faults, printedMissing)
	}
	if changesNothing {
		faults = append(faults, correctionChangesNothing)
	}
	if tellsOld {
		faults = append(faults, printedNotAsked)
	}
	return faults
}

// tidied returns the corrections as they are kept: in Unicode NFC, and without what nobody
// sees, such as marks that turn the line round.
func (c Corrections) tidied() Corrections {
	return Corrections{c.Name.tidied(), c.Address.tidied(), c.DateOfBirth.tidied(), c.CountryOfBirth.tidied(), c.ANumber.tidied()}
}

func (c Correction) tidied() Correction { return Correction{tidied(c.Printed), tidied(c.Correct)} }

// tidied returns a line of text as it is kept, and what is none as it is.
func tidied(line cris.Personal[string]) cris.Personal[string] {
	tidy, _, problem := text.Tidy(line.Reveal(), maxTextBytes)
	if problem != "" {
		return line
	}
	return cris.NewPersonal(tidy)
}

// malformed is the fault of a correction that no such element can read.
func (e Element) malformed() cris.Reason {
	switch e {
	case ElementAddress:
		return addressCorrectionMalformed
	case ElementDateOfBirth:
		return birthDateCorrectionMalformed
	case ElementCountryOfBirth:
		return birthCountryCorrectionMalformed
	case ElementANumber:
		return aNumberCorrectionMalformed
	default:
		return nameCorrectionMalformed
	}
}

// mayRead reports whether the element of a person who lives on the day may read so.
func (e Element) mayRead(correct string, on cris.Date) bool {
	switch e {
	case ElementDateOfBirth:
		birth, err := cris.ParseDate(strings.TrimSpace(correct))
		return err == nil && cris.IsBirthDate(birth, on)
	case ElementCountryOfBirth:
		return isBirthCountry(correct)
	case ElementANumber:
		_, err := cris.ParseANumber(correct)
		return err == nil
	default: // a name or an address
		return strings.ContainsFunc(correct, unicode.IsLetter)
	}
}
