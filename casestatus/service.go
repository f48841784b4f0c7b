package casestatus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/tracking"
)

// Scans is the port to the scans of mail pieces: the part of tracking.Store that
// the case side reads. There is nothing in it to write with (CS-4).
type Scans interface {
	// Scans returns all scans of the piece, in any order, none if there are none.
	Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error)
}

// Options are what a Service, a DeliverySync or a Watch takes from its surroundings. The
// zero value of each field means its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7; the IDs of events
	Policy *Policy          // DefaultPolicy()
	Tables *Tables          // DefaultTables()
}

// policy returns the policy of the options, with its defaults.
func (o *Options) policy() Policy {
	if o.Policy == nil {
		return DefaultPolicy()
	}
	return o.Policy.withDefaults()
}

// Service answers by receipt number. It is safe for concurrent use if its ports are.
// How often someone may ask is limited at the edge, not here (CS-9): see package
// adapters/lookuplimit.
//
// A number that is unknown and one whose case is withheld take the same path: the same
// calls of the same ports, in the same order, and the same answer (CS-9). Cases.Case
// does not tell them apart, so neither can the service.
type Service struct {
	cases  Cases
	times  ProcessingTimes
	scans  Scans
	now    func() (time.Time, error)
	newID  func() string
	policy Policy
	tables *Tables
}

// NewService returns a service over the given ports. Scans are those that were received,
// the [Deliveries] that a [DeliverySync] fills; a host that has both sides in one database
// may pass the tracking.Store itself, and needs no sync. Nil options mean defaults.
func NewService(cases Cases, times ProcessingTimes, scans Scans, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	tables := *opts.Tables.orDefault() // the service's own: the tables themselves never change
	return &Service{
		cases: cases, times: times, scans: scans,
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID), policy: opts.policy(), tables: &tables,
	}
}

// Status returns what someone sees who enters a receipt number (CS-2). Nothing is
// looked up for an entry that is no receipt number. Every answer is an outcome; an
// error means that a port failed.
func (s *Service) Status(ctx context.Context, entered string) (Status, error) {
	// CS-1: canonical form first.
	receipt, err := ParseReceiptNumber(entered)
	if problem, ok := errors.AsType[*cris.ParseError](err); ok {
		return malformed(problem), nil
	}
	onFile, err := s.open(ctx, receipt)
	if errors.Is(err, ErrNotFound) {
		return notShown(receipt), nil
	}
	if err != nil {
		return Status{}, err
	}
	scans := make([][]tracking.Scan, len(onFile.Mailings))
	for i, mailing := range onFile.Mailings {
		if mailing.Number.IsZero() {
			continue
		}
		if scans[i], err = s.scans.Scans(ctx, mailing.Number); err != nil {
			return Status{}, fmt.Errorf("casestatus: read scans: %w", err)
		}
	}
	return shown(onFile, scans, s.policy), nil
}

// Eligibility decides how the case stands to the posted processing time today, in
// the policy's zone (CS-6, CS-7). The error matches ErrNotFound if the case is
// unknown or withheld.
func (s *Service) Eligibility(ctx context.Context, receipt ReceiptNumber) (Eligibility, error) {
	now, err := s.now()
	if err != nil {
		return Eligibility{}, fmt.Errorf("casestatus: eligibility: %w", err)
	}
	today := cris.DateOf(now, s.policy.Zone)
	onFile, err := s.open(ctx, receipt)
	if err != nil {
		return Eligibility{}, err
	}
	return s.EligibilityOf(ctx, onFile, today)
}

// EligibilityOf decides how a case that the caller has read stands to the posted processing
// time on a day (CS-6, CS-7): it is the port that other packages ask. An error means that
// the processing times could not be read.
func (s *Service) EligibilityOf(ctx context.Context, onFile Case, on cris.Date) (Eligibility, error) {
	posted, err := FindPosted(ctx, s.times, onFile, on, s.tables, s.policy)
	if err != nil {
		return Eligibility{}, fmt.Errorf("casestatus: read posted processing time: %w", err)
	}
	return DecideEligibility(onFile, posted, on, s.tables, s.policy), nil
}

// open reads a case that may be shown to whoever knows its number.
func (s *Service) open(ctx context.Context, receipt ReceiptNumber) (Case, error) {
	// CS-9: a withheld case is as if it were not there.
	onFile, err := s.cases.Case(ctx, receipt)
	if errors.Is(err, ErrNotFound) {
		return Case{}, ErrNotFound
	}
	if err != nil {
		return Case{}, fmt.Errorf("casestatus: read case: %w", err)
	}
	return onFile, nil
}
