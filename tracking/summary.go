package tracking

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// Series is where a file stands among those that the USPS sends a mailer on one day.
type Series struct {
	Mailer string // identifier
	Day    cris.Date
	Number int // from 1
}

// Summary tells what one file held, whatever became of it in a store.
type Summary struct {
	Series      Series // from the header; zero if the file has none
	Records     int
	Good        int
	SetAside    map[string]int // how many records were damaged, by SetAside.Cause; nil for none
	First, Last LocalTime      // of the good records, by the clocks of their places; zero if there is none
}

// Add counts a good record.
func (s *Summary) Add(at LocalTime) {
	s.Records++
	s.Good++
	if s.Good == 1 || at.Compare(s.First) < 0 {
		s.First = at
	}
	if at.Compare(s.Last) > 0 {
		s.Last = at
	}
}

// AddSetAside counts a damaged record.
func (s *Summary) AddSetAside(cause string) {
	s.Records++
	if s.SetAside == nil {
		s.SetAside = map[string]int{}
	}
	s.SetAside[cause]++
}

// DaysSeries tells which files of a day there should be, and which of them are not there.
type DaysSeries struct {
	Mailer   string
	Day      cris.Date
	Expected int   // files: as many as the highest number of the day
	Missing  []int // numbers, in order
}

// MissingFiles tells of every day of every mailer which numbers of its series are not
// among the files that arrived, by day and mailer (TR-6). Files come late and twice, so a
// number that is missing now may still arrive. Files without a series are left out; that
// the last of a day are missing, nothing tells.
func MissingFiles(arrived []Series) []DaysSeries {
	type key struct {
		day    cris.Date
		mailer string
	}
	numbers := map[key]map[int]bool{}
	for _, file := range arrived {
		if file.Number < 1 {
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
