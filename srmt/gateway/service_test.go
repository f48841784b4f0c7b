package gateway_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/dev/planted"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

var _ gateway.Representatives = (*srmt.Service)(nil)

// pending is a case about which callers call.
var pending = casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Filed, c.Form = cris.MustParseDate("2013-01-10"), "I-130" })

// center is a call center with two representatives, over a memory.
type center struct {
	*gateway.Service
	t        *testing.T
	db       *memory.DB
	clock    *gatewaytest.Clock
	requests *erequest.Service
}

func newCenter(t *testing.T) *center {
	t.Helper()
	c := &center{t: t, db: memory.New(), clock: gatewaytest.NewClock("2013-08-20T16:00:00.123456Z")}
	require.NoError(t, casestatustest.PutCase(t.Context(), c.db.Cases(), pending))
	c.requests = erequest.NewService(c.db.ERequests(), c.db.Cases(), nil, &erequest.Options{Now: c.clock.Now, Policy: &erequest.Policy{}})
	c.over(c.db.Calls(), c.requests)
	return c
}

// over runs the center over other ports.
func (c *center) over(calls gateway.Calls, requests gateway.Requests) {
	c.Service = gateway.NewService(calls, gatewaytest.Roster{"rep-1", "rep-2"}, requests, &gateway.Options{Now: c.clock.Now, NewID: gatewaytest.IDs("call-")})
}

func newCall() gateway.NewCall {
	return gateway.NewCall{By: "rep-1", Script: "typographical-error", Language: cris.English, Statement: erequest.Statements()[0].Edition}
}

// conducted is a call that a representative conducts on file.
type conducted struct {
	*center
	id   string
	call gateway.Call
}

func (c *center) start() *conducted {
	c.t.Helper()
	result, err := c.Start(c.t.Context(), newCall())
	require.NoError(c.t, err)
	require.Equal(c.t, gateway.Allowed, result.Outcome, "%v", result.Reasons)
	return &conducted{c, result.CallID, result.Call}
}

func (c *conducted) act() gateway.Act {
	return gateway.Act{CallID: c.id, By: c.call.By, Seen: c.call.Version}
}

// must takes the result of an act that is allowed.
func (c *conducted) must(result gateway.Result, err error) {
	c.t.Helper()
	require.NoError(c.t, err)
	require.Equal(c.t, gateway.Allowed, result.Outcome, "%v", result.Reasons)
	require.Equal(c.t, c.call.Version+1, result.Step.Seq)
	require.Equal(c.t, c.id, result.CallID)
	c.call = result.Call
	onFile, err := c.Call(c.t.Context(), c.call.By, c.id)
	require.NoError(c.t, err)
	require.True(c.t, onFile == c.call, "the call that is returned is the one on file")
}

func (c *conducted) showAndRead() {
	c.t.Helper()
	c.must(c.Show(c.t.Context(), c.act(), c.call.Next))
	for c.call.ToRead() > 0 {
		c.must(c.Read(c.t.Context(), c.act(), c.call.ToRead()))
	}
}

func (c *conducted) say(said gateway.Said) {
	c.t.Helper()
	c.must(c.Say(c.t.Context(), c.act(), said))
}

// ended comes to the end of the script, with what the caller said on the way.
func (c *center) ended(said gateway.Said) *conducted {
	c.t.Helper()
	call := c.start()
	call.showAndRead()
	call.say(said)
	walk := conversation{t: c.t, library: gateway.DefaultLibrary(), call: call.call}
	var err error
	walk.history, err = c.History(c.t.Context(), call.call.By, call.id)
	require.NoError(c.t, err)
	walk.walkTo(c.t, gateway.OpenRequest)
	for _, step := range walk.history[call.call.Version:] {
		switch step.Kind {
		case gateway.StepChosen:
			call.must(c.Choose(c.t.Context(), call.act(), step.Choice))
		case gateway.StepShown:
			call.must(c.Show(c.t.Context(), call.act(), step.Node))
		default:
			call.must(c.Read(c.t.Context(), call.act(), step.Block))
		}
	}
	call.must(c.End(c.t.Context(), call.act()))
	return call
}

func everythingSaid() gateway.Said {
	return gateway.Said{Screening: erequesttest.NewScreening(pending), Details: erequesttest.NewDetails(erequest.TypographicalError)}
}

func (c *center) filed() []erequest.Entry {
	c.t.Helper()
	entries, err := c.db.ERequests().Entries(c.t.Context(), pending.Receipt)
	require.NoError(c.t, err)
	return entries
}

