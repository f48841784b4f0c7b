package casestatus

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// look goes through pieces of mail and collects what is to be saved of them: what is new of
// their scans, and what is raised for attention (TR-7).
type look struct {
	now      time.Time
	today    cris.Date
	newID    func() string
	policy   Policy
	mailings map[tracking.Number][]CaseMailing

	pieces  []Piece
	events  []cris.Event
	changed int // pieces whose latest delivery status changed
	raised  int // alerts
}

func newLook(now time.Time, newID func() string, policy Policy, mailings []CaseMailing) *look {
	l := &look{
		now: now, today: cris.DateOf(now, policy.Zone), newID: newID, policy: policy, mailings: map[tracking.Number][]CaseMailing{},
	}
	for _, mailing := range mailings {
		l.mailings[mailing.Number] = append(l.mailings[mailing.Number], mailing)
	}
	return l
}

// begin forgets what was collected: a store may ask for a decision more than once.
func (l *look) begin() { l.pieces, l.events, l.changed, l.raised = nil, nil, 0, 0 }

func (l *look) change(cursor tracking.Cursor) DeliveryChange {
	return DeliveryChange{Cursor: cursor, Pieces: l.pieces, Events: l.events}
}

// at looks at a piece that got scans, or none. What was received once stays, also if the
// mail side has lost it since (CS-5).
func (l *look) at(filed Piece, received []tracking.Scan) {
	next := filed
	next.Scans = slices.Clone(filed.Scans)
	for _, scan := range received {
		if !slices.Contains(next.Scans, scan) {
			next.Scans = append(next.Scans, scan)
		}
	}
	from := tracking.DecideDelivery(filed.Scans, cris.Date{}, l.policy.Tracking).Class
	to := tracking.DecideDelivery(next.Scans, cris.Date{}, l.policy.Tracking).Class
	if from != to {
		l.changed++
		l.events = append(l.events, DeliveryChanged{Number: filed.Number, From: from, To: to}.Event(l.newID(), l.now))
	}
	next.LookAgain, next.Alerts = cris.Date{}, slices.Clone(filed.Alerts)
	for _, mailing := range l.mailings[filed.Number] {
		l.raise(mailing, filed, &next)
	}
	l.pieces = append(l.pieces, next)
}

// raise adds the alerts of a mailing that were not raised before, and the day on which to
// look again.
func (l *look) raise(mailing CaseMailing, filed Piece, next *Piece) {
	attention := attentionTo(mailing, next.Scans, l.today, l.policy)
	before := attentionTo(mailing, filed.Scans, l.today, l.policy)
	for _, alert := range attention.Alerts {
		if isRaised(alert, mailing, filed.Alerts, before.Alerts) {
			continue
		}
		raised := MailAlert{ID: l.newID(), Raised: l.now, Receipt: mailing.Receipt, Mailing: mailing.Mailing, Alert: alert}
		next.Alerts = append(next.Alerts, raised)
		l.events = append(l.events, raised.Event(l.newID(), l.now))
		l.raised++
	}
	quiet := attention.Quiet
	if quiet.After(l.today) && (next.LookAgain.IsZero() || quiet.Before(next.LookAgain)) {
		next.LookAgain = quiet
	}
}

// attentionTo decides about the scans of a mailing. TR-7: a delivery is compared with the
// address on file on its day, so that one from before a move stays where it should be.
func attentionTo(mailing CaseMailing, scans []tracking.Scan, today cris.Date, policy Policy) tracking.Attention {
	address := mailing.Address
	if len(mailing.Addresses) > 0 {
		on := today
		if deliveries := tracking.DecideDelivery(scans, mailing.Mailed, policy.Tracking).Deliveries; len(deliveries) > 0 {
			on = deliveries[0].At.Date()
		}
		address = addressOn(addressesOf(mailing.Address, mailing.Addresses), on)
	}
	onFile := tracking.OnFile{Mailed: mailing.Mailed, Address: address.ZIP().Reveal(), Replaced: replaced(mailing)}
	return tracking.DecideAttention(onFile, scans, today, policy.Tracking)
}

// replaced returns the day on which another address took the place of the one to which the
// document was mailed (CA-1); the zero Date if none did, or if nobody knows when it was mailed.
// A report that confirms the address changes nothing.
func replaced(mailing CaseMailing) cris.Date {
	if len(mailing.Addresses) == 0 || mailing.Mailed.IsZero() {
		return cris.Date{}
	}
	entries := addressesOf(mailing.Address, mailing.Addresses)
	change := len(entries) - 1
	for change > 0 && entries[change-1].Address == mailing.Address {
		change--
	}
	// What was mailed on the day of the change may have gone to either address. What was
	// mailed before may have gone to this one, where the customer lived before.
	entered := entries[change].mailedFrom()
	if mailing.Mailed.After(entered) || mailing.Mailed.Before(entered) && mailedTo(entries, mailing.Mailed) == mailing.Address {
		return cris.Date{}
	}
	return entries[change].From
}

// isRaised reports whether an alert about the mailing is among those that were raised: for
// the same scan, whatever day of mailing was on file then, or as one of a matter that has
// stood ever since. A second scan of a return is no second return; a second delivery
// elsewhere, a second silence, or a second change of the address, is another.
func isRaised(alert tracking.Alert, mailing CaseMailing, raised []MailAlert, stood []tracking.Alert) bool {
	stands := alert.Kind != tracking.AlertDeliveredElsewhere && alert.Kind != tracking.AlertQuiet &&
		slices.ContainsFunc(stood, func(s tracking.Alert) bool { return s.Kind == alert.Kind })
	scanned := alert.Scan != tracking.Scan{}
	return slices.ContainsFunc(raised, func(r MailAlert) bool {
		if alert.Kind == tracking.AlertReaddressed {
			return r.Receipt == mailing.Receipt && r.Kind == alert.Kind && r.Since == alert.Since
		}
		sameMailing, sameScan := r.Mailing.Mailed == mailing.Mailed, r.Scan == alert.Scan
		return r.Receipt == mailing.Receipt && r.Kind == alert.Kind && (sameScan && (scanned || sameMailing) || stands && sameMailing)
	})
}
