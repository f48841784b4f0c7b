package srmt

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris/casestatus"
)

// Trail is the offices that sent a request on, the first one first, each once. It is comparable
// with ==; the zero Trail is of a request that no office sent on.
type Trail string

// Offices returns the offices. The caller may keep and change the slice.
func (t Trail) Offices() []casestatus.OfficeCode {
	var offices []casestatus.OfficeCode
	for code := range strings.FieldsSeq(string(t)) {
		offices = append(offices, casestatus.OfficeCode(code))
	}
	return offices
}

// Has reports whether the office sent the request on.
func (t Trail) Has(office casestatus.OfficeCode) bool { return slices.Contains(t.Offices(), office) }

// with returns the trail once the office has sent the request on.
func (t Trail) with(office casestatus.OfficeCode) Trail {
	if t.Has(office) {
		return t
	}
	return Trail(strings.TrimSpace(string(t) + " " + string(office)))
}
