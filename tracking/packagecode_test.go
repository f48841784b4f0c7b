package tracking_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
)

// Records are read by a short cut, and what people write is not: they must agree on every
// number, right or wrong.
func TestNumber_ShortCutAgreesWithTheLongWay(t *testing.T) {
	random := rand.New(rand.NewPCG(22, 22))
	agree := func(text string) {
		t.Helper()
		long, longErr := tracking.ParseNumber(" " + text) // a blank leads around the short cut
		var short tracking.Number
		shortErr := short.UnmarshalText([]byte(text))
		require.Equal(t, longErr == nil, shortErr == nil, text)
		require.Equal(t, long, short, text)
	}
	for range 20_000 {
		text := fmt.Sprintf("9%d%010d%010d", random.IntN(7), random.Int64N(1e10), random.Int64N(1e10))
		agree(text)
		spoilt := []byte(text)
		spoilt[random.IntN(len(spoilt))] = byte(random.IntN(256))
		agree(string(spoilt))
	}
	for i := range 22 { // a single digit beside zeros
		for digit := range 10 {
			text := []byte("9200000000000000000000")
			text[i] = byte('0' + digit)
			agree(string(text))
		}
	}
}
