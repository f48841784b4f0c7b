package tracking

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// Series is where a file stands among those that the USPS sends a mailer on one day.
type Series struct {
	Mailer string // identifier
	Day    cris.Date
	Number int // from 1 to 9,999
}

// DaysSeries tells which files of a day there should be, and which of them are not there.
type DaysSeries struct {
	Mailer   string
	Day      cris.Date
	Expected int   // files: as many as the highest number of the day
	Missing  []int // numbers, in order
}

// mostFiles is the highest number of a series: more files nobody sends in a day.
const mostFiles = 9_999

// MissingFiles tells of every day of every mailer which numbers of its series are not
// among the files that arrived, by day and mailer (TR-6). Files come late and twice, so a
// number that is missing now may still arrive. Files without a series, or with a
// number that none can have, are left out; that
// the last of a day are missing, nothing tells. See MissingFilesOf for those of a store.
func MissingFiles(arrived []Series) []DaysSeries {
	type key struct {
		day    cris.Date
		mailer string
	}
	numbers := map[key]map[int]bool{}
	for _, file := range arrived {
		if file.Number < 1 || file.Number > mostFiles {
			continue
		}
		day := key{file.Day, file.Mailer}
		if numbers[day] == nil {
			numbers[day] = map[int]bool{}
		}
		numbers[day][file.Number] = true
	}
	keys := slices.SortedFunc(maps.Keys(numbers), func(a, b key) int {
		if c := a.day.Compare(b.day); c != 0 {
			return c
		}
		return strings.Compare(a.mailer, b.mailer)
	})
	days := make([]DaysSeries, len(keys))
	for i, k := range keys {
		days[i] = DaysSeries{Mailer: k.mailer, Day: k.day, Expected: slices.Max(slices.Collect(maps.Keys(numbers[k])))}
		for n := 1; n <= days[i].Expected; n++ {
			if !numbers[k][n] {
				days[i].Missing = append(days[i].Missing, n)
			}
		}
	}
	return days
}

// MissingFilesOf is MissingFiles of those that have arrived in the store. Its error is that
// of the store.
func MissingFilesOf(ctx context.Context, store Store) ([]DaysSeries, error) {
	var arrived []Series
	for file, err := range store.Files(ctx, cris.Page[FileID]{}) {
		if err != nil {
			return nil, fmt.Errorf("tracking: list files: %w", err)
		}
		if file.Arrived() {
			arrived = append(arrived, file.Series)
		}
	}
	return MissingFiles(arrived), nil
}
