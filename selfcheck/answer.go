package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// Answer is what the individual is told about a query.
type Answer struct {
	Outcome QueryOutcome
	Result  Result     // "" unless accepted, or if E-Verify gave no result
	Case    CaseNumber // "" unless accepted
	Queried time.Time  // when it was submitted, UTC; zero if refused
	Open    bool       // the case is still to be closed: by Resolve or by CloseCase
	Reasons []cris.Reason
}

// DecideRepeatedQuery answers somebody who enters the query again that is on record, since
// the answer to the first call may have been lost on the way. What was entered is judged as
// on the day of the submission, which must be on record. If it is the query on record, the
// answer is the recorded one, or Unanswered if there is none; any other query is refused.
func DecideRepeatedQuery(record Record, entered I9, policy Policy) Answer {
	policy = policy.withDefaults()
	query := record.Query
	again := DecideQuery(record.Pass.Identity(), entered, cris.DateOf(query.Submitted, policy.Zone))
	if again.Outcome != QueryAccepted || again.Query != query.Query {
		// SC-1: each query follows a proofing of its own.
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{queryMadeAlready}}
	}
	if query.Case == "" {
		return Answer{Outcome: QueryUnanswered, Queried: query.Submitted, Reasons: []cris.Reason{queryUnanswered}}
	}
	return answerOnRecord(query)
}

// answerOnRecord is the answer to a query whose case is known.
func answerOnRecord(query QueryRecord) Answer {
	return Answer{
		Outcome: QueryAccepted,
		Result:  query.Result,
		Case:    query.Case,
		Queried: query.Submitted,
		Open:    query.IsOpen(),
		Reasons: query.Result.reasons(),
	}
}
