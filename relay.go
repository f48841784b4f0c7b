package cris

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"
)

// SharedOutbox is an optional interface of an [Outbox] whose events several relays deliver at
// once, in one process or in many (ER-12). Package adapters/relay has the relay: most programs
// call nothing of this themselves, except Parked and Resolve for staff.
//
// Events of one Subject are delivered in the order in which they were saved, whatever their
// Source; those without a Subject count as one subject. Between subjects there is no order. An
// event that fails holds back those of its subject, and no others.
//
// An event that was put aside for a person is parked. It is in neither Pending nor Claim, and
// those after it go on.
type SharedOutbox interface {
	// Claim hands out events that are due, of subjects that no lease holds, and holds their
	// subjects under the lease that the claim asks for. Of a subject it hands out the event that
	// failed, or else events in their order, beginning with the first that is not delivered. It
	// does not wait for the lease of anybody else: if nothing is both due and free, the lease has
	// no events, and holds nothing.
	Claim(ctx context.Context, claim Claim) (Lease, error)
	// Settle ends the lease and saves what became of its events, all at once. What is not
	// named is given back: it is due at once, and has not been tried. Nothing is saved
	// about an event whose subject the lease has lost; the error matches ErrLeaseLost then, and
	// the rest is saved. Of one subject at most one event is settled as failed: those behind it
	// were not tried.
	Settle(ctx context.Context, lease Lease, settled ...Settlement) error
	// Parked lists the parked events by ID.
	Parked(ctx context.Context, page Page[string]) iter.Seq2[ParkedEvent, error]
	// Resolve releases or drops the parked events with these IDs, and returns how many those
	// are. An ID that is not that of a parked event changes nothing.
	Resolve(ctx context.Context, resolution Resolution, ids ...string) (resolved int, err error)
	// Backlog counts what is not delivered.
	Backlog(ctx context.Context) (Backlog, error)
}

// ErrLeaseLost means that a lease ended before it was settled, and something that it held has been
// free for others since then. What was delivered under it may be delivered again.
var ErrLeaseLost = errors.New("the lease was lost")

// Claim asks for events. The store compares its instants with those of other claims and
// settlements, and not with a clock of its own.
type Claim struct {
	ID    string    // names the lease; no two claims have the same
	At    time.Time // now
	Until time.Time // when the lease ends, if it is not settled before
	// Latest is later than any lease or wait can end by now. One that ends after it was made
	// by a clock that has been set back since, and is over. The zero Latest is never.
	Latest time.Time
	Limit  int // at most this many events; zero or less means no limit. A store may hand out fewer
}

// Lease is what a claim got. It belongs to the caller.
type Lease struct {
	ID     string // that of the claim
	Events []ClaimedEvent
}

// ClaimedEvent is an event to be delivered.
type ClaimedEvent struct {
	Event
	Tries int // how often it has failed so far
}

// RelayResult says what became of an event of a lease.
type RelayResult string

// The results.
const (
	ResultDelivered RelayResult = "delivered" // it is delivered, for good
	ResultFailed    RelayResult = "failed"    // it is to be tried again
	ResultParked    RelayResult = "parked"    // it waits for a person
)

// RelayResults lists the results. The caller may keep and change the slice.
func RelayResults() []RelayResult {
	return []RelayResult{ResultDelivered, ResultFailed, ResultParked}
}

// Settlement is what became of one event of a lease.
type Settlement struct {
	ID     string // of the event
	Result RelayResult
	// Of an event that failed or is parked:
	Tries   int         // how often it has failed by now
	Code    FailureCode // why it failed last
	RetryAt time.Time   // if it failed: it is not due before
}

// ParkedEvent is an event that waits for a person.
type ParkedEvent struct {
	Event
	Tries    int         // how often it had failed
	Code     FailureCode // why it failed last
	ParkedAt time.Time   // in UTC, to the microsecond
}

// Resolution is what a person decides about parked events. Who decided is for the host
// program to put on record.
type Resolution string

