// Package memory holds every port in memory. It is the reference model: short
// enough to be read as the definition of what a store does, and it passes every
// conformance kit itself. It serves tests, examples and programs that need no
// memory of yesterday.
package memory

import (
	"context"
	"fmt"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// DB is one database in memory. Its methods give the ports, which share one
// outbox. It is safe for concurrent use. Its zero value is empty: a map is made when
// something is put into it.
type DB struct {
	mu sync.Mutex

	outbox outbox

	caseStatus caseStatus

	scans scanState

	eRequests     map[casestatus.ReceiptNumber][]erequest.Request
	eRequestOf    map[string]casestatus.ReceiptNumber  // the case of each request, by its ID
	confirmations map[erequest.ConfirmationNumber]bool // those that are taken

	addressChanges map[string]addresschange.Record // by key

	serviceRequests serviceRequests

	calls calls

	selfChecks selfChecks

	attempts   attempts
	accounting map[string]disclosure.Entry // by ID
	trails     map[string]access.Step      // by ID

	holds map[string]cris.Hold // by ID
}

// New returns an empty database.
func New() *DB { return &DB{} }

// locked runs one step of the database, alone. It does not start under a
// canceled context; a step that calls decide checks the context again before it
// saves.
func (db *DB) locked(ctx context.Context, step func() error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return step()
}

func notFound(what string) error { return fmt.Errorf("memory: %s: %w", what, cris.ErrNotFound) }
