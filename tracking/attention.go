package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// AlertKind says for what a piece is raised for attention.
type AlertKind string

// The kinds of alerts, in the order in which they are raised.
const (
	AlertDeliveredElsewhere AlertKind = "delivered_elsewhere" // a delivery scan away from the address on file
	AlertReturnStarted      AlertKind = "return_started"      // the piece is on its way back to the sender
	AlertReturnCompleted    AlertKind = "return_completed"    // the sender has it back
	AlertLost               AlertKind = "lost"                // destroyed, seized, or dead mail
	AlertQuiet              AlertKind = "quiet"               // no scan for some days, and the journey has not ended
	AlertDeliveredTwice     AlertKind = "delivered_twice"     // two deliveries of one piece
	AlertReaddressed        AlertKind = "readdressed"         // under way to an address that has been replaced
)

// AlertKinds lists the kinds of alerts.
func AlertKinds() []AlertKind {
	return []AlertKind{
		AlertDeliveredElsewhere, AlertReturnStarted, AlertReturnCompleted, AlertLost, AlertQuiet, AlertDeliveredTwice,
		AlertReaddressed,
	}
}

// Message returns what is said of an alert of this kind.
func (k AlertKind) Message() cris.Message {
	return cris.Message{Code: "tracking.alert_kind." + cris.Code(k)}
}

// Reason returns why an alert of this kind is raised; the zero Reason if it is not one of
// AlertKinds.
func (k AlertKind) Reason() cris.Reason {
	return map[AlertKind]cris.Reason{
		AlertDeliveredElsewhere: deliveredElsewhere,
		AlertReturnStarted:      returnStarted,
		AlertReturnCompleted:    returnCompleted,
		AlertLost:               lostOrDestroyed,
		AlertQuiet:              goneQuiet,
		AlertDeliveredTwice:     deliveredTwice,
		AlertReaddressed:        readdressed,
	}[k]
}

// Alert raises one piece for attention.
type Alert struct {
	Kind  AlertKind
	Scan  Scan      // that is the cause, or after which it went quiet; zero if there is none
	Since cris.Date // the day of that scan, the first day on which it counts as quiet, or the day on which its address was replaced
}

// OnFile is what is known of a piece besides its scans.
type OnFile struct {
	Mailed   cris.Date // zero if not known
	Address  cris.ZIP  // of the addressee; zero if not known
	Replaced cris.Date // the day on which another address took the place of the one that it was mailed to; zero if none did
}

// Attention is what the agency should look at, and whether it can confirm that the
// document reached its address.
type Attention struct {
	// Confirmed reports that the piece was delivered once, at the address on file, and not
	// returned, all of it without a doubt. Where there is no alert, Reasons tell which doubts
	// there are.
	Confirmed bool
	Alerts    []Alert   // in the order of the kinds
	Delivery  Delivery  // on which they rest
	Quiet     cris.Date // the day on which AlertQuiet is raised if no scan comes; zero if none can be
	Reasons   []cris.Reason
}

