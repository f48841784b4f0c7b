package attempt

import (
	"math"
	"slices"

	"github.com/seed28e20331/cris"
)

// Outcome says whether a quiz may be taken.
type Outcome string

// The outcomes.
const (
	Allowed Outcome = "allowed"
	Locked  Outcome = "locked"
)

// Outcomes lists the outcomes. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Allowed, Locked} }

// Decision is the decision on whether one more quiz may be taken.
type Decision struct {
	Outcome Outcome
	Left    int           // how many more may be taken at once after this one; math.MaxInt if there is no limit, 0 if Locked
	Until   cris.Date     // the first day on which a quiz may be taken again, if none is until then; zero if Allowed
	Reasons []cris.Reason // none if Allowed
}

// Message returns what the individual is told, including the day if Locked.
func (d Decision) Message() cris.Message {
	if d.Outcome == Locked {
		return cris.Message{Code: "attempt.outcome.locked", Args: []any{d.Until}}
	}
	return cris.Message{Code: "attempt.outcome.allowed"}
}

// DayCount is how many attempts a person made on a day.
type DayCount struct {
	Day      cris.Date
	Attempts int
}

// Decide decides whether a person who has made these attempts may take one more quiz today. Days
// on which they no longer count do not matter. A day after today counts too: the clock of another
// process may be ahead. The counts may be in any order, and are not changed.
func Decide(counts []DayCount, today cris.Date, policy Policy) Decision {
	if policy.IsOff() {
		return Decision{Outcome: Allowed, Left: math.MaxInt}
	}
	policy = policy.withDefaults()
	counting := slices.DeleteFunc(slices.Clone(counts), func(c DayCount) bool { return c.Day.Before(policy.Since(today)) })
	slices.SortFunc(counting, func(a, b DayCount) int { return a.Day.Compare(b.Day) })
	total := 0
	for _, c := range counting {
		total += c.Attempts
	}
	if total < policy.Quizzes {
		return Decision{Outcome: Allowed, Left: policy.Quizzes - total - 1}
	}
	// SC-8: many attempts point to fraud. The first days are the first that no longer count.
	var until cris.Date
	for _, c := range counting {
		total -= c.Attempts
		until = c.Day.AddDays(policy.counts())
		if total < policy.Quizzes {
			break
		}
	}
	return Decision{Outcome: Locked, Until: until, Reasons: []cris.Reason{tooManyAttempts}}
}
