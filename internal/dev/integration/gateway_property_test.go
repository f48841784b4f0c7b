package integration_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

// phones is all that a call center needs, over all runs of a test.
type phones struct {
	calls    gateway.Calls
	requests erequest.Store
	cases    casestatus.Cases
	runs     int // identifiers are never used twice
}

// Whatever two representatives do in their calls, in whatever order, however late, and whichever
// result is lost: each act ends as a few lines of bookkeeping predict, no step is lost or counted
// twice, and a call opens one request at most, to which it leads.
func TestSR11_AModelOfCallsHolds(t *testing.T) {
	check := func(t *testing.T, p *phones) {
		t.Helper()
		rapid.Check(t, func(t *rapid.T) { t.Repeat(rapid.StateMachineActions(newSwitchboard(t, p))) })
	}
	t.Run("Memory", func(t *testing.T) {
		db := memory.New()
		check(t, &phones{calls: db.Calls(), requests: db.ERequests(), cases: db.Cases()})
	})
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		db := open(t)
		check(t, &phones{calls: db.Calls(), requests: db.ERequests(), cases: db.Cases()})
	})
}

// losing fails at one of the next uses of its ports, as a connection does that is cut: before or
// after what is asked for is done.
type losing struct {
	gateway.Calls
	gateway.Requests
	in    int // uses until it fails, from 1; 0 for never
	after bool
}

var errCut = errors.New("cut")

// use runs one use of a port.
func (l *losing) use(do func() error) error {
	l.in--
	isCut := l.in == 0
	if isCut && !l.after {
		return errCut
	}
	if err := do(); !isCut {
		return err
	}
	return errCut
}

func (l *losing) Update(ctx context.Context, id string, decide func([]gateway.Step) (gateway.Change, error)) error {
	return l.use(func() error { return l.Calls.Update(ctx, id, decide) })
}

func (l *losing) Submit(ctx context.Context, s erequest.Submission) (filing erequest.Filing, err error) {
	err = l.use(func() (err error) { filing, err = l.Requests.Submit(ctx, s); return err })
	return filing, err
}

// switchboard is two representatives with their calls, beside what should become of these.
type switchboard struct {
	*phones
	ports   *losing
	center  *gateway.Service
	library gateway.Library
	onFile  casestatus.Case
	calls   []*modelCall
}

// modelCall is what the model knows of a call with the script of the test.
type modelCall struct {
	id, key   string
	by        srmt.StaffID
	acts      []string // one for each step
	node      string   // what is shown
	next      string   // what comes next
	read      bool     // the one block of node
	isTold    bool     // the statement was read
	screening string   // what was said of the case last: right or wrong
	details   bool     // what is asked for about the person was said
	ended     string   // "request", or "broken off"
	submitted bool
	filed     bool // e-Request has the request
	opened    bool
}

var representatives = gatewaytest.Roster{"rep-1", "rep-2"}

// shortLibrary has a script of two nodes: one with the statement, which may come again, and one at which
// a request is opened.
func shortLibrary(t *rapid.T) gateway.Library {
	bilingual := func(text string) cris.Phrase { return cris.Phrase{English: text, Spanish: text + " en español"} }
	script, err := gateway.NewScript(gateway.Draft{
		ID: "short", Edition: cris.MustParseDate("2013-08-15"), Title: bilingual("Short"), Start: "ask",
		Nodes: []gateway.Node{
			{
				ID: "ask", Blocks: []gateway.Block{{Text: bilingual("Listen."), ReadAloud: true, Statement: true}},
				Choices: []gateway.Choice{{ID: "again", Text: bilingual("Again"), To: "ask"}, {ID: "on", Text: bilingual("On"), To: "open"}},
			},
			{
				ID: "open", Blocks: []gateway.Block{{Text: bilingual("Who are you?"), ReadAloud: true}},
				End: gateway.End{Kind: gateway.OpenRequest, Issue: erequest.TypographicalError},
			},
		},
	})
	require.NoError(t, err)
	library, err := gateway.NewLibrary(script)
	require.NoError(t, err)
	return library
}

