package trackingtest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
)

// due returns the file of the hours of a scan, counted from 0.
func due(s tracking.Scan) int {
	hour, _ := s.At.Clock()
	return s.At.Date().DaysSince(firstDay)*3 + hour/8
}

func TestNewDropFolder_Mess(t *testing.T) {
	const days, pieces = 20, 100 // all journeys end before
	for name, test := range map[string]struct {
		mess    Mess
		copies  int
		damaged bool
		later   bool
	}{
		"None":             {mess: Mess{}, copies: 1},
		"Lost":             {mess: Mess{Lost: 1}},
		"LostAndRepeated":  {mess: Mess{Lost: 1, Repeated: 1}},
		"Repeated":         {mess: Mess{Repeated: 1}, copies: 2},
		"Displaced":        {mess: Mess{Displaced: 1}, copies: 1, later: true},
		"RepeatedAndLater": {mess: Mess{Repeated: 1, Displaced: 1}, copies: 2, later: true},
		"Damaged":          {mess: Mess{Damaged: 1, OtherNumbers: 0.5}, copies: 1, damaged: true},
		"OtherNumbers":     {mess: Mess{OtherNumbers: 1}, copies: 1},
	} {
		t.Run(name, func(t *testing.T) {
			folder, all := NewDropFolder(1, days, pieces, test.mess), journeys(1, pieces, test.mess)
			records := 0
			for _, file := range folder.files {
				if file.again {
					continue
				}
				records += file.content.Records
				at := file.content.Series.Day.DaysSince(firstDay)*3 + file.content.Series.Number - 1
				for _, scan := range file.content.Scans {
					require.LessOrEqual(t, due(scan), at)
					require.Equal(t, test.later, due(scan) < at)
				}
			}
			require.Equal(t, test.copies*len(all), records)
			if test.damaged {
				require.Empty(t, folder.Scans())
				return
			}
			var want []tracking.Scan
			for range test.copies {
				want = append(want, all...)
			}
			require.Equal(t, inOrder(want), inOrder(folder.Scans()))
		})
	}
}

func TestNewDropFolder_LastFileHoldsWhatComesLater(t *testing.T) {
	for _, mess := range []Mess{{}, {Displaced: 1}} {
		folder := NewDropFolder(1, 1, 100, mess)
		require.Equal(t, inOrder(journeys(1, 100, Mess{})), inOrder(folder.Scans()))
	}
}

func TestNewDropFolder_HasOneDayAtLeast(t *testing.T) {
	for _, days := range []int{0, -1} {
		require.Equal(t, NewDropFolder(1, 1, 10, Mess{Repeated: 1}), NewDropFolder(1, days, 10, Mess{Repeated: 1}))
	}
	require.Empty(t, NewDropFolder(1, 1, 0, Mess{}).Scans())
}
