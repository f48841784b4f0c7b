package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// relayClauses are the promises of an outbox that several relays share. An outbox that is no
// cris.SharedOutbox makes none of them.
func relayClauses[S any](look func(S) *subject) []Clause[S] {
	relay := func(name, promise string, check func(context.Context, *relaying) error) Clause[S] {
		return clause(look, "Relay/"+name, promise, func(ctx context.Context, s *subject) error {
			shared, is := s.Outbox.(cris.SharedOutbox)
			if !is {
				return nil
			}
			return check(ctx, &relaying{subject: s, shared: shared, now: time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)})
		})
	}
	return []Clause[S]{
		relay("Order", "claims hand out every event once, whole, at most as many as their limit, and those of one subject in the order in which they were saved, whatever their scope and source", relayOrder),
		relay("OneHolder", "no claim gets an event of a subject that a lease holds, even one that was saved since, and every claim gets those of others", relayOneHolder),
		relay("AtOnce", "of many that claim and settle at once no two hold a subject, and each event is delivered once", relayAtOnce),
		relay("LeaseEnds", "what a lease held is due again when it has ended, and not before, or when it ends later than a right clock allows", relayLeaseEnds),
		relay("LeaseLost", "what others hold since a lease ended cannot be settled under it: that gives ErrLeaseLost and leaves theirs alone, and what it still holds is saved", relayLeaseLost),
		relay("GivenBack", "what is not settled when its lease ends is due at once, in its place, with as many tries as before", relayGivenBack),
		relay("Retry", "an event that failed comes back at its instant and not before, with its tries, alone; until it is delivered it holds back its own subject and no other", relayRetry),
		relay("Parked", "a parked event is in no claim and not pending, those behind it go on, and it is listed, whole, by its ID, with tries, code and instant", relayParked),
		relay("Release", "a released event is due, untried, before those of its subject; what is not parked is not released", relayRelease),
		relay("Drop", "a dropped event never comes back, and its ID stays taken", relayDrop),
		relay("Backlog", "the backlog counts what is pending, failing and parked, and tells the time of the oldest", relayBacklog),
		relay("Purge", "a purge leaves what is pending, failing or parked, and removes what was settled as delivered", relayPurge),
		relay("Cancelled", "under a canceled context nothing is claimed, settled, listed, resolved or counted", relayCancelled),
	}
}

// relaying is a store whose outbox is shared, under a clause.
type relaying struct {
	*subject
	shared cris.SharedOutbox
	now    time.Time
	claims int
	saved  int
}

const leaseLength = time.Minute

// save saves events in one change of a scope: each is given as subject/ID.
func (r *relaying) save(ctx context.Context, scope int, names ...string) error {
	var events []cris.Event
	for _, name := range names {
		events = append(events, r.event(name))
	}
	if err := r.Append(ctx, scope, func(int) ([]cris.Event, error) { return events, nil }); err != nil {
		return fmt.Errorf("save %v: %w", names, err)
	}
	return nil
}

// event makes the next event. Its time says nothing about the order, and its source differs from
// one to the next.
func (r *relaying) event(name string) cris.Event {
	r.saved++
	of, _, _ := strings.Cut(name, "/")
	return cris.Event{
		ID: name, Type: "cris.contract.saved", Source: fmt.Sprintf("/cris/contract/%d", r.saved%2), Subject: of,
		Time: time.Date(2024, 2, 29, 11, 0, 0, 1000, time.UTC).Add(-time.Duration(r.saved) * time.Minute), Data: map[string]string{"office": "NBC"},
	}
}

// claim claims events as of now.
func (r *relaying) claim(ctx context.Context, limit int) (cris.Lease, error) {
	r.claims++
	claim := cris.Claim{
		ID: fmt.Sprintf("lease-%d", r.claims), At: r.now, Until: r.now.Add(leaseLength), Latest: r.now.Add(24 * time.Hour), Limit: limit,
	}
	lease, err := r.shared.Claim(ctx, claim)
	if err != nil {
		return lease, fmt.Errorf("claim: %w", err)
	}
	if lease.ID != claim.ID {
		return lease, fmt.Errorf("the lease of the claim %s has the ID %q", claim.ID, lease.ID)
	}
	if limit > 0 && len(lease.Events) > limit {
		return lease, fmt.Errorf("a claim of at most %d events got %d", limit, len(lease.Events))
	}
	return lease, nil
}

