package tracking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// placed reads a scan and puts it at a ZIP code, a country, or nowhere: "07405 US", "GB", "".
func placed(text, zip, country string) tracking.Scan {
	s := scan(text)
	s.Place = tracking.Place{Country: country}
	if zip != "" {
		s.Place.ZIP = cris.MustParseZIP(zip)
	}
	return s
}

func TestTR4_UncertainOrderIsAdmitted(t *testing.T) {
	const earlier, later = "01 2013-08-15T09:00", "21 2013-08-15T10:00"
	for _, test := range []struct {
		name     string
		one, two tracking.Scan
		want     bool
	}{
		{"one post office", placed(earlier, "07405", "US"), placed(later, "07405", "US"), false},
		{"one post office and one minute", placed("01 2013-08-15T10:00", "07405", "US"), placed(later, "07405", "US"), true},
		{"one post office where the zone is not sure", placed(earlier, "37388", "US"), placed(later, "37388", "US"), false},
		{"no place twice is not one place", placed(earlier, "", ""), placed(later, "", ""), true},
		{"nor is one country", placed(earlier, "", "US"), placed(later, "", "US"), true},
		{"no place, days apart", placed("01 2013-08-13T09:00", "", ""), placed(later, "", ""), false},
		{"one zone, an hour apart", placed(earlier, "07470", "US"), placed(later, "07405", "US"), false},
		{"one zone and one minute", placed("01 2013-08-15T10:00", "07470", "US"), placed(later, "07405", "US"), true},
		{"one time on clocks that may differ", placed("01 2013-08-15T10:00", "", ""), placed(later, "07405", "US"), true},
		{"one time nobody knows where", placed("01 2013-08-15T10:00", "", ""), placed(later, "", ""), true},
		{"a clock set back shows one time twice", placed("01 2026-11-01T01:30", "07405", "US"), placed("21 2026-11-01T01:30", "07405", "US"), true},
		{"a clock set back", placed("01 2026-11-01T01:00", "07405", "US"), placed("21 2026-11-01T01:59", "07405", "US"), true},
		{"after it was set back", placed("01 2026-11-01T01:30", "07405", "US"), placed("21 2026-11-01T02:00", "07405", "US"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := tracking.DecideDelivery([]tracking.Scan{test.two, test.one}, cris.Date{}, tracking.Policy{})
			require.Equal(t, tracking.ReturnStarted, d.Class)
			require.Equal(t, test.want, contains(d.Reasons, orderUnsure))
			why := reason("overruled")
			if test.want {
				why = reason("may_be_the_later")
			}
			require.Equal(t, []tracking.Superseded{{Scan: test.one, Reason: why}}, d.Superseded)
		})
	}
	d := tracking.DecideDelivery(scans("02 2013-08-15T09:00", "14 2013-08-15T09:00"), cris.Date{}, tracking.Policy{})
	require.Equal(t, tracking.HeldForPickup, d.Class)
	require.True(t, contains(d.Reasons, orderUnsure), "also of scans on the way")
	require.Len(t, d.Superseded, 1)
}

// A delivery behind a return may have been to the sender, where the text did not say so.
func TestTR4_DeliveryAfterAReturnSaysSo(t *testing.T) {
	afterReturn := reason("after_return")
	d := tracking.DecideDelivery(scans("OA 2013-08-12T09:00", "21 2013-08-15T09:00", "01 2013-08-20T09:00"), cris.Date{}, tracking.Policy{})
	require.Equal(t, tracking.Delivered, d.Class)
	require.True(t, contains(d.Reasons, afterReturn))
	d = tracking.DecideDelivery(scans("OA 2013-08-12T09:00", "01 2013-08-20T09:00"), cris.Date{}, tracking.Policy{})
	require.False(t, contains(d.Reasons, afterReturn))
	d = tracking.DecideDelivery(scans("21 2013-08-15T09:00", "01 2013-08-20T09:00 sender"), cris.Date{}, tracking.Policy{})
	require.False(t, contains(d.Reasons, afterReturn))
}

