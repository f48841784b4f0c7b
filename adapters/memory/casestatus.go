package memory

import (
	"context"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// caseStatus is what the ports of casestatus hold. Its zero value is empty.
type caseStatus struct {
	cases map[casestatus.ReceiptNumber]casestatus.Case
	times map[casestatus.PostedUnder][]casestatus.ProcessingTime // by day read, then as posted
}

// Cases implements casestatus.Cases.
type Cases struct{ db *DB }

// Cases returns the port to the cases on file.
func (db *DB) Cases() *Cases { return &Cases{db} }

// Case implements casestatus.Cases.
func (s *Cases) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	var found casestatus.Case
	err := s.db.locked(ctx, func() error {
		onFile, ok := s.db.caseStatus.cases[receipt]
		if !ok {
			return casestatus.ErrNotFound
		}
		found = cloneCase(onFile)
		return nil
	})
	return found, err
}

// PutCase implements casestatus.Cases.
func (s *Cases) PutCase(ctx context.Context, onFile casestatus.Case) error {
	return s.db.locked(ctx, func() error {
		if s.db.caseStatus.cases == nil {
			s.db.caseStatus.cases = map[casestatus.ReceiptNumber]casestatus.Case{}
		}
		s.db.caseStatus.cases[onFile.Receipt] = cloneCase(onFile)
		return nil
	})
}

func cloneCase(c casestatus.Case) casestatus.Case {
	c.History = slices.Clone(c.History)
	c.Mailings = slices.Clone(c.Mailings)
	return c
}

// ProcessingTimes implements casestatus.ProcessingTimes.
type ProcessingTimes struct{ db *DB }

// ProcessingTimes returns the port to the publications.
func (db *DB) ProcessingTimes() *ProcessingTimes { return &ProcessingTimes{db} }

// Posted implements casestatus.ProcessingTimes.
func (s *ProcessingTimes) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	var found casestatus.ProcessingTime
	err := s.db.locked(ctx, func() error {
		for _, posted := range slices.Backward(s.db.caseStatus.times[under]) {
			if !posted.ReadOn.After(on) {
				found = posted
				return nil
			}
		}
		return casestatus.ErrNotFound
	})
	return found, err
}

// Post implements casestatus.ProcessingTimes.
func (s *ProcessingTimes) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	return s.db.locked(ctx, func() error {
		if s.db.caseStatus.times == nil {
			s.db.caseStatus.times = map[casestatus.PostedUnder][]casestatus.ProcessingTime{}
		}
		for _, posted := range times {
			kept := s.db.caseStatus.times[posted.PostedUnder()]
			if slices.ContainsFunc(kept, posted.Equal) {
				continue
			}
			kept = append(kept, posted)
			slices.SortStableFunc(kept, func(a, b casestatus.ProcessingTime) int { return a.ReadOn.Compare(b.ReadOn) })
			s.db.caseStatus.times[posted.PostedUnder()] = kept
		}
		return nil
	})
}