// wants claims all that is due, of which there is little, and compares it: the events of one
// subject in order.
func (r *relaying) wants(ctx context.Context, names ...string) (cris.Lease, error) {
	lease, err := r.claim(ctx, 0)
	if err != nil {
		return lease, err
	}
	if got := bySubject(claimedNames(lease)); !slices.Equal(got, bySubject(names)) {
		return lease, fmt.Errorf("a claim got %v, want %v", got, bySubject(names))
	}
	return lease, nil
}

// claimedNames returns the IDs of the events of a lease.
func claimedNames(lease cris.Lease) (names []string) {
	for _, event := range lease.Events {
		names = append(names, event.ID)
	}
	return names
}

// bySubject sorts names by their subject, and leaves those of one subject in their order.
func bySubject(names []string) []string {
	subject := func(name string) string { of, _, _ := strings.Cut(name, "/"); return of }
	return slices.SortedStableFunc(slices.Values(names), func(a, b string) int { return strings.Compare(subject(a), subject(b)) })
}

// triesOf returns how often an event of a lease had failed, or -1 if it is not there.
func triesOf(lease cris.Lease, id string) int {
	for _, event := range lease.Events {
		if event.ID == id {
			return event.Tries
		}
	}
	return -1
}

func (r *relaying) settle(ctx context.Context, lease cris.Lease, settled ...cris.Settlement) error {
	if err := r.shared.Settle(ctx, lease, settled...); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return nil
}

// delivered settles events as delivered.
func delivered(ids ...string) (settled []cris.Settlement) {
	for _, id := range ids {
		settled = append(settled, cris.Settlement{ID: id, Result: cris.ResultDelivered})
	}
	return settled
}

func (r *relaying) fails(id string, tries int, wait time.Duration) cris.Settlement {
	return cris.Settlement{ID: id, Result: cris.ResultFailed, Tries: tries, Code: cris.FailureTimeout, RetryAt: r.now.Add(wait)}
}

func parks(id string) cris.Settlement {
	return cris.Settlement{ID: id, Result: cris.ResultParked, Tries: 7, Code: cris.FailureConflict}
}

// wantIDs checks what is pending, and in which order.
func (r *relaying) wantIDs(ctx context.Context, ids ...string) error {
	events, err := r.Outbox.Pending(ctx, 0)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	if got := eventIDs(events); !slices.Equal(got, ids) {
		return fmt.Errorf("the events %v are pending, want %v", got, ids)
	}
	limited, err := r.Outbox.Pending(ctx, 2)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	if got, want := eventIDs(limited), ids[:min(2, len(ids))]; !slices.Equal(got, want) {
		return fmt.Errorf("the events %v are the first two that are pending, want %v", got, want)
	}
	return nil
}

func relayOrder(ctx context.Context, r *relaying) error {
	if err := errors.Join(r.save(ctx, 0, "a/9", "b/1", "a/8"), r.save(ctx, 1, "a/7", "c/1"), r.save(ctx, 0, "c/0", "a/6")); err != nil {
		return err
	}
	saved, err := r.Outbox.Pending(ctx, 0)
	if err != nil {
		return err
	}
	got := map[string][]string{}
	for range 7 {
		lease, err := r.claim(ctx, 2)
		if err != nil {
			return err
		}
		for _, event := range lease.Events {
			i := slices.IndexFunc(saved, func(e cris.Event) bool { return e.ID == event.ID })
			if i < 0 || !equal(event.Event, saved[i]) || event.Tries != 0 {
				return fmt.Errorf("a claim got %+v, which is not as it was saved", event)
			}
			got[event.Subject] = append(got[event.Subject], event.ID)
		}
		if err := r.settle(ctx, lease, delivered(claimedNames(lease)...)...); err != nil {
			return err
		}
	}
	for of, want := range map[string][]string{"a": {"a/9", "a/8", "a/7", "a/6"}, "b": {"b/1"}, "c": {"c/1", "c/0"}} {
		if !slices.Equal(got[of], want) {
			return fmt.Errorf("of subject %s claims got %v, want %v", of, got[of], want)
		}
	}
	return r.wantIDs(ctx)
}

