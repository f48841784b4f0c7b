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
func file(t *testing.T, records ...extract.FullRecord) string {
	t.Helper()
	var text bytes.Buffer
	w := extract.NewWriter(&text, nil)
	for _, record := range records {
		require.NoError(t, w.Write(record))
	}
	return text.String()
}

// reading is what a reader yields: scans, and the texts of damage and of the error that ended
// it.
type reading struct {
	scans  []tracking.Scan
	errors []string
}

func read(t *testing.T, text string) reading {
	t.Helper()
	return readAll(t, extract.NewReader(strings.NewReader(text), nil).Records())
}

func readAll(t *testing.T, records iter.Seq2[tracking.Record, error]) reading {
	t.Helper()
	var got reading
	line, ended := 0, false
	for record, err := range records {
		require.False(t, ended, "an error is the end")
		if err != nil {
			ended = true
			require.Zero(t, record)
			got.errors = append(got.errors, err.Error())
			continue
		}
		require.Greater(t, record.Line, line, "in order")
		line = record.Line
		if record.Damage != nil {
			require.Zero(t, record.Scan)
			require.Equal(t, record.Line, record.Damage.Line)
			require.Contains(t, tracking.Causes(), record.Damage.Cause)
			got.errors = append(got.errors, record.Damage.String())
			continue
		}
		got.scans = append(got.scans, record.Scan)
	}
	return got
}

// readFile is read, and tells what is known of the file afterwards.
func readFile(t *testing.T, text string, opts *extract.Options) (reading, tracking.File) {
	t.Helper()
	r := extract.NewReader(strings.NewReader(text), opts)
	got := readAll(t, r.Records())
	return got, r.File()
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
		text.WriteString(file(t, extract.FullRecord{Scan: scan}))
	}
	require.Equal(t, reading{scans: scans}, read(t, text.String()))
	for line := range strings.Lines(text.String()) {
		require.Len(t, line, 282)
	}
}

func TestTR1_LineEnds(t *testing.T) {
	line := strings.TrimSuffix(file(t, extract.FullRecord{Scan: delivered}), "\r\n")
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
	record := extract.FullRecord{Scan: delivered, EventName: "SECRETEVENTTEXT", Other: map[string]string{
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
		text := file(t, extract.FullRecord{Scan: tracking.Scan{Number: scan.Number, Code: scan.Code, At: scan.At, Place: scan.Place}})
		text = put(text, 115, test.name+strings.Repeat(" ", 15-len(test.name)))
		require.Equal(t, reading{scans: []tracking.Scan{scan}}, read(t, text), test.name)
	}
}

func TestTR3_UnknownCodeIsKept(t *testing.T) {
	scan := delivered
	scan.Code = "Q7"
	got := read(t, file(t, extract.FullRecord{Scan: scan}))
	require.Equal(t, reading{scans: []tracking.Scan{scan}}, got)
	require.Equal(t, tracking.Unknown, got.scans[0].Class())
}

func TestTR6_DamageIsReportedWithLineAndCause(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	for _, test := range []struct{ name, line, want string }{
		{"check digit", put(good, 23, "8"), "line 2, byte 2: tracking number: wrong_check_digit"},
		{"letter in the number", put(good, 11, "!"), "line 2, byte 11: tracking number: wrong_character"},
		{"no number", put(good, 2, strings.Repeat(" ", 22)), "line 2, byte 2: tracking number: missing_value"},
		{"no such application identifier", put(good, 2, "99"), "line 2, byte 2: tracking number: no_such_number"},
		{"zeros", put(good, 4, strings.Repeat("0", 20)), "line 2, byte 2: tracking number: no_such_number"},
		{"a text", put(good, 2, "JANE CUSTOMER"), "line 2, byte 2: tracking number: no_such_number"},
		{"a check digit of another kind", put(good, 2, "RB123456784GB         "), "line 2, byte 2: tracking number: wrong_check_digit"},
		{"ZIP code", put(good, 104, "X"), "line 2, byte 104: scan ZIP code: wrong_character"},
		{"lower-case code", put(good, 110, "a1"), "line 2, byte 110: event code: wrong_character"},
		{"half a code", put(good, 110, "A "), "line 2, byte 111: event code: wrong_character"},
		{"no such day", put(good, 133, "20260230"), "line 2, byte 133: event date: no_such_day"},
		{"no leap day", put(good, 133, "20230229"), "line 2, byte 133: event date: no_such_day"},
		{"month 13", put(good, 133, "20231301"), "line 2, byte 133: event date: no_such_day"},
		{"year zero", put(good, 133, "00000101"), "line 2, byte 133: event date: no_such_day"},
		{"blank date", put(good, 133, "        "), "line 2, byte 133: event date: wrong_character"},
		{"hour 24", put(good, 144, "2400"), "line 2, byte 144: event time: no_such_time"},
		{"minute 60", put(good, 144, "2360"), "line 2, byte 144: event time: no_such_time"},
		{"time with a letter", put(good, 144, "23O0"), "line 2, byte 146: event time: wrong_character"},
		{"no letters in the country", put(good, 196, "@A"), "line 2, byte 196: scan country: wrong_character"},
		{"half a country", put(good, 196, "A["), "line 2, byte 197: scan country: wrong_character"},
		{"lower-case country", put(good, 196, "us"), "line 2, byte 196: scan country: wrong_character"},
		{"first quote missing", put(good, 1, " "), "line 2, byte 1: tracking number: wrong_separator"},
		{"quote missing before", put(good, 109, " "), "line 2, byte 107: scan ZIP code: wrong_separator"},
		{"quote missing after", put(good, 112, " "), "line 2, byte 112: event code: wrong_separator"},
		{"comma missing", put(good, 113, " "), "line 2, byte 112: event code: wrong_separator"},
		{"last quote missing", put(good, 280, " "), "line 2, byte 280: guaranteed delivery time: wrong_separator"},
		{"shifted by one", good[1:280] + " \r\n", "line 2, byte 1: tracking number: wrong_separator"},
		{"empty line", "\r\n", "line 2, byte 1: record: blank_line"},
		{"blank line", strings.Repeat(" ", 280) + "\n", "line 2, byte 1: record: blank_line"},
		{"blank and too long", strings.Repeat(" ", 281) + "\n", "line 2, byte 281: record: too_long"},
		{"an end of file that is none", "\x1a\r\n", "line 2, byte 2: record: too_short"},
		{"too short", good[:279] + "\r\n", "line 2, byte 280: record: too_short"},
		{"too long", good[:280] + ",\r\n", "line 2, byte 281: record: too_long"},
		{"far too long", strings.Repeat("x", 1<<20) + "\r\n", "line 2, byte 281: record: too_long"},
		{"zero bytes", strings.Repeat("\x00", 280) + "\r\n", "line 2, byte 1: tracking number: wrong_separator"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := read(t, good+test.line+good)
			require.Equal(t, []tracking.Scan{delivered, delivered}, got.scans, "the good records around it are kept")
			require.Equal(t, []string{test.want}, got.errors)
		})
	}
}

