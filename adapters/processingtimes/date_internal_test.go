package processingtimes

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// What is read at once is what time.Parse reads, of every day and of texts that are nearly
// one.
func TestParseDate_AgreesWithTheStandardLibrary(t *testing.T) {
	const form = "January 2, 2006"
	want := func(text string) cris.Date {
		parsed, err := time.Parse(form, text)
		if err != nil {
			return cris.Date{}
		}
		return cris.DateOf(parsed, time.UTC)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for day := cris.MustParseDate("2019-12-30"); day.Before(cris.MustParseDate("2025-01-03")); day = day.AddDays(1) {
		for _, form := range []string{form, "January 02, 2006"} {
			text := day.Start(time.UTC).Format(form)
			require.Equal(t, day, parseDate(text))
			for range 20 {
				wrong := []byte(text)
				for range 1 + random.IntN(2) {
					wrong[random.IntN(len(wrong))] = "0123459, +-.JjaeF\x00"[random.IntN(18)]
				}
				require.Equal(t, want(string(wrong)), parseDate(string(wrong)), "%q", wrong)
			}
		}
	}
	for _, text := range []string{"", "January", "January 28,", "January 32, 2022", "February 29, 2023", "February 29, 2024", "January +5, 2022", "Januar 05, 2022", "January 05, 0000"} {
		require.Equal(t, want(text), parseDate(text), text)
	}
}
