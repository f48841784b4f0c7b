package casestatus

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// StatusOutcome says what the status page answers.
type StatusOutcome string

// The outcomes of Service.Status.
const (
	Shown     StatusOutcome = "shown"
	NotShown  StatusOutcome = "not_shown" // unknown or withheld: which of the two is not said (CS-9)
	Malformed StatusOutcome = "malformed" // what was entered is not a receipt number (CS-1)
)

// StatusOutcomes lists the outcomes of Service.Status.
func StatusOutcomes() []StatusOutcome { return []StatusOutcome{Shown, NotShown, Malformed} }

// Status is what someone sees who enters a receipt number, and nothing that the number
// alone should not tell: it names no person, not even a representative, and it does not
// show the mailing ZIP code. That is personal, and one of the five things by which
// someone who files an inquiry proves to know the case (ER-2): a page that shows it to
// whoever guesses a number would give the proof away. A scan at the door of the addressee
// would give it away too, so the scans are shown without the ZIP codes of their places.
type Status struct {
	Outcome StatusOutcome
	Receipt ReceiptNumber    // in its canonical form; zero if Malformed
	Problem *cris.ParseError // what is wrong with the entry; nil unless Malformed

	// The rest is zero unless Shown.

	Form        FormNumber
	FormType    FormType
	Filed       cris.Date
	Office      OfficeCode      // where the case is in process
	Represented bool            // whether an attorney or accredited representative is on file
	Latest      StatusEntry     // the last of the history; zero if there is none yet
	History     []StatusEntry   // oldest first
	Mailings    []MailingStatus // oldest first

	Reasons []cris.Reason
}

// MailingStatus is one document on its way to the customer, with what its scans
// say (CS-3).
type MailingStatus struct {
	Mailing
	// Delivery is the latest delivery status of the piece that was mailed on that day. Its
	// scans are without the ZIP codes of their places, and those of other pieces that had
	// the number before or got it since, which are a stranger's, are not among them. Zero
	// if the mailing has no tracking number.
	Delivery tracking.Delivery
}

func malformed(problem *cris.ParseError) Status {
	return Status{Outcome: Malformed, Problem: problem, Reasons: []cris.Reason{
		notAReceiptNumber,
	}}
}

// notShown is one answer for every number that is not to be shown, so that entering
// numbers at random teaches nothing.
func notShown(receipt ReceiptNumber) Status {
	return Status{Outcome: NotShown, Receipt: receipt, Reasons: []cris.Reason{
		statusNotShown,
	}}
}

// shown composes the page from the case and the scans of its mailings, which has one
// entry per mailing.
func shown(c Case, scans [][]tracking.Scan, policy Policy) Status {
	status := Status{
		Outcome: Shown, Receipt: c.Receipt, Form: c.Form, FormType: c.FormType, Filed: c.Filed,
		Office: c.Office, Represented: c.Representative != cris.PersonName{}, History: c.History,
		Reasons: []cris.Reason{numberOpensStatus},
	}
	if len(c.History) > 0 {
		status.Latest = c.History[len(c.History)-1]
	}
	// CS-3, CS-8: every mailed document, of whatever kind, with its latest delivery status.
	for i, mailing := range c.Mailings {
		onItsWay := MailingStatus{Mailing: mailing}
		if !mailing.Number.IsZero() {
			onItsWay.Delivery = withoutZIPs(tracking.DecideDelivery(scans[i], mailing.Mailed, policy.Tracking))
		}
		status.Mailings = append(status.Mailings, onItsWay)
	}
	if len(status.Mailings) > 0 {
		status.Reasons = append(status.Reasons, deliveriesShown)
	}
	return status
}

// withoutZIPs returns what the page shows of a delivery: what is named here and nothing
// else.
func withoutZIPs(d tracking.Delivery) tracking.Delivery {
	page := tracking.Delivery{
		Class: d.Class, Deciding: withoutZIP(d.Deciding), Computed: withoutZIP(d.Computed),
		Deliveries: allWithoutZIP(d.Deliveries), Timeline: allWithoutZIP(d.Timeline),
		Codes: d.Codes, Reasons: d.Reasons,
	}
	for _, s := range d.Superseded {
		page.Superseded = append(page.Superseded, tracking.Superseded{Scan: withoutZIP(s.Scan), Reason: s.Reason})
	}
	return page
}

func allWithoutZIP(scans []tracking.Scan) (page []tracking.Scan) {
	for _, scan := range scans {
		page = append(page, withoutZIP(scan))
	}
	return page
}

// withoutZIP keeps the country: it tells a document that went abroad.
func withoutZIP(scan tracking.Scan) tracking.Scan {
	scan.Place.ZIP = cris.ZIP{}
	return scan
}
