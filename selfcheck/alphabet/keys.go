package alphabet

import (
	"strings"

	"github.com/seed28e20331/cris"
)

// KeysVersion is the version of what KeysOf returns. It is raised whenever the keys of some
// text change. An index over keys keeps the version with them, and is built anew when it is
// not this one.
const KeysVersion = 1

// Keys are what a part of a name is looked up by. Two texts that somebody writes in place of
// each other have a key in common: Müller has the keys MUELLER and MULLER, and Mueller and
// Muller each have one of the two.
type Keys struct {
	ICAO       cris.Personal[string]
	BaseLetter cris.Personal[string]
}

// KeysOf returns the keys of a text, which are zero if there is no letter in it: its letters
// in either form, in capitals, without spaces, signs, digits and accents. A letter that
// nobody writes with A to Z stays as it is, in capitals and Unicode NFKC.
//
// A text and its projection have the same keys in the form of the projection, unless
// something was lost. Keys find less than the proofing accepts: no key has one letter in
// the one form and another in the other, and none has what single countries write.
func KeysOf(text string) Keys {
	signs := scan(text)
	return Keys{
		ICAO:       cris.NewPersonal(key(signs, ICAO)),
		BaseLetter: cris.NewPersonal(key(signs, BaseLetter)),
	}
}

func key(signs []character, form Form) string {
	var key strings.Builder
	for _, c := range signs {
		if c.kind == aLetter || c.kind == ownMark || c.kind == doubling && form != BaseLetter {
			key.WriteString(c.in(form))
		}
	}
	return key.String()
}
