package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSelfChecks_KeepsTheContract(t *testing.T) {
	selfchecktest.TestStore(t, func(*testing.T) (selfcheck.Store, cris.Outbox) {
		db := memory.New()
		return db.SelfChecks(), db.Outbox()
	})
}

func TestSelfCheckArchive_KeepsTheContract(t *testing.T) {
	selfchecktest.TestArchive(t, func(*testing.T) (selfchecktest.Archived, cris.Outbox) {
		db := memory.New()
		return db.SelfChecks(), db.Outbox()
	})
}
