package selfcheck

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// CheckEntered says what is wrong with the text in one field, by the rules of DecideQuery, so
// that a page can say so while the individual types. It keeps nothing of the text, and allocates
// nothing for a valid number. listA is the chosen document of list A, on which the form of a
// passport number depends.
//
// The error is a *cris.ParseError that does not repeat the text. An empty text is too short. For
// a field that is not read from a text here (a date, or the name) the error is nil.
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
