package cris

import "context"

// Keys is the port to the keys under which a store seals what is personal (PV-2). A key service
// fits behind it, and so does a file. No wrapping key leaves it: a store makes a new data key for
// the record of a person, has it wrapped, and keeps the wrapped key beside the record. To forget
// the wrapped key is to shred the record.
//
// It is safe for concurrent use.
type Keys interface {
	// Wrap encrypts a data key of 32 bytes under the key that is in force. The record is what the
	// data key is for; it is authenticated and not encrypted, and is never personal.
	Wrap(ctx context.Context, record string, dataKey []byte) (WrappedKey, error)
	// Unwrap returns the data key that was wrapped for the record. Its error matches ErrNoKey if
	// the key with that ID is not there or was destroyed, and ErrTampered if it is there and what
	// was wrapped is not authentic: another record, another key, a damaged text.
	Unwrap(ctx context.Context, record string, wrapped WrappedKey) (dataKey []byte, err error)
	// Digest returns a digest of 32 bytes of the value, under a key of its own for each column:
	// equal values of one column have equal digests for as long as the data is kept. It is for
	// blind indexes.
	Digest(ctx context.Context, column string, value []byte) ([]byte, error)
}

// WrappedKey is a data key as a store may keep it.
type WrappedKey struct {
	KeyID      string // of the key that wraps it: 1 to 64 characters of a-z, 0-9, - and _
	Ciphertext []byte
}
