package tracking_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func ExampleDecideDelivery() {
	number := tracking.MustParseNumber("9400 1112 0620 6406 2607 87")
	delivery := tracking.DecideDelivery([]tracking.Scan{
		{Number: number, Code: "01", At: tracking.MustParseLocalTime("2013-08-15T09:52")},
		{Number: number, Code: "A1", At: tracking.MustParseLocalTime("2013-08-15T21:07")}, // came late
		{Number: number, Code: "OF", At: tracking.MustParseLocalTime("2013-08-15T07:20")},
	}, cris.Date{}, tracking.Policy{})
	fmt.Println(delivery.Class, "at", delivery.Deciding.At)
	for _, s := range delivery.Superseded {
		fmt.Println(s.Scan.At, s.Scan.Code, s.Reason)
	}
	// Output:
	// delivered at 2013-08-15T09:52
	// 2013-08-15T21:07 A1 the journey had ended: a late scan on the way does not undo it (TR-4)
}

// What the agency should look at: here a delivery away from the address on file.
func ExampleDecideAttention() {
	number := tracking.MustParseNumber("9400 1112 0620 6406 2607 87")
	onFile := tracking.OnFile{Mailed: cris.MustParseDate("2013-08-12"), Address: cris.MustParseZIP("10025")}
	attention := tracking.DecideAttention(onFile, []tracking.Scan{
		{Number: number, Code: "01", At: tracking.MustParseLocalTime("2013-08-15T09:52"), Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"}},
	}, cris.MustParseDate("2013-08-16"), tracking.DefaultPolicy())
	fmt.Println("confirmed:", attention.Confirmed)
	for _, alert := range attention.Alerts {
		fmt.Println(alert.Kind, alert.Since, alert.Kind.Reason())
	}
	// Output:
	// confirmed: false
	// delivered_elsewhere 2013-08-15 a delivery was scanned away from the address on file (TR-7)
}

// A file is read into a store. Reading it again, or going on after a crash, changes nothing
// that was saved.
func ExampleIngester_Ingest() {
	ctx := context.Background()
	store := memory.New().Scans()
	ingester := tracking.NewIngester(store, nil)
	generated := trackingtest.NewExtractFile(1, 100, trackingtest.Mess{Repeated: 0.1, Damaged: 0.01})
	for range 2 {
		content, err := extract.Open("EXTRACT_20130815_01.txt", bytes.NewReader(generated.Content), nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		file, err := ingester.Ingest(ctx, content)
		fmt.Println(file.Done, file.Records == generated.Records, file.Damaged == generated.Damaged, file.TotalsAgree(), err)
	}
	// Output:
	// true true true true <nil>
	// true true true true <nil>
}

func ExampleParseRoutedNumber() {
	number, zip, err := tracking.ParseRoutedNumber("420 22153 9101026837331000039521")
	fmt.Println(number, number.Format(), zip, err)
	// Output: 9101026837331000039521 legacy 22153 <nil>
}
