package cris

import (
	"fmt"
	"io"
	"unique"
)

// Redacted is what a personal value prints as, everywhere.
const Redacted = "[redacted]"

// Personal keeps a value of an identified person (PV-1): a date of birth, an
// e-mail address, a passport number. It prints as [redacted] under every verb of
// fmt, in JSON, XML, templates and log/slog, also deep inside a struct. Reveal is
// the only way to the value.
//
// It is comparable with ==, which compares the values; its zero value holds
// nothing. Printing can go past the methods, which fmt does not call on an
// unexported field; it shows an address then. The value stands behind two pointers
// for that, because fmt follows one if the verb does not suit it (%s).
type Personal[T comparable] struct {
	value unique.Handle[unique.Handle[T]]
}

// NewPersonal hides v. The zero value of T gives the zero Personal.
func NewPersonal[T comparable](v T) Personal[T] {
	var nothing T
	if v == nothing {
		return Personal[T]{}
	}
	return Personal[T]{unique.Make(unique.Make(v))}
}

// Reveal returns the personal value, the zero value of T if there is none. What
// it returns must not reach a log, an error text, a metric or a URL.
func (p Personal[T]) Reveal() T {
	if p.IsZero() {
		var nothing T
		return nothing
	}
	return p.value.Value().Value()
}

// IsZero reports whether nothing is held.
func (p Personal[T]) IsZero() bool { return p == Personal[T]{} }

// Format implements fmt.Formatter: every verb and flag prints Redacted.
func (p Personal[T]) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, Redacted) }

// String returns Redacted.
func (p Personal[T]) String() string { return Redacted }

// MarshalText returns Redacted: JSON, XML and log/slog use it.
func (p Personal[T]) MarshalText() ([]byte, error) { return []byte(Redacted), nil }
