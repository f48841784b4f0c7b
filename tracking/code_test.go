package tracking_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestTR3_FourNamedEvents(t *testing.T) {
	for code, want := range map[tracking.Code]tracking.Class{
		"03": tracking.Accepted,
		"10": tracking.InNetwork,
		"01": tracking.Delivered,
		"RT": tracking.ReturnStarted,
	} {
		require.Equal(t, want, code.Class())
	}
	toSender := tracking.Scan{Code: "01", ToSender: true}
	require.Equal(t, tracking.ReturnCompleted, toSender.Class(), "not delivered: the sender has it")
}

func TestTR3_EveryKnownCode(t *testing.T) {
	count := map[tracking.Class]int{}
	var codes, computed []tracking.Code
	for info := range tracking.Codes() {
		code, err := tracking.ParseCode(string(info.Code))
		require.NoError(t, err)
		require.Equal(t, info.Code, code)
		require.NotEmpty(t, info.Name, code)
		require.NotContains(t, []tracking.Class{tracking.NoScan, tracking.Unknown}, info.Class, code)
		codes = append(codes, code)
		count[info.Class]++
		if info.Computed {
			computed = append(computed, code)
		}
	}
	require.Len(t, codes, 165)
	require.True(t, slices.IsSorted(codes))
	require.Equal(t, []tracking.Code{"NT", "OF", "PC", "TL"}, computed)
	for _, class := range tracking.Classes() {
		switch class {
		case tracking.NoScan, tracking.Unknown, tracking.ReturnCompleted:
		default:
			require.Positive(t, count[class], "no code means %s", class)
		}
	}
	require.Zero(t, count[tracking.ReturnCompleted], "a delivery to the original sender alone completes a return")
	for range tracking.Codes() {
		break
	}
}

func TestTR3_ContradictedCodes(t *testing.T) {
	for code, want := range map[tracking.Code]tracking.Class{
		"07": tracking.AtUnit, "11": tracking.Lost, "17": tracking.Delivered, "31": tracking.ReturnStarted,
		"45": tracking.InNetwork, "60": tracking.InNetwork, "RT": tracking.ReturnStarted,
	} {
		info, known := code.Info()
		require.True(t, known)
		require.Equal(t, want, info.Class, code)
		require.NotEmpty(t, info.Note, "the disagreement about %s is recorded", code)
	}
	for _, code := range []tracking.Code{"04", "05", "09", "21", "22", "23", "24", "25", "26", "27", "28", "29"} {
		require.Equal(t, tracking.ReturnStarted, code.Class(), code)
	}
}

func TestTR3_PublishedCodesAreKnown(t *testing.T) {
	rows, err := csv.NewReader(dataFile(t, "event_codes.csv")).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+165)
	for _, row := range rows[1:] {
		_, known := tracking.Code(row[0]).Info()
		require.True(t, known, row[0])
	}
}

// Of an identity card the worst that can be said wrongly is that it was delivered.
func TestTR3_CodesByClass(t *testing.T) {
	got := map[tracking.Class]string{}
	for info := range tracking.Codes() {
		got[info.Class] = strings.TrimSpace(got[info.Class] + " " + string(info.Code))
	}
	require.Equal(t, map[tracking.Class]string{
		tracking.Informational:  "12 35 36 38 40 46 71 BX CD DX HP HX K2 LT LX MU MX OH PD RB SC SS VC VF VR VX WX",
		tracking.PreShipment:    "80 81 82 83 89 GC GX MA NP PE",
		tracking.Accepted:       "03 A0 AD AP OA PA PU TM UA",
		tracking.InNetwork:      "08 10 15 19 41 42 45 59 60 A1 AE AF AG AH AJ AR AS AT B0 B1 BE C0 CI CO CR D0 DC DD DE DT E0 E1 EA EB EF F0 IC J0 K0 K1 K7 L1 MC MR MS MT MZ NT OD PC PO R1 SF T1 TA TL TP TR U1",
		tracking.AtUnit:         "07 G0",
		tracking.OutForDelivery: "DG FD OF WC",
		tracking.Attempted:      "02 30 51 52 53 54 55 56 57 CA CM H0 ND NH",
		tracking.HeldForPickup:  "14 16 CC",
		tracking.Forwarded:      "06 K3",
		tracking.Delivered:      "01 17 43 BR DL DN I0 OK",
		tracking.Lost:           "11 32 33 DP",
		tracking.ReturnStarted:  "04 05 09 21 22 23 24 25 26 27 28 29 31 44 BA H8 K4 K5 K6 RD RE RT VS",
	}, got)
}

