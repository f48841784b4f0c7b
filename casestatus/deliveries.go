package casestatus

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Mail is the port to the mail side: what the case side reads of a tracking.Store that
// tells what is new. There is nothing in it to write with (CS-4).
type Mail interface {
	Scans
	tracking.Updates
}

// Mailings is the port from a piece of mail to the cases it was mailed for: a part of [Cases].
type Mailings interface {
	// Mailed returns the mailings of pieces with these numbers, of withheld cases too, in
	// order of receipt number and of mailing. A number without a mailing has none in it; one
	// that was used again has several. It is for staff, and for rules that tell nobody what
	// they found. The caller may keep and change what it gets.
	Mailed(ctx context.Context, numbers ...tracking.Number) ([]CaseMailing, error)
}

// CaseMailing is a mailing with the case that it was made for.
type CaseMailing struct {
	Mailing
	Receipt   ReceiptNumber
	Address   cris.Address   // where the agency mails to at present; zero if it is not known
	Addresses []AddressEntry // those of the case, as in Case
}

// Equal reports whether both are the same mailing of the same case, with the same addresses.
func (m CaseMailing) Equal(other CaseMailing) bool {
	return m.Mailing == other.Mailing && m.Receipt == other.Receipt && m.Address == other.Address &&
		slices.Equal(m.Addresses, other.Addresses)
}

// Deliveries is the port to what the case side has received of the mail side, how far, and
// what was raised about it. It is a Scans: the status page reads what was received, whether
// or not the mail side can be reached.
type Deliveries interface {
	Scans
	// Cursor returns the cursor saved last, "" before the first.
	Cursor(ctx context.Context) (tracking.Cursor, error)
	// Update gives decide the cursor saved last and the pieces with these numbers, in their
	// order, as they are filed, and saves the change it returns, whole or not at all. Updates
	// behave as if run one after another. If decide fails its error comes back and nothing is
	// saved. decide may be called more than once, may keep and change what it gets, and does
	// no I/O. A store that gives up, and an event or an alert whose ID is taken, give an error
	// that matches ErrConflict.
	Update(ctx context.Context, numbers []tracking.Number, decide func(prior Filed) (DeliveryChange, error)) error
	// Due yields the pieces that are to be looked at again on the given day or were to be on an
	// earlier one, in order of the day and the number. It holds nothing while it yields, begins
	// anew with every range, and ends with the first error.
	Due(ctx context.Context, by cris.Date, page cris.Page[DuePiece]) iter.Seq2[DuePiece, error]
	// Alerts yields alerts in the order of the bytes of their IDs. It holds nothing while it
	// yields, begins anew with every range, and ends with the first error.
	Alerts(ctx context.Context, query AlertQuery) iter.Seq2[MailAlert, error]
}

// Filed is what is filed of pieces of mail.
type Filed struct {
	Cursor tracking.Cursor
	Pieces []Piece // with nothing but its number where nothing is filed
}

// DeliveryChange is what one Update of Deliveries saves.
type DeliveryChange struct {
	Cursor tracking.Cursor // how far the mail side was read; opaque, and saved as it is
	Pieces []Piece         // take the place of what is filed of them; each piece once
	Events []cris.Event    // saved with it
}

// Piece is a piece of mail with all that is filed of it.
type Piece struct {
	Number    tracking.Number
	Scans     []tracking.Scan // in any order
	LookAgain cris.Date       // the day on which its silence is raised if no scan comes (TR-7); zero if on no day
	Alerts    []MailAlert     // raised so far, in any order
}

// DuePiece is a piece that is to be looked at on a day.
type DuePiece struct {
	On     cris.Date
	Number tracking.Number
}

// Compare orders pieces by the day and then by the number: -1, 0 or +1.
func (p DuePiece) Compare(other DuePiece) int {
	return cmp.Or(p.On.Compare(other.On), p.Number.Compare(other.Number))
}

// MailAlert is something about a piece of mail that a person should look at (TR-7), with
// the mailing it is about.
type MailAlert struct {
	ID      string
	Raised  time.Time // UTC
	Receipt ReceiptNumber
	Mailing Mailing
	tracking.Alert
}

// AlertQuery says which alerts are asked for.
type AlertQuery struct {
	Receipt           ReceiptNumber // of this case; zero for all
	cris.Page[string]               // by ID
}
