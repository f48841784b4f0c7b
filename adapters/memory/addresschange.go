package memory

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
)

// AddressChanges is the port to the reports of new addresses: an addresschange.Store.
type AddressChanges struct{ db *DB }

// AddressChanges returns the port to the reports of new addresses.
func (db *DB) AddressChanges() *AddressChanges { return &AddressChanges{db} }

// Update implements addresschange.Store: it saves what decide returns for the report, whole or
// not at all. Nobody else uses the database while decide runs. It returns the error of decide
// as it is; one that matches addresschange.ErrConflict if an ID or a confirmation number is
// taken; an error for a report with another key; or that of the context.
func (s *AddressChanges) Update(ctx context.Context, key string, decide func(prior addresschange.Record) (addresschange.Change, error)) error {
	return s.db.locked(ctx, func() error {
		change, err := decide(cloneReport(s.db.addressChanges[key]))
		if err != nil {
			return err
		}
		if err := mayHold(ctx, change); err != nil {
			return err
		}
		if change.Record != nil {
			if change.Record.Key != key {
				return errors.New("memory: the report has another key")
			}
			for other, report := range s.db.addressChanges {
				if other != key && (report.ID == change.Record.ID || report.Confirmation == change.Record.Confirmation) {
					return fmt.Errorf("memory: identifier taken: %w", addresschange.ErrConflict)
				}
			}
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		if change.Record == nil {
			return nil
		}
		if s.db.addressChanges == nil {
			s.db.addressChanges = map[string]addresschange.Record{}
		}
		s.db.addressChanges[key] = cloneReport(*change.Record)
		return nil
	})
}

// Keyed implements addresschange.Store: it returns the report under the key, or
// addresschange.ErrNotFound. Any other error is that of the context.
func (s *AddressChanges) Keyed(ctx context.Context, key string) (found addresschange.Record, err error) {
	err = s.db.locked(ctx, func() error {
		report, is := s.db.addressChanges[key]
		if !is {
			return addresschange.ErrNotFound
		}
		found = cloneReport(report)
		return nil
	})
	return found, err
}

// Report implements addresschange.Store: it returns the report with that ID, or
// addresschange.ErrNotFound. Any other error is that of the context.
func (s *AddressChanges) Report(ctx context.Context, id string) (addresschange.Record, error) {
	return s.find(ctx, func(r addresschange.Record) bool { return r.ID == id })
}

// Confirmed implements addresschange.Store: it returns the report with that confirmation
// number, or addresschange.ErrNotFound. Any other error is that of the context.
func (s *AddressChanges) Confirmed(ctx context.Context, number erequest.ConfirmationNumber) (addresschange.Record, error) {
	return s.find(ctx, func(r addresschange.Record) bool { return r.Confirmation == number })
}

func (s *AddressChanges) find(ctx context.Context, is func(addresschange.Record) bool) (found addresschange.Record, err error) {
	err = s.db.locked(ctx, func() error {
		for _, report := range s.db.addressChanges {
			if is(report) {
				found = cloneReport(report)
				return nil
			}
		}
		return addresschange.ErrNotFound
	})
	return found, err
}

func cloneReport(r addresschange.Record) addresschange.Record {
	r.Cases = slices.Clone(r.Cases)
	return r
}
