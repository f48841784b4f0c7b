package casestatustest

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes
// into casestatus.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// IDs returns a source of identifiers: the prefix and 1, 2, 3 and so on. It is safe for
// concurrent use.
func IDs(prefix string) func() string { return contract.IDs(prefix) }

// Start is a time at which everything built here has happened: February 19, 2022, at noon in
// the agency's zone, the day on which NewProcessingTime was read.
func Start() time.Time { return time.Date(2022, time.February, 19, 17, 0, 0, 123456000, time.UTC) }

// Receipt returns the n-th of a series of receipt numbers, n from 0 to 99999999.
func Receipt(n int) casestatus.ReceiptNumber {
	return casestatus.MustParseReceiptNumber(fmt.Sprintf("IOE09%08d", n))
}

// NewCase returns the n-th of a series of complete cases: an invented customer's
// application for employment authorization, approved and mailed; the customer moved twice. The edits change it before
// it is returned, as those of all builders here do.
func NewCase(n int, edits ...func(*casestatus.Case)) casestatus.Case {
	home := must(cris.NewAddress(cris.AddressParts{
		Street: "12 Kiel Ave", Unit: "Apt 3", City: "Kinnelon", State: "NJ", ZIP: cris.MustParseZIP("07405-1234"),
	}))
	onFile := casestatus.Case{
		Header: casestatus.Header{
			Receipt:     Receipt(n),
			Form:        "I-765",
			FormType:    "147-C8",
			Filed:       cris.MustParseDate("2021-08-23"),
			Office:      "NSC",
			Applicant:   must(cris.NewPersonName(cris.NameParts{Family: "Lindström", Given: "Ana María", Middle: "Q", Maiden: "O'Neill"})),
			DateOfBirth: cris.NewPersonal(cris.MustParseDate("1984-02-29")),
			Address:     home,
			Addresses: []casestatus.AddressEntry{
				{Address: NewAddress("10001")},
				{Address: NewAddress("08540-0001"), From: cris.MustParseDate("2021-09-14"), Origin: "report-1", At: time.Date(2021, time.September, 14, 15, 9, 26, 535897000, time.UTC), Entered: cris.MustParseDate("2021-09-16")},
				{Address: home, From: cris.MustParseDate("2021-12-01"), Origin: "report-2"},
			},
			Representative: must(cris.NewPersonName(cris.NameParts{Family: "Okafor", Given: "Chidi", Middle: "B", Maiden: "Obi"})),
		},
		History: []casestatus.StatusEntry{
			{On: cris.MustParseDate("2021-08-30"), Title: "Case Was Received"},
			{On: cris.MustParseDate("2022-02-10"), Title: "New Card Is Being Produced"},
			{On: cris.MustParseDate("2022-02-14"), Title: "Card Was Mailed To Me"},
		},
		Mailings: []casestatus.Mailing{
			{Document: "Approval Notice", Mailed: cris.MustParseDate("2022-02-11")},
			NewMailing(tracking.MustParseNumber("9205590000000000000019")),
		},
	}
	edit(&onFile, edits)
	return onFile
}

// NewPendingCase returns NewCase as it was before anything was decided: received, and nothing
// was mailed.
func NewPendingCase(n int, edits ...func(*casestatus.Case)) casestatus.Case {
	onFile := NewCase(n)
	onFile.History, onFile.Mailings = onFile.History[:1], nil
	edit(&onFile, edits)
	return onFile
}

// NewMailing returns the mailing of a card under the number, on the last day of the history
// of NewCase.
func NewMailing(number tracking.Number, edits ...func(*casestatus.Mailing)) casestatus.Mailing {
	mailing := casestatus.Mailing{
		Document: casestatus.EmploymentAuthorizationDocument, Number: number, Mailed: cris.MustParseDate("2022-02-14"),
	}
	edit(&mailing, edits)
	return mailing
}

// NewAddress returns an invented address with the given ZIP code.
func NewAddress(zip string, edits ...func(*cris.AddressParts)) cris.Address {
	parts := cris.AddressParts{Street: "1 Main St", City: "Springfield", State: "NJ", ZIP: cris.MustParseZIP(zip)}
	edit(&parts, edits)
	return must(cris.NewAddress(parts))
}

// NewProcessingTime returns the time posted for the form, type and office of NewCase,
// as read on 2022-02-19: the inquiry date is 180 days earlier.
func NewProcessingTime(edits ...func(*casestatus.ProcessingTime)) casestatus.ProcessingTime {
	posted := casestatus.ProcessingTime{
		Form:        "I-765",
		FormType:    "147-C8",
		Office:      "NSC",
		PublishedOn: cris.MustParseDate("2022-01-28"),
		ReadOn:      cris.MustParseDate("2022-02-19"),
		InquiryDate: cris.MustParseDate("2021-08-23"),
		Threshold:   casestatus.Bound{Value: decimal.RequireFromString("6"), Unit: casestatus.Months},
		Other:       casestatus.Bound{Value: decimal.RequireFromString("2.5"), Unit: casestatus.Weeks},
	}
	edit(&posted, edits)
	return posted
}

// NewPiece returns the n-th of a series of pieces of mail, n from 0, with the given number
// of scans, of which the last is a delivery.
func NewPiece(n, scans int, edits ...func(*casestatus.Piece)) casestatus.Piece {
	piece := casestatus.Piece{Number: must(tracking.ParseNumberLenient(fmt.Sprintf("92055%017d", n)))}
	for i := range scans {
		code := tracking.Code("10")
		if i == scans-1 {
			code = "01"
		}
		piece.Scans = append(piece.Scans, tracking.Scan{
			Number: piece.Number, Code: code,
			At:    tracking.MustParseLocalTime(fmt.Sprintf("2022-02-%02dT11:42", 1+i%28)),
			Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
		})
	}
	edit(&piece, edits)
	return piece
}

// NewAlert returns the n-th of a series of alerts about a piece: a delivery away from the
// address, for the case of the same n.
func NewAlert(number tracking.Number, n int, edits ...func(*casestatus.MailAlert)) casestatus.MailAlert {
	scan := tracking.Scan{
		Number: number, Code: "01", At: tracking.MustParseLocalTime("2022-02-16T11:42"),
		Place: tracking.Place{ZIP: cris.MustParseZIP("60601"), Country: "US"},
	}
	alert := casestatus.MailAlert{
		ID: fmt.Sprintf("alert-%04d", n), Raised: time.Date(2022, 2, 17, 9, 30, 0, 123456000, time.UTC), Receipt: Receipt(n),
		Mailing: NewMailing(number, func(m *casestatus.Mailing) { m.Document = casestatus.TravelDocument }),
		Alert:   tracking.Alert{Kind: tracking.AlertDeliveredElsewhere, Scan: scan, Since: cris.MustParseDate("2022-02-16")},
	}
	edit(&alert, edits)
	return alert
}

// PutCase files the case in place of what was there, without an event: what tests begin
// with. Services change cases by what they find on file. Its error is that of the store.
func PutCase(ctx context.Context, cases casestatus.Cases, onFile casestatus.Case) error {
	return cases.Update(ctx, onFile.Receipt, func(casestatus.Case) (casestatus.CaseChange, error) {
		return casestatus.CaseChange{Case: &onFile}, nil
	})
}

func edit[T any](value *T, edits []func(*T)) {
	for _, change := range edits {
		change(value)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
