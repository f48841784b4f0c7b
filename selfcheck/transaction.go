package selfcheck

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"github.com/seed28e20331/cris"
)

// Token is the bearer secret of one use of Self Check: anyone who has it may go on in the
// individual's place. The program makes one with [NewToken] before it asks for anything, and
// keeps it in the individual's session; it belongs nowhere else. No port is given the token:
// stores and events know the use by its [TransactionID], and the provider by its [Reference].
// What is kept between the two parts of the proofing is sealed with it ([BegunProofing]).
//
// It prints as [redacted]; Reveal gives the text. It is comparable with ==. The zero Token
// is refused everywhere.
type Token struct{ hiddenToken }

type hiddenToken = cris.Personal[string]

// tokenLength is the length of the texts that rand.Text makes: 130 random bits in base32.
const tokenLength = 26

// NewToken returns a token that nobody can guess.
func NewToken() Token { return Token{cris.NewPersonal(rand.Text())} }

// ParseToken reads what Reveal returned. Its error is a *cris.ParseError that does not
// repeat the input.
func ParseToken(s string) (Token, error) {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '2' || c > '7') {
			return Token{}, &cris.ParseError{What: "Self Check token", At: i, Problem: "want capital letters and the digits 2 to 7"}
		}
	}
	if len(s) != tokenLength {
		return Token{}, &cris.ParseError{What: "Self Check token", At: -1, Problem: "want 26 characters"}
	}
	return Token{cris.NewPersonal(s)}, nil
}

// Transaction returns the transaction of the token.
func (t Token) Transaction() TransactionID { return TransactionID(t.derive("transaction")) }

// reference returns what the provider knows the transaction by.
func (t Token) reference() Reference { return Reference(t.derive("reference")) }

// derive returns 32 lowercase hexadecimal digits, derived from the token and the purpose. They do
// not lead back to the token, nor from one purpose to another.
func (t Token) derive(purpose string) string {
	sum := sha256.Sum256([]byte("cris selfcheck " + purpose + "\x00" + t.Reveal()))
	return hex.EncodeToString(sum[:len(sum)/2])
}

// TransactionID identifies one use of Self Check, from the proofing to the closing of the case:
// 32 lowercase hexadecimal digits, derived from its [Token]. It is the transaction ID by which
// records are found again (SC-16) and the subject of events. It says nothing about the
// individual, is not a secret, and gives no access.
type TransactionID string

// isValid reports whether id can have come from a token.
func (id TransactionID) isValid() bool {
	for i := range len(id) {
		if c := id[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(id) == sha256.Size
}

// Reference is what the identity proofing provider knows a transaction by: 32 lowercase
// hexadecimal digits, derived from its [Token]. It does not lead to the transaction, so what the
// provider holds about somebody cannot be joined to what is on record here.
type Reference string
