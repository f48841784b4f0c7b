package gateway_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

// What e-Request does not accept is corrected, and goes out under another key.
func TestSR1_WhatWasNotTakenIsPutRight(t *testing.T) {
	c := newCenter(t)
	said := everythingSaid()
	said.Screening.DateFiled = cris.MustParseDate("2013-01-11")
	said.Details.Contact = erequest.Contact{}
	call := c.ended(said)

	for range 2 { // a second try does not change the answer
		opened, err := c.Open(t.Context(), "rep-1", call.id)
		require.NoError(t, err)
		require.Equal(t, gateway.Refused, opened.Outcome)
		require.Equal(t, []cris.Code{"gateway.request_returned"}, codes(opened.Reasons))
		require.Equal(t, erequest.ScreenedOut, opened.Filing.Outcome)
		require.Zero(t, opened.Step)
		call.call = opened.Call
	}
	call.say(gateway.Said{Screening: erequest.Screening{DateFiled: pending.Filed}})
	opened, err := c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, gateway.Refused, opened.Outcome)
	require.Equal(t, erequest.Incomplete, opened.Filing.Outcome)
	call.call = opened.Call

	call.say(gateway.Said{Details: erequest.Details{Contact: everythingSaid().Details.Contact}})
	opened, err = c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, gateway.Allowed, opened.Outcome, "%v", opened.Filing.Reasons)
	require.Len(t, c.filed(), 1)
	kinds := call.kinds()
	require.Equal(t, []gateway.StepKind{
		gateway.StepEnded, gateway.StepSubmitted, gateway.StepReturned, gateway.StepSubmitted, gateway.StepReturned,
		gateway.StepSaid, gateway.StepSubmitted, gateway.StepReturned, gateway.StepSaid, gateway.StepSubmitted, gateway.StepOpened,
	}, kinds[slices.Index(kinds, gateway.StepEnded):])
	call.call = opened.Call
	refused, err := c.Say(t.Context(), call.act(), someForm)
	require.NoError(t, err)
	require.Equal(t, []cris.Code{"gateway.call_ended"}, codes(refused.Reasons))
}

func TestSR1_ACallThatDoesNotEndInARequestOpensNone(t *testing.T) {
	c := newCenter(t)
	call := c.start()
	opened, err := c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, gateway.Refused, opened.Outcome)
	require.Equal(t, []cris.Code{"gateway.call_goes_on"}, codes(opened.Reasons))
	call.must(c.BreakOff(t.Context(), call.act()))
	opened, err = c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, []cris.Code{"gateway.opens_no_request"}, codes(opened.Reasons))
	require.Zero(t, opened.Filing)
	require.Len(t, call.kinds(), 2)
}

// unreliable fails before or after what it does.
type unreliable struct {
	gateway.Calls
	gateway.Requests
	before, after      map[string]bool // by method
	during             func()          // runs after Submit
	conflicts, updates int
}

func (u *unreliable) failing(when map[string]bool, method string) error {
	if when[method] {
		return errDown
	}
	return nil
}

func (u *unreliable) Update(ctx context.Context, id string, decide func([]gateway.Step) (gateway.Change, error)) error {
	u.updates++
	if u.conflicts > 0 {
		u.conflicts--
		return gateway.ErrConflict
	}
	if err := u.failing(u.before, "update"); err != nil {
		return err
	}
	return errors.Join(u.Calls.Update(ctx, id, decide), u.failing(u.after, "update"))
}

func (u *unreliable) History(ctx context.Context, id string) ([]gateway.Step, error) {
	if err := u.failing(u.before, "history"); err != nil {
		return nil, err
	}
	return u.Calls.History(ctx, id)
}

func (u *unreliable) List(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
	if err := u.failing(u.before, "list"); err != nil {
		return func(yield func(gateway.Summary, error) bool) { yield(gateway.Summary{}, err) }
	}
	return u.Calls.List(ctx, query)
}

func (u *unreliable) Submit(ctx context.Context, submission erequest.Submission) (erequest.Filing, error) {
	if err := u.failing(u.before, "submit"); err != nil {
		return erequest.Filing{}, err
	}
	filing, err := u.Requests.Submit(ctx, submission)
	if u.during != nil {
		u.during()
	}
	if lost := u.failing(u.after, "submit"); lost != nil {
		return erequest.Filing{}, lost
	}
	return filing, err
}

