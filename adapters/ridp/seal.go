package ridp

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/seed28e20331/cris/selfcheck"
)

// purpose is what a sealed text is for. One that was sealed for another purpose, or for
// another proofing, does not open.
type purpose string

const (
	forPage       purpose = "quiz"
	forConclusion purpose = "report"
)

// sealer seals what the browser carries. Its keys are those of all processes.
type sealer struct {
	boxes []cipher.AEAD // the first seals, each opens
}

// newSealer returns a sealer with AES-256-GCM and random nonces.
func newSealer(keys [][]byte) (*sealer, error) {
	const size = 32
	s := &sealer{}
	for _, key := range keys {
		if len(key) != size || bytes.Equal(key, make([]byte, size)) {
			return nil, errors.New("ridp: a key is not of 32 bytes, or all zero")
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, errors.New("ridp: a key cannot be used")
		}
		box, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, errors.New("ridp: a key cannot be used")
		}
		s.boxes = append(s.boxes, box)
	}
	if len(s.boxes) == 0 {
		return nil, errors.New("ridp: no key")
	}
	return s, nil
}

// sealedText is base64 that nobody else can write, and in which one bit decides nothing.
func sealedText() *base64.Encoding { return base64.RawURLEncoding.Strict() }

// maxSealed is the most characters of a sealed text.
const maxSealed = 256 << 10

// seal returns a text that only open opens, padded to a multiple of 1 KiB, so that its length
// does not tell what is in it.
func (s *sealer) seal(to purpose, of selfcheck.Reference, value any) (string, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return "", errors.New("ridp: it cannot be sealed")
	}
	const block = 1 << 10
	padded := make([]byte, (len(plain)/block+1)*block)
	for i := copy(padded, plain); i < len(padded); i++ {
		padded[i] = ' '
	}
	box := s.boxes[0]
	return sealedText().EncodeToString(box.Seal(nil, nil, padded, boundTo(to, of))), nil //nolint:gosec // G407 does not know NewGCMWithRandomNonce
}

// open reads what seal sealed for this purpose and this proofing, and reports whether it did.
func (s *sealer) open(to purpose, of selfcheck.Reference, sealed string, value any) bool {
	if len(sealed) > maxSealed || strings.ContainsAny(sealed, "\r\n") { // which base64 passes over
		return false
	}
	closed, err := sealedText().DecodeString(sealed)
	if err != nil {
		return false
	}
	for _, box := range s.boxes {
		if plain, err := box.Open(nil, nil, closed, boundTo(to, of)); err == nil {
			return json.Unmarshal(plain, value) == nil
		}
	}
	return false
}

func boundTo(to purpose, of selfcheck.Reference) []byte {
	return []byte("cris ridp\x00" + string(to) + "\x00" + string(of))
}

// sealedQuiz is what the quiz page needs. It comes with the individual's browser.
type sealedQuiz struct {
	Until     int64 // the last moment at which it can be answered, in Unix microseconds
	Questions []question
	Session   string
	Reference string // the hub reference number
	Person    person // whom it is about
}

// sealedReport is how a quiz ended. It comes with the individual's browser.
type sealedReport struct {
	Until     int64 // the last moment at which it counts, in Unix microseconds
	Outcome   selfcheck.IdPOutcome
	At        int64 // Unix microseconds
	Questions int
	Code      selfcheck.ErrorCode
	Reference string // the hub reference number
	Person    person // whom it is about; zero unless passed
}
