package extract_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// What programs leave behind the last record is no damage, and no record that the header
// has not announced.
func TestTR6_BlankEndOfAFileIsNoRecord(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	for _, end := range []string{
		"\r\n", "\n\n\n", "\r\n\r\n   \r\n", " ", "\r", strings.Repeat(" ", 280) + "\r\n", strings.Repeat("\n", 200_000), "\x1a", "\r\n\x1a", " \x1a",
	} {
		text := withHeader(t, header(2)) + good + good + end
		r := extract.NewReader(strings.NewReader(text), nil)
		require.Equal(t, reading{scans: []tracking.Scan{delivered, delivered}}, readAll(t, r.Records()), "%.20q", end)
		require.Equal(t, 2, r.File().Records)
		require.Equal(t, int64(len(text)), r.Bytes())
	}
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, read(t, good[:280]+"\x1a"), "behind a missing line end")
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, read(t, good[:280]+"\r\x1a"))
	require.Equal(t, reading{}, read(t, "\n\n"))
	require.Equal(t, reading{}, read(t, "\x1a"))
}

func TestTR6_BlankLineBeforeARecordIsDamage(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	blank := func(lines ...int) (errors []string) {
		for _, line := range lines {
			errors = append(errors, "line "+strconv.Itoa(line)+", byte 1: record: blank_line")
		}
		return errors
	}
	three := []tracking.Scan{delivered, delivered, delivered}
	require.Equal(t, reading{scans: three, errors: blank(2, 3, 5)}, read(t, good+"\n  \r\n"+good+"\r\n"+good+"\n\n"))
	require.Equal(t, reading{scans: three, errors: blank(1)}, read(t, "\n"+good+good+good))

	// In order with what stands around it.
	late := put(good, 144, "2400")
	got := read(t, late+"\n"+late+"x\n\n"+good)
	require.Equal(t, []string{
		"line 1, byte 144: event time: no_such_time", blank(2)[0], "line 3, byte 144: event time: no_such_time",
		"line 4, byte 2: record: too_short", blank(5)[0],
	}, got.errors)

	for _, end := range []string{"\x1a\x1a", "\x1a\n", "\x1a\n\x1a"} {
		require.NotEmpty(t, read(t, good+end).errors, "%q", end)
	}
}