// The resolutions.
const (
	// Release makes an event due again, as if it had never failed, before those of its
	// subject that are still to be delivered.
	Release Resolution = "release"
	// Drop takes an event out for good, as if it had been delivered.
	Drop Resolution = "drop"
)

// Resolutions lists the resolutions. The caller may keep and change the slice.
func Resolutions() []Resolution { return []Resolution{Release, Drop} }

// Backlog is what is not delivered yet.
type Backlog struct {
	Pending int       // to be delivered, whether due or not, held or not
	Failing int       // those of them that failed and are to be tried again
	Oldest  time.Time // the Time of the pending event that was saved first; zero if there is none
	Parked  int       // waiting for a person, and not counted as pending
}

// FailureCode says why an event was not delivered. The error text of the receiver is not kept,
// since it may be personal (PV-1).
type FailureCode string

// The failure codes.
const (
	FailureUnknown       FailureCode = "failed"        // any error but the following
	FailurePanic         FailureCode = "panicked"      // the receiver panicked
	FailureTimeout       FailureCode = "timed_out"     // the delivery took too long
	FailureConflict      FailureCode = "conflict"      // ErrConflict
	FailureNotFound      FailureCode = "not_found"     // ErrNotFound
	FailureNoKey         FailureCode = "no_key"        // ErrNoKey
	FailureClock         FailureCode = "clock"         // ErrClock
	FailureUndeliverable FailureCode = "undeliverable" // ErrUndeliverable
)

// FailureCodes lists the failure codes. The caller may keep and change the slice.
func FailureCodes() []FailureCode {
	return []FailureCode{
		FailureUnknown, FailurePanic, FailureTimeout, FailureConflict, FailureNotFound, FailureNoKey, FailureClock, FailureUndeliverable,
	}
}

// ErrUndeliverable means that an event cannot be delivered, however often that is tried. A
// relay parks it at once.
var ErrUndeliverable = errors.New("the event cannot be delivered")

// FailureCodeOf returns the code of an error of a deliver function.
func FailureCodeOf(err error) FailureCode {
	for _, known := range []struct {
		err  error
		code FailureCode
	}{
		{ErrUndeliverable, FailureUndeliverable},
		{context.DeadlineExceeded, FailureTimeout},
		{ErrConflict, FailureConflict},
		{ErrNotFound, FailureNotFound},
		{ErrNoKey, FailureNoKey},
		{ErrClock, FailureClock},
	} {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	return FailureUnknown
}

// relayBatch is how many events Relay reads at a time.
const relayBatch = 100

// Relay makes one pass over an outbox: it hands every pending event to deliver, in order, and
// marks it as delivered once deliver has returned nil. It returns when nothing is pending, and
// says how many events it delivered. It stops at the first error, so that nothing overtakes
// the event that failed; the next call goes on from there.
//
// It is for tests, and for a program that does one thing and ends. A program that serves runs
// the relay of package adapters/relay, which goes on with other subjects when one fails, and of
// which several may run. Relay knows nothing of those: run it alone, since two at once do not keep
// the order, and deliver some events twice.
//
// Events are delivered at least once: if Relay is stopped between delivering and marking, the
// event comes again. A receiver therefore ignores an Event.ID that it has seen.
func Relay(ctx context.Context, outbox Outbox, deliver func(context.Context, Event) error) (int, error) {
	delivered := 0
	for {
		events, err := outbox.Pending(ctx, relayBatch)
		if err != nil {
			return delivered, fmt.Errorf("relay: read outbox: %w", err)
		}
		if len(events) == 0 {
			return delivered, nil
		}
		for _, event := range events {
			if err := deliver(ctx, event); err != nil {
				return delivered, fmt.Errorf("relay: deliver %s %s: %w", event.Type, event.ID, err)
			}
			if err := outbox.MarkDelivered(ctx, event.ID); err != nil {
				return delivered, fmt.Errorf("relay: mark %s: %w", event.ID, err)
			}
			delivered++
		}
	}
}
