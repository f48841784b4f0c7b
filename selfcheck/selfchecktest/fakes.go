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
	Questions int // how many it could generate; 0: there is no quiz, and Begin reports at once
	ErrorCode selfcheck.ErrorCode
	Spelling  Spelling                   // how the provider writes the name after a pass; nil is InCapitals
	Report    func(*selfcheck.Report)    // changes what the provider reports; nil does not
	Number    selfcheck.IdPTransactionID // the provider's number; "" is one of its own
	Err       error                      // if set, Begin fails with it, and reports what Report sets alone
	LateErr   error                      // if set, Conclude fails with it
	Slow      bool                       // Begin does not answer before its context is done, once
	Unending  bool                       // the quiz is never over
	Second    bool                       // Conclude leads to the next quiz of the script
}

// Passed is a proofing in which three questions were answered correctly.
var Passed = Quiz{Outcome: selfcheck.IdPPassed, Questions: 3}

// Vendors returns quizzes of every kind of provider there is, by what is the matter with it:
// for tests of what uses the service, which must come to a clear end with each. The caller may
// keep and change the map.
func Vendors() map[string]Quiz {
	somebodyElse := func(r *selfcheck.Report) {
		r.Name = must(cris.NewPersonName(cris.NameParts{Family: "Impostor", Given: "Ivo"}))
		r.BirthDate = cris.NewPersonal(cris.MustParseDate("1990-01-01"))
	}
	return map[string]Quiz{
		"passes":                    Passed,
		"fails":                     {Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3},
		"is left":                   {Outcome: selfcheck.IdPAbandoned, Questions: 3},
		"has no questions":          {Outcome: selfcheck.IdPCouldNotGenerateQuestions, ErrorCode: "HE000050"},
		"has a single question":     {Outcome: selfcheck.IdPPassed, Questions: 1},
		"has too many questions":    {Outcome: selfcheck.IdPPassed, Questions: 5},
		"cannot write the name":     {Outcome: selfcheck.IdPNotWritable},
		"sees a fraud alert":        {Outcome: selfcheck.IdPFraudAlert},
		"sees a frozen file":        {Outcome: selfcheck.IdPFrozen},
		"takes the person for dead": {Outcome: selfcheck.IdPDeceased},
		"was asked too often":       {Outcome: selfcheck.IdPUseLimit},
		"signals fraud":             {Outcome: selfcheck.IdPMultipleAttempts},
		"has an outage":             {Outcome: selfcheck.IdPSystemError, ErrorCode: "HX009000"},
		"is dead":                   {Err: fmt.Errorf("%w: %w", selfcheck.ErrNotSent, ErrUnreachable)},
		"dies in the quiz":          {Questions: 3, LateErr: ErrUnreachable},
		"is slow":                   {Outcome: selfcheck.IdPPassed, Questions: 3, Slow: true},
		"never ends":                {Questions: 3, Unending: true},
		"offers a second quiz":      {Questions: 3, Second: true},
		"contradicts itself":        {Outcome: selfcheck.IdPPassed, ErrorCode: "HE000050"},
		"says nothing":              {Questions: 3},
		"answers for somebody else": {Outcome: selfcheck.IdPPassed, Questions: 3, Report: somebodyElse},
		"answers with an old pass":  {Outcome: selfcheck.IdPPassed, Questions: 3, Report: func(r *selfcheck.Report) { r.At = Start().AddDate(-3, 0, 0) }},
		"answers from the future":   {Outcome: selfcheck.IdPPassed, Questions: 3, Report: func(r *selfcheck.Report) { r.At = Start().AddDate(1000, 0, 0) }},
		"names no transaction":      {Outcome: selfcheck.IdPPassed, Questions: 3, Number: " "},
		"gives a number twice":      {Outcome: selfcheck.IdPPassed, Questions: 3, Number: "IDP-TWICE"},
	}
}

// FakeIdP is an identity proofing provider that follows a script. Like a real one it writes
// names in its own spelling, and numbers its transactions. It is safe for concurrent use.
type FakeIdP struct {
	mu        sync.Mutex
	script    []Quiz
	asked     []selfcheck.Beginning
	proofings map[selfcheck.Reference]*proofing
}

// proofing is what the provider knows of one.
type proofing struct {
	quiz      Quiz
	number    selfcheck.IdPTransactionID
	applicant selfcheck.Applicant
}

// NewFakeIdP returns a provider whose quizzes go as in the script, in order.
// After its end everybody passes.
func NewFakeIdP(script ...Quiz) *FakeIdP {
	return &FakeIdP{script: slices.Clone(script), proofings: map[selfcheck.Reference]*proofing{}}
}

