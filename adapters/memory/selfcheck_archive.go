package memory

import (
	"cmp"
	"context"
	"iter"
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