func newSwitchboard(t *rapid.T, p *phones) *switchboard {
	p.runs++
	s := &switchboard{phones: p, library: shortLibrary(t)}
	s.onFile = casestatustest.NewPendingCase(p.runs, func(c *casestatus.Case) { c.Filed, c.Form = cris.MustParseDate("2013-01-10"), "I-130" })
	require.NoError(t, casestatustest.PutCase(t.Context(), p.cases, s.onFile))
	s.ports = &losing{Calls: p.calls, Requests: erequest.NewService(p.requests, p.cases, nil, &erequest.Options{Now: afternoon})}
	s.center = gateway.NewService(s.ports, representatives, s.ports, &gateway.Options{Now: afternoon, Library: &s.library})
	return s
}

// mayCut lets a use of the ports fail, once in a while.
func (s *switchboard) mayCut(t *rapid.T, uses int) {
	s.ports.in, s.ports.after = 0, rapid.Bool().Draw(t, "cut after it is done")
	if rapid.IntRange(0, 3).Draw(t, "is cut") == 0 {
		s.ports.in = rapid.IntRange(1, uses).Draw(t, "cut at use")
	}
}

// someone is mostly the representative of the call.
func someone(t *rapid.T, of *modelCall) srmt.StaffID {
	if rapid.IntRange(0, 9).Draw(t, "somebody else") == 9 {
		return rapid.SampledFrom([]srmt.StaffID{"rep-1", "rep-2", "rep-3"}).Draw(t, "by")
	}
	return of.by
}

func (s *switchboard) one(t *rapid.T) *modelCall {
	if len(s.calls) == 0 {
		t.Skip("no call yet")
	}
	return rapid.SampledFrom(s.calls).Draw(t, "call")
}

// Start starts a call.
func (s *switchboard) Start(t *rapid.T) {
	if len(s.calls) == 3 {
		t.Skip("enough calls")
	}
	c := &modelCall{key: fmt.Sprintf("run %d call %d", s.runs, len(s.calls)), by: representatives[len(s.calls)%2]}
	s.mayCut(t, 1)
	isCut, isDone := s.ports.in == 1, s.ports.in != 1 || s.ports.after
	result, err := s.start(t, c, c.by)
	if isCut {
		require.ErrorIs(t, err, errCut)
		s.ports.in = 0
		result, err = s.start(t, c, c.by)
	}
	require.NoError(t, err)
	require.Equal(t, map[bool]gateway.Outcome{false: gateway.Allowed, true: gateway.AlreadyDone}[isCut && isDone], result.Outcome)
	c.id, c.acts, c.next = result.CallID, []string{"start"}, "ask"
	s.calls = append(s.calls, c)
}

// StartAgain gives a start again, perhaps as somebody who is no representative.
func (s *switchboard) StartAgain(t *rapid.T) {
	c := s.one(t)
	s.ports.in = 0
	result, err := s.start(t, c, c.by)
	require.NoError(t, err)
	require.Equal(t, gateway.AlreadyDone, result.Outcome)
	require.Equal(t, c.id, result.CallID)
	require.Equal(t, len(c.acts), result.Call.Version)
	_, err = s.start(t, c, "rep-3")
	require.ErrorIs(t, err, gateway.ErrDenied)
}

func (s *switchboard) start(t *rapid.T, c *modelCall, by srmt.StaffID) (gateway.Result, error) {
	return s.center.Start(t.Context(), gateway.NewCall{Key: c.key, By: by, Script: "short", Statement: erequest.Statements()[0].Edition})
}

// said is what a caller says in the words of the model.
func (s *switchboard) said(act string) (said gateway.Said) {
	switch act {
	case "say right":
		said.Screening = erequesttest.NewScreening(s.onFile)
	case "say wrong":
		said.Screening.DateFiled = s.onFile.Filed.AddDays(1)
	case "say who":
		said.Details = erequesttest.NewDetails(erequest.TypographicalError)
	}
	return said
}

// run carries an act out.
func (s *switchboard) run(ctx context.Context, act string, on gateway.Act) (gateway.Result, error) {
	switch act {
	case "show ask":
		return s.center.Show(ctx, on, "ask")
	case "show open":
		return s.center.Show(ctx, on, "open")
	case "read":
		return s.center.Read(ctx, on, 1)
	case "choose again":
		return s.center.Choose(ctx, on, "again")
	case "choose on":
		return s.center.Choose(ctx, on, "on")
	case "end":
		return s.center.End(ctx, on)
	case "break off":
		return s.center.BreakOff(ctx, on)
	}
	return s.center.Say(ctx, on, s.said(act))
}

// acts are drawn more often the more often they stand here.
var acts = []string{
	"show ask", "show ask", "show open", "show open", "read", "read", "read", "read", "choose again", "choose on", "choose on", "choose on",
	"say right", "say right", "say wrong", "say who", "say who", "say nothing", "end", "end", "end", "break off",
}

