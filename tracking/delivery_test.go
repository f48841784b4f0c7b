package tracking_test

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// scan reads "01 2013-08-15T09:52", and a trailing "to sender".
func scan(text string) tracking.Scan {
	fields := strings.Fields(text)
	s := trackingtest.NewScan(trackingtest.Number(1), tracking.Code(fields[0]), fields[1])
	if info, _ := s.Code.Info(); info.Placeless {
		s.Place = tracking.Place{}
	}
	s.ToSender = len(fields) > 2
	return s
}

func scans(texts ...string) []tracking.Scan {
	all := make([]tracking.Scan, len(texts))
	for i, text := range texts {
		all[i] = scan(text)
	}
	return all
}

var latestCases = []struct {
	name     string
	scans    []string
	class    tracking.Class
	deciding string
}{
	{"one scan", []string{"10 2013-08-15T09:52"}, tracking.InNetwork, "10 2013-08-15T09:52"},
	{"announced", []string{"GX 2013-08-15T09:52"}, tracking.PreShipment, "GX 2013-08-15T09:52"},
	{"accepted", []string{"GX 2013-08-15T09:52", "OA 2013-08-15T10:00"}, tracking.Accepted, "OA 2013-08-15T10:00"},
	{"late announcement", []string{"OA 2013-08-15T10:00", "MA 2013-08-15T11:00"}, tracking.Accepted, "OA 2013-08-15T10:00"},
	{"at the unit", []string{"10 2013-08-15T01:00", "07 2013-08-15T07:09"}, tracking.AtUnit, "07 2013-08-15T07:09"},
	{"computed does not hide scanned", []string{"10 2013-08-15T09:00", "NT 2013-08-15T17:00", "TL 2013-08-15T18:00", "PC 2013-08-15T19:00"}, tracking.InNetwork, "10 2013-08-15T09:00"},
	{"computed after acceptance", []string{"OA 2013-08-15T09:00", "NT 2013-08-15T17:00"}, tracking.Accepted, "OA 2013-08-15T09:00"},
	{"computed alone", []string{"GX 2013-08-15T09:00", "NT 2013-08-15T17:00"}, tracking.InNetwork, "NT 2013-08-15T17:00"},
	{"out for delivery is computed", []string{"07 2013-08-15T07:09", "PC 2013-08-15T07:15", "OF 2013-08-15T07:20"}, tracking.AtUnit, "07 2013-08-15T07:09"},
	{"out for delivery is scanned", []string{"07 2013-08-15T07:09", "WC 2013-08-15T07:20"}, tracking.OutForDelivery, "WC 2013-08-15T07:20"},
	{"out for delivery alone", []string{"GX 2013-08-15T07:09", "OF 2013-08-15T07:20"}, tracking.OutForDelivery, "OF 2013-08-15T07:20"},
	{"attempted after going out", []string{"OF 2013-08-15T07:20", "02 2013-08-15T11:20"}, tracking.Attempted, "02 2013-08-15T11:20"},
	{"out again the next day", []string{"02 2013-08-15T11:20", "OF 2013-08-16T07:20"}, tracking.Attempted, "02 2013-08-15T11:20"},
	{"held", []string{"02 2013-08-15T11:20", "14 2013-08-15T16:00"}, tracking.HeldForPickup, "14 2013-08-15T16:00"},
	{"forwarded", []string{"07 2013-08-15T07:09", "06 2013-08-15T09:00"}, tracking.Forwarded, "06 2013-08-15T09:00"},
	{"delivered", []string{"OF 2013-08-15T07:20", "01 2013-08-15T09:52"}, tracking.Delivered, "01 2013-08-15T09:52"},
	{"late transit scan", []string{"01 2013-08-15T09:52", "10 2013-08-15T23:00", "OF 2013-08-16T07:00", "NT 2013-08-17T07:00"}, tracking.Delivered, "01 2013-08-15T09:52"},
	{"late attempt", []string{"01 2013-08-15T09:52", "02 2013-08-15T12:00"}, tracking.Delivered, "01 2013-08-15T09:52"},
	{"two deliveries a minute apart", []string{"01 2013-08-15T09:51", "01 2013-08-15T09:52"}, tracking.Delivered, "01 2013-08-15T09:52"},
	{"return after delivery", []string{"01 2013-08-15T09:52", "09 2013-08-16T10:00"}, tracking.ReturnStarted, "09 2013-08-16T10:00"},
	{"return in the minute of delivery", []string{"01 2013-08-15T09:52", "21 2013-08-15T09:52"}, tracking.ReturnStarted, "21 2013-08-15T09:52"},
	{"return under way", []string{"21 2013-08-15T09:52", "10 2013-08-16T10:00", "07 2013-08-17T10:00"}, tracking.ReturnStarted, "21 2013-08-15T09:52"},
	{"refused, then delivered", []string{"04 2013-08-15T09:52", "01 2013-08-16T10:00"}, tracking.Delivered, "01 2013-08-16T10:00"},
	{"delivered to original sender", []string{"21 2013-08-15T09:52", "01 2013-08-20T10:00 sender"}, tracking.ReturnCompleted, "01 2013-08-20T10:00 sender"},
	{"delivered to sender without a return before", []string{"OF 2013-08-15T07:52", "01 2013-08-15T10:00 sender"}, tracking.ReturnCompleted, "01 2013-08-15T10:00 sender"},
	{"delivery and delivery to sender in one minute", []string{"01 2013-08-15T10:00", "01 2013-08-15T10:00 sender"}, tracking.ReturnCompleted, "01 2013-08-15T10:00 sender"},
	{"returned to consignor", []string{"09 2013-08-15T09:52", "RT 2013-08-20T10:00"}, tracking.ReturnStarted, "RT 2013-08-20T10:00"},
	{"nothing undoes a completed return", []string{"01 2013-08-20T10:00 sender", "01 2013-08-20T10:01", "10 2013-08-20T11:00", "09 2013-08-21T11:00"}, tracking.ReturnCompleted, "01 2013-08-20T10:00 sender"},
	{"destroyed", []string{"10 2013-08-15T09:52", "DP 2013-08-16T10:00", "10 2013-08-17T10:00"}, tracking.Lost, "DP 2013-08-16T10:00"},
	{"recovered and delivered", []string{"33 2013-08-15T09:52", "01 2013-09-16T10:00"}, tracking.Delivered, "01 2013-09-16T10:00"},
	{"delay notice", []string{"10 2013-08-15T09:52", "WX 2013-08-16T10:00"}, tracking.InNetwork, "10 2013-08-15T09:52"},
	{"delay notice alone", []string{"WX 2013-08-16T10:00"}, tracking.Informational, "WX 2013-08-16T10:00"},
	{"unknown code last", []string{"07 2013-08-15T09:52", "Q7 2013-08-16T10:00"}, tracking.AtUnit, "07 2013-08-15T09:52"},
	{"unknown codes only", []string{"Q7 2013-08-15T09:52", "Q8 2013-08-16T10:00"}, tracking.Unknown, "Q8 2013-08-16T10:00"},
}