func (c *conducted) kinds() (kinds []gateway.StepKind) {
	c.t.Helper()
	history, err := c.db.Calls().History(c.t.Context(), c.id)
	require.NoError(c.t, err)
	for _, step := range history {
		kinds = append(kinds, step.Kind)
	}
	return kinds
}

func codes(reasons []cris.Reason) (codes []cris.Code) {
	for _, reason := range reasons {
		codes = append(codes, reason.Code)
	}
	return codes
}

func TestGW1_ACallOnFileOpensARequest(t *testing.T) {
	c := newCenter(t)
	call := c.ended(everythingSaid())
	require.Equal(t, gateway.End{Kind: gateway.OpenRequest, Issue: erequest.TypographicalError}, call.call.End)

	opened, err := c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, gateway.Allowed, opened.Outcome, "%v %v", opened.Reasons, opened.Filing.Reasons)
	require.Equal(t, erequest.Accepted, opened.Filing.Outcome)
	require.Equal(t, gateway.StepOpened, opened.Step.Kind)
	require.Equal(t, opened.Filing.Request.ID, opened.Call.RequestID)
	require.Equal(t, erequest.Telephone, opened.Filing.Request.Channel)
	require.True(t, strings.HasPrefix(opened.Filing.Request.Key, call.id+"/"), "the request leads to the call")

	again, err := c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, gateway.AlreadyDone, again.Outcome)
	require.Equal(t, []cris.Code{"gateway.done_before"}, codes(again.Reasons))
	require.Equal(t, opened.Step, again.Step)
	require.Zero(t, again.Filing)
	require.Len(t, c.filed(), 1)
	history, err := c.History(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, opened.Step, history[len(history)-1])
	require.Equal(t, gateway.StepSubmitted, history[len(history)-2].Kind)
}

func TestGW1_StartKeepsTheScriptOfToday(t *testing.T) {
	c := newCenter(t)
	c.clock.Set("2013-08-15T03:59:59Z") // August 14 in the agency's zone: no script is in force
	result, err := c.Start(t.Context(), newCall())
	require.NoError(t, err)
	require.Equal(t, gateway.Refused, result.Outcome)
	require.Equal(t, []cris.Code{"gateway.script_not_in_force"}, codes(result.Reasons))
	require.Empty(t, result.CallID)
	c.clock.Set("2013-08-15T04:00:00Z")
	call := c.start()
	require.Equal(t, "call-2", call.id)
	require.Equal(t, srmt.StaffID("rep-1"), call.call.By)
	require.Equal(t, cris.MustParseDate("2013-08-15"), call.call.Script.Edition())

	utc := gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, nil, &gateway.Options{Now: gatewaytest.NewClock("2013-08-15T00:00:00Z").Now, Zone: time.UTC})
	result, err = utc.Start(t.Context(), newCall())
	require.NoError(t, err)
	require.Equal(t, gateway.Allowed, result.Outcome)
	require.Len(t, result.CallID, 36, "a UUID")
	none := gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, nil, &gateway.Options{Library: &gateway.Library{}})
	result, err = none.Start(t.Context(), newCall())
	require.NoError(t, err)
	require.Equal(t, gateway.Refused, result.Outcome)
}

// A start whose result was lost is given again, and counts once.
func TestSR11_AStartCountsOnceUnderItsKey(t *testing.T) {
	c := newCenter(t)
	start := newCall()
	start.Key = "key"
	first, err := c.Start(t.Context(), start)
	require.NoError(t, err)
	require.Equal(t, gateway.Allowed, first.Outcome)
	c.clock.Advance(time.Minute)
	again, err := c.Start(t.Context(), start)
	require.NoError(t, err)
	require.Equal(t, gateway.AlreadyDone, again.Outcome)
	require.Equal(t, first.CallID, again.CallID)
	require.Equal(t, first.Step, again.Step)
	require.True(t, first.Call == again.Call)

	call := &conducted{c, first.CallID, first.Call}
	call.showAndRead()
	again, err = c.Start(t.Context(), start)
	require.NoError(t, err)
	require.Equal(t, gateway.AlreadyDone, again.Outcome)
	require.True(t, call.call == again.Call, "as it stands now")

	start.Language = cris.Spanish
	other, err := c.Start(t.Context(), start)
	require.NoError(t, err)
	require.Equal(t, gateway.Overtaken, other.Outcome)
	require.Equal(t, first.CallID, other.CallID)

	start.By = "rep-2" // whose key that is too
	theirs, err := c.Start(t.Context(), start)
	require.NoError(t, err)
	require.Equal(t, gateway.Allowed, theirs.Outcome)
	require.NotEqual(t, first.CallID, theirs.CallID)

	start.Key = ""
	for range 2 {
		result, err := c.Start(t.Context(), start)
		require.NoError(t, err)
		require.Equal(t, gateway.Allowed, result.Outcome)
	}
}

