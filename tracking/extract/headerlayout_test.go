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

func TestHeaderLayout280_FillsTheRecord(t *testing.T) {
	layout := extract.HeaderLayout280()
	require.Equal(t, extract.Layout280().Length(), layout.Length())
	for _, field := range layout.Fields() {
		require.True(t, field.Inferred, field.Name)
	}
	require.Zero(t, extract.HeaderLayout{}.Length())
}

func TestNewHeaderLayout_Refuses(t *testing.T) {
	good := extract.HeaderLayout280().Fields()
	for _, test := range []struct {
		name   string
		change func(fields []extract.Field) []extract.Field
		want   string
	}{
		{"nothing", func([]extract.Field) []extract.Field { return nil }, "extract: no field of the kind record_type"},
		{"no record type", func(f []extract.Field) []extract.Field { f[0].Kind = extract.Ignored; return f }, "extract: no field of the kind record_type"},
		{"gap", func(f []extract.Field) []extract.Field { f[1].Start++; return f }, `extract: field "mailer identifier": want it to start at byte 6 and hold 1 to 32768 bytes`},
		{"narrow date", func(f []extract.Field) []extract.Field {
			return append(f[:3], extract.Field{Name: "file date", Start: 43, Width: 6, Kind: extract.FileDate})
		}, `extract: field "file date": want 8 bytes for the kind file_date`},
		{"two counts", func(f []extract.Field) []extract.Field { f[6].Kind = extract.RecordCount; return f }, `extract: field "blank": a second field of the kind record_count`},
		{"kind of a record", func(f []extract.Field) []extract.Field { f[3].Kind = extract.EventDate; return f }, `extract: field "file date": no such kind in this layout`},
		{"too long", func(f []extract.Field) []extract.Field { f[6].Width = 32768; return f }, "extract: the record is too long"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := extract.NewHeaderLayout(test.change(append([]extract.Field(nil), good...))...)
			require.EqualError(t, err, test.want)
		})
	}
}

// writeAndRead writes a header and one scan, and returns the text and what is read of it.
func writeAndRead(t *testing.T, opts *extract.Options, header extract.Header) (string, extract.Header, reading) {
	t.Helper()
	var text bytes.Buffer
	w := extract.NewWriter(&text, opts)
	require.NoError(t, w.WriteHeader(header))
	require.NoError(t, w.Write(extract.FullRecord{Scan: delivered}))
	r := extract.NewReader(bytes.NewReader(text.Bytes()), opts)
	got := readAll(t, r.Records())
	return text.String(), r.Header(), got
}

// A caller whose headers hold other fields brings a layout of them.
func TestTR6_OtherHeaderLayout(t *testing.T) {
	layout, err := extract.NewHeaderLayout(
		extract.Field{Name: "count", Start: 2, Width: 4, Kind: extract.RecordCount},
		extract.Field{Name: "version", Start: 9, Width: 3},
		extract.Field{Name: "type", Start: 15, Width: 2, Kind: extract.RecordType},
		extract.Field{Name: "mailer", Start: 20, Width: 6, Kind: extract.MailerID},
		extract.Field{Name: "date", Start: 29, Width: 8, Kind: extract.FileDate},
	)
	require.NoError(t, err)
	require.Equal(t, 37, layout.Length())
	opts := &extract.Options{Header: layout, WantHeader: true}
	want := extract.Header{MailerID: "123456", Date: cris.MustParseDate("2013-08-16"), Records: 7}
	text, header, got := writeAndRead(t, opts, want)
	require.Equal(t, `"0007","   ","H ","123456","20130816"`+"\r\n", text[:39])
	require.Equal(t, want, header)
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, got)
	_, file := readFile(t, text, opts)
	require.False(t, file.TotalsAgree())
	require.Equal(t, 7, file.Announced)

	for _, test := range []struct{ name, text, want string }{
		{"no count", put(text, 2, " "), "extract: file rejected: header, byte 2: count: wrong_character"},
		{"another type", put(text, 15, "T"), "extract: file rejected: header, byte 15: type: wrong_character"},
		{"cut behind the type", text[:15] + "\r\n" + text[39:], "extract: file rejected: header, byte 16: record: too_short"},
	} {
		got := readAll(t, extract.NewReader(strings.NewReader(test.text), opts).Records())
		require.Equal(t, reading{errors: []string{test.want}}, got, test.name)
	}
}

