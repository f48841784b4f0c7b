package document

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/seed28e20331/cris"
)

// Sealing says whether a store seals its documents. Whoever opens a store has to say so: the zero
// Sealing is an error wherever it is used, so that nothing is in clear by mistake.
type Sealing struct {
	keys    cris.Keys
	isClear bool
}

// SealedBy is the Sealing of a store whose documents are sealed with the keys.
func SealedBy(keys cris.Keys) Sealing { return Sealing{keys: keys} }

// InClear is the Sealing of a store whose documents hold personal values in clear: what it keeps
// must be encrypted below it.
func InClear() Sealing { return Sealing{isClear: true} }

var errNotSaid = errors.New("document: nobody said whether documents are sealed: use SealedBy(keys), or InClear()")

// Write is [Seal], or [Reveal] for documents in clear, with its errors. It returns an error for
// the zero Sealing.
func Write[T any](ctx context.Context, s Sealing, record, name string, value T) ([]byte, error) {
	switch {
	case s.isClear:
		return Reveal(value)
	case s.keys == nil:
		return nil, errNotSaid
	}
	return Seal(ctx, s.keys, record, name, value)
}

// Read reads what [Write] wrote with that Sealing: it is [Open], or [Restore] for documents in
// clear, with its errors. It returns an error for the zero Sealing.
func Read[T any](ctx context.Context, s Sealing, record, name string, written []byte) (value T, err error) {
	switch {
	case s.isClear:
		return Restore[T](written)
	case s.keys == nil:
		return value, errNotSaid
	}
	return Open[T](ctx, s.keys, record, name, written)
}

// Key returns what to keep in place of a personal value by which documents are found, such as a
// receipt number: equal values of a column have equal keys, those of two columns have nothing in
// common, and nobody can tell the value without the keys of the Sealing. In clear it is the value
// itself. Its error is that of the keys; it returns one for the zero Sealing.
func (s Sealing) Key(ctx context.Context, column, value string) (string, error) {
	switch {
	case s.isClear:
		return value, nil
	case s.keys == nil:
		return "", errNotSaid
	}
	digest, err := s.keys.Digest(ctx, column, []byte(value))
	return hex.EncodeToString(digest), err
}