func TestSR11_AnActIsDoneOnTheVersionThatWasSeen(t *testing.T) {
	c := newCenter(t)
	call := c.start()
	act := call.act()
	call.must(c.Show(t.Context(), act, call.call.Next))
	shown, err := c.Show(t.Context(), act, call.call.Node)
	require.NoError(t, err)
	require.Equal(t, gateway.AlreadyDone, shown.Outcome)
	require.Equal(t, 2, shown.Step.Seq)
	require.True(t, call.call == shown.Call)
	for name, test := range map[string]struct {
		result gateway.Result
		err    error
	}{
		"another node":   second(c.Show(t.Context(), act, "other")),
		"another act":    second(c.BreakOff(t.Context(), act)),
		"not yet there":  second(c.Read(t.Context(), gateway.Act{CallID: call.id, By: "rep-1", Seen: 3}, 1)),
		"before it was":  second(c.Read(t.Context(), gateway.Act{CallID: call.id, By: "rep-1"}, 1)),
		"negative":       second(c.Read(t.Context(), gateway.Act{CallID: call.id, By: "rep-1", Seen: -1}, 1)),
		"what said then": second(c.Say(t.Context(), act, someForm)),
	} {
		require.NoError(t, test.err, name)
		require.Equal(t, gateway.Overtaken, test.result.Outcome, name)
		require.Equal(t, []cris.Code{"gateway.call_went_on"}, codes(test.result.Reasons), name)
		require.Zero(t, test.result.Step, name)
		require.True(t, call.call == test.result.Call, name)
	}
	refused, err := c.Choose(t.Context(), call.act(), "other")
	require.NoError(t, err)
	require.Equal(t, gateway.Refused, refused.Outcome)
	require.Equal(t, []cris.Code{"gateway.choice_not_here", "gateway.blocks_unread"}, codes(refused.Reasons))
	require.True(t, call.call == refused.Call)
	require.Len(t, call.kinds(), 2)
	call.must(c.BreakOff(t.Context(), call.act()))
}

func second(result gateway.Result, err error) struct {
	result gateway.Result
	err    error
} {
	return struct {
		result gateway.Result
		err    error
	}{result, err}
}

// everything is each thing that can be done with a call that has started.
func (c *center) everything(by srmt.StaffID, id string, seen int) map[string]error {
	c.t.Helper()
	ctx, act := c.t.Context(), gateway.Act{CallID: id, By: by, Seen: seen}
	errs := map[string]error{}
	note := func(name string, result gateway.Result, err error) {
		require.Zero(c.t, result, name)
		errs[name] = err
	}
	result, err := c.Show(ctx, act, "greeting")
	note("show", result, err)
	result, err = c.Read(ctx, act, 1)
	note("read", result, err)
	result, err = c.Choose(ctx, act, "receipt")
	note("choose", result, err)
	result, err = c.Say(ctx, act, someForm)
	note("say", result, err)
	result, err = c.End(ctx, act)
	note("end", result, err)
	result, err = c.BreakOff(ctx, act)
	note("break off", result, err)
	opened, err := c.Open(ctx, by, id)
	note("open", opened.Result, err)
	call, err := c.Call(ctx, by, id)
	require.Zero(c.t, call)
	errs["call"] = err
	history, err := c.History(ctx, by, id)
	require.Empty(c.t, history)
	errs["history"] = err
	return errs
}

