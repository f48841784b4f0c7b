package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// divide divides the scans of pieces into those of the one that was mailed on the given
// day, and those of other pieces before and after it. It is the first that may be, and with
// it what follows without a beginning of its own and tells of a return or a loss: a piece
// may be silent for long and then come back. A delivery after such a silence is another's.
func divide(pieces [][]Scan, mailed cris.Date, policy Policy) (earlier, own, later []Scan) {
	from := 0
	for from < len(pieces) && !mayBeMailed(pieces[from], mailed, policy) {
		from++
	}
	// The tail of a piece from before the mailing, and then the one that was mailed.
	if from+1 < len(pieces) && mayBeReused(beginning(pieces[from]).At.Date(), mailed, policy) && isMailed(pieces[from+1], mailed, policy) {
		from++
	}
	earlier = slices.Concat(pieces[:from]...)
	if from == len(pieces) || beginning(pieces[from]).begins() && !isMailed(pieces[from], mailed, policy) {
		return earlier, nil, slices.Concat(pieces[from:]...)
	}
	before, own := ended(pieces[from], mailed, policy)
	earlier = append(earlier, before...)
	for next := from + 1; next < len(pieces); next++ {
		back := wayBack(pieces[next])
		own = append(own, back...)
		if len(back) < len(pieces[next]) {
			return earlier, own, append(slices.Clone(pieces[next][len(back):]), slices.Concat(pieces[next+1:]...)...)
		}
	}
	return earlier, own, nil
}

// ended divides a piece whose journey had ended long before the mailing, and which was
// scanned again since: the number was given to another piece whose beginning nobody scanned.
func ended(piece []Scan, mailed cris.Date, policy Policy) (before, own []Scan) {
	own = slices.Clone(piece)
	// There is such a scan: mayBeMailed or isMailed has seen it.
	since := slices.IndexFunc(own, func(s Scan) bool { return !s.At.Date().Before(mailed.AddDays(-policy.EarlyDays)) })
	if !slices.ContainsFunc(own[:since], Scan.ends) {
		return nil, own
	}
	return own[:since:since], own[since:]
}

// wayBack returns the scans with which a piece tells that it is an older one that comes
// back: none if it has a beginning, or tells of neither return nor loss.
func wayBack(piece []Scan) []Scan {
	if beginning(piece).begins() {
		return nil
	}
	back := piece
	if i := slices.IndexFunc(piece, func(s Scan) bool { return s.Class() == Delivered }); i >= 0 {
		back = piece[:i]
	}
	if !slices.ContainsFunc(back, Scan.goesBack) {
		return nil
	}
	return back
}

// mayBeMailed reports whether the piece may be one that was mailed on the given day: it was
// scanned since, or shortly before, and then its beginning must be known and be so young
// that the number was no other piece's.
func mayBeMailed(piece []Scan, mailed cris.Date, policy Policy) bool {
	last, first := lastTelling(piece), beginning(piece)
	if !last.Before(mailed) {
		return true
	}
	early := !last.Before(mailed.AddDays(-policy.EarlyDays))
	return early && first.begins() && !mayBeReused(first.At.Date(), mailed, policy)
}

// isMailed reports whether the piece begins, and before another could have the number of
// what was mailed.
func isMailed(piece []Scan, mailed cris.Date, policy Policy) bool {
	first := beginning(piece)
	return first.begins() && !mayBeReused(mailed, first.At.Date(), policy)
}

// beginning returns the first scan that tells of the piece, or the first of all if none
// does: a notice may come before it.
func beginning(piece []Scan) Scan {
	if i := slices.IndexFunc(piece, Scan.tellsOfPiece); i >= 0 {
		return piece[i]
	}
	return piece[0]
}

// lastTelling returns the day of the last scan that tells of the piece, or of the last
// scan if none does.
func lastTelling(piece []Scan) cris.Date {
	for _, scan := range slices.Backward(piece) {
		if scan.tellsOfPiece() {
			return scan.At.Date()
		}
	}
	return piece[len(piece)-1].At.Date()
}
