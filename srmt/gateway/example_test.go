package gateway_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
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

// A service keeps the call. An act is given again, since its result was lost, and counts once.
func ExampleService() {
	db, ctx := memory.New(), context.Background()
	requests := erequest.NewService(db.ERequests(), db.Cases(), nil, nil)
	service := gateway.NewService(db.Calls(), gatewaytest.Roster{"rep-7"}, requests, nil)

	started, err := service.Start(ctx, gateway.NewCall{
		Key: "line 3, 10:15", By: "rep-7", Script: "card-not-received", Language: cris.Spanish, Statement: erequest.Statements()[0].Edition,
	})
	fmt.Println(started.Outcome, started.Call.Version, err)
	act := gateway.Act{CallID: started.CallID, By: "rep-7", Seen: started.Call.Version}
	for range 2 {
		shown, err := service.Show(ctx, act, started.Call.Next)
		fmt.Println(shown.Outcome, shown.Call.Version, err)
	}
	opened, err := service.Open(ctx, "rep-7", started.CallID)
	fmt.Println(opened.Outcome, opened.Reasons, err)
	_, err = service.Call(ctx, "rep-8", started.CallID)
	fmt.Println(err)
	// Output:
	// allowed 1 <nil>
	// allowed 2 <nil>
	// already_done 2 <nil>
	// refused [the call goes on, and a request is opened at its end (SR-1)] <nil>
	// gateway: not open to this representative
}
