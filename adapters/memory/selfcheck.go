package memory

import (
	"cmp"
	"context"
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
	begun    map[selfcheck.TransactionID]selfcheck.BegunProofing
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
		if change.Pass != nil && *change.Pass != (selfcheck.PassedProofing{}) && prior.Pass != (selfcheck.PassedProofing{}) || change.Failure != nil && prior.Failure != (selfcheck.Failure{}) {
			return fmt.Errorf("memory: outcome of a proofing: %w", selfcheck.ErrConflict)
		}
		for id, pass := range held.passes {
			if change.Pass != nil && id != transaction && pass.IdPTransaction == change.Pass.IdPTransaction {
				return selfcheck.ErrTaken
			}
		}
		for id, query := range held.queries {
			if change.Query != nil && id != transaction && query.Case != "" && query.Case == change.Query.Case {
				return selfcheck.ErrTaken
			}
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

// Unfinished implements selfcheck.Store.
func (s *SelfChecks) Unfinished(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Unfinished, error] {
	byTransaction := func(a, b selfcheck.Unfinished) int { return cmp.Compare(a.Transaction, b.Transaction) }
	return list(ctx, s.db, page, byTransaction, func(add func(selfcheck.Unfinished)) {
		held := &s.db.selfChecks
		ids := map[selfcheck.TransactionID]bool{}
		for id := range held.begun {
			ids[id] = true
		}
		for id := range held.passes {
			ids[id] = true
		}
		for id := range ids {
			if u, ok := held.record(id).Unfinished(); ok && id > page.After {
				add(u)
			}
		}
	})
}

func (h *selfChecks) record(transaction selfcheck.TransactionID) selfcheck.Record {
	record := selfcheck.Record{
		Begun:   h.begun[transaction],
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
		h.begun = map[selfcheck.TransactionID]selfcheck.BegunProofing{}
		h.failures = map[selfcheck.TransactionID]selfcheck.Failure{}
		h.passes = map[selfcheck.TransactionID]selfcheck.PassedProofing{}
		h.queries = map[selfcheck.TransactionID]selfcheck.QueryRecord{}
	}
	if change.Failure != nil {
		h.failures[transaction] = *change.Failure
	}
	if change.Begun != nil {
		h.begun[transaction] = *change.Begun
		if *change.Begun == (selfcheck.BegunProofing{}) {
			delete(h.begun, transaction)
		}
	}
	if change.Pass != nil {
		h.passes[transaction] = *change.Pass
		if *change.Pass == (selfcheck.PassedProofing{}) {
			delete(h.passes, transaction)
		}
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
