package trackingtest

import (
	"sync/atomic"
	"time"
)

// shortWhile is how long one Update waits inside decide for another, which a store with
// one writer at a time lets in only afterwards.
const shortWhile = 150 * time.Millisecond

// meeting lets two Updates wait for each other inside decide. What two do that never meet
// there proves nothing about a race.
type meeting struct {
	came atomic.Int32
	both chan struct{} // closed when both are there
}

func newMeeting() *meeting { return &meeting{both: make(chan struct{})} }

// join waits for the other and reports whether it came. Whoever decides once more is not
// held up.
func (m *meeting) join() bool {
	if m.came.Add(1) == 2 {
		close(m.both)
	}
	select {
	case <-m.both:
		return true
	case <-time.After(shortWhile):
		return false
	}
}
