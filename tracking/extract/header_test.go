package extract_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

func header(records int) extract.Header {
	return extract.Header{
		MailerID: "123456789", ElectronicFile: "9275000000000000000001",
		Date: cris.MustParseDate("2013-08-16"), Series: 2, Records: records,
	}
}

func withHeader(t *testing.T, h extract.Header) string {
	t.Helper()
	var text bytes.Buffer
	require.NoError(t, extract.NewWriter(&text, nil).WriteHeader(h))
	require.Equal(t, 282, text.Len())
	return text.String()
}

func TestTR6_TotalsThatAgree(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	r := extract.NewReader(strings.NewReader(withHeader(t, header(2))+good+put(good, 144, "2400")), nil)
	var scans, damaged int
	for record, err := range r.Records() {
		require.NoError(t, err)
		if record.Damage != nil {
			damaged++
			require.Equal(t, 3, record.Line, "the header is a line")
			continue
		}
		scans++
	}
	require.Equal(t, 1, scans)
	require.Equal(t, 1, damaged)
	require.Equal(t, header(2), r.Header())
}

func TestTR6_TotalsThatDisagreeAreReported(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	got, file := readFile(t, withHeader(t, header(3))+good+good, nil)
	require.Equal(t, reading{scans: []tracking.Scan{delivered, delivered}}, got, "the records themselves are good")
	require.False(t, file.TotalsAgree())
	require.Equal(t, 3, file.Announced)
	require.Equal(t, 2, file.Records)

	got, file = readFile(t, withHeader(t, header(0)), nil)
	require.Empty(t, got)
	require.True(t, file.TotalsAgree(), "an empty file that says so is in order")
	_, file = readFile(t, withHeader(t, header(0))+good, nil)
	require.False(t, file.TotalsAgree(), "a file that announces nothing and holds something")
	_, file = readFile(t, good, nil)
	require.True(t, file.TotalsAgree(), "a file that does not say how much it holds")
}

func TestTR6_HeaderErrorRejectsTheFile(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	head := withHeader(t, header(1))
	for _, test := range []struct{ name, header, want string }{
		{"count", put(head, 60, "x"), "extract: file rejected: header, byte 60: records: wrong_character"},
		{"date", put(head, 43, "20130230"), "extract: file rejected: header, byte 43: file date: no_such_day"},
		{"mailer", put(head, 6, " "), "extract: file rejected: header, byte 6: mailer identifier: wrong_character"},
		{"series", put(head, 54, "-1"), "extract: file rejected: header, byte 54: series: wrong_character"},
		{"short", head[:200] + "\r\n", "extract: file rejected: header, byte 201: record: too_short"},
		{"cut behind the type", "\"H\n", "extract: file rejected: header, byte 3: record: too_short"},
		{"another separator", put(head, 4, ";"), "extract: file rejected: header, byte 3: record type: wrong_separator"},
		{"no quote after the type", put(head, 3, " "), "extract: file rejected: header, byte 3: record type: wrong_separator"},
		{"a small letter", put(head, 2, "h"), "extract: file rejected: header, byte 2: record type: wrong_character"},
		{"CR alone", head[:280] + "\r", "extract: file rejected: header, byte 281: record: lone_cr"},
		{"endless", head[:280] + strings.Repeat("x", 1<<17) + "\r\n", "extract: file rejected: header, byte 281: record: too_long"},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, reading{errors: []string{test.want}}, read(t, test.header+good))
		})
	}
	blank := "line 1, byte 1: record: blank_line"
	require.Equal(t, reading{
		errors: []string{"extract: file rejected: header, byte 43: file date: no_such_day"},
	}, read(t, "\r\n"+put(head, 43, "20130230")+good), "behind an empty line")
	got, file := readFile(t, "\n"+head+good, nil)
	require.Equal(t, reading{scans: []tracking.Scan{delivered}, errors: []string{blank}}, got)
	require.False(t, file.TotalsAgree(), "the blank line is a record too many")
	got = read(t, good+head)
	require.Equal(t, []string{"line 2, byte 24: tracking number: wrong_separator"}, got.errors, "only the first line can be a header")
}

