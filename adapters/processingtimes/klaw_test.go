package processingtimes_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/casestatus"
)

// TestCS6_ThePublishedMonthsAreKRoundedUpToHalfAMonth checks the law that lies behind the
// published months: they are K, divided by the days of a month (30 in 2018, 30.4 later)
// and rounded up to half a month.
//
// It holds for 95 rows of a hundred and is half a month off in the others, but for one:
// petitions for temporary agricultural workers, whose inquiry date of 2022 followed a rule
// of 15 days and whose range did not. In 2018 the others are rows whose K is a whole
// number of half months, which were published with half a month more. Which is why a
// decision goes by the inquiry date and not by the months.
func TestCS6_ThePublishedMonthsAreKRoundedUpToHalfAMonth(t *testing.T) {
	half, two := decimal.New(5, -1), decimal.NewFromInt(2)
	for _, tt := range []struct {
		name, readOn, daysPerMonth string
		rows, lawful, half, more   int
	}{
		{"2018-06-09.ndjson", "2018-06-09", "30", 546, 533, 13, 0},
		{"2022-02-19.ndjson", "2022-02-19", "30.4", 684, 667, 16, 1},
		{"processing-times-2024-10-30.csv", "2024-10-30", "30.4", 699, 654, 45, 0},
	} {
		var values []casestatus.ProcessingTime
		var err error
		if tt.readOn == "2024-10-30" {
			values, _, err = readTable(openData(t, tt.name), day(tt.readOn))
		} else {
			values, _, err = read(openData(t, tt.name), day(tt.readOn))
		}
		require.NoError(t, err)
		perMonth := decimal.RequireFromString(tt.daysPerMonth)
		var rows, lawful, halfOff, more int
		seen := map[casestatus.PostedUnder]bool{}
		for _, p := range values {
			if seen[p.PostedUnder()] { // one row of 2024 stands twice
				continue
			}
			seen[p.PostedUnder()] = true
			k, ok := p.Days()
			if !ok || p.Threshold.Unit != casestatus.Months {
				continue
			}
			rows++
			want := decimal.NewFromInt(int64(k)).Mul(two).Div(perMonth).Ceil().Div(two)
			switch off := p.Threshold.Value.Sub(want).Abs(); {
			case off.IsZero():
				lawful++
			case off.Equal(half):
				halfOff++
				if tt.daysPerMonth == "30" {
					require.Zero(t, k%15, "%+v", p)
				}
			default:
				more++
				require.Equal(t, casestatus.FormType("137-H2A"), p.FormType)
				require.Equal(t, 15, k)
			}
		}
		require.Equal(t, []int{tt.rows, tt.lawful, tt.half, tt.more}, []int{rows, lawful, halfOff, more}, tt.name)
	}
}

// TestCS6_NotesAreKeptInBothLanguages counts the notes of 2022 in the file.
func TestCS6_NotesAreKeptInBothLanguages(t *testing.T) {
	values, _, err := read(openData(t, "2022-02-19.ndjson"), day("2022-02-19"))
	require.NoError(t, err)
	noted := 0
	for _, p := range values {
		require.Equal(t, p.Note.English == "", p.Note.Spanish == "")
		require.Zero(t, p.FormNote)
		if p.Note.English != "" {
			require.NotEqual(t, p.Note.English, p.Note.Spanish)
			noted++
		}
	}
	require.Equal(t, 15, noted)
}
