package extract_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

func TestWriter_Refuses(t *testing.T) {
	w := extract.NewWriter(io.Discard, nil)
	record := extract.FullRecord{Scan: delivered, Other: map[string]string{"recipient name": strings.Repeat("x", 21)}}
	require.EqualError(t, w.Write(record), `extract: field "recipient name": want at most 20 bytes`)
	record.Other["recipient name"] = `A "B" C`
	require.EqualError(t, w.Write(record), `extract: field "recipient name": a quote or a control character`)
	record.Other["recipient name"] = "JANE"
	record.Scan.Number = tracking.MustParseNumber("92041124161170148800003131")
	require.EqualError(t, w.Write(record), `extract: field "tracking number": want at most 22 bytes`)
	for _, name := range []string{"name of the recipient", "event name"} {
		require.EqualError(t, w.Write(extract.FullRecord{Scan: delivered, Other: map[string]string{name: "x"}}), `extract: no ignored field "`+name+`"`)
	}

	full := errors.New("disk full")
	require.ErrorIs(t, extract.NewWriter(failing{full}, nil).Write(extract.FullRecord{Scan: delivered}), full)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// withoutEventName is the layout of 280 bytes without what tells of deliveries to the sender.
func withoutEventName(t *testing.T) extract.Layout {
	t.Helper()
	fields := extract.Layout280().Fields()
	fields[8].Kind = extract.Ignored
	layout, err := extract.NewLayout(fields...)
	require.NoError(t, err)
	return layout
}

// withNarrowEventName is a layout with so few bytes for the event's name.
func withNarrowEventName(t *testing.T, width int) extract.Layout {
	t.Helper()
	fields := extract.Layout280().Fields()[:14]
	fields[8].Width = width
	for i := range fields[9:] {
		fields[9+i].Start += width - 15
	}
	layout, err := extract.NewLayout(fields...)
	require.NoError(t, err)
	return layout
}

// TR-1: whoever simulates a delivery gets from the file what he put into it, or is told.
func TestTR1_WriterRefusesWhatWouldComeBackAsAnother(t *testing.T) {
	lenient, err := tracking.ParseNumberLenient("9400111206206406260788")
	require.NoError(t, err)
	for _, test := range []struct {
		name   string
		change func(record *extract.FullRecord, opts *extract.Options)
		want   string
	}{
		{"ZIP+4", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Place.ZIP = cris.MustParseZIP("07405-1234") }, `extract: field "scan ZIP code": want at most 5 bytes`},
		{"blank country", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Place.Country = " " }, "extract: the scan would be read as another: the place"},
		{"long country", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Place.Country = "USA" }, `extract: field "scan country": want at most 2 bytes`},
		{"no number", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Number = tracking.Number{} }, `extract: field "tracking number": missing_value`},
		{"wrong check digit", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Number = lenient }, `extract: field "tracking number": wrong_check_digit`},
		{"half a code", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Code = "1" }, `extract: field "event code": wrong_character`},
		{"no code", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Code = "" }, `extract: field "event code": wrong_character`},
		{"no time", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.At = tracking.LocalTime{} }, `extract: field "event date": wrong_character`},
		{"before there was tracking", func(r *extract.FullRecord, _ *extract.Options) {
			r.Scan.At = tracking.MustParseLocalTime("1989-12-31T09:52")
		}, `extract: field "event date": impossible_day`},
		{"after the last day", func(_ *extract.FullRecord, o *extract.Options) { o.NotAfter = cris.MustParseDate("2013-08-14") }, `extract: field "event date": impossible_day`},
		{"no header", func(_ *extract.FullRecord, o *extract.Options) { o.WantHeader = true }, "extract: the header must come first"},
		{"to the sender, and no delivery", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.Code, r.Scan.ToSender = "10", true }, "extract: the scan would be read as another: whether it is a delivery to the sender"},
		{"to the sender, and another name", func(r *extract.FullRecord, _ *extract.Options) { r.Scan.ToSender, r.EventName = true, "DELIVERED" }, "extract: the scan would be read as another: whether it is a delivery to the sender"},
		{"the name of one to the sender", func(r *extract.FullRecord, _ *extract.Options) { r.EventName = "DELIVERED, TO ORIGINAL SENDER" }, "extract: the scan would be read as another: whether it is a delivery to the sender"},
		{"to the sender, and no field for it", func(r *extract.FullRecord, o *extract.Options) { r.Scan.ToSender, o.Layout = true, withoutEventName(t) }, "extract: the scan would be read as another: whether it is a delivery to the sender"},
		{"to the sender, and a narrow field", func(r *extract.FullRecord, o *extract.Options) {
			r.Scan.ToSender, o.Layout = true, withNarrowEventName(t, 13)
		}, "extract: the scan would be read as another: whether it is a delivery to the sender"},
		{"to the sender, and a field just wide enough", func(r *extract.FullRecord, o *extract.Options) {
			r.Scan.ToSender, o.Layout = true, withNarrowEventName(t, 15)
		}, ""},
		{"to the sender, in other words", func(r *extract.FullRecord, _ *extract.Options) {
			r.Scan.ToSender, r.EventName = true, "Delivered to sender"
		}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			record, opts := extract.FullRecord{Scan: delivered}, &extract.Options{}
			test.change(&record, opts)
			var text bytes.Buffer
			err := extract.NewWriter(&text, opts).Write(record)
			if test.want == "" {
				require.NoError(t, err)
				require.Equal(t, reading{scans: []tracking.Scan{record.Scan}}, readAll(t, extract.NewReader(&text, opts).Records()))
				return
			}
			require.EqualError(t, err, test.want)
			require.Zero(t, text.Len(), "nothing is written")
		})
	}
}

