// Package drivertest runs what a database driver must bring along on adapters/sqlstore: every
// conformance kit, and what the store promises about connections and locks. It imports no driver.
package drivertest

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/attempt/attempttest"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// Kit is the kit of a port, run on a store that open makes anew for each clause.
type Kit struct {
	Name string
	Run  func(t *testing.T, open func(t *testing.T) *sqlstore.DB)
}

// All are the kits of all ports.
var All = []Kit{
	{"Cases", Cases},
	{"ProcessingTimes", processingTimes},
	{"Deliveries", deliveries},
	{"Scans", Scans},
	{"ERequests", ERequests},
	{"AddressChanges", addressChanges},
	{"ServiceRequests", serviceRequests},
	{"Looks", looks},
	{"Calls", calls},
	{"SelfChecks", selfChecks},
	{"Archive", archive},
	{"Attempts", attempts},
	{"Accountings", accountings},
	{"Trails", trails},
}

// Kits runs the kits of all ports beside each other: they wait for the database most of the time.
func Kits(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	for _, kit := range All {
		t.Run(kit.Name, func(t *testing.T) {
			t.Parallel()
			kit.Run(t, open)
		})
	}
}

// Cases runs the kit of this port.
func Cases(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	casestatustest.TestCases(t, func(t *testing.T) (casestatus.Cases, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.Cases(), db.Outbox()
	})
}

// ERequests runs the kit of this port.
func ERequests(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.ERequests(), db.Outbox()
	})
}

// Scans runs the kit of this port.
func Scans(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	trackingtest.TestStore(t, func(t *testing.T) tracking.Store { t.Helper(); return open(t).Scans() })
}

func processingTimes(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	casestatustest.TestProcessingTimes(t, func(t *testing.T) casestatus.ProcessingTimes { t.Helper(); return open(t).ProcessingTimes() })
}

func deliveries(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	casestatustest.TestDeliveries(t, func(t *testing.T) (casestatus.Deliveries, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.Deliveries(), db.Outbox()
	})
}

func addressChanges(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	addresschangetest.TestStore(t, func(t *testing.T) (addresschange.Store, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.AddressChanges(), db.Outbox()
	})
}

func serviceRequests(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	srmttest.TestStore(t, func(t *testing.T) (srmt.Store, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.ServiceRequests(), db.Outbox()
	})
}

func looks(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	srmttest.TestLooks(t, func(t *testing.T) srmt.Looks { t.Helper(); return open(t).Looks() })
}

func calls(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	gatewaytest.TestCalls(t, func(t *testing.T) gateway.Calls { t.Helper(); return open(t).Calls() })
}

func selfChecks(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.SelfChecks(), db.Outbox()
	})
}

func archive(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	selfchecktest.TestArchive(t, func(t *testing.T) (selfchecktest.Archived, cris.Outbox) {
		t.Helper()
		db := open(t)
		return db.SelfChecks(), db.Outbox()
	})
}

func attempts(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	attempttest.TestCounters(t, func(t *testing.T) attempt.Counters { t.Helper(); return open(t).Attempts() })
}

func accountings(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	disclosuretest.TestAccountings(t, func(t *testing.T) disclosure.Accountings { t.Helper(); return open(t).Accountings() })
}

func trails(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
	t.Helper()
	accesstest.TestTrails(t, func(t *testing.T) access.Trails { t.Helper(); return open(t).Trails() })
}
