package integration_test

import (
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
)

// TestER12_ASharedOutboxDoesWhatItsModelDoes lets relays claim, settle and die, in any order,
// while events are saved and persons release and drop what is parked.
func TestER12_ASharedOutboxDoesWhatItsModelDoes(t *testing.T) {
	t.Run("Memory", func(t *testing.T) {
		db := memory.New()
		checkRelays(t, db.ERequests(), db.Outbox())
	})
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		db := open(t)
		checkRelays(t, db.ERequests(), db.Outbox())
	})
}

// sharedOutbox is an outbox of which every interface is there.
type sharedOutbox interface {
	cris.Outbox
	cris.SharedOutbox
}

var relayWorlds atomic.Int64

func checkRelays(t *testing.T, store erequest.Store, outbox sharedOutbox) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		w := &relayWorld{
			store: store, outbox: outbox, world: fmt.Sprintf("%06d", relayWorlds.Add(1)),
			now:     time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC),
			failing: map[string]*modelFailure{}, holds: map[string]modelHold{}, parked: map[string]*modelEvent{},
		}
		w.empty(t)
		t.Repeat(rapid.StateMachineActions(w))
	})
}

// relayWorld is an outbox, and what it should hold.
type relayWorld struct {
	store  erequest.Store
	outbox sharedOutbox
	world  string // begins all names, so that worlds in one outbox do not meet
	now    time.Time

	saved   int
	pending []*modelEvent // in the order in which they were saved
	failing map[string]*modelFailure
	holds   map[string]modelHold // by subject
	leases  []cris.Lease         // not settled by their relays yet
	parked  map[string]*modelEvent
}

type modelEvent struct {
	id, subject string
	at          time.Time
	nth         int
}

// modelFailure is the event of a subject that failed.
type modelFailure struct {
	id      string
	tries   int
	retryAt time.Time
}

// modelHold is who holds a subject, and until when.
type modelHold struct {
	lease string
	until time.Time
}

// empty takes what another world has left in the outbox.
func (w *relayWorld) empty(t *rapid.T) {
	events, err := w.outbox.Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		require.NoError(t, w.outbox.MarkDelivered(t.Context(), event.ID))
	}
	for event, err := range w.outbox.Parked(t.Context(), cris.Page[string]{}) {
		require.NoError(t, err)
		_, err = w.outbox.Resolve(t.Context(), cris.Drop, event.ID)
		require.NoError(t, err)
	}
}

// Save saves events of some subjects in one change.
func (w *relayWorld) Save(t *rapid.T) {
	var events []cris.Event
	for range rapid.IntRange(1, 4).Draw(t, "events") {
		w.saved++
		event := &modelEvent{
			id:      fmt.Sprintf("%s-%d-%d", w.world, rapid.IntRange(0, 9).Draw(t, "id"), w.saved),
			subject: w.world + rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "subject"),
			at:      w.now.Add(time.Duration(rapid.IntRange(-1000, 1000).Draw(t, "at")) * time.Second), nth: w.saved,
		}
		w.pending = append(w.pending, event)
		events = append(events, cris.Event{ID: event.id, Type: "cris.test", Source: "/cris/test", Subject: event.subject, Time: event.at})
	}
	receipt := casestatustest.Receipt(rapid.IntRange(1, 3).Draw(t, "scope"))
	require.NoError(t, w.store.Update(t.Context(), receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{Events: events}, nil
	}))
}

// due returns the events of a subject that a claim gets, if it gets any.
func (w *relayWorld) due(subject string) (ids []string) {
	if hold, held := w.holds[subject]; held && hold.until.After(w.now) {
		return nil
	}
	if failure := w.failing[subject]; failure != nil {
		if failure.retryAt.After(w.now) {
			return nil
		}
		return []string{failure.id}
	}
	for _, event := range w.pending {
		if event.subject == subject {
			ids = append(ids, event.id)
		}
	}
	return ids
}

// Claim claims some events, or all.
func (w *relayWorld) Claim(t *rapid.T) {
	limit := rapid.IntRange(0, 5).Draw(t, "limit")
	claim := cris.Claim{
		ID: fmt.Sprintf("%s-lease-%d", w.world, len(w.leases)+w.saved*1000), At: w.now, Until: w.now.Add(time.Minute), Limit: limit,
	}
	claim.ID += rapid.StringMatching(`[a-z]{12}`).Draw(t, "lease")
	lease, err := w.outbox.Claim(t.Context(), claim)
	require.NoError(t, err)
	got := map[string][]string{}
	for _, event := range lease.Events {
		got[event.Subject] = append(got[event.Subject], event.ID)
		if failure := w.failing[event.Subject]; failure != nil {
			require.Equal(t, failure.tries, event.Tries)
		} else {
			require.Zero(t, event.Tries)
		}
	}
	isDue := false
	for _, letter := range []string{"a", "b", "c", "d"} {
		subject := w.world + letter
		want := w.due(subject)
		isDue = isDue || len(want) > 0
		if limit == 0 {
			require.Equal(t, len(want) > 0, len(got[subject]) > 0, subject)
		}
		require.LessOrEqual(t, len(got[subject]), len(want))
		require.True(t, slices.Equal(want[:len(got[subject])], got[subject]), "%v are not the first of %v", got[subject], want)
	}
	if limit > 0 {
		require.LessOrEqual(t, len(lease.Events), limit)
		require.Equal(t, isDue, len(lease.Events) > 0, "something if anything is due")
	}
	for subject := range got {
		w.holds[subject] = modelHold{claim.ID, claim.Until}
	}
	if len(lease.Events) > 0 {
		w.leases = append(w.leases, lease)
	}
}

