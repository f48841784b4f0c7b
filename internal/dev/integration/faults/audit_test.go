package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// Every act that changes something leaves what the audit sees.
func TestAudit_SeesEveryAct(t *testing.T) {
	all, err := statesOf(1)
	require.NoError(t, err)
	states := all.after
	doneByJobs := map[string]bool{"casestatus.DeliverySync.Sync": true, "srmt.Service.Receive": true}
	reads := map[string]bool{"casestatus.Service.Status": true, "selfcheck.Service.End": true}
	for i, act := range acts() {
		if isSecondSubmission := i > 0 && act.call == "erequest.Service.Submit" && acts()[i-1].call == act.call; isSecondSubmission {
			continue
		}
		isSeen := len(without(states[i+1].lines, states[i].lines)) > 0 || states[i+1].entries[act.call] > states[i].entries[act.call]
		require.Equal(t, !doneByJobs[act.call] && !reads[act.call], isSeen, "act %d, %s", i, act.call)
	}
}

var errBroken = errors.New("broken on purpose")

// Stores that are broken in one way each. All but the last acknowledge what they have not done.
type (
	forgetfulCases struct {
		casestatus.Cases
		n atomic.Int64
	}
	forgetfulRequests struct{ erequest.Store }
	forgetfulCalls    struct {
		gateway.Calls
		n atomic.Int64
	}
	forgetfulTrails  struct{ access.Trails }
	doublingAccounts struct{ disclosure.Accountings }
	losingOutbox     struct{ cris.Outbox }
	swappingOutbox   struct {
		cris.Outbox
		answered atomic.Bool
	}
	eventlessRequests struct{ erequest.Store }
	lookless          struct{ srmt.Looks }
)

func (s *forgetfulCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	if s.n.Add(1)%2 == 0 {
		prior, err := s.StaffCase(ctx, receipt)
		if err == nil {
			_, err = decide(prior)
		}
		return err
	}
	return s.Cases.Update(ctx, receipt, decide)
}

func (s forgetfulRequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return s.Store.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		change, err := decide(prior)
		change.Marks = nil
		return change, err
	})
}

// An update of a call that is kept elsewhere by mistake.
func (s *forgetfulCalls) Update(ctx context.Context, id string, decide func([]gateway.Step) (gateway.Change, error)) error {
	if s.n.Add(1) == 19 {
		_, err := s.History(ctx, id)
		return err
	}
	return s.Calls.Update(ctx, id, decide)
}

func (forgetfulTrails) Record(context.Context, access.Step) error { return nil }

func (s doublingAccounts) Record(ctx context.Context, entry disclosure.Entry) error {
	again := entry
	again.ID += "-again"
	return errors.Join(s.Accountings.Record(ctx, entry), s.Accountings.Record(ctx, again))
}

func (s losingOutbox) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	events, err := s.Outbox.Pending(ctx, limit)
	var kept []cris.Event
	for _, event := range events {
		if event.Type != srmt.EventAnswered {
			kept = append(kept, event)
		}
	}
	return kept, err
}

// The event of an assignment is held back until that of the answer was told.
func (s *swappingOutbox) Pending(ctx context.Context, _ int) (told []cris.Event, err error) {
	events, err := s.Outbox.Pending(ctx, 0)
	for _, event := range events {
		if event.Type == srmt.EventAnswered {
			s.answered.Store(true)
			return []cris.Event{event}, err
		}
		if event.Type != srmt.EventAssigned || s.answered.Load() {
			told = append(told, event)
		}
	}
	return told, err
}

// A request is there without its event, and the call fails: half of it is on file.
func (s eventlessRequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	isNew := false
	err := s.Store.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		change, err := decide(prior)
		isNew = len(change.File) > 0
		change.Events = nil
		return change, err
	})
	if err == nil && isNew {
		return errBroken
	}
	return err
}

func (lookless) Record(context.Context, srmt.Look) error { return nil }

// A store that loses, doubles, swaps or saves the half is found out.
func TestAudit_FindsBrokenStores(t *testing.T) {
	for name, spoil := range map[string]func(p *ports){
		"forgets every other change of a case": func(p *ports) { p.cases = &forgetfulCases{Cases: p.cases} },
		"forgets the milestones of requests":   func(p *ports) { p.requests = forgetfulRequests{p.requests} },
		"forgets a step of a call":             func(p *ports) { p.calls = &forgetfulCalls{Calls: p.calls} },
		"forgets amendments":                   func(p *ports) { p.trails = forgetfulTrails{p.trails} },
		"forgets looks":                        func(p *ports) { p.looks = lookless{p.looks} },
		"enters a disclosure twice":            func(p *ports) { p.accountings = doublingAccounts{p.accountings} },
		"loses the events of answers":          func(p *ports) { p.outbox = losingOutbox{p.outbox} },
		"swaps events":                         func(p *ports) { p.outbox = &swappingOutbox{Outbox: p.outbox} },
		"saves a request without its event":    func(p *ports) { p.requests = eventlessRequests{p.requests} },
		"":                                     func(*ports) {},
	} {
		t.Run(name, func(t *testing.T) {
			verifier := newEVerify(start, 1)
			server := httptest.NewServer(verifier)
			defer server.Close()
			client, err := newVerifier(server.URL, start)
			require.NoError(t, err)
			on := inMemory()
			spoil(&on)
			s, l := newServices(on, start, client), newLedger()
			w := &load{
				services: s, to: l, isOver: l.ended.Load, people: []person{0}, callers: 1, leave: 1,
				deadline: time.Second, random: rand.New(rand.NewPCG(1, 1)),
			}
			err = w.run(t.Context())
			if err == nil {
				err = finish(t.Context(), s, l)
			}
			var found audit
			if err == nil {
				err = found.of(t.Context(), s, l, w.people, verifier.Cases())
			}
			if name == "" {
				require.NoError(t, err)
				require.Zero(t, found)
				return
			}
			require.True(t, err != nil || found.lost+found.doubled > 0, "nobody noticed")
			t.Log(err, found.wrong)
		})
	}
}

func TestPV1_AnErrorThatRepeatsSomebodyIsFoundOut(t *testing.T) {
	require.NotEmpty(t, refusalOf(errors.New("no such person: LINDSTRÖM")).Unclear)
	require.NotEmpty(t, refusalOf(errBroken).Unclear, "it says nothing that a caller can act on")
	require.Empty(t, refusalOf(cris.ErrConflict).Unclear)
}
