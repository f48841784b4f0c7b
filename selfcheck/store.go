package selfcheck

import (
	"context"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
)

var (
	// ErrNotFound means that nothing is on record under that transaction.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others changed the same transaction,
	// or that what may be saved only once was already saved.
	ErrConflict = cris.ErrConflict
)

// Record is everything on record under one transaction: either a failure, or a
// passed proofing and perhaps its query. It is comparable with ==.
type Record struct {
	Failure Failure        // zero unless the proofing failed
	Pass    PassedProofing // zero unless it passed
	Query   QueryRecord    // zero unless a query was made
}

// QueryRecord is the query of a transaction and what became of it.
type QueryRecord struct {
	Query     Query         // its Identity is that of the passed proofing
	Submitted time.Time     // when the query was made, UTC
	Case      CaseNumber    // "" until E-Verify has answered
	Result    Result        // "" until E-Verify has answered, or if its answer was none of the three
	Choice    Choice        // "" until the individual chose
	Closed    time.Time     // when the case was closed, UTC; zero while it is open
	Closure   ClosureReason // "" while the case is open
}

// IsOpen reports whether the query was submitted and its case has to be closed
// still.
func (q QueryRecord) IsOpen() bool { return !q.Submitted.IsZero() && q.Closed.IsZero() }

// Change is what an Update saves. Nil leaves what is on record as it is.
type Change struct {
	Failure *Failure        // saved once and never changed
	Pass    *PassedProofing // saved once and never changed (SC-7)
	Query   *QueryRecord    // replaces what is on record; a zero QueryRecord removes it
	Events  []cris.Event
}

// OpenCase is a query whose case is not closed. Without a number, the query is
// under way or its answer was lost.
type OpenCase struct {
	Transaction TransactionID
	Case        CaseNumber // "" if E-Verify's answer is not on record: see Service.SettleOpened and Service.SettleNotOpened
	Submitted   time.Time  // UTC
}

// Store is the port to what is on record. Failures are kept apart from everything
// else: where they are, there is no place for a personal value (SC-5).
//
// It is safe for concurrent use. Callers may keep and change what they get. The text of its
// errors carries no personal value.
type Store interface {
	// Update loads the record of the transaction, the zero Record if there is none,
	// calls decide, and saves the Change it returns together with its events, whole or
	// not at all.
	//
	// Updates of one transaction behave as if run one after another. decide may be
	// called more than once and does no I/O; if it fails, its error comes back and
	// nothing is saved. Saving a second Failure or a second PassedProofing fails with an
	// error that matches ErrConflict, as does a store that gives up. One of another
	// transaction is an error of the caller, and nothing is saved. The Identity of a saved
	// query is not stored: it is that of the passed proofing.
	Update(ctx context.Context, transaction TransactionID, decide func(prior Record) (Change, error)) error
	// Record returns what is on record of the transaction, or an error that matches
	// ErrNotFound.
	Record(ctx context.Context, transaction TransactionID) (Record, error)
	// OpenCases yields the queries that are open (QueryRecord.IsOpen), in the order of the
	// bytes of their transactions: those after page.After, and page.Limit at most, where
	// zero or less is no limit. Every range over it begins anew. An error, including that of the
	// context, is yielded once and ends the sequence. The loop may call the store.
	OpenCases(ctx context.Context, page cris.Page[TransactionID]) iter.Seq2[OpenCase, error]
}
