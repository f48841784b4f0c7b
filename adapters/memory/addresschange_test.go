package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
)

func TestAddressChanges_KeepsTheContract(t *testing.T) {
	addresschangetest.TestStore(t, func(*testing.T) (addresschange.Store, cris.Outbox) {
		db := memory.New()
		return db.AddressChanges(), db.Outbox()
	})
}
