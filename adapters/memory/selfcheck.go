package memory

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/seed28e20331/cris/selfcheck"
)

// SelfChecks implements selfcheck.Store.
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

// Update implements selfcheck.Store.
func (s *SelfChecks) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(prior selfcheck.Record) (selfcheck.Change, error)) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.selfChecks
		prior := held.record(transaction)
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
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

// Record implements selfcheck.Store.
func (s *SelfChecks) Record(ctx context.Context, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	var record selfcheck.Record
	err := s.db.locked(ctx, func() error {
		record = s.db.selfChecks.record(transaction)
		if record == (selfcheck.Record{}) {
			return selfcheck.ErrNotFound
		}
		return nil
	})
	return record, err
}

// OpenCases implements selfcheck.Store.
func (s *SelfChecks) OpenCases(ctx context.Context, after selfcheck.TransactionID) iter.Seq2[selfcheck.OpenCase, error] {
	return func(yield func(selfcheck.OpenCase, error) bool) {
		var open []selfcheck.OpenCase
		err := s.db.locked(ctx, func() error {
			for _, transaction := range slices.Sorted(maps.Keys(s.db.selfChecks.queries)) {
				query := s.db.selfChecks.queries[transaction]
				if transaction > after && query.IsOpen() {
					open = append(open, selfcheck.OpenCase{
						Transaction: transaction, Case: query.Case, Submitted: query.Submitted,
					})
				}
			}
			return nil
		})
		if err != nil {
			yield(selfcheck.OpenCase{}, err)
			return
		}
		for _, one := range open {
			if !yield(one, nil) {
				return
			}
		}
	}
}

func (h *selfChecks) record(transaction selfcheck.TransactionID) selfcheck.Record {
	record := selfcheck.Record{
		Failure: h.failures[transaction],
		Pass:    h.passes[transaction],
		Query:   h.queries[transaction],
	}
	if record.Query != (selfcheck.QueryRecord{}) {
		record.Query.Query.Identity = record.Pass.Lock()
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
