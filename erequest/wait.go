package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// WaitOutcome says what a customer who comes again may do.
type WaitOutcome string

// The outcomes of the 30-day rule.
const (
	MayFile   WaitOutcome = "may_file"
	MustWait  WaitOutcome = "must_wait"  // until the date on which the wait ends
	MayRepeat WaitOutcome = "may_repeat" // an earlier request was not answered in time
)

// WaitOutcomes lists the outcomes of the 30-day rule.
func WaitOutcomes() []WaitOutcome { return []WaitOutcome{MayFile, MustWait, MayRepeat} }

// Wait is the decision whether a case's earlier requests allow a new one.
type Wait struct {
	Outcome WaitOutcome
	Ends    cris.Date // the first day on which a new inquiry may be made; zero unless MustWait
	Earlier string    // ID of the request that is waited for or repeated; "" for MayFile
	Reasons []cris.Reason
}

// DecideWait applies the 30-day rule on the given day to the requests filed
// earlier for the same case, in any order (ER-9, ER-10, ER-10a, ER-11). It is the
// rule for a customer who files online.
//
// Filed on day D with the default policy: until D+29 the customer must wait, on
// D+30 a new inquiry may be made, from D+31 on it repeats an unanswered request
// about the same issue. Whether a request was answered early does not matter to
// the wait.
func DecideWait(prior []Entry, issue Issue, on cris.Date, policy Policy) Wait {
	policy = policy.withDefaults()
	latest, waits := latestOnline(prior, issue, policy.WaitScope)
	// ER-9: the wait ends on the thirtieth day, and that day is open again.
	if ends := latest.Filed.AddDays(max(0, policy.WaitDays)); waits && on.Before(ends) {
		return Wait{Outcome: MustWait, Ends: ends, Earlier: latest.ID, Reasons: []cris.Reason{waitNotOver, earlyAnswerDoesNotShorten}}
	}
	if unanswered, found := latestUnanswered(prior, issue, on); found {
		return Wait{Outcome: MayRepeat, Earlier: unanswered.ID, Reasons: []cris.Reason{mayRepeat}}
	}
	if !waits {
		return Wait{Outcome: MayFile, Reasons: []cris.Reason{noEarlierRequest}}
	}
	return Wait{Outcome: MayFile, Reasons: []cris.Reason{waitOver}}
}

// latestOnline finds the request that starts the wait.
func latestOnline(prior []Entry, issue Issue, scope WaitScope) (latest Entry, found bool) {
	for _, earlier := range prior {
		// ER-11: online requests of the case, whatever the issue, unless narrowed.
		if earlier.Channel != Online || scope == SameCaseAndIssue && earlier.Issue != issue {
			continue
		}
		if !found || earlier.Filed.After(latest.Filed) {
			latest, found = earlier, true
		}
	}
	return latest, found
}

// latestUnanswered finds the request that a new one repeats: about the same issue, on
// whatever channel it came, past its deadline, without an answer, and not repeated
// by another request already.
func latestUnanswered(prior []Entry, issue Issue, on cris.Date) (latest Entry, found bool) {
	// From the end, where the last one mostly is. Of two that were filed on one day it is the last.
	for i, earlier := range slices.Backward(prior) {
		// ER-10: due by the end of its last day, so overdue from the day after.
		isOverdue := on.After(earlier.RespondBy) && earlier.Answered.IsZero()
		isLater := !found || earlier.Filed.After(latest.Filed)
		if isOverdue && isLater && earlier.Issue == issue && !isRepeated(prior, i) {
			latest, found = earlier, true
		}
	}
	return latest, found
}

// isRepeated reports whether another of the requests repeats the i-th: most often the next.
func isRepeated(prior []Entry, i int) bool {
	repeats := func(e Entry) bool { return e.Repeats == prior[i].ID }
	return slices.ContainsFunc(prior[i+1:], repeats) || slices.ContainsFunc(prior[:i], repeats)
}
