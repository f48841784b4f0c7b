package casestatus_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

func ExampleDecideEligibility() {
	onFile := casestatus.Case{
		Receipt: casestatus.MustParseReceiptNumber("IOE-01-234-56789"),
		Form:    "I-102", FormType: "142", Office: "CSC",
		Filed: cris.MustParseDate("2019-12-01"),
	}
	posted := casestatus.ProcessingTime{
		Form: "I-102", FormType: "142", Office: "CSC",
		PublishedOn: cris.MustParseDate("2022-01-28"),
		ReadOn:      cris.MustParseDate("2022-02-19"),
		InquiryDate: cris.MustParseDate("2019-11-27"),
	}
	decision := casestatus.DecideEligibility(onFile, posted, cris.MustParseDate("2022-02-21"), nil, casestatus.DefaultPolicy())
	fmt.Println(decision.Outcome, "and outside from", decision.OutsideFrom)
	fmt.Println(decision.Reasons[0])
	// Output:
	// within and outside from 2022-02-24
	// filed on or after the inquiry date of the day of asking (CS-6)
}

func ExampleParseReceiptNumber() {
	number, err := casestatus.ParseReceiptNumber("ioe-01-234-56789")
	fmt.Println(number, err)
	_, err = casestatus.ParseReceiptNumber("IOE-O1-234-56789")
	fmt.Println(err)
	// Output:
	// IOE0123456789 <nil>
	// receipt number: at character 5: want a digit or an asterisk
}

func ExamplePostedTable_DecideAll() {
	posted := []casestatus.ProcessingTime{{
		Form: "I-102", FormType: "142", Office: "CSC",
		ReadOn:      cris.MustParseDate("2022-02-19"),
		InquiryDate: cris.MustParseDate("2019-11-27"),
	}}
	docket := []casestatus.Case{
		{Receipt: casestatus.MustParseReceiptNumber("WAC1900250001"), Form: "I-102", FormType: "142", Office: "CSC", Filed: cris.MustParseDate("2018-10-03")},
		{Receipt: casestatus.MustParseReceiptNumber("WAC2010050002"), Form: "I-102", FormType: "142", Office: "CSC", Filed: cris.MustParseDate("2020-02-25")},
		{Receipt: casestatus.MustParseReceiptNumber("IOE0912345678"), Form: "I-134", Office: "NBC", Filed: cris.MustParseDate("2021-06-01")},
	}
	table := casestatus.NewPostedTable(slices.Values(posted), cris.MustParseDate("2022-02-21"), nil, casestatus.DefaultPolicy())
	for receipt, decision := range table.DecideAll(slices.Values(docket)) {
		fmt.Println(receipt.Masked(), decision.Outcome)
	}
	// Output:
	// WAC*****0001 outside
	// WAC*****0002 within
	// IOE*****5678 not_known
}

func ExampleDeliverySync() {
	ctx := context.Background()
	mailSide, caseSide := memory.New(), memory.New() // each side may have its own store
	sync := casestatus.NewDeliverySync(mailSide.Scans(), caseSide.Cases(), caseSide.Deliveries(), nil)
	for range 2 { // as often as one likes
		received, err := sync.Sync(ctx)
		fmt.Println(received.Pieces, err)
	}
	// Output:
	// 0 <nil>
	// 0 <nil>
}

// What the packages decide is said to people in their language.
func ExampleWords() {
	words := cris.NewWords(append(casestatus.Words(), tracking.Words()...)...)
	language := cris.MatchLanguage("es-MX,es;q=0.9,en;q=0.8") // the header of a request
	label := cris.Message{Code: "casestatus.label.delivery"}
	fmt.Println(words.Say(language, label)+":", words.Say(language, tracking.OutForDelivery.Message()))
	fmt.Println(words.Say(language, casestatus.StatusEntry{Title: "A Title That Nobody Has Seen"}.Message()))
	// Output:
	// Último estado de entrega: En reparto
	// A Title That Nobody Has Seen
}
