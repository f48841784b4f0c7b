package extract_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// failsOnce reads the text up to a byte, fails there once, and is then at its end, as a
// connection is that was lost.
func failsOnce(text string, at int, err error) io.Reader {
	return io.MultiReader(strings.NewReader(text[:at]), &onceErr{err})
}

type onceErr struct{ err error }

func (o *onceErr) Read([]byte) (int, error) {
	err := o.err
	o.err = io.EOF
	return 0, err
}

// A file that could not be read to its end is never taken for whole.
func TestTR5_ReadErrorIsNoEnd(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	lost := errors.New("connection lost")
	for name, text := range map[string]string{
		"records":          good + good + good,
		"header":           withHeader(t, header(1)) + good,
		"mark of UTF8":     "\xef\xbb\xbf" + good,
		"short lines":      "x\n\ny\r\n" + good,
		"a line very long": strings.Repeat("x", 70_000) + "\n" + good,
	} {
		t.Run(name, func(t *testing.T) {
			step := 1 + len(text)/2_000
			for at := 0; at <= len(text); at += step {
				for _, want := range []error{lost, io.ErrUnexpectedEOF, fmt.Errorf("connection lost: %w", io.EOF)} {
					var last error
					for _, err := range extract.NewReader(failsOnce(text, at, want), nil).Records() {
						last = err
					}
					require.ErrorIs(t, last, want, "after %d bytes", at)
				}
			}
		})
	}
	var last error
	for _, err := range extract.NewReader(iotest.TimeoutReader(strings.NewReader(strings.Repeat(good, 1000))), nil).Records() {
		last = err
	}
	require.ErrorIs(t, last, iotest.ErrTimeout)
}

func TestTR5_FileThatBrokeOffIsNotDone(t *testing.T) {
	text := strings.Repeat(file(t, extract.FullRecord{Scan: delivered}), 100)
	lost := errors.New("connection lost")
	store := memory.New().Scans()
	id := tracking.FileID{1}
	in := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 20})
	for _, at := range []int{0, 1, 40 * 282, 40*282 + 7} {
		_, err := in.Ingest(t.Context(), tracking.Content{ID: id, Records: extract.NewReader(failsOnce(text, at, lost), nil).Records()})
		require.ErrorIs(t, err, lost)
		progress, err := store.File(t.Context(), id)
		require.True(t, err == nil || errors.Is(err, tracking.ErrNotFound))
		require.False(t, progress.Done)
	}
	report, err := in.Ingest(t.Context(), tracking.Content{ID: id, Records: extract.NewReader(strings.NewReader(text), nil).Records()})
	require.NoError(t, err)
	require.Equal(t, 100, report.Records)
	require.True(t, report.Done)
}

// A gzip file whose first bytes cannot be read is not taken for text.
func TestTR5_ReadErrorAtTheBeginningIsNoText(t *testing.T) {
	for _, want := range []error{io.ErrUnexpectedEOF, fmt.Errorf("connection lost: %w", io.EOF)} {
		_, err := extract.Unpack(seeker{failsOnce("\x1f\x8b\x08\x00", 1, want), nil}, nil)
		require.ErrorIs(t, err, want)
	}
}
