package tracking

import (
	"bytes"

	"github.com/seed28e20331/cris"
)

// Number is the tracking number of a mail piece, the package identification code
// of its label: 20, 22, 26 or 30 digits of the USPS, or the 13 characters of an
// international S10 number. It is comparable with ==, cheap to copy, usable as a
// map key; its zero value is no number.
//
// A ZIP code that a barcode carries before the number (420 and five or nine
// digits) is not part of it: the same piece is scanned with and without.
//
// A number belongs to one piece for six months only; then it may be used again.
type Number struct {
	text   [maxNumberLen]byte
	length uint8
}

const (
	maxNumberLen = 30
	maxRoutedLen = 3 + 9 + maxNumberLen // with 420 and a ZIP code
)

// Format is the construction of a tracking number.
type Format string

// The formats.
const (
	IMpb   Format = "impb"   // Intelligent Mail package barcode: 22, 26 or 30 digits, of which the first two are 92 to 95, or 91 where it is longer than 22
	Legacy Format = "legacy" // the older numbers: 20 digits, or 22 that begin with 91
	S10    Format = "s10"    // international: two letters, nine digits, country
)

// Formats lists the formats.
func Formats() []Format { return []Format{IMpb, Legacy, S10} }

// ParseNumber reads a tracking number as people, labels and scanners write it: spaces,
// hyphens and what else stands between the characters of a number that was printed or copied
// are dropped, letters folded to capitals, and a label before it ("USPS TRACKING #") and a
// routing prefix (420 and a ZIP code) are left out. What bar codes have beside it is dropped
// too: the identifier of the symbology that a scanner puts before it (]C1, ]C0, ]d2 or any
// other), the separator GS (0x1D), and the parentheses that are printed around application
// identifiers. The check digit must be right and the digits not all zero. It allocates
// nothing unless it fails, with a *cris.ParseError that does not repeat the input.
func ParseNumber(s string) (Number, error) {
	reading, err := readNumber(s, checkDigitMustHold)
	return reading.Number, err
}

// MustParseNumber is ParseNumber for constants: it panics on an error.
func MustParseNumber(s string) Number {
	n, err := ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return n
}

// ParseRoutedNumber is ParseNumber, with its errors, and also returns the destination ZIP
// code of the routing prefix, the zero ZIP if there is none. See ReadNumber for prefixes that can be
// read in two ways.
func ParseRoutedNumber(s string) (Number, cris.ZIP, error) {
	reading, err := readNumber(s, checkDigitMustHold)
	return reading.Number, reading.Destination, err
}

// ParseNumberLenient is ParseNumber but takes a wrong check digit, which some
// published examples have: ask CheckDigitOK. For numbers that people read aloud or
// copy, ParseNumber is the right one. Its other errors are those of ParseNumber.
func ParseNumberLenient(s string) (Number, error) {
	reading, err := readNumber(s, checkDigitMayFail)
	return reading.Number, err
}

// IsZero reports whether n is no number.
func (n Number) IsZero() bool { return n.length == 0 }

// Format returns how the number is constructed; the zero Format for no number.
func (n Number) Format() Format {
	switch {
	case n.IsZero():
		return ""
	case n.length == s10Len:
		return S10
	case n.length == legacyLen, n.length == legacyLen+2 && n.text[1] == '1':
		return Legacy
	default:
		return IMpb
	}
}

// CheckDigitOK reports whether the check digit is right. It always is unless the number
// came from ParseNumberLenient or ReadNumber; no number has none.
func (n Number) CheckDigitOK() bool {
	return !n.IsZero() && checkDigitHolds(n.text[:n.length])
}

// String returns the number without blanks and without a routing prefix; "" for no
// number.
func (n Number) String() string { return string(n.text[:n.length]) }

// Compare orders numbers as their text, no number first: -1, 0 or +1.
func (n Number) Compare(other Number) int {
	return bytes.Compare(n.text[:n.length], other.text[:other.length])
}

// AppendText implements encoding.TextAppender with the form of String. It never fails.
func (n Number) AppendText(b []byte) ([]byte, error) { return append(b, n.text[:n.length]...), nil }

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
// UnmarshalText does not read a number back whose check digit is wrong: whoever keeps such numbers keeps them
// as text and reads them with ParseNumberLenient.
func (n Number) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseNumber does, with its
// errors; empty text is the zero Number.
func (n *Number) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Number{}
		return nil
	}
	if len(text) == packageLen && setPackageCode(n, text) {
		return nil
	}
	reading, err := readNumber(text, checkDigitMustHold)
	if err != nil {
		return err
	}
	*n = reading.Number
	return nil
}

// strictness says what parseNumber makes of a wrong check digit.
type strictness uint8

const (
	checkDigitMustHold strictness = iota
	checkDigitMayFail
)

const (
	s10Len        = 13 // RB123456785GB
	legacyLen     = 20
	packageLen    = 22 // of most numbers
	routingPrefix = "420"
)

func numberError(at int, problem string) error {
	return &cris.ParseError{What: "tracking number", At: at, Problem: problem}
}

