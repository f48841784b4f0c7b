package erequest

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// MailStanding is what became of mail that a customer says did not come. Each standing has its
// own advice.
type MailStanding string

// The standings.
const (
	MailUnderWay           MailStanding = "under_way"           // or nothing is known of it; it may still come
	MailAtPostOffice       MailStanding = "at_post_office"      // the carrier could not deliver it, or it is held for the addressee
	MailDelivered          MailStanding = "delivered"           // according to the USPS
	MailDeliveredElsewhere MailStanding = "delivered_elsewhere" // away from the address on file
	MailBeingReturned      MailStanding = "being_returned"
	MailReturned           MailStanding = "returned"
	MailLost               MailStanding = "lost" // destroyed, seized, or dead mail
)

// MailStandings lists the standings. The caller may keep and change the slice.
func MailStandings() []MailStanding {
	return []MailStanding{
		MailUnderWay, MailAtPostOffice, MailDelivered, MailDeliveredElsewhere, MailBeingReturned, MailReturned, MailLost,
	}
}

// Message returns what customers are advised to do about such mail.
func (s MailStanding) Message() cris.Message {
	return cris.Message{Code: "erequest.mail_standing." + cris.Code(s)}
}

// mayCome reports whether waiting helps.
func (s MailStanding) mayCome() bool { return s == MailUnderWay || s == MailAtPostOffice }

// NonReceipt is the decision on whether a notice, a document or a card may be reported as not
// received.
type NonReceipt struct {
	Standing MailStanding
	Mailed   cris.Date // the day from which the days count
	From     cris.Date // the first day on which mail that may still come may be reported
	TooEarly bool      // it may still come: the customer has to wait until From
	Reasons  []cris.Reason
}

// DecideNonReceipt decides whether mail that did not come may be reported on the day (ER-1).
// Mail is what was mailed in the case; the last piece of the kind that the issue is about, mailed
// by that day, counts. Without one, told counts, which is the day of mailing as the customer knows
// it, or the zero Date. If that is earlier than the day on which the case was filed, or zero, the
// day of filing counts instead: nothing was mailed before it.
//
// Mail that is under way, or waits at a post office, may be reported once the days that
// policy.ReportAfter gives have passed since it was mailed. Mail that the USPS says was delivered,
// is lost, or is going back may be reported at once, because waiting does not help.
func DecideNonReceipt(issue Issue, mail []casestatus.MailedPiece, told, filed, on cris.Date, policy Policy) NonReceipt {
	meant := lastMailed(issue, mail, on)
	decision := NonReceipt{Standing: standingOf(meant.Attention), Mailed: meant.Mailed}
	if told.After(on) {
		told = cris.Date{} // what is wrong with it is told with the details
	}
	if decision.Mailed.IsZero() {
		decision.Mailed = slices.MaxFunc([]cris.Date{told, filed}, cris.Date.Compare)
	}
	decision.From = decision.Mailed.AddDays(policy.reportDays(issue, meant.Document))
	decision.TooEarly = decision.Standing.mayCome() && on.Before(decision.From)
	switch {
	case decision.TooEarly:
		decision.Reasons = []cris.Reason{mailMayCome}
	case decision.Standing.mayCome():
		decision.Reasons = []cris.Reason{mailOverdue}
	default:
		decision.Reasons = []cris.Reason{waitingDoesNotHelp}
	}
	return decision
}

// lastMailed returns the piece of the kind that the issue is about that was mailed last, or the
// zero MailedPiece if there is none. If several were mailed on that day, it is the last of them
// in the order given.
func lastMailed(issue Issue, mail []casestatus.MailedPiece, on cris.Date) (last casestatus.MailedPiece) {
	for _, piece := range mail {
		if issueOf(piece.Document) == issue && !piece.Mailed.Before(last.Mailed) && !piece.Mailed.After(on) {
			last = piece
		}
	}
	return last
}

// isNonReceipt reports whether the issue is that mail did not come.
func isNonReceipt(issue Issue) bool {
	return issue == NoticeNotReceived || issue == DocumentNotReceived || issue == CardNotReceived
}

// issueOf returns the issue under which a document that did not come is reported. Kinds of documents
// are kept as they were given: what calls itself a notice or a card is one, and anything else
// is a document.
func issueOf(document casestatus.Document) Issue {
	name := strings.ToLower(string(document))
	switch {
	case strings.Contains(name, "notice") || strings.Contains(name, "letter"):
		return NoticeNotReceived
	case document == casestatus.EmploymentAuthorizationDocument || strings.Contains(name, "card"):
		return CardNotReceived
	}
	return DocumentNotReceived
}

// standingOf reads the delivery status. A piece of which nothing was heard for a long time counts
// as under way: it is raised for attention elsewhere (TR-7).
func standingOf(piece tracking.Attention) MailStanding {
	for _, alert := range piece.Alerts {
		isLast := piece.Delivery.Class == tracking.Delivered && alert.Scan == piece.Delivery.Deciding
		if alert.Kind == tracking.AlertDeliveredElsewhere && isLast {
			return MailDeliveredElsewhere
		}
	}
	switch piece.Delivery.Class {
	case tracking.Attempted, tracking.HeldForPickup:
		return MailAtPostOffice
	case tracking.Delivered:
		return MailDelivered
	case tracking.ReturnStarted:
		return MailBeingReturned
	case tracking.ReturnCompleted:
		return MailReturned
	case tracking.Lost:
		return MailLost
	case tracking.NoScan, tracking.Unknown, tracking.Informational, tracking.PreShipment, tracking.Accepted, tracking.InNetwork,
		tracking.AtUnit, tracking.OutForDelivery, tracking.Forwarded:
	}
	return MailUnderWay
}
