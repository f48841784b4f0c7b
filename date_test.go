package cris_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

var (
	firstDate = cris.MustParseDate("0001-01-01")
	lastDate  = cris.MustParseDate("9999-12-31")
)

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"2024-02-29": "",
		"0001-01-01": "",
		"9999-12-31": "",
		"2000-02-29": "",

		"":                     "date: at character 1: want ten characters, as in 2006-01-02",
		"2024-02":              "date: at character 8: want ten characters, as in 2006-01-02",
		"2024-02-2":            "date: at character 10: want ten characters, as in 2006-01-02",
		"2024-02-290":          "date: at character 11: want ten characters, as in 2006-01-02",
		"2024-02-29T00:00:00Z": "date: at character 11: want ten characters, as in 2006-01-02",
		"2024/02/29":           "date: at character 5: want a hyphen, as in 2006-01-02",
		"02/29/2024":           "date: at character 3: want a digit, as in 2006-01-02",
		"-024-02-29":           "date: at character 1: want a digit, as in 2006-01-02",
		"2024-02-2x":           "date: at character 10: want a digit, as in 2006-01-02",
		"２024-02-2":            "date: at character 1: want a digit, as in 2006-01-02",
		"2023-02-29":           "date: no such day in the calendar",
		"1900-02-29":           "date: no such day in the calendar",
		"2024-04-31":           "date: no such day in the calendar",
		"2024-13-01":           "date: no such day in the calendar",
		"2024-00-01":           "date: no such day in the calendar",
		"2024-01-00":           "date: no such day in the calendar",
		"0000-12-31":           "date: no such day in the calendar",
	} {
		t.Run(text, func(t *testing.T) {
			d, err := cris.ParseDate(text)
			if want != "" {
				require.EqualError(t, err, want)
				require.True(t, d.IsZero())
				return
			}
			require.NoError(t, err)
			require.Equal(t, text, d.String())
		})
	}
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2024-02-29", "0001-01-01", "9999-12-31", "2023-02-29", "0000-01-01", "2024-1-01", "2024-01-01 ", ""} {
		f.Add(text)
	}
	f.Add("1900-02-29") // century without leap day
	f.Add("２024-02-2")  // digits of another script
	f.Add("-001-01-01") // signed year
	f.Add("0000-02-29") // year zero
	f.Fuzz(func(t *testing.T, text string) {
		d, err := cris.ParseDate(text)
		want, wantErr := time.Parse(time.DateOnly, text)
		if wantErr != nil || want.Year() < 1 {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, text, d.String())
		require.Equal(t, want, d.Start(time.UTC))
		require.Equal(t, want.Weekday(), d.Weekday())
	})
}

func TestParseDate_DoesNotAllocate(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = cris.ParseDate("2024-02-29") }))
}

func TestNewDate_RefusesWhatTheCalendarLacks(t *testing.T) {
	for _, bad := range []struct{ year, month, day int }{
		{0, 12, 31},
		{10000, 1, 1},
		{2023, 2, 29},
		{2024, 0, 1},
		{2024, 1, 0},
		{2024, 1, -1},
		{math.MaxInt, 1, 1},
		{math.MinInt, 1, 1},
		{2024, math.MaxInt, 1},
		{2024, 1, math.MaxInt},
		{2024, 1, math.MinInt},
	} {
		d, err := cris.NewDate(bad.year, time.Month(bad.month), bad.day)
		require.Error(t, err, bad)
		require.True(t, d.IsZero(), bad)
	}
}

// The calendar of time.Time is the oracle, over every day there is.
func TestDate_EveryDay(t *testing.T) {
	d, days := firstDate, 0
	for want := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); want.Year() < 10000; want = want.AddDate(0, 0, 1) {
		year, month, day := d.Date()
		if y, m, n := want.Date(); year != y || month != m || day != n || d.Weekday() != want.Weekday() || d.DaysSince(firstDate) != days {
			t.Fatalf("day %d is %v, want %v", days, d, want)
		}
		d = d.AddDays(1)
		days++
	}
	require.True(t, d.IsZero(), "the day after the last one")
	require.Equal(t, 3652059, days)
}

