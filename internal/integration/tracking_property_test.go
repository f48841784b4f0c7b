package integration_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// anyCode is a known code or one that nobody has published.
var anyCode = rapid.Custom(func(t *rapid.T) tracking.Code {
	if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
		return tracking.Code(rapid.StringMatching(`[0-9A-Z]{2}`).Draw(t, "code"))
	}
	var known []tracking.Code
	for info := range tracking.Codes() {
		known = append(known, info.Code)
	}
	return rapid.SampledFrom(known).Draw(t, "code")
})

// anyPlace has all that matters: zones that differ, areas that span zones, none at all,
// and places abroad.
var anyPlace = rapid.Custom(func(t *rapid.T) tracking.Place {
	var place tracking.Place
	place.Country = rapid.SampledFrom([]string{"US", "US", "US", "", "GB", "PR"}).Draw(t, "country")
	if rapid.Bool().Draw(t, "placed") {
		zip := rapid.SampledFrom([]string{"07405", "77040", "90025", "96910", "37388", "86515", "09009", "00901"}).Draw(t, "ZIP")
		place.ZIP = cris.MustParseZIP(zip)
	}
	return place
})

// anyTime is near the changes of a clock and half a year apart, so that ties, gaps and
// doubled hours abound.
var anyTime = rapid.Custom(func(t *rapid.T) tracking.LocalTime {
	day := cris.MustParseDate(rapid.SampledFrom([]string{"2026-03-08", "2026-11-01", "2026-11-02", "2027-05-01"}).Draw(t, "day"))
	at, err := tracking.NewLocalTime(day, rapid.IntRange(0, 4).Draw(t, "hour"), 30*rapid.IntRange(0, 1).Draw(t, "half"))
	if err != nil {
		t.Fatal(err)
	}
	return at
})

// anyNumber is of any construction that a field of 22 bytes has room for.
var anyNumber = rapid.Custom(func(t *rapid.T) tracking.Number {
	if rapid.IntRange(0, 2).Draw(t, "older") > 0 {
		return trackingtest.Number(rapid.IntRange(1, 99_999_999).Draw(t, "piece"))
	}
	return tracking.MustParseNumber(rapid.SampledFrom([]string{
		"RB123456785GB", "EC207920162US", "03071790000523483741", "9101123456789000000013", "9400111206206406260787",
	}).Draw(t, "number"))
})

func anyScan(number tracking.Number) *rapid.Generator[tracking.Scan] {
	return rapid.Custom(func(t *rapid.T) tracking.Scan {
		scan := tracking.Scan{Number: number, Code: anyCode.Draw(t, "code"), At: anyTime.Draw(t, "time"), Place: anyPlace.Draw(t, "place")}
		scan.ToSender = scan.Code.ClassOn(scan.At.Date()) == tracking.Delivered && rapid.Bool().Draw(t, "to sender")
		return scan
	})
}

func TestTR4_AnyOrderAndRepetitionGivesTheSameTimeline(t *testing.T) {
	policy := tracking.DefaultPolicy()
	onFile := tracking.OnFile{Mailed: cris.MustParseDate("2026-03-01"), Address: cris.MustParseZIP("07405")}
	rapid.Check(t, func(t *rapid.T) {
		set := rapid.SliceOfN(anyScan(trackingtest.Number(1)), 0, 12).Draw(t, "scans")
		repeated := slices.Clone(set)
		if len(set) > 0 {
			repeated = append(repeated, rapid.SliceOfN(rapid.SampledFrom(set), 0, 6).Draw(t, "again")...)
		}
		shuffled := rapid.Permutation(repeated).Draw(t, "shuffled")
		want := tracking.Latest(set)
		require.Equal(t, want, tracking.Latest(shuffled))
		require.Equal(t, tracking.Pieces(set, policy), tracking.Pieces(shuffled, policy))
		today := cris.MustParseDate("2027-05-10")
		require.Equal(t, tracking.DecideAttention(onFile, set, today, policy), tracking.DecideAttention(onFile, shuffled, today, policy))

		// Of the piece that was mailed: each scan once, on one side of it or in it.
		mailed := cris.MustParseDate(rapid.SampledFrom([]string{"2025-01-01", "2026-03-08", "2026-10-30", "2027-05-09"}).Draw(t, "mailed"))
		of := tracking.LatestOf(set, mailed, policy)
		require.Equal(t, of, tracking.LatestOf(shuffled, mailed, policy))
		require.Equal(t, slices.Concat(want.Earlier, want.Timeline), slices.Concat(of.Earlier, of.Timeline, of.Later))
		if n := len(of.Timeline); n > 0 {
			require.Contains(t, of.Timeline, of.Deciding)
			require.False(t, of.Timeline[n-1].At.Date().Before(mailed.AddDays(-policy.EarlyDays)), "over before it was mailed")
		}

		// Every scan is accounted for once, and what decides is one of them.
		all := append(slices.Clone(want.Earlier), want.Timeline...)
		distinct := map[tracking.Scan]bool{}
		for _, scan := range set {
			distinct[scan] = true
		}
		require.Len(t, all, len(distinct))
		for i, scan := range all {
			require.True(t, distinct[scan])
			require.True(t, i == 0 || all[i-1].Compare(scan) < 0, "in order")
		}
		if len(set) > 0 {
			require.Contains(t, want.Timeline, want.Deciding)
			require.Equal(t, want.Class, want.Deciding.Class())
		}
		info, _ := want.Deciding.Code.Info()
		for _, scan := range want.Timeline {
			other, known := scan.Code.Info()
			if info.Computed && known && !other.Computed {
				require.Contains(t, []tracking.Class{tracking.PreShipment, tracking.Informational}, scan.Class(), "a computed event outranks a scan")
			}
		}
	})
}

