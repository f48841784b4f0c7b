package srmt

import "github.com/seed28e20331/cris"

// Response is the command to answer a request.
type Response struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	Means     Means
	Text      cris.Personal[string] // the letter, the e-mail, or a note of the call
}

// DecideResponse decides whether the message answers the request and closes it
// (SR-4, SR-7). The text is kept with the request: the letter, the e-mail, or a note
// of the call.
func DecideResponse(state ServiceRequest, act Act, means Means, text cris.Personal[string]) Decision {
	// SR-4: an officer works on what is assigned to that officer, and on nothing else.
	may := permission{act.By.holds(state), cris.Reason{
		Rule: "SR-4", Text: "only the officer who holds the request responds to it",
	}}
	var against refusals
	against.unless(state.Status != Closed, "SR-1", "the request is closed")
	// SR-7: a letter, an e-mail or a telephone call, recorded.
	against.unless(means.known(), "SR-7", "a response is a letter, an e-mail or a telephone call")
	against.unless(isReadable(text), "SR-7", "the text of the response is missing or unreadable")
	return state.decide(act, may,
		Step{Kind: StepResponded, Message: Message{Direction: ToCustomer, Means: means, Text: text}},
		cris.Reason{Rule: "SR-7", Text: "the response is recorded and the request closed"},
		against)
}
