package tracking

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// A code that gets another meaning has two entries; the day of the event says which.
func TestTR3_CodeMeansWhatItMeantOnTheDay(t *testing.T) {
	day := cris.MustParseDate
	infos := []CodeInfo{
		{Code: "17", Class: Delivered, Until: day("2018-12-31")},
		{Code: "17", Class: InNetwork, From: day("2019-01-01"), Until: day("2022-06-30")},
		{Code: "17", Class: ReturnStarted, From: day("2023-01-01")},
	}
	for on, want := range map[string]Class{
		"0001-01-01": Delivered, "2018-12-31": Delivered, "2019-01-01": InNetwork, "2022-06-30": InNetwork,
		"2023-01-01": ReturnStarted, "9999-12-31": ReturnStarted,
	} {
		require.Equal(t, want, validOn(infos, day(on)).Class, on)
	}
	require.Nil(t, validOn(infos, day("2022-07-01")), "nothing is known of the time between")
	require.Nil(t, validOn(nil, day("2022-07-01")))
}

func TestTR3_EntriesOfOneCodeDoNotOverlap(t *testing.T) {
	for _, slot := range codesBySlot {
		for i := 1; i < len(slot.infos); i++ {
			require.True(t, slot.infos[i-1].Until.Before(slot.infos[i].From), slot.code)
			require.False(t, slot.infos[i-1].Until.IsZero(), slot.code)
		}
	}
}
