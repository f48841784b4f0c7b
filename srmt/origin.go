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
}
