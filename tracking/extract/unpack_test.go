package extract_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func gzipped(t *testing.T, text []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return packed.Bytes()
}

func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for i, text := range files {
		entry, err := w.Create(strings.Repeat("x", i+1))
		require.NoError(t, err)
		_, err = io.WriteString(entry, text)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return packed.Bytes()
}

// onlySeeker hides that a reader can read at any place.
type onlySeeker struct{ io.ReadSeeker }

func TestOpen_PackedFileIsTheSameFile(t *testing.T) {
	day := trackingtest.NewExtractFile(11, 20, trackingtest.Mess{})
	plain, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	identified, err := extract.Identify(bytes.NewReader(day.Content))
	require.NoError(t, err)
	require.Equal(t, identified, plain.ID)
	for name, content := range map[string]io.ReadSeeker{
		"gzip":                bytes.NewReader(gzipped(t, day.Content)),
		"gzip in two parts":   bytes.NewReader(append(gzipped(t, day.Content[:5000]), gzipped(t, day.Content[5000:])...)),
		"gzip filled up":      bytes.NewReader(append(gzipped(t, day.Content), make([]byte, 10_000)...)),
		"gzip parts filled":   bytes.NewReader(slices.Concat(gzipped(t, day.Content[:5000]), make([]byte, 512), gzipped(t, day.Content[5000:]), make([]byte, 512))),
		"gzip of empty parts": bytes.NewReader(append(bytes.Repeat(gzipped(t, nil), 1000), gzipped(t, day.Content)...)),
		"zip":                 bytes.NewReader(zipped(t, string(day.Content))),
		"zip without ReadAt":  onlySeeker{bytes.NewReader(zipped(t, string(day.Content)))},
		"with a mark of UTF8": bytes.NewReader(append([]byte("\xef\xbb\xbf"), day.Content...)),
	} {
		t.Run(name, func(t *testing.T) {
			file, err := extract.Open("day.gz", content, nil)
			require.NoError(t, err)
			require.Equal(t, reading{scans: day.Scans}, readAll(t, file.Records))
			if strings.HasPrefix(name, "with") {
				require.Equal(t, int64(len(day.Content)+3), file.Bytes())
				return
			}
			require.Equal(t, plain.ID, file.ID)
			require.Equal(t, int64(len(day.Content)), file.Bytes())
		})
	}
}

func TestOpen_RefusesBombs(t *testing.T) {
	bomb := strings.Repeat("\n", 8<<20)
	for name, content := range map[string][]byte{"gzip": gzipped(t, []byte(bomb)), "zip": zipped(t, bomb)} {
		require.Less(t, len(content), 70_000, name)
		_, err := extract.Open("bomb", bytes.NewReader(content), nil)
		var tooLarge *extract.TooLargeError
		require.ErrorAs(t, err, &tooLarge, name)
		require.Equal(t, int64(250*len(content)), tooLarge.Limit)

		file, err := extract.Open("no bomb", bytes.NewReader(content), &extract.Options{MaxRatio: 2000})
		require.NoError(t, err, "whoever allows it gets it")
		require.False(t, file.ID.IsZero())
		_, err = extract.Open("bomb", bytes.NewReader(content), &extract.Options{MaxRatio: 2000, MaxBytes: 1 << 20})
		require.ErrorAs(t, err, &tooLarge)
		require.EqualError(t, tooLarge, "the file has more than 1048576 bytes unpacked")
	}
	_, err := extract.Open("long", strings.NewReader(bomb), &extract.Options{MaxBytes: int64(len(bomb)) - 1})
	require.Error(t, err)
	_, err = extract.Open("long", strings.NewReader(bomb), &extract.Options{MaxBytes: int64(len(bomb))})
	require.NoError(t, err)
	_, err = extract.Open("small", bytes.NewReader(gzipped(t, []byte(bomb[:1<<20]))), nil)
	require.NoError(t, err, "a small file may be packed as tightly as it likes")
}

