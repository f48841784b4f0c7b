package srmt

import (
	"strings"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
)

// Means is how a message travelled (SR-7).
type Means string

// The means.
const (
	ByLetter    Means = "letter"
	ByEmail     Means = "e-mail"
	ByTelephone Means = "telephone" // the text is a note of the call
)

// Direction says who spoke to whom.
type Direction string

// The directions. The customer is whoever reported the issue, or a representative.
const (
	ToCustomer   Direction = "to customer"
	FromCustomer Direction = "from customer"
)

// Message is one thing that the agency and the customer wrote or said to each other
// (SR-8). It is comparable with ==; the zero Message is none.
type Message struct {
	Direction Direction
	Means     Means
	Text      cris.Personal[string]
}

func (m Means) known() bool { return m == ByLetter || m == ByEmail || m == ByTelephone }

func (d Direction) known() bool { return d == ToCustomer || d == FromCustomer }

// isReadable reports whether there is text to keep: not blank, and such that every
// store can hold it.
func isReadable(text cris.Personal[string]) bool {
	s := text.Reveal()
	return strings.TrimSpace(s) != "" && isStorable(s)
}

// isStorable reports whether every store can hold the text: some take no NUL and
// nothing that is not UTF-8, and say so in errors that repeat it.
func isStorable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
