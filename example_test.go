package cris_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Deadlines are counted in civil days. The day begins when the calendar of the agency's
// zone turns, which is not when that of UTC does.
func ExampleDate() {
	filed := cris.DateOf(time.Date(2024, 2, 1, 3, 30, 0, 0, time.UTC), cris.AgencyZone())
	due := filed.AddDays(30)
	fmt.Println("filed", filed, "due by the end of", due)
	fmt.Println("overdue from", due.AddDays(1).Start(cris.AgencyZone()))
	// Output:
	// filed 2024-01-31 due by the end of 2024-03-01
	// overdue from 2024-03-02 05:00:00 +0000 UTC
}

// A personal value never prints, however deep it is hidden. Reveal is the only way to it.
func ExamplePersonal() {
	type contact struct {
		Case  string
		Email cris.Personal[string]
	}
	c := contact{Case: "IOE0912345678", Email: cris.NewPersonal("someone@example.org")}
	text, err := json.Marshal(c)
	fmt.Printf("%+v\n%s %v\n", c, text, err)
	fmt.Println(c.Email == cris.NewPersonal("someone@example.org"), len(c.Email.Reveal()))
	// Output:
	// {Case:IOE0912345678 Email:[redacted]}
	// {"Case":"IOE0912345678","Email":"[redacted]"} <nil>
	// true 19
}

// An error says which part of a name is wrong, and never repeats it.
func ExampleNewPersonName() {
	_, err := cris.NewPersonName(cris.NameParts{Family: "Ordóñez", Given: "J0\x00"})
	fmt.Println(err)
	// Output: given name: at character 3: control character
}

// What customers read comes from phrases by code. A host program adds its own behind those
// of the packages; for one code, the last counts.
func ExampleWords() {
	words := cris.NewWords(append(casestatus.Words(),
		cris.Phrase{Code: "host.see_you", English: "See you on %s.", Spanish: "Le esperamos el %s."},
	)...)
	visit := cris.Message{Code: "host.see_you", Args: []any{cris.MustParseDate("2024-03-02")}}
	for _, preference := range []string{"en-US,en;q=0.9", "es-MX,es;q=0.8,en;q=0.5", "fr"} {
		fmt.Println(words.Say(cris.MatchLanguage(preference), visit))
	}
	// Output:
	// See you on March 2, 2024.
	// Le esperamos el 2 de marzo de 2024.
	// See you on March 2, 2024.
}

// Programs branch by the codes of reasons, people read the words for them, and the rule leads
// to the document.
func ExampleReason() {
	const posted, filed = "2022-02-19", "2022-01-31"
	decision := casestatus.DecideEligibility(
		casestatus.Case{Header: casestatus.Header{Form: "I-102", FormType: "142", Office: "CSC", Filed: cris.MustParseDate(filed)}},
		casestatus.ProcessingTime{
			Form: "I-102", FormType: "142", Office: "CSC",
			ReadOn: cris.MustParseDate(posted), InquiryDate: cris.MustParseDate("2019-11-27"),
		},
		cris.MustParseDate(posted), nil, casestatus.DefaultPolicy())
	words := cris.NewWords(casestatus.Words()...)
	for _, reason := range decision.Reasons {
		fmt.Println(reason.Code == "casestatus.not_filed_before_inquiry_date")
		fmt.Println(reason)
		fmt.Println(words.Say(cris.Spanish, reason.Message()))
	}
	// Output:
	// true
	// filed on or after the inquiry date of the day of asking (CS-6)
	// Su caso no se presentó antes de la fecha de recibo para consultas.
}

// Whatever is parsed fails with a *ParseError, which says where, and never what was entered.
func ExampleParseError() {
	_, err := cris.ParseDate("2024-2-1")
	if problem, ok := errors.AsType[*cris.ParseError](err); ok {
		fmt.Println(problem.What, problem.At)
	}
	fmt.Println(err)
	// Output:
	// date 6
	// date: at character 7: want a digit, as in 2006-01-02
}

// Each event goes to every handler of its type. One that nobody handles is done with.
func ExampleMux() {
	mux := cris.NewMux(greeter{})
	fmt.Println(mux.HandledTypes())
	for _, event := range []cris.Event{{Type: "host.greeting", Subject: "world"}, {Type: "host.nobody_cares"}} {
		if err := mux.Handle(context.Background(), event); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// [host.greeting]
	// hello, world
}

// greeter handles one type of event. The Service of a package is such a handler too.
type greeter struct{}

func (greeter) HandledTypes() []string { return []string{"host.greeting"} }

func (greeter) Handle(_ context.Context, event cris.Event) error {
	fmt.Println("hello,", event.Subject)
	return nil
}

// A store saves events together with what they tell of. One pass of a relay hands them to whoever
// handles their type. A program that serves has package adapters/relay do it.
func ExampleRelay() {
	ctx := context.Background()
	db := memory.New()
	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	err := db.ERequests().Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{Events: []cris.Event{
			{ID: "event-1", Type: "host.greeting", Source: "/host", Subject: "world"},
			{ID: "event-2", Type: "host.nobody_cares", Source: "/host"},
		}}, nil
	})
	fmt.Println(err)

	mux := cris.NewMux(greeter{})
	delivered, err := cris.Relay(ctx, db.Outbox(), mux.Handle)
	fmt.Println(delivered, err)

	delivered, err = cris.Relay(ctx, db.Outbox(), mux.Handle)
	fmt.Println(delivered, err)
	// Output:
	// <nil>
	// hello, world
	// 2 <nil>
	// 0 <nil>
}

// A template is checked when it is loaded. The letter that it makes escapes what is filled in.
func ExampleNewTemplate() {
	text := cris.TemplateText{
		Edition: "receipt 2024-03-01", From: cris.MustParseDate("2024-03-01"),
		Subject:    cris.Phrase{English: "We have your letter", Spanish: "Tenemos su carta"},
		Paragraphs: []cris.Phrase{{English: "It came on {came} from {sender}.", Spanish: "Llegó el {came}."}},
	}
	_, err := cris.NewTemplate(text, "came", "sender")
	fmt.Println(err)

	text.Paragraphs[0].Spanish = "Llegó el {came}, de {sender}."
	template, err := cris.NewTemplate(text, "came", "sender")
	if err != nil {
		fmt.Println(err)
		return
	}
	letter := template.Fill(cris.Spanish, map[string]any{"came": cris.MustParseDate("2024-03-02"), "sender": "<b>Ana</b>"})
	fmt.Print(letter.HTMLFragment())
	// Output:
	// cris: template "receipt 2024-03-01": variable "sender" is not shown in es
	// <article lang="es">
	// <h2>Tenemos su carta</h2>
	// <p>Llegó el 2 de marzo de 2024, de &lt;b&gt;Ana&lt;/b&gt;.</p>
	// </article>
}
