package selfcheck

import "github.com/seed28e20331/cris"

// PassportNumber is the number of a passport of the United States or of another
// country. It prints as [redacted]; Reveal gives the number in capitals. It is
// comparable with ==, its zero value is no number.
type PassportNumber struct{ hiddenText }

// I94Number is the number of an arrival record, Form I-94: eleven letters and
// digits. It prints as [redacted]; Reveal gives the number in capitals. It is
// comparable with ==, its zero value is no number.
type I94Number struct{ hiddenText }

// DocumentNumber is the number of a List B document, such as a driver's license.
// It prints as [redacted]; Reveal gives the number in capitals. It is comparable
// with ==, its zero value is no number.
type DocumentNumber struct{ hiddenText }

// CountryCode is a country of issuance as three capital letters. What belongs to a
// person holds it as cris.Personal.
type CountryCode string

// StateCode is an issuing state as the two capital letters of the USPS. What
// belongs to a person holds it as cris.Personal.
type StateCode string

type hiddenText = cris.Personal[string]

// ParseUSPassportNumber reads the number of a United States passport book or card:
// six to nine letters and digits. Blanks are dropped and letters become capitals.
// Its error is a *cris.ParseError that does not repeat the input.
func ParseUSPassportNumber(s string) (PassportNumber, error) {
	text, err := readCode(s, code{what: "U.S. passport number", digits: true, min: 6, max: 9})
	return PassportNumber{cris.NewPersonal(text)}, err
}

// ParseForeignPassportNumber reads the number of a passport of any country: six to
// twelve letters and digits, otherwise as ParseUSPassportNumber.
func ParseForeignPassportNumber(s string) (PassportNumber, error) {
	text, err := readCode(s, code{what: "passport number", digits: true, min: 6, max: 12})
	return PassportNumber{cris.NewPersonal(text)}, err
}

// ParseI94Number reads an I-94 number: eleven digits in the old form, nine digits,
// a letter and a digit in the new; the service takes letters anywhere. Blanks are
// dropped and letters become capitals. Its error is a *cris.ParseError that does
// not repeat the input.
func ParseI94Number(s string) (I94Number, error) {
	text, err := readCode(s, code{what: "I-94 number", digits: true, min: 11, max: 11})
	return I94Number{cris.NewPersonal(text)}, err
}

// ParseDocumentNumber reads the number of a List B document: one to 17 letters,
// digits, hyphens and asterisks. Blanks are dropped and letters become capitals. Its
// error is a *cris.ParseError that does not repeat the input.
func ParseDocumentNumber(s string) (DocumentNumber, error) {
	text, err := readCode(s, code{what: "document number", digits: true, marks: true, min: 1, max: 17})
	return DocumentNumber{cris.NewPersonal(text)}, err
}

// ParseCountryCode reads three letters, which become capitals. Whether there is
// such a country is for E-Verify to say, whose list changes. Its error is a
// *cris.ParseError.
func ParseCountryCode(s string) (CountryCode, error) {
	text, err := readCode(s, code{what: "country of issuance", min: 3, max: 3})
	return CountryCode(text), err
}

// ParseStateCode reads two letters, which become capitals. Its error is a
// *cris.ParseError.
func ParseStateCode(s string) (StateCode, error) {
	text, err := readCode(s, code{what: "issuing state", min: 2, max: 2})
	return StateCode(text), err
}

// code is the form of a number as printed on a document: letters, and what else.
type code struct {
	what     string
	digits   bool
	marks    bool // hyphen and asterisk
	min, max int  // characters, without blanks
}

func readCode(s string, form code) (string, error) {
	text := make([]byte, 0, form.max)
	for i := range len(s) {
		c := s[i]
		if c == ' ' {
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		isAllowed := 'A' <= c && c <= 'Z' ||
			form.digits && '0' <= c && c <= '9' ||
			form.marks && (c == '-' || c == '*')
		if !isAllowed {
			return "", &cris.ParseError{What: form.what, At: i, Problem: "character not allowed here"}
		}
		if len(text) == form.max {
			return "", &cris.ParseError{What: form.what, At: i, Problem: "too long"}
		}
		text = append(text, c)
	}
	if len(text) < form.min {
		return "", &cris.ParseError{What: form.what, At: len(s), Problem: "too short"}
	}
	return string(text), nil
}