func relayOneHolder(ctx context.Context, r *relaying) error {
	if err := r.save(ctx, 0, "a/1", "a/2", "b/1"); err != nil {
		return err
	}
	first, err := r.claim(ctx, 1)
	if err != nil {
		return err
	}
	if names := claimedNames(first); !slices.Equal(names, []string{"a/1"}) && !slices.Equal(names, []string{"b/1"}) {
		return fmt.Errorf("a claim of one event got %v, want the first of a subject", names)
	}
	if err := r.save(ctx, 1, "a/3", "b/2"); err != nil {
		return err
	}
	others := []string{"a/1", "a/2", "a/3"}
	if first.Events[0].Subject == "a" {
		others = []string{"b/1", "b/2"}
	}
	second, err := r.wants(ctx, others...)
	if err != nil {
		return fmt.Errorf("while a lease holds %s: %w", first.Events[0].Subject, err)
	}
	if _, err := r.wants(ctx); err != nil {
		return fmt.Errorf("while two leases hold all subjects: %w", err)
	}
	return errors.Join(
		r.settle(ctx, first, delivered(claimedNames(first)...)...), r.settle(ctx, second, delivered(claimedNames(second)...)...),
	)
}

// relayAtOnce lets several claim until all is delivered.
func relayAtOnce(ctx context.Context, r *relaying) error {
	const subjects, each = 6, 4
	for n := range each {
		var names []string
		for of := range subjects {
			names = append(names, fmt.Sprintf("s%d/%d", of, n))
		}
		if err := r.save(ctx, n%2, names...); err != nil {
			return err
		}
	}
	held := &holders{of: map[string]string{}, got: map[string][]string{}, left: subjects * each}
	var running sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		running.Go(func() { errs[i] = held.deliver(ctx, r.shared, fmt.Sprintf("relay-%d", i), r.now) })
	}
	running.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for of, got := range held.got {
		if !slices.IsSorted(got) || len(got) != each {
			return fmt.Errorf("of subject %s the events %v were delivered, in this order, want %d", of, got, each)
		}
	}
	return r.wantIDs(ctx)
}

// holders notes who holds which subject.
type holders struct {
	mu   sync.Mutex
	of   map[string]string // by subject
	got  map[string][]string
	left int
}

func (h *holders) deliver(ctx context.Context, shared cris.SharedOutbox, by string, now time.Time) error {
	for n := 0; ; n++ {
		claim := cris.Claim{ID: fmt.Sprintf("%s/%d", by, n), At: now, Until: now.Add(leaseLength), Limit: 5}
		lease, err := shared.Claim(ctx, claim)
		if err != nil && !errors.Is(err, cris.ErrConflict) {
			return fmt.Errorf("claim: %w", err)
		}
		done, err := h.hold(lease)
		if done || err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for err = cris.ErrConflict; errors.Is(err, cris.ErrConflict); {
			err = shared.Settle(ctx, lease, delivered(claimedNames(lease)...)...)
		}
		if err != nil {
			return fmt.Errorf("settle: %w", err)
		}
	}
}