func TestTR6_CountThatIsNoNumberRejectsTheFile(t *testing.T) {
	layout, err := extract.NewHeaderLayout(
		extract.Field{Name: "type", Start: 2, Width: 1, Kind: extract.RecordType},
		extract.Field{Name: "count", Start: 6, Width: 20, Kind: extract.RecordCount},
	)
	require.NoError(t, err)
	for count, want := range map[string]string{
		"99999999999999999999": "extract: file rejected: header, byte 6: count: number_out_of_bounds",
		"00000000000000000x01": "extract: file rejected: header, byte 23: count: wrong_character",
	} {
		text := `"H","` + count + `"` + "\n" + file(t, extract.FullRecord{Scan: delivered})
		got := readAll(t, extract.NewReader(strings.NewReader(text), &extract.Options{Header: layout}).Records())
		require.Equal(t, reading{errors: []string{want}}, got)
	}
}

// What a layout has no field for is not there, and nothing is made of it.
func TestTR6_HeaderWithoutCountAndDate(t *testing.T) {
	layout, err := extract.NewHeaderLayout(extract.Field{Name: "type", Start: 2, Width: 1, Kind: extract.RecordType})
	require.NoError(t, err)
	opts := &extract.Options{Header: layout, WantHeader: true}
	text, header, got := writeAndRead(t, opts, extract.Header{})
	require.Equal(t, `"H"`+"\r\n", text[:5])
	require.Zero(t, header)
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, got)
	_, file := readFile(t, text, opts)
	require.False(t, file.Announces, "no totals")
	require.True(t, file.TotalsAgree())
	got = readAll(t, extract.NewReader(strings.NewReader(put(text, 5+133, "20990101")), opts).Records())
	require.Empty(t, got.errors, "no limit of days")

	opts.NotAfter = cris.MustParseDate("2013-08-31")
	got = readAll(t, extract.NewReader(strings.NewReader(put(text, 5+133, "20990101")), opts).Records())
	require.Equal(t, []string{"line 2, byte 133: event date: impossible_day"}, got.errors, "that of the options stays")
}

// Where header and records have their quotes and commas in the same places, the type tells.
func TestTR6_HeaderThatIsBuiltAsARecord(t *testing.T) {
	fields := []extract.Field{
		{Name: "type", Start: 2, Width: 1},
		{Name: "number", Start: 6, Width: 22, Kind: extract.TrackingNumber},
		{Name: "date", Start: 31, Width: 8, Kind: extract.EventDate},
		{Name: "time", Start: 42, Width: 4, Kind: extract.EventTime},
		{Name: "code", Start: 49, Width: 2, Kind: extract.EventCode},
		{Name: "ZIP", Start: 54, Width: 5, Kind: extract.ScanZIP},
		{Name: "country", Start: 62, Width: 2, Kind: extract.ScanCountry},
	}
	layout, err := extract.NewLayout(fields...)
	require.NoError(t, err)
	for i, kind := range []extract.Kind{extract.RecordType, extract.ElectronicFile, extract.FileDate, extract.Ignored, extract.SeriesNumber, extract.RecordCount, extract.Ignored} {
		fields[i].Kind = kind
	}
	headerLayout, err := extract.NewHeaderLayout(fields...)
	require.NoError(t, err)
	opts := &extract.Options{Layout: layout, Header: headerLayout}

	want := header(1)
	want.MailerID = ""
	text, got, records := writeAndRead(t, opts, want)
	require.Equal(t, want, got)
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, records)
	_, record, _ := strings.Cut(text, "\n")
	require.Equal(t, records, readAll(t, extract.NewReader(strings.NewReader(record), opts).Records()), "no header")

	err = extract.NewWriter(&bytes.Buffer{}, opts).Write(extract.FullRecord{Scan: delivered, Other: map[string]string{"type": "H"}})
	require.EqualError(t, err, "extract: the first record would be read as a header")
}
