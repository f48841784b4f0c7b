package srmttest

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// Start is the time of the first step of every history built here. The steps after
// it follow one second after one another.
func Start() time.Time { return time.Date(2013, 8, 16, 13, 0, 0, 123456000, time.UTC) }

// Received returns the first step of the request: filed on the given day, due 30
// days later, at the office.
func Received(id string, filed cris.Date, office casestatus.OfficeCode) srmt.Step {
	return srmt.Step{
		Seq: 1, Kind: srmt.StepReceived, At: Start(), Office: office,
		Origin: srmt.Origin{
			RequestID: id,
			Channel:   erequest.Online,
			Receipt:   casestatus.MustParseReceiptNumber("IOE0912345678"),
			Issue:     erequest.CardNotReceived,
			Filed:     filed,
			Due:       filed.AddDays(30),
		},
	}
}

// Message returns a message of an invented correspondence.
func Message(direction srmt.Direction, means srmt.Means) srmt.Message {
	return srmt.Message{
		Direction: direction, Means: means,
		Text: cris.NewPersonal("Dear Ana María,\r\nyour card was mailed again; it's \"on its way\". ✓"),
	}
}

// History returns a history with a step of every kind: received at NSC, handed on
// there and to SSC, answered and closed there.
func History(id string) []srmt.Step {
	history := []srmt.Step{
		Received(id, cris.MustParseDate("2013-08-15"), "NSC"),
		{Kind: srmt.StepAssigned, By: "siio-nsc", Officer: "iio-nsc"},
		{Kind: srmt.StepCorresponded, By: "iio-nsc", Message: Message(srmt.FromCustomer, srmt.ByEmail)},
		{Kind: srmt.StepReassigned, By: "siio-nsc", Officer: "siio-nsc", Why: srmt.StaffChange},
		{Kind: srmt.StepRedirected, By: "siio-nsc", Office: "SSC", Why: srmt.OfficeLocationAlignment},
		{Kind: srmt.StepAssigned, By: "siio-ssc", Officer: "iio-ssc"},
		{Kind: srmt.StepResponded, By: "iio-ssc", Message: Message(srmt.ToCustomer, srmt.ByLetter)},
		{Kind: srmt.StepCorresponded, By: "iio-ssc", Message: Message(srmt.FromCustomer, srmt.ByTelephone)},
	}
	for i := range history {
		history[i].Seq, history[i].At = i+1, Start().Add(time.Duration(i)*time.Second)
	}
	return history
}
