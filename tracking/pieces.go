package tracking

import "github.com/seed28e20331/cris"

// Pieces divides the scans of one number among the pieces that had it, the earliest
// first, each in the order of Scan.Compare. A number belongs to one piece for
// policy.ReuseMonths; then the USPS may give it to another. A scan begins another piece
//
//   - if no scan of the piece before it is younger than that, or
//   - if it announces or accepts a piece, and the first scan of the one before, after its
//     announcement, is not younger than that.
//
// Events that nobody scanned or that do not say where a piece is begin none: a notice
// about an old piece may come late. DecideDelivery takes the piece that was mailed on a given
// day. The result is a function of the set of scans, and the caller's
// own; it is empty for no scans.
func Pieces(scans []Scan, policy Policy) [][]Scan {
	policy = policy.withDefaults()
	var pieces [][]Scan
	var first, last cris.Date // of the present piece: its first scan after the announcement, and its last that counts
	for _, scan := range inOrder(scans) {
		day := scan.At.Date()
		if len(pieces) == 0 || beginsAnother(scan, first, last, policy) {
			pieces = append(pieces, nil)
			first, last = cris.Date{}, day
		}
		if scan.tellsOfPiece() {
			last = day
		}
		if first.IsZero() && scan.isPhysical() {
			first = day
		}
		pieces[len(pieces)-1] = append(pieces[len(pieces)-1], scan)
	}
	return pieces
}

func beginsAnother(scan Scan, first, last cris.Date, policy Policy) bool {
	if !scan.tellsOfPiece() {
		return false
	}
	day := scan.At.Date()
	return mayBeReused(last, day, policy) || scan.begins() && mayBeReused(first, day, policy)
}

// mayBeReused reports whether on the given day a number may be another piece's than on
// the day since.
func mayBeReused(since, day cris.Date, policy Policy) bool {
	due := since.AddMonths(policy.ReuseMonths)
	return !due.IsZero() && !day.Before(due) // there is no day after the year 9999
}
