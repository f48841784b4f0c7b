package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"os"
	"strconv"
	"sync"

	"github.com/seed28e20331/cris"
)

// ring is a file of keys as it was read. It does not change.
type ring struct {
	info    os.FileInfo
	index   []byte
	stored  []storedKey // without their secrets
	keys    map[string]*wrappingKey
	current *wrappingKey
	columns sync.Map // of string: []byte, the keys of blind indexes
}

// isOf reports whether the file is still the one that was read.
func (r *ring) isOf(info os.FileInfo) bool {
	return os.SameFile(r.info, info) && r.info.ModTime().Equal(info.ModTime()) && r.info.Size() == info.Size()
}

// wrappingKey is a key that wraps data keys.
type wrappingKey struct {
	id  string
	box cipher.AEAD
}

func newWrappingKey(id string, secret []byte) (*wrappingKey, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &wrappingKey{id, box}, nil
}

func (k *wrappingKey) wrap(record string, dataKey []byte) cris.WrappedKey {
	return cris.WrappedKey{KeyID: k.id, Ciphertext: k.box.Seal(nil, nil, dataKey, k.binding(record))} //nolint:gosec // G407 does not know NewGCMWithRandomNonce
}

// binding is what a wrapped key is authentic for: the key that wraps it, and its record.
func (k *wrappingKey) binding(record string) []byte {
	return []byte("cris data key " + strconv.Itoa(len(k.id)) + " " + k.id + " " + record)
}

func (r *ring) unwrap(record string, wrapped cris.WrappedKey) ([]byte, error) {
	key, known := r.keys[wrapped.KeyID]
	if !known {
		return nil, r.missing(wrapped.KeyID)
	}
	dataKey, err := key.box.Open(nil, nil, wrapped.Ciphertext, key.binding(record))
	if err != nil {
		return nil, fmt.Errorf("seal: a data key was altered, or is that of another record: restore it from a backup of the database: %w", cris.ErrTampered)
	}
	return dataKey, nil
}

// missing says why there is no key with the ID, which it repeats if the file has it.
func (r *ring) missing(id string) error {
	for _, k := range r.stored {
		if k.ID == id {
			return fmt.Errorf("seal: key %s was destroyed: what it wrapped cannot be opened again: %w", id, cris.ErrNoKey)
		}
	}
	return fmt.Errorf("seal: a data key was wrapped by a key that is not in the file: give the program the file of keys that this database was sealed with: %w", cris.ErrNoKey)
}