func TestTR4_LatestStatus(t *testing.T) {
	for _, test := range latestCases {
		t.Run(test.name, func(t *testing.T) {
			d := tracking.DecideDelivery(scans(test.scans...), cris.Date{}, tracking.Policy{})
			require.Equal(t, test.class, d.Class)
			require.Equal(t, scan(test.deciding), d.Deciding)
			require.Equal(t, scans(test.scans...), d.Timeline)
			require.NotEmpty(t, d.Reasons)
		})
	}
}

func TestTR4_NoScanYet(t *testing.T) {
	d := tracking.DecideDelivery(nil, cris.Date{}, tracking.Policy{})
	require.Equal(t, tracking.Delivery{Class: tracking.NoScan, Codes: tracking.CodesEdition(), Reasons: []cris.Reason{reason("no_scan_yet")}}, d)
	require.Equal(t, tracking.NoScan, d.Class)
}

// Every order and every repetition of a set gives the same decision.
func TestTR4_OrderAndRepetitionMakeNoDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for _, test := range latestCases {
		want := tracking.DecideDelivery(scans(test.scans...), cris.Date{}, tracking.Policy{})
		for range 200 {
			shuffled := scans(test.scans...)
			for range random.IntN(4) {
				shuffled = append(shuffled, shuffled[random.IntN(len(shuffled))])
			}
			random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			given := slices.Clone(shuffled)
			require.Equal(t, want, tracking.DecideDelivery(shuffled, cris.Date{}, tracking.Policy{}), test.name)
			require.Equal(t, given, shuffled, "the slice given is not changed")
		}
	}
}

