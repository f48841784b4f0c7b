package relay

import "time"

// Policy holds the figures of a runner. A field left at zero means its default.
type Policy struct {
	// Batch is how many events are taken, and marked, at a time: this many may come again after a
	// process was killed. Default: 100.
	Batch int
	// Timeout is how long the delivery of one event may take before it has failed. Default: 20
	// seconds. A lease lasts three times as long: half of it for deliveries to begin, the rest
	// for the last one to end and to be marked.
	Timeout time.Duration
	// FirstWait is how long an event waits that failed once. Each further wait is twice as long,
	// and none longer than LongestWait. Default: one second.
	FirstWait time.Duration
	// LongestWait is the longest wait between two tries. Default: 15 minutes.
	LongestWait time.Duration
	// Jitter is the part of a wait that is left to chance, at most 1, so that what failed together
	// is not tried together. A negative value means no jitter. Default: 0.5.
	Jitter float64
	// Tries is how often an event is tried before it is parked. Default: 100, which takes most of a
	// day, so that nothing is parked because a receiver was down for a night.
	Tries int
	// Poll is the longest wait between two looks at an outbox in which nothing was due. Default:
	// one second.
	Poll time.Duration
	// Report is how often Options.OnBacklog is called. Default: 15 seconds.
	Report time.Duration
}

// DefaultPolicy returns the default figures.
func DefaultPolicy() Policy {
	return Policy{
		Batch: 100, Timeout: 20 * time.Second, FirstWait: time.Second, LongestWait: 15 * time.Minute,
		Jitter: 0.5, Tries: 100, Poll: time.Second, Report: 15 * time.Second,
	}
}

// withDefaults returns the policy without zeros.
func (p Policy) withDefaults() Policy {
	d := DefaultPolicy()
	return Policy{
		Batch: orDefault(p.Batch, d.Batch), Timeout: orDefault(p.Timeout, d.Timeout),
		FirstWait: orDefault(p.FirstWait, d.FirstWait), LongestWait: orDefault(p.LongestWait, d.LongestWait),
		Jitter: min(1, max(0, orDefault(p.Jitter, d.Jitter))), Tries: orDefault(p.Tries, d.Tries),
		Poll: orDefault(p.Poll, d.Poll), Report: orDefault(p.Report, d.Report),
	}
}

func orDefault[T int | time.Duration | float64](value, byDefault T) T {
	if value == 0 {
		return byDefault
	}
	return value
}

// lease is how long a lease lasts.
func (p Policy) lease() time.Duration { return 3 * p.Timeout }

// begins is for how long deliveries are begun under a lease.
func (p Policy) begins() time.Duration { return p.lease() / 2 }

// grace is how long a delivery may go on after it was told to end: it leaves as much for
// marking.
func (p Policy) grace() time.Duration { return p.Timeout / 4 }

// latest is how far ahead of now a lease or a wait may end.
func (p Policy) latest() time.Duration { return 2 * (p.LongestWait + p.lease()) }

// Wait returns how long an event waits that has failed this many times, at least once. Chance is at
// least 0 and less than 1.
func (p Policy) Wait(tries int, chance float64) time.Duration {
	p = p.withDefaults()
	wait := p.FirstWait
	for range tries - 1 {
		if wait >= p.LongestWait {
			break
		}
		wait *= 2
	}
	wait = min(wait, p.LongestWait)
	return wait - time.Duration(float64(wait)*p.Jitter*chance)
}
