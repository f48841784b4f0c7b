package srmttest

import (
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes
// into srmt.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// IDs returns a source of identifiers: the prefix and 1, 2, 3 and so on. It is safe for
// concurrent use.
func IDs(prefix string) func() string { return contract.IDs(prefix) }

// Start is the time of the first step of every history built here, and what the clock of a
// [World] shows: August 16, 2013, 9 in the morning in the agency's zone. The steps of a
// history follow one second after one another.
func Start() time.Time { return time.Date(2013, 8, 16, 13, 0, 0, 123456000, time.UTC) }

// NewReceived returns the first step of the request: filed on the given day, due 30
// days later, at the office. The edits change it before it is returned.
func NewReceived(id string, filed cris.Date, office casestatus.OfficeCode, edits ...func(*srmt.Step)) srmt.Step {
	step := srmt.Step{
		Seq: 1, Kind: srmt.StepReceived, At: Start(), Office: office,
		Origin: srmt.Origin{
			RequestID: id,
			Channel:   erequest.Online,
			Receipt:   casestatus.MustParseReceiptNumber("IOE0912345678"),
			Issue:     erequest.CardNotReceived,
			Language:  cris.Spanish,
			Filed:     filed,
			Due:       filed.AddDays(30),
		},
	}
	for _, edit := range edits {
		edit(&step)
	}
	return step
}

// NewMessage returns a message of an invented correspondence.
func NewMessage(direction srmt.Direction, means erequest.Means) srmt.Message {
	return srmt.Message{
		Direction: direction, Means: means,
		Text: cris.NewPersonal("Dear Ana María,\r\nyour card was mailed again; it's \"on its way\". ✓"),
	}
}

// NewHistory returns the history of a request that was taken by telephone, received at NSC, handed
// on there and to SSC, responded to and so closed there, with a note at the end, by the staff of a
// [World]. The edits change the steps before they are returned.
func NewHistory(id string, edits ...func([]srmt.Step)) []srmt.Step {
	history := []srmt.Step{
		NewReceived(id, cris.MustParseDate("2013-08-15"), "NSC"),
		{Kind: srmt.StepAssigned, By: "siio-nsc-1", Officer: "iio-nsc-1"},
		{Kind: srmt.StepCorresponded, By: "iio-nsc-1", Message: NewMessage(srmt.FromCustomer, erequest.ByEmail)},
		{Kind: srmt.StepReassigned, By: "siio-nsc-1", Officer: "siio-nsc-1", Why: srmt.StaffChange},
		{Kind: srmt.StepRedirected, By: "siio-nsc-1", Office: "SSC", Why: srmt.OfficeLocationAlignment},
		{Kind: srmt.StepAssigned, By: "siio-ssc-1", Officer: "iio-ssc-1"},
		{Kind: srmt.StepResponded, By: "iio-ssc-1", Message: NewMessage(srmt.ToCustomer, erequest.ByLetter), Finding: letter.MailedAgain},
		{Kind: srmt.StepCorresponded, By: "iio-ssc-1", Message: NewMessage(srmt.FromCustomer, erequest.ByTelephone)},
		{Kind: srmt.StepNoted, By: "siio-ssc-1", Message: srmt.Message{Text: cris.NewPersonal("She called: the card has come.")}},
	}
	history[0].Origin.Channel, history[0].Origin.TakenBy = erequest.Telephone, "csr-ncsc-1"
	history[6].Message.ToRepresentative = erequest.ByEmail
	return numbered(history, edits...)
}

// NewReviewedHistory returns a history at NSC with a step of each kind that answers: a message that
// asks and one that answers it, a response that was proposed, sent back, proposed again and approved,
// and a correction of it, by the staff of a [World]. The edits change the steps before they are
// returned.
func NewReviewedHistory(id string, edits ...func([]srmt.Step)) []srmt.Step {
	asking := NewMessage(srmt.ToCustomer, erequest.ByEmail)
	asking.Asks = true
	response := NewMessage(srmt.ToCustomer, erequest.ByLetter)
	response.Attached = srmt.NewAttached(
		letter.Attachment{Ref: "file-1", Name: cris.NewPersonal("Recibo de Ana María.pdf"), MediaType: "application/pdf", Size: 4711, SHA256: strings.Repeat("0f", 32)},
		letter.Attachment{Ref: "file-2", Name: cris.NewPersonal("map.png"), MediaType: "image/png", Size: 1, SHA256: strings.Repeat("a7", 32)},
	)
	const edition = "response card_not_received mailed_again 2013-08-15"
	return numbered([]srmt.Step{
		NewReceived(id, cris.MustParseDate("2013-08-15"), "NSC"),
		{Kind: srmt.StepAssigned, By: "siio-nsc-1", Officer: "iio-nsc-1"},
		{Kind: srmt.StepCorresponded, By: "iio-nsc-1", Message: asking},
		{Kind: srmt.StepCorresponded, By: "iio-nsc-1", Message: NewMessage(srmt.FromCustomer, erequest.ByEmail)},
		{Kind: srmt.StepProposed, By: "iio-nsc-1", Message: response, Finding: letter.Delivered},
		{Kind: srmt.StepSentBack, By: "siio-nsc-1", Message: srmt.Message{Text: cris.NewPersonal("Ana says that it was not.")}},
		{Kind: srmt.StepCorresponded, By: "siio-nsc-1", Message: asking},
		{Kind: srmt.StepProposed, By: "iio-nsc-1", Message: response, Finding: letter.MailedAgain, Letter: edition},
		{Kind: srmt.StepApproved, By: "siio-nsc-1", Message: response, Finding: letter.MailedAgain, Letter: edition},
		{Kind: srmt.StepCorrected, By: "siio-nsc-1", Message: response, Finding: letter.NotMailed},
	}, edits...)
}

// numbered gives each step its number and its time.
func numbered(history []srmt.Step, edits ...func([]srmt.Step)) []srmt.Step {
	for i := range history {
		history[i].Seq, history[i].At = i+1, Start().Add(time.Duration(i)*time.Second)
	}
	for _, edit := range edits {
		edit(history)
	}
	return history
}
