package casestatus_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

func TestCS1_AnatomyReadsTheDigitsForDisplay(t *testing.T) {
	const center, lockbox = casestatus.ServiceCenterReading, casestatus.LockboxReading
	for _, tt := range []struct {
		number, asOf string
		want         casestatus.Anatomy
	}{
		{"EAC1710450123", "2017-06-01", casestatus.Anatomy{Reading: center, FiscalYear: 2017, Workday: 104, Serial: 50123}},
		{"EAC1700150123", "2017-06-01", casestatus.Anatomy{Reading: center, FiscalYear: 2017, Workday: 1, Serial: 50123}},
		{"EAC1726250123", "2017-06-01", casestatus.Anatomy{Reading: center, FiscalYear: 2017, Workday: 262, Serial: 50123}},
		{"YSC1890044612", "2018-06-01", casestatus.Anatomy{Reading: lockbox, FiscalYear: 2018, Serial: 44612}},
		{"EAC2290008012", "2022-06-01", casestatus.Anatomy{Reading: lockbox, FiscalYear: 2022, Serial: 8012}},
		{"EAC1700050123", "2017-06-01", casestatus.Anatomy{}}, // there is no workday 0
		{"EAC1726350123", "2017-06-01", casestatus.Anatomy{}}, // nor so many in a year
		{"EAC1710440123", "2017-06-01", casestatus.Anatomy{}}, // the serial number begins otherwise
		{"IOE1710450123", "2017-06-01", casestatus.Anatomy{}},
		{"IOE0912345678", "2021-06-01", casestatus.Anatomy{}},
		{"SRC*171045012", "2017-06-01", casestatus.Anatomy{}},
		{"EAC1710450123", "", casestatus.Anatomy{}},
	} {
		var asOf cris.Date
		require.NoError(t, asOf.UnmarshalText([]byte(tt.asOf)))
		require.Equal(t, tt.want, casestatus.MustParseReceiptNumber(tt.number).Anatomy(asOf), tt.number)
	}
	require.Zero(t, casestatus.ReceiptNumber{}.Anatomy(day("2017-06-01")))
}

func TestCS1_TheFiscalYearIsTheLatestThatHadBegun(t *testing.T) {
	for _, tt := range []struct {
		digits, asOf string
		want         int
	}{
		{"99", "2026-11-21", 1999},
		{"00", "2026-11-21", 2000},
		{"26", "2026-11-21", 2026},
		{"27", "2026-11-21", 2027}, // began in October
		{"27", "2026-09-30", 1927},
		{"27", "2026-10-01", 2027},
		{"99", "2098-09-30", 1999},
		{"99", "2098-10-01", 2099},
	} {
		number := casestatus.MustParseReceiptNumber("LIN" + tt.digits + "10450123")
		require.Equal(t, tt.want, number.Anatomy(day(tt.asOf)).FiscalYear, "%s as of %s", tt.digits, tt.asOf)
	}
}

// TestCS1_NoDateMayBeDerivedFromTheAnatomy reads the dated samples: in none of them is
// the workday of the number that of the date on which the case was received.
func TestCS1_NoDateMayBeDerivedFromTheAnatomy(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(readData(t, "casestatus", "receipt_anatomy_samples.csv")))).ReadAll()
	require.NoError(t, err)
	readings := map[casestatus.Reading]int{}
	for _, row := range rows[1:] {
		number := casestatus.MustParseReceiptNumber(strings.ReplaceAll(row[0], "x", "0"))
		anatomy := number.Anatomy(day("2022-12-31"))
		readings[anatomy.Reading]++
		if anatomy.Reading == casestatus.ServiceCenterReading {
			require.NotEqual(t, workdayOf(day(row[1])), anatomy.Workday, row[0])
		}
	}
	require.Equal(t, map[casestatus.Reading]int{casestatus.ServiceCenterReading: 2, casestatus.LockboxReading: 6}, readings)
}

// workdayOf counts the weekdays of the fiscal year up to and with that day.
func workdayOf(received cris.Date) (n int) {
	year, month, _ := received.Date()
	if month < 10 {
		year--
	}
	first, err := cris.NewDate(year, 10, 1)
	if err != nil {
		panic(err)
	}
	for d := first; !d.After(received); d = d.AddDays(1) {
		if d.Weekday() != 0 && d.Weekday() != 6 {
			n++
		}
	}
	return n
}

func TestReceiptNumber_AnatomyAllocatesNothing(t *testing.T) {
	number, asOf := casestatus.MustParseReceiptNumber("EAC1710450123"), day("2017-06-01")
	require.Zero(t, testing.AllocsPerRun(100, func() { number.Anatomy(asOf) }))
}
