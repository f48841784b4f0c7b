package extract_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

func TestLayout280_FillsTheRecord(t *testing.T) {
	layout := extract.Layout280()
	require.Equal(t, 280, layout.Length())
	published := map[string][2]int{ // first and last byte
		"tracking number": {2, 23}, "electronic file number": {27, 48}, "mailer identifier": {52, 60},
		"mailer name": {64, 83}, "destination ZIP code": {87, 91},
	}
	for _, field := range layout.Fields() {
		want, is := published[field.Name]
		require.Equal(t, !is, field.Inferred, field.Name)
		if is {
			require.Equal(t, want, [2]int{field.Start, field.Start + field.Width - 1}, field.Name)
		}
	}
}

func TestNewLayout_Refuses(t *testing.T) {
	good := extract.Layout280().Fields()
	for _, test := range []struct {
		name   string
		change func(fields []extract.Field) []extract.Field
		want   string
	}{
		{"nothing", func([]extract.Field) []extract.Field { return nil }, "extract: no field of the kind tracking_number"},
		{"gap", func(f []extract.Field) []extract.Field { f[3].Start++; return f }, `extract: field "mailer name": want it to start at byte 64 and hold 1 to 32768 bytes`},
		{"no width", func(f []extract.Field) []extract.Field { f[0].Width = 0; return f }, `extract: field "tracking number": want it to start at byte 2 and hold 1 to 32768 bytes`},
		{"narrow date", func(f []extract.Field) []extract.Field { f[9].Width = 6; return f }, `extract: field "event date": want 8 bytes for the kind event_date`},
		{"two codes", func(f []extract.Field) []extract.Field { f[13].Kind = extract.EventCode; return f }, `extract: field "scan country": a second field of the kind event_code`},
		{"no date", func(f []extract.Field) []extract.Field { f[9].Kind = extract.Ignored; return f }, "extract: no field of the kind event_date"},
		{"unknown kind", func(f []extract.Field) []extract.Field { f[1].Kind = "weight"; return f }, `extract: field "electronic file number": no such kind in this layout`},
		{"kind of a header", func(f []extract.Field) []extract.Field { f[2].Kind = extract.MailerID; return f }, `extract: field "mailer identifier": no such kind in this layout`},
		{"too long", func(f []extract.Field) []extract.Field { f[19].Width = 32768; return f }, "extract: the record is too long"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := extract.NewLayout(test.change(append([]extract.Field(nil), good...))...)
			require.EqualError(t, err, test.want)
		})
	}
}

// A caller whose files hold other fields, and numbers of 34 digits, brings a layout.
func TestReader_OtherLayout(t *testing.T) {
	layout, err := extract.NewLayout(
		extract.Field{Name: "date", Start: 2, Width: 8, Kind: extract.EventDate},
		extract.Field{Name: "time", Start: 13, Width: 4, Kind: extract.EventTime},
		extract.Field{Name: "code", Start: 20, Width: 2, Kind: extract.EventCode},
		extract.Field{Name: "number", Start: 25, Width: 34, Kind: extract.TrackingNumber},
		extract.Field{Name: "ZIP", Start: 62, Width: 5, Kind: extract.ScanZIP},
		extract.Field{Name: "country", Start: 70, Width: 2, Kind: extract.ScanCountry},
	)
	require.NoError(t, err)
	line := `"20130815","0952","01","4201002334249200190132607600833457","07405","US"`
	got, _ := readFile(t, line, &extract.Options{Layout: layout})
	want := delivered
	want.Number = tracking.MustParseNumber("9200190132607600833457")
	require.Equal(t, reading{scans: []tracking.Scan{want}}, got)
}

// The longest record fits the buffer of a Reader, with its end.
func TestNewLayout_LongestRecord(t *testing.T) {
	fields := extract.Layout280().Fields()
	last := len(fields) - 1
	fields[last].Width += 32768 - 280
	layout, err := extract.NewLayout(fields...)
	require.NoError(t, err)
	require.Equal(t, 32768, layout.Length())
	fields[last].Width++
	_, err = extract.NewLayout(fields...)
	require.EqualError(t, err, "extract: the record is too long")

	line := file(t, extract.FullRecord{Scan: delivered})
	line = line[:279] + strings.Repeat(" ", 32768-280) + line[279:]
	got, _ := readFile(t, line+line, &extract.Options{Layout: layout})
	require.Equal(t, reading{scans: []tracking.Scan{delivered, delivered}}, got)
}

// A field without a kind is one that is ignored.
func TestNewLayout_KindByDefault(t *testing.T) {
	fields := extract.Layout280().Fields()
	fields[1].Kind = ""
	layout, err := extract.NewLayout(fields...)
	require.NoError(t, err)
	require.Equal(t, extract.Layout280().Fields(), layout.Fields())
	require.Empty(t, fields[1].Kind, "what the caller gave is not changed")
}
