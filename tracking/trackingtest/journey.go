package trackingtest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// firstDay is the first day of all generated mail.
var firstDay = cris.MustParseDate("2013-08-15")

// journeys returns the scans of so many pieces, piece by piece.
func journeys(seed uint64, pieces int, mess Mess) (scans []tracking.Scan) {
	ways, numbers := newRandom(seed, 0), newRandom(seed, 1) // apart, so that the mess changes no way
	for n := 1; n <= pieces; n++ {
		scans = append(scans, journey(ways, mess.number(numbers, n))...)
	}
	return scans
}

// newRandom returns one of several sources of a seed.
func newRandom(seed, nth uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, nth)) //nolint:gosec // repeatable on purpose
}

// stops are the codes of a journey and where it goes on.
var stops = [][]tracking.Code{
	{"GX", "OA", "10", "T1", "NT", "A1", "10", "07", "PC", "OF", "01"},
	{"GX", "OA", "10", "TL", "A1", "07", "OF", "02", "14", "43"},
	{"GX", "03", "10", "A1", "07", "OF", "21", "09", "10", "A1", "RT"},
	{"MA", "OA", "10", "07", "04", "09", "10", "01"},
	{"GX", "OA", "10", "A1", "Q7"},
}

// journey returns the scans of one piece, each some hours after the one before.
func journey(random *rand.Rand, number tracking.Number) []tracking.Scan {
	codes := stops[random.IntN(len(stops))]
	day, minute := firstDay.AddDays(random.IntN(5)), random.IntN(24*60)
	scans := make([]tracking.Scan, 0, len(codes))
	for i, code := range codes {
		minute += 30 + random.IntN(8*60)
		at, err := tracking.NewLocalTime(day.AddDays(minute/(24*60)), minute/60%24, minute%60)
		check(err)
		scan := tracking.Scan{Number: number, Code: code, At: at}
		if info, _ := code.Info(); !info.Placeless {
			scan.Place = tracking.Place{ZIP: cris.MustParseZIP(fmt.Sprintf("%05d", 501+random.IntN(99_000))), Country: "US"}
		}
		returned := slices.Contains(codes[:i], "09")
		scan.ToSender = returned && code.Class() == tracking.Delivered
		scans = append(scans, scan)
	}
	return scans
}

// lastDay returns the latest of the day and those of the scans.
func lastDay(day cris.Date, scans []tracking.Scan) cris.Date {
	for _, scan := range scans {
		if scan.At.Date().After(day) {
			day = scan.At.Date()
		}
	}
	return day
}
