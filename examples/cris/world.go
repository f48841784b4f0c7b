package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the embedded database

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/records"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/tracking"
)

// world is the library wired up as a service would do it: one database, one clock,
// one service per package. Only the clock, the identifiers, the identity proofing
// provider and E-Verify are simulated; E-Verify speaks its own wire format on this machine.
type world struct {
	journal *journal
	clock   *clock
	file    string // of the database
	db      *sqlx.DB
	store   *sqlstore.DB

	status   *casestatus.Service
	sync     *casestatus.DeliverySync
	watch    *casestatus.Watch
	ingester *tracking.Ingester
	eRequest *erequest.Service
	moves    *addresschange.Service
	desk     *srmt.Service
	calls    *gateway.Service
	counter  *srmt.Desk
	checks   *selfcheck.Service
	everify  *everifytest.Server // the stand-in for E-Verify
	server   *httptest.Server    // at which it is reached
	records  *records.Service

	newKey   func() string
	accepted []string // IDs of the requests that were accepted

	lastAlert string // that staff was shown
}

func newWorld(ctx context.Context, file string, j *journal) (*world, error) {
	db, err := sqlx.Open("sqlite", "file:"+url.PathEscape(file)+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)")
	if err != nil {
		return nil, err
	}
	if err := sqlstore.Migrate(ctx, db, nil); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	store, err := sqlstore.Open(ctx, db, sqlstore.InClear(), nil)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &world{journal: j, clock: &clock{}, file: file, db: db, store: store, newKey: identifiers("key")}
	w.clock.set("2022-02-19", 9)
	j.now = w.clock.Now

	// One table of offices and forms for all services. I-192 is a form without a posted time.
	tables := &casestatus.Tables{
		Offices: casestatus.DefaultTables().Offices,
		Forms:   casestatus.NewFormTable(append(casestatus.Forms(), casestatus.Form{Number: "I-192"})...),
	}
	w.status = casestatus.NewService(store.Cases(), store.ProcessingTimes(), store.Deliveries(), &casestatus.Options{Now: w.clock.Now, Tables: tables})
	w.sync = casestatus.NewDeliverySync(store.Scans(), store.Cases(), store.Deliveries(), &casestatus.Options{Now: w.clock.Now})
	w.watch = casestatus.NewWatch(store.Cases(), store.Deliveries(), &casestatus.Options{Now: w.clock.Now})
	w.ingester = tracking.NewIngester(store.Scans(), &tracking.IngesterOptions{BatchSize: 5})
	w.eRequest = erequest.NewService(store.ERequests(), store.Cases(), w.status, &erequest.Options{
		Now: w.clock.Now, NewID: identifiers("request"),
		// The story is much the same each time; a real program leaves Random unset.
		Random: rand.NewChaCha8([32]byte{19: 1}),
	})
	w.moves = addresschange.NewService(store.AddressChanges(), store.Cases(), &addresschange.Options{
		Now: w.clock.Now, NewID: identifiers("move"), Random: rand.NewChaCha8([32]byte{19: 3}),
	})
	w.desk = srmt.NewService(srmt.Ports{Store: store.ServiceRequests(), Requests: store.ERequests(), Cases: store.Cases(), Status: w.status, Looks: store.Looks()}, &srmt.Options{Now: w.clock.Now, Tables: tables})
	w.calls = gateway.NewService(store.Calls(), w.desk, w.eRequest, &gateway.Options{Now: w.clock.Now, NewID: identifiers("call")})
	w.counter = srmt.NewDesk(srmt.DeskPorts{Submissions: w.eRequest, Store: store.ServiceRequests(), Looks: store.Looks()}, &srmt.Options{Now: w.clock.Now, Tables: tables})
	if err := errors.Join(w.openSelfCheck(), w.fill(ctx)); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// fill files what is there before the story begins.
func (w *world) fill(ctx context.Context) error {
	for _, c := range caseload {
		if _, err := w.record(ctx, c.onFile); err != nil {
			return err
		}
	}
	_, err := w.desk.PutStaff(ctx, staff...)
	return err
}

// record puts the case on file as it is today, and returns what changed.
func (w *world) record(ctx context.Context, c casestatus.Case) ([]casestatus.CaseAspect, error) {
	today := asOf(c, cris.DateOf(w.clock.Now(), cris.AgencyZone()))
	return w.status.Record(ctx, c.Receipt, func(onFile *casestatus.Case) { *onFile = today })
}

func (w *world) close() error {
	w.server.Close()
	return w.db.Close()
}