// Asked returns what the provider was sent so far.
func (f *FakeIdP) Asked() []selfcheck.Beginning {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

// next returns the next quiz of the script.
func (f *FakeIdP) next() Quiz {
	if len(f.script) == 0 {
		return Passed
	}
	quiz := f.script[0]
	f.script = f.script[1:]
	return quiz
}

// Begin implements selfcheck.IdP: the next quiz of the script or, for a reference that was
// begun before, the way to the same quiz. Its error is that of ctx, that
// of the quiz, or that of a Spelling that does not make a name.
func (f *FakeIdP) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return selfcheck.Progress{}, err
	}
	if len(f.script) > 0 && f.script[0].Slow {
		f.script = f.script[1:]
		<-ctx.Done()
		return selfcheck.Progress{}, ctx.Err()
	}
	f.asked = append(f.asked, begin)
	p, isKnown := f.proofings[begin.Reference]
	if !isKnown {
		p = &proofing{quiz: f.next(), applicant: begin.Applicant}
		p.number = p.quiz.Number
		if p.number == "" {
			p.number = selfcheck.IdPTransactionID(fmt.Sprintf("IDP-%06d", len(f.asked)))
		}
	}
	if p.quiz.Err != nil {
		report := selfcheck.Report{}
		if p.quiz.Report != nil {
			p.quiz.Report(&report)
		}
		return selfcheck.Progress{Transaction: p.quiz.Number, Report: report}, p.quiz.Err
	}
	f.proofings[begin.Reference] = p
	if p.quiz.Questions == 0 {
		return p.report()
	}
	return p.lead(), nil
}

// Conclude implements selfcheck.IdP: how the quiz of the reference went. Its error is that of
// ctx, that of the quiz, or selfcheck.ErrNotFound for a reference that was not begun.
func (f *FakeIdP) Conclude(ctx context.Context, reference selfcheck.Reference, _ selfcheck.IdPTransactionID, _ string) (selfcheck.Progress, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return selfcheck.Progress{}, err
	}
	p, isKnown := f.proofings[reference]
	switch {
	case !isKnown:
		return selfcheck.Progress{}, selfcheck.ErrNotFound
	case p.quiz.LateErr != nil:
		return selfcheck.Progress{}, p.quiz.LateErr
	case p.quiz.Unending:
		return selfcheck.Progress{Transaction: p.number}, nil
	case p.quiz.Second:
		p.quiz = f.next()
		return p.lead(), nil
	}
	return p.report()
}

// lead returns the way to the quiz.
func (p *proofing) lead() selfcheck.Progress {
	return selfcheck.Progress{Transaction: p.number, Quiz: selfcheck.Quiz{
		URL:    "https://idp.example/quiz",
		Values: []selfcheck.QuizValue{{Name: "session", Value: cris.NewPersonal(string(p.number))}},
	}}
}

// report is what the provider reports of the proofing.
func (p *proofing) report() (selfcheck.Progress, error) {
	quiz := p.quiz
	report := selfcheck.Report{Questions: quiz.Questions, Outcome: quiz.Outcome, ErrorCode: quiz.ErrorCode}
	if quiz.Outcome == selfcheck.IdPPassed {
		spelling := quiz.Spelling
		if spelling == nil {
			spelling = InCapitals
		}
		name, err := cris.NewPersonName(spelling(p.applicant.Name.Reveal()))
		if err != nil {
			return selfcheck.Progress{Transaction: p.number}, err
		}
		report.Name, report.BirthDate, report.SSN = name, p.applicant.BirthDate, p.applicant.SSN
	}
	if quiz.Report != nil {
		quiz.Report(&report)
	}
	return selfcheck.Progress{Transaction: p.number, Report: report}, nil
}

// Verification is how one case goes at a FakeEVerify. The zero Verification is that of somebody
// who is authorized to work.
type Verification struct {
	Refused  bool               // Open refuses the query
	Confirm  []selfcheck.Field  // what E-Verify asks to confirm before it looks; nil is nothing
	Waits    int                // how many times State says that the agencies need more time
	Findings selfcheck.Findings // whose records do not match
	Stage    selfcheck.Stage    // where the case ends instead; "" is StageAuthorized, or StageMismatch with Findings
}

// Call is one call to a FakeEVerify.
type Call struct {
	Method string               // Open, Submit, State, Refer or Close
	Number selfcheck.CaseNumber // "" for Open
}

