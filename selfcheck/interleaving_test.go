package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// schedule lets one process of several run at a time. Each stops before and after every call of
// a port, and chance says who goes on.
type schedule struct {
	random  *rand.Rand
	faults  bool
	current *process
	log     []string
}

type process struct {
	name   string
	parked chan bool // true once it is over
	goOn   chan bool
}

// yield stops the process that runs until it is its turn again.
func (s *schedule) yield() {
	p := s.current
	if p == nil {
		return
	}
	p.parked <- false
	<-p.goOn
}

// run runs the processes to their ends. between happens between two steps.
func (s *schedule) run(between func(), acts map[string]func()) {
	var all []*process
	for _, name := range []string{"first", "second", "third", "sweep", "staff"} {
		if acts[name] == nil {
			continue
		}
		p := &process{name, make(chan bool), make(chan bool)}
		all = append(all, p)
		go func() {
			<-p.goOn
			acts[name]()
			p.parked <- true
		}()
	}
	for len(all) > 0 {
		i := s.random.IntN(len(all))
		p := all[i]
		s.current = p
		p.goOn <- true
		if <-p.parked {
			all = append(all[:i], all[i+1:]...)
		}
		s.current = nil
		between()
	}
}

func (s *schedule) say(format string, args ...any) {
	name := "-"
	if s.current != nil {
		name = s.current.name
	}
	s.log = append(s.log, name+": "+fmt.Sprintf(format, args...))
}

// fails reports whether the call fails this time.
func (s *schedule) fails() bool { return s.faults && s.current != nil && s.random.IntN(12) == 0 }

var errFault = errors.New("fault")

// yieldingStore is a store at whose calls a process stops, and whose answers are lost now and then.
type yieldingStore struct {
	selfcheck.Store

	schedule *schedule
}

func (s yieldingStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	s.schedule.yield()
	if s.schedule.fails() {
		return errFault
	}
	err := s.Store.Update(ctx, id, decide)
	record, _ := s.Record(ctx, id)
	s.schedule.say("update %v: %+v %s %s claimed %s closed %s", err, record.Query.Case, record.Query.Stage, record.Query.Result, record.Query.Claimed.Format("02 15:04:05"), record.Query.Closed.Format("02 15:04:05"))
	lost := s.schedule.fails()
	s.schedule.yield()
	if lost {
		s.schedule.say("lost")
		if s.schedule.random.IntN(2) == 0 {
			return fmt.Errorf("%w: %w", errFault, cris.ErrConflict)
		}
		return errFault
	}
	return err
}

// agency is an E-Verify whose Open looks first and opens then, as the real one does.
type agency struct {
	schedule *schedule
	clock    *selfchecktest.Clock
	confirm  bool
	cases    []*agencyCase
}

type agencyCase struct {
	state  selfcheck.CaseState
	given  []selfcheck.Query
	closed int
}

func (a *agency) find(has func(*agencyCase) bool) *agencyCase {
	for _, c := range a.cases {
		if has(c) {
			return c
		}
	}
	return nil
}

func (a *agency) Open(_ context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	called := a.clock.Now()
	a.schedule.yield()
	if a.schedule.fails() || a.isLate(called) {
		return selfcheck.CaseState{}, errFault
	}
	c := a.find(func(c *agencyCase) bool { return c.state.Transaction == transaction })
	if c == nil {
		if a.schedule.fails() {
			return selfcheck.CaseState{}, selfcheck.ErrNoCase
		}
		a.schedule.yield()
		if a.isLate(called) {
			return selfcheck.CaseState{}, errFault
		}
		c = &agencyCase{state: selfcheck.CaseState{
			Number: selfchecktest.CaseNumber(len(a.cases) + 1), Transaction: transaction, Stage: selfcheck.StageDraft,
		}, given: []selfcheck.Query{query}}
		a.cases = append(a.cases, c)
	}
	return a.answered("open", c)
}