// The classes that published tables lead to are these, unless a more exact one is in this
// package's own words, or a note says why not.
func TestTR3_PublishedClasses(t *testing.T) {
	published := map[string][]tracking.Class{
		"picked_up_by_usps": {tracking.Accepted}, "pre_shipment": {tracking.PreShipment}, "partner_not_usps": {tracking.PreShipment, tracking.InNetwork},
		"processed_in_network":     {tracking.InNetwork, tracking.AtUnit, tracking.Forwarded},
		"international_or_customs": {tracking.InNetwork, tracking.AtUnit, tracking.Forwarded, tracking.Informational},
		"delivered_to_agent":       {tracking.InNetwork}, "out_for_delivery": {tracking.OutForDelivery}, "delivery_attempted": {tracking.Attempted},
		"available_for_pickup": {tracking.HeldForPickup}, "delivered": {tracking.Delivered}, "return_in_progress": {tracking.ReturnStarted},
		"destroyed_or_dead_mail": {tracking.Lost}, "internal_accountability": {tracking.Informational},
		"exception_other": {tracking.Informational}, "status_not_updated": {tracking.Informational},
	}
	rows, err := csv.NewReader(dataFile(t, "event_codes.csv")).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		code, proposed := tracking.Code(row[0]), row[5]
		info, _ := code.Info()
		require.Contains(t, published, proposed)
		if !slices.Contains(published[proposed], info.Class) {
			require.NotEmpty(t, info.Note, "%s is %s, and published tables lead to %s", code, info.Class, proposed)
		}
		if info.Class == tracking.Delivered && proposed != "delivered" {
			require.Equal(t, tracking.Code("17"), code)
		}
	}
}

func TestTR3_UnknownCode(t *testing.T) {
	code, err := tracking.ParseCode("Q7")
	require.NoError(t, err)
	require.Equal(t, tracking.Code("Q7"), code)
	_, known := code.Info()
	require.False(t, known)
	require.Equal(t, tracking.Unknown, code.Class())
}

func TestParseCode_Refuses(t *testing.T) {
	for input, want := range map[string]string{
		"":    "event code: want two characters",
		"0":   "event code: want two characters",
		"011": "event code: want two characters",
		"a1":  "event code: at character 1: want a digit or a capital",
		"0-":  "event code: at character 2: want a digit or a capital",
		"É":   "event code: at character 1: want a digit or a capital",
	} {
		_, err := tracking.ParseCode(input)
		require.EqualError(t, err, want)
		_, err = tracking.ParseCode([]byte(input))
		var parse *cris.ParseError
		require.ErrorAs(t, err, &parse)
	}
}

func TestRules_AreListedOnceAndInOrder(t *testing.T) {
	var ids []cris.RuleID
	for _, rule := range tracking.Rules() {
		ids = append(ids, rule.ID)
		require.NotEmpty(t, rule.Text)
		require.Equal(t, cris.PIA, rule.Document)
		require.NotEmpty(t, rule.Section)
	}
	require.Equal(t, []cris.RuleID{"TR-1", "TR-2", "TR-3", "TR-4", "TR-5", "TR-6", "TR-7"}, ids)
}

func TestTR3_CodesHaveASource(t *testing.T) {
	seen := map[tracking.Code]bool{}
	last := tracking.Code("")
	for info := range tracking.Codes() {
		require.NotZero(t, info.Source, info.Code)
		require.LessOrEqual(t, last, info.Code, "the table is in order")
		require.NotEqual(t, tracking.Unknown, info.Class)
		require.False(t, info.Placeless && !info.Computed, info.Code)
		last = info.Code
		seen[info.Code] = true
		same, known := info.Code.InfoOn(cris.MustParseDate("2013-08-15"))
		require.True(t, known)
		require.Equal(t, info, same)
	}
	require.Len(t, seen, 165)
	for _, code := range []tracking.Code{"07", "11", "17", "31", "60"} { // on which published tables contradict each other
		info, _ := code.Info()
		require.NotEmpty(t, info.Note, code)
	}
	for code, want := range map[tracking.Code]bool{"OF": true, "PC": true, "NT": true, "TL": true, "01": false, "10": false} {
		info, _ := code.Info()
		require.Equal(t, want, info.Computed, code)
	}
}
