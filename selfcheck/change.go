package selfcheck

import (
	"errors"
	"fmt"
)

var (
	errOtherTransaction = errors.New("selfcheck: a change holds what is of another transaction")
	errPassOfQuery      = errors.New("selfcheck: a change removes the passed proofing of a query")
)

// Apply returns the record of the transaction after the change, with the identity of the passed
// proofing in its query. A Store calls it with what is on record and saves what it returns.
//
// The error matches ErrConflict if a second failure or a second passed proofing would be saved.
// It is another if something belongs to another transaction, or if the pass of a query would be
// removed. Only the store can tell whether a number is on record under another transaction.
func (c Change) Apply(transaction TransactionID, prior Record) (Record, error) {
	removesPass := c.Pass != nil && *c.Pass == PassedProofing{}
	switch {
	case c.Begun != nil && *c.Begun != BegunProofing{} && c.Begun.Transaction != transaction,
		c.Failure != nil && c.Failure.Transaction != transaction,
		c.Pass != nil && !removesPass && c.Pass.Transaction != transaction:
		return Record{}, errOtherTransaction
	case c.Failure != nil && prior.Failure != Failure{}:
		return Record{}, fmt.Errorf("selfcheck: a second failure: %w", ErrConflict)
	case c.Pass != nil && !removesPass && prior.Pass != PassedProofing{}:
		return Record{}, fmt.Errorf("selfcheck: a second passed proofing: %w", ErrConflict)
	}
	after := prior
	if c.Begun != nil {
		after.Begun = *c.Begun
	}
	if c.Failure != nil {
		after.Failure = *c.Failure
	}
	if c.Pass != nil {
		after.Pass = *c.Pass
	}
	if c.Query != nil {
		after.Query = *c.Query
	}
	if (after.Query == QueryRecord{}) {
		return after, nil
	}
	if removesPass {
		return Record{}, errPassOfQuery
	}
	after.Query.Query.Identity = after.Pass.Identity()
	return after, nil
}
