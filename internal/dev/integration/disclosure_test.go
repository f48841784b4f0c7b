package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
)

func TestAccountings_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		disclosuretest.TestAccountings(t, func(t *testing.T) disclosure.Accountings { t.Helper(); return open(t).Accountings() })
	})
}

func TestTrails_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		accesstest.TestTrails(t, func(t *testing.T) access.Trails { t.Helper(); return open(t).Trails() })
	})
}