// No limit is too large to be reckoned with.
func TestOpen_LargestLimits(t *testing.T) {
	text := strings.Repeat("x\n", 2<<20)
	for name, content := range map[string][]byte{"text": []byte(text), "gzip": gzipped(t, []byte(text)), "zip": zipped(t, text)} {
		for _, opts := range []extract.Options{
			{MaxBytes: math.MaxInt64, MaxRatio: 2000},
			{MaxRatio: math.MaxInt64},
			{MaxBytes: math.MaxInt64, MaxRatio: math.MaxInt64},
			{MaxBytes: math.MaxInt64, MaxRatio: math.MaxInt64 / 2},
			{MaxBytes: int64(len(text)), MaxRatio: math.MaxInt64},
		} {
			_, err := extract.Open(name, bytes.NewReader(content), &opts)
			require.NoError(t, err, "%s: %d bytes, ratio %d", name, opts.MaxBytes, opts.MaxRatio)
		}
		_, err := extract.Open(name, bytes.NewReader(content), &extract.Options{MaxBytes: 3 << 20, MaxRatio: math.MaxInt64})
		var tooLarge *extract.TooLargeError
		require.ErrorAs(t, err, &tooLarge, name)
		require.Equal(t, int64(3<<20), tooLarge.Limit, name)
	}
}

// The directory of a zip file is read whole before anything else is.
func TestOpen_RefusesDirectoryBombs(t *testing.T) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for range 60_000 {
		_, err := w.CreateHeader(&zip.FileHeader{Name: "x"})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	for _, content := range []io.ReadSeeker{bytes.NewReader(packed.Bytes()), onlySeeker{bytes.NewReader(packed.Bytes())}} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := extract.Unpack(content, nil)
		runtime.ReadMemStats(&after)
		require.EqualError(t, err, "extract: zip: want one file in it: the directory is too long")
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(5<<20), "bytes")
	}

	// A directory of one file may be as long as one entry can be.
	packed.Reset()
	w = zip.NewWriter(&packed)
	_, err := w.CreateHeader(&zip.FileHeader{Name: strings.Repeat("x", 65_535), Comment: strings.Repeat("x", 65_535), Extra: bytes.Repeat([]byte("\x00"), 60_000)})
	require.NoError(t, err)
	require.NoError(t, w.SetComment(strings.Repeat("x", 65_535)))
	require.NoError(t, w.Close())
	_, err = extract.Unpack(bytes.NewReader(packed.Bytes()), nil)
	require.NoError(t, err)

	// What is behind the directory has no such limit.
	var random [1 << 20]byte
	rand.NewChaCha8([32]byte{11}).Read(random[:]) //nolint:errcheck // never fails
	text, err := extract.Unpack(bytes.NewReader(zipped(t, string(random[:]))), nil)
	require.NoError(t, err)
	unpacked, err := io.ReadAll(text)
	require.NoError(t, err)
	require.Equal(t, random[:], unpacked)
}

func TestOpen_RefusesBrokenPackages(t *testing.T) {
	whole := gzipped(t, []byte(strings.Repeat("x", 5000)))
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-5]++ // the check sum
	for name, content := range map[string][]byte{
		"gzip with something behind": append(bytes.Clone(whole), "x"...), "gzip with something behind noughts": append(append(bytes.Clone(whole), 0, 0), 0x1f),
		"gzip cut": whole[:len(whole)-9], "gzip header cut": whole[:5], "gzip with a wrong sum": flipped,
		"zip cut": zipped(t, "x")[:40], "zip with two files": zipped(t, "x", "y"), "zip with none": append([]byte("PK\x03\x04"), zipped(t)...),
	} {
		_, err := extract.Open(name, bytes.NewReader(content), nil)
		require.Error(t, err, name)
		require.Contains(t, err.Error(), "extract: ", name)
	}
	broken := errors.New("the disk is gone")
	_, err := extract.Open("", seeker{iotest.ErrReader(broken), nil}, nil)
	require.ErrorIs(t, err, broken)
	_, err = extract.Open("", seeker{strings.NewReader("x"), broken}, nil)
	require.ErrorIs(t, err, broken)
}

// seeker is a reader that pretends to seek.
type seeker struct {
	io.Reader
	err error
}

func (s seeker) Seek(int64, int) (int64, error) { return 1 << 20, s.err }

// Whatever is packed: no panic, and never more than the limit.
func FuzzUnpack(f *testing.F) {
	const limit = 1 << 16
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(bytes.Repeat([]byte("x"), limit*2))
	require.NoError(f, err)
	require.NoError(f, w.Close())
	f.Add(packed.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("plain"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		text, err := extract.Unpack(bytes.NewReader(content), &extract.Options{MaxBytes: limit})
		if err != nil {
			return
		}
		n, err := io.Copy(io.Discard, text)
		require.LessOrEqual(t, n, int64(limit))
		if n == limit && len(content) > limit {
			require.Error(t, err)
		}
	})
}