func TestTR1_WriterRefusesHeadersThatWouldComeBackAsOthers(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(h *extract.Header)
		want   string
	}{
		{"letters", func(h *extract.Header) { h.MailerID = "abc" }, `extract: field "mailer identifier": wrong_character`},
		{"fewer digits than there are", func(h *extract.Header) { h.MailerID = "123456" }, `extract: field "mailer identifier": wrong_character`},
		{"more", func(h *extract.Header) { h.MailerID = "1234567890" }, `extract: field "mailer identifier": want at most 9 bytes`},
		{"padding", func(h *extract.Header) { h.ElectronicFile = "1 " }, "extract: the header would be read as another"},
		{"no date", func(h *extract.Header) { h.Date = cris.Date{} }, `extract: field "file date": wrong_character`},
		{"negative series", func(h *extract.Header) { h.Series = -1 }, `extract: field "series": wrong_character`},
		{"long series", func(h *extract.Header) { h.Series = 100 }, `extract: field "series": want at most 2 bytes`},
		{"negative count", func(h *extract.Header) { h.Records = -1 }, `extract: field "records": wrong_character`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var text bytes.Buffer
			h := header(1)
			test.change(&h)
			require.EqualError(t, extract.NewWriter(&text, nil).WriteHeader(h), test.want)
			require.Zero(t, text.Len(), "nothing is written")
		})
	}
	type1, err := extract.NewHeaderLayout(extract.Field{Name: "type", Start: 2, Width: 1, Kind: extract.RecordType})
	require.NoError(t, err)
	require.EqualError(t, extract.NewWriter(io.Discard, &extract.Options{Header: type1}).WriteHeader(header(1)), "extract: the header would be read as another")

	w := extract.NewWriter(io.Discard, nil)
	require.NoError(t, w.WriteHeader(header(1)))
	require.EqualError(t, w.WriteHeader(header(1)), "extract: the header must come first")
	late := delivered
	late.At = tracking.MustParseLocalTime("2013-08-18T00:00")
	require.EqualError(t, w.Write(extract.FullRecord{Scan: late}), `extract: field "event date": impossible_day`, "the header sets a limit")
}

// The name that a code has by default never turns it into a delivery to the sender.
func TestTR3_EveryCodeIsWritten(t *testing.T) {
	for info := range tracking.Codes() {
		for _, toSender := range []bool{false, true} {
			scan := delivered
			scan.Code = info.Code
			scan.ToSender = toSender && scan.Code.ClassOn(scan.At.Date()) == tracking.Delivered
			require.Equal(t, reading{scans: []tracking.Scan{scan}}, read(t, file(t, extract.FullRecord{Scan: scan})))
		}
	}
}
