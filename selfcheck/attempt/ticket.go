package attempt

import (
	"encoding/binary"
	"fmt"

	"github.com/seed28e20331/cris"
)

// Ticket stands for an attempt that was counted. Its holder may give it back, once. It prints as
// [redacted]. It is comparable with ==. The zero Ticket is that of a quiz that was not counted:
// there is nothing to give back.
//
// A ticket leads to the individual for as long as the key of its day lives. It is held by the
// individual's session, sealed, and never stands in clear beside a transaction.
type Ticket struct{ hiddenTicket }

type hiddenTicket = cris.Personal[TicketParts]

// TicketParts are what a ticket says.
type TicketParts struct {
	At     Position // where it was counted
	Number [16]byte // random, by which the store knows that it was given back
}

// NewTicket returns the ticket of the parts.
func NewTicket(parts TicketParts) Ticket { return Ticket{cris.NewPersonal(parts)} }

const (
	ticketForm = 1                    // the first byte of its encoding
	ticketSize = 1 + 10 + 4*Rows + 16 // form, day, cells, number
)

// Encode returns the ticket as bytes that are to be sealed. There are always equally many, for
// the zero Ticket too, so that the length says nothing.
func (t Ticket) Encode() []byte {
	encoded := make([]byte, ticketSize)
	encoded[0] = ticketForm
	if t.IsZero() {
		return encoded
	}
	parts := t.Reveal()
	copy(encoded[1:11], parts.At.Day.String())
	for row, cell := range parts.At.Cells {
		binary.BigEndian.PutUint32(encoded[11+4*row:], uint32(cell)) //nolint:gosec // less than four times 2^24
	}
	copy(encoded[11+4*Rows:], parts.Number[:])
	return encoded
}

// ParseTicket reads what Encode wrote. Its error is a *cris.ParseError, which does not repeat it.
func ParseTicket(encoded []byte) (Ticket, error) {
	if len(encoded) != ticketSize || encoded[0] != ticketForm {
		return Ticket{}, &cris.ParseError{What: "ticket of an attempt", At: -1, Problem: fmt.Sprintf("want %d bytes of form %d", ticketSize, ticketForm)}
	}
	if [ticketSize - 1]byte(encoded[1:]) == [ticketSize - 1]byte{} {
		return Ticket{}, nil
	}
	day, err := cris.ParseDate(string(encoded[1:11]))
	if err != nil {
		return Ticket{}, &cris.ParseError{What: "ticket of an attempt", At: 1, Problem: "want a day"}
	}
	parts := TicketParts{At: Position{Day: day}, Number: [16]byte(encoded[11+4*Rows:])}
	for row := range parts.At.Cells {
		parts.At.Cells[row] = int(binary.BigEndian.Uint32(encoded[11+4*row:]))
	}
	return NewTicket(parts), nil
}
