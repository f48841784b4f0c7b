package lookuplimit

import "github.com/seed28e20331/cris"

var tooOften = cris.Reason{Code: "lookuplimit.too_often", Rule: "CS-9", Text: "receipt numbers are looked up too often"}

// Reasons lists every reason that a decision of this package can give. The caller may keep
// and change the slice.
func Reasons() []cris.Reason { return []cris.Reason{tooOften} }
