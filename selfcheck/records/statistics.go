package records

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// Count is how many proofings failed on one day for one reason.
type Count struct {
	Day    cris.Date // in the policy's zone
	Reason selfcheck.FailureReason
	Count  int  // 0 if it is too small to be told
	Small  bool // between 1 and less than Policy.SmallestCount
}

// DecideStatistics says what may be told of the counts: a count below policy.SmallestCount is
// told only as small.
//
// SC-15: statistics are about how many, and never about whom. Someone who knows when an
// individual tried would learn from a count of one why that failed.
func DecideStatistics(counts []selfcheck.FailureCount, policy Policy) []Count {
	policy = policy.withDefaults()
	told := make([]Count, 0, len(counts))
	for _, of := range counts {
		count := Count{Day: of.Day, Reason: of.Reason, Count: of.Count}
		if of.Count < policy.SmallestCount {
			count.Count, count.Small = 0, true
		}
		told = append(told, count)
	}
	return told
}