// The same over sets of any codes at few minutes and places, where ties abound.
func TestTR4_OrderMakesNoDifferenceAmongTies(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	codes := []tracking.Code{"Q7", "Q8"}
	for info := range tracking.Codes() {
		codes = append(codes, info.Code)
	}
	places := []tracking.Place{{}, {Country: "US"}, {ZIP: cris.MustParseZIP("07405"), Country: "US"}, {ZIP: cris.MustParseZIP("07470"), Country: "US"}}
	for range 2_000 {
		set := make([]tracking.Scan, 1+random.IntN(8))
		for i := range set {
			set[i] = scan(string(codes[random.IntN(len(codes))]) + " 2013-08-15T09:0" + string(rune('0'+random.IntN(3))))
			set[i].Place, set[i].ToSender = places[random.IntN(len(places))], random.IntN(3) == 0
		}
		want := tracking.DecideDelivery(set, cris.Date{}, tracking.Policy{})
		random.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		require.Equal(t, want, tracking.DecideDelivery(append(set, set...), cris.Date{}, tracking.Policy{}))
		require.True(t, slices.IsSortedFunc(want.Timeline, tracking.Scan.Compare))
		require.Contains(t, want.Timeline, want.Deciding)
		require.Equal(t, want.Class, want.Deciding.Class())
	}
}

func TestTR4_SupersededScansSayWhy(t *testing.T) {
	for _, test := range []struct {
		name  string
		scans []string
		want  map[string]string // scan to reason
	}{
		{"nothing", []string{"OA 2013-08-15T09:00", "10 2013-08-15T10:00"}, nil},
		{"late transit", []string{"01 2013-08-15T09:52", "10 2013-08-16T10:00"}, map[string]string{
			"10 2013-08-16T10:00": "tracking.journey_over",
		}},
		{"repeated delivery", []string{"01 2013-08-15T09:51", "01 2013-08-15T09:52"}, map[string]string{
			"01 2013-08-15T09:51": "tracking.same_delivery",
		}},
		{"another delivery", []string{"01 2013-08-15T09:51", "01 2013-08-16T09:52"}, map[string]string{
			"01 2013-08-15T09:51": "tracking.repeated",
		}},
		{"a return scanned twice", []string{"21 2013-08-15T09:51", "09 2013-08-16T09:52"}, map[string]string{
			"21 2013-08-15T09:51": "tracking.repeated",
		}},
		{"return after delivery", []string{"01 2013-08-15T09:52", "09 2013-08-16T10:00"}, map[string]string{
			"01 2013-08-15T09:52": "tracking.overruled",
		}},
		{"completed return", []string{"04 2013-08-15T09:52", "01 2013-08-20T10:00 sender", "01 2013-08-21T10:00", "10 2013-08-21T11:00"}, map[string]string{
			"04 2013-08-15T09:52": "tracking.return_stands",
			"01 2013-08-21T10:00": "tracking.return_stands",
			"10 2013-08-21T11:00": "tracking.journey_over",
		}},
		{"computed", []string{"10 2013-08-15T09:00", "NT 2013-08-15T17:00"}, map[string]string{
			"NT 2013-08-15T17:00": "tracking.not_scanned",
		}},
		{"announcement and delay", []string{"10 2013-08-15T09:00", "MA 2013-08-15T17:00", "WX 2013-08-15T18:00"}, map[string]string{
			"MA 2013-08-15T17:00": "tracking.announced_late",
			"WX 2013-08-15T18:00": "tracking.says_nothing",
		}},
		{"unknown", []string{"10 2013-08-15T09:00", "Q7 2013-08-15T17:00"}, map[string]string{
			"Q7 2013-08-15T17:00": "tracking.unknown_code",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := tracking.DecideDelivery(scans(test.scans...), cris.Date{}, tracking.Policy{})
			var want []string
			for _, text := range test.scans { // in the order of the timeline
				if reason, is := test.want[text]; is {
					want = append(want, text+": "+reason)
				}
			}
			var got []string
			for _, superseded := range d.Superseded {
				s := superseded.Scan
				got = append(got, string(s.Code)+" "+s.At.String()+": "+string(superseded.Reason.Code))
			}
			require.Equal(t, want, got)
		})
	}
}

