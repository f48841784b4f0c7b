package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// confirm confirms that the document reached its address (TR-7). Where nothing is raised
// already, it tells every doubt there is.
func (a *Attention) confirm(onFile OnFile, policy Policy) {
	d := &a.Delivery
	if d.Class != Delivered || len(a.Alerts) > 0 {
		return
	}
	delivery, mailed := d.Deliveries[0], onFile.Mailed
	day, first := delivery.At.Date(), d.Timeline[slices.IndexFunc(d.Timeline, Scan.isPhysical)].At.Date()
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
		return s.isSeen() && (s.Class() == Unknown || s.Class() == Forwarded || !isAtAddress(s, onFile, policy))
	})
}
