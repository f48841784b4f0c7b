package trackingtest

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

func TestNewExtractFile_TellsWhatItHolds(t *testing.T) {
	for name, mess := range map[string]Mess{
		"clean":   {},
		"some":    {Lost: 0.1, Repeated: 0.2, Displaced: 0.5, Damaged: 0.1, OtherNumbers: 0.3},
		"all":     {Repeated: 1, Displaced: 1, OtherNumbers: 1},
		"damaged": {Repeated: 1, Displaced: 1, OtherNumbers: 0.5, Damaged: 1},
		"nothing": {Lost: 1, Repeated: 1, Displaced: 1, OtherNumbers: 1, Damaged: 1},
	} {
		t.Run(name, func(t *testing.T) {
			file := NewExtractFile(1, 100, mess)
			require.Equal(t, file, NewExtractFile(1, 100, mess), "repeatable")
			r := extract.NewReader(bytes.NewReader(file.Content), nil)
			var scans []tracking.Scan
			damaged := 0
			for record, err := range r.Records() {
				require.NoError(t, err)
				if record.Damage != nil {
					damaged++
					continue
				}
				scans = append(scans, record.Scan)
			}
			require.Equal(t, file.Scans, scans)
			require.Equal(t, file.Damaged, damaged)
			require.Equal(t, file.Records, len(scans)+damaged)
			require.Equal(t, file.Series, r.File().Series)
		})
	}
}

func TestNewExtractFile_Mess(t *testing.T) {
	clean := NewExtractFile(1, 100, Mess{})
	require.Equal(t, journeys(1, 100, Mess{}), clean.Scans)
	require.Zero(t, clean.Damaged)
	require.Zero(t, NewExtractFile(1, 100, Mess{Lost: 1}).Records)
	require.Zero(t, NewExtractFile(1, 0, Mess{Displaced: 1}).Records)

	var twice []tracking.Scan
	for _, scan := range clean.Scans {
		twice = append(twice, scan, scan)
	}
	require.Equal(t, twice, NewExtractFile(1, 100, Mess{Repeated: 1}).Scans)

	displaced := NewExtractFile(1, 100, Mess{Displaced: 1}).Scans
	require.NotEqual(t, clean.Scans, displaced)
	require.Equal(t, inOrder(clean.Scans), inOrder(displaced))

	damaged := NewExtractFile(1, 100, Mess{Damaged: 1})
	require.Equal(t, clean.Records, damaged.Damaged)
	require.Empty(t, damaged.Scans)
}

func TestNewExtractFile_OtherNumbers(t *testing.T) {
	clean, other := NewExtractFile(1, 100, Mess{}), NewExtractFile(1, 100, Mess{OtherNumbers: 1})
	formats := map[tracking.Format]int{}
	for i, scan := range other.Scans {
		formats[scan.Number.Format()]++
		scan.Number = clean.Scans[i].Number
		require.Equal(t, clean.Scans[i], scan, "the same journey")
	}
	require.Len(t, formats, 2)
	require.Positive(t, formats[tracking.S10])
	require.Positive(t, formats[tracking.Legacy])
}
