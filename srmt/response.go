package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Response is the command to respond to a request, which closes it. It goes to the customer, to
// the representative or to both, as the request says, by a means that each of them gave
// (erequest.Details.Answered).
type Response struct {
	RequestID        string
	By               StaffID
	Seen             int                   // the version that the author acts on
	Means            erequest.Means        // how it goes to the customer; "" where the representative alone gets it
	ToRepresentative erequest.Means        // how it goes to the representative; "" where there is none, or none is to get it
	Text             cris.Personal[string] // the letter, the e-mail, or a note of the call
}

// DecideResponse decides whether the officer who holds the request responds to it and so closes
// it (SR-4, SR-7). The text is kept with the request: the letter, the e-mail, or a note of the
// call. Filed is what was asked for with the request; who is to be answered stands there (ER-14).
func DecideResponse(state ServiceRequest, act Act, filed erequest.Details, response Response) Decision {
	var against refusals
	// SR-7: a letter, an e-mail or a telephone call, to whoever reported the issue, recorded.
	customer, representative := filed.Answered()
	isKnown := isMeansOrNone(response.Means) && isMeansOrNone(response.ToRepresentative)
	isToThem := reaches(response.Means, customer) && reaches(response.ToRepresentative, representative)
	against.unless(isKnown, responseMeansUnknown)
	against.unless(isToThem, responseNotToThem)
	against.unless(!isKnown || !isToThem || isGiven(response.Means, customer) && isGiven(response.ToRepresentative, representative), responseMeansNotGiven)
	against.unless(isReadable(response.Text), responseUnreadable)
	return decide(&state, &act,
		&Step{Kind: StepResponded, Message: Message{
			Direction: ToCustomer, Means: response.Means, ToRepresentative: response.ToRepresentative, Text: response.Text,
		}},
		responseRecorded,
		against)
}

// reaches reports whether something goes to whoever is to get it, and to nobody else.
func reaches(by erequest.Means, to erequest.Contact) bool {
	return (by == "") == (to == erequest.Contact{})
}

// isGiven reports whether something that is to go to somebody goes by a means that was given.
func isGiven(by erequest.Means, to erequest.Contact) bool {
	return by == "" || slices.Contains(to.Ways(), by)
}

func isMeansOrNone(m erequest.Means) bool { return m == "" || isMeans(m) }
