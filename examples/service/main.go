// Command service wires the library up as a long-running program does: one database, one
// service per package, the events between them, and the jobs that run from time to time.
// It serves no pages: those are the host program's. The identity proofing provider and
// E-Verify are fakes here.
//
//	go run -C examples ./service FILE  # until it is interrupted
package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the driver is the host program's choice

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/tracking"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) != 2 {
		slog.Error("usage: service FILE")
		return
	}
	if err := serve(ctx, os.Args[1]); err != nil {
		slog.Error("stopped", "error", err)
	}
}

// serve relays events, and runs every job at once and then at its interval, until the context ends.
func serve(ctx context.Context, file string) error {
	db, err := sqlx.Open("sqlite", "file:"+url.PathEscape(file)+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	s, err := newService(ctx, db, selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	if err != nil {
		return err
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.relay().Run(ctx); err != nil {
			slog.ErrorContext(ctx, "the relay stopped", "error", err)
		}
	})
	for _, j := range s.jobs() {
		running.Go(func() { j.run(ctx) })
	}
	running.Wait()
	return nil
}

// service holds what the pages and the jobs of a host program call.
type service struct {
	store     *sqlstore.DB
	status    *casestatus.Service
	requests  *erequest.Service
	desk      *srmt.Service
	counter   *srmt.Desk
	checks    *selfcheck.Service
	attempts  *attempt.Limiter
	retention *cris.Retention
	ingester  *tracking.Ingester
	sync      *casestatus.DeliverySync
	watch     *casestatus.Watch
	mux       *cris.Mux
}

// newService brings the schema up to date and wires the services. They share one store, one
// table of offices and forms, and one decision on eligibility.
func newService(ctx context.Context, db *sqlx.DB, idp selfcheck.IdP, everify selfcheck.EVerify) (*service, error) {
	if err := sqlstore.Migrate(ctx, db, nil); err != nil {
		return nil, err
	}
	store, err := sqlstore.Open(ctx, db, sqlstore.InClear(), nil)
	if err != nil {
		return nil, err
	}
	tables := casestatus.DefaultTables()
	s := &service{store: store}
	s.status = casestatus.NewService(store.Cases(), store.ProcessingTimes(), store.Deliveries(), &casestatus.Options{Tables: tables})
	s.requests = erequest.NewService(store.ERequests(), store.Cases(), s.status, nil)
	s.desk = srmt.NewService(srmt.Ports{Store: store.ServiceRequests(), Requests: store.ERequests(), Cases: store.Cases(), Status: s.status, Looks: store.Looks()}, &srmt.Options{Tables: tables})
	s.counter = srmt.NewDesk(srmt.DeskPorts{Submissions: s.requests, Store: store.ServiceRequests(), Looks: store.Looks()}, &srmt.Options{Tables: tables})
	s.attempts = attempt.NewLimiter(store.Attempts(), &attempt.Options{Policy: attempt.MyEVerifyPolicy()})
	s.checks = selfcheck.NewService(store.SelfChecks(), idp, everify, &selfcheck.Options{Attempts: s.attempts, Failed: logFailed})
	schedule, err := cris.NewSchedule(sqlstore.RecordClasses()...)
	if err != nil {
		return nil, err
	}
	if s.retention, err = cris.NewRetention(store.Retention(), schedule, nil); err != nil {
		return nil, err
	}
	s.ingester = tracking.NewIngester(store.Scans(), nil)
	s.sync = casestatus.NewDeliverySync(store.Scans(), store.Cases(), store.Deliveries(), &casestatus.Options{Tables: tables})
	s.watch = casestatus.NewWatch(store.Cases(), store.Deliveries(), nil)
	s.mux = cris.NewMux(s.requests, s.desk, s.watch)
	return s, nil
}

// logFailed is told of what individuals are told nothing of: the provider or E-Verify failed, and
// why.
func logFailed(ctx context.Context, err error) {
	slog.ErrorContext(ctx, "Self Check: a port failed", "error", err)
}

// job is something that a host program does from time to time.
type job struct {
	name  string
	every time.Duration
	do    func(ctx context.Context) error
}

// run does the job at once and then at its interval. A job that fails is told of and done
// again at the next one: each goes on where it stopped.
func (j job) run(ctx context.Context) {
	for {
		if err := j.do(ctx); err != nil && !errors.Is(err, context.Canceled) {
			slog.ErrorContext(ctx, "job failed", "job", j.name, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(j.every):
		}
	}
}
