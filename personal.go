package cris

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/internal/text"
)

// Redacted is what every personal value prints as.
const Redacted = "[redacted]"

// Personal holds a value that belongs to an identified person (PV-1): a date of birth, an
// email address, a passport number. It prints as [redacted] under every verb of fmt, in JSON
// and XML, in templates and in log/slog, even deep inside a struct. Reveal is the only way to
// the value.
//
// It is comparable with ==, which compares the values. The zero Personal holds nothing.
//
// The value stands behind a pointer that reflection cannot follow. Printers that do not call
// the methods of a value, or not those of an unexported field, show an address: fmt, debug
// printers, and the differences that tests report.
type Personal[T comparable] struct {
	value opaque.Value[T]
}

// NewPersonal returns a Personal that holds v. For the zero value of T it returns the zero
// Personal.
func NewPersonal[T comparable](v T) Personal[T] {
	var nothing T
	if v == nothing {
		return Personal[T]{}
	}
	return Personal[T]{opaque.Of(v)}
}

// Reveal returns the value, or the zero value of T if p holds nothing. What it returns must
// not reach a log, an error text, a metric or a URL.
func (p Personal[T]) Reveal() T {
	if p.IsZero() {
		var nothing T
		return nothing
	}
	return p.value.Reveal()
}

// IsZero reports whether p holds nothing.
func (p Personal[T]) IsZero() bool { return p == Personal[T]{} }

// Format implements fmt.Formatter. Every verb with every flag prints Redacted.
func (p Personal[T]) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, Redacted) }

// String returns Redacted.
func (p Personal[T]) String() string { return Redacted }

// MarshalText implements encoding.TextMarshaler, which JSON, XML and log/slog use. It returns
// Redacted, and never fails.
func (p Personal[T]) MarshalText() ([]byte, error) { return []byte(Redacted), nil }

// PersonName is the name of a person. It prints as [redacted]; Reveal returns the parts. It
// is comparable with ==. The zero PersonName holds no name.
type PersonName struct{ hiddenName }

type hiddenName = Personal[NameParts]

// NameParts are the parts of a name as the agency's forms ask for them. One of Family and
// Given is required, and one is enough: some people have one name.
type NameParts struct {
	Family string
	Given  string
	Middle string // middle name or initial
	Maiden string
}

// maxNameRunes is the most characters in a part of a name. The longest field of the real
// systems holds 40.
const maxNameRunes = 100

// NewPersonName tidies the parts and returns the name that they make. It trims and folds
// spaces, brings text into Unicode NFC and removes characters that nobody sees, so that
// equal names compare equal.
//
// It refuses a name with neither a family nor a given name, and a part without a letter,
// with invalid UTF-8 or a control character in it, with more than eight marks on one letter,
// or longer than 100 characters. Markup and other syntax is kept: whoever prints a name
// escapes it. The error is a *ParseError, which names the part and never repeats its content.
func NewPersonName(parts NameParts) (PersonName, error) {
	for _, part := range []struct {
		what string
		line *string
	}{
		{"family name", &parts.Family},
		{"given name", &parts.Given},
		{"middle name", &parts.Middle},
		{"maiden name", &parts.Maiden},
	} {
		tidy, err := tidyText(part.what, *part.line, maxNameRunes)
		if err != nil {
			return PersonName{}, err
		}
		if tidy != "" && !strings.ContainsFunc(tidy, unicode.IsLetter) {
			return PersonName{}, &ParseError{What: part.what, At: -1, Problem: "no letter in it"}
		}
		*part.line = tidy
	}
	if parts.Family == "" && parts.Given == "" {
		return PersonName{}, &ParseError{What: "name", At: -1, Problem: "neither a family name nor a given name"}
	}
	return PersonName{NewPersonal(parts)}, nil
}

// ANumber is an Alien Registration Number: the letter A and nine digits. It prints as
// [redacted]; Reveal returns the number. It is comparable with ==. The zero ANumber holds no
// number.
type ANumber struct{ hiddenNumber }

type hiddenNumber = Personal[uint32]

// ParseANumber reads seven to nine digits as cards and notices print them, with or without
// A or a label before them, such as A#, USCIS# or "A-Number:". It drops separators around and
// between the digits: spaces, tabs, line ends, hyphens and dashes of every kind. Zeros at the
// front may be left out.
// A number of zeros alone is refused. The error is a *ParseError, which does not repeat the
// input.
func ParseANumber(s string) (ANumber, error) {
	value, err := readANumber(s)
	if err != nil {
		return ANumber{}, err
	}
	return ANumber{NewPersonal(value)}, nil
}

// CheckANumber returns the error that ParseANumber would, and keeps nothing of the number.
func CheckANumber(s string) error {
	_, err := readANumber(s)
	return err
}

func readANumber(s string) (value uint32, err error) {
	if value, ok := canonicalANumber(s); ok {
		return value, nil
	}
	digits := 0
	for i := aNumberPrefix(s); i < len(s); {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			i += size
			continue
		}
		switch {
		case c < '0' || c > '9':
			return 0, &ParseError{What: "A-Number", At: i, Problem: "want a digit"}
		case digits == 9:
			return 0, &ParseError{What: "A-Number", At: i, Problem: "more than nine digits"}
		}
		digits++
		value = value*10 + uint32(c-'0')
		i++
	}
	if digits < 7 {
		return 0, &ParseError{What: "A-Number", At: len(s), Problem: "fewer than seven digits"}
	}
	if value == 0 {
		return 0, &ParseError{What: "A-Number", At: -1, Problem: "all digits are zero"}
	}
	return value, nil
}

