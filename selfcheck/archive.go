package selfcheck

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// Archive is the port to the records of everybody: what staff finds, counts and purges. A Store
// that keeps them implements it too. The promises of Store on concurrency, on what callers may
// keep and on the text of errors hold for it.
type Archive interface {
	// Failures yields the failed proofings that the filter selects, by the bytes of their
	// transactions (SC-16), as Store.Unfinished yields its list.
	Failures(ctx context.Context, filter FailureFilter, page cris.Page[TransactionID]) iter.Seq2[Failure, error]
	// Candidates yields the transactions whose query may have the key, in the order of their
	// bytes. Those that have it are among them; whether a candidate has it, its record decides,
	// since a store with sealed columns finds by a part of what it looks for (SC-16).
	Candidates(ctx context.Context, key Key, page cris.Page[TransactionID]) iter.Seq2[TransactionID, error]
	// CountFailures counts the failed proofings from the instant to before the other, by the
	// days of the zone and by reason (SC-15), in the order of days and then of the bytes of
	// reasons; what did not occur is left out.
	CountFailures(ctx context.Context, from, before time.Time, zone *time.Location) ([]FailureCount, error)
	// PurgeRecords removes the passed proofings whose query was submitted before the instant
	// and is closed, with their queries, and the failures from before it, at most limit of each
	// (SC-17), all if limit is zero or less. It returns what it removed, also beside an error.
	// What is open stays.
	PurgeRecords(ctx context.Context, before time.Time, limit int) (Purged, error)
}

// FailureFilter selects failed proofings. Of what is set, all must hold; the zero FailureFilter
// selects all of them.
type FailureFilter struct {
	IdPTransaction IdPTransactionID
	Reason         FailureReason
	From, Before   time.Time // of Failure.At: from the first to before the second
}

// FailureCount is how many proofings failed on one day for one reason.
type FailureCount struct {
	Day    cris.Date // in the zone that was asked for
	Reason FailureReason
	Count  int
}

// Purged is what a purge removed.
type Purged struct {
	Queries  int // with their passed proofings
	Failures int
}

// KeyKind is what a query is found by.
type KeyKind string

// The kinds that the notice names (SC-16).
const (
	KeyName           KeyKind = "name"
	KeyANumber        KeyKind = "a_number"
	KeyI94Number      KeyKind = "i94_number"
	KeyReceiptNumber  KeyKind = "receipt_number" // of a card
	KeyPassportNumber KeyKind = "passport_number"
	KeySSN            KeyKind = "ssn"
)

// KeyKinds lists the kinds. The caller may keep and change the slice.
func KeyKinds() []KeyKind {
	return []KeyKind{KeyName, KeyANumber, KeyI94Number, KeyReceiptNumber, KeyPassportNumber, KeySSN}
}

// Key is a value that a query is found by, in the form in which it is compared. A store keeps
// the keys of a record ([Record.Keys]) beside it, in clear or as a blind index. It is
// comparable with ==.
type Key struct {
	Kind  KeyKind
	Value cris.Personal[string]
}

// Keys returns what the record is found by: nothing without a query (SC-16). The name has two
// keys, since it may have been written by either of two systems of transliteration.
func (r Record) Keys() []Key {
	if r.Query == (QueryRecord{}) {
		return nil
	}
	query := r.Query.Query
	keys := KeysOfName(r.Pass.Name)
	for _, of := range []struct {
		kind  KeyKind
		value string
	}{
		{KeyANumber, query.ANumber.Reveal()},
		{KeyI94Number, query.I94Number.Reveal()},
		{KeyReceiptNumber, query.CardNumber.Reveal().String()},
		{KeyPassportNumber, query.PassportNumber.Reveal()},
		{KeySSN, query.SSN.Reveal()},
	} {
		if of.value != "" {
			keys = append(keys, Key{of.kind, cris.NewPersonal(of.value)})
		}
	}
	return keys
}

// KeyOf returns the key of a number that was read: a cris.ANumber, an I94Number, a
// casestatus.ReceiptNumber, a PassportNumber or an SSN, by what Reveal returns of it.
func KeyOf(kind KeyKind, revealed string) Key { return Key{kind, cris.NewPersonal(revealed)} }

// KeysOfName returns the keys of a name: of family and given name together, by ICAO Doc 9303
// and by base letters, since either may have been written. They do not change with capitals,
// accents, blanks and signs.
func KeysOfName(name cris.PersonName) []Key {
	parts := name.Reveal()
	family, given := alphabet.KeysOf(parts.Family), alphabet.KeysOf(parts.Given)
	key := func(family, given cris.Personal[string]) Key {
		return Key{KeyName, cris.NewPersonal(family.Reveal() + "," + given.Reveal())}
	}
	keys := []Key{key(family.ICAO, given.ICAO), key(family.BaseLetter, given.BaseLetter)}
	return slices.Compact(keys)
}
