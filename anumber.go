package cris

import "fmt"

// ANumber is an Alien Registration Number: the letter A and nine digits. It
// prints as [redacted]; Reveal gives the number. It is comparable with ==, its
// zero value is no number.
type ANumber struct{ hiddenNumber }

type hiddenNumber = Personal[uint32]

// ParseANumber reads seven to nine digits with or without the letter A before
// them; blanks and hyphens, which notices print, are dropped. Shorter numbers are
// the same number with zeros before it. Its error is a *ParseError that does not
// repeat the input.
func ParseANumber(s string) (ANumber, error) {
	var value uint32
	digits, letter := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' || c == '-':
		case (c == 'A' || c == 'a') && digits == 0 && !letter:
			letter = true
		case c < '0' || c > '9':
			return ANumber{}, &ParseError{What: "A-Number", At: i, Problem: "want a digit"}
		case digits == 9:
			return ANumber{}, &ParseError{What: "A-Number", At: i, Problem: "more than nine digits"}
		default:
			digits++
			value = value*10 + uint32(c-'0')
		}
	}
	if digits < 7 {
		return ANumber{}, &ParseError{What: "A-Number", At: len(s), Problem: "fewer than seven digits"}
	}
	if value == 0 {
		return ANumber{}, &ParseError{What: "A-Number", At: -1, Problem: "all digits are zero"}
	}
	return ANumber{NewPersonal(value)}, nil
}

// MustParseANumber is ParseANumber for constants: it panics on an error.
func MustParseANumber(s string) ANumber { return must(ParseANumber(s)) }

// Reveal returns the letter A and nine digits, or "" for no number. See
// [Personal.Reveal] for what must not become of it.
func (n ANumber) Reveal() string {
	if n.IsZero() {
		return ""
	}
	return fmt.Sprintf("A%09d", n.hiddenNumber.Reveal())
}