// A header that passed for a damaged record would leave the file without its totals.
func TestTR6_DamagedHeaderIsStillAHeader(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	head := withHeader(t, header(1))
	rejected := func(line string) {
		t.Helper()
		got := read(t, line+good)
		require.Empty(t, got.scans, line)
		require.Len(t, got.errors, 1, line)
		require.Contains(t, got.errors[0], "extract: file rejected: header, byte ", line)
	}
	for at := 1; at <= 5; at++ {
		rejected(put(head, at, "x"))
	}
	for _, start := range []string{"xxx", "xxxxx", `"400`, "\x00\x00\x00\x00\x00", "     "} {
		rejected(put(head, 1, start))
		rejected(put(head, 1, start)[:200] + "\n")
	}
	for at := 1; at <= 280; at++ {
		if got := read(t, put(head, at, "x")+good); len(got.errors) == 0 {
			require.Equal(t, []tracking.Scan{delivered}, got.scans, "in a field that may hold an x")
			continue
		}
		rejected(put(head, at, "x"))
	}
}

// Half of a header's quotes and commas are not most of them.
func TestTR6_HalfAHeaderIsNoHeader(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	head := withHeader(t, header(1))
	const third, fourth = 41, 52 // behind the third and the fourth field
	got := read(t, put(head[:third+2], 2, "9")+"\n"+good)
	require.Equal(t, []tracking.Scan{delivered}, got.scans)
	got = read(t, put(head[:fourth+1], 2, "9")+"\n"+good)
	require.Len(t, got.errors, 1)
	require.Contains(t, got.errors[0], "rejected")
}

func TestTR6_DamagedRecordIsNoHeader(t *testing.T) {
	abroad := delivered
	abroad.Number = tracking.MustParseNumber("HB123456785GB")
	good := file(t, extract.FullRecord{Scan: delivered})
	records := func(damaged string) {
		t.Helper()
		got := read(t, damaged+good)
		require.Contains(t, got.scans, delivered, damaged)
		for _, text := range got.errors {
			require.NotContains(t, text, "rejected", damaged)
		}
	}
	for _, first := range []string{good, file(t, extract.FullRecord{Scan: abroad})} {
		records(first)
		for at := 1; at <= 280; at++ {
			for _, c := range []string{"x", "H", `"`, ",", " ", "!", "\x00", "\r"} {
				records(put(first, at, c))
			}
			records(first[:at-1] + first[at:])     // a byte lost
			records(first[:at] + "x" + first[at:]) // or gained
			records("\r\n" + put(first, at, "x"))
		}
	}
	for at := 1; at <= 280; at++ {
		records(good[:at] + "\n")
	}
}

func TestTR6_FileWithoutTheWantedHeaderIsRejected(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	const none = "extract: file rejected: day.txt: header, byte 1: record: no_header"
	for _, test := range []struct {
		name, text string
		want       reading
	}{
		{"a header", withHeader(t, header(1)) + good, reading{scans: []tracking.Scan{delivered}}},
		{"a header alone", withHeader(t, header(0)), reading{}},
		{"a header that is damaged", put(withHeader(t, header(1)), 2, "x") + good, reading{errors: []string{"extract: file rejected: day.txt: header, byte 2: record type: wrong_character"}}},
		{"records alone", good + good, reading{errors: []string{none}}},
		{"a page in HTML", "<!DOCTYPE html>\n<html><h1>404 Not Found</h1></html>\n", reading{errors: []string{none}}},
		{"nothing", "", reading{errors: []string{none}}},
		{"a mark of UTF-8", "\xef\xbb\xbf", reading{errors: []string{none}}},
		{"blank lines", "\r\n \r\n", reading{errors: []string{none}}},
		{"blank lines and records", "\r\n" + good, reading{errors: []string{none}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			opts := &extract.Options{Name: "day.txt", WantHeader: true}
			require.Equal(t, test.want, readAll(t, extract.NewReader(strings.NewReader(test.text), opts).Records()))
		})
	}
	opened, err := extract.Open("day.txt", bytes.NewReader(zipped(t, "")), &extract.Options{WantHeader: true})
	require.NoError(t, err)
	require.Equal(t, reading{errors: []string{none}}, readAll(t, opened.Records), "an empty file in a zip file")
}
