package extract_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// A record is read as fixed fields, and others read it as comma-separated values. Where
// the two would differ it is damaged.
func TestTR6_BothViewsOfARecordAgree(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered, Other: map[string]string{"recipient name": "JANE Q CUSTOMER", "customer reference": "A,B"}})
	for _, test := range []struct{ name, line, want string }{
		{"a quote in a name", put(good, 205, `"`), "line 1, byte 205: recipient name: a quote: as comma-separated values the record is another"},
		{"a doubled quote", put(good, 205, `""`), "line 1, byte 205: recipient name: a quote: as comma-separated values the record is another"},
		{"a quoted name", put(good, 201, `"JANE"`), "line 1, byte 201: recipient name: a quote: as comma-separated values the record is another"},
		{"a field split in two", put(good, 203, `","`), "line 1, byte 203: recipient name: a quote: as comma-separated values the record is another"},
		{"a zero byte", put(good, 205, "\x00"), "line 1, byte 205: recipient name: a control character"},
		{"a tab", put(good, 70, "\t"), "line 1, byte 70: mailer name: a control character"},
		{"a lone CR", put(good, 180, "\r"), "line 1, byte 180: customer reference: a control character"},
		{"an escape in the last field", put(good, 279, "\x1b"), "line 1, byte 279: guaranteed delivery time: a control character"},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, reading{errors: []string{test.want}, scans: []tracking.Scan{delivered}}, read(t, test.line+good))
		})
	}
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, read(t, put(good, 205, "\xc9")), "other letters are no damage")

	// The other way round: of a record that was read, comma-separated values give the same.
	random := rand.New(rand.NewPCG(3, 3))
	fields := extract.Layout280().Fields()
	for range 4_000 {
		line := []byte(good)
		for range 1 + random.IntN(3) {
			line[random.IntN(280)] = "\",\x00\r\nAz09 "[random.IntN(10)]
		}
		got := read(t, string(line))
		if len(got.errors) > 0 {
			continue
		}
		values, err := csv.NewReader(bytes.NewReader(line)).Read()
		require.NoError(t, err)
		require.Len(t, values, len(fields))
		for i, field := range fields {
			require.Equal(t, string(line[field.Start-1:field.Start-1+field.Width]), values[i])
		}
	}
}

func TestTR6_SummaryTellsWhatAFileHeld(t *testing.T) {
	early, late := delivered, delivered
	early.At, late.At = tracking.MustParseLocalTime("2013-08-14T23:00"), tracking.MustParseLocalTime("2013-08-16T01:00")
	good := file(t, extract.Record{Scan: delivered}, extract.Record{Scan: late}, extract.Record{Scan: early})
	r := extract.NewReader(strings.NewReader(withHeader(t, header(6))+good+put(good, 144, "2400")+"x\n"), nil)
	require.Equal(t, tracking.Summary{}, r.Summary())
	for _, err := range r.Scans() {
		require.True(t, err == nil || errors.As(err, new(*tracking.SetAside)) || errors.As(err, new(*tracking.TotalsError)))
	}
	require.Equal(t, tracking.Summary{
		Series:  tracking.Series{Mailer: "123456789", Day: cris.MustParseDate("2013-08-16"), Number: 2},
		Records: 7, Good: 5, SetAside: map[string]int{"no such hour": 1, "too short for the layout": 1},
		First: early.At, Last: late.At,
	}, r.Summary())
}

func TestTR6_RejectedFileIsNamed(t *testing.T) {
	head := put(withHeader(t, header(1)), 43, "20130230")
	for _, err := range extract.NewReader(strings.NewReader(head), &extract.Options{Name: "day.txt"}).Scans() {
		require.EqualError(t, err, "extract: file rejected: day.txt: header, byte 43: file date: no such day in the calendar")
	}
}

// endless gives the same bytes until so many were read, without holding them.
type endless struct {
	text string
	left int64
	at   int
}

