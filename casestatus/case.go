package casestatus

import "github.com/seed28e20331/cris"

// Case is what the agency's file says of one application or petition.
type Case struct {
	Header
	History  []StatusEntry // oldest first
	Mailings []Mailing     // what was sent to the customer, oldest first
}

// Header is what the agency's file says of a case, without what has happened in it. It does not
// show whether the case is pending.
type Header struct {
	Receipt        ReceiptNumber
	Form           FormNumber
	FormType       FormType // one of those that Forms lists for the form, or its eligibility is NotKnown
	Filed          cris.Date
	Office         OfficeCode               // where the case is in process
	Applicant      cris.PersonName          // applicant, petitioner or requester; zero if the file does not say
	DateOfBirth    cris.Personal[cris.Date] // of the applicant; zero if the file does not say
	Address        cris.Address             // where the agency mails to; zero if it is not known
	Addresses      []AddressEntry           // where it mailed to before, oldest first, and then Address; none if that never changed
	Representative cris.PersonName          // attorney or accredited representative; zero if none
	Withheld       bool                     // its existence is protected (8 USC 1367): it reads like an unknown number (CS-9)
}

// PostedUnder returns where the processing time of the case's own office is posted;
// see FindPosted, which also looks under the heading of the office.
func (h Header) PostedUnder() PostedUnder { return PostedUnder{h.Form, h.FormType, h.Office} }

// StatusEntry is one line of a case's history. The titles are kept as they were given,
// even if they are unknown to this package.
type StatusEntry struct {
	On      cris.Date
	Title   string // in English
	Spanish string // the title in Spanish, if the agency gave one
}
