package tracking_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestTR4_NumberIsAnotherPiecesAfterSixMonths(t *testing.T) {
	for _, test := range []struct {
		name   string
		scans  []string
		pieces []int // how many scans each has
		class  tracking.Class
	}{
		{"one piece", []string{"OA 2013-01-15T09:00", "01 2013-01-20T09:00"}, []int{2}, tracking.Delivered},
		{"a day before", []string{"01 2013-01-15T09:00", "10 2013-07-14T09:00"}, []int{2}, tracking.Delivered},
		{"on the day", []string{"01 2013-01-15T09:00", "10 2013-07-15T00:00"}, []int{1, 1}, tracking.InNetwork},
		{"a short month", []string{"01 2012-08-31T09:00", "10 2013-02-28T09:00"}, []int{1, 1}, tracking.InNetwork},
		{"slow, but never silent for long", []string{"OA 2013-01-15T09:00", "10 2013-06-15T09:00", "01 2013-11-15T09:00"}, []int{3}, tracking.Delivered},
		{"accepted again after a late end", []string{"OA 2013-01-15T09:00", "RT 2013-03-15T09:00", "OA 2013-07-15T09:00", "10 2013-07-16T09:00"}, []int{2, 2}, tracking.InNetwork},
		{"announced again a day too early", []string{"OA 2013-01-15T09:00", "01 2013-03-15T09:00", "GX 2013-07-14T09:00"}, []int{3}, tracking.Delivered},
		{"a label is no beginning of six months", []string{"GX 2013-02-11T09:00", "OA 2013-08-10T09:00", "01 2013-08-11T09:00", "MA 2013-08-12T09:00"}, []int{4}, tracking.Delivered},
		{"a label for nothing, and another", []string{"GX 2013-02-11T09:00", "GX 2013-08-11T09:00"}, []int{1, 1}, tracking.PreShipment},
		{"a late notice begins no piece", []string{"01 2013-01-15T09:00", "VX 2013-09-15T09:00"}, []int{2}, tracking.Delivered},
		{"nor does a computed event", []string{"01 2013-01-15T09:00", "NT 2013-09-15T09:00"}, []int{2}, tracking.Delivered},
		{"nor does an unknown code", []string{"01 2013-01-15T09:00", "Q7 2013-09-15T09:00"}, []int{2}, tracking.Delivered},
		{"nor does any hide the silence", []string{"01 2013-01-15T09:00", "NT 2013-06-15T09:00", "10 2013-09-15T09:00"}, []int{2, 1}, tracking.InNetwork},
		{"three pieces", []string{"01 2013-01-15T09:00", "09 2013-08-15T09:00", "10 2014-08-15T09:00"}, []int{1, 1, 1}, tracking.InNetwork},
	} {
		t.Run(test.name, func(t *testing.T) {
			given := scans(test.scans...)
			var lengths []int
			for _, piece := range tracking.Pieces(given, tracking.DefaultPolicy()) {
				lengths = append(lengths, len(piece))
			}
			require.Equal(t, test.pieces, lengths)
			d := tracking.DecideDelivery(given, cris.Date{}, tracking.Policy{})
			require.Equal(t, test.class, d.Class)
			require.Equal(t, given, append(d.Earlier, d.Timeline...))
			reused := reason("number_reused")
			require.Equal(t, len(test.pieces) > 1, contains(d.Reasons, reused))
		})
	}
	require.Empty(t, tracking.Pieces(nil, tracking.DefaultPolicy()))
}

func contains(reasons []cris.Reason, want cris.Reason) bool {
	return slices.Contains(reasons, want)
}

