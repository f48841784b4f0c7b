package tracking_test

import (
	"encoding/csv"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestTR3_FourNamedEvents(t *testing.T) {
	for code, want := range map[tracking.Code]string{
		"03": "picked up by USPS",
		"10": "processed at a USPS facility",
		"01": "delivered to addressee",
		"RT": "being returned to sender",
	} {
		require.Equal(t, want, code.Class().String())
	}
	toSender := tracking.Scan{Code: "01", ToSender: true}
	require.Equal(t, "returned to sender", toSender.Class().String(), "not delivered: the sender has it")
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
	names := map[string]bool{tracking.NoScan.String(): true, tracking.Unknown.String(): true}
	for class := tracking.Informational; class <= tracking.ReturnCompleted; class++ {
		require.NotContains(t, names, class.String())
		names[class.String()] = true
		if class < tracking.ReturnCompleted {
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