// The reasons of a decision, each where it belongs and nowhere else.
func TestTR4_DecisionsSayWhy(t *testing.T) {
	for _, test := range []struct {
		name   string
		mailed string
		scans  []string
		want   []cris.Code
	}{
		{"nothing", "", nil, []cris.Code{"no_scan_yet"}},
		{"one scan", "", []string{"10 2013-08-15T09:52"}, []cris.Code{"latest_stands"}},
		{"an unknown code beside another", "", []string{"10 2013-08-15T09:52", "Q7 2013-08-16T10:00"}, []cris.Code{"unknown_shown", "latest_stands"}},
		{"an unknown code alone", "", []string{"Q7 2013-08-16T10:00"}, []cris.Code{"unknown_decides", "latest_stands"}},
		{"two in one minute", "", []string{"01 2013-08-15T09:52", "21 2013-08-15T09:52"}, []cris.Code{"latest_stands", "order_unsure"}},
		{"delivered after a return", "", []string{"21 2013-08-15T09:52", "01 2013-08-16T10:00"}, []cris.Code{"latest_stands", "after_return"}},
		{"returned after a delivery", "", []string{"01 2013-08-15T09:52", "21 2013-08-16T10:00"}, []cris.Code{"latest_stands"}},
		{"another piece before", "", []string{"01 2013-01-15T09:52", "10 2013-08-16T10:00"}, []cris.Code{"latest_stands", "number_reused"}},
		{"another piece since", "2013-01-10", []string{"01 2013-01-15T09:52", "OA 2013-08-16T10:00"}, []cris.Code{"latest_stands", "number_given_on"}},
		{"another piece since, and this was never scanned", "2013-01-10", []string{"OA 2013-08-16T10:00"}, []cris.Code{"no_scan_yet", "number_given_on"}},
		{
			"all of it", "2013-03-10",
			[]string{"01 2012-08-15T09:52", "21 2013-03-15T09:52", "01 2013-03-16T09:52", "21 2013-03-16T09:52", "Q7 2013-03-17T10:00", "OA 2013-11-16T10:00"},
			[]cris.Code{"unknown_shown", "latest_stands", "order_unsure", "number_reused", "number_given_on"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var mailed cris.Date
			require.NoError(t, mailed.UnmarshalText([]byte(test.mailed)))
			var want []cris.Reason
			for _, code := range test.want {
				want = append(want, reason(code))
			}
			require.Equal(t, want, tracking.DecideDelivery(scans(test.scans...), mailed, tracking.Policy{}).Reasons)
		})
	}
}

