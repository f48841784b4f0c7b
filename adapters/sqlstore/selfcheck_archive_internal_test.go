package sqlstore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// Beyond the years that the table of a zone lists, package time tells of changes that are none.
func TestDaySpans_EndInYearsFarAhead(t *testing.T) {
	for year := 2036; year < 2200; year++ {
		from := time.Date(year, time.December, 29, 0, 0, 0, 0, time.UTC)
		before := from.AddDate(0, 0, 5)
		at := from
		for _, span := range daySpans(from, before, cris.AgencyZone()) {
			require.Equal(t, at, span.from)
			require.True(t, span.before.After(at))
			require.Equal(t, span.day, cris.DateOf(span.before.Add(-time.Microsecond), cris.AgencyZone()))
			at = span.before
		}
		require.Equal(t, before, at)
	}
}
