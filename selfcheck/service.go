package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// Service runs Self Check for individuals, over a store, an identity proofing
// provider and E-Verify. It is safe for concurrent use if its ports are.
type Service struct {
	store   Store
	idp     IdP
	everify EVerify
	policy  Policy
	now     func() (time.Time, error)
	failed  func(context.Context, error)

	attempts *attempt.Limiter // nil if attempts are not limited
}

// Options are what a Service takes from its surroundings. The zero value of each
// field means its default.
type Options struct {
	Now    func() time.Time // the wall clock
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy

	// Attempts limits how many quizzes one person may take within some days, and keeps nothing
	// that leads to a transaction. Nil, the default, is no limit: the notice has none but the
	// provider's own (SC-8).
	Attempts *attempt.Limiter

	// Failed is called with an error of the provider, of E-Verify or of a store if the individual
	// is told something else, or nothing. An expired certificate, an outage and a reply that
	// cannot be read are all a system error to the individual, but not to the operator. The
	// errors carry no personal value if those of the ports carry none. Failed may be called by
	// several goroutines at once; nil ignores them.
	Failed func(context.Context, error)
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
	failed := opts.Failed
	if failed == nil {
		failed = func(context.Context, error) {}
	}
	return &Service{store, idp, everify, policy.withDefaults().clone(), ambient.Time(opts.Now), failed, opts.Attempts}
}

// start reads the clock, as every act does first.
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
	return retry.OnConflict(ctx, func() error { return s.store.Update(ctx, transaction, decide) })
}

// recordOf is Store.Record for the transaction of a token: the zero Record if nothing is on record.
func (s *Service) recordOf(ctx context.Context, token Token) (Record, error) {
	if token.IsZero() {
		return Record{}, nil
	}
	record, err := s.store.Record(ctx, token.Transaction())
	if errors.Is(err, ErrNotFound) {
		return Record{}, nil
	}
	return record, err
}

// tell gives the operator an error that nobody else is told.
func (s *Service) tell(ctx context.Context, doing string, err error) {
	if err != nil {
		s.failed(ctx, fmt.Errorf("selfcheck: %s: %w", doing, err))
	}
}

// afterwards returns a context for what must be done although the caller may be
// gone, for as long as that may take.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	const patience = 30 * time.Second
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}
