package disclosure

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

// Service decides on disclosures and keeps the account of them. It is safe for concurrent use
// if its port is.
type Service struct {
	accountings Accountings
	policy      Policy
	now         func() (time.Time, error)
	newID       func() string
}

// Options are what a Service takes from its surroundings. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7; makes the IDs of entries
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy
}

// NewService returns a service over the given port. Nil options mean defaults.
func NewService(accountings Accountings, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	policy := DefaultPolicy()
	if opts.Policy != nil {
		policy = opts.Policy.withDefaults()
	}
	return &Service{accountings, policy, ambient.Time(opts.Now), ambient.IDs(opts.NewID)}
}

// Record decides whether the records may go out ([DecideDisclosure]) and, if they may, enters the
// disclosure in the accounting before it returns. After that, the caller discloses Decision.What
// and nothing else. If there is an error, the Decision is zero and there is no permission. If the
// caller then fails to disclose, the accounting says too much rather than too little.
//
// The error matches cris.ErrClock if the clock is not set, or is that of the port.
func (s *Service) Record(ctx context.Context, use Use, facts Facts) (Decision, error) {
	now, err := s.now()
	if err != nil {
		return Decision{}, fmt.Errorf("disclosure: record: %w", err)
	}
	decision := DecideDisclosure(use, facts)
	if decision.Outcome != Allowed {
		return decision, nil
	}
	// SC-18: no entry, no disclosure.
	entry := entryOf(s.newID(), now, facts, decision, s.policy)
	if err := retry.OnConflict(ctx, func() error { return s.accountings.Record(ctx, entry) }); err != nil {
		return Decision{}, fmt.Errorf("disclosure: record: %w", err)
	}
	return decision, nil
}

// History yields the account of the record with this handle, the earliest first: every
// disclosure, including those for law enforcement, since a routine use is no exception to what
// the individual may know (5 U.S.C. 552a(c)(3)). An official without the duty
// selfcheck.DutyRecords gets selfcheck.ErrDenied. That error, or the error of the port, is
// yielded once and ends the sequence.
func (s *Service) History(ctx context.Context, by selfcheck.Official, handle selfcheck.Handle, page Page) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		switch {
		case !by.May(selfcheck.DutyRecords):
			yield(Entry{}, selfcheck.ErrDenied)
			return
		case !handle.IsValid():
			return // there are none
		case !text.IsStorable(page.After.ID):
			yield(Entry{}, fmt.Errorf("disclosure: history: %w", &cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"}))
			return
		}
		for entry, err := range s.accountings.List(ctx, handle, page) {
			if err != nil {
				yield(Entry{}, fmt.Errorf("disclosure: history: %w", err))
				return
			}
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// Notices returns who is to be told that these classes of data of the record were corrected or
// are disputed ([DecideNotices]). The error is selfcheck.ErrDenied for an official without the duty
// selfcheck.DutyDisclosure, or that of the port.
func (s *Service) Notices(ctx context.Context, by selfcheck.Official, handle selfcheck.Handle, corrected []Class) ([]Notice, error) {
	if !by.May(selfcheck.DutyDisclosure) {
		return nil, selfcheck.ErrDenied
	}
	if !handle.IsValid() {
		return nil, nil
	}
	var entries []Entry
	for entry, err := range s.accountings.List(ctx, handle, Page{}) {
		if err != nil {
			return nil, fmt.Errorf("disclosure: notices: %w", err)
		}
		entries = append(entries, entry)
	}
	return DecideNotices(entries, corrected), nil
}

// Retain keeps the account of a record at least through that day, because the record itself is
// kept longer than was known. It never shortens how long an entry is kept. The error is that of
// the port.
func (s *Service) Retain(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
	if !handle.IsValid() {
		return nil // there are no entries
	}
	if err := retry.OnConflict(ctx, func() error { return s.accountings.Retain(ctx, handle, until) }); err != nil {
		return fmt.Errorf("disclosure: retain: %w", err)
	}
	return nil
}
