package erequest

import (
	"github.com/seed28e20331/cris"
)

// OtherWay is another way that is open to a customer whose request is not taken online.
type OtherWay string

// The other ways.
const (
	CallUs         OtherWay = "telephone"
	WriteToUs      OtherWay = "letter"
	VisitOffice    OtherWay = "local_office"    // by appointment
	RequestRecords OtherWay = "records_request" // under the Freedom of Information Act and the Privacy Act
	AskUSPS        OtherWay = "usps"            // for a piece of mail that was delivered elsewhere, or waits at a post office
)

// OtherWays lists the other ways, in the order in which they are told. The caller may keep and
// change the slice.
func OtherWays() []OtherWay {
	return []OtherWay{CallUs, WriteToUs, VisitOffice, RequestRecords, AskUSPS}
}

// Message returns what customers are told of the way. Where it leads is said by Policy.Place.
func (w OtherWay) Message() cris.Message {
	return cris.Message{Code: "erequest.other_way." + cris.Code(w)}
}

// Places are where the other ways lead.
type Places map[OtherWay]cris.Place

// DefaultPlaces returns the places that the agencies publish. A letter about a case goes to the
// office on its receipt notice. The caller may keep and change the map.
func DefaultPlaces() Places {
	return Places{
		CallUs:      {Telephone: "1-800-375-5283", TTY: "1-800-767-1833"},
		VisitOffice: {Website: "https://www.uscis.gov/about-us/find-a-uscis-office"},
		RequestRecords: {
			Address: []string{"National Records Center (NRC)", "FOIA/PA Office", "P.O. Box 648010", "Lee's Summit, MO 64064-8010"},
			Website: "https://www.uscis.gov/records",
		},
		AskUSPS: {Telephone: "1-800-275-8777", Website: "https://www.usps.com/help/missing-mail.htm"},
	}
}

// Place returns where the way leads, or the zero Place if the policy does not say. The caller may
// keep and change its lines.
func (p Policy) Place(way OtherWay) cris.Place { return p.withDefaults().Places[way].Clone() }

// OtherWays returns what is open to the customer instead or, if the screening was passed, besides
// a request about mail that the USPS holds or delivered. An unknown case and one that the law
// protects get the same ways. The caller may keep and change the slice.
func (s Screened) OtherWays() []OtherWay {
	switch s.Outcome {
	case NotOffered, NotOutside, AdvisedToWait:
		return []OtherWay{CallUs, WriteToUs, VisitOffice}
	case NotMatched:
		return []OtherWay{CallUs, WriteToUs, VisitOffice, RequestRecords}
	case TooEarly:
		return append([]OtherWay{CallUs, WriteToUs, VisitOffice}, s.Mail.Standing.otherWays()...)
	case Passed:
		return s.Mail.Standing.otherWays()
	}
	return nil
}

// otherWays are open besides a request: the USPS knows where it left a piece, or keeps it.
func (s MailStanding) otherWays() []OtherWay {
	if s == MailAtPostOffice || s == MailDelivered || s == MailDeliveredElsewhere {
		return []OtherWay{AskUSPS}
	}
	return nil
}

// OtherWays returns what is open to the customer instead: nothing for a request that was
// accepted, or that only has to be completed or sent with another key.
func (f Filing) OtherWays() []OtherWay {
	switch f.Outcome {
	case Advised:
		return Screened{Outcome: AdvisedToWait}.OtherWays()
	case ScreenedOut:
		return f.Screening.OtherWays()
	case Accepted, AlreadyAccepted, KeyReused, Incomplete:
	}
	return nil
}
