package selfcheck

import (
	"crypto/sha256"
	"encoding/hex"
)

// TransactionID identifies one use of Self Check, from the proofing to the closing
// of the case. [Service] makes it, and it says nothing about the individual.
//
// It is a bearer secret: whoever has it may go on in the individual's place. It
// belongs in the session, in the store and in the request to the provider, not in logs
// or in the addresses of pages. Events name a transaction by its Subject.
type TransactionID string

// Subject returns the name by which events speak of the transaction: 32 hexadecimal
// digits, the first half of the SHA-256 of its text. The transaction finds its events
// by it; nobody finds the transaction by it.
func (t TransactionID) Subject() string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:len(sum)/2])
}
