package document

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
)

// Seal is [Reveal], sealed: nobody reads what it returns without the keys. The content is encrypted
// with AES-256-GCM under a data key of its own, which stands in front of it, wrapped by the key
// that is in force, after the ID of that key.
//
// The record is what the key is for, such as "e_requests/" and an ID, and the name is that under
// which the document is kept. Neither may be personal or empty. The document opens for that record
// and under that name alone, so one that was moved to another place is noticed. The length of
// what is returned tells the length of the record.
//
// Its error is an [*Error] as that of Reveal, or that of the keys.
func Seal[T any](ctx context.Context, keys cris.Keys, record, name string, value T) ([]byte, error) {
	if record == "" || name == "" {
		return nil, errors.New("document: sealed for no record or under no name: give both, as for Open")
	}
	content, err := Reveal(value)
	if err != nil {
		return nil, err
	}
	defer clear(content)
	key := newDataKey()
	defer clear(key)
	sealed, err := seal(key, content, aboutOf(record, name))
	if err != nil {
		return nil, fmt.Errorf("document: seal: %w", err)
	}
	return wrap(ctx, keys, record, key, sealed)
}

// wrap puts the data key in front of what was sealed with it.
func wrap(ctx context.Context, keys cris.Keys, record string, key, sealed []byte) ([]byte, error) {
	wrapped, err := keys.Wrap(ctx, record, key)
	if err != nil {
		return nil, fmt.Errorf("document: wrap the data key: %w", err)
	}
	enclosed, ok := enclose(wrapped, sealed)
	if !ok {
		return nil, errors.New("document: the key service returned a wrapped key that is too long: 255 bytes for its ID and 65,535 for the key are the most")
	}
	return enclosed, nil
}

// Open is [Restore] for what [Seal] returned for that record and that name. It returns the zero
// value with an error: one that matches cris.ErrNoKey if the key that wraps the data key is not
// there, one that matches cris.ErrTampered for anything but the very document, that of Restore, or
// that of the keys.
func Open[T any](ctx context.Context, keys cris.Keys, record, name string, sealed []byte) (value T, err error) {
	key, content, err := unwrap(ctx, keys, record, sealed)
	if err != nil {
		return value, err
	}
	defer clear(key)
	opened, err := open(key, content, aboutOf(record, name))
	if err != nil {
		return value, fmt.Errorf("document: it was altered, or kept under another name; restore it from a backup: %w", err)
	}
	defer clear(opened)
	return Restore[T](opened)
}

// unwrap returns the data key of a document, and what was sealed with it.
func unwrap(ctx context.Context, keys cris.Keys, record string, document []byte) (key, sealed []byte, err error) {
	wrapped, sealed, ok := disclose(document)
	if !ok {
		return nil, nil, fmt.Errorf("document: not a sealed document: it was cut off or altered, or never sealed; restore it from a backup: %w", cris.ErrTampered)
	}
	key, err = keys.Unwrap(ctx, record, wrapped)
	if err != nil {
		return nil, nil, fmt.Errorf("document: unwrap the data key: %w", err)
	}
	return key, sealed, nil
}

// Rewrap returns the document with its data key wrapped by the key that is in force, so that the
// key that wrapped it before can be destroyed once every document was rewrapped. What is sealed
// stays as it is and is not opened, so Rewrap does not notice if it was altered. Its errors are
// otherwise those of [Open].
func Rewrap(ctx context.Context, keys cris.Keys, record string, sealed []byte) ([]byte, error) {
	key, content, err := unwrap(ctx, keys, record, sealed)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return wrap(ctx, keys, record, key, content)
}
