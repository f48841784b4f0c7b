package main

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"

	"github.com/seed28e20331/cris/adapters/everify/everifytest"
)

// states are the states of a person after each number of acts, none to all.
type states struct {
	after   []state
	between map[int][]state // of the act after so many: those in which it may break off
}

// statesOf returns the states of a person in a run without faults on the store in memory.
var statesOf = remembered(func(p person) (states, error) {
	ctx := context.Background()
	verifier := newEVerify(start, int(p)+1)
	server := httptest.NewServer(verifier)
	defer server.Close()
	client, err := newVerifier(server.URL, start)
	if err != nil {
		return states{}, err
	}
	s, told := newServices(inMemory(), start, client), newLedger()
	next := func() (state, error) {
		if err := finish(ctx, s, told); err != nil {
			return state{}, err
		}
		return stateOf(ctx, s.on, p, told.events, verifier.Cases())
	}
	first, err := next()
	all := states{[]state{first}, map[int][]state{}}
	for i, act := range acts() {
		for _, way := range act.ways {
			if err := way(ctx, s, p); !errors.Is(err, errBrokenOff) {
				return states{}, fmt.Errorf("without faults, %s does not break off: %w", act.call, err)
			}
			between, err := next()
			if err != nil {
				return states{}, err
			}
			all.between[i] = append(all.between[i], between)
		}
		if err := act.do(ctx, s, p); err != nil {
			return states{}, fmt.Errorf("without faults, %s: %w", act.call, err)
		}
		after, err := next()
		if err != nil {
			return states{}, err
		}
		all.after = append(all.after, after)
	}
	return all, err
})

// remembered returns a function that works each answer out once.
func remembered[Key comparable, Value any](find func(Key) (Value, error)) func(Key) (Value, error) {
	var mu sync.Mutex
	known := map[Key]Value{}
	return func(key Key) (Value, error) {
		mu.Lock()
		defer mu.Unlock()
		if value, is := known[key]; is {
			return value, nil
		}
		value, err := find(key)
		if err == nil {
			known[key] = value
		}
		return value, err
	}
}

// audit compares what is on file, and which events were told, with what the callers know: every
// act that was acknowledged is there once with all that follows from it, and one that was not is
// there whole or not at all.
type audit struct {
	lost, doubled int // lines of a state that are missing, and that are too many
	again         int // entries that are there once more, of calls that have no key
	partial       int // acts that were never acknowledged and are on file all the same
	wrong         []string
}

func (a *audit) of(ctx context.Context, s *services, l *ledger, people []person, cases []everifytest.Case) error {
	claimed := 0
	for _, p := range people {
		all, err := statesOf(p)
		if err != nil {
			return err
		}
		wanted := all.after
		found, err := stateOf(ctx, s.on, p, l.events, cases)
		if err != nil {
			return err
		}
		claimed += countEvents(found)
		acked := l.acked[p]
		switch {
		case slices.Equal(found.lines, wanted[acked].lines):
		case l.mayBeThere(p) && slices.ContainsFunc(append(all.between[acked], wanted[acked+1]), func(s state) bool { return slices.Equal(found.lines, s.lines) }):
			a.partial++
		default:
			a.differ(p, acked, wanted[acked].lines, found.lines)
		}
		for call := range wanted[len(acts())].entries {
			n, least, most := found.entries[call], wanted[acked].entries[call], l.tried[p][call]
			if n < least || n > most {
				a.differ(p, acked, []string{fmt.Sprintf("%s: %d entries", call, least)}, []string{fmt.Sprintf("%s: %d entries of %d tries", call, n, most)})
			}
			a.again += max(0, n-1)
		}
	}
	if claimed != len(l.told) {
		return fmt.Errorf("%d events are of nobody", len(l.told)-claimed)
	}
	return nil
}

func countEvents(s state) (n int) {
	for _, line := range s.lines {
		if strings.HasPrefix(line, "event ") {
			n++
		}
	}
	return n
}

// differ counts the lines that are in one state only.
func (a *audit) differ(p person, acked int, wanted, found []string) {
	missing, extra := without(wanted, found), without(found, wanted)
	if len(missing)+len(extra) == 0 {
		missing = []string{"the order of events"}
	}
	a.lost += len(missing)
	a.doubled += len(extra)
	a.wrong = append(a.wrong, fmt.Sprintf("person %d after %d acts (the next is %s): missing %q, too many %q",
		p, acked, nameOf(acked), missing, extra))
}

// nameOf returns the call of the act after so many.
func nameOf(done int) string {
	if done == len(acts()) {
		return "none"
	}
	return acts()[done].call
}

// without returns the lines that are not among the others, each as often as it is there more.
func without(lines, others []string) []string {
	others = slices.Clone(others)
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		i := slices.Index(others, line)
		if i >= 0 {
			others = slices.Delete(others, i, i+1)
		}
		return i >= 0
	})
}
