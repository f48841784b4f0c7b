package selfcheck

import (
	"crypto/rand"
	"strings"
)

// Handle leads from the record of a query to the accounting of its disclosures and to the trail
// of its amendments; nothing else does. It is random, says nothing, and is kept in the record,
// which gets it when the query is made.
type Handle string

// handleLength is the length of what rand.Text returns: 130 random bits.
const handleLength = 26

// NewHandle returns a handle that nobody can guess.
func NewHandle() Handle { return Handle(rand.Text()) }

// IsValid reports whether h has the form of what NewHandle returns: 26 capitals and digits
// from 2 to 7.
func (h Handle) IsValid() bool {
	return len(h) == handleLength && strings.Trim(string(h), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