// FakeEVerify is an E-Verify that follows a script. It is safe for concurrent use.
type FakeEVerify struct {
	mu     sync.Mutex
	script []Verification
	calls  []Call
	cases  []*evCase
	before func(Call) error
	lost   func(Call) error
}

// evCase is a case as E-Verify has it.
type evCase struct {
	number      selfcheck.CaseNumber
	transaction selfcheck.TransactionID
	queries     []selfcheck.Query // as opened, and as submitted
	going       Verification
	stage       selfcheck.Stage
	closure     selfcheck.ClosureReason
}

// NewFakeEVerify returns an E-Verify whose cases go as in the script, in order.
// After its end everybody is authorized to work.
func NewFakeEVerify(script ...Verification) *FakeEVerify {
	return &FakeEVerify{script: slices.Clone(script)}
}

// CaseNumber returns the number of the n-th case of a FakeEVerify, counted from 1.
func CaseNumber(n int) selfcheck.CaseNumber {
	return selfcheck.CaseNumber(fmt.Sprintf("2013227%06dEV", n))
}

// Interrupt has every call that fails asked first: one that is given an error has no effect and
// fails with it. Nil ends that.
func (f *FakeEVerify) Interrupt(before func(Call) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before = before
}

// Lose has every call that succeeds asked last: one that is given an error has its effect, and
// its answer is lost. Nil ends that.
func (f *FakeEVerify) Lose(after func(Call) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lost = after
}

// Calls returns the calls so far.
func (f *FakeEVerify) Calls() []Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// Queries returns the queries for which cases were opened, and those that were submitted, by
// case and in order.
func (f *FakeEVerify) Queries() []selfcheck.Query {
	f.mu.Lock()
	defer f.mu.Unlock()
	var queries []selfcheck.Query
	for _, c := range f.cases {
		queries = append(queries, c.queries...)
	}
	return queries
}

// Opened returns the cases that were opened, in order.
func (f *FakeEVerify) Opened() []selfcheck.CaseNumber {
	return f.numbers(func(*evCase) bool { return true })
}

// OpenCases returns the cases that were opened and not closed, in order.
func (f *FakeEVerify) OpenCases() []selfcheck.CaseNumber {
	return f.numbers(func(c *evCase) bool { return c.stage != selfcheck.StageClosed })
}

func (f *FakeEVerify) numbers(has func(*evCase) bool) []selfcheck.CaseNumber {
	f.mu.Lock()
	defer f.mu.Unlock()
	var numbers []selfcheck.CaseNumber
	for _, c := range f.cases {
		if has(c) {
			numbers = append(numbers, c.number)
		}
	}
	return numbers
}

// Closure returns for which reason the case was closed, "" if it was not.
func (f *FakeEVerify) Closure(number selfcheck.CaseNumber) selfcheck.ClosureReason {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.find(number); c != nil {
		return c.closure
	}
	return ""
}

// TransactionOf returns for which transaction the case was opened, "" if there is no such case.
// Unlike State it is no call of the port.
func (f *FakeEVerify) TransactionOf(number selfcheck.CaseNumber) selfcheck.TransactionID {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.find(number); c != nil {
		return c.transaction
	}
	return ""
}

// Script says how the cases go that are opened from now on, in order.
func (f *FakeEVerify) Script(script ...Verification) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.script = slices.Clone(script)
}

// Move puts the case into another stage, as what the agencies find out does.
func (f *FakeEVerify) Move(number selfcheck.CaseNumber, stage selfcheck.Stage) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.find(number).stage = stage
}

// Find has the agencies find something else about the case, which stays where it is.
func (f *FakeEVerify) Find(number selfcheck.CaseNumber, findings selfcheck.Findings) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.find(number).going.Findings = findings
}

func (f *FakeEVerify) find(number selfcheck.CaseNumber) *evCase {
	i := slices.IndexFunc(f.cases, func(c *evCase) bool { return c.number == number })
	if i < 0 {
		return nil
	}
	return f.cases[i]
}

// call runs one call of the port.
func (f *FakeEVerify) call(ctx context.Context, call Call, act func(*evCase) error) (selfcheck.CaseState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return selfcheck.CaseState{}, err
	}
	f.calls = append(f.calls, call)
	if f.before != nil {
		if err := f.before(call); err != nil {
			return selfcheck.CaseState{}, err
		}
	}
	c := f.find(call.Number)
	if c == nil {
		return selfcheck.CaseState{}, selfcheck.ErrNotFound
	}
	if err := act(c); err != nil {
		return selfcheck.CaseState{}, err
	}
	if f.lost != nil {
		if err := f.lost(call); err != nil {
			return selfcheck.CaseState{}, err
		}
	}
	return c.state(), nil
}

