// Package sentinel has the errors of package cris that packages below it return or look for.
package sentinel

import "errors"

// The errors, as package cris documents them.
var (
	ErrConflict = errors.New("conflict")
	ErrClock    = errors.New("the clock is not set")
)
