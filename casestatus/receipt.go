package casestatus

import (
	"bytes"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// ReceiptNumber identifies one application or petition (CS-1): three letters,
// then ten digits, or an asterisk and nine digits. It is comparable with ==,
// cheap to copy, usable as a map key; its zero value is no number.
//
// No date may be derived from the digits, however they are read for display: see
// [Anatomy]. The date filed is a fact of the [Case].
type ReceiptNumber struct {
	text [receiptLen]byte
}

const receiptLen = len("ABC1234567890")

// ParseReceiptNumber reads a receipt number as people write and copy it: separators are
// dropped (spaces, tabs and line ends, hyphens and dashes of every kind), and so is a label
// before it, such as "Receipt #"; letters become capitals. The asterisk is significant, and
// leading zeros are. Any three letters are accepted as a prefix. Zeros alone after them are
// nobody's number. It allocates nothing unless there are separators other than spaces and
// hyphens, a label, or it fails, with a *cris.ParseError that says which character is wrong.
func ParseReceiptNumber(s string) (n ReceiptNumber, err error) {
	if isCanonical(s) {
		copy(n.text[:], s)
		return n, nil
	}
	n, err = parseReceiptNumber(s, 0)
	if err != nil {
		// No number that can be read begins as a label does.
		if end := text.Label(s, "USCIS", "RECEIPT"); end > 0 {
			return parseReceiptNumber(s, end)
		}
	}
	return n, err
}

// parseReceiptNumber reads what stands in s from there on.
func parseReceiptNumber(s string, from int) (n ReceiptNumber, err error) {
	length := 0
	for i := from; i < len(s); i++ {
		c := s[i]
		kind := kinds[c]
		if kind == dropped {
			continue
		}
		if kind == small {
			c, kind = c-'a'+'A', capital
		}
		if length == receiptLen || kind&wanted[length] == 0 {
			if kind == 0 { // one of the other separators, perhaps
				if plain, had := withPlainSeparators(s); had {
					return parseReceiptNumber(plain, from)
				}
			}
			return ReceiptNumber{}, misplaced(length, i)
		}
		n.text[length] = c
		length++
	}
	if length < receiptLen {
		return ReceiptNumber{}, receiptError(len(s), "too short: want three letters and ten digits, or an asterisk and nine")
	}
	if isZeros(&n.text) && (n.text[3] == '0' || n.text[3] == '*') {
		return ReceiptNumber{}, receiptError(-1, "all digits are zero")
	}
	return n, nil
}

// withPlainSeparators puts spaces in place of all other separators, as many bytes, so that
// what stands between them keeps its place, and reports whether there were any.
func withPlainSeparators(s string) (plain string, had bool) {
	spaced := []byte(s)
	for i := 0; i < len(s); i++ {
		size := text.Separator(s, i)
		if size == 0 || s[i] == '-' {
			continue
		}
		had = had || s[i] != ' '
		copy(spaced[i:], strings.Repeat(" ", size))
		i += size - 1
	}
	return string(spaced), had
}

// isZeros reports whether the last nine digits are zero.
func isZeros(text *[receiptLen]byte) bool {
	all := byte('0')
	for _, c := range text[4:] {
		all |= c
	}
	return all == '0'
}

// isCanonical reports whether s is a receipt number in the form of String, which is
// how programs pass it on: it needs no folding and has no error to place. One that ends with
// nine zeros is left to whoever looks more closely.
func isCanonical(s string) bool {
	return len(s) == receiptLen &&
		kinds[s[0]]&kinds[s[1]]&kinds[s[2]]&capital != 0 &&
		kinds[s[3]]&(digit|asterisk) != 0 &&
		kinds[s[4]]&kinds[s[5]]&kinds[s[6]]&kinds[s[7]]&kinds[s[8]]&
			kinds[s[9]]&kinds[s[10]]&kinds[s[11]]&kinds[s[12]]&digit != 0 &&
		s[4]|s[5]|s[6]|s[7]|s[8]|s[9]|s[10]|s[11]|s[12] != '0' // of digits that is '0' if all are
}

// kind is what a character is to a receipt number; zero for one that never occurs.
type kind uint8

const (
	capital kind = 1 << iota
	small
	digit
	asterisk
	dropped // the common separators
)

var kinds = func() (of [256]kind) {
	for c := range of {
		switch {
		case 'A' <= c && c <= 'Z':
			of[c] = capital
		case 'a' <= c && c <= 'z':
			of[c] = small
		case '0' <= c && c <= '9':
			of[c] = digit
		case c == '*':
			of[c] = asterisk
		case c == ' ' || c == '-':
			of[c] = dropped
		}
	}
	return of
}()

// wanted is what may stand at each place.
var wanted = [receiptLen]kind{
	capital, capital, capital, digit | asterisk,
	digit, digit, digit, digit, digit, digit, digit, digit, digit,
}

// misplaced is the error for a character that does not fit at its place, which was
// entered as character i.
func misplaced(place, i int) error {
	switch {
	case place == receiptLen:
		return receiptError(i, "more than 13 characters")
	case place < 3:
		return receiptError(i, "want a letter: the number begins with three")
	case place == 3:
		return receiptError(i, "want a digit or an asterisk")
	default:
		return receiptError(i, "want a digit")
	}
}

func receiptError(at int, problem string) error {
	return &cris.ParseError{What: "receipt number", At: at, Problem: problem}
}

// MustParseReceiptNumber is ParseReceiptNumber for constants: it panics on an error.
func MustParseReceiptNumber(s string) ReceiptNumber {
	n, err := ParseReceiptNumber(s)
	if err != nil {
		panic(err)
	}
	return n
}

// IsZero reports whether n is no number.
func (n ReceiptNumber) IsZero() bool { return n == ReceiptNumber{} }

// Prefix returns the three letters, "" for no number. They name the place that
// issued the number, which is not an office code and not where the case is now.
func (n ReceiptNumber) Prefix() string {
	if n.IsZero() {
		return ""
	}
	return string(n.text[:3])
}

// String returns the canonical form, 13 characters; "" for no number.
func (n ReceiptNumber) String() string {
	if n.IsZero() {
		return ""
	}
	return string(n.text[:])
}

// Masked returns the form for screens and logs that others may see: the prefix and
// the last four digits, IOE*****5678 (always twelve characters). "" for no number.
func (n ReceiptNumber) Masked() string {
	if n.IsZero() {
		return ""
	}
	return string(n.text[:3]) + "*****" + string(n.text[receiptLen-4:])
}

// Compare orders numbers as their text: -1, 0 or +1.
func (n ReceiptNumber) Compare(other ReceiptNumber) int {
	return bytes.Compare(n.text[:], other.text[:])
}

// AppendText implements encoding.TextAppender with the form of String. It never fails.
func (n ReceiptNumber) AppendText(b []byte) ([]byte, error) {
	if n.IsZero() {
		return b, nil
	}
	return append(b, n.text[:]...), nil
}

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
func (n ReceiptNumber) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseReceiptNumber does,
// with its errors; empty text is the zero ReceiptNumber.
func (n *ReceiptNumber) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = ReceiptNumber{}
		return nil
	}
	parsed, err := ParseReceiptNumber(string(text))
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}