// isLate reports whether the deadline of a call is over: what was not sent until then is not
// sent at all.
func (a *agency) isLate(called time.Time) bool { return a.clock.Now().Sub(called) > 30*time.Second }

// answered is the answer, unless it is lost.
func (a *agency) answered(method string, c *agencyCase) (selfcheck.CaseState, error) {
	state, lost := c.state, a.schedule.fails()
	a.schedule.say("%s %s %s lost %t", method, state.Number, state.Stage, lost)
	a.schedule.yield()
	if lost {
		return selfcheck.CaseState{}, errFault
	}
	return state, nil
}

func (a *agency) call(method string, number selfcheck.CaseNumber, act func(*agencyCase)) (selfcheck.CaseState, error) {
	called := a.clock.Now()
	a.schedule.yield()
	if a.schedule.fails() || a.isLate(called) {
		return selfcheck.CaseState{}, errFault
	}
	c := a.find(func(c *agencyCase) bool { return c.state.Number == number })
	if c == nil {
		return selfcheck.CaseState{}, selfcheck.ErrNotFound
	}
	act(c)
	return a.answered(method, c)
}

func (a *agency) Submit(_ context.Context, number selfcheck.CaseNumber, query selfcheck.Query) (selfcheck.CaseState, error) {
	return a.call("submit", number, func(c *agencyCase) {
		switch {
		case c.state.Stage == selfcheck.StageDraft && a.confirm:
			c.state.Stage, c.state.Confirm = selfcheck.StageUnconfirmed, []selfcheck.Field{selfcheck.FieldPassportNumber}
		case c.state.Stage == selfcheck.StageDraft, c.state.Stage == selfcheck.StageUnconfirmed:
			c.state.Confirm = nil
			a.decide(c)
		default:
			return
		}
		c.given = append(c.given, query)
	})
}

func (a *agency) decide(c *agencyCase) {
	switch a.schedule.random.IntN(4) {
	case 0:
		c.state.Stage = selfcheck.StageWaiting
	case 1:
		c.state.Stage, c.state.Findings = selfcheck.StageMismatch, selfcheck.Findings{SSA: true}
	case 2:
		c.state.Stage, c.state.Findings = selfcheck.StageMismatch, selfcheck.Findings{DHS: true}
	default:
		c.state.Stage, c.state.Findings = selfcheck.StageAuthorized, selfcheck.Findings{}
	}
}

func (a *agency) State(_ context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	return a.call("state", number, func(c *agencyCase) {
		switch {
		case c.state.Stage == selfcheck.StageWaiting:
			a.decide(c)
		case c.state.Stage == selfcheck.StageReferred && a.schedule.random.IntN(2) == 0:
			c.state.Stage, c.state.Findings = selfcheck.StageAuthorized, selfcheck.Findings{}
		}
	})
}

func (a *agency) Refer(_ context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	return a.call("refer", number, func(c *agencyCase) {
		if c.state.Stage == selfcheck.StageMismatch {
			c.state.Stage = selfcheck.StageReferred
		}
	})
}

func (a *agency) Close(_ context.Context, number selfcheck.CaseNumber, _ selfcheck.ClosureReason) error {
	_, err := a.call("close", number, func(c *agencyCase) {
		c.state.Stage, c.closed = selfcheck.StageClosed, c.closed+1
	})
	return err
}

// SC-11: two tabs, another process, the sweep and staff, at any pace, over ports that fail: no
// case stays open.
func TestSC11_NoCaseStaysOpenWhoeverDoesWhatAndWhen(t *testing.T) {
	for seed := range uint64(interleavings) {
		interleave(t, seed)
	}
}

const interleavings = 300

