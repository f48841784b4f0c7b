package memory

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// caseStatus is what the ports of casestatus hold. Its zero value is empty.
type caseStatus struct {
	cases map[casestatus.ReceiptNumber]casestatus.Case
	times map[casestatus.PostedUnder][]casestatus.ProcessingTime // by day read, then as posted

	received tracking.Cursor // how far the mail side was read
	pieces   map[tracking.Number]casestatus.Piece
}

// Cases is the port to the cases on file: a casestatus.Cases and casestatus.Mailings.
type Cases struct{ db *DB }

// Cases returns the port to the cases on file.
func (db *DB) Cases() *Cases { return &Cases{db} }

// Case implements casestatus.Cases: it returns a case that is not withheld, or an error
// that matches casestatus.ErrNotFound. Any other error is that of the context.
func (s *Cases) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	return s.find(ctx, receipt, false)
}

// StaffCase implements casestatus.Cases: it returns a case, withheld or not, or an error
// that matches casestatus.ErrNotFound. Any other error is that of the context.
func (s *Cases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	return s.find(ctx, receipt, true)
}

// StaffHeader implements casestatus.Cases: it returns the header of a case, withheld or not, or
// an error that matches casestatus.ErrNotFound. Any other error is that of the context.
func (s *Cases) StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	var found casestatus.Header
	err := s.db.locked(ctx, func() error {
		onFile, ok := s.db.caseStatus.cases[receipt]
		if !ok {
			return notFound("case")
		}
		found = cloneHeader(onFile.Header)
		return nil
	})
	return found, err
}

func (s *Cases) find(ctx context.Context, receipt casestatus.ReceiptNumber, alsoWithheld bool) (casestatus.Case, error) {
	var found casestatus.Case
	err := s.db.locked(ctx, func() error {
		onFile, ok := s.db.caseStatus.cases[receipt]
		if !ok || onFile.Withheld && !alsoWithheld {
			return notFound("case")
		}
		found = cloneCase(onFile)
		return nil
	})
	return found, err
}

// Update implements casestatus.Cases: it saves what decide returns for the case, whole or
// not at all. Nobody else uses the database while decide runs. It returns the error of
// decide as it is, one that matches casestatus.ErrConflict if the ID of an event is taken,
// an error for a case with another receipt number, or that of the context.
func (s *Cases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior casestatus.Case) (casestatus.CaseChange, error)) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.caseStatus
		change, err := decide(cloneCase(held.cases[receipt]))
		if err != nil {
			return err
		}
		if change.Case != nil && change.Case.Receipt != receipt {
			return errors.New("memory: the case has another receipt number")
		}
		if err := mayHold(ctx, change); err != nil {
			return err
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		if change.Case == nil {
			return nil
		}
		if held.cases == nil {
			held.cases = map[casestatus.ReceiptNumber]casestatus.Case{}
		}
		held.cases[receipt] = cloneCase(*change.Case)
		return nil
	})
}

// Mailed implements casestatus.Mailings: it returns the mailings of these pieces, by receipt
// number and then as they were mailed. Its error is that of the context.
func (s *Cases) Mailed(ctx context.Context, numbers ...tracking.Number) (mailed []casestatus.CaseMailing, err error) {
	err = s.db.locked(ctx, func() error {
		for receipt, onFile := range s.db.caseStatus.cases {
			for _, mailing := range onFile.Mailings {
				if !mailing.Number.IsZero() && slices.Contains(numbers, mailing.Number) {
					mailed = append(mailed, casestatus.CaseMailing{
						Mailing: mailing, Receipt: receipt, Address: onFile.Address, Addresses: slices.Clone(onFile.Addresses),
					})
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(mailed, func(a, b casestatus.CaseMailing) int { return strings.Compare(a.Receipt.String(), b.Receipt.String()) })
	return mailed, err
}

func cloneCase(c casestatus.Case) casestatus.Case {
	c.Header = cloneHeader(c.Header)
	c.History = slices.Clone(c.History)
	c.Mailings = slices.Clone(c.Mailings)
	return c
}

func cloneHeader(h casestatus.Header) casestatus.Header {
	h.Addresses = slices.Clone(h.Addresses)
	return h
}

// ProcessingTimes is the port to the publications: a casestatus.ProcessingTimes.
type ProcessingTimes struct{ db *DB }

// ProcessingTimes returns the port to the publications.
func (db *DB) ProcessingTimes() *ProcessingTimes { return &ProcessingTimes{db} }

// Posted implements casestatus.ProcessingTimes: it returns the publication that was read
// last, on or before the day, or an error that matches casestatus.ErrNotFound. Any other
// error is that of the context.
func (s *ProcessingTimes) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	var found casestatus.ProcessingTime
	err := s.db.locked(ctx, func() error {
		for _, posted := range slices.Backward(s.db.caseStatus.times[under]) {
			if !posted.ReadOn.After(on) {
				found = posted
				return nil
			}
		}
		return notFound("processing time")
	})
	return found, err
}

// Post implements casestatus.ProcessingTimes: it keeps the publications, each once, and
// forgets no earlier one. Its error is that of the context, and nothing is kept then.
func (s *ProcessingTimes) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	return s.db.locked(ctx, func() error {
		if err := mayHold(ctx, times); err != nil {
			return err
		}
		if s.db.caseStatus.times == nil {
			s.db.caseStatus.times = map[casestatus.PostedUnder][]casestatus.ProcessingTime{}
		}
		for _, posted := range times {
			kept := s.db.caseStatus.times[posted.PostedUnder()]
			// One that is kept already moves up: it was posted last.
			kept = append(slices.DeleteFunc(kept, posted.Equal), posted)
			slices.SortStableFunc(kept, func(a, b casestatus.ProcessingTime) int { return a.ReadOn.Compare(b.ReadOn) })
			s.db.caseStatus.times[posted.PostedUnder()] = kept
		}
		return nil
	})
}
