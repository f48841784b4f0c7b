package cris

import (
	"context"
	"errors"
	"strconv"
	"time"
)

// The errors that every port and every service reports alike, however it wraps them. Each
// package names the first two again beside its ports (erequest.ErrNotFound); they are the
// same values.
var (
	// ErrNotFound: nothing is on file under that identifier.
	ErrNotFound = errors.New("not found")
	// ErrConflict: a store gave up because others changed the same scope, or an identifier
	// is taken already. Nothing was saved. A service tries a few times before it returns
	// this; its caller may try again later.
	ErrConflict = errors.New("conflict")
	// ErrClock: the clock of a service shows a time that cannot be now, such as the zero
	// time of a clock that was never set. Nothing was saved.
	ErrClock = errors.New("the clock is not set")
)

// ParseError says what could not be read and where. It never carries the text
// that was read, which may be personal (PV-1).
type ParseError struct {
	What    string // the thing that was expected, such as "date"
	At      int    // the byte offset in the input at which reading stopped, from 0; -1 for the whole
	Problem string // what is wrong there, in plain words
}

func (e *ParseError) Error() string {
	if e.At < 0 {
		return e.What + ": " + e.Problem
	}
	return e.What + ": at character " + strconv.Itoa(e.At+1) + ": " + e.Problem
}

// must returns v or panics with err: it serves the Must functions.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Page is a part of a list. The zero Page is the whole list.
type Page[Key any] struct {
	After Key // where to go on: the key of the last value seen; the zero key for the beginning
	Limit int // how many values at most; zero or less for no limit
}

// Purger is an optional interface of a store, and of an outbox: what it keeps beyond its
// use can be removed below an instant, so that nothing grows forever (PV-4).
type Purger interface {
	// Purge removes what nobody has needed since before the instant, and returns how many
	// things that were. An outbox removes events that were delivered before it, and their
	// IDs with them; a store of scopes those that were last updated before it. What is
	// still to be delivered, and what is on file, stays. It may be called at any time, also
	// by several at once; after an error, what was removed until then stays removed.
	Purge(ctx context.Context, before time.Time) (removed int, err error)
}
