package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Means is how a message travelled (SR-7).
type Means string

// The means.
const (
	ByLetter    Means = "letter"
	ByEmail     Means = "email"
	ByTelephone Means = "telephone" // the text is a note of the call
)

// AllMeans lists the means.
func AllMeans() []Means { return []Means{ByLetter, ByEmail, ByTelephone} }

// Message returns what the means is called.
func (m Means) Message() cris.Message { return cris.Message{Code: "srmt.means." + cris.Code(m)} }

// Direction says who spoke to whom.
type Direction string

// The directions. The customer is whoever reported the issue, or a representative.
const (
	ToCustomer   Direction = "to_customer"
	FromCustomer Direction = "from_customer"
)

// Directions lists the directions.
func Directions() []Direction { return []Direction{ToCustomer, FromCustomer} }

// Message returns what the direction is called.
func (d Direction) Message() cris.Message {
	return cris.Message{Code: "srmt.direction." + cris.Code(d)}
}

// Message is one thing that the agency and the customer wrote or said to each other
// (SR-8). It is comparable with ==; the zero Message says nothing.
type Message struct {
	Direction Direction
	Means     Means
	Text      cris.Personal[string]
}

func (m Means) known() bool { return slices.Contains(AllMeans(), m) }

func (d Direction) known() bool { return slices.Contains(Directions(), d) }

// isReadable reports whether there is text to keep: something to see, and such that every
// store can hold it.
func isReadable(message cris.Personal[string]) bool {
	s := message.Reveal()
	return text.IsVisible(s) && text.IsStorable(s)
}
