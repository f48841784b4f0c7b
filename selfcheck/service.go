package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// Service runs Self Check for individuals, over a store, an identity proofing
// provider and E-Verify. It is safe for concurrent use if its ports are.
type Service struct {
	store   Store
	idp     IdP
	everify EVerify
	policy  Policy
	now     func() (time.Time, error)
	newID   func() string
}

// Options are what a Service takes from its surroundings. The zero value of each
// field means its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7; makes transaction IDs, which must be unguessable ([TransactionID])
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(store Store, idp IdP, everify EVerify, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	policy := DefaultPolicy()
	if opts.Policy != nil {
		policy = *opts.Policy
	}
	return &Service{store, idp, everify, policy.withDefaults().clone(), ambient.Time(opts.Now), ambient.IDs(opts.NewID)}
}

// The errors that no port reports.
var (
	// ErrCaseUnknown means that a query was submitted and the number of its case is not on
	// record.
	ErrCaseUnknown = errors.New("the number of the case is not on record")

	errNewID = errors.New("NewID made an ID that is empty or not valid text")
)

// start is what every act begins with: the one reading of the clock.
func (s *Service) start(doing string) (time.Time, error) {
	now, err := s.now()
	if err != nil {
		return time.Time{}, fmt.Errorf("selfcheck: %s: %w", doing, err)
	}
	return now, nil
}

// update is Store.Update, tried again if the store gives up because others changed the same
// transaction. What was saved by a try that seemed to fail is found on record by the next:
// every decide saves what it finds there only once.
func (s *Service) update(ctx context.Context, transaction TransactionID, decide func(prior Record) (Change, error)) error {
	if !text.IsStorable(string(transaction)) {
		return ErrNotFound
	}
	return retry.OnConflict(ctx, func() error { return s.store.Update(ctx, transaction, decide) })
}

// record is Store.Record.
func (s *Service) record(ctx context.Context, transaction TransactionID) (Record, error) {
	if !text.IsStorable(string(transaction)) {
		return Record{}, ErrNotFound
	}
	return s.store.Record(ctx, transaction)
}

// afterwards returns a context for what must be done although the caller may be
// gone, for as long as that may take.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	const patience = 30 * time.Second
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}
