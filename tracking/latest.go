package tracking

import (
	"cmp"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// Delivery is the latest delivery status of one mail piece, and how it came about.
type Delivery struct {
	Class    Class // the status; NoScan if there is no scan
	Deciding Scan  // the scan that says so; zero if there is none
	// Computed is the latest event after the deciding scan that the USPS computed, such as
	// out for delivery: it is shown beside the status and is never the status of a piece
	// that was scanned. Zero if there is none, or if the journey has ended.
	Computed   Scan
	Deliveries []Scan       // to the addressee: the first scan of each, in order
	Timeline   []Scan       // every scan of the piece once, in the order of Scan.Compare
	Superseded []Superseded // the scans that someone might take for the status, and why they are not, in the order of the timeline
	Earlier    []Scan       // of other pieces, that had the same number before, in order
	Later      []Scan       // of other pieces, that got the same number afterwards, in order
	Codes      cris.Date    // the edition of the table of codes that decided
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
	numberReused   = cris.Reason{Rule: "TR-4", Text: "the number was another piece's before: its scans do not count"}
	numberGivenOn  = cris.Reason{Rule: "TR-4", Text: "the number is another piece's now: its scans do not count"}
	orderUnsure    = cris.Reason{Rule: "TR-4", Text: "another scan that counts as much may be the later one: the minute, the time zone or the clock leaves it open"}
	mayBeTheLater  = cris.Reason{Rule: "TR-4", Text: "may be the later one, but the minute, the time zone or the clock leaves it open"}
	afterReturn    = cris.Reason{Rule: "TR-4", Text: "a return had begun before the delivery: the text of the scan may not have told that it was to the sender"}
	unknownCode    = cris.Reason{Rule: "TR-3", Text: "the code is unknown: the scan is shown and nothing is concluded from it"}
	sameDelivery   = cris.Reason{Rule: "TR-4", Text: "the same delivery, scanned again"}
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

// Latest is LatestUnder with the default policy.
func Latest(scans []Scan) Delivery { return LatestUnder(scans, DefaultPolicy()) }

// LatestUnder decides the latest delivery status of the piece that has a number now, from
// the scans of that number. It is a function of the set of scans (TR-4): their order and
// their repetition make no difference. The slice given is neither changed nor kept; the
// slices returned belong to the caller.
//
// Each scan has a standing, and of the scans with the highest standing the last one
// decides:
//
//  1. A completed return, also a delivery to the original sender. Nothing undoes it.
//  2. The end of the journey: a delivery, destruction, the start of a return. So a
//     later transit scan does not hide a delivery, but a return at or after it does,
//     and a delivery after a refusal is a delivery.
//  3. A scan of the piece on its way.
//  4. An event that the USPS computed: OF, PC, NT and TL.
//  5. An announcement of the piece.
//  6. Information that does not say where the piece is.
//  7. An unknown code.
func LatestUnder(scans []Scan, policy Policy) Delivery {
	policy = policy.withDefaults()
	pieces := Pieces(scans, policy)
	return latestAmong(pieces, max(len(pieces)-1, 0), len(pieces), policy)
}

// LatestOf decides as LatestUnder, of the piece that was mailed on the given day: a number
// may have been another piece's before, and may be another's by now. It is the first of
// Pieces that was scanned since the mailing; or at most policy.EarlyDays before, if its
// announcement or acceptance is known and less than policy.ReuseMonths before. What comes
// after it belongs to it if nobody announced or accepted it and it tells of a return or a
// loss. A piece that began when the number could be another's again is another one. If
// none is left there is no scan yet. No day of mailing gives LatestUnder.
func LatestOf(scans []Scan, mailed cris.Date, policy Policy) Delivery {
	if mailed.IsZero() {
		return LatestUnder(scans, policy)
	}
	policy = policy.withDefaults()
	pieces := Pieces(scans, policy)
	from, to := piecesOf(pieces, mailed, policy)
	return latestAmong(pieces, from, to, policy)
}

// latestAmong decides of the pieces from and to, to excluded, as of one.
func latestAmong(pieces [][]Scan, from, to int, policy Policy) Delivery {
	timeline := slices.Concat(pieces[from:to]...)
	others := Delivery{Earlier: slices.Concat(pieces[:from]...), Later: slices.Concat(pieces[to:]...), Codes: CodesEdition()}
	if len(timeline) == 0 {
		others.Reasons = append([]cris.Reason{noScanYet}, reused(others)...)
		return others
	}
	deciding := 0
	for i, scan := range timeline {
		if standingOf(scan) >= standingOf(timeline[deciding]) {
			deciding = i
		}
	}
	d := Delivery{
		Class: timeline[deciding].Class(), Deciding: timeline[deciding], Timeline: timeline,
		Deliveries: deliveries(timeline, policy), Earlier: others.Earlier, Later: others.Later, Codes: others.Codes,
	}
	for i, scan := range timeline {
		if reason, is := superseded(scan, d.Deciding, i > deciding, policy); is && i != deciding {
			d.Superseded = append(d.Superseded, Superseded{scan, reason})
			if reason == notScanned {
				d.Computed = scan
			}
		}
	}
	d.Reasons = reasons(d)
	return d
}

// inOrder returns every scan once, in the order of Scan.Compare.
func inOrder(scans []Scan) []Scan {
	type timed struct {
		scan Scan
		at   int64 // so that the instant is worked out once per scan
	}
	all := make([]timed, len(scans))
	for i, scan := range scans {
		all[i] = timed{scan, scan.Moment().Likely.Unix()}
	}
	slices.SortFunc(all, func(a, b timed) int {
		if c := cmp.Compare(a.at, b.at); c != 0 {
			return c
		}
		return a.scan.compareRest(b.scan)
	})
	all = slices.Compact(all)
	sorted := make([]Scan, len(all))
	for i := range all {
		sorted[i] = all[i].scan
	}
	return sorted
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
	case Delivered, Lost, ReturnStarted:
		return endOfJourney
	case ReturnCompleted:
		return completedReturn
	default:
		if s.computed() {
			return computedEvent
		}
		return onTheWay
	}
}

// computed reports whether the USPS worked the event out and nobody scanned the piece.
func (s Scan) computed() bool {
	info, _ := s.Code.InfoOn(s.At.Date())
	return info.Computed
}

// superseded says why a scan does not decide, if someone might think it does: it comes
// later than the deciding scan, or may, or counts as the end of the journey.
func superseded(s, deciding Scan, later bool, policy Policy) (cris.Reason, bool) {
	own, decided := standingOf(s), standingOf(deciding)
	switch {
	case mayBeLater(s, deciding):
		return mayBeTheLater, true
	case !later && own < endOfJourney:
		return cris.Reason{}, false // the way the piece came
	case s.Class() == Delivered && deciding.Class() == Delivered && isSameDelivery(s, deciding, policy):
		return sameDelivery, true
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

// deliveries returns the first scan of each delivery to the addressee: those that tell of
// the same delivery as no other before them. A scan without a ZIP code is one of a
// delivery whose place is known, also if that comes after it.
func deliveries(timeline []Scan, policy Policy) (first []Scan) {
	var all []Scan
	for _, scan := range timeline {
		if scan.Class() == Delivered {
			all = append(all, scan)
		}
	}
	for i, scan := range all {
		known := false
		for j, other := range all {
			decides := j < i
			if other.Place.ZIP.IsZero() != scan.Place.ZIP.IsZero() {
				decides = scan.Place.ZIP.IsZero()
			}
			known = known || decides && isSameDelivery(other, scan, policy)
		}
		if !known {
			first = append(first, scan)
		}
	}
	return first
}

// isSameDelivery reports whether two delivery scans may be of one place and are at most
// policy.SameDelivery apart, on one clock or in truth, where it was set between them.
func isSameDelivery(a, b Scan, policy Policy) bool {
	if !mayBeOnePlace(a.Place, b.Place) {
		return false
	}
	const clocksAreSet = time.Hour // by no more than that
	apart := a.At.asUTC().Sub(b.At.asUTC()).Abs()
	if apart <= policy.SameDelivery || apart > policy.SameDelivery+clocksAreSet {
		return apart <= policy.SameDelivery
	}
	if !isOneClock(a.Place, b.Place) {
		return false
	}
	for _, zone := range a.Place.zones() {
		for _, first := range readings(locations()[zone], a.At.asUTC()) {
			for _, second := range readings(locations()[zone], b.At.asUTC()) {
				if first.Sub(second).Abs() <= policy.SameDelivery {
					return true
				}
			}
		}
	}
	return false
}

// isOneClock reports whether both places are known and the same: they then have one clock,
// whatever its zone.
func isOneClock(a, b Place) bool {
	return !a.ZIP.IsZero() && a.ZIP.Five() == b.ZIP.Five() && a.Country == b.Country
}

// mayBeOnePlace reports whether nothing that both places tell differs.
func mayBeOnePlace(a, b Place) bool {
	sameZIP := a.ZIP.IsZero() || b.ZIP.IsZero() || a.ZIP.Five() == b.ZIP.Five()
	return sameZIP && (a.Country == "" || b.Country == "" || a.Country == b.Country)
}

func reasons(d Delivery) (all []cris.Reason) {
	has := func(class Class) bool {
		return slices.ContainsFunc(d.Timeline, func(s Scan) bool { return s.Class() == class })
	}
	switch {
	case d.Class == Unknown:
		all = append(all, unknownDecides)
	case has(Unknown):
		all = append(all, unknownShown)
	}
	all = append(all, latestStands)
	if d.orderUnsure() {
		all = append(all, orderUnsure)
	}
	if d.Class == Delivered && has(ReturnStarted) {
		all = append(all, afterReturn)
	}
	return append(all, reused(d)...)
}

// orderUnsure reports whether another scan may be the one that decides.
func (d *Delivery) orderUnsure() bool {
	return slices.ContainsFunc(d.Superseded, func(s Superseded) bool { return s.Reason == mayBeTheLater })
}

func reused(d Delivery) (all []cris.Reason) {
	if len(d.Earlier) > 0 {
		all = append(all, numberReused)
	}
	if len(d.Later) > 0 {
		all = append(all, numberGivenOn)
	}
	return all
}

// mayBeLater reports whether a scan that counts as much as the deciding one and says
// something else may have been the later of the two.
func mayBeLater(s, deciding Scan) bool {
	if s.Class() == deciding.Class() || standingOf(s) != standingOf(deciding) {
		return false
	}
	a, b := s.Moment(), deciding.Moment()
	wasSet := a.Doubts&b.Doubts&SetBack != 0 || (a.Doubts|b.Doubts)&SetForward != 0
	if isOneClock(s.Place, deciding.Place) && !wasSet {
		return s.At == deciding.At
	}
	return !a.certainlyBefore(b)
}
