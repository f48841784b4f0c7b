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
		Header: casestatus.Header{
			Receipt: casestatus.MustParseReceiptNumber("IOE-01-234-56789"),
			Form:    "I-102", FormType: "142", Office: "CSC",
			Filed: cris.MustParseDate("2019-12-01"),
		},
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

// A customer enters a receipt number as it is printed on a notice.
func ExampleService_Status() {
	ctx := context.Background()
	db := memory.New()
	service := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), nil)
	_, err := service.Record(ctx, casestatus.MustParseReceiptNumber("IOE0123456789"), func(onFile *casestatus.Case) {
		onFile.Form, onFile.FormType, onFile.Office = "I-102", "142", "CSC"
		onFile.Filed = cris.MustParseDate("2022-01-31")
		onFile.History = []casestatus.StatusEntry{{On: onFile.Filed, Title: "Case Was Received"}}
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	words := cris.NewWords(casestatus.Words()...)
	for _, entered := range []string{"IOE-01-234-56789", "IOE0123456780", "IOEO123456789"} {
		status, err := service.Status(ctx, entered)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(status.Outcome, "-", words.Say(cris.English, status.Message()))
	}
	// Output:
	// shown - This is the status of your case.
	// not_shown - We cannot show a status for this receipt number. Check the number on your receipt notice and try again.
	// malformed - This is not a receipt number. A receipt number has three letters and ten digits, or three letters, an asterisk and nine digits.
}

// An office closes, and a new one does its work: the table is made anew, and nothing else
// changes.
func ExampleMerged() {
	merged := casestatus.Merged(casestatus.Offices(), casestatus.Office{Code: "SCN", Name: "Service Center North", Kind: casestatus.ServiceCenter},
		cris.MustParseDate("2025-03-01"), "NSC", "YSC")
	offices := casestatus.NewOfficeTable(merged...)
	for _, day := range []string{"2025-02-28", "2025-03-01"} {
		office, ok := offices.Resolve("NSC", cris.MustParseDate(day))
		fmt.Println(day, office.Code, ok)
	}
	// Output:
	// 2025-02-28 NSC true
	// 2025-03-01 SCN true
}

func ExamplePostedTable_DecideAll() {
	posted := []casestatus.ProcessingTime{{
		Form: "I-102", FormType: "142", Office: "CSC",
		ReadOn:      cris.MustParseDate("2022-02-19"),
		InquiryDate: cris.MustParseDate("2019-11-27"),
	}}
	docket := []casestatus.Case{
		{Header: casestatus.Header{Receipt: casestatus.MustParseReceiptNumber("WAC1900250001"), Form: "I-102", FormType: "142", Office: "CSC", Filed: cris.MustParseDate("2018-10-03")}},
		{Header: casestatus.Header{Receipt: casestatus.MustParseReceiptNumber("WAC2010050002"), Form: "I-102", FormType: "142", Office: "CSC", Filed: cris.MustParseDate("2020-02-25")}},
		{Header: casestatus.Header{Receipt: casestatus.MustParseReceiptNumber("IOE0912345678"), Form: "I-134", Office: "NBC", Filed: cris.MustParseDate("2021-06-01")}},
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
