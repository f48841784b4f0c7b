package addresschange

import (
	"context"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Change is what a decision about one report wants saved.
type Change struct {
	Record *Record // takes the place of what is on file under the key; nil leaves that as it is
	Events []cris.Event
}

// The errors that a Store reports alike; they are those of package cris.
var (
	// ErrNotFound means that there is no such report.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others sent in the same report, or that
	// an identifier is taken.
	ErrConflict = cris.ErrConflict
)

// Store is the port to the reports on file. Its scope is the key of one report.
type Store interface {
	// Update gives decide the report on file under the key, the zero Record if there is none,
	// and saves the Change it returns with its events, whole or not at all. Updates of one key
	// behave as if run one after another, even while nothing is on file. An error of decide
	// comes back as it is and nothing is saved. Decide may be called more than once, may keep
	// and change what it gets, and does no I/O. A store that gives up, and a report whose ID or
	// confirmation number another report has, give an error that matches ErrConflict. A report
	// with another key is an error of the caller, and nothing is saved.
	Update(ctx context.Context, key string, decide func(prior Record) (Change, error)) error
	// Keyed returns the report on file under the key, or an error that matches ErrNotFound. The
	// caller may keep and change it. It takes no scope: what an Update finds may be newer.
	Keyed(ctx context.Context, key string) (Record, error)
	// Report returns the report with that ID, or an error that matches ErrNotFound. The caller
	// may keep and change it.
	Report(ctx context.Context, id string) (Record, error)
	// Confirmed returns the report with that confirmation number, or an error that matches
	// ErrNotFound. The caller may keep and change it.
	Confirmed(ctx context.Context, number erequest.ConfirmationNumber) (Record, error)
}
