package casestatus

import (
	"bytes"

	"github.com/seed28e20331/cris"
)

// ReceiptNumber identifies one application or petition (CS-1): three letters,
// then ten digits, or an asterisk and nine digits. It is comparable with ==,
// cheap to copy, usable as a map key; its zero value is no number.
//
// No date may be derived from the digits. They count workdays of receipting, not
// of filing, and many numbers (those that begin with IOE) hold no date at all:
// the date filed is a fact of the [Case].
type ReceiptNumber struct {
	text [receiptLen]byte
}

const receiptLen = len("ABC1234567890")

// ParseReceiptNumber reads a receipt number as people write it: blanks and hyphens
// are dropped and letters folded to capitals. The asterisk is significant, and
// leading zeros are. Any three letters are accepted as prefix. It allocates nothing
// unless it fails, with a *cris.ParseError that says which character is wrong.
func ParseReceiptNumber(s string) (n ReceiptNumber, err error) {
	if isCanonical(s) {
		return ReceiptNumber{[receiptLen]byte([]byte(s))}, nil
	}
	length := 0
	for i := range len(s) {
		c := s[i]
		if c == ' ' || c == '-' {
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch {
		case length == receiptLen:
			return ReceiptNumber{}, receiptError(i, "more than 13 characters")
		case length < 3 && !isLetter(c):
			return ReceiptNumber{}, receiptError(i, "want a letter: the number begins with three")
		case length == 3 && !isDigit(c) && c != '*':
			return ReceiptNumber{}, receiptError(i, "want a digit or an asterisk")
		case length > 3 && !isDigit(c):
			return ReceiptNumber{}, receiptError(i, "want a digit")
		}
		n.text[length] = c
		length++
	}
	if length < receiptLen {
		return ReceiptNumber{}, receiptError(len(s), "too short: want three letters and ten digits, or an asterisk and nine")
	}
	return n, nil
}

// isCanonical reports whether s is a receipt number in the form of String, which is
// how programs pass it on: it needs no folding and has no error to place.
func isCanonical(s string) bool {
	return len(s) == receiptLen &&
		isLetter(s[0]) && isLetter(s[1]) && isLetter(s[2]) &&
		(isDigit(s[3]) || s[3] == '*') &&
		isDigit(s[4]) && isDigit(s[5]) && isDigit(s[6]) && isDigit(s[7]) && isDigit(s[8]) &&
		isDigit(s[9]) && isDigit(s[10]) && isDigit(s[11]) && isDigit(s[12])
}

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

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

// AppendText implements encoding.TextAppender with the form of String.
func (n ReceiptNumber) AppendText(b []byte) ([]byte, error) {
	if n.IsZero() {
		return b, nil
	}
	return append(b, n.text[:]...), nil
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (n ReceiptNumber) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseReceiptNumber does;
// nothing is no number.
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
