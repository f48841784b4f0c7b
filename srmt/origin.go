package srmt

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Origin is what SRMT knows of the request as it was filed. Personal details stay
// with erequest and are read there.
type Origin struct {
	RequestID string // the ID of the erequest.Request
	Channel   erequest.Channel
	Receipt   casestatus.ReceiptNumber
	Issue     erequest.Issue
	Language  cris.Language // in which the customer wants to be answered
	Filed     cris.Date
	Due       cris.Date // the response is due by the end of this day
	TakenBy   StaffID   // the member of staff who took the request (SR-10); "" for one that came online

	Provenance Provenance // of a request that was imported (SR-10); zero for any other
}

// originOf is what SRMT knows of a request as it was filed here or elsewhere.
func originOf(request erequest.Request) Origin {
	return Origin{
		RequestID: request.ID, Channel: request.Channel, Receipt: request.Receipt,
		Issue: request.Issue, Language: request.Language, Filed: request.Filed,
		// SR-9: due on the day that the customer was told, 30 days after filing.
		Due: request.RespondBy, TakenBy: StaffID(request.TakenBy),
	}
}