// hold notes the events of a lease, and for a moment who holds their subjects: the lease is settled
// next.
func (h *holders) hold(lease cris.Lease) (done bool, err error) {
	h.mu.Lock()
	for _, event := range lease.Events {
		if by := h.of[event.Subject]; by != "" && by != lease.ID {
			h.mu.Unlock()
			return false, fmt.Errorf("%s and %s both hold the subject %s", by, lease.ID, event.Subject)
		}
		h.of[event.Subject] = lease.ID
		if slices.Contains(h.got[event.Subject], event.ID) {
			h.mu.Unlock()
			return false, fmt.Errorf("the event %s came twice", event.ID)
		}
		h.got[event.Subject] = append(h.got[event.Subject], event.ID)
	}
	h.mu.Unlock()
	time.Sleep(time.Millisecond) // others claim meanwhile
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, event := range lease.Events {
		delete(h.of, event.Subject)
	}
	h.left -= len(lease.Events)
	return h.left == 0 && len(lease.Events) == 0, nil
}

func relayLeaseEnds(ctx context.Context, r *relaying) error {
	if err := r.save(ctx, 0, "a/1", "a/2"); err != nil {
		return err
	}
	if _, err := r.wants(ctx, "a/1", "a/2"); err != nil {
		return err
	}
	r.now = r.now.Add(leaseLength - time.Microsecond)
	if _, err := r.wants(ctx); err != nil {
		return fmt.Errorf("a microsecond before the lease ends: %w", err)
	}
	r.now = r.now.Add(time.Microsecond)
	if _, err := r.wants(ctx, "a/1", "a/2"); err != nil {
		return fmt.Errorf("when the lease has ended: %w", err)
	}
	r.now = r.now.AddDate(-1, 0, 0)
	if _, err := r.wants(ctx, "a/1", "a/2"); err != nil {
		return fmt.Errorf("a year before the lease ends, when it is later than Latest: %w", err)
	}
	return nil
}

func relayLeaseLost(ctx context.Context, r *relaying) error {
	if err := r.save(ctx, 0, "a/1", "b/1"); err != nil {
		return err
	}
	slow, err := r.wants(ctx, "a/1", "b/1")
	if err != nil {
		return err
	}
	r.now = r.now.Add(leaseLength)
	quick, err := r.claim(ctx, 1)
	if err != nil {
		return err
	}
	if len(quick.Events) != 1 {
		return fmt.Errorf("of two subjects whose lease has ended a claim of one event got %v", claimedNames(quick))
	}
	lost := quick.Events[0].ID
	if err := r.shared.Settle(ctx, slow, parks("a/1"), parks("b/1")); !errors.Is(err, cris.ErrLeaseLost) {
		return fmt.Errorf("settling what another lease holds gave: %w", orNil(err))
	}
	if err := r.shared.Settle(ctx, slow, r.fails(lost, 1, time.Hour)); !errors.Is(err, cris.ErrLeaseLost) {
		return fmt.Errorf("settling what another lease holds once more gave: %w", orNil(err))
	}
	events, err := r.Outbox.Pending(ctx, 0)
	if err != nil {
		return err
	}
	if !slices.Contains(eventIDs(events), lost) {
		return fmt.Errorf("a lease that was lost settled %s", lost)
	}
	if _, err := r.claimsNone(ctx, lost); err != nil {
		return err
	}
	return errors.Join(r.settle(ctx, quick, delivered(lost)...), r.notPending(ctx, lost))
}

// claimsNone checks that a claim does not get the event.
func (r *relaying) claimsNone(ctx context.Context, id string) (cris.Lease, error) {
	lease, err := r.claim(ctx, 0)
	if err == nil && slices.Contains(claimedNames(lease), id) {
		err = fmt.Errorf("a claim got %s, which another lease holds", id)
	}
	return lease, err
}

func (r *relaying) notPending(ctx context.Context, id string) error {
	events, err := r.Outbox.Pending(ctx, 0)
	if err == nil && slices.Contains(eventIDs(events), id) {
		err = fmt.Errorf("%s is pending after it was settled as delivered", id)
	}
	return err
}