// A refusal does not tell whether there is such a call.
func TestPV3_ACallIsOpenToItsRepresentativeAlone(t *testing.T) {
	c := newCenter(t)
	call := c.ended(everythingSaid())
	for _, by := range []srmt.StaffID{"rep-2", "rep-3", "REP-1", "rep-1 ", "", "\x00", "\xff"} {
		for _, id := range []string{call.id, "unknown", "", "a\x00", "\xff"} {
			for _, seen := range []int{-1, 0, 1, call.call.Version} {
				for name, err := range c.everything(by, id, seen) {
					require.Equal(t, gateway.ErrDenied, err, name)
				}
			}
		}
	}
	for name, err := range c.everything("rep-1", "unknown", 0) {
		require.Equal(t, gateway.ErrDenied, err, name)
	}
	for _, by := range []srmt.StaffID{"rep-3", "", "\x00"} {
		start := newCall()
		start.By = by
		result, err := c.Start(t.Context(), start)
		require.Equal(t, gateway.ErrDenied, err, by)
		require.Zero(t, result)
		require.Equal(t, []error{gateway.ErrDenied}, errorsOf(c.CallsIn(t.Context(), by, cris.Period{}, gateway.CallPage{})))
	}
	require.Len(t, call.kinds(), call.call.Version)
}

// onDuty are representatives on one day.
type onDuty map[srmt.StaffID]cris.Date

func (d onDuty) IsRepresentative(_ context.Context, id srmt.StaffID, on cris.Date) (bool, error) {
	return d[id] == on, nil
}

func TestPV3_WhoIsNoLongerOnDutyDoesNothing(t *testing.T) {
	c := newCenter(t)
	duty := onDuty{"rep-1": cris.MustParseDate("2013-08-20")}
	c.Service = gateway.NewService(c.db.Calls(), duty, c.requests, &gateway.Options{Now: c.clock.Now})
	call := c.ended(everythingSaid())
	c.clock.Set("2013-08-21T03:59:59Z") // August 20 in the agency's zone
	_, err := c.Call(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	c.clock.Set("2013-08-21T04:00:00Z")
	for name, err := range c.everything("rep-1", call.id, call.call.Version) {
		require.ErrorIs(t, err, gateway.ErrDenied, name)
	}
	require.Empty(t, c.filed())
}

func TestGW1_ARepresentativeListsTheCallsOfADay(t *testing.T) {
	c := newCenter(t)
	var mine []string
	for _, at := range []string{"2013-08-20T03:59:59.999999Z", "2013-08-20T04:00:00Z", "2013-08-20T12:00:00Z", "2013-08-21T03:59:59.999999Z", "2013-08-21T04:00:00Z"} {
		c.clock.Set(at)
		mine = append(mine, c.start().id)
		theirs := newCall()
		theirs.By = "rep-2"
		_, err := c.Start(t.Context(), theirs)
		require.NoError(t, err)
	}
	list := func(day string, page gateway.CallPage) (ids []string) {
		var on cris.Period
		if day != "" {
			on.From = cris.MustParseDate(day)
			on.Until = on.From
		}
		for call, err := range c.CallsIn(t.Context(), "rep-1", on, page) {
			require.NoError(t, err)
			require.Equal(t, srmt.StaffID("rep-1"), call.By)
			ids = append(ids, call.ID)
		}
		return ids
	}
	require.Equal(t, mine[1:4], list("2013-08-20", gateway.CallPage{}))
	require.Equal(t, mine[2:3], list("2013-08-20", gateway.CallPage{Limit: 1, After: gateway.CallKey{Started: time.Date(2013, 8, 20, 4, 0, 0, 0, time.UTC), ID: mine[1]}}))
	require.Equal(t, mine[:1], list("2013-08-19", gateway.CallPage{}))
	require.Equal(t, mine[4:], list("2013-08-21", gateway.CallPage{}))
	require.Empty(t, list("2013-08-22", gateway.CallPage{}))
	require.Equal(t, mine, list("", gateway.CallPage{}))
	for call, err := range c.CallsIn(t.Context(), "rep-1", cris.Period{}, gateway.CallPage{}) {
		require.NoError(t, err)
		require.Equal(t, mine[0], call.ID)
		break
	}
	var malformed *cris.ParseError
	errs := errorsOf(c.CallsIn(t.Context(), "rep-1", cris.Period{}, gateway.CallPage{After: gateway.CallKey{ID: "\xff"}}))
	require.Len(t, errs, 1)
	require.ErrorAs(t, errs[0], &malformed)
}

func errorsOf(list iter.Seq2[gateway.Summary, error]) (errs []error) {
	for _, err := range list {
		errs = append(errs, err)
	}
	return errs
}

var errDown = errors.New("down")

// unknowing does not know the staff.
type unknowing struct{}

func (unknowing) IsRepresentative(context.Context, srmt.StaffID, cris.Date) (bool, error) {
	return true, errDown
}

func TestService_ErrorsSayWhatFailed(t *testing.T) {
	c := newCenter(t)
	call := c.ended(everythingSaid())
	down := map[string]bool{"update": true, "history": true, "list": true}
	c.over(&unreliable{Calls: c.db.Calls(), before: down}, c.requests)
	for name, err := range c.everything("rep-1", call.id, call.call.Version) {
		require.ErrorIs(t, err, errDown, name)
		require.ErrorContains(t, err, "gateway: ", name)
	}
	require.EqualError(t, errorsOf(c.CallsIn(t.Context(), "rep-1", cris.Period{}, gateway.CallPage{}))[0], "gateway: list calls: down")

	c.Service = gateway.NewService(c.db.Calls(), unknowing{}, c.requests, nil)
	for name, err := range c.everything("rep-1", call.id, call.call.Version) {
		require.EqualError(t, err, "gateway: look representative up: down", name)
	}

	c.Service = gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, c.requests, &gateway.Options{Now: func() time.Time { return time.Time{} }})
	for name, err := range c.everything("rep-1", call.id, call.call.Version) {
		require.ErrorIs(t, err, cris.ErrClock, name)
	}

	// The library lost the edition with which the call was held.
	c.Service = gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, c.requests, &gateway.Options{Library: &gateway.Library{}})
	for name, err := range c.everything("rep-1", call.id, call.call.Version) {
		var broken *gateway.HistoryError
		require.ErrorAs(t, err, &broken, name)
		require.Equal(t, 1, broken.Seq)
	}
	require.Len(t, call.kinds(), call.call.Version)
}

