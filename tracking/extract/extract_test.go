package extract_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

var delivered = tracking.Scan{
	Number: tracking.MustParseNumber("9400111206206406260787"),
	Code:   "01",
	At:     tracking.MustParseLocalTime("2013-08-15T09:52"),
	Place:  tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
}

// file writes the records, one a line.
func file(t *testing.T, records ...extract.Record) string {
	t.Helper()
	var text bytes.Buffer
	w := extract.NewWriter(&text, nil)
	for _, record := range records {
		require.NoError(t, w.Write(record))
	}
	return text.String()
}

// reading is what a reader yields: scans, and the texts of errors.
type reading struct {
	scans  []tracking.Scan
	errors []string
}

func read(t *testing.T, text string) reading {
	t.Helper()
	return readAll(t, extract.NewReader(strings.NewReader(text), nil).Scans())
}

func readAll(t *testing.T, scans iter.Seq2[tracking.Scan, error]) reading {
	t.Helper()
	var got reading
	for scan, err := range scans {
		if err != nil {
			require.Zero(t, scan)
			got.errors = append(got.errors, err.Error())
			continue
		}
		got.scans = append(got.scans, scan)
	}
	return got
}

// put overwrites a line from the given byte on, counted from 1.
func put(line string, at int, text string) string { return line[:at-1] + text + line[at-1+len(text):] }

func TestTR1_RecordIsReadFromItsFields(t *testing.T) {
	line := `"9400111206206406260787","9275000000000000000001","123456789","USCIS CARD PRODUCTIO","07405","1234","07405","01","DELIVERED      ","20130815","0952","123456789","IOE0912345678                 ","US","JANE Q CUSTOMER     ","                      ","L","000000123","20130817","1200"` + "\r\n"
	require.Len(t, line, 282)
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, read(t, line))
}

func TestTR1_WhatIsWrittenIsRead(t *testing.T) {
	scans := []tracking.Scan{
		delivered,
		{Number: tracking.MustParseNumber("RB123456785GB"), Code: "A0", At: tracking.MustParseLocalTime("2024-02-29T23:59"), Place: tracking.Place{Country: "GB"}},
		{Number: tracking.MustParseNumber("03071790000523483741"), Code: "NT", At: tracking.MustParseLocalTime("2024-02-29T00:00")},
		{Number: delivered.Number, Code: "Z9", At: delivered.At, Place: delivered.Place},
		{Number: delivered.Number, Code: "01", ToSender: true, At: delivered.At, Place: delivered.Place},
	}
	var text strings.Builder
	for _, scan := range scans {
		text.WriteString(file(t, extract.Record{Scan: scan}))
	}
	require.Equal(t, reading{scans: scans}, read(t, text.String()))
	for line := range strings.Lines(text.String()) {
		require.Len(t, line, 282)
	}
}

func TestTR1_LineEnds(t *testing.T) {
	line := strings.TrimSuffix(file(t, extract.Record{Scan: delivered}), "\r\n")
	two := reading{scans: []tracking.Scan{delivered, delivered}}
	for _, text := range []string{
		line + "\r\n" + line + "\r\n",
		line + "\r\n" + line,
		line + "\n" + line + "\n",
		line + "\n" + line,
		line + "\r\n" + line + "\r",
	} {
		require.Equal(t, two, read(t, text))
	}
	require.Equal(t, reading{}, read(t, ""))
}

// The text of an event and the name of the recipient do not survive.
func TestTR2_NothingElseOfTheRecordIsKept(t *testing.T) {
	record := extract.Record{Scan: delivered, EventName: "SECRETEVENTTEXT", Other: map[string]string{
		"recipient name": "JANE Q CUSTOMER", "customer reference": "IOE0912345678", "mailer name": "USCIS",
		"destination ZIP+4": "1234", "original label": "9400111206206406260787", "weight": "000000123",
	}}
	good := file(t, record)
	for _, text := range []string{good, put(good, 110, "!!"), put(good, 133, "20260230"), put(good, 201, `"`), good[:230]} {
		got := fmt.Sprintf("%+v", read(t, text))
		for _, secret := range []string{"JANE", "CUSTOMER", "IOE", "USCIS", "SECRET", "1234}", "000123"} {
			require.NotContains(t, got, secret)
		}
	}
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, read(t, good))
}

