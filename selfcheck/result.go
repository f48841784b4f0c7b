package selfcheck

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris"
)

// CaseNumber is the number of a case at E-Verify.
type CaseNumber string

// EVerify is the port to E-Verify. The text of its errors must carry no personal
// value. Both methods may be called by several goroutines at once.
type EVerify interface {
	// Submit opens a case for the query and returns what E-Verify finds. It refuses a
	// query whose Identity is zero.
	//
	// On an error, a CaseResult with a number says that this case was opened before
	// things went wrong. An error that matches ErrNotSubmitted says that none was. Any
	// other leaves it open whether there is a case.
	Submit(ctx context.Context, query Query) (CaseResult, error)
	// Close closes the case. Closing one that is closed already is no error.
	Close(ctx context.Context, number CaseNumber, reason ClosureReason) error
}

// ErrNotSubmitted: E-Verify never got the query. It may be submitted again.
var ErrNotSubmitted = errors.New("selfcheck: query not submitted")

// Finding is what E-Verify found out about a query.
type Finding string

// The findings. E-Verify compares with the records of three agencies.
const (
	FoundAuthorized    Finding = "employment authorized"
	FoundSSAMismatch   Finding = "mismatch with the records of SSA"
	FoundDHSMismatch   Finding = "mismatch with the records of DHS"
	FoundStateMismatch Finding = "mismatch with the records of the Department of State"
)

// CaseResult is E-Verify's answer to a query.
type CaseResult struct {
	Number  CaseNumber
	Finding Finding // where several agencies find a mismatch, that of SSA; "" if there is no answer yet
}

// Result is what the individual is told (SC-10).
type Result string

// The three results.
const (
	WorkAuthorizationConfirmed Result = "work authorization confirmed"
	SSAMismatch                Result = "possible mismatch with SSA"
	ImmigrationMismatch        Result = "possible mismatch with Immigration Information"
)

// ResultDecision is the decision on E-Verify's answer.
type ResultDecision struct {
	Result    Result // "" if E-Verify gave no answer that is one of the three
	CloseCase bool   // nothing is left to do with the case: close it now
	Reasons   []cris.Reason
}

// DecideResult turns E-Verify's answer into one of the three results.
func DecideResult(answer CaseResult) ResultDecision {
	// SC-10: the records of DHS and of the Department of State are the immigration
	// information.
	switch answer.Finding {
	case FoundAuthorized:
		return ResultDecision{WorkAuthorizationConfirmed, true, WorkAuthorizationConfirmed.reasons()}
	case FoundSSAMismatch:
		return ResultDecision{SSAMismatch, false, SSAMismatch.reasons()}
	case FoundDHSMismatch, FoundStateMismatch:
		return ResultDecision{ImmigrationMismatch, false, ImmigrationMismatch.reasons()}
	}
	return ResultDecision{"", true, Result("").reasons()}
}

// reasons says what the result means.
func (r Result) reasons() []cris.Reason {
	text := "E-Verify gave no result"
	switch r {
	case WorkAuthorizationConfirmed:
		text = "the records confirm the work authorization"
	case SSAMismatch:
		text = "the records of the Social Security Administration do not match"
	case ImmigrationMismatch:
		text = "the immigration records do not match"
	}
	return []cris.Reason{{Rule: "SC-10", Text: text}}
}

// ClosureReason is why a case at E-Verify is closed.
type ClosureReason string

// The reasons for which Self Check closes cases.
const (
	ClosedConfirmed    ClosureReason = "work authorization confirmed"
	ClosedDeclined     ClosureReason = "individual declined to resolve" // SC-11
	ClosedNoResult     ClosureReason = "no result"
	ClosedSessionEnded ClosureReason = "session ended"
)

// DecideClosure says for which reason the case of a query is closed, at the moment
// at which it is.
func DecideClosure(query QueryRecord) ClosureReason {
	switch {
	case query.Result == WorkAuthorizationConfirmed:
		return ClosedConfirmed
	case query.Result == "":
		return ClosedNoResult
	case query.Choice == Decline:
		return ClosedDeclined // SC-11
	}
	return ClosedSessionEnded
}
