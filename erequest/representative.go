package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Appearance is what gives a representative the right to act: the notice of entry of
// appearance, Form G-28.
type Appearance string

// The appearances.
const (
	G28OnFile  Appearance = "g28_on_file" // the notice was filed with the case
	G28Claimed Appearance = "g28_claimed" // the representative says that there is one
)

// Appearances lists the appearances. The caller may keep and change the slice.
func Appearances() []Appearance { return []Appearance{G28OnFile, G28Claimed} }

// Message returns what the appearance is called.
func (a Appearance) Message() cris.Message {
	return cris.Message{Code: "erequest.appearance." + cris.Code(a)}
}

// Recipient is who gets the response to a request (ER-14).
type Recipient string

// The recipients.
const (
	ToCustomer       Recipient = "customer"
	ToRepresentative Recipient = "representative"
	ToBoth           Recipient = "both"
)

// Recipients lists the recipients. The caller may keep and change the slice.
func Recipients() []Recipient { return []Recipient{ToCustomer, ToRepresentative, ToBoth} }

// Message returns what the recipient is called.
func (r Recipient) Message() cris.Message {
	return cris.Message{Code: "erequest.recipient." + cris.Code(r)}
}

// Representative is an attorney or an accredited representative who places a request on a
// customer's behalf (ER-14).
type Representative struct {
	Name       cris.PersonName
	Firm       cris.Personal[string] // the firm or organization; zero if there is none
	Appearance Appearance
	Contact    Contact
	RespondTo  Recipient // who gets the response
}

// faults returns what is wrong with a representative.
func (r Representative) faults() (faults []cris.Reason) {
	if r.Name.IsZero() || !r.Firm.IsZero() && !text.IsLine(r.Firm.Reveal(), maxTextBytes) {
		faults = append(faults, representativeMalformed)
	}
	if !slices.Contains(Appearances(), r.Appearance) {
		faults = append(faults, appearanceMissing)
	}
	if !slices.Contains(Recipients(), r.RespondTo) {
		faults = append(faults, recipientMissing)
	}
	if r.RespondTo != ToCustomer || r.Contact != (Contact{}) {
		if len(r.Contact.faults()) > 0 {
			faults = append(faults, representativeUnreachable)
		}
	}
	return faults
}

// Answered returns how those can be reached who get the response to the request: the customer, the
// representative or both, as the representative asked (ER-14). The zero Contact stands for who
// gets none.
func (d Details) Answered() (customer, representative Contact) {
	switch d.Representative.RespondTo {
	case ToBoth:
		return d.Contact, d.Representative.Contact
	case ToRepresentative:
		return Contact{}, d.Representative.Contact
	case ToCustomer:
	}
	return d.Contact, Contact{}
}
