package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Direction says who speaks to whom in a message.
type Direction string

// The directions. The customer is whoever reported the issue, or a representative.
const (
	ToCustomer   Direction = "to_customer"
	FromCustomer Direction = "from_customer"
)

// Directions lists the directions. The caller may keep and change the slice.
func Directions() []Direction { return []Direction{ToCustomer, FromCustomer} }

// Message returns what the direction is called.
func (d Direction) Message() cris.Message {
	return cris.Message{Code: "srmt.direction." + cris.Code(d)}
}

func (d Direction) known() bool { return slices.Contains(Directions(), d) }
