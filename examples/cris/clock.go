package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed28e20331/cris"
)

// clock is the simulated time of the story. It moves only when it is set, and only
// forward.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// set moves the clock to the full hour of a day in the agency's zone.
func (c *clock) set(day string, hour int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	start := cris.MustParseDate(day).Start(cris.AgencyZone())
	next := start.Add(time.Duration(hour) * time.Hour)
	if next.Before(c.now) {
		panic("the story goes back in time, to " + day)
	}
	c.now = next
}

// identifiers gives out short identifiers: a story reads better with request-7 than
// with a UUID. A real program leaves the option unset.
func identifiers(prefix string) func() string {
	var n atomic.Int64
	return func() string { return fmt.Sprintf("%s-%d", prefix, n.Add(1)) }
}
