package cris

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
)

// RetentionStore is the port through which records are purged: an optional interface of a store. It
// is safe for concurrent use, by several processes at once, beside everything else that they do.
type RetentionStore interface {
	// RecordClasses lists the codes of the classes that the store keeps records of. The caller may
	// keep and change the slice.
	RecordClasses() []Code
	// Records yields what there is to say of the records of a class, by ID, in an order that is
	// the store's own and does not change. A class that the store does not keep has none. Records
	// holds no lock and no connection while it yields, and each range over it starts from the
	// beginning. An error, including that of the context, is yielded once and ends the sequence.
	Records(ctx context.Context, class Code, page Page[string]) iter.Seq2[RetentionRecord, error]
	// Remove gives decide those of the records that are on file, and all holds, as they are at
	// that moment. It removes the records that the Removal names, with all that belongs to them,
	// and saves its events, whole or not at all. Until it is done, nothing changes in the records
	// and no hold is put or lifted. An ID that was not given to decide is not removed. An error of
	// decide comes back as it is, and nothing is removed. Decide may be called more than once, and
	// does no I/O. The error matches ErrConflict if the store gives up, or if the ID of an event
	// is taken.
	Remove(ctx context.Context, class Code, ids []string, decide func(records []RetentionRecord, holds []Hold) (Removal, error)) error
	// Holds returns all holds that are kept, lifted ones included, in the byte order of
	// their IDs. The caller may keep and change the slice.
	Holds(ctx context.Context) ([]Hold, error)
	// UpdateHold gives decide the hold with that ID, or the zero Hold, and saves what it returns
	// with its events, whole or not at all; the zero Hold leaves everything as it is. Holds are
	// one scope, which Remove takes too: when UpdateHold has returned, no Remove goes by the
	// holds as they were. Errors are as for Remove.
	UpdateHold(ctx context.Context, id string, decide func(prior Hold) (Hold, []Event, error)) error
}

// Removal is what a decision about records wants removed.
type Removal struct {
	IDs    []string
	Events []Event
}

// The types of the events of retention. Their Subject is the class of records, or the ID of the
// hold. They name no record and nobody.
const (
	EventPurged     = "cris.retention.purged"   // data: removed, authority, through
	EventHoldPut    = "cris.retention.held"     // data: class, why
	EventHoldLifted = "cris.retention.released" // data: class, why
)

// EventSourceRetention is the Source of the events of retention.
const EventSourceRetention = "/cris/retention"

// Retention carries out a schedule (PV-4). A host program calls Purge once a day. It is safe for
// concurrent use, and several programs may purge the same store at once.
type Retention struct {
	store    RetentionStore
	schedule Schedule
	options  RetentionOptions
	now      func() (time.Time, error)
}

// RetentionOptions are what a Retention takes from its surroundings. The zero value of each field
// means its default.
type RetentionOptions struct {
	Now   func() time.Time // the wall clock
	NewID func() string    // of events; UUIDs of version 7
	Zone  *time.Location   // whose calendar says which day it is; AgencyZone()
	Batch int              // how many records are removed in one step, which others wait for; 200
}

// NewRetention returns what carries out the schedule in the store. Nil options mean defaults. It
// fails if the store keeps records of a class that the schedule does not have: they would be kept
// forever, and nobody would have said so.
func NewRetention(store RetentionStore, schedule Schedule, opts *RetentionOptions) (*Retention, error) {
	options := RetentionOptions{}
	if opts != nil {
		options = *opts
	}
	options.NewID = ambient.IDs(options.NewID)
	if options.Zone == nil {
		options.Zone = AgencyZone()
	}
	if options.Batch <= 0 {
		options.Batch = 200
	}
	var missing []error
	for _, code := range store.RecordClasses() {
		if _, known := schedule.Class(code); !known {
			missing = append(missing, fmt.Errorf("retention: the store keeps records of the class %q: add it to the schedule", code))
		}
	}
	if len(missing) > 0 {
		return nil, errors.Join(missing...)
	}
	return &Retention{store, schedule, options, ambient.Time(options.Now)}, nil
}

// RetentionReport is what a purge did, or would do (PV-4). It names no record.
type RetentionReport struct {
	Today   Date
	DryRun  bool
	Classes []ClassReport // of the classes that the store keeps, in the order of the schedule
}

