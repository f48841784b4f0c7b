package gateway_test

import (
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// A caller's card did not arrive. The representative finds the script, reads it, and opens a
// service request with what the caller said.
func Example() {
	library, today := gateway.DefaultLibrary(), cris.MustParseDate("2024-03-04")
	now := time.Date(2024, 3, 4, 15, 0, 0, 0, time.UTC)
	scripts := library.Search(gateway.Query{On: today, Words: "no llegó mi tarjeta", Language: cris.Spanish})
	fmt.Println(cris.Spanish.Pick(scripts[0].Title().English, scripts[0].Title().Spanish))

	var history []gateway.Step // which the host program keeps
	var call gateway.Call
	take := func(decision gateway.Decision) {
		if decision.Outcome == gateway.Refused {
			fmt.Println("refused:", decision.Reasons)
			return
		}
		history = append(history, decision.Step)
		var err error
		if call, err = gateway.Replay(library, history); err != nil {
			fmt.Println(err)
		}
	}
	showAndRead := func() {
		take(gateway.DecideShown(call, call.Next, now))
		for call.ToRead() > 0 {
			take(gateway.DecideRead(call, call.ToRead(), now))
		}
	}

	take(gateway.DecideStart(library, gateway.Start{
		By: "rep-7", Script: scripts[0].ID(), On: today, Language: cris.Spanish, At: now,
		Statement: erequest.Statements()[0].Edition, // in a host program that of erequest.Service.Statement
	}))
	take(gateway.DecideShown(call, "greeting", now))
	take(gateway.DecideChoice(call, "receipt", now))
	for call.ToRead() > 0 {
		take(gateway.DecideRead(call, call.ToRead(), now))
	}
	take(gateway.DecideSaid(call, gateway.Said{Screening: erequest.Screening{
		Receipt: casestatus.MustParseReceiptNumber("MSC2190000001"), Form: "I-90", MailingZIP: cris.NewPersonal(cris.MustParseZIP("07405")),
	}}, now))
	for _, choice := range []gateway.ChoiceID{"receipt", "same", "late"} {
		take(gateway.DecideChoice(call, choice, now))
		showAndRead()
	}
	take(gateway.DecideSaid(call, gateway.Said{Details: erequest.Details{CountryOfBirth: cris.NewPersonal("SE")}}, now))
	take(gateway.DecideEnd(call, now))

	opening := call.Submission("call 4711")
	fmt.Println(opening.Outcome, opening.Reasons)
	fmt.Println(opening.Submission.Issue, opening.Submission.Channel, opening.Submission.Screening.Receipt, opening.Submission.Screening.MailingZIP)
	// Output:
	// No llegó una tarjeta
	// refused: [a block of the node that is shown has to be read aloud first (GW-1)]
	// allowed [a service request is opened from the call, with what was already said (SR-1)]
	// card_not_received telephone MSC2190000001 [redacted]
}

// Everything that is wrong with a script is told at once, with the nodes.
func ExampleNewScript() {
	_, err := gateway.NewScript(gateway.Draft{
		ID: "hours", Edition: cris.MustParseDate("2024-03-04"), Title: cris.Phrase{English: "Office hours", Spanish: "Horario"}, Start: "start",
		Nodes: []gateway.Node{{
			ID:      "start",
			Blocks:  []gateway.Block{{Text: cris.Phrase{English: "Which office do you mean?"}, ReadAloud: true}},
			Choices: []gateway.Choice{{ID: "any", Text: cris.Phrase{English: "Any", Spanish: "Cualquiera"}, To: "answer"}},
		}},
	})
	fmt.Println(err)
	// Output:
	// gateway: script "hours" of 2024-03-04: node "start": block 1: nothing in Spanish; node "start": choice "any": it leads to a node that does not exist, "answer"; node "start": no way from here comes to an end
}
