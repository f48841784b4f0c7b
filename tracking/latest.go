package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Delivery is the latest delivery status of one mail piece, and how it came about.
type Delivery struct {
	Class      Class        // the status; NoScan if there is no scan
	Deciding   Scan         // the scan that says so; zero if there is none
	Timeline   []Scan       // every scan once, in the order of Scan.Compare
	Superseded []Superseded // the scans that someone might take for the status, and why they are not, in the order of the timeline
	Reasons    []cris.Reason
}

// Superseded is a scan that does not decide although it is later than the deciding one,
// or although it once ended the journey.
type Superseded struct {
	Scan   Scan
	Reason cris.Reason
}

// The reasons of a Delivery.
var (
	noScanYet      = cris.Reason{Rule: "TR-4", Text: "no scan has arrived yet"}
	latestStands   = cris.Reason{Rule: "TR-4", Text: "the latest of the scans that count most decides, in whatever order they arrived"}
	unknownCode    = cris.Reason{Rule: "TR-3", Text: "the code is unknown: the scan is shown and nothing is concluded from it"}
	repeated       = cris.Reason{Rule: "TR-4", Text: "repeats the status of a later scan"}
	overruled      = cris.Reason{Rule: "TR-4", Text: "a later scan ended the journey in another way"}
	returned       = cris.Reason{Rule: "TR-4", Text: "the piece was returned to its sender, which nothing undoes"}
	journeyOver    = cris.Reason{Rule: "TR-4", Text: "the journey had ended: a late scan on the way does not undo it"}
	notScanned     = cris.Reason{Rule: "TR-4", Text: "computed by the USPS: nobody scanned the piece"}
	underWay       = cris.Reason{Rule: "TR-4", Text: "announces the piece, which the USPS has already"}
	saysNothing    = cris.Reason{Rule: "TR-4", Text: "does not say where the piece is"}
	unknownShown   = cris.Reason{Rule: "TR-3", Text: "the timeline holds events with unknown codes"}
	unknownDecides = cris.Reason{Rule: "TR-3", Text: "no scan has a known code"}
)

// Latest decides the latest delivery status of one piece from its scans. It is a
// function of the set of scans (TR-4): their order and their repetition make no
// difference. All scans must be of one piece. The slice given is neither changed nor
// kept; the slices returned belong to the caller.
//
// Each scan has a standing, and of the scans with the highest standing the last one
// decides:
//
//  1. A completed return, also a delivery to the original sender. Nothing undoes it.
//  2. The end of the journey: a delivery, destruction, the start of a return. So a
//     later transit scan does not hide a delivery, but a return at or after it does,
//     and a delivery after a refusal is a delivery.
//  3. A scan of the piece on its way. Also the computed event OF, out for delivery: no
//     one scans the piece when the carrier leaves with it, so nothing else tells.
//  4. An event that the USPS computed: PC, NT and TL.
//  5. An announcement of the piece.
//  6. Information that does not say where the piece is.
//  7. An unknown code.
func Latest(scans []Scan) Delivery {
	if len(scans) == 0 {
		return Delivery{Reasons: []cris.Reason{noScanYet}}
	}
	timeline := slices.Clone(scans)
	slices.SortFunc(timeline, Scan.Compare)
	timeline = slices.Compact(timeline)

	deciding := 0
	for i, scan := range timeline {
		if standingOf(scan) >= standingOf(timeline[deciding]) {
			deciding = i
		}
	}
	d := Delivery{Class: timeline[deciding].Class(), Deciding: timeline[deciding], Timeline: timeline}
	for i, scan := range timeline {
		if reason, is := superseded(scan, d.Deciding, i > deciding); is && i != deciding {
			d.Superseded = append(d.Superseded, Superseded{scan, reason})
		}
	}
	d.Reasons = reasons(d)
	return d
}

// standing is how much a scan counts.
type standing uint8

const (
	unknownEvent standing = iota
	information
	announcement
	computedEvent
	onTheWay
	endOfJourney
	completedReturn
)

// TR-4: the standing of a scan depends on the scan alone, and so the status on the set.
func standingOf(s Scan) standing {
	switch s.Class() {
	case NoScan, Unknown:
		return unknownEvent
	case Informational:
		return information
	case PreShipment:
		return announcement
	case OutForDelivery:
		return onTheWay
	case Delivered, Lost, ReturnStarted:
		return endOfJourney
	case ReturnCompleted:
		return completedReturn
	default:
		if info, _ := s.Code.Info(); info.Computed {
			return computedEvent
		}
		return onTheWay
	}
}

// superseded says why a scan does not decide, if someone might think it does: it comes
// later than the deciding scan, or counts as the end of the journey.
func superseded(s, deciding Scan, later bool) (cris.Reason, bool) {
	own, decided := standingOf(s), standingOf(deciding)
	switch {
	case !later && own < endOfJourney:
		return cris.Reason{}, false // the way the piece came
	case !later && s.Class() == deciding.Class():
		return repeated, true
	case own == unknownEvent:
		// TR-3: an unknown code is shown as such, and no meaning is guessed.
		return unknownCode, true
	case own == information:
		return saysNothing, true
	case decided == completedReturn && own == endOfJourney:
		return returned, true
	case own == endOfJourney:
		return overruled, true
	case decided >= endOfJourney:
		return journeyOver, true
	case own == computedEvent:
		return notScanned, true
	default:
		return underWay, true
	}
}

func reasons(d Delivery) []cris.Reason {
	if d.Class == Unknown {
		return []cris.Reason{unknownDecides, latestStands}
	}
	if slices.ContainsFunc(d.Timeline, func(s Scan) bool { return s.Class() == Unknown }) {
		return []cris.Reason{unknownShown, latestStands}
	}
	return []cris.Reason{latestStands}
}
