package trackingtest

import (
	"crypto/sha256"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Number returns the n-th of a repeatable series of tracking numbers, n from 1 to
// 99,999,999. No piece of real mail has one of them: their mailer identifier is all nines.
func Number(n int) tracking.Number {
	for check := range 10 {
		number, err := tracking.ParseNumber(fmt.Sprintf("92055999999%010d%d", n, check))
		if err == nil {
			return number
		}
	}
	panic(fmt.Sprintf("trackingtest: no number %d", n))
}

// Scan returns a scan of the piece in Butler, NJ: trackingtest.Scan(n, "01",
// "2013-08-15T09:52"). It panics if the time is none.
func Scan(number tracking.Number, code tracking.Code, at string) tracking.Scan {
	return tracking.Scan{
		Number: number, Code: code, At: tracking.MustParseLocalTime(at),
		Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
	}
}

// FileID returns the n-th of a repeatable series of file IDs.
func FileID(n int) tracking.FileID {
	return sha256.Sum256(fmt.Appendf(nil, "file %d", n))
}
