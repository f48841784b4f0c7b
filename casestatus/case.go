package casestatus

import (
	"context"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// FormNumber is the number of a form as the agency prints it: "I-485", "N-400".
type FormNumber string

// FormType is the subtype of a form under which processing times are posted, such
// as "147-C8" for one category of Form I-765; "" where a form has only one.
type FormType string

// Case is what the agency's file says of one application or petition.
type Case struct {
	Receipt        ReceiptNumber
	Form           FormNumber
	FormType       FormType
	Filed          cris.Date
	Office         OfficeCode      // where the case is in process
	Address        cris.Address    // where the agency mails to; zero if it is not known
	Representative cris.PersonName // attorney or accredited representative; zero if none
	History        []StatusEntry   // oldest first
	Mailings       []Mailing       // what was sent to the customer, oldest first
	Withheld       bool            // its existence is protected (8 USC 1367): it reads like an unknown number (CS-9)
}

// PostedUnder returns where the processing time of the case's own office is posted;
// see FindPosted, which also looks under the heading of the office.
func (c Case) PostedUnder() PostedUnder { return PostedUnder{c.Form, c.FormType, c.Office} }

// StatusEntry is one line of a case's history. The titles are kept as they were given,
// also if they are unknown to this package.
type StatusEntry struct {
	On      cris.Date
	Title   string // in English
	Spanish string // the title in Spanish, if the agency gave one
}

// Document is a kind of document that is tracked in the mail (CS-8).
type Document string

// The documents that are typically tracked. Others occur and are kept as given.
const (
	PermanentResidentCard           Document = "permanent_resident_card"
	TravelDocument                  Document = "travel_document"
	EmploymentAuthorizationDocument Document = "employment_authorization_document"
)

// Documents lists the documents that are typically tracked.
func Documents() []Document {
	return []Document{PermanentResidentCard, TravelDocument, EmploymentAuthorizationDocument}
}

// Mailing is one document on its way to the customer.
type Mailing struct {
	Document Document
	Number   tracking.Number
	Mailed   cris.Date
}

var (
	// ErrNotFound: no such case on file.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict: the store gave up because others changed the same case.
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
	Mailings
	// Update gives decide the case on file, withheld or not, the zero Case if there is none,
	// and saves the change it returns with its events, whole or not at all. Updates of one
	// receipt number behave as if run one after another, also while nothing is on file. If
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