func relayGivenBack(ctx context.Context, r *relaying) error {
	if err := r.save(ctx, 0, "a/1", "a/2", "b/1"); err != nil {
		return err
	}
	lease, err := r.wants(ctx, "a/1", "a/2", "b/1")
	if err != nil {
		return err
	}
	if err := r.settle(ctx, lease, delivered("a/1")...); err != nil {
		return err
	}
	if lease, err = r.wants(ctx, "a/2", "b/1"); err != nil {
		return fmt.Errorf("after one of three was settled: %w", err)
	}
	if err := r.settle(ctx, lease, r.fails("a/2", 3, time.Second)); err != nil {
		return err
	}
	r.now = r.now.Add(time.Second)
	for range 2 {
		if lease, err = r.wants(ctx, "a/2", "b/1"); err != nil {
			return fmt.Errorf("after all were given back: %w", err)
		}
		if tries := triesOf(lease, "a/2"); tries != 3 {
			return fmt.Errorf("an event that failed 3 times and was given back has failed %d times", tries)
		}
		if err := r.settle(ctx, lease); err != nil {
			return err
		}
	}
	return r.wantIDs(ctx, "a/2", "b/1")
}

func relayRetry(ctx context.Context, r *relaying) error {
	if err := r.save(ctx, 0, "a/1", "a/2", "b/1"); err != nil {
		return err
	}
	lease, err := r.wants(ctx, "a/1", "a/2", "b/1")
	if err != nil {
		return err
	}
	if err := r.settle(ctx, lease, r.fails("a/1", 1, time.Hour), delivered("b/1")[0]); err != nil {
		return err
	}
	if err := errors.Join(r.wantIDs(ctx, "a/1", "a/2"), r.save(ctx, 1, "b/2", "a/3"), r.wantIDs(ctx, "a/1", "a/2", "b/2", "a/3")); err != nil {
		return err
	}
	if lease, err = r.wants(ctx, "b/2"); err != nil {
		return fmt.Errorf("while subject a waits for its next try: %w", err)
	}
	if err := r.settle(ctx, lease, delivered("b/2")...); err != nil {
		return err
	}
	r.now = r.now.Add(time.Hour - time.Microsecond)
	if _, err := r.wants(ctx); err != nil {
		return fmt.Errorf("a microsecond before the next try: %w", err)
	}
	r.now = r.now.Add(time.Microsecond)
	if lease, err = r.wants(ctx, "a/1"); err != nil {
		return fmt.Errorf("at the instant of the next try: %w", err)
	}
	if tries := triesOf(lease, "a/1"); tries != 1 {
		return fmt.Errorf("an event that failed once comes back with %d tries", tries)
	}
	if err := r.settle(ctx, lease, delivered("a/1")...); err != nil {
		return err
	}
	if lease, err = r.wants(ctx, "a/2", "a/3"); err != nil {
		return fmt.Errorf("after the event that failed was delivered: %w", err)
	}
	if tries := triesOf(lease, "a/2"); tries != 0 {
		return fmt.Errorf("an event behind one that failed comes with %d tries", tries)
	}
	return nil
}

// wantParked checks what is parked, by ID.
func (r *relaying) wantParked(ctx context.Context, page cris.Page[string], ids ...string) ([]cris.ParkedEvent, error) {
	var parked []cris.ParkedEvent
	var got []string
	for event, err := range r.shared.Parked(ctx, page) {
		if err != nil {
			return nil, fmt.Errorf("list parked events: %w", err)
		}
		parked = append(parked, event)
		got = append(got, event.ID)
	}
	if !slices.Equal(got, ids) {
		return nil, fmt.Errorf("the page %+v of parked events has %v, want %v", page, got, ids)
	}
	return parked, nil
}

// park saves events and parks the first of them.
func (r *relaying) park(ctx context.Context, names ...string) error {
	if err := r.save(ctx, 0, names...); err != nil {
		return err
	}
	lease, err := r.wants(ctx, names...)
	if err != nil {
		return err
	}
	return r.settle(ctx, lease, parks(names[0]))
}

