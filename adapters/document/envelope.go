package document

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"

	"github.com/seed28e20331/cris"
)

// This file is how bytes are sealed: AES-256-GCM under a data key of their own, which is wrapped
// by a key of cris.Keys and stands in front of them.

const dataKeySize = 32

func newDataKey() []byte {
	key := make([]byte, dataKeySize)
	_, _ = rand.Read(key) // never fails
	return key
}

// seal encrypts the content, with a nonce in front, and binds it to what it is about.
func seal(dataKey, content, about []byte) ([]byte, error) {
	sealer, err := sealerOf(dataKey)
	if err != nil {
		return nil, err
	}
	return sealer.Seal(nil, nil, content, about), nil //nolint:gosec // it makes a random nonce itself
}

// open returns what was sealed with the data key about the same. Its error matches
// cris.ErrTampered for anything else.
func open(dataKey, sealed, about []byte) ([]byte, error) {
	sealer, err := sealerOf(dataKey)
	if err != nil {
		return nil, err
	}
	content, err := sealer.Open(nil, nil, sealed, about)
	if err != nil {
		return nil, cris.ErrTampered
	}
	return content, nil
}

func sealerOf(dataKey []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(dataKey)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// aboutOf is what a document is bound to. The length keeps the two names apart.
func aboutOf(record, name string) []byte {
	about := binary.BigEndian.AppendUint32([]byte("cris document"), uint32(len(record))) //nolint:gosec // no name is that long
	return append(append(about, record...), name...)
}

// sealedForm is the first byte of a sealed document.
const sealedForm = 1

// enclose puts a wrapped data key in front of what was sealed with it: the form, the ID of the key
// that wraps it, and the wrapped key, each after its length. It reports whether there is room.
func enclose(key cris.WrappedKey, sealed []byte) (enclosed []byte, ok bool) {
	const mostID, mostKey = 1<<8 - 1, 1<<16 - 1
	if len(key.KeyID) > mostID || len(key.Ciphertext) > mostKey {
		return nil, false
	}
	enclosed = append([]byte{sealedForm, byte(len(key.KeyID))}, key.KeyID...)       //nolint:gosec // see above
	enclosed = binary.BigEndian.AppendUint16(enclosed, uint16(len(key.Ciphertext))) //nolint:gosec // see above
	return append(append(enclosed, key.Ciphertext...), sealed...), true
}

// disclose takes apart what enclose made, and reports whether it is such.
func disclose(enclosed []byte) (key cris.WrappedKey, sealed []byte, ok bool) {
	if len(enclosed) < 2 || enclosed[0] != sealedForm {
		return key, nil, false
	}
	id, rest, ok := cut(enclosed[2:], int(enclosed[1]))
	if !ok || len(rest) < 2 {
		return key, nil, false
	}
	wrapped, sealed, ok := cut(rest[2:], int(binary.BigEndian.Uint16(rest)))
	return cris.WrappedKey{KeyID: string(id), Ciphertext: wrapped}, sealed, ok
}

func cut(from []byte, n int) (first, rest []byte, ok bool) {
	if n > len(from) {
		return nil, nil, false
	}
	return from[:n], from[n:], true
}
