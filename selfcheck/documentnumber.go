package selfcheck

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// PassportNumber is the number of a passport of the United States or of another
// country. It prints as [redacted]; Reveal gives the number in capitals. It is
// comparable with ==, and its zero value is no number.
type PassportNumber struct{ hiddenText }

// I94Number is the number of an arrival record, Form I-94: eleven letters and
// digits. It prints as [redacted]; Reveal gives the number in capitals. It is
// comparable with ==, and its zero value is no number.
type I94Number struct{ hiddenText }

// DocumentNumber is the number of a List B document, such as a driver's license.
// It prints as [redacted]; Reveal gives the number in capitals. It is comparable
// with ==, and its zero value is no number.
type DocumentNumber struct{ hiddenText }

type hiddenText = cris.Personal[string]

// ParseUSPassportNumber reads the number of a United States passport book or card:
// six to nine digits, the first of which may be a letter. Separators are dropped, as in
// every number (spaces, tabs and line ends, hyphens and dashes of every sort), and letters
// become capitals. A number of zeros alone is never issued. Its error is a *cris.ParseError that
// does not repeat the input.
func ParseUSPassportNumber(s string) (PassportNumber, error) {
	form := documentForm{what: "U.S. passport number", min: 6, max: 9}
	number, err := form.read(s)
	if err != nil {
		return PassportNumber{}, err
	}
	if strings.ContainsFunc(number[1:], isCapital) {
		return PassportNumber{}, form.fault("a letter after the first character")
	}
	if !strings.ContainsFunc(number, isNotZero) {
		return PassportNumber{}, form.fault("all digits are zero")
	}
	return PassportNumber{cris.NewPersonal(number)}, nil
}

// ParseForeignPassportNumber reads the number of a passport of any country: six to
// twelve letters and digits, and not letters followed by zeros alone. Separators, letters
// and errors are treated as in ParseUSPassportNumber.
func ParseForeignPassportNumber(s string) (PassportNumber, error) {
	form := documentForm{what: "passport number", min: 6, max: 12}
	number, err := form.read(s)
	if err != nil {
		return PassportNumber{}, err
	}
	// Some countries number passports with letters everywhere.
	if serial := strings.TrimLeftFunc(number, isCapital); serial != "" && strings.Trim(serial, "0") == "" {
		return PassportNumber{}, form.fault("all digits are zero")
	}
	return PassportNumber{cris.NewPersonal(number)}, nil
}

// ParseI94Number reads an I-94 number: eleven digits, as all were until 2019, or ten and a
// letter, which E-Verify takes wherever it stands. Separators are dropped, as in
// ParseUSPassportNumber, and letters become capitals. A number whose digits are all zero is
// never issued. Its error is a *cris.ParseError that does not repeat the input.
func ParseI94Number(s string) (I94Number, error) {
	form := documentForm{what: "I-94 number", min: 11, max: 11}
	number, err := form.read(s)
	if err != nil {
		return I94Number{}, err
	}
	if first := strings.IndexFunc(number, isCapital); first >= 0 && strings.ContainsFunc(number[first+1:], isCapital) {
		return I94Number{}, form.fault("more than one letter")
	}
	if !strings.ContainsFunc(number, isNotZero) {
		return I94Number{}, form.fault("all digits are zero")
	}
	return I94Number{cris.NewPersonal(number)}, nil
}

// ParseDocumentNumber reads the number of a List B document: one to 17 letters,
// digits, hyphens and asterisks, with a digit that is not zero. The hyphens in such a
// number belong to it, and a dash of any sort becomes one. Separators around the number,
// and spaces in it, are dropped, and letters become capitals. Its error is a
// *cris.ParseError that does not repeat the input.
func ParseDocumentNumber(s string) (DocumentNumber, error) {
	form := documentForm{what: "document number", marks: true, min: 1, max: 17}
	number, err := form.read(s)
	if err != nil {
		return DocumentNumber{}, err
	}
	if !strings.ContainsFunc(number, isNotZero) {
		return DocumentNumber{}, form.fault("no digit but zeros")
	}
	return DocumentNumber{cris.NewPersonal(number)}, nil
}

func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

func isNotZero(r rune) bool { return '1' <= r && r <= '9' }

// isDash reports whether r is a hyphen or a dash of any sort.
func isDash(r rune) bool {
	const minus = '\u2212'
	return unicode.Is(unicode.Pd, r) || r == minus
}

// documentForm is the form of a number as printed on a document: letters and digits, and
// what else.
type documentForm struct {
	what     string
	marks    bool // asterisks and, in the middle, hyphens
	min, max int  // characters, without separators
}

// read returns the number in capitals and without separators.
func (form documentForm) read(s string) (string, error) {
	number := make([]byte, 0, form.max)
	hyphens := 0 // before the next character
	for i := 0; i < len(s); {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			if r, _ := utf8.DecodeRuneInString(s[i:]); form.marks && len(number) > 0 && isDash(r) {
				hyphens++
			}
			i += size
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if !isCapital(rune(c)) && (c < '0' || c > '9') && (c != '*' || !form.marks) {
			return "", &cris.ParseError{What: form.what, At: i, Problem: "character not allowed here"}
		}
		if len(number)+hyphens+1 > form.max {
			return "", &cris.ParseError{What: form.what, At: i, Problem: "too long"}
		}
		for ; hyphens > 0; hyphens-- {
			number = append(number, '-')
		}
		number = append(number, c)
		i++
	}
	if len(number) < form.min {
		return "", &cris.ParseError{What: form.what, At: len(s), Problem: "too short"}
	}
	return string(number), nil
}

// fault returns the error of a number that has the form and is never issued.
func (form documentForm) fault(problem string) error {
	return &cris.ParseError{What: form.what, At: -1, Problem: problem}
}
