package memory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// SelfChecks is the port to the transactions of E-Verify Self Check: a selfcheck.Store.
type SelfChecks struct{ db *DB }

// SelfChecks returns the port to the transactions of E-Verify Self Check.
func (db *DB) SelfChecks() *SelfChecks { return &SelfChecks{db} }

// selfChecks is what the port holds. Failures stand apart from everything that is
// about somebody (SC-5).
type selfChecks struct {
	failures map[selfcheck.TransactionID]selfcheck.Failure
	passes   map[selfcheck.TransactionID]selfcheck.PassedProofing
	queries  map[selfcheck.TransactionID]selfcheck.QueryRecord
}

// Update implements selfcheck.Store: it saves what decide returns, whole or not at all. It
// returns the error of decide as it is; one that matches selfcheck.ErrConflict if the outcome
// of the proofing is on record already, or if the ID of an event is taken; an error for the
// outcome of another transaction; or that of ctx.
func (s *SelfChecks) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(prior selfcheck.Record) (selfcheck.Change, error)) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.selfChecks
		prior := held.record(transaction)
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if err := mayHold(ctx, transaction, change); err != nil {
			return err
		}
		if change.Failure != nil && change.Failure.Transaction != transaction ||
			change.Pass != nil && change.Pass.Transaction != transaction {
			return errors.New("memory: outcome of the proofing of another transaction")
		}
		if change.Failure != nil && prior.Failure != (selfcheck.Failure{}) ||
			change.Pass != nil && prior.Pass != (selfcheck.PassedProofing{}) {
			return fmt.Errorf("memory: outcome of a proofing: %w", selfcheck.ErrConflict)
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		held.save(transaction, change)
		return nil
	})
}

// Record implements selfcheck.Store: it returns what is on record of the transaction, or an
// error that matches selfcheck.ErrNotFound. Any other error is that of ctx.
func (s *SelfChecks) Record(ctx context.Context, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	var record selfcheck.Record
	err := s.db.locked(ctx, func() error {
		record = s.db.selfChecks.record(transaction)
		if record == (selfcheck.Record{}) {
			return notFound("record")
		}
		return nil
	})
	return record, err
}

// OpenCases implements selfcheck.Store: the queries whose cases are still to be closed, by
// the bytes of their transactions. Its error is that of ctx, or one for a page after text that
// no store can hold.
func (s *SelfChecks) OpenCases(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.OpenCase, error] {
	byTransaction := func(a, b selfcheck.OpenCase) int { return cmp.Compare(a.Transaction, b.Transaction) }
	return list(ctx, s.db, page, byTransaction, func(add func(selfcheck.OpenCase)) {
		for transaction, query := range s.db.selfChecks.queries {
			if transaction > page.After && query.IsOpen() {
				add(selfcheck.OpenCase{Transaction: transaction, Case: query.Case, Submitted: query.Submitted})
			}
		}
	})
}

func (h *selfChecks) record(transaction selfcheck.TransactionID) selfcheck.Record {
	record := selfcheck.Record{
		Failure: h.failures[transaction],
		Pass:    h.passes[transaction],
		Query:   h.queries[transaction],
	}
	if record.Query != (selfcheck.QueryRecord{}) {
		record.Query.Query.Identity = record.Pass.Identity()
	}
	return record
}

func (h *selfChecks) save(transaction selfcheck.TransactionID, change selfcheck.Change) {
	if h.failures == nil {
		h.failures = map[selfcheck.TransactionID]selfcheck.Failure{}
		h.passes = map[selfcheck.TransactionID]selfcheck.PassedProofing{}
		h.queries = map[selfcheck.TransactionID]selfcheck.QueryRecord{}
	}
	if change.Failure != nil {
		h.failures[transaction] = *change.Failure
	}
	if change.Pass != nil {
		h.passes[transaction] = *change.Pass
	}
	switch {
	case change.Query == nil:
	case *change.Query == selfcheck.QueryRecord{}:
		delete(h.queries, transaction)
	default:
		query := *change.Query
		query.Query.Identity = selfcheck.LockedIdentity{} // that of the pass, when it is read
		h.queries[transaction] = query
	}
}
