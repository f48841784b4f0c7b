package selfcheck

import (
	"fmt"
	"io"
	"time"

	"github.com/seed28e20331/cris"
)

// PassedProofing is what is on record of a passed proofing (SC-6): who passed it, without the
// address of residence, and which statement was shown before anything was asked. A store saves it
// once and gives it back; its fields are exported for that and for nothing else.
type PassedProofing struct {
	Transaction    TransactionID
	IdPTransaction IdPTransactionID
	At             time.Time // UTC, to the microsecond
	Statement      string    // edition of the Privacy Act Statement that was shown (ER-7)
	Name           cris.PersonName
	BirthDate      cris.Personal[cris.Date]
	SSN            SSN // zero if the individual did not give it
}

// Identity returns the identity that the query carries. It is the zero LockedIdentity if
// p is not a complete record of a passed proofing.
func (p PassedProofing) Identity() LockedIdentity {
	if p.Transaction == "" || p.IdPTransaction == "" || p.At.IsZero() || p.Statement == "" || p.Name.IsZero() || p.BirthDate.IsZero() {
		return LockedIdentity{}
	}
	return LockedIdentity{transaction: cris.NewPersonal(p.Transaction), name: p.Name, birthDate: p.BirthDate, ssn: p.SSN}
}

// isExpired reports whether it is too late for a query to follow.
func (p PassedProofing) isExpired(now time.Time, policy Policy) bool {
	return p != PassedProofing{} && isOver(p.At, now, policy.PassLife)
}

// isOf reports whether it is the claim's person who passed.
func (p PassedProofing) isOf(c claimed) bool {
	return c.isSamePerson(claimOf("", Applicant{Name: p.Name, BirthDate: p.BirthDate, SSN: p.SSN}))
}

// LockedIdentity is the identity of an individual who passed the proofing. It has no fields to
// set and no address: what was proved goes into the query unchanged (SC-6, SC-7). It is
// comparable with == and prints as [redacted]. A query with the zero LockedIdentity is refused.
type LockedIdentity struct {
	transaction cris.Personal[TransactionID] // of the passed proofing
	name        cris.PersonName
	birthDate   cris.Personal[cris.Date]
	ssn         SSN
}

// IsZero reports whether l is the zero LockedIdentity, which is no one's.
func (l LockedIdentity) IsZero() bool { return l == LockedIdentity{} }

// Transaction returns the transaction in which the identity was proved.
func (l LockedIdentity) Transaction() TransactionID { return l.transaction.Reveal() }

// Name returns the name that was proved, in the individual's own spelling.
func (l LockedIdentity) Name() cris.PersonName { return l.name }

// BirthDate returns the date of birth that was proved.
func (l LockedIdentity) BirthDate() cris.Personal[cris.Date] { return l.birthDate }

// SSN returns the Social Security number that was proved, the zero SSN if the individual
// gave none for the proofing.
func (l LockedIdentity) SSN() SSN { return l.ssn }

// Format implements fmt.Formatter: every verb and flag prints cris.Redacted.
func (l LockedIdentity) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, cris.Redacted) }

// MarshalText returns cris.Redacted: JSON, XML and log/slog use it. It never fails.
func (l LockedIdentity) MarshalText() ([]byte, error) { return []byte(cris.Redacted), nil }
