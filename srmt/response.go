package srmt

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Response is the command to respond to a request, which closes it; to propose a response for review;
// or to correct what was sent. It goes to the customer, to the representative or to both, as the
// request says, by a means that each of them gave (erequest.Details.Answered). Either Text or Letter
// is given.
type Response struct {
	RequestID        string
	By               StaffID
	Seen             int                   // the version that the author acts on
	Means            erequest.Means        // how it goes to the customer; "" where only the representative gets it
	ToRepresentative erequest.Means        // how it goes to the representative; "" where there is none, or none is to get it
	Finding          letter.Finding        // what the research has shown: one that suits the issue
	Text             cris.Personal[string] // the author's own words: the letter, the e-mail, or a note of the call; at most 20,000 bytes
	Letter           *Draft                // for the letter that Compose makes from a template; nil for the author's own words
	Attachments      []letter.Attachment   // what goes out with it, each exactly as Ports.Attachments reports it; none without that port
}

// DecideResponse decides whether the officer who holds the request responds to it and so closes
// it (SR-4, SR-7). Finding, edition and text are kept with the request: the letter, the e-mail, or a
// note of the call, as a whole. Who is to be answered stands in the request as it was filed (ER-14).
// A response whose finding the policy requires to be reviewed is refused: see [DecideProposal].
func DecideResponse(state ServiceRequest, act Act, onFile OnFile, response Response, policy Policy) (d Decision) {
	var against refusals
	d.Step, against = answer(StepResponded, state, act.On, onFile, response, policy)
	against.unless(!policy.isReviewed(response.Finding), needsReview)
	d.decide(&state, &act, responseRecorded, against)
	return d
}
