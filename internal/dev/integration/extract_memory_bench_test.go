package integration_test

import (
	"bytes"
	"io"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking/extract"
)

// repeated gives a text again and again until so many bytes were read, and holds it once.
type repeated struct {
	text *bytes.Reader
	left int64
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	if r.text.Len() == 0 {
		if _, err := r.text.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
	}
	n, err := r.text.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	return n, err
}

// benchmarkMemory reads a file of so many megabytes once and reports the most memory that
// the process ever held. The benchmarks that use it run one to a process.
func benchmarkMemory(b *testing.B, megabytes int64) {
	b.Helper()
	content := benchFile().Content
	const record = 282
	length := megabytes * 1_000_000 / record * record
	for b.Loop() {
		records := int64(0)
		for _, err := range extract.NewReader(&repeated{bytes.NewReader(content), length}, nil).Records() {
			if err != nil {
				b.Fatal(err)
			}
			records++
		}
		if records != length/record {
			b.Fatalf("read %d of %d records", records, length/record)
		}
	}
	b.ReportMetric(peakMegabytes(b), "peak-MB")
}

// peakMegabytes reads what Linux tells of this process.
func peakMegabytes(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(b, err)
	_, rest, found := bytes.Cut(status, []byte("VmHWM:"))
	require.True(b, found)
	kilobytes, err := strconv.ParseFloat(string(bytes.Fields(rest)[0]), 64)
	require.NoError(b, err)
	return kilobytes / 1000
}

func BenchmarkExtractMemory_30MB(b *testing.B)  { benchmarkMemory(b, 30) }
func BenchmarkExtractMemory_300MB(b *testing.B) { benchmarkMemory(b, 300) }
func BenchmarkExtractMemory_3GB(b *testing.B)   { benchmarkMemory(b, 3_000) }
