package contract

import (
	"fmt"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// Clock is a clock for tests that stands still until it is set. Its methods are Now, which
// is for the Now of every Options, Today, Set and Advance. It is safe for concurrent use.
// The kits hand it out under their own name.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock {
	c := &Clock{}
	c.Set(at)
	return c
}

// Now returns the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Today returns the day that the clock shows in the agency's zone.
func (c *Clock) Today() cris.Date { return cris.DateOf(c.Now(), cris.AgencyZone()) }

// Set sets the clock to the time, forward or back; see NewClock for its form.
func (c *Clock) Set(at string) {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		panic(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

// Advance sets the clock forward, or back if d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// IDs returns a source of identifiers for the NewID of every Options: the prefix and 1, 2,
// 3 and so on. It is safe for concurrent use.
func IDs(prefix string) func() string {
	var mu sync.Mutex
	n := 0
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		return fmt.Sprint(prefix, n)
	}
}
