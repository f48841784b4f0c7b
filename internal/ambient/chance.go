package ambient

import (
	"crypto/rand"
	"encoding/binary"
)

// Chance returns chance, or a source of random numbers if chance is nil: each at least 0 and
// less than 1.
func Chance(chance func() float64) func() float64 {
	if chance != nil {
		return chance
	}
	return func() float64 {
		var random [8]byte
		_, _ = rand.Read(random[:]) // it never fails
		return float64(binary.NativeEndian.Uint64(random[:])>>11) / (1 << 53)
	}
}
