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
	if len(pieces) == 0 {
		return latestAmong(nil, nil, nil, policy)
	}
	last := len(pieces) - 1
	return latestAmong(slices.Concat(pieces[:last]...), pieces[last], nil, policy)
}

// LatestOf decides as LatestUnder, of the piece that was mailed on the given day: a number
// may have been another piece's before, and may be another's by now. It is the first of
// Pieces that was scanned since the mailing; or at most policy.EarlyDays before, if its
// announcement or acceptance is known and less than policy.ReuseMonths before. One from
// before the mailing is passed over if the number could be given on by then and another
// piece begins after it. What comes after the piece belongs to it if nobody announced or
// accepted it and it tells of a return or a loss, up to a delivery. A piece that began when
// the number could be another's again is another one. If none is left there is no scan
// yet. No day of mailing gives LatestUnder.
func LatestOf(scans []Scan, mailed cris.Date, policy Policy) Delivery {
	if mailed.IsZero() {
		return LatestUnder(scans, policy)
	}
	policy = policy.withDefaults()
	earlier, own, later := divide(Pieces(scans, policy), mailed, policy)
	return latestAmong(earlier, own, later, policy)
}

// latestAmong decides of the timeline of one piece, with the scans of others before and
// after it.
func latestAmong(earlier, timeline, later []Scan, policy Policy) Delivery {
	others := Delivery{Earlier: earlier, Later: later, Codes: CodesEdition()}
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
