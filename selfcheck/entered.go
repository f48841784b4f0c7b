package selfcheck

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// CheckEntered says what is wrong with the text in one field, as DecideQuery finds it, so
// that a page can tell while it is being typed. It keeps nothing of the text, and allocates
// nothing for a number that is right. listA is the document of list A, on which it depends
// what a passport number is.
//
// The error is a *cris.ParseError that does not repeat the text. Text that is missing is too
// short. A field that is not read from a text here (a date, or the name) has nothing wrong.
func CheckEntered(field Field, listA Document, entered string) error {
	var number printed
	switch field {
	case FieldSSN:
		_, err := readIssuedSSN(entered)
		return err
	case FieldANumber:
		return cris.CheckANumber(entered)
	case FieldPassportNumber:
		if isUSPassport(listA) {
			return readUSPassportNumber(entered, &number)
		}
		return readForeignPassportNumber(entered, &number)
	case FieldCountry:
		_, err := ParseCountryCode(entered)
		return err
	case FieldI94Number:
		return readI94Number(entered, &number)
	case FieldVisaNumber:
		return readVisaNumber(entered, &number)
	case FieldSEVISNumber:
		return readSEVISNumber(entered, &number)
	case FieldCardNumber:
		_, err := casestatus.ParseReceiptNumber(entered)
		return err
	case FieldDocumentNumber:
		return readDocumentNumber(entered, &number)
	case FieldState:
		_, err := ParseStateCode(entered)
		return err
	case FieldExpirationDate, FieldName, FieldBirthDate:
	}
	return nil
}

// isUSPassport reports whether the passport number is that of a United States passport.
func isUSPassport(listA Document) bool { return listA == USPassport || listA == USPassportReceipt }
