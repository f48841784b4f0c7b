package srmt

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Response is the command to respond to a request, which closes it.
type Response struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	Means     erequest.Means
	Text      cris.Personal[string] // the letter, the e-mail, or a note of the call
}

// DecideResponse decides whether the officer who holds the request responds to the customer
// and so closes it (SR-4, SR-7). The text is kept with the request: the letter, the e-mail,
// or a note of the call.
func DecideResponse(state ServiceRequest, act Act, means erequest.Means, text cris.Personal[string]) Decision {
	var against refusals
	// SR-7: a letter, an e-mail or a telephone call, recorded.
	against.unless(isMeans(means), responseMeansUnknown)
	against.unless(isReadable(text), responseUnreadable)
	return decide(&state, &act,
		&Step{Kind: StepResponded, Message: Message{Direction: ToCustomer, Means: means, Text: text}},
		responseRecorded,
		against)
}
