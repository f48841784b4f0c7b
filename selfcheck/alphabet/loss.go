package alphabet

import (
	"unicode"

	"github.com/seed28e20331/cris"
)

// Part is a part of a name or of an address.
type Part string

// The parts.
const (
	FamilyName Part = "family_name"
	GivenName  Part = "given_name"
	MiddleName Part = "middle_name"
	MaidenName Part = "maiden_name"
	Street     Part = "street" // with the unit
	City       Part = "city"
)

// Parts lists the parts. The caller may keep and change the slice.
func Parts() []Part { return []Part{FamilyName, GivenName, MiddleName, MaidenName, Street, City} }

// Losses are what a projection does not have of its original. Spaces, hyphens, apostrophes,
// periods and commas are no loss, nor are accents: what a field does not take of them is a
// space in it, or nothing.
type Losses struct {
	Unmapped []Unmapped // by part, and then as they stand in it
	CutOff   []CutOff   // at most one of a part
}

// Unmapped is a character that the alphabet has no way to write, and that was left out. It
// is a letter of a person's name, so it is as personal as the name.
type Unmapped struct {
	Part      Part
	Character cris.Personal[rune] // in Unicode NFKC
}

// CutOff is the end of a part that its field was too short for, as the projection writes it.
type CutOff struct {
	Part Part
	Text cris.Personal[string]
}

// IsWhole reports whether nothing was lost.
func (l *Losses) IsWhole() bool { return len(l.Unmapped) == 0 && len(l.CutOff) == 0 }

func (l *Losses) leaveOut(part Part, r rune) {
	l.Unmapped = append(l.Unmapped, Unmapped{part, cris.NewPersonal(r)})
}

func (l *Losses) add(others Losses) {
	l.Unmapped = append(l.Unmapped, others.Unmapped...)
	l.CutOff = append(l.CutOff, others.CutOff...)
}

// allLost are the losses of a part of which nothing can be written.
func allLost(part Part, signs []character) (losses Losses) {
	for _, c := range signs {
		if c.kind != doubling && !unicode.IsSpace(c.rune) {
			losses.leaveOut(part, c.rune)
		}
	}
	return losses
}
