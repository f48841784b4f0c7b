package selfcheck

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

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
	// Close closes the case. Closing one that is closed already is not an error. For a
	// number that E-Verify does not know, it returns an error.
	Close(ctx context.Context, number CaseNumber, reason ClosureReason) error
}

// ErrNotSubmitted means that E-Verify never got the query. It may be submitted again.
var ErrNotSubmitted = errors.New("the query was not submitted")

// CaseNumber is the number of a case at E-Verify: one line of at most 40 bytes.
type CaseNumber string

// isValid reports whether n can be the number of a case, and every store can hold it.
func (n CaseNumber) isValid() bool {
	const maxLength = 40
	return text.IsLine(string(n), maxLength)
}

// errCaseNumber is the error of a number that is not valid.
var errCaseNumber = &cris.ParseError{What: "E-Verify case number", At: -1, Problem: "want one line of at most 40 bytes"}

// Finding is what E-Verify found out about a query.
type Finding string

// The findings. E-Verify compares with the records of three departments and agencies.
const (
	FindingAuthorized    Finding = "authorized"
	FindingSSAMismatch   Finding = "ssa_mismatch"
	FindingDHSMismatch   Finding = "dhs_mismatch"
	FindingStateMismatch Finding = "state_department_mismatch"
)

// Findings lists the findings. The caller may keep and change the slice.
func Findings() []Finding {
	return []Finding{FindingAuthorized, FindingSSAMismatch, FindingDHSMismatch, FindingStateMismatch}
}

// CaseResult is E-Verify's answer to a query.
type CaseResult struct {
	Number  CaseNumber
	Finding Finding // where several agencies find a mismatch, that of SSA; "" if there is no answer yet
}
