package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/relay"
)

func (s *service) jobs() []job {
	return []job{
		{"sync deliveries", time.Minute, s.syncDeliveries},
		{"raise mail that went quiet", 24 * time.Hour, s.watchMail},
		{"raise requests without an answer", 24 * time.Hour, s.raiseOverdue},
		{"end what Self Check left behind", 5 * time.Minute, s.sweep},
		{"forget attempts of past days", 24 * time.Hour, s.forgetAttempts},
		{"move requests of closed offices on", 24 * time.Hour, s.realign},
		{"return requests of staff who left", 24 * time.Hour, s.returnLeftBehind},
		{"purge", 24 * time.Hour, s.purge},
	}
}

// relay hands the events of all stores to the services that handle them, until the context
// ends. Any number of processes do it at once.
func (s *service) relay() *relay.Runner {
	return relay.NewRunner(s.store.Outbox(), s.mux.Handle, &relay.Options{
		Failed: func(ctx context.Context, event cris.Event, err error) {
			slog.ErrorContext(ctx, "relay", "event", event.ID, "type", event.Type, "error", err)
		},
		OnBacklog: func(backlog cris.Backlog) {
			if backlog.Parked > 0 {
				slog.Warn("parked events need a person", "parked", backlog.Parked)
			}
		},
	})
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

// sweep brings to its end what individuals left behind in Self Check. What E-Verify cannot be
// asked about needs a person: see unsettled.
func (s *service) sweep(ctx context.Context) error {
	swept, err := s.checks.Sweep(ctx)
	if err != nil {
		return fmt.Errorf("sweep, after %+v: %w", swept, err)
	}
	waiting, err := s.unsettled(ctx, time.Now().Add(-time.Hour)) // an outage may last that long
	if err == nil && len(waiting) > 0 {
		slog.WarnContext(ctx, "queries of Self Check without a case need a person", "queries", len(waiting))
	}
	return err
}

// forgetAttempts ends the keys of the days that no longer count, also if nobody comes.
func (s *service) forgetAttempts(ctx context.Context) error {
	_, err := s.attempts.Forget(ctx)
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

// purge removes what has been kept for its period, and has the database let go of it.
func (s *service) purge(ctx context.Context) error {
	report, err := s.retention.Purge(ctx)
	for _, of := range report.Classes {
		if of.Removed+of.Held > 0 {
			slog.InfoContext(ctx, "records purged", "class", of.Class.Code, "removed", of.Removed, "held", of.Held, "authority", of.Class.Authority)
		}
	}
	if err != nil {
		return err
	}
	return s.store.Compact(ctx, nil)
}
