package selfcheck

import (
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// Message returns what the individual is told about the proofing. Reasons say why, and OtherWays
// say what to do. For LockedOut the words are those of package attempt, with the day on which the
// individual may try again.
func (p Proofing) Message() cris.Message {
	if p.Attempts.Outcome == attempt.Locked {
		return p.Attempts.Message()
	}
	return p.Outcome.Message()
}

// Message returns what the individual is told about the query: its result, or what became
// of it.
func (a Answer) Message() cris.Message {
	switch {
	case a.Outcome != QueryAccepted:
		return a.Outcome.Message()
	case a.Result == "":
		return noResult.Message()
	}
	return a.Result.Message()
}

// Message returns what the individual is told after the choice.
func (r Resolution) Message() cris.Message { return r.Outcome.Message() }

// Message returns what the individual is told of the outcome.
func (o ProofingOutcome) Message() cris.Message { return message("proofing_outcome", o) }

// Message returns what the individual is told of the outcome.
func (o ApplicantOutcome) Message() cris.Message { return message("applicant_outcome", o) }

// Message returns why the individual was not authenticated.
func (r FailureReason) Message() cris.Message { return message("failure_reason", r) }

// Message returns what the individual is told of the outcome.
func (o QueryOutcome) Message() cris.Message { return message("query_outcome", o) }

// Message returns what the individual is told of the result.
func (r Result) Message() cris.Message { return message("result", r) }

// Message returns the words of the answer, for someone to choose.
func (c Choice) Message() cris.Message { return message("choice", c) }

// Message returns what the individual is told of the outcome.
func (o ResolutionOutcome) Message() cris.Message { return message("resolution_outcome", o) }

// Message returns why the case was closed.
func (r ClosureReason) Message() cris.Message { return message("closure_reason", r) }

// Message returns the words of the instruction.
func (i Instruction) Message() cris.Message { return message("instruction", i) }

// Message returns what to do. Policy.Place says where the way leads.
func (w OtherWay) Message() cris.Message { return message("other_way", w) }

// Message returns the words of the notice.
func (n Notice) Message() cris.Message { return message("notice", n) }

// Message returns the label of the field.
func (f Field) Message() cris.Message { return message("field", f) }

// Message returns the words of the status, for someone to choose.
func (s CitizenshipStatus) Message() cris.Message { return message("citizenship_status", s) }

// Message returns the name of the document, for someone to choose.
func (d Document) Message() cris.Message { return message("document", d) }

// message returns the message of a value of an enumeration. E-Verify writes its codes in
// capitals.
func message[T ~string](enumeration cris.Code, value T) cris.Message {
	return cris.Message{Code: "selfcheck." + enumeration + "." + cris.Code(strings.ToLower(string(value)))}
}
