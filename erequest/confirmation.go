package erequest

import (
	"fmt"
	"io"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// ConfirmationNumber identifies an accepted request to the customer (ER-8): twelve
// random characters and a check character, printed as 7K3M-9QTR-2XHD-5. The
// alphabet has 31 characters, without those that are mistaken for others when read
// aloud or copied (I, L, O, U, V), so a number cannot be guessed (59 bits). It is
// comparable with ==; its zero value is no number.
type ConfirmationNumber struct {
	text [confirmationLen]byte
}

const (
	confirmationLen      = 13
	confirmationAlphabet = "0123456789ABCDEFGHJKMNPQRSTWXYZ"
)

// NewConfirmationNumber draws a number from random, which must be fit for secrets
// (crypto/rand.Reader). It fails only if random does.
func NewConfirmationNumber(random io.Reader) (ConfirmationNumber, error) {
	var n ConfirmationNumber
	var err error
	for i := range confirmationLen - 1 {
		if n.text[i], err = drawCharacter(random); err != nil {
			return ConfirmationNumber{}, fmt.Errorf("erequest: draw confirmation number: %w", err)
		}
	}
	n.text[confirmationLen-1] = '0'
	check := -n.weightedSum()
	n.text[confirmationLen-1] = confirmationAlphabet[(check%31+31)%31]
	return n, nil
}

// drawCharacter draws five random bits. It draws the one value beyond the alphabet again, so
// that all characters are equally likely.
func drawCharacter(random io.Reader) (byte, error) {
	var draw [1]byte
	for {
		if _, err := io.ReadFull(random, draw[:]); err != nil {
			return 0, err
		}
		if value := int(draw[0] & 31); value < len(confirmationAlphabet) {
			return confirmationAlphabet[value], nil
		}
	}
}

// weightedSum is 0 modulo 31 for a valid number. The weights differ modulo the
// prime 31, so it finds every single wrong character and every two exchanged ones.
func (n ConfirmationNumber) weightedSum() int {
	sum := 0
	for i, c := range n.text {
		sum += (confirmationLen - i) * strings.IndexByte(confirmationAlphabet, c)
	}
	return sum
}

// ParseConfirmationNumber reads a number as people write it: separators are dropped, small
// letters count as capitals, O as 0, and I and L as 1. A number whose check character disagrees
// is refused. Its error is a *cris.ParseError.
func ParseConfirmationNumber(s string) (ConfirmationNumber, error) {
	malformed := func(at int, problem string) (ConfirmationNumber, error) {
		return ConfirmationNumber{}, &cris.ParseError{What: "confirmation number", At: at, Problem: problem}
	}
	var n ConfirmationNumber
	length := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			i += size - 1
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch c {
		case 'O':
			c = '0'
		case 'I', 'L':
			c = '1'
		}
		if strings.IndexByte(confirmationAlphabet, c) < 0 {
			return malformed(i, "not a character of such numbers")
		}
		if length == confirmationLen {
			return malformed(i, "more than 13 characters")
		}
		n.text[length] = c
		length++
	}
	if length < confirmationLen {
		return malformed(len(s), "fewer than 13 characters")
	}
	if n.weightedSum()%31 != 0 {
		return malformed(-1, "mistyped: the check character disagrees")
	}
	return n, nil
}

// IsZero reports whether n is no number.
func (n ConfirmationNumber) IsZero() bool { return n == ConfirmationNumber{} }

// String returns the form 7K3M-9QTR-2XHD-5, or "" for no number.
func (n ConfirmationNumber) String() string {
	text, _ := n.AppendText(nil)
	return string(text)
}

// AppendText implements encoding.TextAppender with the form of String. It never fails.
func (n ConfirmationNumber) AppendText(b []byte) ([]byte, error) {
	if n.IsZero() {
		return b, nil
	}
	for i, c := range n.text {
		if i > 0 && i%4 == 0 {
			b = append(b, '-')
		}
		b = append(b, c)
	}
	return b, nil
}

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
func (n ConfirmationNumber) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseConfirmationNumber
// does, with its errors; empty text is the zero ConfirmationNumber.
func (n *ConfirmationNumber) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = ConfirmationNumber{}
		return nil
	}
	parsed, err := ParseConfirmationNumber(string(text))
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}
