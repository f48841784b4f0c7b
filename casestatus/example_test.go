package casestatus_test

import (
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
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
	decision := casestatus.DecideEligibility(onFile, posted, cris.MustParseDate("2022-02-21"), casestatus.DefaultPolicy())
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
