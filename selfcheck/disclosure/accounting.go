package disclosure

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// ErrConflict means that the store gave up because others wrote, or that another entry has the
// ID.
var ErrConflict = cris.ErrConflict

// Entry is the account of one disclosure (5 U.S.C. 552a(c)(1)). It holds nothing personal about
// the individual, and no number of the transaction. Only KeptUntil ever changes.
type Entry struct {
	ID        string // its own
	Handle    selfcheck.Handle
	At        time.Time // UTC, to the microsecond
	Use       Use
	Authority string // as Terms had it that day
	Purpose   Purpose
	Recipient Recipient
	Classes   []Class // what was disclosed, in the order of Classes
	By        string  // the ID of the official
	KeptUntil cris.Date
}

// IsSame reports whether two entries are equal, apart from how long they are kept.
func (e Entry) IsSame(other Entry) bool {
	return e.ID == other.ID && e.Handle == other.Handle && e.At.Equal(other.At) && e.Use == other.Use && e.Authority == other.Authority &&
		e.Purpose == other.Purpose && e.Recipient == other.Recipient && slices.Equal(e.Classes, other.Classes) && e.By == other.By
}

// Key returns the place of the entry in a list.
func (e Entry) Key() Key { return Key{e.At, e.ID} }

// Key is the place of an entry in a list: the earliest comes first, and within one instant the
// lower ID in byte order.
type Key struct {
	At time.Time
	ID string
}

// Compare returns -1, 0 or +1 as k comes before other, is the same, or comes after it. The
// zero Key comes first.
func (k Key) Compare(other Key) int {
	return cmp.Or(k.At.Compare(other.At), cmp.Compare(k.ID, other.ID))
}

// Page is a part of a list of entries. The zero Page is the whole list, and a Limit of zero or
// less is no limit.
type Page = cris.Page[Key]

// Accountings is the port to the accounting of disclosures (SC-18). It is safe for concurrent
// use. Callers may keep and change what they get.
type Accountings interface {
	// Record saves an entry. Saving the same entry again (Entry.IsSame) changes nothing and is
	// not an error, so that a call whose answer was lost may be repeated. Another entry with an
	// ID that is on file fails with an error that matches ErrConflict, as does a store that gives
	// up; nothing is saved then.
	Record(ctx context.Context, entry Entry) error
	// List yields the entries with the handle, in the order of their Key. It holds no lock and no
	// connection while it yields. Each range over it starts from the beginning. An error,
	// including that of the context, is yielded once and ends the sequence.
	List(ctx context.Context, handle selfcheck.Handle, page Page) iter.Seq2[Entry, error]
	// Retain keeps the entries with the handle at least through that day. It never shortens how
	// long an entry is kept.
	Retain(ctx context.Context, handle selfcheck.Handle, until cris.Date) error
}

// entryOf returns the account of what was decided.
//
// SC-18: an entry is kept for five years, or for the life of the record if that is longer.
func entryOf(id string, at time.Time, facts Facts, decision Decision, policy Policy) Entry {
	until := cris.DateOf(at, policy.Zone).AddMonths(policy.KeepMonths)
	if facts.KeptUntil.After(until) {
		until = facts.KeptUntil
	}
	return Entry{
		ID: id, Handle: facts.Handle, At: at, Use: decision.Terms.Use, Authority: decision.Terms.Authority, Purpose: facts.Purpose,
		Recipient: facts.Recipient, Classes: decision.What, By: facts.By.ID, KeptUntil: until,
	}
}
