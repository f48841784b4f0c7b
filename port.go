package cris

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/seed28e20331/cris/internal/sentinel"
)

// The errors that all ports and services share. They are wrapped on their way: compare with
// errors.Is. Each package names the first two again beside its ports, as in
// erequest.ErrNotFound; these are the same values.
var (
	// ErrNotFound means that nothing is on file under that identifier.
	ErrNotFound = errors.New("not found")
	// ErrConflict means that a store gave up because others changed the same scope, or that
	// an identifier is taken. Nothing was saved. Every service tries again before it returns this
	// error: up to twelve tries, with random waits that double from 2 milliseconds to at most 400,
	// ten seconds in all, and no longer than the context lasts. The caller may try again later.
	// Inside a transaction of the host program nothing is tried again: the whole transaction has
	// to be begun anew.
	ErrConflict = sentinel.ErrConflict
	// ErrClock means that the clock of a service shows a time that cannot be now: before 1971,
	// as a clock does that was never set, or from the year 9900 on. Nothing was saved.
	ErrClock = sentinel.ErrClock
	// ErrNoKey means that what was sealed cannot be opened, because the key is not there: it was
	// destroyed or shredded, or the program was given other keys. Nothing was changed.
	ErrNoKey = errors.New("the key is not there")
	// ErrTampered means that what was sealed is not what was kept under that name: it was altered,
	// or moved there from another row. Nothing was changed.
	ErrTampered = errors.New("sealed data is not authentic")
)

// ParseError says what could not be read, and where. It never carries the text that was
// read, which may be personal (PV-1).
type ParseError struct {
	What    string // what was expected, such as "date"
	At      int    // the byte offset at which reading stopped, counted from 0; -1 if the problem is with the whole
	Problem string // what is wrong there, in plain words
}

// Error returns what was expected, at which character reading stopped, counted from 1, and
// what is wrong there.
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

// Page selects a part of a list, by key. The zero Page is the whole list. After a key that
// no store can hold, since it is not UTF-8 or has a NUL in it, a list yields an error.
type Page[Key any] struct {
	After Key // the list starts after this key, that of the last value seen; the zero Key means from the beginning
	Limit int // at most so many values; zero or less means no limit
}

// Purger is an optional interface of an outbox: it can forget events that were delivered. Records,
// and delivered events with them, are purged by [Retention].
type Purger interface {
	// Purge removes the events that were delivered before the instant, together with their IDs,
	// and returns how many. What is still to be delivered stays. Purge may be called at any time,
	// even by several callers at once. After an error, what was removed so far stays removed.
	Purge(ctx context.Context, before time.Time) (removed int, err error)
}
