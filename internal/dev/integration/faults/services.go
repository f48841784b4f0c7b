package main

import (
	"context"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/tracking"
)

// ports are what the services stand on.
type ports struct {
	cases      casestatus.Cases
	times      casestatus.ProcessingTimes
	deliveries casestatus.Deliveries
	scans      interface {
		tracking.Store
		tracking.Updates
	}
	requests        erequest.Store
	reports         addresschange.Store
	serviceRequests srmt.Store
	looks           srmt.Looks
	calls           gateway.Calls
	checks          selfcheck.Store
	accountings     disclosure.Accountings
	trails          access.Trails
	outbox          cris.Outbox
}

func portsOf(db *sqlstore.DB) ports {
	return ports{
		db.Cases(), db.ProcessingTimes(), db.Deliveries(), db.Scans(), db.ERequests(), db.AddressChanges(), db.ServiceRequests(),
		db.Looks(), db.Calls(), db.SelfChecks(), db.Accountings(), db.Trails(), db.Outbox(),
	}
}

func inMemory() ports {
	db := memory.New()
	return ports{
		db.Cases(), db.ProcessingTimes(), db.Deliveries(), db.Scans(), db.ERequests(), db.AddressChanges(), db.ServiceRequests(),
		db.Looks(), db.Calls(), db.SelfChecks(), db.Accountings(), db.Trails(), db.Outbox(),
	}
}

// services are every service of the library over one store, as one program has them.
type services struct {
	on ports

	cases       *casestatus.Service
	sync        *casestatus.DeliverySync
	watch       *casestatus.Watch
	ingester    *tracking.Ingester
	requests    *erequest.Service
	reports     *addresschange.Service
	desk        *srmt.Service
	center      *gateway.Service
	checks      *selfcheck.Service
	disclosures *disclosure.Service
	amendments  *access.Service
	mux         *cris.Mux
}

// representative answers the telephone at the call center.
const representative srmt.StaffID = "rep-1"

func newServices(p ports, now func() time.Time, verifier selfcheck.EVerify) *services {
	opts := &casestatus.Options{Now: now}
	// Nothing ends by itself: what is on file follows from the acts alone.
	patient := selfcheck.DefaultPolicy()
	patient.QuizLife, patient.PassLife, patient.ChoiceLife, patient.MaxQuizzes = -1, -1, -1, -1
	s := &services{
		on:          p,
		cases:       casestatus.NewService(p.cases, p.times, p.deliveries, opts),
		sync:        casestatus.NewDeliverySync(p.scans, p.cases, p.deliveries, opts),
		watch:       casestatus.NewWatch(p.cases, p.deliveries, opts),
		ingester:    tracking.NewIngester(p.scans, nil),
		reports:     addresschange.NewService(p.reports, p.cases, &addresschange.Options{Now: now}),
		checks:      selfcheck.NewService(p.checks, provider{}, verifier, &selfcheck.Options{Now: now, Policy: &patient}),
		disclosures: disclosure.NewService(p.accountings, &disclosure.Options{Now: now}),
		amendments:  access.NewService(p.trails, &access.Options{Now: now}),
	}
	s.requests = erequest.NewService(p.requests, p.cases, s.cases, &erequest.Options{Now: now})
	s.desk = srmt.NewService(srmt.Ports{
		Store: p.serviceRequests, Requests: p.requests, Cases: p.cases, Status: s.cases, Looks: p.looks,
	}, &srmt.Options{Now: now})
	s.center = newCenter(p.calls, s.requests, now)
	s.mux = cris.NewMux(s.watch, s.requests, s.reports, s.desk, s.checks)
	return s
}

func newCenter(calls gateway.Calls, requests gateway.Requests, now func() time.Time) *gateway.Service {
	return gateway.NewService(calls, gatewaytest.Roster{representative}, requests, &gateway.Options{Now: now})
}

// job is what runs beside the callers, as docs/operations.md says.
type job struct {
	name string
	run  func(ctx context.Context) error
}

// jobs are those of docs/operations.md that change something. Told is called for each event
// before it is marked as delivered: it may come again.
func (s *services) jobs(told func(cris.Event)) []job {
	return []job{
		{"cris.Relay", func(ctx context.Context) error {
			_, err := cris.Relay(ctx, s.on.outbox, func(ctx context.Context, event cris.Event) error {
				if err := s.mux.Handle(ctx, event); err != nil {
					return err
				}
				told(event)
				return nil
			})
			return err
		}},
		{"casestatus.DeliverySync.Sync", func(ctx context.Context) error { _, err := s.sync.Sync(ctx); return err }},
		{"casestatus.Watch.Pass", func(ctx context.Context) error { _, err := s.watch.Pass(ctx); return err }},
		{"erequest.Service.RaiseOverdue", func(ctx context.Context) error { _, err := s.requests.RaiseOverdue(ctx); return err }},
		{"selfcheck.Service.Sweep", func(ctx context.Context) error { _, err := s.checks.Sweep(ctx); return err }},
	}
}

// provider is an identity proofing provider that lets everybody pass, and keeps nothing: it knows
// whose quiz it is from its own number. So it is the same in every process.
type provider struct{}

func (provider) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	return selfcheck.Progress{
		Transaction: numberOf(begin.Applicant), Quiz: selfcheck.Quiz{URL: "https://idp.example/quiz"},
	}, ctx.Err()
}

func (provider) Conclude(ctx context.Context, _ selfcheck.Reference, number selfcheck.IdPTransactionID, _ string) (selfcheck.Progress, error) {
	sent := applicantOf(number)
	return selfcheck.Progress{Transaction: number, Report: selfcheck.Report{
		Outcome: selfcheck.IdPPassed, Questions: 3, Name: sent.Name, BirthDate: sent.BirthDate, SSN: sent.SSN,
	}}, ctx.Err()
}

// newVerifier returns a client of the E-Verify at the URL.
func newVerifier(url string, now func() time.Time) (selfcheck.EVerify, error) {
	return everify.New(everify.Config{
		BaseURL:     url + everifytest.Path,
		Credentials: func(context.Context) (string, string, error) { return everifytest.UserName, everifytest.Password, nil },
		Creator:     everify.Creator{Name: "Self Check Desk", Email: "desk@selfcheck.example", Phone: "8005550142"},
		Now:         now,
	})
}
