package integration_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// Individuals with two tabs, a sweep, staff, a clock, vendors and a store whose answers are
// lost do what they like in any order, one in the middle of the other. Whatever they do: no
// query without a pass of its own, one case at most for it, every case closed once, and what is
// on record is what the vendors did and the individuals chose.
func TestSC1_AnyOrderOfEverything(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		db := migrated(t, pool)
		tables := lines(t, pool, kind.tables)
		rapid.Check(t, func(rt *rapid.T) {
			for _, table := range tables {
				_, err := pool.ExecContext(t.Context(), "DELETE FROM "+table)
				require.NoError(rt, err)
			}
			p := newPlay(t.Context(), rt, db)
			for range rapid.IntRange(1, 40).Draw(rt, "acts") {
				p.act()
				p.audit()
			}
			p.isCalm = true
			for _, apart := range []time.Duration{2 * time.Minute, 20 * time.Minute, 61 * time.Minute, 25 * time.Hour, 2 * time.Minute, 31 * 24 * time.Hour, 2 * time.Minute} {
				p.clock.Advance(apart)
				_, err := p.Sweep(p.ctx)
				require.NoError(rt, err)
				p.audit()
			}
			p.requireOver()
		})
	})
}

// play is Self Check with everybody who has to do with it. It stands between the service and
// its ports.
type play struct {
	*selfcheck.Service

	t          *rapid.T
	ctx        context.Context //nolint:containedctx // of the test
	db         *sqlstore.DB
	clock      *selfchecktest.Clock
	everify    *selfchecktest.FakeEVerify
	actors     []*actor
	depth      int
	isCalm     bool // nothing fails any more
	references map[selfcheck.Reference]*actor
}

// actor is an individual, with the provider that is asked about him or her, and what the play
// knows.
type actor struct {
	token     selfcheck.Token
	applicant selfcheck.Applicant
	entered   selfcheck.I9
	idp       *selfchecktest.FakeIdP
	quiz      selfchecktest.Quiz
	going     selfchecktest.Verification
	passed    bool // the provider has said so
	choices   map[selfcheck.Choice]bool
	moved     bool // an agency has mended its records
}

func newPlay(ctx context.Context, t *rapid.T, db *sqlstore.DB) *play {
	p := &play{
		t: t, ctx: ctx, db: db, clock: selfchecktest.NewClock(selfchecktest.Start().Format(time.RFC3339Nano)),
		everify: selfchecktest.NewFakeEVerify(), references: map[selfcheck.Reference]*actor{},
	}
	for n := range rapid.IntRange(1, 3).Draw(t, "individuals") {
		who := newIndividual(n)
		a := &actor{token: who.token(), applicant: who.applicant(), entered: who.entered(), choices: map[selfcheck.Choice]bool{}}
		a.quiz = drawOne(t, "quiz", []selfchecktest.Quiz{
			selfchecktest.Passed, selfchecktest.Passed, selfchecktest.Passed,
			{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3},
			{Outcome: selfcheck.IdPFraudAlert},
			{Outcome: selfcheck.IdPMultipleAttempts, Questions: 3},
			{Outcome: selfcheck.IdPPassed, Questions: 1},
			{Outcome: selfcheck.IdPPassed, Questions: 3, Unending: true},
			{Outcome: selfcheck.IdPPassed, Questions: 3, Number: "IDP-OF-ALL"},
			{Err: selfchecktest.ErrUnreachable},
		})
		if a.quiz.Number == "" {
			a.quiz.Number = selfcheck.IdPTransactionID(fmt.Sprintf("IDP-%d", n))
		}
		a.idp = selfchecktest.NewFakeIdP(slices.Repeat([]selfchecktest.Quiz{a.quiz}, 100)...)
		a.going = drawOne(t, "verification", []selfchecktest.Verification{
			{},
			{Findings: selfcheck.Findings{SSA: true}},
			{Findings: selfcheck.Findings{DHS: true}},
			{Findings: selfcheck.Findings{SSA: true, DHS: true}},
			{Waits: 2},
			{Waits: 1, Findings: selfcheck.Findings{SSA: true}},
			{Confirm: []selfcheck.Field{selfcheck.FieldPassportNumber}},
			{Confirm: []selfcheck.Field{selfcheck.FieldName}, Findings: selfcheck.Findings{DHS: true}},
			{Stage: selfcheck.StageUnsupported},
			{Stage: selfcheck.StageNotConfirmed},
			{Refused: true},
		})
		p.actors = append(p.actors, a)
	}
	p.Service = selfcheck.NewService(storeOf{db.SelfChecks(), p}, idpOf{p}, everifyOf{p}, &selfcheck.Options{Now: p.now})
	return p
}