// What the records of a file are, and what of each may be kept.
func TestTR6_DamageIsAValueAmongTheRecords(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	var records []tracking.Record
	for record, err := range extract.NewReader(strings.NewReader(good+put(good, 144, "2400")+"x\n"+good), nil).Records() {
		require.NoError(t, err)
		records = append(records, record)
	}
	require.Len(t, records, 4)
	require.NotEmpty(t, records[1].Damage.Kept)
	records[1].Damage.Kept = ""
	require.Equal(t, []tracking.Record{
		{Line: 1, Scan: delivered},
		{Line: 2, Damage: &tracking.Damage{Line: 2, Column: 144, Field: "event time", Cause: tracking.NoSuchTime}},
		{Line: 3, Damage: &tracking.Damage{Line: 3, Column: 2, Field: "record", Cause: tracking.TooShort, Kept: "x"}},
		{Line: 4, Scan: delivered},
	}, records)
}

func TestTR1_EveryLetterOfACountryIsRead(t *testing.T) {
	for _, country := range []string{"AZ", "ZA", "US", "  "} {
		want := delivered
		want.Place.Country = strings.TrimSpace(country)
		require.Equal(t, reading{scans: []tracking.Scan{want}}, read(t, put(file(t, extract.FullRecord{Scan: delivered}), 196, country)))
	}
}

// Days are remembered, and those that do not exist are not.
func TestTR6_SameDamageAgain(t *testing.T) {
	bad := put(file(t, extract.FullRecord{Scan: delivered}), 133, "20260230")
	require.Equal(t, reading{errors: []string{
		"line 1, byte 133: event date: no_such_day", "line 2, byte 133: event date: no_such_day",
	}}, read(t, bad+bad))
}

func TestTR6_CutFileKeepsTheRecordsBefore(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	for at := 1; at < 280; at++ {
		got := read(t, good+good[:at])
		require.Equal(t, []tracking.Scan{delivered}, got.scans)
		require.Len(t, got.errors, 1)
	}
}

func TestTR6_FileWithoutLineFeedsSaysWhy(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	got := read(t, strings.Repeat(good[:280]+"\r", 500))
	require.Equal(t, reading{errors: []string{"line 1, byte 281: record: lone_cr"}}, got)
}

func TestReader_FailingInput(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
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
		for record, err := range extract.NewReader(io.MultiReader(strings.NewReader(test.before), iotest.ErrReader(broken)), nil).Records() {
			if err == nil && record.Damage == nil {
				scans++
			}
			last = err
		}
		require.ErrorIs(t, last, broken)
		require.Equal(t, test.scans, scans)
	}
}

func TestReader_StopsWhenToldTo(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	for _, text := range []string{good + good, "\n" + good, withHeader(t, header(7)) + good} {
		next, stop := iter.Pull2(extract.NewReader(strings.NewReader(text), nil).Records())
		_, _, more := next()
		require.True(t, more)
		stop()
	}
}

func TestReader_AllocatesNothingPerGoodRecord(t *testing.T) {
	few, many := strings.Repeat(file(t, extract.FullRecord{Scan: delivered}), 10), strings.Repeat(file(t, extract.FullRecord{Scan: delivered}), 1000)
	allocs := func(text string) float64 {
		return testing.AllocsPerRun(5, func() {
			for _, err := range extract.NewReader(strings.NewReader(text), nil).Records() {
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	require.InDelta(t, allocs(few), allocs(many), 1)
}