func relayParked(ctx context.Context, r *relaying) error {
	if _, err := r.wantParked(ctx, cris.Page[string]{}); err != nil {
		return err
	}
	want := r.event("a/1")
	r.saved--
	if err := r.park(ctx, "a/1", "a/2"); err != nil {
		return err
	}
	if err := r.wantIDs(ctx, "a/2"); err != nil {
		return err
	}
	lease, err := r.wants(ctx, "a/2")
	if err != nil {
		return fmt.Errorf("after the event before it was parked: %w", err)
	}
	if err := errors.Join(r.settle(ctx, lease, parks("a/2")), r.park(ctx, "B/1")); err != nil {
		return err
	}
	for _, page := range []struct {
		page cris.Page[string]
		ids  []string
	}{
		{cris.Page[string]{After: "B/1"}, []string{"a/1", "a/2"}},
		{cris.Page[string]{After: "B/1", Limit: 1}, []string{"a/1"}},
		{cris.Page[string]{After: "a/10", Limit: -1}, []string{"a/2"}},
		{cris.Page[string]{After: "a/2"}, nil},
	} {
		if _, err := r.wantParked(ctx, page.page, page.ids...); err != nil {
			return err
		}
	}
	parked, err := r.wantParked(ctx, cris.Page[string]{}, "B/1", "a/1", "a/2")
	if err != nil {
		return err
	}
	got := parked[1]
	if !equal(got.Event, want) || got.Tries != 7 || got.Code != cris.FailureConflict {
		return fmt.Errorf("a parked event came back as %+v, want %+v with 7 tries and the code %s", got, want, cris.FailureConflict)
	}
	if got.ParkedAt.Before(never) || got.ParkedAt.Location() != time.UTC {
		return fmt.Errorf("an event was parked at %v, want an instant in UTC", got.ParkedAt)
	}
	return r.wantIDs(ctx)
}

func (r *relaying) resolves(ctx context.Context, resolution cris.Resolution, want int, ids ...string) error {
	resolved, err := r.shared.Resolve(ctx, resolution, ids...)
	if err != nil {
		return fmt.Errorf("%s: %w", resolution, err)
	}
	if resolved != want {
		return fmt.Errorf("%s of %v resolved %d events, want %d", resolution, ids, resolved, want)
	}
	return nil
}

func relayRelease(ctx context.Context, r *relaying) error {
	if err := errors.Join(r.park(ctx, "a/1", "a/2"), r.save(ctx, 1, "a/3"), r.resolves(ctx, cris.Release, 0, "a/2", "unknown")); err != nil {
		return err
	}
	if _, err := r.shared.Resolve(ctx, "repair", "a/1"); err == nil {
		return errors.New("the resolution repair, which there is not, was taken")
	}
	for _, want := range []int{1, 0} {
		if err := r.resolves(ctx, cris.Release, want, "a/1", "unknown"); err != nil {
			return err
		}
	}
	if _, err := r.wantParked(ctx, cris.Page[string]{}); err != nil {
		return err
	}
	if err := r.wantIDs(ctx, "a/1", "a/2", "a/3"); err != nil {
		return err
	}
	lease, err := r.wants(ctx, "a/1", "a/2", "a/3")
	if err != nil {
		return fmt.Errorf("after a release: %w", err)
	}
	if tries := triesOf(lease, "a/1"); tries != 0 {
		return fmt.Errorf("a released event comes with %d tries", tries)
	}
	return errors.Join(r.settle(ctx, lease, delivered("a/1", "a/2", "a/3")...), r.wantIDs(ctx))
}

func relayDrop(ctx context.Context, r *relaying) error {
	if err := errors.Join(r.park(ctx, "a/1", "a/2"), r.resolves(ctx, cris.Drop, 0, "a/2"), r.resolves(ctx, cris.Drop, 1, "a/1")); err != nil {
		return err
	}
	if _, err := r.wantParked(ctx, cris.Page[string]{}); err != nil {
		return err
	}
	if err := errors.Join(r.resolves(ctx, cris.Release, 0, "a/1"), r.wantIDs(ctx, "a/2")); err != nil {
		return err
	}
	if err := r.save(ctx, 0, "a/1"); !errors.Is(err, cris.ErrConflict) {
		return fmt.Errorf("the ID of an event that was dropped gave: %w", orNil(err))
	}
	_, err := r.wants(ctx, "a/2")
	return err
}

