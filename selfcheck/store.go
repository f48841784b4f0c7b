package selfcheck

import (
	"context"
	"errors"
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
	// ErrTaken means that the provider's number for a pass, or the number of a case, is on record
	// under another transaction.
	ErrTaken = errors.New("the number is on record of another transaction")
)

// Record is everything on record under one transaction: a proofing that has begun, or a failure,
// or a passed proofing and perhaps its query. It is comparable with ==.
type Record struct {
	Begun   BegunProofing  // zero unless the proofing was begun and is not over
	Failure Failure        // zero unless the proofing failed
	Pass    PassedProofing // zero unless it passed
	Query   QueryRecord    // zero unless a query was made
}

// BegunProofing is what is kept between the two parts of a proofing. What the individual entered
// is sealed with the [Token], which is not on record, so nobody can read it from the store. The
// BegunProofing is removed when the proofing ends.
type BegunProofing struct {
	Transaction    TransactionID
	Begun          time.Time        // UTC
	Asked          time.Time        // when the provider last gave a quiz, UTC; zero if it gave none yet
	IdPTransaction IdPTransactionID // kept for a failure; "" until the provider names one, or if it may not be kept
	Quizzes        int              // how many quizzes the provider has given
	Sealed         string           // base64; its length does not depend on what is sealed
}

// QueryRecord is the query of a transaction and what became of it.
type QueryRecord struct {
	Query     Query         // its Identity is that of the passed proofing
	Handle    Handle        // leads to the accounting of disclosures (SC-18) and the trail of amendments (PV-5)
	Submitted time.Time     // when the individual submitted the query, UTC
	Claimed   time.Time     // until when a process holds the conversation with E-Verify, UTC; zero if none does
	Case      CaseNumber    // "" until E-Verify has opened a case
	SettledBy string        // the ID of the official who settled it: which case it is, or that there is none; "" if not settled
	Stage     Stage         // where the case was when E-Verify last answered; "" without a case
	Findings  Findings      // as E-Verify last gave them; they stay if a later answer gives none
	Result    Result        // "" until E-Verify has one, or if it has none of the three
	Choice    Choice        // "" until the individual chose
	Chosen    time.Time     // when the individual chose, UTC; zero until then
	Closed    time.Time     // when the case was closed, UTC; zero while it is open
	Closure   ClosureReason // "" while the case is open
}

// IsOpen reports whether the query was submitted and its case is still to be closed.
func (q QueryRecord) IsOpen() bool { return !q.Submitted.IsZero() && q.Closed.IsZero() }

// Step is what a transaction waits for.
type Step string

// The steps.
const (
	StepQuiz  Step = "quiz"  // the proofing was begun and is not over
	StepQuery Step = "query" // the proofing was passed, and no query was made
	StepCase  Step = "case"  // the case is still to be closed
)

// Steps lists the steps. The caller may keep and change the slice.
func Steps() []Step { return []Step{StepQuiz, StepQuery, StepCase} }

// Unfinished is a transaction that has not come to its end. It holds nothing personal.
type Unfinished struct {
	Transaction TransactionID
	Step        Step
	Since       time.Time  // when the proofing was begun, when it was passed, or when the query was submitted, UTC
	Case        CaseNumber // "" unless StepCase and E-Verify has opened one
	Stage       Stage      // where the case was last; "" without a case
}

// Unfinished returns what the transaction waits for. It reports false if nothing is left to do.
func (r Record) Unfinished() (Unfinished, bool) {
	switch {
	case r.Begun != BegunProofing{}:
		return Unfinished{Transaction: r.Begun.Transaction, Step: StepQuiz, Since: r.Begun.Begun}, true
	case r.Query.IsOpen():
		q := r.Query
		return Unfinished{r.Pass.Transaction, StepCase, q.Submitted, q.Case, q.Stage}, true
	case r.Pass != PassedProofing{} && r.Query == QueryRecord{}:
		return Unfinished{Transaction: r.Pass.Transaction, Step: StepQuery, Since: r.Pass.At}, true
	}
	return Unfinished{}, false
}

// Change is what an Update saves. A nil field leaves what is on record as it is.
type Change struct {
	Begun   *BegunProofing  // replaces what is on record; a zero BegunProofing removes it
	Failure *Failure        // saved once and never changed
	Pass    *PassedProofing // saved once and never changed (SC-7); a zero PassedProofing removes it, and is refused where there is a query
	Query   *QueryRecord    // replaces what is on record; a zero QueryRecord removes it
	Events  []cris.Event
}

// Store is the port to what is on record. Failures are kept apart from everything else, in a
// place that has no room for a personal value (SC-5).
//
// It is safe for concurrent use. Callers may keep and change what they get. The text of its
// errors carries no personal value.
type Store interface {
	// Update loads the record of the transaction, the zero Record if there is none,
	// calls decide, and saves the Change it returns together with its events, whole or
	// not at all.
	//
	// Updates of one transaction behave as if run one after another. decide may be called more
	// than once and does no I/O; if it fails, its error comes back and nothing is saved. Saving a
	// second Failure or a second PassedProofing fails with an error that matches ErrConflict, as
	// does a store that gives up. A pass whose IdPTransaction is that of another transaction's
	// pass, and a query whose Case is another transaction's, fail with an error that matches
	// ErrTaken. A Change that holds something of another transaction fails with another error. In
	// each of these cases nothing is saved. The Identity of a saved query is not stored: it is
	// that of the passed proofing.
	Update(ctx context.Context, transaction TransactionID, decide func(prior Record) (Change, error)) error
	// Record returns what is on record under the transaction, or an error that matches
	// ErrNotFound.
	Record(ctx context.Context, transaction TransactionID) (Record, error)
	// Unfinished yields the transactions that wait for something (Record.Unfinished), in the byte
	// order of their IDs: those after page.After, and at most page.Limit of them, where zero or
	// less is no limit. Each range over it starts from the beginning. An error, including that of
	// the context, is yielded once and ends the sequence. The body of the loop may call the
	// store.
	Unfinished(ctx context.Context, page cris.Page[TransactionID]) iter.Seq2[Unfinished, error]
}