func TestSR11_ConflictsAreTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCenter(t)
		call := c.start()
		u := &unreliable{Calls: c.db.Calls(), conflicts: 4}
		c.over(u, c.requests)
		call.must(c.Show(t.Context(), call.act(), call.call.Next))
		require.Equal(t, 5, u.updates)
		u.conflicts = retry.DefaultPolicy().Tries
		_, err := c.BreakOff(t.Context(), call.act())
		require.ErrorIs(t, err, gateway.ErrConflict)
	})
}

func TestService_ReadsItsClockOnce(t *testing.T) {
	c := newCenter(t)
	call := c.ended(everythingSaid())
	read := 0
	c.Service = gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, c.requests, &gateway.Options{Now: func() time.Time { read++; return c.clock.Now() }})
	for name, act := range map[string]func() error{
		"start": func() error { _, err := c.Start(t.Context(), newCall()); return err },
		"say":   func() error { _, err := c.Say(t.Context(), call.act(), someForm); return err },
		"open":  func() error { _, err := c.Open(t.Context(), "rep-1", call.id); return err },
		"call":  func() error { _, err := c.Call(t.Context(), "rep-1", call.id); return err },
	} {
		read = 0
		require.NoError(t, act(), name)
		require.Equal(t, 1, read, name)
	}
}

// Nothing personal is in what a service says, nor in what a list tells.
func TestPV1_AServiceOfCallsTellsNothingPersonal(t *testing.T) {
	secrets := []string{"Zyxfamily", "zyx@mail", "07438", "Zyxprinted"}
	c := newCenter(t)
	call := c.ended(gateway.Said{
		Screening: erequest.Screening{Receipt: pending.Receipt, MailingZIP: cris.NewPersonal(cris.MustParseZIP("07438"))},
		Details: erequest.Details{
			Name: planted.Name("Zyxfamily"), Contact: erequest.Contact{Email: cris.NewPersonal("zyx@mail.example")},
			Corrections: erequest.Corrections{Name: erequest.Correction{Printed: cris.NewPersonal("Zyxprinted")}},
		},
	})
	var out planted.Output
	opened, err := c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	out.Note(opened, opened.Call)
	for summary, err := range c.CallsIn(t.Context(), "rep-1", cris.Period{}, gateway.CallPage{}) {
		require.NoError(t, err)
		out.Note(summary)
	}
	call.call = opened.Call
	_, err = c.Say(t.Context(), call.act(), gateway.Said{Details: erequest.Details{Corrections: erequest.Corrections{Name: erequest.Correction{Printed: cris.NewPersonal("Zyxprinted\x00")}}}})
	require.Error(t, err)
	out.Note(err)
	c.Service = gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, c.requests, &gateway.Options{Library: &gateway.Library{}})
	for _, err := range c.everything("rep-1", call.id, call.call.Version) {
		require.Error(t, err)
		out.Note(err)
	}
	require.True(t, out.Has(cris.Redacted))
	require.Empty(t, out.Leaked(secrets))
}
