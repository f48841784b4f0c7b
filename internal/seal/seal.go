// Package seal encrypts what is personal in a row (PV-2): the personal columns of a row become one
// text, under the data key of the record that the row belongs to.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/seed28e20331/cris"
)

// KeySize is how many bytes a data key has.
const KeySize = 32

// NewDataKey returns a data key that nobody can guess.
func NewDataKey() []byte {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key) // never fails
	return key
}

// Key seals and opens texts under one data key, with AES-256-GCM and random nonces. It is safe for
// concurrent use.
type Key struct {
	header [headerSize]byte
	box    cipher.AEAD
}

// What stands before the nonce: the version of the format, and the ID of the data key.
const (
	version    = 1
	headerSize = 7
	overhead   = 12 + 16 // the nonce and the tag
)

// NewKey returns the Key of a data key of 32 bytes. Its error does not repeat the key.
func NewKey(dataKey []byte) (*Key, error) {
	if len(dataKey) != KeySize {
		return nil, errors.New("a data key does not have 32 bytes")
	}
	block, err := aes.NewCipher(dataKey)
	if err != nil {
		return nil, errors.New("a data key cannot be used")
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, errors.New("a data key cannot be used")
	}
	key := &Key{box: box}
	key.header[0] = version
	id := sha256.Sum256(append([]byte("cris data key "), dataKey...))
	copy(key.header[1:], id[:])
	return key, nil
}

// Seal returns a text that only Open of the same key opens, with the same binding.
func (k *Key) Seal(plain, binding []byte) string {
	used := takeBuffers()
	defer used.free()
	used.sealed = append(used.sealed[:0], k.header[:]...)
	used.sealed = k.box.Seal(used.sealed, nil, plain, binding) //nolint:gosec // G407 does not know NewGCMWithRandomNonce
	used.text = encoding.AppendEncode(used.text[:0], used.sealed)
	return string(used.text)
}

// Open returns what Seal was given. Its error matches cris.ErrNoKey if the text was sealed under
// another data key, and cris.ErrTampered if it was sealed under this one and altered since, or
// with another binding. It repeats nothing of the text.
func (k *Key) Open(text string, binding []byte) (plain string, err error) {
	used := takeBuffers()
	defer used.free()
	used.sealed, err = encoding.AppendDecode(used.sealed[:0], []byte(text))
	if err != nil || len(used.sealed) < headerSize+overhead || used.sealed[0] != version {
		return "", fmt.Errorf("%w: this is not a sealed text", cris.ErrTampered)
	}
	if [headerSize]byte(used.sealed) != k.header {
		return "", fmt.Errorf("%w: it was sealed under another data key", cris.ErrNoKey)
	}
	used.plain, err = k.box.Open(used.plain[:0], nil, used.sealed[headerSize:], binding)
	if err != nil {
		return "", fmt.Errorf("%w: it was altered, or moved here from another place", cris.ErrTampered)
	}
	return string(used.plain), nil
}

// buffers are what a text is sealed and opened in: making them takes as long as that.
type buffers struct{ sealed, text, plain []byte }

var spareBuffers = sync.Pool{New: func() any { return &buffers{} }}

func takeBuffers() *buffers { return spareBuffers.Get().(*buffers) } //nolint:errcheck // nothing else is in it

func (b *buffers) free() {
	clear(b.plain) // nothing personal is kept
	spareBuffers.Put(b)
}

// encoding is the only text form of a ciphertext: no other text stands for the same bytes.
var encoding = base64.RawStdEncoding.Strict()

// Bind appends what a text is bound to, such as the table and the key of its row: each part with
// its length, so that two lists of parts are never the same bytes.
func Bind(binding []byte, parts ...string) []byte {
	for _, part := range parts {
		binding = binary.AppendUvarint(binding, uint64(len(part)))
		binding = append(binding, part...)
	}
	return binding
}
