package memory

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// Accountings is the port to the accounting of disclosures: a disclosure.Accountings.
type Accountings struct{ db *DB }

// Accountings returns the port to the accounting of disclosures.
func (db *DB) Accountings() *Accountings { return &Accountings{db} }

// Record implements disclosure.Accountings: it saves an entry. The same entry again changes
// nothing. It returns an error that matches cris.ErrConflict if another has its ID, or that of
// the context. Text that is not UTF-8 or has a NUL in it is refused.
func (s *Accountings) Record(ctx context.Context, entry disclosure.Entry) error {
	return s.db.locked(ctx, func() error {
		if err := mayHold(ctx, entry); err != nil {
			return err
		}
		held := &s.db.accounting
		if before, known := (*held)[entry.ID]; known {
			if !before.IsSame(entry) {
				return fmt.Errorf("memory: identifier of an entry taken: %w", cris.ErrConflict)
			}
			return nil
		}
		if *held == nil {
			*held = map[string]disclosure.Entry{}
		}
		entry.Classes = slices.Clone(entry.Classes)
		(*held)[entry.ID] = entry
		return nil
	})
}

// List implements disclosure.Accountings: it yields the entries with the handle as they were
// when the range began, in the order of their Key. Its error is that of the context, or one
// for a page after text that no store can hold.
func (s *Accountings) List(ctx context.Context, handle selfcheck.Handle, page disclosure.Page) iter.Seq2[disclosure.Entry, error] {
	byKey := func(a, b disclosure.Entry) int { return a.Key().Compare(b.Key()) }
	return list(ctx, s.db, page, byKey, func(add func(disclosure.Entry)) {
		for _, entry := range s.db.accounting {
			if entry.Handle == handle && entry.Key().Compare(page.After) > 0 {
				entry.Classes = slices.Clone(entry.Classes)
				add(entry)
			}
		}
	})
}

// Retain implements disclosure.Accountings: the entries with the handle are kept at least
// until the end of that day. Its error is that of the context.
func (s *Accountings) Retain(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
	return s.db.locked(ctx, func() error {
		for id, entry := range s.db.accounting {
			if entry.Handle == handle && until.After(entry.KeptUntil) {
				entry.KeptUntil = until
				s.db.accounting[id] = entry
			}
		}
		return nil
	})
}
