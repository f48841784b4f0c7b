package casestatus

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

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
