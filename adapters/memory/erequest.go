package memory

import (
	"context"
	"errors"
	"fmt"
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
// number is taken; one that matches erequest.ErrNotFound for an answer to a request that is
// not of this case; an error for a request of another case; or that of the context.
func (s *ERequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []erequest.Request) (erequest.Change, error)) error {
	return s.db.locked(ctx, func() error {
		requests := slices.Clone(s.db.eRequests[receipt])
		change, err := decide(slices.Clone(requests))
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
			if s.taken(requests, filed) {
				return fmt.Errorf("memory: identifier taken: %w", erequest.ErrConflict)
			}
			requests = append(requests, filed)
		}
		for _, answer := range change.Answered {
			i := slices.IndexFunc(requests, func(r erequest.Request) bool { return r.ID == answer.RequestID })
			if i < 0 {
				return notFound("answered request")
			}
			requests[i].Answered = answer.On
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		if s.db.eRequests == nil {
			s.db.eRequests = map[casestatus.ReceiptNumber][]erequest.Request{}
		}
		s.db.eRequests[receipt] = requests
		return nil
	})
}

// taken reports whether a request on file, or one of those of the change so far, has
// the ID or confirmation number of filed.
func (s *ERequests) taken(soFar []erequest.Request, filed erequest.Request) bool {
	clashes := func(r erequest.Request) bool { return r.ID == filed.ID || r.Confirmation == filed.Confirmation }
	if slices.ContainsFunc(soFar, clashes) {
		return true
	}
	for _, requests := range s.db.eRequests {
		if slices.ContainsFunc(requests, clashes) {
			return true
		}
	}
	return false
}

// Requests implements erequest.Store: it returns the requests of the case in order of
// filing. Its error is that of the context.
func (s *ERequests) Requests(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	var requests []erequest.Request
	err := s.db.locked(ctx, func() error {
		requests = slices.Clone(s.db.eRequests[receipt])
		return nil
	})
	return requests, err
}

// Request implements erequest.Store: it returns the request with that ID, or an error that
// matches erequest.ErrNotFound. Any other error is that of the context.
func (s *ERequests) Request(ctx context.Context, id string) (erequest.Request, error) {
	var found erequest.Request
	err := s.db.locked(ctx, func() error {
		for _, requests := range s.db.eRequests {
			for _, r := range requests {
				if r.ID == id {
					found = r
					return nil
				}
			}
		}
		return notFound("request")
	})
	return found, err
}
