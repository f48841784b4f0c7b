// Package relay delivers the events of an outbox for as long as a program runs (ER-12).
//
//	runner := relay.NewRunner(store.Outbox(), mux.Handle, nil)
//	err := runner.Run(ctx) // until the context ends
//
// Events of one subject are delivered in the order in which they were saved, and those of
// different subjects in any order. Over a [cris.SharedOutbox], such as those of adapters/memory and
// adapters/sqlstore, Run may be called any number of times, in one process and in many: each call
// takes events of subjects that no other holds, under a lease, and no event is delivered twice
// while all of them live. One that hangs or dies loses its lease, and others go on with what it
// held; what it had delivered but not marked comes again. A receiver therefore ignores an
// Event.ID that it has seen.
//
// An event that fails is tried again, later each time, and holds back its own subject until then.
// After many tries it is parked: those behind it go on, and a person releases or drops it
// ([cris.SharedOutbox]).
//
// Over any other outbox, call Run once at a time, in one process: an event that fails holds back
// all others until it is delivered.
//
// Clocks of several machines must agree to within Policy.Timeout. Where a clock jumps, events may
// be delivered twice or wait for a while; none is lost, and no person has to step in.
package relay
