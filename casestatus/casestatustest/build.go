package casestatustest

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// Receipt returns the n-th of a series of receipt numbers, n from 0 to 99999999.
func Receipt(n int) casestatus.ReceiptNumber {
	return casestatus.MustParseReceiptNumber(fmt.Sprintf("IOE09%08d", n))
}

// Case returns the n-th of a series of complete cases: an invented customer's
// application for employment authorization, approved and mailed.
func Case(n int) casestatus.Case {
	return casestatus.Case{
		Receipt:  Receipt(n),
		Form:     "I-765",
		FormType: "147-C8",
		Filed:    cris.MustParseDate("2021-08-23"),
		Office:   "NSC",
		Address: must(cris.NewAddress(cris.AddressParts{
			Street: "12 Kiel Ave", Unit: "Apt 3", City: "Kinnelon", State: "NJ", ZIP: cris.MustParseZIP("07405-1234"),
		})),
		Representative: must(cris.NewPersonName(cris.NameParts{Family: "Lindström", Given: "Ana María", Middle: "Q", Maiden: "O'Neill"})),
		History: []casestatus.StatusEntry{
			{On: cris.MustParseDate("2021-08-30"), Title: "Case Was Received"},
			{On: cris.MustParseDate("2022-02-10"), Title: "New Card Is Being Produced"},
			{On: cris.MustParseDate("2022-02-14"), Title: "Card Was Mailed To Me"},
		},
		Mailings: []casestatus.Mailing{
			{
				Document: "Approval Notice",
				Mailed:   cris.MustParseDate("2022-02-11"),
			},
			{
				Document: casestatus.EmploymentAuthorizationDocument,
				Number:   tracking.MustParseNumber("9205590000000000000019"),
				Mailed:   cris.MustParseDate("2022-02-14"),
			},
		},
	}
}

// AddressIn returns an invented address with the given ZIP code.
func AddressIn(zip string) cris.Address {
	return must(cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "Springfield", State: "NJ", ZIP: cris.MustParseZIP(zip)}))
}

// ProcessingTime returns the time posted for the form, type and office of Case,
// as read on 2022-02-19: the inquiry date is 180 days earlier.
func ProcessingTime() casestatus.ProcessingTime {
	return casestatus.ProcessingTime{
		Form:        "I-765",
		FormType:    "147-C8",
		Office:      "NSC",
		PublishedOn: cris.MustParseDate("2022-01-28"),
		ReadOn:      cris.MustParseDate("2022-02-19"),
		InquiryDate: cris.MustParseDate("2021-08-23"),
		Threshold:   casestatus.Bound{Value: decimal.RequireFromString("6"), Unit: casestatus.Months},
		Other:       casestatus.Bound{Value: decimal.RequireFromString("2.5"), Unit: casestatus.Weeks},
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