func TestTR7_OneDeliveryIsNotTwo(t *testing.T) {
	for _, test := range []struct {
		name  string
		scans []tracking.Scan
		want  []int // of the scans, the first of each delivery
	}{
		{"one after another was scanned between", []tracking.Scan{
			placed("01 2013-08-15T10:00", "07405", "US"), placed("01 2013-08-15T10:01", "07470", "US"), placed("01 2013-08-15T10:02", "07405", "US"),
		}, []int{0, 1}},
		{"then without a place", []tracking.Scan{placed("01 2013-08-15T10:00", "07405", "US"), placed("01 2013-08-15T10:01", "", "")}, []int{0}},
		{"first without a place", []tracking.Scan{placed("01 2013-08-15T10:00", "", "US"), placed("01 2013-08-15T10:01", "07405", "US")}, []int{1}},
		{"without a place where the clock is another", []tracking.Scan{placed("01 2013-08-15T10:00", "77040", "US"), placed("01 2013-08-15T10:01", "", "")}, []int{0}},
		{"an hour apart is not one minute by another clock", []tracking.Scan{placed("01 2013-08-15T10:00", "77040", "US"), placed("01 2013-08-15T11:00", "", "")}, []int{0, 1}},
		{"two places, and one that is not named joins neither to the other", []tracking.Scan{
			placed("01 2013-08-15T10:00", "07405", "US"), placed("01 2013-08-15T10:01", "", ""), placed("01 2013-08-15T10:02", "07470", "US"),
		}, []int{0, 2}},
		{"with four more digits", []tracking.Scan{placed("01 2013-08-15T10:00", "07405", "US"), placed("01 2013-08-15T10:01", "07405-1234", "US")}, []int{0}},
		{"in two countries", []tracking.Scan{placed("01 2013-08-15T10:00", "", "FR"), placed("01 2013-08-15T10:01", "", "GB")}, []int{0, 1}},
		{"without a place twice, long apart", []tracking.Scan{placed("01 2013-08-15T10:00", "", ""), placed("01 2013-08-15T10:11", "", "")}, []int{0, 1}},
		{"over a clock set back", []tracking.Scan{placed("01 2026-11-01T01:00", "07405", "US"), placed("01 2026-11-01T01:59", "07405", "US")}, []int{0}},
		{"over a clock set forward", []tracking.Scan{placed("01 2026-03-08T01:59", "07405", "US"), placed("01 2026-03-08T03:00", "07405", "US")}, []int{0}},
		{"an hour apart on another day", []tracking.Scan{placed("01 2026-11-02T01:00", "07405", "US"), placed("01 2026-11-02T01:59", "07405", "US")}, []int{0, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var want []tracking.Scan
			for _, i := range test.want {
				want = append(want, test.scans[i])
			}
			a := tracking.DecideAttention(tracking.OnFile{}, test.scans, cris.MustParseDate("2026-12-01"), tracking.DefaultPolicy())
			require.ElementsMatch(t, want, a.Delivery.Deliveries)
			require.Equal(t, len(want) > 1, len(a.Alerts) > 0)
		})
	}
}

// On the night on which the clocks are set, two delivery scans are one delivery if they were
// close in truth, whatever the clock of the place showed.
func TestTR4_DeliveriesAreCountedOnceOverAChangeOfTheClocks(t *testing.T) {
	for _, test := range []struct {
		name     string
		one, two tracking.Scan
		want     int
	}{
		{"set back", placed("01 2013-11-03T01:55", "07405", "US"), placed("01 2013-11-03T01:02", "07405", "US"), 1},
		{"set back, ten minutes", placed("01 2013-11-03T01:55", "07405", "US"), placed("01 2013-11-03T01:05", "07405", "US"), 1},
		{"set back, eleven minutes", placed("01 2013-11-03T01:55", "07405", "US"), placed("01 2013-11-03T01:06", "07405", "US"), 2},
		{"the night before", placed("01 2013-11-02T01:55", "07405", "US"), placed("01 2013-11-02T01:02", "07405", "US"), 2},
		{"set forward", placed("01 2013-03-10T01:57", "07405", "US"), placed("01 2013-03-10T03:03", "07405", "US"), 1},
		{"set forward, ten minutes", placed("01 2013-03-10T01:57", "07405", "US"), placed("01 2013-03-10T03:07", "07405", "US"), 1},
		{"set forward, eleven minutes", placed("01 2013-03-10T01:57", "07405", "US"), placed("01 2013-03-10T03:08", "07405", "US"), 2},
		{"nine digits and five", placed("01 2013-11-03T01:55", "07405-1234", "US"), placed("01 2013-11-03T01:02", "07405", "US"), 1},
		{"next door", placed("01 2013-11-03T01:55", "07405", "US"), placed("01 2013-11-03T01:02", "07470", "US"), 2},
		{"no place", placed("01 2013-11-03T01:55", "07405", "US"), placed("01 2013-11-03T01:02", "", ""), 2},
		{"where the clocks stay", placed("01 2013-11-03T01:55", "85001", "US"), placed("01 2013-11-03T01:02", "85001", "US"), 2},
	} {
		for _, given := range [][]tracking.Scan{{test.one, test.two}, {test.two, test.one}} {
			require.Len(t, tracking.DecideDelivery(given, cris.Date{}, tracking.Policy{}).Deliveries, test.want, test.name)
		}
	}
}
