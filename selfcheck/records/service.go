package records

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/selfcheck"
)

// Store is what a Service reads.
type Store interface {
	selfcheck.Archive
	// Record is that of selfcheck.Store.
	Record(ctx context.Context, transaction selfcheck.TransactionID) (selfcheck.Record, error)
}

// Service finds and counts records for staff. It is safe for concurrent use if its
// store is.
type Service struct {
	store  Store
	policy Policy
	now    func() (time.Time, error)
}

// Options are what a Service takes from its surroundings. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the wall clock
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy
}

// NewService returns a service over the store. Nil options mean defaults.
func NewService(store Store, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	policy := DefaultPolicy()
	if opts.Policy != nil {
		policy = *opts.Policy
	}
	return &Service{store, policy.withDefaults(), ambient.Time(opts.Now)}
}

// Statistics counts the proofings that failed in the period, by day and reason, with small counts
// withheld ([DecideStatistics]). It needs DutyRecords. For an empty period, and for one without a
// first or last day, it counts nothing.
//
// The error matches selfcheck.ErrDenied, or is that of the store.
func (s *Service) Statistics(ctx context.Context, by selfcheck.Official, period cris.Period) ([]Count, error) {
	if !by.May(selfcheck.DutyRecords) {
		return nil, selfcheck.ErrDenied
	}
	if period.IsEmpty() || period.From.IsZero() || period.Until.IsZero() {
		return nil, nil
	}
	zone := s.policy.Zone
	counts, err := s.store.CountFailures(ctx, period.From.Start(zone).UTC(), period.Until.AddDays(1).Start(zone).UTC(), zone)
	if err != nil {
		return nil, fmt.Errorf("records: statistics: %w", err)
	}
	return DecideStatistics(counts, s.policy), nil
}

// Failures yields the failed proofings that the filter selects, by transaction (SC-16). It
// needs DutyRecords. The filter's reason "" selects every reason. The errors are those of
// Statistics; each is yielded once and ends the sequence.
func (s *Service) Failures(ctx context.Context, by selfcheck.Official, filter selfcheck.FailureFilter, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Failure, error] {
	if !by.May(selfcheck.DutyRecords) {
		return failing[selfcheck.Failure](selfcheck.ErrDenied)
	}
	return s.store.Failures(ctx, filter, page)
}

// Queries yields the records whose query has the key, by transaction (SC-16). It needs
// DutyRecords. The errors are those of Statistics; each is yielded once and ends the sequence.
func (s *Service) Queries(ctx context.Context, by selfcheck.Official, key selfcheck.Key, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Record, error] {
	if !by.May(selfcheck.DutyRecords) {
		return failing[selfcheck.Record](selfcheck.ErrDenied)
	}
	return s.candidates(ctx, key, page, func(record selfcheck.Record) bool { return slices.Contains(record.Keys(), key) })
}

// OfPerson yields all records of one person, by transaction (PV-5): those with the date of birth,
// and with the name in any spelling that has the same key. It needs DutyRecords. The errors are
// those of Statistics; each is yielded once and ends the sequence.
//
// Name and date of birth are what a requester must give; a number alone could, by a slip, be
// someone else's.
func (s *Service) OfPerson(ctx context.Context, by selfcheck.Official, name cris.PersonName, birth cris.Personal[cris.Date]) iter.Seq2[selfcheck.Record, error] {
	if !by.May(selfcheck.DutyRecords) {
		return failing[selfcheck.Record](selfcheck.ErrDenied)
	}
	return func(yield func(selfcheck.Record, error) bool) {
		seen := map[selfcheck.TransactionID]bool{}
		for _, key := range selfcheck.KeysOfName(name) {
			isTheirs := func(record selfcheck.Record) bool {
				return record.Pass.BirthDate == birth && slices.Contains(record.Keys(), key)
			}
			for record, err := range s.candidates(ctx, key, cris.Page[selfcheck.TransactionID]{}, isTheirs) {
				if err == nil && seen[record.Pass.Transaction] {
					continue
				}
				seen[record.Pass.Transaction] = true
				if !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}

// candidates yields the records of the key's candidates for which suits is true.
func (s *Service) candidates(ctx context.Context, key selfcheck.Key, page cris.Page[selfcheck.TransactionID], suits func(selfcheck.Record) bool) iter.Seq2[selfcheck.Record, error] {
	return func(yield func(selfcheck.Record, error) bool) {
		found, limit := 0, page.Limit
		page.Limit = 0
		for transaction, err := range s.store.Candidates(ctx, key, page) {
			var record selfcheck.Record
			if err == nil {
				record, err = s.store.Record(ctx, transaction)
			}
			switch {
			case errors.Is(err, selfcheck.ErrNotFound):
				continue // purged at this moment
			case err != nil:
				yield(selfcheck.Record{}, fmt.Errorf("records: find: %w", err))
				return
			case !suits(record):
				continue
			}
			found++
			if !yield(record, nil) || found == limit {
				return
			}
		}
	}
}

// failing yields one error.
func failing[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var nothing T
		yield(nothing, err)
	}
}
