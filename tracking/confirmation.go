package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// The reasons for which a delivery is confirmed, or is not.
var (
	reachedAddress  = cris.Reason{Rule: "TR-7", Text: "the delivery was scanned at the address on file"}
	noAddressOnFile = cris.Reason{Rule: "TR-7", Text: "no address is on file, so a delivery cannot be confirmed"}
	noPlaceNamed    = cris.Reason{Rule: "TR-7", Text: "the delivery scan names no place, so it cannot be confirmed"}
	codeDisputed    = cris.Reason{Rule: "TR-7", Text: "it is not certain that the code of the scan means a delivery, so it cannot be confirmed"}
	notSurelyLast   = cris.Reason{Rule: "TR-7", Text: "another scan may be later than the delivery, so it cannot be confirmed"}
	beforeMailing   = cris.Reason{Rule: "TR-7", Text: "the delivery was scanned before the day of mailing on file, so it cannot be confirmed"}
	maybeAnothers   = cris.Reason{Rule: "TR-7", Text: "the piece is so old that the number may have been given on before the delivery, so it cannot be confirmed"}
)

// confirm confirms that the document reached its address if there is no doubt about it
// (TR-7), and otherwise tells every doubt there is.
func (a *Attention) confirm(onFile OnFile, policy Policy) {
	d := &a.Delivery
	if d.Class != Delivered || len(a.Alerts) > 0 {
		return
	}
	delivery := d.Deliveries[0]
	first, day := d.Timeline[slices.IndexFunc(d.Timeline, isPhysical)].At.Date(), delivery.At.Date()
	code, _ := d.Deciding.Code.InfoOn(d.Deciding.At.Date())
	doubts := []struct {
		is     bool
		reason cris.Reason
	}{
		{onFile.Address.IsZero(), noAddressOnFile},
		{delivery.Place.ZIP.IsZero(), noPlaceNamed},
		{code.Note != "", codeDisputed},
		{d.orderUnsure(), notSurelyLast},
		{day.Before(onFile.Mailed), beforeMailing},
		{mayBeReused(first, day, policy) || mayBeReused(onFile.Mailed, day, policy), maybeAnothers},
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