// canonicalANumber reads the form of ANumber.Reveal, in which programs pass a number on and
// which has no error to place, and reports whether s is in it, perhaps in small letters and
// with spaces around it. Zeros alone are left to whoever looks more closely.
func canonicalANumber(s string) (value uint32, ok bool) {
	s = strings.Trim(s, " ")
	if len(s) != len("A123456789") || s[0]|0x20 != 'a' {
		return 0, false
	}
	for i := 1; i < len(s); i++ {
		digit := s[i] - '0'
		if digit > 9 {
			return 0, false
		}
		value = value*10 + uint32(digit)
	}
	return value, value != 0
}

// aNumberPrefix returns the end of what stands before the digits: the label, and the A of
// the number itself where the label does not end with one.
func aNumberPrefix(s string) (end int) {
	end = text.Label(s, "ALIEN", "REGISTRATION", "USCIS", "A")
	at := end
	for at < len(s) && text.Separator(s, at) > 0 {
		at += text.Separator(s, at)
	}
	isA := func(i int) bool { return s[i] == 'A' || s[i] == 'a' }
	if end > 0 && !isA(end-1) && at < len(s) && isA(at) {
		return at + 1
	}
	return end
}

// MustParseANumber is ParseANumber for constants: it panics if ParseANumber returns an error.
func MustParseANumber(s string) ANumber { return must(ParseANumber(s)) }

// Reveal returns the letter A and nine digits, or "" for the zero ANumber. [Personal.Reveal]
// says where the number must not go.
func (n ANumber) Reveal() string {
	if n.IsZero() {
		return ""
	}
	return fmt.Sprintf("A%09d", n.hiddenNumber.Reveal())
}

// Address is a postal address in the United States. It prints as [redacted]; Reveal returns
// the parts. It is comparable with ==. The zero Address holds no address.
type Address struct{ hiddenAddress }

type hiddenAddress = Personal[AddressParts]

// AddressParts are the parts of an address. All are required but Unit.
type AddressParts struct {
	Street string
	Unit   string // "Apt 4", "Ste 200"
	City   string
	State  string // the USPS abbreviation of a state, a territory or military post: two letters
	ZIP    ZIP
}

const maxAddressRunes = 100

// NewAddress tidies the parts as NewPersonName does, writes the state in capitals, and
// returns the address that they make.
//
// It refuses an address without a street, a city, a state or a ZIP code, a state that the
// USPS does not know, and a part without a letter or digit, with invalid UTF-8 or a control
// character in it, with more than eight marks on one letter, or longer than 100 characters.
// The error is a *ParseError, which names the part and never repeats its content. A ZIP code of
// another state is not refused: StateHasZIP reports it.
func NewAddress(parts AddressParts) (Address, error) {
	for _, part := range []struct {
		what     string
		line     *string
		required bool
	}{
		{"street", &parts.Street, true},
		{"unit", &parts.Unit, false},
		{"city", &parts.City, true},
		{"state", &parts.State, true},
	} {
		tidy, err := tidyText(part.what, *part.line, maxAddressRunes)
		if err != nil {
			return Address{}, err
		}
		switch {
		case tidy == "" && part.required:
			return Address{}, &ParseError{What: part.what, At: -1, Problem: "missing"}
		case tidy != "" && !strings.ContainsFunc(tidy, isLetterOrDigit):
			return Address{}, &ParseError{What: part.what, At: -1, Problem: "no letter or digit in it"}
		}
		*part.line = tidy
	}
	parts.State = strings.ToUpper(parts.State)
	if len(parts.State) != 2 || !strings.Contains(postalStates, " "+parts.State+" ") {
		return Address{}, &ParseError{What: "state", At: -1, Problem: "not a USPS abbreviation"}
	}
	if parts.ZIP.IsZero() {
		return Address{}, &ParseError{What: "ZIP code", At: -1, Problem: "missing"}
	}
	return Address{NewPersonal(parts)}, nil
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// ZIP returns the ZIP code of the address, which is as personal as the rest. For the zero
// Address it holds nothing.
func (a Address) ZIP() Personal[ZIP] { return NewPersonal(a.Reveal().ZIP) }

// postalStates are the USPS abbreviations of the states, the District of
// Columbia, the territories, the freely associated states and military post.
const postalStates = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO" +
	" MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC" +
	" AS GU MP PR VI FM MH PW AA AE AP "

// tidyText returns the form of one line in which equal lines are equal. The error names
// what the line was to be.
func tidyText(what, line string, maxRunes int) (string, error) {
	tidy, at, problem := text.Tidy(line, maxRunes)
	if problem != "" {
		return "", &ParseError{What: what, At: at, Problem: problem}
	}
	return tidy, nil
}

// oldestAge is more years than anyone is known to have lived.
const oldestAge = 125

// IsBirthDate reports whether somebody who is alive today can have been born on the day
// birth: it is not after today, and less than 125 years before it. The zero Date is never a
// date of birth; today must not be zero.
func IsBirthDate(birth, today Date) bool {
	return !birth.IsZero() && !birth.After(today) && birth.After(today.AddMonths(-12*oldestAge))
}
