package main

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// ledger is what the world outside the store knows: which calls were made, which of them were
// acknowledged, how the others failed, and which events were told. It is safe for concurrent use.
type ledger struct {
	calls atomic.Int64 // that were made, by callers and jobs
	ended atomic.Bool  // the fault has ended

	mu        sync.Mutex
	acked     map[person]int            // how many of the person's acts
	tried     map[person]map[string]int // how often each call was made
	inDoubt   map[person]bool           // the act after those may be on file
	asked     map[person]bool           // it is being tried
	given     map[person]bool           // the caller gave up
	refusals  map[string]int            // by what the error says
	refused   int
	late      int // most tries in a row that a call took after the fault had ended, 0 if every first one succeeded
	unclear   []string
	told      map[string]bool
	events    map[string][]cris.Event // by subject, in the order in which they came first
	toldAgain int
}

func newLedger() *ledger {
	return &ledger{
		acked: map[person]int{}, tried: map[person]map[string]int{}, inDoubt: map[person]bool{}, asked: map[person]bool{}, given: map[person]bool{},
		refusals: map[string]int{}, told: map[string]bool{}, events: map[string][]cris.Event{},
	}
}

// try notes that a call is about to be made for a person.
func (l *ledger) try(p person, call string) {
	l.calls.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tried[p] == nil {
		l.tried[p] = map[string]int{}
	}
	l.tried[p][call]++
	l.asked[p] = true
}

// acknowledge notes that the call has succeeded.
func (l *ledger) acknowledge(p person) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acked[p]++
	l.inDoubt[p], l.asked[p] = false, false
}

func (l *ledger) giveUp(p person) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.given[p] = true
}

// fail notes how a call failed that was made for a person.
func (l *ledger) fail(p person, call string, r refusal) {
	l.refuse(call, r)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[p] = false
	l.inDoubt[p] = l.inDoubt[p] || !r.IsUndone
}

// mayBeThere reports whether an act that was not acknowledged may be on file: it failed with an
// error that does not say that nothing was saved, or its process was killed.
func (l *ledger) mayBeThere(p person) bool { return l.inDoubt[p] || l.asked[p] }

// refuse notes how a call or a job failed.
func (l *ledger) refuse(call string, r refusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refused++
	l.refusals[r.Says]++
	if r.Unclear != "" {
		l.unclear = append(l.unclear, call+": "+r.Unclear)
	}
}

// wait notes that a call failed for the n-th time in a row after the fault had ended.
func (l *ledger) wait(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.late = max(l.late, n)
}

// tell notes an event that was delivered. It may come again, and counts once.
func (l *ledger) tell(event cris.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.told[event.ID] {
		l.toldAgain++
		return
	}
	l.told[event.ID] = true
	l.events[event.Subject] = append(l.events[event.Subject], event)
}

// acknowledged returns how many acts of how many persons were.
func (l *ledger) acknowledged() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, acts := range l.acked {
		n += acts
	}
	return n
}

// refusal is how a call failed, as far as a caller can tell.
type refusal struct {
	Says     string // the code or the cause, and whether the call may be tried again at once
	Unclear  string // what is wrong with the error; "" if nothing is
	IsUndone bool   // it says that nothing was saved
}

// refusalOf looks at an error as a caller does who has nothing but errors.Is, errors.As and the
// text.
func refusalOf(err error) refusal {
	r := refusal{}
	told, isOfStore := errors.AsType[*sqlstore.Error](err)
	switch {
	case errors.Is(err, errNotYet):
		r.Says = errNotYet.Error()
	case isOfStore && told.Code != "":
		r.Says = told.Code
	case errors.Is(err, driver.ErrBadConn):
		r.Says = "bad connection"
	case errors.Is(err, context.DeadlineExceeded):
		r.Says = "deadline"
	case errors.Is(err, context.Canceled):
		r.Says = "canceled"
	case errors.Is(err, cris.ErrClock):
		r.Says = "clock"
	case isOfStore:
		r.Says = strings.TrimPrefix(lastPart(err.Error()), "failed with ")
	case errors.Is(err, cris.ErrConflict):
		r.Says = "conflict"
	default:
		r.Says, r.Unclear = "unclear", "neither a *sqlstore.Error nor a known cause: "+err.Error()
	}
	if errors.Is(err, cris.ErrConflict) && r.Says != "conflict" {
		r.Says += " (conflict)"
	}
	if text := fmt.Sprintf("%v %+v %#v", err, err, err); repeats(text) {
		r.Unclear = "it repeats something personal"
	}
	return r
}

// lastPart returns what stands behind the last colon.
func lastPart(text string) string {
	return strings.TrimSpace(text[strings.LastIndex(text, ": ")+1:])
}

// refusalText returns what the errors said and how often, the most frequent first.
func refusalText(refusals map[string]int) string {
	says := slices.SortedFunc(maps.Keys(refusals), func(a, b string) int {
		if byCount := refusals[b] - refusals[a]; byCount != 0 {
			return byCount
		}
		return strings.Compare(a, b)
	})
	var parts []string
	for _, say := range says {
		parts = append(parts, fmt.Sprintf("%s ×%d", say, refusals[say]))
	}
	return strings.Join(parts, ", ")
}