// take enters the act in the model, if it may be done.
func (c *modelCall) take(act string) bool {
	after, goesOn := *c, c.ended == ""
	may := false
	switch act {
	case "show ask", "show open":
		may = goesOn && act == "show "+c.next
		after.node, after.next, after.read = c.next, "", false
	case "read":
		may = goesOn && c.node != ""
		after.read, after.isTold = true, c.isTold || c.node == "ask"
	case "choose again", "choose on":
		may = goesOn && c.node == "ask" && c.read
		after.node, after.next = "", map[string]string{"choose again": "ask", "choose on": "open"}[act]
	case "say right", "say wrong", "say who":
		may = c.isTold && (goesOn || c.ended == "request" && !c.submitted && !c.opened)
		after.details = c.details || act == "say who"
		if act != "say who" {
			after.screening = act
		}
	case "end":
		may = goesOn && c.node == "open" && c.read
		after.ended = "request"
	case "break off":
		may = goesOn
		after.ended = "broken off"
	}
	if may {
		after.acts = append(slices.Clone(c.acts), act)
		*c = after
	}
	return may
}

// Act does something in a call, mostly on its present version.
func (s *switchboard) Act(t *rapid.T) {
	c := s.one(t)
	act, by, seen := rapid.SampledFrom(acts).Draw(t, "act"), someone(t, c), len(c.acts)
	if rapid.IntRange(0, 4).Draw(t, "late") == 4 {
		seen = rapid.IntRange(-1, len(c.acts)+1).Draw(t, "seen")
	}
	s.act(t, c, act, by, seen)
}

// GoOn does some of what brings a call to its request.
func (s *switchboard) GoOn(t *rapid.T) {
	c := s.one(t)
	says := rapid.IntRange(0, 2).Draw(t, "says what is asked for") > 0
	for range rapid.IntRange(1, 9).Draw(t, "acts") {
		act := "end"
		switch {
		case c.ended == "" && c.node == "":
			act = "show " + c.next
		case c.ended == "" && !c.read:
			act = "read"
		case says && c.screening != "say right":
			act = "say right"
		case says && !c.details:
			act = "say who"
		case c.ended != "":
			return
		case c.node == "ask":
			act = "choose on"
		}
		s.act(t, c, act, c.by, len(c.acts))
	}
}

// ActAgain repeats what was done before, or does what is like it.
func (s *switchboard) ActAgain(t *rapid.T) {
	c := s.one(t)
	seen := rapid.IntRange(0, len(c.acts)-1).Draw(t, "seen")
	if !slices.Contains(acts, c.acts[seen]) {
		t.Skip("that was no act of this kind")
	}
	word, _, _ := strings.Cut(c.acts[seen], " ")
	like := []string{c.acts[seen]}
	for _, act := range acts {
		if strings.HasPrefix(act, word) {
			like = append(like, act)
		}
	}
	s.act(t, c, rapid.SampledFrom(like).Draw(t, "act"), c.by, seen)
}

func (s *switchboard) act(t *rapid.T, c *modelCall, act string, by srmt.StaffID, seen int) {
	s.mayCut(t, 1)
	isCut, isLost := s.ports.in == 1, s.ports.in == 1 && !s.ports.after
	result, err := s.run(t.Context(), act, gateway.Act{CallID: c.id, By: by, Seen: seen})
	if by == "rep-3" {
		require.ErrorIs(t, err, gateway.ErrDenied)
		return
	}
	want := gateway.Overtaken
	switch {
	case isLost:
	case by != c.by:
		want = ""
	case seen == len(c.acts) && c.take(act):
		want = gateway.Allowed
	case seen == len(c.acts):
		want = gateway.Refused
	case seen > 0 && seen < len(c.acts) && c.acts[seen] == act:
		want = gateway.AlreadyDone
	}
	switch {
	case isCut:
		require.ErrorIs(t, err, errCut)
	case want == "":
		require.ErrorIs(t, err, gateway.ErrDenied)
	default:
		require.NoError(t, err)
		require.Equal(t, want, result.Outcome, "%s on %d of %+v: %v", act, seen, *c, result.Reasons)
		require.Equal(t, len(c.acts), result.Call.Version)
	}
}

