package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestERequests_KeepsTheContract(t *testing.T) {
	erequesttest.TestStore(t, func(*testing.T) (erequest.Store, cris.Outbox) {
		db := memory.New()
		return db.ERequests(), db.Outbox()
	})
}