// Settle settles the events of a lease: of each subject some from the first, of which the last
// may have failed or be parked. It may have been lost by then.
func (w *relayWorld) Settle(t *rapid.T) {
	if len(w.leases) == 0 {
		t.Skip("no lease")
	}
	i := rapid.IntRange(0, len(w.leases)-1).Draw(t, "lease")
	lease := w.leases[i]
	w.leases = slices.Delete(w.leases, i, i+1)
	var settled []cris.Settlement
	isLost := false
	stopped := map[string]bool{}
	changes := []func(){}
	for _, event := range lease.Events {
		if stopped[event.Subject] {
			continue
		}
		settlement := cris.Settlement{ID: event.ID, Tries: event.Tries + 1, Code: cris.FailureUnknown}
		switch rapid.SampledFrom([]string{"delivered", "delivered", "failed", "parked", "untried"}).Draw(t, event.ID) {
		case "delivered":
			settlement.Result = cris.ResultDelivered
		case "failed":
			settlement.Result = cris.ResultFailed
			settlement.RetryAt = w.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "wait")) * time.Second)
			stopped[event.Subject] = true
		case "parked":
			settlement.Result = cris.ResultParked
		default:
			stopped[event.Subject] = true
			continue
		}
		settled = append(settled, settlement)
		if w.holds[event.Subject].lease != lease.ID {
			isLost = true
			continue
		}
		changes = append(changes, func() { w.settle(event.Subject, settlement) })
	}
	err := w.outbox.Settle(t.Context(), lease, settled...)
	if isLost {
		require.ErrorIs(t, err, cris.ErrLeaseLost)
	} else {
		require.NoError(t, err)
	}
	for _, event := range lease.Events {
		if w.holds[event.Subject].lease == lease.ID {
			if failure := w.failing[event.Subject]; failure != nil {
				failure.retryAt = w.now
			}
		}
	}
	for _, change := range changes {
		change()
	}
	maps.DeleteFunc(w.holds, func(_ string, hold modelHold) bool { return hold.lease == lease.ID })
}

func (w *relayWorld) settle(subject string, s cris.Settlement) {
	if s.Result == cris.ResultFailed {
		w.failing[subject] = &modelFailure{s.ID, s.Tries, s.RetryAt}
		return
	}
	delete(w.failing, subject)
	i := slices.IndexFunc(w.pending, func(e *modelEvent) bool { return e.id == s.ID })
	if s.Result == cris.ResultParked {
		w.parked[s.ID] = w.pending[i]
	}
	w.pending = slices.Delete(w.pending, i, i+1)
}

// Die forgets a lease, as a process does that is killed.
func (w *relayWorld) Die(t *rapid.T) {
	if len(w.leases) == 0 {
		t.Skip("no lease")
	}
	i := rapid.IntRange(0, len(w.leases)-1).Draw(t, "lease")
	w.leases = slices.Delete(w.leases, i, i+1)
}

// Pass lets some time pass.
func (w *relayWorld) Pass(t *rapid.T) {
	w.now = w.now.Add(time.Duration(rapid.IntRange(1, 70).Draw(t, "seconds")) * time.Second)
}

// Resolve releases or drops some of what is parked.
func (w *relayWorld) Resolve(t *rapid.T) {
	if len(w.parked) == 0 {
		t.Skip("nothing is parked")
	}
	ids := slices.Sorted(maps.Keys(w.parked))
	ids = ids[:rapid.IntRange(1, len(ids)).Draw(t, "ids")]
	resolution := rapid.SampledFrom(cris.Resolutions()).Draw(t, "resolution")
	resolved, err := w.outbox.Resolve(t.Context(), resolution, append(ids, w.world+"unknown")...)
	require.NoError(t, err)
	require.Equal(t, len(ids), resolved)
	for _, id := range ids {
		if resolution == cris.Release {
			w.pending = append(w.pending, w.parked[id])
		}
		delete(w.parked, id)
	}
	slices.SortFunc(w.pending, func(a, b *modelEvent) int { return a.nth - b.nth })
}

// Check compares the outbox to the model.
func (w *relayWorld) Check(t *rapid.T) {
	events, err := w.outbox.Pending(t.Context(), 0)
	require.NoError(t, err)
	var got, want []string
	for _, event := range events {
		got = append(got, event.ID)
	}
	for _, event := range w.pending {
		want = append(want, event.id)
	}
	require.Equal(t, want, got)
	var parked []string
	for event, err := range w.outbox.Parked(t.Context(), cris.Page[string]{}) {
		require.NoError(t, err)
		parked = append(parked, event.ID)
	}
	require.Equal(t, slices.Sorted(maps.Keys(w.parked)), parked)
	backlog, err := w.outbox.Backlog(t.Context())
	require.NoError(t, err)
	wantBacklog := cris.Backlog{Pending: len(w.pending), Failing: len(w.failing), Parked: len(w.parked)}
	if len(w.pending) > 0 {
		wantBacklog.Oldest = w.pending[0].at
	}
	require.Equal(t, wantBacklog, backlog)
}
