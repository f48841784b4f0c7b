package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter/lettertest"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func TestServiceRequests_KeepsTheContract(t *testing.T) {
	srmttest.TestStore(t, func(*testing.T) (srmt.Store, cris.Outbox) {
		db := memory.New()
		return db.ServiceRequests(), db.Outbox()
	})
}

func TestAttachments_KeepsTheContract(t *testing.T) {
	lettertest.TestAttachments(t, func(*testing.T) lettertest.Files {
		held := memory.New().Attachments()
		return lettertest.Files{Attachments: held, Put: held.Put}
	})
}

func TestLooks_KeepsTheContract(t *testing.T) {
	srmttest.TestLooks(t, func(*testing.T) srmt.Looks { return memory.New().Looks() })
}
