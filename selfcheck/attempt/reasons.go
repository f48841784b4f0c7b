package attempt

import "github.com/seed28e20331/cris"

var tooManyAttempts = cris.Reason{Code: "attempt.too_many_attempts", Rule: "SC-8", Text: "as many quizzes were taken in these days as are allowed"}

// Reasons lists every reason that a decision of this package can give. The caller may keep
// and change the slice.
func Reasons() []cris.Reason { return []cris.Reason{tooManyAttempts} }
