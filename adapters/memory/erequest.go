package memory

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ERequests is the port to the requests on file: an erequest.Store.
type ERequests struct{ db *DB }

// ERequests returns the port to the requests on file.
func (db *DB) ERequests() *ERequests { return &ERequests{db} }

// Update implements erequest.Store: it saves what decide returns for the requests of the
// case, whole or not at all. Nobody else uses the database while decide runs. It returns the
// error of decide as it is; one that matches erequest.ErrConflict if an ID or a confirmation
// number is taken; one that matches erequest.ErrNotFound for a mark on a request that is
// not of this case; an error for a request of another case; or that of the context.
func (s *ERequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []erequest.Entry) (erequest.Change, error)) error {
	return s.db.locked(ctx, func() error {
		requests := slices.Clone(s.db.eRequests[receipt])
		change, err := decide(entriesOf(requests))
		if err != nil {
			return err
		}
		if err := mayHold(ctx, change); err != nil {
			return err
		}
		for _, filed := range change.File {
			if filed.Receipt != receipt {
				return errors.New("memory: new request of another case")
			}
			if s.isTaken(requests, filed) {
				return fmt.Errorf("memory: identifier taken: %w", erequest.ErrConflict)
			}
			requests = append(requests, filed)
		}
		for _, mark := range change.Marks {
			if !slices.Contains(erequest.Milestones(), mark.Milestone) {
				return errors.New("memory: not a milestone of a request")
			}
			i := slices.IndexFunc(requests, func(r erequest.Request) bool { return r.ID == mark.RequestID })
			if i < 0 {
				return notFound("marked request")
			}
			requests[i].Entry = requests[i].WithMilestone(mark.Milestone, mark.On)
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		if s.db.eRequests == nil {
			s.db.eRequests = map[casestatus.ReceiptNumber][]erequest.Request{}
			s.db.eRequestOf, s.db.confirmations = map[string]casestatus.ReceiptNumber{}, map[erequest.ConfirmationNumber]bool{}
		}
		s.db.eRequests[receipt] = requests
		for _, filed := range change.File {
			s.db.eRequestOf[filed.ID], s.db.confirmations[filed.Confirmation] = receipt, true
		}
		return nil
	})
}

// isTaken reports whether a request on file, or one of those of the change so far, has
// the ID or confirmation number of filed.
func (s *ERequests) isTaken(soFar []erequest.Request, filed erequest.Request) bool {
	_, isID := s.db.eRequestOf[filed.ID]
	return isID || s.db.confirmations[filed.Confirmation] || slices.ContainsFunc(soFar, func(r erequest.Request) bool {
		return r.ID == filed.ID || r.Confirmation == filed.Confirmation
	})
}

// Entries implements erequest.Store: it returns the entries of the requests of the case in order
// of filing. Its error is that of the context.
func (s *ERequests) Entries(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	var entries []erequest.Entry
	err := s.db.locked(ctx, func() error {
		entries = entriesOf(s.db.eRequests[receipt])
		return nil
	})
	return entries, err
}

func entriesOf(requests []erequest.Request) []erequest.Entry {
	entries := make([]erequest.Entry, len(requests))
	for i, r := range requests {
		entries[i] = r.Entry
	}
	return entries
}

// Due implements erequest.Store: it yields the requests without an answer that the query asks
// for. Its error is that of the context.
func (s *ERequests) Due(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
	byKey := func(a, b erequest.DueRequest) int { return a.Compare(b.DueKey) }
	return list(ctx, s.db, query.Page, byKey, func(add func(erequest.DueRequest)) {
		for _, requests := range s.db.eRequests {
			for _, r := range requests {
				if due := r.Due(); query.Matches(r.Entry) && due.Compare(query.Page.After) > 0 {
					add(due)
				}
			}
		}
	})
}

// Request implements erequest.Store: it returns the request with that ID, or an error that
// matches erequest.ErrNotFound. Any other error is that of the context.
func (s *ERequests) Request(ctx context.Context, id string) (erequest.Request, error) {
	var found erequest.Request
	err := s.db.locked(ctx, func() error {
		for _, r := range s.db.eRequests[s.db.eRequestOf[id]] {
			if r.ID == id {
				found = r
				return nil
			}
		}
		return notFound("request")
	})
	return found, err
}
