package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// divide divides the scans of pieces into those of the one that was mailed on the given
// day, and those of other pieces before and after it. It is the first that may be, and with
// it what follows without a beginning of its own and tells of a return or a loss: a piece
// may be silent for long and then come back, until its sender has it. A delivery after such
// a silence is another's.
func divide(pieces [][]Scan, mailed cris.Date, policy Policy) (earlier, own, later []Scan) {
	pieces = cutBefore(pieces, mailed, policy)
	from := 0
	for from < len(pieces) && !mayBeMailed(pieces[from], mailed, policy) {
		from++
	}
	// The tail of a piece from before the mailing, and then the one that was mailed.
	if from+1 < len(pieces) && mayBeReused(beginning(pieces[from]).At.Date(), mailed, policy) && isMailed(pieces[from+1], mailed, policy) {
		from++
	}
	earlier = slices.Concat(pieces[:from]...)
	next := from
	if from < len(pieces) && !mayBeReused(mailed, beginning(pieces[from]).At.Date(), policy) {
		own = slices.Clone(pieces[from])
		next++
	}
	for ; next < len(pieces); next++ {
		var back []Scan
		if !slices.ContainsFunc(own, Scan.isBack) {
			back = wayBack(pieces[next])
		}
		own = append(own, back...)
		if len(back) < len(pieces[next]) {
			return earlier, own, append(slices.Clone(pieces[next][len(back):]), slices.Concat(pieces[next+1:]...)...)
		}
	}
	return earlier, own, nil
}

// cutBefore cuts off from the piece that was mailed another that had the number before, if
// too little is known of either for Pieces to tell them apart: somebody had one at hand too
// early for it to be this one, and by then its journey was over, or after a silence a piece
// was announced or accepted.
func cutBefore(pieces [][]Scan, mailed cris.Date, policy Policy) [][]Scan {
	early := mailed.AddDays(-policy.EarlyDays)
	isEarly := func(s Scan) bool { return s.isPhysical() && s.At.Date().Before(early) }
	i := slices.IndexFunc(pieces, func(piece []Scan) bool {
		return slices.ContainsFunc(piece, isEarly) && !lastTelling(piece).Before(early)
	})
	if i < 0 {
		return pieces
	}
	other, rest := pieces[i], slices.Concat(pieces[i+1:]...)
	for last := len(other) - 1; !isEarly(other[last]); last-- {
		rest = slices.Insert(rest, 0, other[last])
		other = other[:last]
	}
	begun := slices.IndexFunc(rest, func(s Scan) bool { return s.begins() && !mayBeReused(mailed, s.At.Date(), policy) })
	switch silent := other[len(other)-1].At.Date().AddDays(policy.EarlyDays); {
	case slices.ContainsFunc(other, Scan.isOver):
		begun = max(begun, 0) // what comes before is the end of the other
	case begun < 0 || beginning(rest) != rest[begun] || !rest[begun].At.Date().After(silent):
		return pieces
	}
	return slices.Concat(pieces[:i], [][]Scan{slices.Concat(other, rest[:begun])}, Pieces(rest[begun:], policy))
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
