package memory

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// SelfChecks is the port to the transactions of E-Verify Self Check: a selfcheck.Store and a
// selfcheck.Archive.
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

	passOf map[selfcheck.IdPTransactionID]selfcheck.TransactionID // the numbers of passes
	caseOf map[selfcheck.CaseNumber]selfcheck.TransactionID
	keys   map[selfcheck.Key]map[selfcheck.TransactionID]bool // what queries are found by
}

// Update implements selfcheck.Store: it saves what decide returns, whole or not at all. It
// returns the error of decide as it is; one that matches selfcheck.ErrConflict if the outcome
// of the proofing is on record already, or if the ID of an event is taken; one that matches
// selfcheck.ErrTaken if a number is on record of another transaction; an error for what is of
// another transaction, and for a query without its pass; or that of ctx.
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
		after, err := change.Apply(transaction, prior)
		if err != nil {
			return fmt.Errorf("memory: %w", err)
		}
		if of, taken := held.passOf[after.Pass.IdPTransaction]; taken && of != transaction {
			return fmt.Errorf("memory: number of a passed proofing: %w", selfcheck.ErrTaken)
		}
		if of, taken := held.caseOf[after.Query.Case]; taken && of != transaction {
			return fmt.Errorf("memory: number of a case: %w", selfcheck.ErrTaken)
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		held.replace(transaction, prior, after)
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

// Unfinished implements selfcheck.Store: what the transactions wait for, by their bytes. Its
// error is that of ctx, or one for a page after text that no store can hold.
func (s *SelfChecks) Unfinished(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Unfinished, error] {
	byTransaction := func(a, b selfcheck.Unfinished) int { return cmp.Compare(a.Transaction, b.Transaction) }
	return list(ctx, s.db, page, byTransaction, func(add func(selfcheck.Unfinished)) {
		held := &s.db.selfChecks
		for transaction := range held.transactions() {
			if transaction <= page.After {
				continue
			}
			if unfinished, is := held.record(transaction).Unfinished(); is {
				unfinished.Transaction = transaction
				add(unfinished)
			}
		}
	})
}

// transactions are those of which anything but a failure is on record.
func (h *selfChecks) transactions() map[selfcheck.TransactionID]bool {
	all := map[selfcheck.TransactionID]bool{}
	for transaction := range h.begun {
		all[transaction] = true
	}
	for transaction := range h.passes {
		all[transaction] = true
	}
	for transaction := range h.queries {
		all[transaction] = true
	}
	return all
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

// replace puts one record of a transaction in place of another.
func (h *selfChecks) replace(transaction selfcheck.TransactionID, prior, after selfcheck.Record) {
	delete(h.passOf, prior.Pass.IdPTransaction)
	delete(h.caseOf, prior.Query.Case)
	for _, key := range prior.Keys() {
		delete(h.keys[key], transaction)
	}
	query := after.Query
	query.Query.Identity = selfcheck.LockedIdentity{} // that of the pass, when it is read
	put(&h.begun, transaction, after.Begun)
	put(&h.failures, transaction, after.Failure)
	put(&h.passes, transaction, after.Pass)
	put(&h.queries, transaction, query)
	if after.Pass.IdPTransaction != "" {
		put(&h.passOf, after.Pass.IdPTransaction, transaction)
	}
	if query.Case != "" {
		put(&h.caseOf, query.Case, transaction)
	}
	if h.keys == nil {
		h.keys = map[selfcheck.Key]map[selfcheck.TransactionID]bool{}
	}
	for _, key := range after.Keys() {
		if h.keys[key] == nil {
			h.keys[key] = map[selfcheck.TransactionID]bool{}
		}
		h.keys[key][transaction] = true
	}
}

// put saves a value under a key. The zero value is removed.
func put[K, V comparable](held *map[K]V, key K, value V) {
	var nothing V
	if value == nothing {
		delete(*held, key)
		return
	}
	if *held == nil {
		*held = map[K]V{}
	}
	(*held)[key] = value
}