// ClassReport is what a purge did in one class. Every record that it saw is in one of the four
// counts.
type ClassReport struct {
	Class   RecordClass
	Kept    int  // their period is not over
	Open    int  // something still needs them
	Held    int  // their period is over, and a hold is on them
	Removed int  // they are gone; in a dry run, they would be
	Next    Date // the first day on which one of those that are kept may go; zero if there is none
}

// Removed returns how many records were removed, or would be.
func (r RetentionReport) Removed() (n int) {
	for _, class := range r.Classes {
		n += class.Removed
	}
	return n
}

// DryRun returns the report of a purge that removes nothing. It is what Purge would report, were
// nothing to change in between. Its errors are those of Purge.
func (r *Retention) DryRun(ctx context.Context) (RetentionReport, error) { return r.run(ctx, true) }

// Purge removes the records whose period is over, unless something needs them or a hold is on
// them, and reports what it removed. It removes a batch at a time, each whole or not at all, with
// an event that says how many those were (EventPurged), unless they are mere upkeep. A record
// that comes to be needed, or gets a hold, while Purge runs stays. What one purge did not reach,
// because the context ended or the program was killed, is left to the next.
//
// A record stays as long as another record that names it, so it may take a further run until both
// are gone.
//
// The error matches ErrClock if the clock is not set, and ErrConflict if others kept writing; it is
// another if the store failed. The report says what was removed before the error, and that stays
// removed.
func (r *Retention) Purge(ctx context.Context) (RetentionReport, error) { return r.run(ctx, false) }

func (r *Retention) run(ctx context.Context, dry bool) (RetentionReport, error) {
	now, err := r.now()
	if err != nil {
		return RetentionReport{}, fmt.Errorf("retention: purge: %w", err)
	}
	report := RetentionReport{Today: DateOf(now, r.options.Zone), DryRun: dry}
	holds, err := r.store.Holds(ctx)
	if err != nil {
		return report, fmt.Errorf("retention: read holds: %w", err)
	}
	kept := r.store.RecordClasses()
	for _, class := range r.schedule.classes {
		if !slices.Contains(kept, class.Code) {
			continue
		}
		step := purging{r, class, holds, report.Today, now, ClassReport{Class: class}}
		err := step.run(ctx, dry)
		report.Classes = append(report.Classes, step.report)
		if err != nil {
			return report, fmt.Errorf("retention: purge %s: %w", class.Code, err)
		}
	}
	return report, nil
}

// purging is the purge of one class.
type purging struct {
	*Retention

	class  RecordClass
	holds  []Hold // as they were when the run began
	today  Date
	now    time.Time
	report ClassReport
}

// run walks through the records and removes what is expired, a batch at a time.
func (p *purging) run(ctx context.Context, dry bool) error {
	var batch []string
	for record, err := range p.store.Records(ctx, p.class.Code, Page[string]{}) {
		if err != nil {
			return err
		}
		decision := p.decide(record, p.holds)
		switch {
		case decision.Outcome != RetentionExpired:
			p.count(decision)
		case dry:
			p.report.Removed++
		default:
			batch = append(batch, record.ID)
		}
		if len(batch) == p.options.Batch {
			if err := p.remove(ctx, batch); err != nil {
				return err
			}
			batch = nil
		}
	}
	return p.remove(ctx, batch)
}

func (p *purging) decide(record RetentionRecord, holds []Hold) RetentionDecision {
	return DecideRetention(p.class, record, holds, p.today, p.options.Zone)
}

// count adds a record that stays to the report.
func (p *purging) count(decision RetentionDecision) {
	switch decision.Outcome {
	case RetentionOpen:
		p.report.Open++
	case RetentionHeld:
		p.report.Held++
	default:
		p.report.Kept++
		if p.report.Next.IsZero() || !decision.FirstDay.IsZero() && decision.FirstDay.Before(p.report.Next) {
			p.report.Next = decision.FirstDay
		}
	}
}