func TestTR2_DeliveryToSenderIsKeptAsAFact(t *testing.T) {
	for _, test := range []struct {
		code tracking.Code
		name string
		want bool
	}{
		{"01", "DELIVERED, TO O", true},
		{"01", "DELIVERED TO OR", true},
		{"01", "Delivered, To O", true},
		{"01", "DELIVERED TO SE", true},
		{"01", "DELIVERED, TO A", false},
		{"01", "DELIVERED, TO  ", false},
		{"01", "DELIVERED      ", false},
		{"01", "", false},
		{"10", "DELIVERED, TO O", false}, // the code is the key: this is no delivery
	} {
		scan := delivered
		scan.Code, scan.ToSender = test.code, test.want
		text := file(t, extract.Record{Scan: tracking.Scan{Number: scan.Number, Code: scan.Code, At: scan.At, Place: scan.Place}})
		text = put(text, 115, test.name+strings.Repeat(" ", 15-len(test.name)))
		require.Equal(t, reading{scans: []tracking.Scan{scan}}, read(t, text), test.name)
	}
}

func TestTR3_UnknownCodeIsKept(t *testing.T) {
	scan := delivered
	scan.Code = "Q7"
	got := read(t, file(t, extract.Record{Scan: scan}))
	require.Equal(t, reading{scans: []tracking.Scan{scan}}, got)
	require.Equal(t, tracking.Unknown, got.scans[0].Class())
}

func TestTR6_DamageIsReportedWithLineAndCause(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	for _, test := range []struct{ name, line, want string }{
		{"check digit", put(good, 23, "8"), "line 2, byte 2: tracking number: the check digit is wrong"},
		{"letter in the number", put(good, 11, "!"), "line 2, byte 11: tracking number: want a digit or a letter"},
		{"no number", put(good, 2, strings.Repeat(" ", 22)), "line 2, byte 2: tracking number: missing"},
		{"ZIP code", put(good, 104, "X"), "line 2, byte 104: scan ZIP code: want a digit"},
		{"lower-case code", put(good, 110, "a1"), "line 2, byte 110: event code: want a digit or a capital"},
		{"half a code", put(good, 110, "A "), "line 2, byte 111: event code: want a digit or a capital"},
		{"no such day", put(good, 133, "20260230"), "line 2, byte 133: event date: no such day in the calendar"},
		{"no leap day", put(good, 133, "20230229"), "line 2, byte 133: event date: no such day in the calendar"},
		{"month 13", put(good, 133, "20231301"), "line 2, byte 133: event date: no such day in the calendar"},
		{"year zero", put(good, 133, "00000101"), "line 2, byte 133: event date: no such day in the calendar"},
		{"blank date", put(good, 133, "        "), "line 2, byte 133: event date: want a digit"},
		{"hour 24", put(good, 144, "2400"), "line 2, byte 144: event time: no such hour"},
		{"minute 60", put(good, 144, "2360"), "line 2, byte 144: event time: no such minute"},
		{"time with a letter", put(good, 144, "23O0"), "line 2, byte 146: event time: want a digit"},
		{"lower-case country", put(good, 196, "us"), "line 2, byte 196: scan country: want a capital"},
		{"first quote missing", put(good, 1, " "), "line 2, byte 1: tracking number: no quote before it"},
		{"quote missing before", put(good, 109, " "), "line 2, byte 107: scan ZIP code: no quote, comma and quote after it"},
		{"quote missing after", put(good, 112, " "), "line 2, byte 112: event code: no quote, comma and quote after it"},
		{"comma missing", put(good, 113, " "), "line 2, byte 112: event code: no quote, comma and quote after it"},
		{"last quote missing", put(good, 280, " "), "line 2, byte 280: guaranteed delivery time: no quote after it"},
		{"shifted by one", good[1:280] + " \r\n", "line 2, byte 1: tracking number: no quote before it"},
		{"empty line", "\r\n", "line 2, byte 1: record: a blank line"},
		{"blank line", strings.Repeat(" ", 280) + "\n", "line 2, byte 1: record: a blank line"},
		{"blank and too long", strings.Repeat(" ", 281) + "\n", "line 2, byte 281: record: too long for the layout"},
		{"an end of file that is none", "\x1a\r\n", "line 2, byte 2: record: too short for the layout"},
		{"too short", good[:279] + "\r\n", "line 2, byte 280: record: too short for the layout"},
		{"too long", good[:280] + ",\r\n", "line 2, byte 281: record: too long for the layout"},
		{"far too long", strings.Repeat("x", 1<<20) + "\r\n", "line 2, byte 281: record: too long for the layout"},
		{"zero bytes", strings.Repeat("\x00", 280) + "\r\n", "line 2, byte 1: tracking number: no quote before it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := read(t, good+test.line+good)
			require.Equal(t, []tracking.Scan{delivered, delivered}, got.scans, "the good records around it are kept")
			require.Equal(t, []string{test.want}, got.errors)
		})
	}
}

