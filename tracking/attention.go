package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// AlertKind says for what a piece is raised for attention.
type AlertKind uint8

// The kinds of alerts.
const (
	_                  AlertKind = iota
	DeliveredElsewhere           // a delivery scan away from the address on file
	ReturnBegun                  // the piece is on its way back to the sender
	ReturnEnded                  // the sender has it back
	LostOrDestroyed              // destroyed, seized, or dead mail
	GoneQuiet                    // no scan for some days, and the journey has not ended
	DeliveredTwice               // two deliveries of one piece
)

func (k AlertKind) String() string {
	switch k {
	case DeliveredElsewhere:
		return "delivered elsewhere"
	case ReturnBegun:
		return "return started"
	case ReturnEnded:
		return "return completed"
	case LostOrDestroyed:
		return "lost or destroyed"
	case GoneQuiet:
		return "no scan"
	case DeliveredTwice:
		return "delivered twice"
	default:
		return "no alert"
	}
}

// Alert raises one piece for attention.
type Alert struct {
	Kind   AlertKind
	Scan   Scan      // that is the cause, or after which it went quiet; zero if there is none
	Since  cris.Date // the day of that scan, or the first day on which it counts as quiet
	Reason cris.Reason
}

// OnFile is what is known of a piece beside its scans.
type OnFile struct {
	Mailed  cris.Date // zero if not known
	Address cris.ZIP  // of the addressee; zero if not known
}

// Attention is what the agency should look at, and whether it can confirm that the
// document reached its address.
type Attention struct {
	// Confirmed: delivered once, at the address on file, and not returned.
	Confirmed bool
	Alerts    []Alert   // in the order of the kinds
	Delivery  Delivery  // on which they rest
	Quiet     cris.Date // the day on which GoneQuiet is raised if no scan comes; zero if none can be
	Reasons   []cris.Reason
}

// The reasons of an Attention.
var (
	elsewhere       = cris.Reason{Rule: "TR-7", Text: "a delivery was scanned away from the address on file"}
	returnBegun     = cris.Reason{Rule: "TR-7", Text: "the piece is being returned to its sender"}
	returnEnded     = cris.Reason{Rule: "TR-7", Text: "the piece was returned to its sender"}
	lost            = cris.Reason{Rule: "TR-7", Text: "the piece was lost or destroyed"}
	goneQuiet       = cris.Reason{Rule: "TR-7", Text: "the piece was not scanned for longer than it may be"}
	deliveredTwice  = cris.Reason{Rule: "TR-7", Text: "two deliveries of one piece were scanned"}
	reachedAddress  = cris.Reason{Rule: "TR-7", Text: "the delivery was scanned at the address on file"}
	noAddressOnFile = cris.Reason{Rule: "TR-7", Text: "no address is on file, so a delivery cannot be confirmed"}
	noPlaceNamed    = cris.Reason{Rule: "TR-7", Text: "the delivery scan names no place, so it cannot be confirmed"}
)

// DecideAttention raises what the agency should look at on the given day (TR-7). All of
// it is raised, not the first. Scans are those of one number, in any order; only the
// piece that was mailed is looked at, or that has the number now if the day of mailing is
// not known: see LatestOf.
func DecideAttention(onFile OnFile, scans []Scan, today cris.Date, policy Policy) Attention {
	a := Attention{Delivery: LatestOf(scans, onFile.Mailed, policy)}
	d := a.Delivery
	raise := func(kind AlertKind, scan Scan, since cris.Date, reason cris.Reason) {
		a.Alerts = append(a.Alerts, Alert{kind, scan, since, reason})
		a.Reasons = append(a.Reasons, reason)
	}
	// TR-7: a delivery scan away from the address on file.
	for _, scan := range d.Deliveries {
		if isElsewhere(scan, onFile, policy) {
			raise(DeliveredElsewhere, scan, scan.At.Date(), elsewhere)
		}
	}
	// TR-7: a return to sender, whatever ended the journey behind it.
	if d.Class == ReturnCompleted {
		raise(ReturnEnded, d.Deciding, d.Deciding.At.Date(), returnEnded)
	} else if scan, is := lastBeforeDelivery(ReturnStarted, d, onFile, policy); is {
		raise(ReturnBegun, scan, scan.At.Date(), returnBegun)
	}
	if scan, is := lastBeforeDelivery(Lost, d, onFile, policy); is && d.Class != ReturnCompleted {
		raise(LostOrDestroyed, scan, scan.At.Date(), lost)
	}
	last, since := lastScanned(d, onFile)
	if !since.IsZero() {
		a.Quiet = since.AddDays(policy.QuietDays)
		if !a.Quiet.IsZero() && !today.Before(a.Quiet) {
			raise(GoneQuiet, last, a.Quiet, goneQuiet)
		}
	}
	if len(d.Deliveries) > 1 {
		second := d.Deliveries[1]
		raise(DeliveredTwice, second, second.At.Date(), deliveredTwice)
	}
	a.confirm(onFile)
	return a
}

// lastBeforeDelivery returns the last scan of the class, unless a delivery at the address
// on file came certainly after it.
func lastBeforeDelivery(class Class, d Delivery, onFile OnFile, policy Policy) (Scan, bool) {
	for i, scan := range slices.Backward(d.Timeline) {
		if scan.Class() == class {
			return scan, !slices.ContainsFunc(d.Timeline[i+1:], func(s Scan) bool {
				return s.Class() == Delivered && isAtAddress(s, onFile, policy) && !mayBeLater(scan, s)
			})
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
	digits := min(max(policy.AddressDigits, 1), len(at))
	return at[:digits] != address[:digits]
}

// lastScanned returns the last scan of a piece whose journey has not ended, and the day
// from which its silence counts: of the scan; of the mailing if there is none; of the
// first that is known of the piece if that is not known either. Events that nobody
// scanned, computed or informational, do not break the silence; one with an unknown code
// does. It returns no day if there is none.
func lastScanned(d Delivery, onFile OnFile) (Scan, cris.Date) {
	switch d.Class {
	case Delivered, Lost, ReturnCompleted:
		return Scan{}, cris.Date{}
	default:
	}
	for _, scan := range slices.Backward(d.Timeline) {
		if tellsOfPiece(scan) || scan.Class() == Unknown {
			return scan, scan.At.Date()
		}
	}
	if onFile.Mailed.IsZero() && len(d.Timeline) > 0 {
		return Scan{}, d.Timeline[0].At.Date()
	}
	return Scan{}, onFile.Mailed
}

func (a *Attention) confirm(onFile OnFile) {
	if a.Delivery.Class != Delivered || len(a.Alerts) > 0 {
		return
	}
	switch {
	case onFile.Address.IsZero():
		a.Reasons = append(a.Reasons, noAddressOnFile)
	case a.Delivery.Deliveries[0].Place.ZIP.IsZero():
		a.Reasons = append(a.Reasons, noPlaceNamed)
	default:
		a.Confirmed = true
		a.Reasons = append(a.Reasons, reachedAddress)
	}
}
