package cris

import (
	"cmp"

	"github.com/seed28e20331/cris/internal/text"
)

// ZIP is a ZIP code of five digits or of nine (ZIP+4). It is comparable with ==, and the zero
// ZIP is not a code. It prints, since the place of a scan is not personal. The mailing ZIP
// code of a person is personal, and is held as Personal[ZIP].
type ZIP struct {
	five     uint32 // the five digits plus one, so that the zero ZIP is not a code
	plusFour uint16 // the four digits plus one; 0 where there are none
}

// ParseZIP reads five digits or nine. It drops separators around and between them: spaces,
// tabs, line ends, hyphens and dashes of every kind. It refuses codes below 00501 and above
// 99950, which the USPS gives to nobody. Its error is a *ParseError, which does not repeat
// the input.
func ParseZIP(s string) (ZIP, error) { return parseZIP(s) }

// parseZIP takes text of both kinds, so that bytes are read without a copy.
func parseZIP[T string | []byte](s T) (ZIP, error) {
	if len(s) == 5 { // as most are
		five, digits := uint32(0), true
		for i := range 5 {
			digit := uint32(s[i]) - '0'
			five, digits = five*10+digit, digits && digit <= 9
		}
		if digits && isAssigned(five) {
			return ZIP{five: five + 1}, nil
		}
	}
	var five, four uint32
	digits := 0
	for i := 0; i < len(s); {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			i += size
			continue
		}
		switch {
		case c < '0' || c > '9':
			return ZIP{}, &ParseError{What: "ZIP code", At: i, Problem: "want a digit"}
		case digits < 5:
			five = five*10 + uint32(c-'0')
		case digits < 9:
			four = four*10 + uint32(c-'0')
		default:
			return ZIP{}, &ParseError{What: "ZIP code", At: i, Problem: "more than nine digits"}
		}
		digits++
		i++
	}
	switch {
	case digits != 5 && digits != 9:
		return ZIP{}, &ParseError{What: "ZIP code", At: len(s), Problem: "want five or nine digits"}
	case !isAssigned(five):
		return ZIP{}, &ParseError{What: "ZIP code", At: -1, Problem: "no such ZIP code"}
	case digits == 5:
		return ZIP{five: five + 1}, nil
	}
	return ZIP{five: five + 1, plusFour: uint16(four) + 1}, nil
}

// isAssigned reports whether the code lies between the first one in use, that of Holtsville,
// New York, and the last, that of Ketchikan, Alaska.
func isAssigned(five uint32) bool { return 501 <= five && five <= 99950 }

// MustParseZIP is ParseZIP for constants: it panics if ParseZIP returns an error.
func MustParseZIP(s string) ZIP { return must(ParseZIP(s)) }

// IsZero reports whether z is the zero ZIP.
func (z ZIP) IsZero() bool { return z.five == 0 }

// Five returns the code of the first five digits.
func (z ZIP) Five() ZIP { return ZIP{five: z.five} }

// Compare compares codes as their texts compare: it returns -1, 0 or +1. The zero ZIP comes
// before every code.
func (z ZIP) Compare(other ZIP) int {
	if c := cmp.Compare(z.five, other.five); c != 0 {
		return c
	}
	return cmp.Compare(z.plusFour, other.plusFour)
}

// String returns 12345 or 12345-6789, or "" for the zero ZIP.
func (z ZIP) String() string {
	text, _ := z.AppendText(nil)
	return string(text)
}

// AppendText implements encoding.TextAppender. It appends the form of String, and never
// fails.
func (z ZIP) AppendText(b []byte) ([]byte, error) {
	if z.IsZero() {
		return b, nil
	}
	b = appendDigits(b, z.five-1, 5)
	if z.plusFour != 0 {
		b = appendDigits(append(b, '-'), uint32(z.plusFour-1), 4)
	}
	return b, nil
}

func appendDigits(b []byte, value uint32, width int) []byte {
	end := len(b) + width
	for range width {
		b = append(b, '0')
	}
	for i := end - 1; value > 0; i-- {
		b[i] += byte(value % 10)
		value /= 10
	}
	return b
}

// MarshalText implements encoding.TextMarshaler. It returns the form of String, and never
// fails.
func (z ZIP) MarshalText() ([]byte, error) { return z.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler. It reads what ParseZIP reads, with its
// errors, and empty text as the zero ZIP. After an error, z is as it was.
func (z *ZIP) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*z = ZIP{}
		return nil
	}
	parsed, err := parseZIP(text)
	if err != nil {
		return err
	}
	*z = parsed
	return nil
}
