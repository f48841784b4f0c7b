package tracking

import (
	"cmp"
	"strings"

	"github.com/seed28e20331/cris"
)

// Scan is one event of one mail piece, and all that is kept of its record (TR-2).
// It is comparable with ==: two records with equal scans are one event.
type Scan struct {
	Number Number
	Code   Code
	// ToSender tells a delivery to the original sender from one to the addressee. Both
	// have the same code; only the text of the event tells them apart, and the text is
	// not kept.
	ToSender bool
	At       LocalTime // when, by a clock at the place
	Place    Place
}

// Place is where an event happened. Events that the USPS computes may have none, and
// events at large facilities may lack the ZIP code.
type Place struct {
	ZIP     cris.ZIP
	Country string // two capitals as in ISO 3166; "" where the record names none
}

// Compare gives the documented order of a timeline: by instant, where the places tell the
// zones and otherwise by the likely one (Moment.Likely); then by class, by
// their rank; then by what is left, so that only equal scans compare as 0.
func (s Scan) Compare(other Scan) int {
	if c := s.Moment().Likely.Compare(other.Moment().Likely); c != 0 {
		return c
	}
	return s.compareRest(other)
}

// compareRest orders scans of one instant.
func (s Scan) compareRest(other Scan) int {
	if c := s.Class().Compare(other.Class()); c != 0 {
		return c
	}
	return cmp.Or(
		s.At.Compare(other.At),
		cmp.Compare(s.Code, other.Code),
		s.Place.ZIP.Compare(other.Place.ZIP),
		cmp.Compare(s.Place.Country, other.Place.Country),
		s.Number.Compare(other.Number),
		compareBool(s.ToSender, other.ToSender),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return +1
	}
}

// DeliveredToSender reports whether the text of an event says that the piece was delivered
// to its sender: it tells of both, in that order, or begins as "delivered, to original
// sender" does and was cut short by its field. Whatever is no letter does not count, nor
// does the case, nor what stands behind the first 64 letters. It is asked when a record is
// read; then the text is dropped (TR-2).
func DeliveredToSender[T string | []byte](eventText T) bool {
	var letters [64]byte
	n := 0
	for i := 0; i < len(eventText) && n < len(letters); i++ {
		c := eventText[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if 'A' <= c && c <= 'Z' {
			letters[n] = c
			n++
		}
	}
	const deliveredTo, original, sender = "DELIVEREDTO", "ORIGINAL", "SENDER"
	text := string(letters[:n])
	if _, behind, is := strings.Cut(text, "DELIVERED"); is && strings.Contains(behind, sender) {
		return true
	}
	return len(text) > len(deliveredTo) && (isCutFrom(text, deliveredTo+original+sender) || isCutFrom(text, deliveredTo+sender))
}

// isCutFrom reports whether the text is the beginning of the whole.
func isCutFrom(text, whole string) bool { return len(text) <= len(whole) && text == whole[:len(text)] }
