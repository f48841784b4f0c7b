package cris

import "errors"

// Two outcomes that every store reports alike, however it wraps them. Each package
// names them again beside its ports (erequest.ErrNotFound); they are the same values.
var (
	// ErrNotFound: the store holds nothing under that identifier.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the store gave up because others changed the same scope, or
	// an identifier is taken already. Nothing was saved; the caller may try again.
	ErrConflict = errors.New("conflict")
)
