package selfcheck

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// SSN is a Social Security number. It prints as [redacted]; Reveal gives the
// number. It is comparable with ==, and its zero value is no number.
type SSN struct{ hiddenSSN }

type hiddenSSN = cris.Personal[uint32]

// ParseSSN reads nine digits, in one piece or in groups of three, two and four with separators of
// one kind between them: 123456789, 123-45-6789, 123 45 6789. Hyphens and dashes of all sorts are
// one kind, and spaces of all sorts the other. Separators around the number are dropped.
//
// It refuses numbers that were never issued (area 000, 666 or 900 to 999, group 00, serial 0000),
// nine equal digits, and numbers known from advertisements and sample forms. Its error is a
// *cris.ParseError that does not repeat the input.
func ParseSSN(s string) (SSN, error) {
	n, err := readIssuedSSN(s)
	if err != nil {
		return SSN{}, err
	}
	return SSN{cris.NewPersonal(n)}, nil
}

// ParseSandboxSSN is ParseSSN for test environments: it also reads the areas 666
// and 900 to 999, so that no test needs a number that may be somebody's.
// Its errors are those of ParseSSN.
func ParseSandboxSSN(s string) (SSN, error) {
	n, err := readSSN(s)
	if err != nil {
		return SSN{}, err
	}
	return SSN{cris.NewPersonal(n)}, nil
}

// MustParseSSN is ParseSSN for constants: it panics on an error.
func MustParseSSN(s string) SSN {
	n, err := ParseSSN(s)
	if err != nil {
		panic(err)
	}
	return n
}

// Reveal returns the form 123-45-6789, or "" for the zero SSN. See
// [cris.Personal.Reveal] for where it must not go.
func (n SSN) Reveal() string {
	if n.IsZero() {
		return ""
	}
	v := n.hiddenSSN.Reveal()
	return fmt.Sprintf("%03d-%02d-%04d", v/1_000_000, v/10_000%100, v%10_000)
}

// readIssuedSSN reads the number and checks everything.
func readIssuedSSN(s string) (uint32, error) {
	n, err := readSSN(s)
	if err != nil {
		return 0, err
	}
	if area := n / 1_000_000; area == 666 || area >= 900 {
		return 0, ssnError(-1, "the area is never issued")
	}
	return n, nil
}

// readSSN reads the number and checks what holds in test environments too.
func readSSN(s string) (uint32, error) {
	n, err := readSSNDigits(s)
	if err != nil {
		return 0, err
	}
	switch {
	case n/1_000_000 == 0:
		return 0, ssnError(-1, "the area is never 000")
	case n/10_000%100 == 0:
		return 0, ssnError(-1, "the group is never 00")
	case n%10_000 == 0:
		return 0, ssnError(-1, "the serial number is never 0000")
	case n%111_111_111 == 0:
		return 0, ssnError(-1, "nine equal digits")
	case isAdvertised(n):
		return 0, ssnError(-1, "a number from an advertisement or a sample form")
	}
	return n, nil
}

// gap is what stands between two digits.
type gap byte

const (
	noGap gap = iota
	spaceGap
	dashGap
)

// canonicalSSN reads the forms in which programs pass a number on, 123-45-6789 and
// 123456789, which have no error to place, and reports whether s is in one of them, perhaps
// with spaces around it.
func canonicalSSN(s string) (n uint32, ok bool) {
	s = strings.Trim(s, " ")
	switch {
	case len(s) == len("123456789"):
		return digitsOf(s, 0)
	case len(s) == len("123-45-6789") && s[3] == '-' && s[6] == '-':
		area, isArea := digitsOf(s[:3], 0)
		group, isGroup := digitsOf(s[4:6], area)
		serial, isSerial := digitsOf(s[7:], group)
		return serial, isArea && isGroup && isSerial
	}
	return 0, false
}

// digitsOf appends the digits of s to those of n, and reports whether s has nothing else.
func digitsOf(s string, n uint32) (uint32, bool) {
	ok := true
	for i := range len(s) {
		digit := s[i] - '0'
		ok = ok && digit <= 9
		n = n*10 + uint32(digit)
	}
	return n, ok
}

// readSSNDigits reads the nine digits and sees that separators stand where they may.
func readSSNDigits(s string) (n uint32, err error) {
	if n, ok := canonicalSSN(s); ok {
		return n, nil
	}
	var first, here gap // between area and group, and before the next digit
	digits := 0
	for i := 0; i < len(s); {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			here = max(here, gapOf(s[i:]))
			i += size
			continue
		}
		switch {
		case c < '0' || c > '9':
			return 0, ssnError(i, "want a digit")
		case digits == 9:
			return 0, ssnError(i, "more than nine digits")
		case digits == 3:
			first = here
		case digits == 5 && here != first:
			return 0, ssnError(i, "want the same separator before it as before the group")
		case digits > 0 && digits != 5 && here != noGap:
			return 0, ssnError(i, "want no separator before it")
		}
		n, digits, here = n*10+uint32(c-'0'), digits+1, noGap
		i++
	}
	if digits < 9 {
		return 0, ssnError(-1, "fewer than nine digits")
	}
	return n, nil
}

// gapOf returns which gap the separator makes with which s begins. Characters that nobody
// sees make none.
func gapOf(s string) gap {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case isDash(r):
		return dashGap
	case unicode.IsSpace(r):
		return spaceGap
	}
	return noGap
}

func ssnError(at int, problem string) error {
	return &cris.ParseError{What: "Social Security number", At: at, Problem: problem}
}

// isAdvertised reports whether the number was printed for the public to see and belongs to
// nobody, or to somebody whose number everyone has used since.
func isAdvertised(n uint32) bool {
	const setAside = 987_65_432 // and another digit: set aside for advertisements
	return n/10 == setAside || slices.Contains(advertisedSSNs[:], n)
}

var advertisedSSNs = [...]uint32{
	78_05_1120,  // a card shown in wallets on sale in 1938
	219_09_9999, // a pamphlet of the Social Security Administration
	457_55_5462, // an advertisement of 2006
	123_45_6789, // a filler, which E-Verify is reported to refuse
}