func (c *evCase) state() selfcheck.CaseState {
	state := selfcheck.CaseState{Number: c.number, Transaction: c.transaction, Stage: c.stage}
	switch c.stage {
	case selfcheck.StageUnconfirmed:
		state.Confirm = slices.Clone(c.going.Confirm)
	case selfcheck.StageMismatch, selfcheck.StageReferred, selfcheck.StageNotConfirmed, selfcheck.StageClosed:
		state.Findings = c.going.Findings
	default:
	}
	return state
}

// look is what E-Verify does once it has all it wants.
func (c *evCase) look() {
	switch {
	case c.going.Waits > 0:
		c.stage = selfcheck.StageWaiting
	case c.going.Stage != "":
		c.stage = c.going.Stage
	case c.going.Findings != selfcheck.Findings{}:
		c.stage = selfcheck.StageMismatch
	default:
		c.stage = selfcheck.StageAuthorized
	}
}

// Open implements selfcheck.EVerify: a draft that goes as the script says, or the case of the
// transaction. Its error is that of ctx, that of Interrupt or of Lose; it matches
// selfcheck.ErrRefused for a query of no one, and where the script says so.
func (f *FakeEVerify) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return selfcheck.CaseState{}, err
	}
	call := Call{Method: "Open"}
	f.calls = append(f.calls, call)
	if f.before != nil {
		if err := f.before(call); err != nil {
			return selfcheck.CaseState{}, err
		}
	}
	if query.Identity.IsZero() {
		return selfcheck.CaseState{}, fmt.Errorf("no proved identity: %w", selfcheck.ErrRefused)
	}
	i := slices.IndexFunc(f.cases, func(c *evCase) bool { return c.transaction == transaction })
	if i < 0 {
		going := Verification{}
		if len(f.script) > 0 {
			going, f.script = f.script[0], f.script[1:]
		}
		if going.Refused {
			return selfcheck.CaseState{}, selfcheck.ErrRefused
		}
		i = len(f.cases)
		f.cases = append(f.cases, &evCase{
			number: CaseNumber(i + 1), transaction: transaction, queries: []selfcheck.Query{query}, going: going, stage: selfcheck.StageDraft,
		})
	}
	if f.lost != nil {
		if err := f.lost(call); err != nil {
			return selfcheck.CaseState{}, err
		}
	}
	return f.cases[i].state(), nil
}

// Submit implements selfcheck.EVerify. Its error is that of ctx, of Interrupt or of Lose, or
// selfcheck.ErrNotFound, as those of State, Refer and Close are.
func (f *FakeEVerify) Submit(ctx context.Context, number selfcheck.CaseNumber, query selfcheck.Query) (selfcheck.CaseState, error) {
	return f.call(ctx, Call{"Submit", number}, func(c *evCase) error {
		switch {
		case c.stage == selfcheck.StageDraft && c.going.Confirm != nil:
			c.stage = selfcheck.StageUnconfirmed
		case c.stage == selfcheck.StageDraft, c.stage == selfcheck.StageUnconfirmed:
			c.look()
		default:
			return nil
		}
		c.queries = append(c.queries, query)
		return nil
	})
}

// State implements selfcheck.EVerify. Its errors are those of Submit.
func (f *FakeEVerify) State(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	return f.call(ctx, Call{"State", number}, func(c *evCase) error {
		if c.stage == selfcheck.StageWaiting {
			c.going.Waits = max(0, c.going.Waits-1)
			c.look()
		}
		return nil
	})
}

// Refer implements selfcheck.EVerify. Its errors are those of Submit.
func (f *FakeEVerify) Refer(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	return f.call(ctx, Call{"Refer", number}, func(c *evCase) error {
		if c.stage == selfcheck.StageMismatch {
			c.stage = selfcheck.StageReferred
		}
		return nil
	})
}

// Close implements selfcheck.EVerify: a case keeps the first reason for which it is closed. Its
// errors are those of Submit.
func (f *FakeEVerify) Close(ctx context.Context, number selfcheck.CaseNumber, reason selfcheck.ClosureReason) error {
	_, err := f.call(ctx, Call{"Close", number}, func(c *evCase) error {
		if c.stage != selfcheck.StageClosed {
			c.stage, c.closure = selfcheck.StageClosed, reason
		}
		return nil
	})
	return err
}
