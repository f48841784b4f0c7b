package selfcheck

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// Archive is the port to all records, for staff to find and count. A Store that keeps them
// implements it too. What Store promises about concurrency, about what callers may keep and about
// the text of errors holds for Archive too.
type Archive interface {
	// Failures yields the failed proofings that the filter selects, in the byte order of their
	// transactions (SC-16), under the terms of Store.Unfinished.
	Failures(ctx context.Context, filter FailureFilter, page cris.Page[TransactionID]) iter.Seq2[Failure, error]
	// Candidates yields the transactions whose query may have the key, in byte order, under the
	// terms of Store.Unfinished. All that have it are among them. Only the record of a candidate
	// tells whether it does, since a store with sealed columns may search by a part of the key
	// (SC-16).
	Candidates(ctx context.Context, key Key, page cris.Page[TransactionID]) iter.Seq2[TransactionID, error]
	// CountFailures counts the failed proofings from the instant from up to, but not including,
	// before, by day in the zone and by reason (SC-15). The counts are in the order of days and
	// then in the byte order of reasons; counts of zero are left out.
	CountFailures(ctx context.Context, from, before time.Time, zone *time.Location) ([]FailureCount, error)
}

// FailureFilter selects failed proofings that match every field that is set. The zero
// FailureFilter selects all of them.
type FailureFilter struct {
	IdPTransaction IdPTransactionID
	Reason         FailureReason
	From, Before   time.Time // bounds of Failure.At: From is included, Before is not; zero is no bound
}

// FailureCount is how many proofings failed on one day for one reason.
type FailureCount struct {
	Day    cris.Date // in the zone that was asked for
	Reason FailureReason
	Count  int
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

// Keys returns what the record is found by, nil if it has no query (SC-16). The name has two
// keys, or one if they are equal, since it may have been written by either of two systems of
// transliteration.
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

// KeyOf returns the key of a number that was parsed: a cris.ANumber, an I94Number, a
// casestatus.ReceiptNumber, a PassportNumber or an SSN. revealed is what its Reveal returns, or
// String for a receipt number.
func KeyOf(kind KeyKind, revealed string) Key { return Key{kind, cris.NewPersonal(revealed)} }

// KeysOfName returns the keys of a name: of family and given name together, by ICAO Doc 9303 and
// by base letters, since the name may have been written either way. Case, accents, spaces and
// punctuation make no difference.
func KeysOfName(name cris.PersonName) []Key {
	parts := name.Reveal()
	family, given := alphabet.KeysOf(parts.Family), alphabet.KeysOf(parts.Given)
	key := func(family, given cris.Personal[string]) Key {
		return Key{KeyName, cris.NewPersonal(family.Reveal() + "," + given.Reveal())}
	}
	keys := []Key{key(family.ICAO, given.ICAO), key(family.BaseLetter, given.BaseLetter)}
	return slices.Compact(keys)
}
