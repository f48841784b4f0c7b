package extract_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestOpen_IdentifiesByContent(t *testing.T) {
	text := file(t, extract.FullRecord{Scan: delivered})
	a, err := extract.Open("a", strings.NewReader(text), nil)
	require.NoError(t, err)
	b, err := extract.Open("b", strings.NewReader(text), nil)
	require.NoError(t, err)
	require.Equal(t, a.ID, b.ID)
	other, err := extract.Identify(strings.NewReader(text + " "))
	require.NoError(t, err)
	require.NotEqual(t, a.ID, other)
	require.Equal(t, reading{scans: []tracking.Scan{delivered}}, readAll(t, a.Records))
	_, err = extract.Identify(iotest.ErrReader(io.ErrUnexpectedEOF))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

// An Ingester reads a file again after others were writing; it must find the same records.
func TestTR5_FileIsReadFromItsBeginningEachTime(t *testing.T) {
	day := trackingtest.NewExtractFile(13, 20, trackingtest.Mess{Damaged: 0.1})
	for name, content := range map[string]io.ReadSeeker{
		"text":               bytes.NewReader(day.Content),
		"gzip":               bytes.NewReader(gzipped(t, day.Content)),
		"zip":                bytes.NewReader(zipped(t, string(day.Content))),
		"zip without ReadAt": onlySeeker{bytes.NewReader(zipped(t, string(day.Content)))},
	} {
		t.Run(name, func(t *testing.T) {
			opened, err := extract.Open("day.txt", content, nil)
			require.NoError(t, err)
			require.Zero(t, opened.Bytes())
			require.Equal(t, tracking.File{ID: opened.ID, Name: "day.txt"}, opened.File())
			records := 0
			for _, err := range opened.Records {
				require.NoError(t, err)
				if records++; records == 3 {
					break
				}
			}
			require.Equal(t, 3, opened.File().Records)
			first := readAll(t, opened.Records)
			require.Equal(t, day.Scans, first.scans)
			require.Len(t, first.errors, day.Damaged)
			known := opened.File()
			require.Equal(t, day.Records, known.Records)
			require.True(t, known.Done)
			require.Equal(t, first, readAll(t, opened.Records))
			require.Equal(t, known, opened.File(), "of the latest range alone")
			require.Equal(t, int64(len(day.Content)), opened.Bytes())
		})
	}
}

// conflicts is a store that gives up at the given update, so many times, as another does when
// others are writing.
type conflicts struct {
	tracking.Store
	at, times, updates int
}

func (c *conflicts) Update(ctx context.Context, id tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	if c.updates++; c.updates >= c.at && c.updates < c.at+c.times {
		return cris.ErrConflict
	}
	return c.Store.Update(ctx, id, decide)
}

func TestTR5_IngestTriesABatchAgainWhileOthersWrite(t *testing.T) {
	day := trackingtest.NewExtractFile(14, 20, trackingtest.Mess{Damaged: 0.1})
	for at := 1; at <= 3; at++ {
		in := tracking.NewIngester(&conflicts{Store: memory.New().Scans(), at: at, times: 4}, &tracking.IngesterOptions{BatchSize: 50})
		opened, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
		require.NoError(t, err)
		file, err := in.Ingest(t.Context(), opened)
		require.NoError(t, err)
		require.Equal(t, day.Records, file.Records)
		require.Equal(t, day.Damaged, file.Damaged)
	}
}

func TestTR5_IngestAfterAConflictLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		day := trackingtest.NewExtractFile(14, 20, trackingtest.Mess{Damaged: 0.1})
		for at := 1; at <= 3; at++ {
			in := tracking.NewIngester(&conflicts{Store: memory.New().Scans(), at: at, times: retry.DefaultPolicy().Tries}, &tracking.IngesterOptions{BatchSize: 50})
			opened, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
			require.NoError(t, err)
			_, err = in.Ingest(t.Context(), opened)
			require.ErrorIs(t, err, cris.ErrConflict)
			file, err := in.Ingest(t.Context(), opened)
			require.NoError(t, err)
			require.True(t, file.Done)
			require.True(t, file.TotalsAgree())
			require.Equal(t, day.Records, file.Records)
			require.Equal(t, day.Damaged, file.Damaged)
		}
	})
}

// vanishing is content that is gone when it is looked for again.
type vanishing struct {
	io.ReadSeeker
	err error
}

func (v *vanishing) Seek(offset int64, whence int) (int64, error) {
	if v.err != nil {
		return 0, v.err
	}
	return v.ReadSeeker.Seek(offset, whence)
}

func TestTR5_FileThatCannotBeReadAgainSaysSo(t *testing.T) {
	day := trackingtest.NewExtractFile(15, 5, trackingtest.Mess{})
	content := &vanishing{ReadSeeker: bytes.NewReader(gzipped(t, day.Content))}
	opened, err := extract.Open("day.gz", content, nil)
	require.NoError(t, err)
	require.Equal(t, reading{scans: day.Scans}, readAll(t, opened.Records))
	content.err = errors.New("the disk is gone")
	require.Equal(t, reading{errors: []string{"extract: day.gz: find the end: the disk is gone"}}, readAll(t, opened.Records))
	require.Zero(t, opened.Bytes(), "nothing of the range before")
	require.Equal(t, tracking.File{ID: opened.ID, Name: "day.gz"}, opened.File())
}

func TestTR6_ErrorsOfOpenNameTheFile(t *testing.T) {
	whole := gzipped(t, []byte(strings.Repeat("x", 5000)))
	for _, test := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"no gzip", []byte("\x1f\x8bx"), "extract: day: gzip: unexpected EOF"},
		{"a gzip that was cut", whole[:len(whole)-9], "extract: day: unexpected EOF"},
		{"no zip", []byte("PK\x03\x04"), "extract: day: zip: zip: not a valid zip file"},
		{"a zip with two", zipped(t, "x", "y"), "extract: day: zip: want one file in it"},
		{"too long", bytes.Repeat([]byte("x"), 5001), "extract: day: the file has more than 5000 bytes unpacked"},
		{"too long unpacked", gzipped(t, bytes.Repeat([]byte("x"), 5001)), "extract: day: the file has more than 5000 bytes unpacked"},
	} {
		_, err := extract.Open("day", bytes.NewReader(test.content), &extract.Options{MaxBytes: 5000})
		require.EqualError(t, err, test.want, test.name)
	}
}
