package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Means is how a message travels (SR-7).
type Means string

// The means.
const (
	ByLetter    Means = "letter"
	ByEmail     Means = "email"
	ByTelephone Means = "telephone" // the text is a note of the call
)

// AllMeans lists the means. The caller may keep and change the slice.
func AllMeans() []Means { return []Means{ByLetter, ByEmail, ByTelephone} }

// Message returns what the means is called.
func (m Means) Message() cris.Message { return cris.Message{Code: "srmt.means." + cris.Code(m)} }

func (m Means) known() bool { return slices.Contains(AllMeans(), m) }
