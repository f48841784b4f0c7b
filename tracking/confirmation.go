package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// The reasons for which a delivery is confirmed, or is not.
var (
	reachedAddress    = cris.Reason{Rule: "TR-7", Text: "the delivery was scanned at the address on file"}
	noAddressOnFile   = cris.Reason{Rule: "TR-7", Text: "no address is on file, so a delivery cannot be confirmed"}
	noPlaceNamed      = cris.Reason{Rule: "TR-7", Text: "the delivery scan names no place, so it cannot be confirmed"}
	codeDisputed      = cris.Reason{Rule: "TR-7", Text: "it is not certain that the code of the scan means a delivery, so it cannot be confirmed"}
	notSurelyLast     = cris.Reason{Rule: "TR-7", Text: "another scan may be later than the delivery, so it cannot be confirmed"}
	seenAfterwards    = cris.Reason{Rule: "TR-7", Text: "the piece was scanned again after the delivery, so it cannot be confirmed"}
	beforeMailing     = cris.Reason{Rule: "TR-7", Text: "the delivery was scanned before the day of mailing on file, so it cannot be confirmed"}
	longBeforeMailing = cris.Reason{Rule: "TR-7", Text: "the piece was scanned long before the day of mailing on file, so the delivery cannot be confirmed"}
	maybeAnothers     = cris.Reason{Rule: "TR-7", Text: "the piece is so old that the number may have been given on before the delivery, so it cannot be confirmed"}
)

// confirm confirms that the document reached its address (TR-7). Where nothing is raised
// already, it tells every doubt there is.
func (a *Attention) confirm(onFile OnFile, policy Policy) {
	d := &a.Delivery
	if d.Class != Delivered || len(a.Alerts) > 0 {
		return
	}
	delivery, mailed := d.Deliveries[0], onFile.Mailed
	day, first := delivery.At.Date(), d.Timeline[slices.IndexFunc(d.Timeline, isPhysical)].At.Date()
	givenOn := mayBeReused(first, day, policy) || mayBeReused(mailed, day, policy) || mailed.IsZero() && len(d.Earlier) > 0
	doubts := []struct {
		is     bool
		reason cris.Reason
	}{
		{onFile.Address.IsZero(), noAddressOnFile},
		{delivery.Place.ZIP.IsZero(), noPlaceNamed},
		{delivery.disputed() || d.Deciding.disputed(), codeDisputed},
		{d.orderUnsure(), notSurelyLast},
		{d.seenAgain(onFile, policy), seenAfterwards},
		{day.Before(mailed), beforeMailing},
		{first.Before(mailed.AddDays(-policy.EarlyDays)), longBeforeMailing},
		{givenOn, maybeAnothers},
	}
	a.Confirmed = true
	for _, doubt := range doubts {
		if doubt.is {
			a.Confirmed = false
			a.Reasons = append(a.Reasons, doubt.reason)
		}
	}
	if a.Confirmed {
		a.Reasons = append(a.Reasons, reachedAddress)
	}
}

// seenAgain reports whether somebody had the piece at hand after the delivery, and not at
// the address on file.
func (d *Delivery) seenAgain(onFile OnFile, policy Policy) bool {
	deciding := slices.Index(d.Timeline, d.Deciding)
	return slices.ContainsFunc(d.Timeline[deciding+1:], func(s Scan) bool {
		return isSeen(s) && (s.Class() == Unknown || s.Class() == Forwarded || !isAtAddress(s, onFile, policy))
	})
}