// Open opens the request of a call, and may be cut at each use of a port.
func (s *switchboard) Open(t *rapid.T) {
	c := s.one(t)
	for _, other := range s.calls { // mostly one that can be opened
		if other.ended == "request" && !other.opened && rapid.IntRange(0, 3).Draw(t, "that has come to it") > 0 {
			c = other
		}
	}
	by := someone(t, c)
	s.mayCut(t, 3)
	cut, isDone := s.ports.in, s.ports.after
	opened, err := s.center.Open(t.Context(), by, c.id)
	if by == "rep-3" {
		require.ErrorIs(t, err, gateway.ErrDenied)
		return
	}
	want, uses := s.opening(c, by, cut, isDone)
	switch {
	case cut > 0 && cut <= uses:
		require.ErrorIs(t, err, errCut)
	case want == "":
		require.ErrorIs(t, err, gateway.ErrDenied)
	default:
		require.NoError(t, err)
		require.Equal(t, want, opened.Outcome, "%+v: %v %v", *c, opened.Reasons, opened.Filing.Reasons)
		require.Equal(t, len(c.acts), opened.Call.Version)
	}
}

// opening enters an opening in the model, and returns how it ends and how many ports it uses if it
// is not cut.
func (s *switchboard) opening(c *modelCall, by srmt.StaffID, cut int, isDone bool) (want gateway.Outcome, uses int) {
	happens := func(use int) bool { return cut == 0 || use < cut || use == cut && isDone }
	switch {
	case by != c.by:
		return "", 1
	case c.opened:
		return gateway.AlreadyDone, 1
	case c.ended != "request":
		return gateway.Refused, 1
	}
	if !c.submitted && happens(1) {
		c.submitted, c.acts = true, append(c.acts, "submitted")
	}
	isRight := c.screening == "say right" && c.details
	if happens(2) && (cut != 1) {
		c.filed = c.filed || isRight
	}
	want = gateway.Refused
	if isRight {
		want = gateway.Allowed
	}
	if cut == 1 || cut == 2 || !happens(3) {
		return want, 3
	}
	c.submitted = false
	if c.opened = isRight; isRight {
		c.acts = append(c.acts, "opened")
	} else {
		c.acts = append(c.acts, "returned")
	}
	return want, 3
}

// kindOf is the step that an act of the model leaves.
func kindOf(act string) gateway.StepKind {
	return map[string]gateway.StepKind{
		"start": gateway.StepStarted, "show ask": gateway.StepShown, "show open": gateway.StepShown, "read": gateway.StepRead,
		"choose again": gateway.StepChosen, "choose on": gateway.StepChosen, "say right": gateway.StepSaid, "say wrong": gateway.StepSaid,
		"say who": gateway.StepSaid, "end": gateway.StepEnded, "break off": gateway.StepBrokenOff,
		"submitted": gateway.StepSubmitted, "returned": gateway.StepReturned, "opened": gateway.StepOpened,
	}[act]
}

// Check is run after each step: what is on file is what the model has.
func (s *switchboard) Check(t *rapid.T) {
	filed, err := s.requests.Entries(t.Context(), s.onFile.Receipt)
	require.NoError(t, err)
	requestIDs := map[string]bool{}
	for _, entry := range filed {
		requestIDs[entry.ID] = true
	}
	listed := map[string]gateway.Summary{}
	for summary, err := range s.phones.calls.List(t.Context(), gateway.CallQuery{From: afternoon()}) {
		require.NoError(t, err)
		listed[summary.ID] = summary
	}
	want := 0
	for _, c := range s.calls {
		history, err := s.phones.calls.History(t.Context(), c.id)
		require.NoError(t, err)
		require.Len(t, history, len(c.acts), "%v", c.acts)
		for i, step := range history {
			require.Equal(t, kindOf(c.acts[i]), step.Kind)
		}
		call, err := gateway.Replay(s.library, history)
		require.NoError(t, err)
		require.Equal(t, c.by, call.By)
		require.Equal(t, c.submitted, call.Submitted > 0)
		require.Equal(t, c.opened, call.RequestID != "")
		require.Equal(t, c.ended != "", !listed[c.id].Ended.IsZero())
		require.Equal(t, call.RequestID, listed[c.id].RequestID)
		require.Equal(t, len(c.acts), listed[c.id].Version)
		if c.filed {
			want++
		}
		if c.opened {
			require.True(t, requestIDs[call.RequestID], "the call leads to its request, which is no other's")
			delete(requestIDs, call.RequestID)
		}
	}
	require.Len(t, filed, want)
}
