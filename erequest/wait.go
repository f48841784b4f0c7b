package erequest

import "github.com/seed28e20331/cris"

// WaitOutcome says what a customer who comes again may do.
type WaitOutcome string

// The outcomes of the 30-day rule.
const (
	MayFile   WaitOutcome = "may file"
	MustWait  WaitOutcome = "must wait"  // until the date on which the wait ends
	MayRepeat WaitOutcome = "may repeat" // an earlier request was not answered in time
)

// Wait is the decision whether a case's earlier requests allow a new one.
type Wait struct {
	Outcome WaitOutcome
	Ends    cris.Date // the first day on which a new inquiry may be made; zero unless MustWait
	Earlier string    // ID of the request that is waited for or repeated; "" for MayFile
	Reasons []cris.Reason
}

// DecideWait applies the 30-day rule on the given day to the requests filed
// earlier for the same case, in any order (ER-9, ER-10, ER-10a, ER-11).
//
// Filed on day D with the default policy: until D+29 the customer must wait, on
// D+30 a new inquiry may be made, from D+31 on it repeats an unanswered request
// about the same issue. Whether a request was answered early does not matter to
// the wait.
func DecideWait(prior []Request, issue Issue, on cris.Date, policy Policy) Wait {
	latest, unanswered := -1, -1
	for i, earlier := range prior {
		// ER-11: online requests of the case, whatever the issue, unless narrowed.
		if earlier.Channel != Online || policy.WaitScope == SameCaseAndIssue && earlier.Issue != issue {
			continue
		}
		if latest < 0 || earlier.Filed.After(prior[latest].Filed) {
			latest = i
		}
		// ER-10: due by the end of its last day, so overdue from the day after.
		if overdue := on.After(earlier.RespondBy); overdue && earlier.Answered.IsZero() && earlier.Issue == issue &&
			(unanswered < 0 || earlier.Filed.After(prior[unanswered].Filed)) {
			unanswered = i
		}
	}
	if latest < 0 {
		return Wait{Outcome: MayFile, Reasons: []cris.Reason{
			{Rule: "ER-11", Text: "no earlier online request counts"},
		}}
	}
	// ER-9: the wait ends on the thirtieth day, and that day is open again.
	if ends := prior[latest].Filed.AddDays(policy.WaitDays); on.Before(ends) {
		return Wait{Outcome: MustWait, Ends: ends, Earlier: prior[latest].ID, Reasons: []cris.Reason{
			{Rule: "ER-9", Text: "a request was placed online already: wait until the date given before making another inquiry"},
			{Rule: "ER-10a", Text: "the wait counts calendar days from the filing date, and an early answer does not shorten it"},
		}}
	}
	if unanswered >= 0 {
		return Wait{Outcome: MayRepeat, Earlier: prior[unanswered].ID, Reasons: []cris.Reason{
			{Rule: "ER-10", Text: "an earlier request was not answered by its deadline and may be resubmitted"},
		}}
	}
	return Wait{Outcome: MayFile, Reasons: []cris.Reason{
		{Rule: "ER-9", Text: "the wait after the latest online request is over"},
	}}
}