// Scans of one place and one minute stand in the order of their classes, whatever their codes.
func TestTR4_WithinAMinuteTheClassesAreInOrder(t *testing.T) {
	for _, codes := range [][]tracking.Code{{"OA", "10", "07", "OF"}, {"GX", "OA", "10"}, {"10", "07", "02", "14"}, {"01", "33", "21"}, {"Q7", "WX", "GX", "OA", "01"}} {
		var given []tracking.Scan
		for _, code := range codes {
			given = append(given, scan(string(code)+" 2013-08-15T09:52"))
		}
		for i := range given {
			given[i].Place = given[0].Place
			if i > 0 {
				require.Negative(t, given[i-1].Class().Compare(given[i].Class()), "%s, %s", codes[i-1], codes[i])
				require.Negative(t, given[i-1].Compare(given[i]))
				require.Positive(t, given[i].Compare(given[i-1]))
			}
		}
		shuffled := slices.Clone(given)
		slices.Reverse(shuffled)
		require.Equal(t, given, tracking.DecideDelivery(shuffled, cris.Date{}, tracking.Policy{}).Timeline)
	}
}

func TestTR3_UnknownCodeIsShownAndNotGuessed(t *testing.T) {
	d := tracking.DecideDelivery(scans("10 2013-08-15T09:00", "Q7 2013-08-15T17:00"), cris.Date{}, tracking.Policy{})
	require.Equal(t, tracking.InNetwork, d.Class)
	require.Len(t, d.Timeline, 2)
	require.Equal(t, tracking.Code("Q7"), d.Timeline[1].Code)
	require.Equal(t, tracking.Unknown, d.Timeline[1].Class())
	require.Equal(t, []cris.RuleID{"TR-3", "TR-4"}, []cris.RuleID{d.Reasons[0].Rule, d.Reasons[1].Rule}, "in rule order")

	d = tracking.DecideDelivery(scans("Q7 2013-08-15T17:00"), cris.Date{}, tracking.Policy{})
	require.Equal(t, tracking.Unknown, d.Class)
}

// Real sequences, written to a file, read and decided: what the pieces' own pages said.
func TestTR4_ObservedSequences(t *testing.T) {
	r := csv.NewReader(dataFile(t, "observed_scans.tsv"))
	r.Comma, r.Comment, r.LazyQuotes = '\t', '#', true
	rows, err := r.ReadAll()
	require.NoError(t, err)
	var file bytes.Buffer
	w := extract.NewWriter(&file, nil)
	numbers := map[string]tracking.Number{"W-DEL": trackingtest.Number(1), "P-EXC": trackingtest.Number(2), "P-DEL": trackingtest.Number(3)}
	for _, row := range rows {
		name, carrier, code, text, zip := row[0], row[3], row[4], row[5], row[8]
		number, known := numbers[name]
		require.True(t, known, name)
		// What the carrier calls local time, less whatever was put behind it.
		s := tracking.Scan{Number: number, Code: tracking.Code(code), At: tracking.MustParseLocalTime(carrier[:len("2006-01-02T15:04")])}
		if zip != "" {
			s.Place = tracking.Place{ZIP: cris.MustParseZIP(zip), Country: "US"}
		}
		require.NoError(t, w.Write(extract.FullRecord{Scan: s, EventName: strings.ToUpper(text)}))
	}
	pieces := map[tracking.Number][]tracking.Scan{}
	for record, err := range extract.NewReader(&file, nil).Records() {
		require.NoError(t, err)
		require.Nil(t, record.Damage)
		pieces[record.Scan.Number] = append(pieces[record.Scan.Number], record.Scan)
	}
	for _, test := range []struct {
		name  string
		class tracking.Class
		code  tracking.Code
		at    string
		scans int
	}{
		{"W-DEL", tracking.Delivered, "01", "2026-09-03T09:52", 17},
		{"P-EXC", tracking.InNetwork, "10", "2026-09-01T14:23", 4}, // the computed NT came later
		{"P-DEL", tracking.Delivered, "01", "2026-08-24T12:47", 4},
	} {
		d := tracking.DecideDelivery(pieces[numbers[test.name]], cris.Date{}, tracking.Policy{})
		require.Equal(t, test.class, d.Class, test.name)
		require.Equal(t, test.code, d.Deciding.Code, test.name)
		require.Equal(t, test.at, d.Deciding.At.String(), test.name)
		require.Len(t, d.Timeline, test.scans, test.name)
	}
}
