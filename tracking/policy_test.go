package tracking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestPolicy_DefaultsAreThoseOfTheDocuments(t *testing.T) {
	require.Equal(t, tracking.Policy{ReuseMonths: 6, EarlyDays: 7, SameDelivery: 10 * time.Minute, QuietDays: 7, AddressDigits: 5}, tracking.DefaultPolicy())
}

// A policy of the caller's own counts, and each field that it leaves alone is the default.
func TestPolicy_EachFieldCounts(t *testing.T) {
	fields := map[string]struct {
		set     func(value int) tracking.Policy
		decide  func(tracking.Policy) int
		results map[int]int // by the value of the field: zero and less mean the default
	}{
		"ReuseMonths": {
			func(n int) tracking.Policy { return tracking.Policy{ReuseMonths: n} },
			func(p tracking.Policy) int {
				return len(tracking.Pieces(scans("OA 2013-01-15T09:00", "10 2013-04-15T09:00", "10 2013-09-15T09:00", "10 2014-03-15T09:00"), p))
			},
			map[int]int{-1: 2, 0: 2, 6: 2, 1: 4, 3: 4, 4: 3, 5: 3, 7: 1},
		},
		"EarlyDays": {
			func(n int) tracking.Policy { return tracking.Policy{EarlyDays: n} },
			func(p tracking.Policy) int {
				return len(tracking.DecideDelivery(scans("OA 2013-08-12T09:00", "01 2013-08-15T09:00"), cris.MustParseDate("2013-08-22"), p).Timeline)
			},
			map[int]int{-1: 2, 0: 2, 7: 2, 8: 2, 6: 0, 1: 0},
		},
		"SameDelivery": {
			func(n int) tracking.Policy { return tracking.Policy{SameDelivery: time.Duration(n) * time.Minute} },
			func(p tracking.Policy) int {
				return len(tracking.DecideDelivery(scans("01 2013-08-15T09:00", "01 2013-08-15T09:10"), cris.Date{}, p).Deliveries)
			},
			map[int]int{-1: 1, 0: 1, 10: 1, 11: 1, 9: 2, 1: 2},
		},
		"QuietDays": {
			func(n int) tracking.Policy { return tracking.Policy{QuietDays: n} },
			func(p tracking.Policy) int {
				a := tracking.DecideAttention(onFile, scans("OA 2013-08-12T09:00"), cris.MustParseDate("2013-08-19"), p)
				return a.Quiet.DaysSince(cris.MustParseDate("2013-08-12"))
			},
			map[int]int{-1: 7, 0: 7, 1: 1, 7: 7, 30: 30},
		},
		"AddressDigits": {
			func(n int) tracking.Policy { return tracking.Policy{AddressDigits: n} },
			func(p tracking.Policy) int {
				// 07470, and 07405 is on file
				return len(tracking.DecideAttention(onFile, []tracking.Scan{elsewhere("01 2013-08-15T09:52")}, onFile.Mailed, p).Alerts)
			},
			map[int]int{-1: 1, 0: 1, 1: 0, 3: 0, 4: 1, 5: 1, 6: 1},
		},
	}
	for name, field := range fields {
		for value, want := range field.results {
			require.Equal(t, want, field.decide(field.set(value)), "%s: %d", name, value)
		}
		for other, alone := range fields {
			if other != name {
				require.Equal(t, field.results[0], field.decide(alone.set(1)), "%s leaves %s alone", other, name)
			}
		}
	}
}