// readNumber is one function for text of both kinds, so that a record's bytes are
// read without a copy.
func readNumber[T string | []byte](s T, strict strictness) (Reading, error) {
	w, err := readWriting(s)
	if err != nil {
		return Reading{}, err
	}
	length := w.length
	code, reading := w.text[:length], Reading{}
	switch {
	case w.letters:
		err = wantS10(code)
	case length > legacyLen && string(code[:len(routingPrefix)]) == routingPrefix:
		code, err = unroute(code, w.elements, &reading)
	case length == legacyLen:
		code = withIdentifier(&w.text)
		reading.IdentifierAdded = len(code) > legacyLen
	case !isPackageCode(code):
		err = numberError(-1, "want 20 digits, or 22, 26 or 30 that begin with 91 to 95, or an S10 number")
	}
	if err == nil {
		err = w.wantElements(max(0, length-len(code)), length)
	}
	if err == nil {
		err = wantIssued(code, strict)
	}
	if err != nil {
		return Reading{}, err
	}
	reading.Number.length = uint8(len(code)) //nolint:gosec // at most maxNumberLen
	copy(reading.Number.text[:], code)
	return reading, nil
}

// wantS10 checks everything but the check digit of an S10 number.
func wantS10(text []byte) error {
	if len(text) != s10Len {
		return numberError(-1, "want 13 characters where letters are, as in RB123456785GB")
	}
	for i, c := range text {
		isLetter := c >= 'A'
		if wantLetter := i < 2 || i >= s10Len-2; isLetter != wantLetter {
			return numberError(-1, "want two letters, nine digits and two letters, as in RB123456785GB")
		}
	}
	if !isCountry(text[s10Len-2], text[s10Len-1]) {
		return numberError(-1, "the last two letters are no country")
	}
	return nil
}

// unroute takes off 420 and a ZIP code of five or nine digits, and notes it in r. Where an
// element is known to begin behind the ZIP code, that settles how long it is.
func unroute(digits []byte, elements positions, r *Reading) ([]byte, error) {
	const short, long = len(routingPrefix) + 5, len(routingPrefix) + 9
	five, nine := digits[short:], digits[min(long, len(digits)):]
	fits5 := isPackageCode(five) && !elements.has(long)
	fits9 := isPackageCode(nine) && !elements.has(short)
	r.Ambiguous = fits5 && fits9
	code := five
	switch {
	case r.Ambiguous && nineIsBetter(five, nine), fits9 && !fits5:
		code = nine
	case !fits5:
		return nil, numberError(-1, "want 22, 26 or 30 digits that begin with 91 to 95 after 420 and a ZIP code")
	}
	if r.Destination.UnmarshalText(digits[len(routingPrefix):len(digits)-len(code)]) != nil {
		r.Destination = cris.ZIP{} // no place has it, and the number is the piece's all the same
	}
	return code, nil
}

// nineIsBetter decides between the readings of an ambiguous number with a ZIP code of five
// and of nine digits. That with five never has a mailer identifier that begins with 9: in
// its place stands the second digit of the other's application identifier.
func nineIsBetter(five, nine []byte) bool {
	if holds := mod10Holds(nine); holds != mod10Holds(five) {
		return holds
	}
	const mailerID = len("92") + len("055") // after application identifier and service type code
	return nine[mailerID] == '9'
}

// withIdentifier returns the 20 digits in text, or 22: some labels leave out the
// application identifier 91 that their check digit counts.
func withIdentifier(text *[maxRoutedLen]byte) []byte {
	if mod10Holds(text[:legacyLen]) {
		return text[:legacyLen]
	}
	full := [legacyLen + 2]byte{'9', '1'}
	copy(full[2:], text[:legacyLen])
	if !mod10Holds(full[:]) {
		return text[:legacyLen]
	}
	return text[:copy(text[:], full[:])]
}

// isPackageCode reports whether digits have the length and the application
// identifier of a package identification code.
func isPackageCode(digits []byte) bool {
	switch len(digits) {
	case 22, 26, 30:
		return digits[0] == '9' && '1' <= digits[1] && digits[1] <= '5'
	default:
		return false
	}
}

// wantIssued refuses what cannot have been issued: zeros only, and unless lenient, a
// wrong check digit.
func wantIssued(code []byte, strict strictness) error {
	serial := code[:len(code)-1] // without the check digit
	switch {
	case len(code) == s10Len:
		serial = code[len("RB") : len(code)-len("5GB")]
	case len(code) > legacyLen:
		serial = serial[len("92"):]
	}
	if isZeros(serial) {
		return numberError(-1, "all digits are zero")
	}
	if strict == checkDigitMustHold && !checkDigitHolds(code) {
		return numberError(-1, "the check digit is wrong")
	}
	return nil
}

func isZeros(digits []byte) bool {
	for _, c := range digits {
		if c != '0' {
			return false
		}
	}
	return true
}

func checkDigitHolds(code []byte) bool {
	if len(code) == s10Len {
		return s10CheckDigitHolds(code)
	}
	return mod10Holds(code)
}

// mod10Holds checks the last digit against the ones before it, weighted 3, 1, 3, ...
// from the right. All lengths are even, so the same weights run from the left.
func mod10Holds(digits []byte) bool {
	sum := 0
	for ; len(digits) >= 2; digits = digits[2:] {
		sum += 3*int(digits[0]-'0') + int(digits[1]-'0')
	}
	return sum%10 == 0
}

// s10CheckDigitHolds checks the ninth digit against the eight before it, by the rule
// of the Universal Postal Union's standard S10.
func s10CheckDigitHolds(text []byte) bool {
	sum := 0
	for i, weight := range [...]int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += weight * int(text[2+i]-'0')
	}
	want := 11 - sum%11
	switch want {
	case 10:
		want = 0
	case 11:
		want = 5
	}
	return int(text[10]-'0') == want
}
