package selfcheck

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
)

// EVerify is the port to E-Verify. A query is a conversation with it: a case is opened as a
// draft, submitted, perhaps confirmed, waited for, perhaps referred, and closed. Every method may
// be called again, because its answer was lost, and may be called by several goroutines at once.
// The text of its errors must carry no personal value.
type EVerify interface {
	// Open opens a draft for the query, or returns the case that was opened for the same
	// transaction before, by whatever process, in whatever state it is: E-Verify is asked for
	// it first.
	//
	// An error that matches ErrNoCase says that there is no case: E-Verify refused the query or
	// never got it. Any other error leaves open whether there is a case, and Open is called
	// again.
	Open(ctx context.Context, transaction TransactionID, query Query) (CaseState, error)
	// Submit submits a draft or, where E-Verify wants the data confirmed, confirms the data as
	// they are in the query. In any other stage it does nothing. It returns where the case is
	// afterwards.
	Submit(ctx context.Context, number CaseNumber, query Query) (CaseState, error)
	// State returns where the case is now. For a number that E-Verify does not know, the error
	// matches ErrNotFound.
	State(ctx context.Context, number CaseNumber) (CaseState, error)
	// Refer tells E-Verify that the individual will resolve the mismatch. A case that was
	// referred before stays as it is.
	Refer(ctx context.Context, number CaseNumber) (CaseState, error)
	// Close closes the case, in whatever stage it is. Closing one that is closed already is
	// not an error. For a number that E-Verify does not know, the error matches ErrNotFound.
	Close(ctx context.Context, number CaseNumber, reason ClosureReason) error
}

// ErrNoCase means that E-Verify opened no case: it never got the query or refused it.
var ErrNoCase = errors.New("E-Verify opened no case")

// ErrRefused means that E-Verify refused the query because of what the individual entered. It
// matches ErrNoCase.
var ErrRefused = fmt.Errorf("the query was refused: %w", ErrNoCase)

// CaseNumber is the number of a case at E-Verify: thirteen digits and capital letters, then two
// capital letters.
type CaseNumber string

// isValid reports whether n can be the number of a case.
func (n CaseNumber) isValid() bool {
	const length, letters = 15, 2
	for i := range len(n) {
		c := n[i]
		isLetter, isDigit := 'A' <= c && c <= 'Z', '0' <= c && c <= '9'
		if !isLetter && (!isDigit || i >= length-letters) {
			return false
		}
	}
	return len(n) == length
}

// ParseCaseNumber reads the number of a case as staff enters it: capital and small letters
// are the same, and spaces and hyphens are dropped. Its error is a *cris.ParseError.
func ParseCaseNumber(s string) (CaseNumber, error) {
	form := documentForm{what: errCaseNumber.What, takes: plain, min: 15, max: 15}
	var read printed
	err := form.read(s, &read)
	number := CaseNumber(read.text[:read.length])
	if err != nil || !number.isValid() {
		return "", errCaseNumber
	}
	return number, nil
}

// errCaseNumber is the error of a number that is not valid.
var errCaseNumber = &cris.ParseError{What: "E-Verify case number", At: -1, Problem: "want 13 letters and digits, then two letters"}

// Stage is where a case is at E-Verify.
type Stage string

// The stages.
const (
	StageDraft        Stage = "draft"         // opened and not submitted
	StageUnconfirmed  Stage = "unconfirmed"   // E-Verify asks to confirm the data: a chance to correct a typing error
	StageWaiting      Stage = "waiting"       // E-Verify needs more time
	StageAuthorized   Stage = "authorized"    // SC-10
	StageMismatch     Stage = "mismatch"      // SC-11: the individual has to choose
	StageReferred     Stage = "referred"      // the individual is resolving the mismatch
	StageNotConfirmed Stage = "not_confirmed" // final: E-Verify could not confirm the authorization
	StageUnsupported  Stage = "unsupported"   // E-Verify wants what only an employer can do, or the case is in a stage that is not known
	StageClosed       Stage = "closed"
)

// Stages lists the stages. The caller may keep and change the slice.
func Stages() []Stage {
	return []Stage{
		StageDraft, StageUnconfirmed, StageWaiting, StageAuthorized, StageMismatch, StageReferred,
		StageNotConfirmed, StageUnsupported, StageClosed,
	}
}

// Findings are the agencies whose records do not match, of the three whose records E-Verify
// checks. Findings is comparable with ==; its zero value is no agency.
type Findings struct {
	SSA   bool // Social Security Administration
	DHS   bool // Department of Homeland Security
	State bool // Department of State
}

// CaseState is E-Verify's answer about a case.
type CaseState struct {
	Number      CaseNumber
	Transaction TransactionID // for which the case was opened; "" if E-Verify does not say
	Stage       Stage
	Findings    Findings
	Confirm     []Field // StageUnconfirmed: what E-Verify asks to confirm, in the order of Fields
}