// DecideAttention raises what the agency should look at on the given day (TR-7). All of
// it is raised, not the first. Scans are those of one number, in any order; only the
// piece that was mailed is looked at, or that has the number now if the day of mailing is
// not known: see DecideDelivery.
func DecideAttention(onFile OnFile, scans []Scan, today cris.Date, policy Policy) Attention {
	policy = policy.withDefaults()
	a := Attention{Delivery: DecideDelivery(scans, onFile.Mailed, policy)}
	d := a.Delivery
	raise := func(kind AlertKind, scan Scan, since cris.Date) {
		a.Alerts = append(a.Alerts, Alert{kind, scan, since})
		a.Reasons = append(a.Reasons, kind.Reason())
	}
	// TR-7: a delivery scan away from the address on file.
	for _, scan := range d.Deliveries {
		if isElsewhere(scan, onFile, policy) {
			raise(AlertDeliveredElsewhere, scan, scan.At.Date())
		}
	}
	// TR-7: a return to sender, whatever ended the journey behind it.
	if d.Class == ReturnCompleted {
		raise(AlertReturnCompleted, d.Deciding, d.Deciding.At.Date())
	} else if scan, is := lastUndone(ReturnStarted, d, onFile, policy); is {
		raise(AlertReturnStarted, scan, scan.At.Date())
	}
	if scan, is := lastUndone(Lost, d, onFile, policy); is && d.Class != ReturnCompleted {
		raise(AlertLost, scan, scan.At.Date())
	}
	last, since := lastScanned(d, onFile)
	if !since.IsZero() {
		a.Quiet = since.AddDays(policy.QuietDays)
		if !a.Quiet.IsZero() && !today.Before(a.Quiet) {
			raise(AlertQuiet, last, a.Quiet)
		}
	}
	if len(d.Deliveries) > 1 {
		second := d.Deliveries[1]
		raise(AlertDeliveredTwice, second, second.At.Date())
	}
	// TR-7: what is under way will not reach the address that counts now. What went quiet is
	// raised for that, and what goes back goes to no address of the customer.
	if underWay := a.Quiet.After(today) && d.Class != ReturnStarted; underWay && !onFile.Replaced.IsZero() {
		raise(AlertReaddressed, Scan{}, onFile.Replaced)
	}
	a.confirm(onFile, policy)
	return a
}

// lastUndone returns the last scan of the class that no delivery undoes: one at the address
// on file, by a code that is not disputed, which certainly came later. Each scan of the
// class counts: the first in the timeline may have been the last.
func lastUndone(class Class, d Delivery, onFile OnFile, policy Policy) (Scan, bool) {
	for i, scan := range slices.Backward(d.Timeline) {
		isAfter := func(s Scan) bool {
			return s.Class() == Delivered && !s.disputed() && isAtAddress(s, onFile, policy) && !mayBeLater(scan, s)
		}
		if scan.Class() == class && !slices.ContainsFunc(d.Timeline[i+1:], isAfter) {
			return scan, true
		}
	}
	return Scan{}, false
}

func isAtAddress(scan Scan, onFile OnFile, policy Policy) bool {
	known := !onFile.Address.IsZero() && !scan.Place.ZIP.IsZero()
	return known && !isElsewhere(scan, onFile, policy)
}

func isElsewhere(scan Scan, onFile OnFile, policy Policy) bool {
	if onFile.Address.IsZero() || scan.Place == (Place{}) {
		return false
	}
	if !scan.Place.domestic() {
		return true // the address has a ZIP code
	}
	if scan.Place.ZIP.IsZero() {
		return false
	}
	at, address := scan.Place.ZIP.Five().String(), onFile.Address.Five().String()
	return at[:policy.AddressDigits] != address[:policy.AddressDigits]
}

// lastScanned returns the last scan of a piece whose journey has not ended, and the day
// from which its silence counts: of the scan; of the mailing or the announcement, whichever
// is later, if there is none; of the first that is known of the piece if neither is. Events
// that nobody scanned, computed or informational, do not break the silence; one with an
// unknown code does. It returns no day if there is none.
func lastScanned(d Delivery, onFile OnFile) (Scan, cris.Date) {
	if meaningOf(d.Class).ends {
		return Scan{}, cris.Date{}
	}
	for _, scan := range slices.Backward(d.Timeline) {
		if scan.isSeen() {
			return scan, scan.At.Date()
		}
	}
	for _, scan := range slices.Backward(d.Timeline) {
		if scan.Class() == PreShipment {
			return scan, laterDay(scan.At.Date(), onFile.Mailed)
		}
	}
	if onFile.Mailed.IsZero() && len(d.Timeline) > 0 {
		return Scan{}, d.Timeline[0].At.Date()
	}
	return Scan{}, onFile.Mailed
}

func laterDay(a, b cris.Date) cris.Date {
	if b.After(a) {
		return b
	}
	return a
}