func (e *endless) Read(p []byte) (n int, err error) {
	for n < len(p) && e.left > 0 {
		m := copy(p[n:min(len(p), n+int(min(e.left, 1<<30)))], e.text[e.at:])
		n, e.at, e.left = n+m, (e.at+m)%len(e.text), e.left-int64(m)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Two gigabytes without a line end are one damaged record.
func TestTR6_LineOfTwoGigabytes(t *testing.T) {
	const length = 2 << 30
	line := &endless{text: strings.Repeat("x", 1<<20), left: length}
	good := file(t, extract.Record{Scan: delivered})
	r := extract.NewReader(io.MultiReader(strings.NewReader(good), line, strings.NewReader("\r\n"+good)), nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var scans, damaged int
	for _, err := range r.Scans() {
		if _, is := errors.AsType[*tracking.SetAside](err); is {
			damaged++
			require.EqualError(t, err, "line 2, byte 281: record: too long for the layout")
			continue
		}
		require.NoError(t, err)
		scans++
	}
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), "bytes")
	require.Equal(t, 2, scans)
	require.Equal(t, 1, damaged)
	require.Equal(t, int64(length+2+2*282), r.Bytes())
}

func TestTR6_BinaryRubbish(t *testing.T) {
	var seed [32]byte
	copy(seed[:], "rubbish")
	random := rand.NewChaCha8(seed)
	rubbish := make([]byte, 4<<20)
	_, err := random.Read(rubbish)
	require.NoError(t, err)
	good := file(t, extract.Record{Scan: delivered})
	got := read(t, good+string(rubbish)+"\n"+good)
	require.Equal(t, []tracking.Scan{delivered, delivered}, got.scans)
	require.Len(t, got.errors, bytes.Count(rubbish, []byte("\n"))+1)
}

// The generator damages records in every way it knows, and each is found.
func TestTR6_GeneratedDamageIsFound(t *testing.T) {
	day := trackingtest.NewExtractFile(12, 200, trackingtest.Mess{Damaged: 0.3})
	file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	require.Equal(t, tracking.FileID(sha256.Sum256(day.Content)), file.ID)
	var scans []tracking.Scan
	for scan, err := range file.Scans {
		if err == nil {
			scans = append(scans, scan)
		}
	}
	require.Equal(t, day.Scans, scans)
	require.Equal(t, day.Damaged, file.Summary().Records-file.Summary().Good)
}

func TestTR6_TooManyDamagedRecordsEndTheFile(t *testing.T) {
	good := file(t, extract.Record{Scan: delivered})
	late := put(good, 144, "2400")
	for _, test := range []struct {
		name, text    string
		good, damaged int
		tooMany       bool
	}{
		{"as many as may be", late + good + late + good, 2, 2, false},
		{"one more", late + good + late + good + late + good, 2, 2, true},
		{"rubbish", strings.Repeat("x\n", 1000), 0, 2, true},
		{"blank lines", good + "\n\n\n" + good, 1, 2, true},
		{"blank lines at the end", good + strings.Repeat("\n", 1000), 1, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := extract.NewReader(strings.NewReader(test.text), &extract.Options{MaxDamaged: 2, Name: "day.txt"})
			got := readAll(t, r.Scans())
			require.Len(t, got.scans, test.good)
			if test.tooMany {
				require.Equal(t, "extract: day.txt: more than 2 damaged records", got.errors[len(got.errors)-1])
				got.errors = got.errors[:len(got.errors)-1]
			}
			require.Len(t, got.errors, test.damaged)
			require.Equal(t, test.good+test.damaged, r.Summary().Records)
		})
	}
	var last error
	records := 0
	for _, err := range extract.NewReader(strings.NewReader(strings.Repeat("\n", 1<<20)+"x"), nil).Scans() {
		records, last = records+1, err
	}
	var tooMany *extract.TooDamagedError
	require.ErrorAs(t, last, &tooMany)
	require.Equal(t, &extract.TooDamagedError{Limit: 100_000}, tooMany)
	require.EqualError(t, last, "extract: more than 100000 damaged records")
	require.Equal(t, 100_001, records)
}
