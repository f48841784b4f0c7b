package trackingtest

import (
	"bytes"
	"math/rand/v2"

	"github.com/seed28e20331/cris/tracking"
)

// Mess says what is not plain about generated files, each as a share from 0 to 1. The
// zero Mess is clean files of pieces with numbers of 22 digits. The pieces of one seed
// make the same journeys, whatever the mess.
type Mess struct {
	Lost     float64 // records that never arrive
	Repeated float64 // records that come twice
	// Displaced records swap places with another one, anywhere in the file; in a drop folder
	// they come with a later file, unless theirs is the last.
	Displaced float64
	Damaged   float64 // records of which a byte is overwritten, so that they must be set aside
	// OtherNumbers is a share of the pieces, and not of the records. Their numbers are older
	// ones of 20 digits and international ones.
	OtherNumbers float64
}

// happens draws whether something of the given share happens.
func happens(random *rand.Rand, share float64) bool { return random.Float64() < share }

// copies draws how often a record arrives.
func (m Mess) copies(random *rand.Rand) int {
	lost, repeated := happens(random, m.Lost), happens(random, m.Repeated)
	switch {
	case lost:
		return 0
	case repeated:
		return 2
	default:
		return 1
	}
}

// number draws what number the n-th piece has.
func (m Mess) number(random *rand.Rand, n int) tracking.Number {
	switch {
	case !happens(random, m.OtherNumbers):
		return Number(n)
	case n%2 == 0:
		return legacyNumber(n)
	default:
		return s10Number(n)
	}
}

// damages overwrite a record so that it cannot be read any more.
var damages = []func(record []byte){
	damageCheckDigit,
	func(record []byte) { copy(record[132:], "20260230") }, // a day that does not exist
	func(record []byte) { copy(record[143:], "2400") },     // an hour that does not exist
	func(record []byte) { copy(record[109:], "a1") },       // a code in lower case
	func(record []byte) { record[0] = '\x00' },             // a lost quote
}

// damageCheckDigit changes the check digit: the last digit in numbers of every kind.
func damageCheckDigit(record []byte) {
	number := record[1:23]
	at := bytes.LastIndexAny(number, "0123456789")
	number[at] = '0' + (number[at]-'0'+1)%10
}