func TestTR6_DamageIsATypedError(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	for _, err := range extract.NewReader(strings.NewReader(put(good, 144, "2400")), nil).Scans() {
		var aside *tracking.SetAside
		require.ErrorAs(t, err, &aside)
		require.Equal(t, tracking.SetAside{Line: 1, Column: 144, Field: "event time", Cause: "no such hour"}, *aside)
	}
}

func TestTR6_CutFileKeepsTheRecordsBefore(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	for at := 1; at < 280; at++ {
		got := read(t, good+good[:at])
		require.Equal(t, []tracking.Scan{delivered}, got.scans)
		require.Len(t, got.errors, 1)
	}
}

func TestTR6_FileWithoutLineFeedsSaysWhy(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	got := read(t, strings.Repeat(good[:280]+"\r", 500))
	require.Equal(t, reading{errors: []string{"line 1, byte 281: record: a line end of CR alone"}}, got)
}

func TestReader_FailingInput(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	broken := errors.New("the disk is gone")
	for _, test := range []struct {
		before string
		scans  int
	}{
		{"", 0},
		{good, 1},
		{good[:100], 0},
		{good + strings.Repeat("x", 1<<17), 1},
	} {
		var last error
		scans := 0
		for _, err := range extract.NewReader(io.MultiReader(strings.NewReader(test.before), iotest.ErrReader(broken)), nil).Scans() {
			if err == nil {
				scans++
			}
			last = err
		}
		require.ErrorIs(t, last, broken)
		require.Equal(t, test.scans, scans)
	}
}

func TestReader_StopsWhenToldTo(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	for _, text := range []string{good + good, "\n" + good, withHeader(t, header(7)) + good} {
		next, stop := iter.Pull2(extract.NewReader(strings.NewReader(text), nil).Scans())
		_, _, more := next()
		require.True(t, more)
		stop()
	}
}

func TestReader_AllocatesNothingPerGoodRecord(t *testing.T) {
	few, many := strings.Repeat(file(t, extract.Record{Scan: delivered}), 10), strings.Repeat(file(t, extract.Record{Scan: delivered}), 1000)
	allocs := func(text string) float64 {
		return testing.AllocsPerRun(5, func() {
			for _, err := range extract.NewReader(strings.NewReader(text), nil).Scans() {
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	require.InDelta(t, allocs(few), allocs(many), 1)
}
