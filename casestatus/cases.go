package casestatus

import (
	"context"

	"github.com/seed28e20331/cris"
)

var (
	// ErrNotFound means that no such case is on file.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others changed the same case, or that
	// the ID of an event or an alert is taken.
	ErrConflict = cris.ErrConflict
)

// Cases is the port to the cases on file.
type Cases interface {
	// Case returns the case on file, for whoever knows no more than the number, or an error
	// that matches ErrNotFound. A case that is withheld is such an error, like a number that
	// is unknown, and takes no more work than that (CS-9): a store leaves it out where it
	// looks the case up, before it reads history and mailings. The caller may keep and
	// change what it gets.
	Case(ctx context.Context, receipt ReceiptNumber) (Case, error)
	// StaffCase is Case for those who may see cases that are withheld: staff, and rules that
	// tell nobody what they found.
	StaffCase(ctx context.Context, receipt ReceiptNumber) (Case, error)
	// StaffHeader is StaffCase without the history and the mailings, which it does not read. It
	// is for rules that ask who somebody is, such as a screening (ER-3).
	StaffHeader(ctx context.Context, receipt ReceiptNumber) (Header, error)
	Mailings
	// Update gives decide the case on file, withheld or not, the zero Case if there is none,
	// and saves the change it returns with its events, whole or not at all. Updates of one
	// receipt number behave as if run one after another, even while nothing is on file. If
	// decide fails its error comes back and nothing is saved. decide may be called more than
	// once, may keep and change what it gets, and does no I/O. A store that gives up, and an
	// event whose ID is taken, give an error that matches ErrConflict. A case with another
	// receipt number is an error of the caller, and nothing is saved.
	Update(ctx context.Context, receipt ReceiptNumber, decide func(prior Case) (CaseChange, error)) error
}

// CaseChange is what one Update of Cases saves.
type CaseChange struct {
	Case   *Case // takes the place of what was on file; nil leaves that as it is
	Events []cris.Event
}