func TestDate_ZeroIsNoDate(t *testing.T) {
	var none cris.Date
	require.True(t, none.IsZero())
	require.Equal(t, "no date", none.String())
	require.True(t, none.AddDays(1).IsZero())
	require.True(t, none.AddMonths(1).IsZero())
	require.True(t, none.Start(cris.AgencyZone()).IsZero())
	year, month, day := none.Date()
	require.Zero(t, year)
	require.Zero(t, month)
	require.Zero(t, day)
	require.Negative(t, none.Compare(firstDate))
	require.False(t, firstDate.IsZero())
}

func TestDate_Order(t *testing.T) {
	early, late := cris.MustParseDate("2024-02-29"), cris.MustParseDate("2024-03-01")
	require.True(t, early.Before(late))
	require.False(t, late.Before(early))
	require.False(t, early.Before(early))
	require.True(t, late.After(early))
	require.False(t, early.After(early))
	require.Equal(t, -1, early.Compare(late))
	require.Equal(t, 0, early.Compare(cris.MustParseDate("2024-02-29")))
	require.Equal(t, 1, late.Compare(early))
	require.Equal(t, 1, late.DaysSince(early))
	require.Equal(t, -1, early.DaysSince(late))
}

func TestDate_AddDays(t *testing.T) {
	for _, test := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-02-28", 1, "2024-02-29"},
		{"2023-02-28", 1, "2023-03-01"},
		{"2024-01-01", 30, "2024-01-31"},
		{"2024-03-01", -1, "2024-02-29"},
		{"2024-03-01", 0, "2024-03-01"},
		{"0001-01-01", 3652058, "9999-12-31"},
		{"0001-01-01", -1, "no date"},
		{"9999-12-31", 1, "no date"},
		{"9999-12-31", math.MaxInt, "no date"},
		{"0001-01-01", math.MinInt, "no date"},
	} {
		require.Equal(t, test.want, cris.MustParseDate(test.from).AddDays(test.n).String(), "%s and %d days", test.from, test.n)
	}
}

func TestDate_AddMonthsEndsWithTheMonth(t *testing.T) {
	for _, test := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-01-31", 1, "2024-02-29"},
		{"2023-01-31", 1, "2023-02-28"},
		{"2024-01-31", 3, "2024-04-30"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-01-15", -1, "2023-12-15"},
		{"2024-12-31", 0, "2024-12-31"},
		{"2024-12-31", 2, "2025-02-28"},
		{"0001-01-31", 119987, "9999-12-31"},
		{"9999-12-01", 1, "no date"},
		{"0001-01-31", -1, "no date"},
		{"2024-01-01", math.MaxInt, "no date"},
		{"2024-01-01", math.MinInt, "no date"},
	} {
		require.Equal(t, test.want, cris.MustParseDate(test.from).AddMonths(test.n).String(), "%s and %d months", test.from, test.n)
	}
}

func TestDateOf_IsTheDayOfTheZone(t *testing.T) {
	agency := cris.AgencyZone()
	for _, test := range []struct {
		instant string
		zone    *time.Location
		want    string
	}{
		{"2024-03-10T04:59:59Z", agency, "2024-03-09"}, // the last second before the clocks change
		{"2024-03-10T05:00:00Z", agency, "2024-03-10"},
		{"2024-03-11T03:59:59Z", agency, "2024-03-10"}, // this day has 23 hours
		{"2024-03-11T04:00:00Z", agency, "2024-03-11"},
		{"2024-11-03T04:00:00Z", agency, "2024-11-03"}, // and this one 25
		{"2024-11-04T04:59:59Z", agency, "2024-11-03"},
		{"2024-11-04T05:00:00Z", agency, "2024-11-04"},
		{"2024-11-04T05:00:00Z", time.UTC, "2024-11-04"},
		{"2024-02-29T23:59:59-05:00", time.UTC, "2024-03-01"},
		{"0000-12-31T23:59:59Z", time.UTC, "no date"},
		{"0001-01-01T00:00:00Z", agency, "no date"},
		{"9999-12-31T23:59:59Z", time.FixedZone("east", 60), "no date"},
	} {
		instant, err := time.Parse(time.RFC3339, test.instant)
		require.NoError(t, err)
		require.Equal(t, test.want, cris.DateOf(instant, test.zone).String(), "%s in %s", test.instant, test.zone)
	}
}