// One more return, wherever it stands in the timeline of a piece, confirms no delivery and
// takes no alert of a return away. It may divide the scans among other pieces, and then
// says nothing of those.
func TestTR7_ReturnConfirmsNothing(t *testing.T) {
	policy, today := tracking.DefaultPolicy(), cris.MustParseDate("2027-05-10")
	isReturn := func(a tracking.Alert) bool { return a.Kind == tracking.ReturnBegun || a.Kind == tracking.ReturnEnded }
	isOnePiece := func(scans []tracking.Scan) bool { return len(tracking.Pieces(scans, policy)) == 1 }
	rapid.Check(t, func(t *rapid.T) {
		onFile := tracking.OnFile{Address: cris.MustParseZIP("07405")}
		if rapid.Bool().Draw(t, "mailed") {
			onFile.Mailed = cris.MustParseDate("2026-03-08")
		}
		scans := rapid.SliceOfN(anyScan(trackingtest.Number(1)), 1, 8).Draw(t, "scans")
		back := anyScan(trackingtest.Number(1)).Draw(t, "return")
		back.Code, back.ToSender = rapid.SampledFrom([]tracking.Code{"21", "09", "04"}).Draw(t, "code"), false
		with := append(slices.Clone(scans), back)
		if !isOnePiece(scans) || !isOnePiece(with) {
			return
		}
		before, after := tracking.DecideAttention(onFile, scans, today, policy), tracking.DecideAttention(onFile, with, today, policy)
		require.False(t, after.Confirmed && !before.Confirmed)
		if slices.ContainsFunc(before.Alerts, isReturn) {
			require.True(t, slices.ContainsFunc(after.Alerts, isReturn))
		}
	})
}

func TestTR1_WhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var scans []tracking.Scan
		var text bytes.Buffer
		w := extract.NewWriter(&text, nil)
		header := extract.Header{
			MailerID: "123456789", ElectronicFile: "9275000000000000000001", Date: cris.MustParseDate("2027-05-01"),
			Series: rapid.IntRange(0, 99).Draw(t, "series"), Records: rapid.IntRange(0, 20).Draw(t, "records"),
		}
		require.NoError(t, w.WriteHeader(header))
		for range header.Records {
			scan := anyScan(anyNumber.Draw(t, "number")).Draw(t, "scan")
			scans = append(scans, scan)
			name := rapid.StringMatching(`[ -!#-~]{0,20}`).Draw(t, "name")
			require.NoError(t, w.Write(extract.Record{Scan: scan, Other: map[string]string{"recipient name": name}}))
		}
		r := extract.NewReader(&text, nil)
		var got []tracking.Scan
		for scan, err := range r.Scans() {
			require.NoError(t, err)
			got = append(got, scan)
		}
		require.Equal(t, scans, got)
		require.Equal(t, header, r.Header())
		require.Equal(t, header.Records, r.Summary().Good)
	})
}

func TestMoment_IsWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scan := anyScan(trackingtest.Number(1)).Draw(t, "scan")
		m := scan.Moment()
		require.False(t, m.Latest.Before(m.Earliest))
		require.False(t, m.Likely.Before(m.Earliest) || m.Likely.After(m.Latest), fmt.Sprint(m))
		require.Equal(t, m.Doubts == 0, m.Earliest.Equal(m.Latest))
	})
}
