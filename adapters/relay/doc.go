// Package relay delivers the events of an outbox for as long as a program runs (ER-12).
//
//	runner := relay.NewRunner(store.Outbox(), mux.Handle, nil)
//	err := runner.Run(ctx) // until the context ends
//
// Events of one subject are delivered in the order in which they were saved, and those of
// different subjects in any. Over a [cris.SharedOutbox], such as those of adapters/memory and
// adapters/sqlstore, Run may be called as often as there is work for, in one process and in many:
// each call takes events of subjects that no other holds, under a lease, and none is delivered
// twice while all live. One that stands still or dies loses its lease, and others go on with what
// it held; what it had delivered and not marked comes again. A receiver therefore ignores an
// Event.ID that it has seen.
//
// An event that fails is tried again, later each time, and holds back its own subject until then.
// After many tries it is parked: those behind it go on, and a person releases or drops it
// ([cris.SharedOutbox]).
//
// Over any other outbox one Run works at a time, and an event that fails holds back all others
// until it is delivered.
//
// Clocks of several machines must agree to within Policy.Timeout. Where a clock jumps, events may
// be delivered twice or wait for a while; none is lost, and no person has to step in.
package relay
