package cris

import (
	"strconv"
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