// now is never the same twice.
func (p *play) now() time.Time {
	p.clock.Advance(time.Microsecond)
	return p.clock.Now()
}

// drawOne draws by number, so that what is printed stays short.
func drawOne[T any](t *rapid.T, label string, values []T) T {
	return values[rapid.IntRange(0, len(values)-1).Draw(t, label)]
}

func (p *play) actorOf(transaction selfcheck.TransactionID) *actor {
	i := slices.IndexFunc(p.actors, func(a *actor) bool { return a.token.Transaction() == transaction })
	require.GreaterOrEqual(p.t, i, 0, "of nobody")
	return p.actors[i]
}

var errLost = errors.New("the answer is lost")

// happens runs one call of a port. Before it and after it somebody else may do something, and
// it may fail or lose its answer.
func (p *play) happens(call func() error) error {
	p.depth++
	defer func() { p.depth-- }()
	const (
		failure = iota
		loss
		actBefore
		actAfter
		choices = 16
	)
	what := choices
	if !p.isCalm {
		what = rapid.IntRange(0, choices).Draw(p.t, "trouble")
	}
	const deepest = 2
	mayAct := p.depth < deepest
	switch {
	case what == failure:
		return errLost
	case what == actBefore && mayAct:
		p.act()
	}
	err := call()
	switch {
	case what == loss, what == actBefore && rapid.IntRange(0, 3).Draw(p.t, "lost then") == 0:
		return errLost
	case what == actAfter && mayAct:
		p.act()
	}
	return err
}

// act is something that somebody does. Its answer is held against what the vendors know.
func (p *play) act() {
	a := p.actors[rapid.IntRange(0, len(p.actors)-1).Draw(p.t, "who")]
	token, transaction := a.token, a.token.Transaction()
	staff := selfcheck.Official{ID: "settler-1", Duties: []selfcheck.Duty{selfcheck.DutySettle}}
	answered := func(answer selfcheck.Answer, _ error) {
		if answer.Result != "" {
			require.Contains(p.t, p.resultsOf(a), answer.Result)
		}
	}
	switch rapid.IntRange(0, 17).Draw(p.t, "act") {
	case 0, 1, 2:
		_, _ = p.Begin(p.ctx, token, selfcheck.Statements()[0].Edition, a.applicant, cris.English)
	case 3, 4, 5:
		proofing, err := p.Conclude(p.ctx, token, "")
		if err == nil && proofing.Outcome == selfcheck.Authenticated {
			require.True(p.t, a.passed)
			require.Equal(p.t, a.applicant.Name, proofing.Pass.Name) // SC-7
		}
	case 6, 7, 8:
		answered(p.Query(p.ctx, token, a.entered))
	case 9:
		other := a.entered
		other.PassportNumber = cris.NewPersonal("599999999")
		answered(p.Query(p.ctx, token, other))
	case 10:
		answered(p.Look(p.ctx, token))
	case 11:
		mended := a.entered
		if rapid.Bool().Draw(p.t, "mends") {
			mended.PassportNumber = cris.NewPersonal("588888888")
		}
		answered(p.Confirm(p.ctx, token, mended))
	case 12:
		choice := rapid.SampledFrom(selfcheck.Choices()).Draw(p.t, "choice")
		a.choices[choice] = true
		_, _ = p.Resolve(p.ctx, token, choice)
	case 13:
		_ = p.End(p.ctx, token)
	case 14:
		_, _ = p.Sweep(p.ctx)
	case 15:
		p.clock.Advance(rapid.SampledFrom([]time.Duration{
			time.Second, 61 * time.Second, 61 * time.Second, 16 * time.Minute, 2 * time.Hour, 25 * time.Hour, 8 * 24 * time.Hour,
		}).Draw(p.t, "time"))
	case 16:
		p.settle(staff, transaction)
	case 17:
		for _, number := range p.casesOf(transaction) {
			if state, err := p.everify.State(p.ctx, number); err == nil && state.Stage == selfcheck.StageReferred {
				p.everify.Move(number, selfcheck.StageAuthorized)
				a.moved = true
			}
		}
	}
}