// remove removes those of the records that are still expired, and counts them all.
func (p *purging) remove(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return ctx.Err()
	}
	var stay []RetentionDecision
	var gone int
	err := retry.OnConflict(ctx, func() error {
		return p.store.Remove(ctx, p.class.Code, ids, func(records []RetentionRecord, holds []Hold) (Removal, error) {
			var removal Removal
			stay = nil
			for _, record := range records {
				if decision := p.decide(record, holds); decision.Outcome != RetentionExpired {
					stay = append(stay, decision)
					continue
				}
				removal.IDs = append(removal.IDs, record.ID)
			}
			if gone = len(removal.IDs); gone > 0 && !p.class.Upkeep {
				removal.Events = []Event{p.purged(gone)}
			}
			return removal, nil
		})
	})
	if err != nil {
		return err
	}
	p.report.Removed += gone
	for _, decision := range stay {
		p.count(decision)
	}
	return nil
}

// purged is the event of a batch.
func (p *purging) purged(n int) Event {
	return Event{
		ID: p.options.NewID(), Type: EventPurged, Source: EventSourceRetention, Subject: string(p.class.Code), Time: p.now,
		Data: map[string]string{"removed": strconv.Itoa(n), "authority": p.class.Authority, "through": p.today.String()},
	}
}

// Holds returns all holds that are kept, lifted ones included. The error is that of the store.
func (r *Retention) Holds(ctx context.Context) ([]Hold, error) {
	holds, err := r.store.Holds(ctx)
	if err != nil {
		return nil, fmt.Errorf("retention: read holds: %w", err)
	}
	return holds, nil
}

// Put puts a hold. Once it has returned, nothing that the hold is on is purged. Putting the same
// hold again changes nothing. The host program makes sure that whoever puts it may do so (PV-3),
// and that nothing in it is personal.
//
// The error says what is wrong with the hold (Hold.Check); it matches ErrConflict if another hold
// has the ID, even one that was lifted, or if others kept writing, and ErrClock if the clock is not
// set; it is another if the store failed.
func (r *Retention) Put(ctx context.Context, hold Hold) error {
	now, err := r.now()
	if err != nil {
		return fmt.Errorf("retention: put hold: %w", err)
	}
	if err := hold.Check(); err != nil {
		return fmt.Errorf("retention: put %w", err)
	}
	if _, known := r.schedule.Class(hold.Class); hold.Class != "" && !known {
		return errors.New("retention: put hold: the schedule has no such class")
	}
	hold.Since, hold.Lifted, hold.LiftedBy = now, time.Time{}, ""
	return r.updateHold(ctx, "put hold", hold.ID, func(prior Hold) (Hold, []Event, error) {
		if prior.ID == "" {
			return hold, []Event{r.holdEvent(EventHoldPut, hold, now)}, nil
		}
		again := hold
		again.Since = prior.Since
		if again != prior {
			return Hold{}, nil, fmt.Errorf("another hold has the ID: %w", ErrConflict)
		}
		return Hold{}, nil, nil
	})
}

// Lift ends a hold, and keeps who lifted it. One that was lifted before stays as it was. The error
// matches ErrNotFound if there is no such hold, and is otherwise one of those of Put.
func (r *Retention) Lift(ctx context.Context, id, by string) error {
	now, err := r.now()
	if err != nil {
		return fmt.Errorf("retention: lift hold: %w", err)
	}
	if by == "" {
		return errors.New("retention: lift hold: say who lifts it")
	}
	return r.updateHold(ctx, "lift hold", id, func(hold Hold) (Hold, []Event, error) {
		if hold.ID == "" {
			return Hold{}, nil, ErrNotFound
		}
		if !hold.Lifted.IsZero() {
			return Hold{}, nil, nil
		}
		hold.Lifted, hold.LiftedBy = now, by
		return hold, []Event{r.holdEvent(EventHoldLifted, hold, now)}, nil
	})
}

func (r *Retention) updateHold(ctx context.Context, doing, id string, decide func(Hold) (Hold, []Event, error)) error {
	err := retry.OnConflict(ctx, func() error {
		var refused error
		err := r.store.UpdateHold(ctx, id, func(prior Hold) (hold Hold, events []Event, err error) {
			hold, events, refused = decide(prior)
			return hold, events, refused
		})
		if refused != nil {
			return retry.Final(err)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("retention: %s: %w", doing, err)
	}
	return nil
}

func (r *Retention) holdEvent(eventType string, hold Hold, at time.Time) Event {
	return Event{
		ID: r.options.NewID(), Type: eventType, Source: EventSourceRetention, Subject: hold.ID, Time: at,
		Data: map[string]string{"class": cmp.Or(string(hold.Class), "all"), "why": hold.Why},
	}
}
