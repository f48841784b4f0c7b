package erequest

import (
	"context"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Change is what a decision about the requests of one case wants saved.
type Change struct {
	File     []Request // new requests
	Answered []Answer  // answers to requests on file
	Events   []cris.Event
}

// Answer records that the agency answered a request.
type Answer struct {
	RequestID string
	On        cris.Date
}

// The errors that a Store reports alike; they are those of package cris.
var (
	// ErrNotFound means that there is no such request.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others filed for the same case, or
	// that an identifier is taken.
	ErrConflict = cris.ErrConflict
)

// Store is the port to the requests on file. Its scope is one case.
type Store interface {
	// Update loads every request filed for the case, in order of filing, calls decide,
	// and saves the Change it returns with its events, whole or not at all. Updates of
	// one case behave as if run one after another, even while it has no request. An
	// error of decide comes back as it is and nothing is saved. Decide may be called
	// more than once, may keep and change what it gets, and does no I/O. A store that
	// gives up, and a new request whose ID or confirmation number is taken, give an
	// error that matches ErrConflict. A new request of another case is an error of the
	// caller, and nothing is saved.
	Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []Request) (Change, error)) error
	// Requests returns every request filed for the case, in order of filing; none, and
	// no error, for a case without. The caller may keep and change them.
	Requests(ctx context.Context, receipt casestatus.ReceiptNumber) ([]Request, error)
	// Request returns the request with that ID, or an error that matches ErrNotFound.
	Request(ctx context.Context, id string) (Request, error)
}