// Wherever an opening is interrupted, calling it again leaves one request and one step.
func TestSR1_AnInterruptedOpeningIsTakenUpAgain(t *testing.T) {
	for name, interrupt := range map[string]func(u *unreliable){
		"before it is kept that it goes out": func(u *unreliable) { u.before["update"] = true },
		"after that":                         func(u *unreliable) { u.after["update"] = true },
		"before it goes out":                 func(u *unreliable) { u.before["submit"] = true },
		"after it was taken":                 func(u *unreliable) { u.after["submit"] = true },
		"before the answer is kept":          func(u *unreliable) { u.during = func() { u.before["update"] = true } },
		"after the answer was kept":          func(u *unreliable) { u.during = func() { u.after["update"] = true } },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCenter(t)
			call := c.ended(everythingSaid())
			u := &unreliable{Calls: c.db.Calls(), Requests: c.requests, before: map[string]bool{}, after: map[string]bool{}}
			c.over(u, u)
			interrupt(u)
			opened, err := c.Open(t.Context(), "rep-1", call.id)
			require.ErrorIs(t, err, errDown)
			require.Zero(t, opened)

			c.over(c.db.Calls(), c.requests)
			c.clock.Advance(25 * time.Hour)
			// Nothing else is said in between, where a request may be open already.
			present, err := c.Call(t.Context(), "rep-1", call.id)
			require.NoError(t, err)
			said, err := c.Say(t.Context(), gateway.Act{CallID: call.id, By: "rep-1", Seen: present.Version}, gateway.Said{Details: erequest.Details{ANumber: cris.MustParseANumber("A012345679")}})
			require.NoError(t, err)
			require.Equal(t, present.Submitted == 0 && present.RequestID == "", said.Outcome == gateway.Allowed)

			again, err := c.Open(t.Context(), "rep-1", call.id)
			require.NoError(t, err)
			require.NotEmpty(t, again.Call.RequestID)
			require.Contains(t, []gateway.Outcome{gateway.Allowed, gateway.AlreadyDone}, again.Outcome)
			filed := c.filed()
			require.Len(t, filed, 1)
			require.Equal(t, filed[0].ID, again.Call.RequestID)
			kinds := call.kinds()
			require.Equal(t, []gateway.StepKind{gateway.StepSubmitted, gateway.StepOpened}, kinds[len(kinds)-2:])
		})
	}
}

// Two windows open the request at once: whoever is later finds it.
func TestSR11_TwoOpeningsAtOnceCountOnce(t *testing.T) {
	c := newCenter(t)
	call := c.ended(everythingSaid())
	u := &unreliable{Calls: c.db.Calls(), Requests: c.requests}
	other := gateway.NewService(c.db.Calls(), gatewaytest.Roster{"rep-1"}, c.requests, &gateway.Options{Now: c.clock.Now})
	u.during = func() {
		u.during = nil
		opened, err := other.Open(t.Context(), "rep-1", call.id)
		require.NoError(t, err)
		require.Equal(t, gateway.Allowed, opened.Outcome)
		require.Equal(t, erequest.AlreadyAccepted, opened.Filing.Outcome)
	}
	c.over(u, u)
	opened, err := c.Open(t.Context(), "rep-1", call.id)
	require.NoError(t, err)
	require.Equal(t, gateway.AlreadyDone, opened.Outcome)
	require.Equal(t, erequest.Accepted, opened.Filing.Outcome)
	require.Len(t, c.filed(), 1)
}

// answers gives one answer after the other.
type answers []erequest.Filing

func (a *answers) Submit(context.Context, erequest.Submission) (erequest.Filing, error) {
	next := (*a)[0]
	*a = (*a)[1:]
	return next, nil
}

// Two windows open the request at once and get different answers.
func TestSR11_ARequestThatWasOpenedIsKept(t *testing.T) {
	no := erequest.Filing{Outcome: erequest.ScreenedOut}
	yes := erequest.Filing{Outcome: erequest.Accepted, Request: erequest.Request{Entry: erequest.Entry{ID: "request-1"}}}
	for name, test := range map[string]struct {
		first, second erequest.Filing
		outcome       gateway.Outcome // of the first, which is kept last
		last          []gateway.StepKind
	}{
		"taken, then not":  {yes, no, gateway.Allowed, []gateway.StepKind{gateway.StepSubmitted, gateway.StepReturned, gateway.StepSubmitted, gateway.StepOpened}},
		"not, then taken":  {no, yes, gateway.AlreadyDone, []gateway.StepKind{gateway.StepEnded, gateway.StepSubmitted, gateway.StepOpened}},
		"neither is taken": {no, no, gateway.Refused, []gateway.StepKind{gateway.StepEnded, gateway.StepSubmitted, gateway.StepReturned}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCenter(t)
			call := c.ended(everythingSaid())
			u := &unreliable{Calls: c.db.Calls(), Requests: &answers{test.first, test.second}}
			u.during = func() {
				u.during = nil
				_, err := c.Open(t.Context(), "rep-1", call.id)
				require.NoError(t, err)
			}
			c.over(u, u)
			opened, err := c.Open(t.Context(), "rep-1", call.id)
			require.NoError(t, err)
			require.Equal(t, test.outcome, opened.Outcome)
			kinds := call.kinds()
			require.Equal(t, test.last, kinds[len(kinds)-len(test.last):])
			onFile, err := c.Call(t.Context(), "rep-1", call.id)
			require.NoError(t, err)
			require.True(t, onFile == opened.Call)
		})
	}
}
