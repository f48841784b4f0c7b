package selfchecktest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// ErrUnreachable is what the fakes fail with when they are told to.
var ErrUnreachable = errors.New("unreachable")

// Quiz is how one proofing goes at a FakeIdP.
type Quiz struct {
	Outcome   selfcheck.IdPOutcome
	Questions int // how many it could generate
	ErrorCode selfcheck.ErrorCode
	Spelling  Spelling                // how the provider writes the name after a pass; nil is InCapitals
	Report    func(*selfcheck.Report) // changes what the provider reports; nil does not
	Err       error                   // if set, the provider fails with it, and reports what Report sets alone
}

// Passed is a proofing in which three questions were answered correctly.
var Passed = Quiz{Outcome: selfcheck.IdPPassed, Questions: 3}

// FakeIdP is an identity proofing provider that follows a script. Like a real one it writes
// names in its own spelling, and numbers its transactions. It is safe for concurrent use.
type FakeIdP struct {
	mu     sync.Mutex
	script []Quiz
	asked  []selfcheck.Applicant
}

// NewFakeIdP returns a provider whose proofings go as in the script, in order.
// After its end everybody passes.
func NewFakeIdP(script ...Quiz) *FakeIdP { return &FakeIdP{script: slices.Clone(script)} }

// Asked returns what the provider was sent so far.
func (f *FakeIdP) Asked() []selfcheck.Applicant {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

// Prove implements selfcheck.IdP: the next quiz of the script. Its error is that of ctx, that
// of the quiz, or that of a Spelling that does not make a name.
func (f *FakeIdP) Prove(ctx context.Context, _ selfcheck.TransactionID, applicant selfcheck.Applicant) (selfcheck.Report, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return selfcheck.Report{}, err
	}
	f.asked = append(f.asked, applicant)
	quiz := Passed
	if n := len(f.asked); n <= len(f.script) {
		quiz = f.script[n-1]
	}
	report, err := quiz.report(applicant, len(f.asked))
	if quiz.Report != nil && (err == nil || quiz.Err != nil) {
		quiz.Report(&report)
	}
	return report, err
}

// report is what the provider reports of its n-th proofing.
func (q Quiz) report(applicant selfcheck.Applicant, n int) (selfcheck.Report, error) {
	if q.Err != nil {
		return selfcheck.Report{}, q.Err
	}
	report := selfcheck.Report{
		Transaction: selfcheck.IdPTransactionID(fmt.Sprintf("IDP-%06d", n)),
		Questions:   q.Questions,
		Outcome:     q.Outcome,
		ErrorCode:   q.ErrorCode,
	}
	if q.Outcome != selfcheck.IdPPassed {
		return report, nil
	}
	spelling := q.Spelling
	if spelling == nil {
		spelling = InCapitals
	}
	var err error
	report.Name, err = cris.NewPersonName(spelling(applicant.Name.Reveal()))
	report.BirthDate, report.SSN = applicant.BirthDate, applicant.SSN
	return report, err
}

// Verification is how one query goes at a FakeEVerify.
type Verification struct {
	Finding selfcheck.Finding
	Err     error // if set, Submit fails with it before a case is opened
	LateErr error // if set, Submit fails with it after the case was opened, and names the case
}

// FakeEVerify is an E-Verify that follows a script. It is safe for concurrent use.
type FakeEVerify struct {
	mu       sync.Mutex
	script   []Verification
	queries  []selfcheck.Query
	opened   []selfcheck.CaseNumber
	closed   map[selfcheck.CaseNumber]selfcheck.ClosureReason
	closeErr error
}

// NewFakeEVerify returns an E-Verify whose queries go as in the script, in order.
// After its end everybody is authorized to work.
func NewFakeEVerify(script ...Verification) *FakeEVerify {
	return &FakeEVerify{
		script: slices.Clone(script),
		closed: map[selfcheck.CaseNumber]selfcheck.ClosureReason{},
	}
}

// Queries returns the queries submitted so far.
func (f *FakeEVerify) Queries() []selfcheck.Query {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.queries)
}

// Open returns the cases that were opened and not closed, in order.
func (f *FakeEVerify) Open() []selfcheck.CaseNumber {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.opened), func(number selfcheck.CaseNumber) bool {
		_, isClosed := f.closed[number]
		return isClosed
	})
}

// Closure returns for which reason the case was closed, "" if it was not.
func (f *FakeEVerify) Closure(number selfcheck.CaseNumber) selfcheck.ClosureReason {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.closed[number]
}

// FailToClose makes Close fail with err from now on; nil ends that.
func (f *FakeEVerify) FailToClose(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closeErr = err
}

// Submit implements selfcheck.EVerify: the next query of the script. Its error is that of
// ctx or that of the script; it matches selfcheck.ErrNotSubmitted for a query of no one.
func (f *FakeEVerify) Submit(ctx context.Context, query selfcheck.Query) (selfcheck.CaseResult, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return selfcheck.CaseResult{}, err
	}
	if query.Identity.IsZero() {
		return selfcheck.CaseResult{}, fmt.Errorf("no proved identity: %w", selfcheck.ErrNotSubmitted)
	}
	f.queries = append(f.queries, query)
	verification := Verification{Finding: selfcheck.FindingAuthorized}
	if n := len(f.queries); n <= len(f.script) {
		verification = f.script[n-1]
	}
	if verification.Err != nil {
		return selfcheck.CaseResult{}, verification.Err
	}
	number := selfcheck.CaseNumber(fmt.Sprintf("EV%013d", len(f.queries)))
	f.opened = append(f.opened, number)
	if verification.LateErr != nil {
		return selfcheck.CaseResult{Number: number}, verification.LateErr
	}
	return selfcheck.CaseResult{Number: number, Finding: verification.Finding}, nil
}

// Close implements selfcheck.EVerify: a case keeps the first reason for which it is closed.
// Its error is that of ctx, that of FailToClose, or selfcheck.ErrNotFound for a number that
// was not given out.
func (f *FakeEVerify) Close(ctx context.Context, number selfcheck.CaseNumber, reason selfcheck.ClosureReason) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.closeErr != nil {
		return f.closeErr
	}
	if !slices.Contains(f.opened, number) {
		return selfcheck.ErrNotFound
	}
	if _, isClosed := f.closed[number]; !isClosed {
		f.closed[number] = reason
	}
	return nil
}
