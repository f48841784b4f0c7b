package extract_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
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
	good := file(t, extract.FullRecord{Scan: delivered, Other: map[string]string{"recipient name": "JANE Q CUSTOMER", "customer reference": "A,B"}})
	for _, test := range []struct{ name, line, want string }{
		{"a quote in a name", put(good, 205, `"`), "line 1, byte 205: recipient name: stray_quote"},
		{"a doubled quote", put(good, 205, `""`), "line 1, byte 205: recipient name: stray_quote"},
		{"a quoted name", put(good, 201, `"JANE"`), "line 1, byte 201: recipient name: stray_quote"},
		{"a field split in two", put(good, 203, `","`), "line 1, byte 203: recipient name: stray_quote"},
		{"a zero byte", put(good, 205, "\x00"), "line 1, byte 205: recipient name: control_character"},
		{"a tab", put(good, 70, "\t"), "line 1, byte 70: mailer name: control_character"},
		{"a lone CR", put(good, 180, "\r"), "line 1, byte 180: customer reference: control_character"},
		{"an escape in the last field", put(good, 279, "\x1b"), "line 1, byte 279: guaranteed delivery time: control_character"},
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

func TestTR6_FileTellsWhatItHeld(t *testing.T) {
	early, late := delivered, delivered
	early.At, late.At = tracking.MustParseLocalTime("2013-08-14T23:00"), tracking.MustParseLocalTime("2013-08-16T01:00")
	good := file(t, extract.FullRecord{Scan: delivered}, extract.FullRecord{Scan: late}, extract.FullRecord{Scan: early})
	r := extract.NewReader(strings.NewReader(withHeader(t, header(6))+good+put(good, 144, "2400")+"x\n"), &extract.Options{Name: "day.txt"})
	require.Equal(t, tracking.File{Name: "day.txt"}, r.File())
	want := tracking.File{
		Name:      "day.txt",
		Series:    tracking.Series{Mailer: "123456789", Day: cris.MustParseDate("2013-08-16"), Number: 2},
		Announces: true, Announced: 6,
	}
	records := 0
	for record, err := range r.Records() {
		require.NoError(t, err)
		if records++; records == 1 {
			want.Records, want.First, want.Last = 1, delivered.At, delivered.At
			require.Equal(t, want, r.File(), "with the first record")
			require.Equal(t, delivered, record.Scan)
		}
	}
	want.Records, want.Damaged, want.Done, want.First, want.Last = 7, 2, true, early.At, late.At
	require.Equal(t, want, r.File())
	require.False(t, want.TotalsAgree())
}

func TestTR6_RejectedFileIsNamed(t *testing.T) {
	head := put(withHeader(t, header(1)), 43, "20130230")
	for _, err := range extract.NewReader(strings.NewReader(head), &extract.Options{Name: "day.txt"}).Records() {
		require.EqualError(t, err, "extract: file rejected: day.txt: header, byte 43: file date: no_such_day")
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
	good := file(t, extract.FullRecord{Scan: delivered})
	r := extract.NewReader(io.MultiReader(strings.NewReader(good), line, strings.NewReader("\r\n"+good)), nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var scans, damaged int
	for record, err := range r.Records() {
		require.NoError(t, err)
		if record.Damage != nil {
			damaged++
			require.Equal(t, "line 2, byte 281: record: too_long", record.Damage.String())
			continue
		}
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
	good := file(t, extract.FullRecord{Scan: delivered})
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
	require.Equal(t, day.Scans, readAll(t, file.Records).scans)
	require.Equal(t, day.Damaged, file.File().Damaged)
}

func TestTR6_TooManyDamagedRecordsEndTheFile(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
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
			got := readAll(t, r.Records())
			require.Len(t, got.scans, test.good)
			if test.tooMany {
				require.Equal(t, "extract: day.txt: more than 2 damaged records", got.errors[len(got.errors)-1])
				got.errors = got.errors[:len(got.errors)-1]
				require.False(t, r.File().Done)
			}
			require.Len(t, got.errors, test.damaged)
			require.Equal(t, test.good+test.damaged, r.File().Records)
		})
	}
	var last error
	records := 0
	for _, err := range extract.NewReader(strings.NewReader(strings.Repeat("\n", 1<<20)+"x"), nil).Records() {
		records, last = records+1, err
	}
	var tooMany *extract.TooDamagedError
	require.ErrorAs(t, last, &tooMany)
	require.Equal(t, &extract.TooDamagedError{Limit: 100_000}, tooMany)
	require.EqualError(t, last, "extract: more than 100000 damaged records")
	require.Equal(t, 100_001, records)
}
