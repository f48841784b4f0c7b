package integration_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// benchFile is one file of some 20,000 good records, without a header. Both benchmarks
// read it and make the same checks: the check digit of the number, two characters of
// code, a day of the calendar, a minute of the day, a ZIP code, a country.
var benchFile = sync.OnceValue(func() trackingtest.ExtractFile {
	file := trackingtest.NewExtractFile(1, 2_300, trackingtest.Mess{})
	_, file.Content, _ = bytes.Cut(file.Content, []byte("\n"))
	return file
})

func readWithExtract(content []byte, keep func(tracking.Scan)) error {
	for record, err := range extract.NewReader(bytes.NewReader(content), nil).Records() {
		if err != nil {
			return err
		}
		if record.Damage != nil {
			return errors.New("a damaged record")
		}
		keep(record.Scan)
	}
	return nil
}

// readWithEncodingCSV is what one writes with the standard library, without waste: the
// record is reused, and only the fields that are kept are looked at.
func readWithEncodingCSV(content []byte, keep func(tracking.Scan)) error {
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = len(extract.Layout280().Fields())
	r.ReuseRecord = true
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		scan, err := scanOfFields(fields)
		if err != nil {
			return err
		}
		keep(scan)
	}
}

func scanOfFields(fields []string) (tracking.Scan, error) {
	number, err := tracking.ParseNumber(fields[0])
	if err != nil {
		return tracking.Scan{}, err
	}
	code, err := tracking.ParseCode(fields[7])
	if err != nil {
		return tracking.Scan{}, err
	}
	at, err := time.Parse("200601021504", fields[9]+fields[10])
	if err != nil {
		return tracking.Scan{}, err
	}
	local, err := tracking.NewLocalTime(cris.DateOf(at, time.UTC), at.Hour(), at.Minute())
	if err != nil {
		return tracking.Scan{}, err
	}
	scan := tracking.Scan{Number: number, Code: code, At: local}
	scan.ToSender = tracking.DeliveredToSender(fields[8]) && code.Class() == tracking.Delivered
	if zip := strings.TrimSpace(fields[6]); zip != "" {
		if scan.Place.ZIP, err = cris.ParseZIP(zip); err != nil {
			return tracking.Scan{}, err
		}
	}
	scan.Place.Country = strings.TrimSpace(fields[13])
	for _, c := range []byte(scan.Place.Country) {
		if c < 'A' || c > 'Z' {
			return tracking.Scan{}, errors.New("country: want a capital")
		}
	}
	return scan, nil
}

func TestBenchExtract_BothReadTheSame(t *testing.T) {
	var ours, theirs []tracking.Scan
	require.NoError(t, readWithExtract(benchFile().Content, func(s tracking.Scan) { ours = append(ours, s) }))
	require.NoError(t, readWithEncodingCSV(benchFile().Content, func(s tracking.Scan) { theirs = append(theirs, s) }))
	require.Greater(t, len(ours), 15_000)
	require.Equal(t, benchFile().Scans, ours)
	require.Equal(t, ours, theirs)
}

func benchmarkExtract(b *testing.B, read func(content []byte, keep func(tracking.Scan)) error) {
	b.Helper()
	file := benchFile()
	b.SetBytes(int64(len(file.Content)))
	b.ReportAllocs()
	for b.Loop() {
		scans := 0
		if err := read(file.Content, func(tracking.Scan) { scans++ }); err != nil {
			b.Fatal(err)
		}
		if scans != file.Records {
			b.Fatalf("read %d of %d records", scans, file.Records)
		}
	}
	b.ReportMetric(float64(file.Records)*float64(b.N)/b.Elapsed().Seconds(), "scans/s")
}

func BenchmarkExtract_Ours(b *testing.B) { benchmarkExtract(b, readWithExtract) }

func BenchmarkExtract_EncodingCSV(b *testing.B) { benchmarkExtract(b, readWithEncodingCSV) }
