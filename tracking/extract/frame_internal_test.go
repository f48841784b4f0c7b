package extract

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// The quick look at a record and the one that says what is wrong must agree: a record that
// one refuses and the other takes would be read as an empty scan.
func TestTR6_QuickAndSlowLookAgree(t *testing.T) {
	for _, fields := range [][]Field{Layout280().Fields(), oddFields(t)} {
		frame := newFrame(fields)
		good, err := joinFields(fields, make([]string, len(fields)))
		require.NoError(t, err)
		require.Len(t, good, frame.length)
		agree := func(line []byte) {
			if frame.holds(line) != (checkFrame(fields, line) == nil) {
				t.Fatalf("the quick look says %t, the slow one %v: %q", frame.holds(line), checkFrame(fields, line), line)
			}
		}
		require.True(t, frame.holds(good))
		for at := range good {
			line := bytes.Clone(good)
			for c := range 256 {
				line[at] = byte(c)
				agree(line)
			}
		}
		random := rand.New(rand.NewPCG(1, 2))
		for range 20_000 {
			line := bytes.Clone(good)
			for range 1 + random.IntN(4) {
				line[random.IntN(len(line))] = "\x00\x1f !\",#\x7f\x80\x9f\xa0\xff"[random.IntN(12)]
			}
			agree(line)
		}
	}
}

// oddFields are those of the shortest layout, whose length is a multiple of nothing.
func oddFields(t *testing.T) []Field {
	t.Helper()
	layout, err := NewLayout(
		Field{Name: "number", Start: 2, Width: 1, Kind: TrackingNumber},
		Field{Name: "code", Start: 6, Width: 2, Kind: EventCode},
		Field{Name: "date", Start: 11, Width: 8, Kind: EventDate},
		Field{Name: "time", Start: 22, Width: 4, Kind: EventTime},
		Field{Name: "ZIP", Start: 29, Width: 5, Kind: ScanZIP},
		Field{Name: "country", Start: 37, Width: 2, Kind: ScanCountry},
	)
	require.NoError(t, err)
	return layout.Fields()
}

func TestIsAlphanumeric(t *testing.T) {
	alphanumeric := []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	for c := range 256 {
		want := bytes.IndexByte(alphanumeric, byte(c)) >= 0
		require.Equal(t, want, isAlphanumeric(byte(c)), "%q", c)
	}
}
