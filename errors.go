package cris

import "errors"

// Two outcomes that every store reports alike. The packages wrap them in
// sentinels of their own, so that a caller may ask for either:
// errors.Is(err, erequest.ErrNotFound) or errors.Is(err, cris.ErrNotFound).
var (
	// ErrNotFound: the store holds nothing under that identifier.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the store gave up because others changed the same scope, or
	// an identifier is taken already. Nothing was saved; the caller may try again.
	ErrConflict = errors.New("conflict")
)
