package integration_test

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

// opener gives a fresh, migrated and empty store.
type opener func(t *testing.T) *sqlstore.DB

// kits are the kits of all ports.
var kits = []struct {
	name string
	run  func(t *testing.T, open opener)
}{
	{"Cases", func(t *testing.T, open opener) {
		casestatustest.TestCases(t, func(t *testing.T) (casestatus.Cases, cris.Outbox) { db := open(t); return db.Cases(), db.Outbox() })
	}},
	{"ProcessingTimes", func(t *testing.T, open opener) {
		casestatustest.TestProcessingTimes(t, func(t *testing.T) casestatus.ProcessingTimes { return open(t).ProcessingTimes() })
	}},
	{"Deliveries", func(t *testing.T, open opener) {
		casestatustest.TestDeliveries(t, func(t *testing.T) (casestatus.Deliveries, cris.Outbox) {
			db := open(t)
			return db.Deliveries(), db.Outbox()
		})
	}},
	{"Scans", func(t *testing.T, open opener) {
		trackingtest.TestStore(t, func(t *testing.T) tracking.Store { return open(t).Scans() })
	}},
	{"ERequests", func(t *testing.T, open opener) {
		erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) { db := open(t); return db.ERequests(), db.Outbox() })
	}},
	{"AddressChanges", func(t *testing.T, open opener) {
		addresschangetest.TestStore(t, func(t *testing.T) (addresschange.Store, cris.Outbox) {
			db := open(t)
			return db.AddressChanges(), db.Outbox()
		})
	}},
	{"ServiceRequests", func(t *testing.T, open opener) {
		srmttest.TestStore(t, func(t *testing.T) (srmt.Store, cris.Outbox) { db := open(t); return db.ServiceRequests(), db.Outbox() })
	}},
	{"Looks", func(t *testing.T, open opener) {
		srmttest.TestLooks(t, func(t *testing.T) srmt.Looks { return open(t).Looks() })
	}},
	{"Calls", func(t *testing.T, open opener) {
		gatewaytest.TestCalls(t, func(t *testing.T) gateway.Calls { return open(t).Calls() })
	}},
	{"SelfChecks", func(t *testing.T, open opener) {
		selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) { db := open(t); return db.SelfChecks(), db.Outbox() })
	}},
	{"SelfCheckArchive", func(t *testing.T, open opener) {
		selfchecktest.TestArchive(t, func(t *testing.T) (selfchecktest.Archived, cris.Outbox) {
			db := open(t)
			return db.SelfChecks(), db.Outbox()
		})
	}},
	{"Attempts", func(t *testing.T, open opener) {
		attempttest.TestCounters(t, func(t *testing.T) attempt.Counters { return open(t).Attempts() })
	}},
	{"Accountings", func(t *testing.T, open opener) {
		disclosuretest.TestAccountings(t, func(t *testing.T) disclosure.Accountings { return open(t).Accountings() })
	}},
	{"Trails", func(t *testing.T, open opener) {
		accesstest.TestTrails(t, func(t *testing.T) access.Trails { return open(t).Trails() })
	}},
}
