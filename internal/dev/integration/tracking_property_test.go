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
		want := tracking.DecideDelivery(set, cris.Date{}, tracking.Policy{})
		require.Equal(t, want, tracking.DecideDelivery(shuffled, cris.Date{}, tracking.Policy{}))
		require.Equal(t, tracking.Pieces(set, policy), tracking.Pieces(shuffled, policy))
		today := cris.MustParseDate("2027-05-10")
		require.Equal(t, tracking.DecideAttention(onFile, set, today, policy), tracking.DecideAttention(onFile, shuffled, today, policy))

		// Of the piece that was mailed: each scan once, on one side of it or in it.
		mailed := cris.MustParseDate(rapid.SampledFrom([]string{"2025-01-01", "2026-03-08", "2026-10-30", "2027-05-09"}).Draw(t, "mailed"))
		of := tracking.DecideDelivery(set, mailed, policy)
		require.Equal(t, of, tracking.DecideDelivery(shuffled, mailed, policy))
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

// A piece was accepted and delivered at its address, and scanned as it may be else. If the
// delivery is confirmed, each return and each loss is certainly before a delivery there; and
// one more return, wherever it stands, confirms nothing and takes no alert of one away.
func TestTR7_ReturnConfirmsNothing(t *testing.T) {
	policy, today := tracking.DefaultPolicy(), cris.MustParseDate("2026-06-10")
	onFile := tracking.OnFile{Mailed: cris.MustParseDate("2026-03-02"), Address: cris.MustParseZIP("07405")}
	home := tracking.Place{ZIP: onFile.Address, Country: "US"}
	isReturn := func(a tracking.Alert) bool {
		return a.Kind == tracking.AlertReturnStarted || a.Kind == tracking.AlertReturnCompleted
	}
	near := rapid.Custom(func(t *rapid.T) tracking.Scan {
		scan := anyScan(trackingtest.Number(1)).Draw(t, "scan")
		day := cris.MustParseDate("2026-03-07").AddDays(rapid.IntRange(0, 3).Draw(t, "day"))
		hour, minute := scan.At.Clock()
		var err error
		if scan.At, err = tracking.NewLocalTime(day, hour, minute); err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "home") {
			scan.Place = home
		}
		return scan
	})
	checks, confirmed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		delivered := near.Draw(t, "delivery")
		delivered.Code, delivered.ToSender, delivered.Place = "01", false, home
		accepted := delivered
		accepted.Code, accepted.At = "OA", tracking.MustParseLocalTime("2026-03-03T08:00")
		scans := append([]tracking.Scan{accepted, delivered}, rapid.SliceOfN(near, 0, 3).Draw(t, "others")...)
		back := near.Draw(t, "return")
		back.Code, back.ToSender = rapid.SampledFrom([]tracking.Code{"21", "09", "04"}).Draw(t, "code"), false

		before := tracking.DecideAttention(onFile, scans, today, policy)
		after := tracking.DecideAttention(onFile, append(slices.Clone(scans), back), today, policy)
		require.False(t, after.Confirmed && !before.Confirmed)
		if slices.ContainsFunc(before.Alerts, isReturn) {
			require.True(t, slices.ContainsFunc(after.Alerts, isReturn))
		}
		for _, a := range []tracking.Attention{before, after} {
			checks++
			if !a.Confirmed {
				continue
			}
			confirmed++
			for _, scan := range a.Delivery.Timeline {
				if class := scan.Class(); class == tracking.ReturnStarted || class == tracking.Lost {
					require.True(t, slices.ContainsFunc(a.Delivery.Timeline, func(s tracking.Scan) bool {
						oneClock := s.Place == scan.Place && s.At.Compare(scan.At) > 0
						return s.Class() == tracking.Delivered && s.Place.ZIP.Five() == home.ZIP && (oneClock || scan.Moment().Latest.Before(s.Moment().Earliest))
					}))
				}
			}
		}
	})
	require.Greater(t, confirmed, checks/5, "so many are confirmed that it says something")
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
			require.NoError(t, w.Write(extract.FullRecord{Scan: scan, Other: map[string]string{"recipient name": name}}))
		}
		r := extract.NewReader(&text, nil)
		var got []tracking.Scan
		for record, err := range r.Records() {
			require.NoError(t, err)
			got = append(got, record.Scan)
		}
		require.Equal(t, scans, got)
		require.Equal(t, header, r.Header())
		require.Equal(t, header.Records, r.File().Good())
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