// settle has staff look at E-Verify and put on record what they see there, or by a slip the
// case of another, or undo it.
func (p *play) settle(staff selfcheck.Official, transaction selfcheck.TransactionID) {
	own := p.casesOf(transaction)
	switch rapid.IntRange(0, 2).Draw(p.t, "settles") {
	case 0:
		if opened := p.everify.Opened(); len(opened) > 0 {
			number := rapid.SampledFrom(opened).Draw(p.t, "number")
			err := p.SettleFound(p.ctx, staff, transaction, number)
			if !slices.Contains(own, number) {
				require.Error(p.t, err, "it is the case of another")
			}
		}
	case 1:
		if len(own) == 0 {
			_ = p.SettleNotOpened(p.ctx, staff, transaction)
		}
	case 2:
		_ = p.Unsettle(p.ctx, staff, transaction)
	}
}

// casesOf returns the cases of a transaction at E-Verify.
func (p *play) casesOf(transaction selfcheck.TransactionID) (numbers []selfcheck.CaseNumber) {
	for _, number := range p.everify.Opened() {
		if p.everify.TransactionOf(number) == transaction {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// resultsOf returns the results that the individual can have.
func (p *play) resultsOf(a *actor) []selfcheck.Result {
	results := []selfcheck.Result{""}
	switch {
	case a.going.Findings.SSA && a.going.Findings.DHS:
		results = append(results, selfcheck.BothMismatches)
	case a.going.Findings.SSA:
		results = append(results, selfcheck.SSAMismatch)
	case a.going.Findings.DHS:
		results = append(results, selfcheck.ImmigrationMismatch)
	case a.going.Stage == "":
		results = append(results, selfcheck.WorkAuthorizationConfirmed)
	}
	if a.moved {
		results = append(results, selfcheck.WorkAuthorizationConfirmed)
	}
	return results
}

// audit is what always holds.
func (p *play) audit() {
	owners := map[selfcheck.TransactionID]selfcheck.CaseNumber{}
	for _, number := range p.everify.Opened() {
		transaction := p.everify.TransactionOf(number)
		require.Empty(p.t, owners[transaction], "one case for one pass")
		owners[transaction] = number
		require.True(p.t, p.actorOf(transaction).passed, "a query without a pass") // SC-1
	}
}

// requireOver is what holds in the end.
func (p *play) requireOver() {
	require.Empty(p.t, p.everify.OpenCases())
	for unfinished, err := range p.db.SelfChecks().Unfinished(p.ctx, cris.Page[selfcheck.TransactionID]{}) {
		require.NoError(p.t, err)
		require.Empty(p.t, unfinished)
	}
	closings := map[string]int{}
	events, err := p.db.Outbox().Pending(p.ctx, 0)
	require.NoError(p.t, err)
	for _, event := range events {
		if event.Type == selfcheck.EventCaseClosed {
			closings[event.Subject]++
		}
	}
	for _, a := range p.actors {
		transaction := a.token.Transaction()
		record, err := p.db.SelfChecks().Record(p.ctx, transaction)
		if err != nil {
			require.ErrorIs(p.t, err, selfcheck.ErrNotFound)
		}
		require.Zero(p.t, record.Begun)
		if record.Failure != (selfcheck.Failure{}) {
			require.Zero(p.t, record.Pass)
			require.Contains(p.t, []selfcheck.IdPTransactionID{"", a.quiz.Number}, record.Failure.IdPTransaction)
		}
		own := p.casesOf(transaction)
		if len(own) == 0 {
			require.Zero(p.t, record.Query.Case)
			if record.Pass != (selfcheck.PassedProofing{}) {
				require.Equal(p.t, selfcheck.ClosedNotOpened, record.Query.Closure, "a pass without a query ends")
			}
			continue
		}
		query := record.Query
		require.Equal(p.t, own[0], query.Case)
		require.False(p.t, query.IsOpen())
		if query.Stage != selfcheck.StageClosed || query.Closure != selfcheck.ClosedNoResult {
			// A case that was found closed, because that it was closed never went on record,
			// does not say why.
			require.Equal(p.t, p.everify.Closure(own[0]), query.Closure)
		}
		require.Equal(p.t, 1, closings[string(transaction)])
		require.Equal(p.t, a.applicant.Name, query.Query.Identity.Name()) // SC-7
		require.Contains(p.t, p.everify.Queries(), query.Query)
		require.Contains(p.t, p.resultsOf(a), query.Result)
		require.True(p.t, query.Choice == "" || a.choices[query.Choice])
	}
}

// idpOf is the provider as the service reaches it.
type idpOf struct{ *play }

// Begin implements selfcheck.IdP.
func (p idpOf) Begin(ctx context.Context, begin selfcheck.Beginning) (progress selfcheck.Progress, err error) {
	family := begin.Applicant.Name.Reveal().Family
	a := p.actors[slices.IndexFunc(p.actors, func(a *actor) bool { return a.applicant.Name.Reveal().Family == family })]
	p.references[begin.Reference] = a
	err = p.happens(func() (err error) {
		progress, err = a.idp.Begin(ctx, begin)
		a.sees(progress)
		return err
	})
	return unlessLost(progress, err)
}

// Conclude implements selfcheck.IdP.
func (p idpOf) Conclude(ctx context.Context, reference selfcheck.Reference, number selfcheck.IdPTransactionID, returned string) (progress selfcheck.Progress, err error) {
	a, isKnown := p.references[reference]
	if !isKnown {
		return selfcheck.Progress{}, selfcheck.ErrNotFound // whoever began was stopped before the provider was asked
	}
	err = p.happens(func() (err error) {
		progress, err = a.idp.Conclude(ctx, reference, number, returned)
		a.sees(progress)
		return err
	})
	return unlessLost(progress, err)
}

func unlessLost[T any](answer T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return answer, nil
}

func (a *actor) sees(progress selfcheck.Progress) {
	if progress.Report.Outcome == selfcheck.IdPPassed && progress.Report.Questions > 1 {
		a.passed = true
	}
}

// everifyOf is E-Verify as the service reaches it.
type everifyOf struct{ *play }

func (p everifyOf) call(call func() (selfcheck.CaseState, error)) (state selfcheck.CaseState, err error) {
	err = p.happens(func() (err error) {
		state, err = call()
		return err
	})
	return unlessLost(state, err)
}

// Open implements selfcheck.EVerify.
func (p everifyOf) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	return p.call(func() (selfcheck.CaseState, error) {
		p.everify.Script(p.actorOf(transaction).going)
		return p.everify.Open(ctx, transaction, query)
	})
}

// Submit implements selfcheck.EVerify.
func (p everifyOf) Submit(ctx context.Context, number selfcheck.CaseNumber, query selfcheck.Query) (selfcheck.CaseState, error) {
	return p.call(func() (selfcheck.CaseState, error) { return p.everify.Submit(ctx, number, query) })
}

// State implements selfcheck.EVerify.
func (p everifyOf) State(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	return p.call(func() (selfcheck.CaseState, error) { return p.everify.State(ctx, number) })
}

// Refer implements selfcheck.EVerify.
func (p everifyOf) Refer(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	return p.call(func() (selfcheck.CaseState, error) { return p.everify.Refer(ctx, number) })
}

// Close implements selfcheck.EVerify.
func (p everifyOf) Close(ctx context.Context, number selfcheck.CaseNumber, reason selfcheck.ClosureReason) error {
	return p.happens(func() error { return p.everify.Close(ctx, number, reason) })
}

// storeOf is the store as the service reaches it.
type storeOf struct {
	selfcheck.Store
	*play
}

// Update implements selfcheck.Store.
func (s storeOf) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	return s.happens(func() error { return s.Store.Update(ctx, transaction, decide) })
}
