package memory

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// relayed is what the relays of an outbox have in common.
type relayed struct {
	subjects map[string]subject     // those that are held back
	parked   map[string]parkedEvent // by ID
}

// subject is a subject that is held back: by a lease, or by an event that failed.
type subject struct {
	lease  string    // empty while it waits for the next try
	until  time.Time // end of the lease or of the wait
	failed string    // ID of the event that failed, or empty
	tries  int
}

// parkedEvent is a parked event with the position that it had.
type parkedEvent struct {
	cris.ParkedEvent
	position int
}

// Claim implements cris.SharedOutbox. Its error is that of the context.
func (o *Outbox) Claim(ctx context.Context, claim cris.Claim) (lease cris.Lease, err error) {
	lease.ID = claim.ID
	err = o.db.locked(ctx, func() error {
		for _, event := range o.db.outbox.pending {
			if claim.Limit > 0 && len(lease.Events) == claim.Limit {
				break
			}
			if tries, taken := o.db.outbox.relayed.take(claim, event.Event); taken {
				lease.Events = append(lease.Events, cris.ClaimedEvent{Event: owned(event.Event), Tries: tries})
			}
		}
		return nil
	})
	return lease, err
}

// take reports whether a claim gets the next event of a subject, and holds the subject then.
func (r *relayed) take(claim cris.Claim, event cris.Event) (tries int, taken bool) {
	held, is := r.subjects[event.Subject]
	isOver := !held.until.After(claim.At) || !claim.Latest.IsZero() && held.until.After(claim.Latest)
	if is && held.lease != claim.ID && !isOver {
		return 0, false
	}
	if held.failed != "" && held.failed != event.ID {
		return 0, false // it is behind the one that failed
	}
	if r.subjects == nil {
		r.subjects = map[string]subject{}
	}
	held.lease, held.until = claim.ID, claim.Until
	r.subjects[event.Subject] = held
	return held.tries, true
}

// Settle implements cris.SharedOutbox. Its error matches cris.ErrLeaseLost if something was not
// saved for that reason. It is otherwise cris.ErrClock or that of the context, and nothing was
// saved then.
func (o *Outbox) Settle(ctx context.Context, lease cris.Lease, settled ...cris.Settlement) error {
	return o.db.locked(ctx, func() error {
		now, err := ambient.Time(nil)()
		if err != nil {
			return fmt.Errorf("memory: settle: %w", err)
		}
		if !o.db.outbox.settle(lease, settled, now) {
			return fmt.Errorf("memory: settle: %w", cris.ErrLeaseLost)
		}
		return nil
	})
}

// settle ends a lease, and reports whether it still held everything that is settled.
func (o *outbox) settle(lease cris.Lease, settled []cris.Settlement, now time.Time) (all bool) {
	subjectOf := map[string]string{}
	for _, event := range lease.Events {
		if o.relayed.subjects[event.Subject].lease == lease.ID {
			subjectOf[event.ID] = event.Subject
		}
	}
	all = true
	failed := map[string]subject{}
	for _, s := range settled {
		name, held := subjectOf[s.ID]
		switch {
		case !held:
			all = false
		case s.Result == cris.ResultFailed:
			failed[name] = subject{failed: s.ID, tries: s.Tries, until: s.RetryAt}
		default:
			o.finish(s, now)
		}
	}
	o.relayed.giveBack(lease.ID)
	maps.Copy(o.relayed.subjects, failed)
	return all
}

// finish takes an event out of those that are pending, since it was delivered or is parked.
func (o *outbox) finish(s cris.Settlement, now time.Time) {
	for _, event := range o.takeOut(s.ID) {
		if s.Result == cris.ResultDelivered {
			o.published[event.ID] = now
			continue
		}
		if o.relayed.parked == nil {
			o.relayed.parked = map[string]parkedEvent{}
		}
		parked := cris.ParkedEvent{Event: event.Event, Tries: s.Tries, Code: s.Code, ParkedAt: now}
		o.relayed.parked[event.ID] = parkedEvent{parked, event.position}
	}
}

// forget lets those follow that were behind an event.
func (r *relayed) forget(event pendingEvent) {
	if held := r.subjects[event.Subject]; held.failed == event.ID {
		held.failed, held.tries = "", 0
		r.subjects[event.Subject] = held
	}
}

// giveBack ends what a lease holds. An event that failed before goes on holding back those of
// its subject.
func (r *relayed) giveBack(lease string) {
	for name, held := range r.subjects {
		switch {
		case held.lease != lease:
		case held.failed == "":
			delete(r.subjects, name)
		default:
			held.lease, held.until = "", time.Time{}
			r.subjects[name] = held
		}
	}
}

// Parked implements cris.SharedOutbox: it lists the parked events by the bytes of their IDs.
// Its error is that of the context, or says that the key cannot be one.
func (o *Outbox) Parked(ctx context.Context, page cris.Page[string]) iter.Seq2[cris.ParkedEvent, error] {
	byID := func(a, b cris.ParkedEvent) int { return strings.Compare(a.ID, b.ID) }
	return list(ctx, o.db, page, byID, func(add func(cris.ParkedEvent)) {
		for id, parked := range o.db.outbox.relayed.parked {
			if id > page.After {
				parked.Event = owned(parked.Event)
				add(parked.ParkedEvent)
			}
		}
	})
}

// Resolve implements cris.SharedOutbox. Its error is cris.ErrClock or that of the context, or says
// that there is no such resolution; nothing is resolved then.
func (o *Outbox) Resolve(ctx context.Context, resolution cris.Resolution, ids ...string) (resolved int, err error) {
	if !slices.Contains(cris.Resolutions(), resolution) {
		return 0, fmt.Errorf("memory: resolve: say cris.Release or cris.Drop, not %q", resolution)
	}
	err = o.db.locked(ctx, func() error {
		now, err := ambient.Time(nil)()
		if err != nil {
			return fmt.Errorf("memory: resolve: %w", err)
		}
		resolved = o.db.outbox.resolve(resolution, ids, now)
		return nil
	})
	return resolved, err
}

func (o *outbox) resolve(resolution cris.Resolution, ids []string, now time.Time) (resolved int) {
	for _, id := range ids {
		parked, is := o.relayed.parked[id]
		if !is {
			continue
		}
		delete(o.relayed.parked, id)
		resolved++
		if resolution == cris.Drop {
			o.published[id] = now
			continue
		}
		o.pending = append(o.pending, pendingEvent{parked.Event, parked.position})
	}
	slices.SortFunc(o.pending, func(a, b pendingEvent) int { return cmp.Compare(a.position, b.position) })
	return resolved
}

// Backlog implements cris.SharedOutbox. Its error is that of the context.
func (o *Outbox) Backlog(ctx context.Context) (backlog cris.Backlog, err error) {
	err = o.db.locked(ctx, func() error {
		box := &o.db.outbox
		backlog = cris.Backlog{Pending: len(box.pending), Parked: len(box.relayed.parked)}
		for _, held := range box.relayed.subjects {
			if held.failed != "" {
				backlog.Failing++
			}
		}
		if len(box.pending) > 0 {
			backlog.Oldest = box.pending[0].Time
		}
		return nil
	})
	return backlog, err
}