// Among them zones whose clocks have changed at midnight, around it, and by half an hour.
func TestDate_StartIsTheFirstInstantOfTheDay(t *testing.T) {
	for _, name := range []string{
		"UTC", "America/New_York", "America/Havana", "America/Sao_Paulo", "America/Asuncion", "America/Santiago",
		"Asia/Amman", "Asia/Beirut", "Asia/Tehran", "Asia/Kathmandu", "Africa/Cairo", "Australia/Lord_Howe",
		"Pacific/Honolulu", "Pacific/Guam",
	} {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation(name)
			require.NoError(t, err)
			for d := cris.MustParseDate("1990-01-01"); d.Before(cris.MustParseDate("2038-01-01")); d = d.AddDays(1) {
				start := d.Start(zone)
				if before := start.Add(-time.Microsecond); cris.DateOf(before, zone) != d.AddDays(-1) {
					t.Fatalf("%v begins before %v", d, start)
				}
				if cris.DateOf(start, zone) != d {
					t.Fatalf("%v does not begin at %v, which is %v", d, start, start.In(zone))
				}
			}
		})
	}
}

// Beyond the years that the table of a zone lists, package time tells of changes that are none.
func TestDate_EveryDayStartsInYearsFarAhead(t *testing.T) {
	for _, name := range []string{"America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		for year := 2036; year < 2200; year++ {
			newYear, err := cris.NewDate(year, time.January, 1)
			require.NoError(t, err)
			for d := newYear.AddDays(-3); d.Before(newYear.AddDays(3)); d = d.AddDays(1) {
				start := d.Start(zone)
				require.Equal(t, d, cris.DateOf(start, zone), name)
				require.Equal(t, d.AddDays(-1), cris.DateOf(start.Add(-time.Microsecond), zone), name)
			}
		}
	}
}

func TestDate_StartOfASkippedDayIsWhereTheNextBegins(t *testing.T) {
	zone, err := time.LoadLocation("Pacific/Apia") // crossed the date line: no 30 December 2011
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2011-12-31").Start(zone), cris.MustParseDate("2011-12-30").Start(zone))
}

func TestDate_Text(t *testing.T) {
	type form struct {
		Filed cris.Date `json:"filed"`
		Due   cris.Date `json:"due"`
	}
	want := form{Filed: cris.MustParseDate("2024-02-29")}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	require.JSONEq(t, `{"filed":"2024-02-29","due":""}`, string(text))

	got := form{Due: lastDate}
	require.NoError(t, json.Unmarshal(text, &got))
	require.Equal(t, want, got)

	require.Error(t, json.Unmarshal([]byte(`{"filed":"2024-02-30"}`), &got))
	require.Equal(t, want, got, "a failure leaves the date as it was")
}

func TestDate_AppendText(t *testing.T) {
	text, err := cris.MustParseDate("0987-06-05").AppendText([]byte("on "))
	require.NoError(t, err)
	require.Equal(t, "on 0987-06-05", string(text))
}

func TestMustParseDate_Panics(t *testing.T) {
	require.PanicsWithError(t, "date: no such day in the calendar", func() { cris.MustParseDate("2023-02-29") })
}
