package selfcheck

import (
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
)

// SSN is a Social Security number. It prints as [redacted]; Reveal gives the
// number. It is comparable with ==, its zero value is no number.
type SSN struct{ hiddenSSN }

type hiddenSSN = cris.Personal[uint32]

// ParseSSN reads nine digits as 123456789, 123-45-6789 or 123 45 6789. It refuses
// what was never issued (area 000, 666 or 900 to 999, group 00, serial 0000) and
// numbers known from advertisements and sample forms. Its error is a
// *cris.ParseError that does not repeat the input.
func ParseSSN(s string) (SSN, error) {
	n, err := readSSN(s)
	if err != nil {
		return SSN{}, err
	}
	if area := n / 1_000_000; area == 666 || area >= 900 {
		return SSN{}, ssnError(-1, "the area is never issued")
	}
	return SSN{cris.NewPersonal(n)}, nil
}

// ParseSandboxSSN is ParseSSN for test environments: it also reads the areas 666
// and 900 to 999, so that no test needs a number that may be somebody's.
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

// Reveal returns the form 123-45-6789, or "" for no number. See
// [cris.Personal.Reveal] for what must not become of it.
func (n SSN) Reveal() string {
	if n.IsZero() {
		return ""
	}
	v := n.hiddenSSN.Reveal()
	return fmt.Sprintf("%03d-%02d-%04d", v/1_000_000, v/10_000%100, v%10_000)
}

// readSSN reads the number and checks what holds in test environments too.
func readSSN(s string) (uint32, error) {
	separator := byte(0)
	switch len(s) {
	case len("123456789"):
	case len("123-45-6789"):
		if separator = s[3]; separator != '-' && separator != ' ' {
			return 0, ssnError(3, "want a hyphen or a blank")
		}
	default:
		return 0, ssnError(-1, "want nine digits")
	}
	var n uint32
	for i := range len(s) {
		if separator != 0 && (i == 3 || i == 6) {
			if s[i] != separator {
				return 0, ssnError(i, "want the same separator as before")
			}
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return 0, ssnError(i, "want a digit")
		}
		n = n*10 + uint32(s[i]-'0')
	}
	switch {
	case n/1_000_000 == 0:
		return 0, ssnError(-1, "the area is never 000")
	case n/10_000%100 == 0:
		return 0, ssnError(-1, "the group is never 00")
	case n%10_000 == 0:
		return 0, ssnError(-1, "the serial number is never 0000")
	case slices.Contains(advertisedSSNs[:], n):
		return 0, ssnError(-1, "a number from an advertisement or a sample form")
	}
	return n, nil
}

func ssnError(at int, problem string) error {
	return &cris.ParseError{What: "Social Security number", At: at, Problem: problem}
}

// advertisedSSNs were printed for the public to see and belong to nobody, or to
// somebody whose number everyone has used since.
var advertisedSSNs = [...]uint32{
	78_05_1120,  // a card shown in wallets on sale in 1938
	219_09_9999, // a pamphlet of the Social Security Administration
	457_55_5462, // an advertisement of 2006
	111_11_1111, // fillers, which E-Verify is reported to refuse
	123_45_6789,
	987_65_4320, 987_65_4321, 987_65_4322, 987_65_4323, 987_65_4324, // set aside for advertisements
	987_65_4325, 987_65_4326, 987_65_4327, 987_65_4328, 987_65_4329,
}