func TestTR4_ComputedEventNeverOutranksAScan(t *testing.T) {
	d := tracking.DecideDelivery(scans("07 2013-08-15T07:09", "PC 2013-08-15T07:15", "OF 2013-08-15T07:20"), cris.Date{}, tracking.Policy{})
	require.Equal(t, tracking.AtUnit, d.Class)
	require.Equal(t, scan("OF 2013-08-15T07:20"), d.Computed, "it is shown beside the status")
	d = tracking.DecideDelivery(scans("07 2013-08-15T07:09", "OF 2013-08-15T07:20", "01 2013-08-15T09:00"), cris.Date{}, tracking.Policy{})
	require.Zero(t, d.Computed)
	d = tracking.DecideDelivery(scans("01 2013-08-15T07:09", "OF 2013-08-15T07:20"), cris.Date{}, tracking.Policy{})
	require.Zero(t, d.Computed, "the journey has ended")
	for info := range tracking.Codes() {
		if !info.Computed {
			continue
		}
		for other := range tracking.Codes() {
			switch other.Class {
			case tracking.PreShipment, tracking.Informational:
				continue
			default:
			}
			pair := scans(string(other.Code)+" 2013-08-15T07:09", string(info.Code)+" 2013-08-15T08:00")
			if !other.Computed {
				require.Equal(t, other.Code, tracking.DecideDelivery(pair, cris.Date{}, tracking.Policy{}).Deciding.Code)
			}
		}
	}
}

func TestTR4_DeliveriesAreCountedOnce(t *testing.T) {
	at := func(text, zip string) tracking.Scan {
		s := scan(text)
		s.Place.ZIP = cris.MustParseZIP(zip)
		return s
	}
	first := at("01 2013-08-15T09:00", "07405")
	for _, test := range []struct {
		name  string
		other tracking.Scan
		want  int
	}{
		{"a minute later", at("01 2013-08-15T09:01", "07405"), 1},
		{"ten minutes later", at("01 2013-08-15T09:10", "07405"), 1},
		{"eleven minutes later", at("01 2013-08-15T09:11", "07405"), 2},
		{"a minute later elsewhere", at("01 2013-08-15T09:01", "07470"), 2},
		{"with another code of delivery", at("DL 2013-08-15T09:01", "07405"), 1},
		{"to the sender", at("01 2013-08-15T09:01 sender", "07405"), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := tracking.DecideDelivery([]tracking.Scan{test.other, first}, cris.Date{}, tracking.Policy{})
			require.Len(t, d.Deliveries, test.want)
			require.Equal(t, first, d.Deliveries[0])
		})
	}
	chain := tracking.DecideDelivery([]tracking.Scan{first, at("01 2013-08-15T09:08", "07405"), at("01 2013-08-15T09:16", "07405")}, cris.Date{}, tracking.Policy{})
	require.Len(t, chain.Deliveries, 1, "each is close to the one before")
	require.Empty(t, tracking.DecideDelivery(scans("10 2013-08-15T09:00"), cris.Date{}, tracking.Policy{}).Deliveries)
}

// New York is three hours ahead of Los Angeles: the clock there shows an earlier time
// for a later scan.
func TestTR4_ScansAreComparedByInstant(t *testing.T) {
	east := tracking.Scan{Number: scan("01 2013-08-15T09:00").Number, Code: "10", At: tracking.MustParseLocalTime("2013-08-15T10:00"), Place: tracking.Place{ZIP: cris.MustParseZIP("10001"), Country: "US"}}
	west := east
	west.Code, west.At, west.Place.ZIP = "07", tracking.MustParseLocalTime("2013-08-15T08:00"), cris.MustParseZIP("90025")
	d := tracking.DecideDelivery([]tracking.Scan{west, east}, cris.Date{}, tracking.Policy{})
	require.Equal(t, west, d.Deciding)
	require.Equal(t, []tracking.Scan{east, west}, d.Timeline)
	require.False(t, contains(d.Reasons, orderUnsure))

	// Without a zone the order is only likely, and the decision says so.
	unplaced := west
	unplaced.Place = tracking.Place{}
	d = tracking.DecideDelivery([]tracking.Scan{unplaced, east}, cris.Date{}, tracking.Policy{})
	require.Equal(t, east, d.Deciding)
	require.True(t, contains(d.Reasons, orderUnsure))

	unplaced.At = tracking.MustParseLocalTime("2013-08-14T08:00") // too early anywhere on Earth
	d = tracking.DecideDelivery([]tracking.Scan{unplaced, east}, cris.Date{}, tracking.Policy{})
	require.Equal(t, east, d.Deciding)
	require.False(t, contains(d.Reasons, orderUnsure))
}

var orderUnsure = reason("order_unsure")