func relayBacklog(ctx context.Context, r *relaying) error {
	wants := func(want cris.Backlog) error {
		got, err := r.shared.Backlog(ctx)
		if err != nil {
			return fmt.Errorf("backlog: %w", err)
		}
		if got.Pending != want.Pending || got.Failing != want.Failing || got.Parked != want.Parked || !got.Oldest.Equal(want.Oldest) || got.Oldest.Location() != time.UTC {
			return fmt.Errorf("the backlog is %+v, want %+v", got, want)
		}
		return nil
	}
	if err := errors.Join(wants(cris.Backlog{}), r.save(ctx, 0, "a/1", "b/1", "c/1", "c/2")); err != nil {
		return err
	}
	saved, err := r.Outbox.Pending(ctx, 0)
	if err != nil {
		return err
	}
	lease, err := r.wants(ctx, "a/1", "b/1", "c/1", "c/2")
	if err != nil {
		return err
	}
	return errors.Join(
		wants(cris.Backlog{Pending: 4, Oldest: saved[0].Time}),
		r.settle(ctx, lease, parks("a/1"), r.fails("b/1", 1, time.Hour), delivered("c/1")[0]),
		wants(cris.Backlog{Pending: 2, Failing: 1, Parked: 1, Oldest: saved[1].Time}),
	)
}

func relayPurge(ctx context.Context, r *relaying) error {
	purger, is := r.Outbox.(cris.Purger)
	if !is {
		return nil
	}
	if err := r.save(ctx, 0, "a/1", "b/1", "c/1", "c/2"); err != nil {
		return err
	}
	lease, err := r.wants(ctx, "a/1", "b/1", "c/1", "c/2")
	if err != nil {
		return err
	}
	if err := r.settle(ctx, lease, parks("a/1"), r.fails("b/1", 1, time.Second), delivered("c/1")[0]); err != nil {
		return err
	}
	removed, err := purger.Purge(ctx, always)
	if err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	if removed != 1 {
		return fmt.Errorf("of one delivered, one pending, one failing and one parked event a purge removed %d", removed)
	}
	if _, err := r.wantParked(ctx, cris.Page[string]{}, "a/1"); err != nil {
		return err
	}
	r.now = r.now.Add(time.Second)
	_, err = r.wants(ctx, "b/1", "c/2")
	return errors.Join(err, r.resolves(ctx, cris.Release, 1, "a/1"))
}

func relayCancelled(ctx context.Context, r *relaying) error {
	if err := r.park(ctx, "a/1", "b/1"); err != nil {
		return err
	}
	lease, err := r.wants(ctx, "b/1")
	if err != nil {
		return err
	}
	if err := r.save(ctx, 0, "c/1"); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, claimErr := r.claim(cancelled, 0)
	_, resolveErr := r.shared.Resolve(cancelled, cris.Drop, "a/1")
	_, countErr := r.shared.Backlog(cancelled)
	listErr := error(nil)
	for _, err := range r.shared.Parked(cancelled, cris.Page[string]{}) {
		listErr = err
	}
	for doing, err := range map[string]error{
		"Claim": claimErr, "Settle": r.shared.Settle(cancelled, lease, delivered("b/1")...), "Resolve": resolveErr, "Backlog": countErr, "Parked": listErr,
	} {
		if !errors.Is(err, context.Canceled) {
			return fmt.Errorf("%s gave: %w", doing, orNil(err))
		}
	}
	if _, err := r.wantParked(ctx, cris.Page[string]{}, "a/1"); err != nil {
		return err
	}
	if err := r.wantIDs(ctx, "b/1", "c/1"); err != nil {
		return err
	}
	if _, err := r.wants(ctx, "c/1"); err != nil {
		return err
	}
	return r.settle(ctx, lease, delivered("b/1")...)
}
