package tracking_test

import (
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
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

func ExampleParseRoutedNumber() {
	number, zip, err := tracking.ParseRoutedNumber("420 22153 9101026837331000039521")
	fmt.Println(number, number.Format(), zip, err)
	// Output: 9101026837331000039521 legacy 22153 <nil>
}