func interleave(t *testing.T, seed uint64) {
	t.Helper()
	s := &schedule{random: rand.New(rand.NewPCG(seed, 1))}
	everify := &agency{schedule: s, confirm: s.random.IntN(2) == 0}
	db := memory.New()
	store := yieldingStore{db.SelfChecks(), s}
	everify.clock = selfchecktest.NewClock("2013-08-15T14:30:00Z")
	check := selfchecktest.NewSelfCheck(store, func(c *selfchecktest.SelfCheck) { c.EVerify = everify })
	_, err := check.Prove(t.Context(), token, shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	everify.clock = check.Clock
	s.faults = s.random.IntN(3) > 0
	ctx := t.Context()
	mended := func(last string) selfcheck.I9 {
		return selfchecktest.NewI9(func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal("51280346" + last) })
	}
	individual := func(last string) func() {
		return func() {
			for range 4 {
				switch s.random.IntN(6) {
				case 0, 1:
					_, _ = check.Query(ctx, token, selfchecktest.NewI9())
				case 2:
					_, _ = check.Confirm(ctx, token, mended(last))
				case 3:
					_, _ = check.Look(ctx, token)
				case 4:
					_, _ = check.Resolve(ctx, token, []selfcheck.Choice{selfcheck.Resolve, selfcheck.Decline}[s.random.IntN(2)])
				case 5:
					if s.random.IntN(3) == 0 {
						_ = check.End(ctx, token)
					}
				}
			}
		}
	}
	staff := selfcheck.Official{ID: "settler-1", Duties: []selfcheck.Duty{selfcheck.DutySettle}}
	acts := map[string]func(){
		"first": func() {
			_, _ = check.Query(ctx, token, selfchecktest.NewI9())
			individual("1")()
		},
		"second": individual("2"), "third": individual("3"),
		"sweep": func() {
			for range 4 {
				_, _ = check.Sweep(ctx)
			}
		},
	}
	if s.random.IntN(3) == 0 {
		acts["staff"] = func() {
			for range 3 {
				switch s.random.IntN(3) {
				case 0:
					_ = check.SettleFound(ctx, staff, id, selfchecktest.CaseNumber(1+s.random.IntN(2)))
				case 1:
					_ = check.SettleNotOpened(ctx, staff, id)
				case 2:
					_ = check.Unsettle(ctx, staff, id)
				}
			}
		}
	}
	s.run(func() {
		switch s.random.IntN(24) {
		case 0:
			check.Clock.Advance(2 * time.Minute)
		case 1:
			check.Clock.Advance(31 * time.Second)
		case 2:
			if s.random.IntN(4) == 0 {
				check.Clock.Advance(25 * time.Hour)
			}
		}
	}, acts)
	s.say("end")
	record, _ := store.Record(ctx, id) // none is on record of a pass that was not used
	isSettled := record.Query.Closure == selfcheck.ClosedNotOpened
	if isSettled {
		check.Clock.Advance(time.Second)
		require.NoError(t, check.Unsettle(ctx, staff, id))
	}
	for range 5 {
		check.Clock.Advance(31 * 24 * time.Hour)
		_, err := check.Sweep(ctx)
		require.NoError(t, err)
	}
	record, err = store.Record(ctx, id)
	if !errors.Is(err, selfcheck.ErrNotFound) {
		require.NoError(t, err)
	}
	what := fmt.Sprintf("seed %d\n%s", seed, strings.Join(s.log, "\n"))
	require.False(t, record.Query.IsOpen(), what)
	for _, c := range everify.cases {
		require.Equal(t, selfcheck.StageClosed, c.state.Stage, what)
	}
	events, err := db.Outbox().Pending(ctx, 0)
	require.NoError(t, err)
	closings := 0
	for _, event := range events {
		require.False(t, closings > 0 && event.Type == selfcheck.EventResultKnown, what)
		if event.Type == selfcheck.EventCaseClosed {
			closings++
		}
	}
	require.LessOrEqual(t, closings, 1, what)
	if record.Query.Case == "" {
		return
	}
	c := everify.find(func(c *agencyCase) bool { return c.state.Number == record.Query.Case })
	last := c.given[len(c.given)-1].PassportNumber.Reveal()
	isConfirmed := last != selfchecktest.NewI9().PassportNumber.Reveal()
	require.False(t, isConfirmed && last != record.Query.Query.PassportNumber.Reveal(), "given another query than is on record: "+what)
}
