package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

func (s *service) jobs() []job {
	return []job{
		{"relay events", 5 * time.Second, s.relay},
		{"sync deliveries", time.Minute, s.syncDeliveries},
		{"raise mail that went quiet", 24 * time.Hour, s.watchMail},
		{"raise requests without an answer", 24 * time.Hour, s.raiseOverdue},
		{"close E-Verify cases", time.Hour, s.closeCases},
		{"move requests of closed offices on", 24 * time.Hour, s.realign},
		{"return requests of staff who left", 24 * time.Hour, s.returnLeftBehind},
		{"purge", 24 * time.Hour, s.purge},
	}
}

// relay hands the events of all stores to the services that handle them. One process at a
// time does it.
func (s *service) relay(ctx context.Context) error {
	_, err := cris.Relay(ctx, s.store.Outbox(), s.mux.Handle)
	return err
}

// syncDeliveries asks the mail side what is new.
func (s *service) syncDeliveries(ctx context.Context) error {
	_, err := s.sync.Sync(ctx)
	return err
}

// watchMail raises the pieces of mail that went quiet.
func (s *service) watchMail(ctx context.Context) error {
	_, err := s.watch.Pass(ctx)
	return err
}

// closeCases closes what Self Check left open a day ago. A query whose answer is not on
// record needs a person: see Service.SettleOpened and Service.SettleNotOpened. Transactions
// are secrets, and no log names one.
func (s *service) closeCases(ctx context.Context) (err error) {
	dayAgo, unanswered := time.Now().Add(-24*time.Hour), 0
	for open, listErr := range s.store.SelfChecks().OpenCases(ctx, cris.Page[selfcheck.TransactionID]{}) {
		if listErr != nil {
			return errors.Join(err, listErr)
		}
		switch {
		case !open.Submitted.Before(dayAgo):
		case open.Case == "":
			unanswered++
		default:
			err = errors.Join(err, s.checks.CloseCase(ctx, open.Transaction))
		}
	}
	if unanswered > 0 {
		slog.WarnContext(ctx, "queries without an answer on record need a person", "queries", unanswered)
	}
	return err
}

// raiseOverdue raises the requests that were not answered in time.
func (s *service) raiseOverdue(ctx context.Context) error {
	_, err := s.requests.RaiseOverdue(ctx)
	return err
}

// realign moves the requests of offices that were closed to those that took their work over.
func (s *service) realign(ctx context.Context) error {
	_, err := s.desk.Realign(ctx, "")
	return err
}

// returnLeftBehind returns the requests of staff whose posts have ended: they wait for a
// supervisor again.
func (s *service) returnLeftBehind(ctx context.Context) error {
	_, err := s.desk.ReturnLeftBehind(ctx)
	return err
}

// purge forgets events that were delivered long ago, and what kept Updates apart.
func (s *service) purge(ctx context.Context) error {
	removed, err := s.store.Purge(ctx, time.Now().AddDate(0, -3, 0))
	if err != nil {
		return fmt.Errorf("purge, after %d rows: %w", removed, err)
	}
	return nil
}
