package disclosure_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// A congressional office asks for an individual who asked it for help.
func ExampleService_Record() {
	service := disclosure.NewService(memory.New().Accountings(), nil)
	words := cris.NewWords(disclosure.Words()...)
	facts := disclosure.Facts{
		By:     selfcheck.Official{ID: "privacy-1", Duties: []selfcheck.Duty{selfcheck.DutyDisclosure}},
		Handle: selfcheck.NewHandle(), // in truth the one that is kept in the record
		Recipient: disclosure.Recipient{
			Kind: disclosure.CongressionalOffice, Name: "Office of Representative Example", Address: "1 Example Street, Washington, DC 20515",
		},
		Purpose:  disclosure.ToAnswerCongress,
		Asked:    []disclosure.Class{disclosure.Name, disclosure.QueryResult},
		Attested: []disclosure.Condition{disclosure.OfficeInquired},
	}
	show := func(decision disclosure.Decision, err error) {
		fmt.Println(words.Say(cris.English, decision.Message()), err)
		for _, reason := range decision.Reasons {
			fmt.Println("-", reason)
		}
		for _, condition := range decision.Missing {
			fmt.Println("- Attest:", words.Say(cris.English, condition.Message()))
		}
		fmt.Println("May go:", decision.What)
	}
	show(service.Record(context.Background(), disclosure.Congress, facts))
	facts.Attested = append(facts.Attested, disclosure.IndividualAskedOffice)
	show(service.Record(context.Background(), disclosure.Congress, facts))
	// Output:
	// The disclosure is not allowed. <nil>
	// - a condition of the routine use was not attested (SC-18)
	// - Attest: The individual to whom the record pertains asked the office to inquire.
	// May go: []
	// The disclosure is allowed and on record. <nil>
	// - the disclosure stays within the routine use (SC-18)
	// May go: [name query_result]
}
