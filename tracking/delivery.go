package tracking

import (
	"cmp"
	"slices"

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

// Superseded is a scan that does not decide although it is later than the deciding one, or
// may be, or although it once ended the journey.
type Superseded struct {
	Scan   Scan
	Reason cris.Reason
}

// DecideDelivery decides the latest delivery status of one piece from the scans of its
// number: of the piece that was mailed on the given day or, for the zero Date, of the one
// that has the number now. It is a function of the set of scans (TR-4): their order and
// their repetition make no difference. The slice given is neither changed nor kept; the
// slices returned belong to the caller.
//
// Each scan has a standing, and of the scans with the highest standing the last one
// decides:
//
//  1. A completed return, including a delivery to the original sender. Nothing undoes it.
//  2. The end of the journey: a delivery, destruction, the start of a return. So a
//     later transit scan does not hide a delivery, but a return at or after it does,
//     and a delivery after a refusal is a delivery.
//  3. A scan of the piece on its way.
//  4. An event that the USPS computed: OF, PC, NT and TL.
//  5. An announcement of the piece.
//  6. Information that does not say where the piece is.
//  7. An unknown code.
//
// A number may have been another piece's before the mailing, and may be another's by now.
// The piece that was mailed is the first of [Pieces] that was scanned since the mailing; or
// at most policy.EarlyDays before, if its announcement or acceptance is known and less than
// policy.ReuseMonths before. One from before the mailing is passed over if the number could
// be given on by then and another piece begins after it, and so is one that somebody had
// more than policy.EarlyDays before the mailing, if its journey was over by then or a piece
// was announced or accepted after that. What comes after the piece belongs to it if nobody
// announced or accepted it and it tells of a return or a loss, up to a delivery, and until
// the sender has it. A piece that began when the number could be another's again is another
// one, and so is one that was first seen then, with the same exception. If none is left
// there is no scan yet.
func DecideDelivery(scans []Scan, mailed cris.Date, policy Policy) Delivery {
	policy = policy.withDefaults()
	pieces := Pieces(scans, policy)
	switch {
	case len(pieces) == 0:
		return latestAmong(nil, nil, nil, policy)
	case mailed.IsZero():
		last := len(pieces) - 1
		return latestAmong(slices.Concat(pieces[:last]...), pieces[last], nil, policy)
	}
	earlier, own, later := divide(pieces, mailed, policy)
	return latestAmong(earlier, own, later, policy)
}

// latestAmong decides of the timeline of one piece, with the scans of others before and
// after it.
func latestAmong(earlier, timeline, later []Scan, policy Policy) Delivery {
	others := Delivery{Class: NoScan, Earlier: earlier, Later: later, Codes: CodesEdition()}
	if len(timeline) == 0 {
		others.Reasons = append([]cris.Reason{noScanYet}, reused(others)...)
		return others
	}
	deciding := 0
	for i, scan := range timeline {
		if scan.standing() >= timeline[deciding].standing() {
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
			if reason.Code == notScanned.Code {
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
	return slices.ContainsFunc(d.Superseded, func(s Superseded) bool { return s.Reason.Code == mayBeTheLater.Code })
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

// superseded says why a scan does not decide, if someone might think it does: it comes
// later than the deciding scan, or may, or counts as the end of the journey.
func superseded(s, deciding Scan, later bool, policy Policy) (cris.Reason, bool) {
	own, decided := s.standing(), deciding.standing()
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
		return returnStands, true
	case own == endOfJourney:
		return overruled, true
	case decided >= endOfJourney:
		return journeyOver, true
	case own == computedEvent:
		return notScanned, true
	default:
		return announcedLate, true
	}
}

// mayBeLater reports whether a scan that counts as much as the deciding one and says
// something else may have been the later of the two.
func mayBeLater(s, deciding Scan) bool {
	if s.Class() == deciding.Class() || s.standing() != deciding.standing() {
		return false
	}
	a, b := s.Moment(), deciding.Moment()
	wasSet := a.Doubts&b.Doubts&SetBack != 0 || (a.Doubts|b.Doubts)&SetForward != 0
	if !isOneClock(s.Place, deciding.Place) || wasSet {
		return !a.certainlyBefore(b)
	}
	ahead := s.At.asUTC().Sub(deciding.At.asUTC())
	if a.Doubts&NoZone != 0 {
		return ahead > -clocksAreSet // nobody knows when
	}
	return ahead >= 0
}
