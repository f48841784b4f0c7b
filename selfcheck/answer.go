package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// Answer is what the individual is told about a query.
type Answer struct {
	Outcome QueryOutcome
	Result  Result         // "" unless accepted, or if E-Verify gave no result
	Case    CaseNumber     // "" if refused, or while it is not known
	Queried time.Time      // when it was submitted, UTC; zero if refused
	Open    bool           // whether the case is still to be closed
	Confirm []ConfirmField // QueryUnconfirmed: what E-Verify asks to confirm
	Reasons []cris.Reason
}

// ConfirmField is something that E-Verify asks to confirm. A locked field is part of the proved
// identity, and can only be confirmed as it is (SC-7).
type ConfirmField struct {
	Field  Field
	Locked bool
}

// The fields of the locked identity that E-Verify can ask to confirm.
const (
	FieldName      Field = "name"
	FieldBirthDate Field = "birth_date"
)

// IdentityFields lists the fields of the locked identity that E-Verify can ask to confirm,
// besides FieldSSN. The caller may keep and change the slice.
func IdentityFields() []Field { return []Field{FieldName, FieldBirthDate} }

// DecideRepeatedQuery answers an individual who enters the query on record again, since the
// answer to the first call may have been lost on the way. What was entered is judged as of the
// day of the submission, which must be on record. If it makes the query on record, the answer is
// the recorded one, or QueryUnanswered if there is none; any other query is refused.
func DecideRepeatedQuery(record Record, entered I9, policy Policy) Answer {
	policy = policy.withDefaults()
	query := record.Query
	again := DecideQuery(record.Pass.Identity(), entered, cris.DateOf(query.Submitted, policy.Zone))
	if again.Outcome != QueryAccepted || again.Query != query.Query {
		// SC-1: each query follows a proofing of its own.
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{queryMadeAlready}}
	}
	return answerOnRecord(query, nil)
}

// answerOnRecord is the answer to a query that is on record. confirm is what E-Verify asks to
// confirm.
func answerOnRecord(query QueryRecord, confirm []Field) Answer {
	answer := Answer{Case: query.Case, Queried: query.Submitted, Open: query.IsOpen()}
	switch {
	case query.Closure == ClosedNotOpened:
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{queryWithdrawn}}
	case query.Case == "", query.Stage == "", query.Stage == StageDraft:
		answer.Outcome, answer.Reasons = QueryUnanswered, []cris.Reason{queryUnanswered}
	case query.Stage == StageUnconfirmed && query.IsOpen():
		answer.Outcome, answer.Reasons = QueryUnconfirmed, []cris.Reason{dataToConfirm}
		for _, field := range confirm {
			isLocked := field == FieldName || field == FieldBirthDate ||
				field == FieldSSN && !query.Query.Identity.SSN().IsZero()
			answer.Confirm = append(answer.Confirm, ConfirmField{field, isLocked})
		}
	case query.Stage == StageWaiting && query.IsOpen():
		answer.Outcome, answer.Reasons = QueryWaiting, []cris.Reason{moreTimeNeeded}
	default:
		answer.Outcome, answer.Result, answer.Reasons = QueryAccepted, query.Result, query.Result.reasons()
	}
	return answer
}
