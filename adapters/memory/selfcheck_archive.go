package memory

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// Failures implements selfcheck.Archive: the failed proofings that the filter selects, by the
// bytes of their transactions. Its error is that of ctx, or one for a page after text that no
// store can hold.
func (s *SelfChecks) Failures(ctx context.Context, filter selfcheck.FailureFilter, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Failure, error] {
	byTransaction := func(a, b selfcheck.Failure) int { return cmp.Compare(a.Transaction, b.Transaction) }
	return list(ctx, s.db, page, byTransaction, func(add func(selfcheck.Failure)) {
		for transaction, failure := range s.db.selfChecks.failures {
			if transaction > page.After && isSelected(failure, filter) {
				add(failure)
			}
		}
	})
}

func isSelected(failure selfcheck.Failure, by selfcheck.FailureFilter) bool {
	return (by.IdPTransaction == "" || failure.IdPTransaction == by.IdPTransaction) &&
		(by.Reason == "" || failure.Reason == by.Reason) &&
		!failure.At.Before(by.From) &&
		(by.Before.IsZero() || failure.At.Before(by.Before))
}

// Candidates implements selfcheck.Archive: the transactions whose query has the key, by their
// bytes. Its error is that of ctx, or one for a page after text that no store can hold.
func (s *SelfChecks) Candidates(ctx context.Context, key selfcheck.Key, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.TransactionID, error] {
	return list(ctx, s.db, page, cmp.Compare[selfcheck.TransactionID], func(add func(selfcheck.TransactionID)) {
		for transaction := range s.db.selfChecks.keys[key] {
			if transaction > page.After {
				add(transaction)
			}
		}
	})
}

// CountFailures implements selfcheck.Archive: it counts the failed proofings from the instant
// to before the other. Its error is that of ctx.
func (s *SelfChecks) CountFailures(ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
	var counts []selfcheck.FailureCount
	err := s.db.locked(ctx, func() error {
		found := map[selfcheck.FailureCount]int{}
		for _, failure := range s.db.selfChecks.failures {
			if !failure.At.Before(from) && failure.At.Before(before) {
				found[selfcheck.FailureCount{Day: cris.DateOf(failure.At, zone), Reason: failure.Reason}]++
			}
		}
		for count, n := range found {
			count.Count = n
			counts = append(counts, count)
		}
		return nil
	})
	slices.SortFunc(counts, func(a, b selfcheck.FailureCount) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Reason, b.Reason))
	})
	return counts, err
}

// PurgeRecords implements selfcheck.Archive: it removes closed queries, with their passed
// proofings, and failures from before the instant, the first transactions first. Its error is
// that of ctx, and nothing is removed then.
func (s *SelfChecks) PurgeRecords(ctx context.Context, before time.Time, limit int) (selfcheck.Purged, error) {
	var purged selfcheck.Purged
	err := s.db.locked(ctx, func() error {
		held := &s.db.selfChecks
		for _, transaction := range slices.Sorted(maps.Keys(held.queries)) {
			query := held.queries[transaction]
			if limit > 0 && purged.Queries == limit || query.Closed.IsZero() || !query.Submitted.Before(before) {
				continue
			}
			prior := held.record(transaction)
			held.replace(transaction, prior, selfcheck.Record{Begun: prior.Begun, Failure: prior.Failure})
			purged.Queries++
		}
		for _, transaction := range slices.Sorted(maps.Keys(held.failures)) {
			if (limit <= 0 || purged.Failures < limit) && held.failures[transaction].At.Before(before) {
				delete(held.failures, transaction)
				purged.Failures++
			}
		}
		return nil
	})
	return purged, err
}
