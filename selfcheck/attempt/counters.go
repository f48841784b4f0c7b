package attempt

import (
	"context"

	"github.com/seed28e20331/cris"
)

// Counters is the port to the counters of attempts. attempttest.TestCounters checks what an
// implementation promises.
//
// Nothing in it may be kept beside a transaction, and nothing may remain of a day that was
// forgotten (SC-5). The attempts of all persons run one after another, so that the name of a lock
// says nothing about anybody.
type Counters interface {
	// Open puts day on file if no day of its date is on file, and then returns the days on file
	// from since on, in order. opened reports whether it put day on file. A day that is on file
	// already stays as it is, with its key.
	Open(ctx context.Context, day Day, since cris.Date) (days []Day, opened bool, err error)

	// Take gives decide what the cells of the positions hold, in the order of the positions. If
	// decide says so, it adds one to each cell of the position that is on the given day. It is
	// one atomic step: many Takes behave as if run one after another, in however many processes.
	// A cell that holds 255 stays.
	//
	// The positions are on different days, in order. Take returns an error that matches
	// cris.ErrConflict, and adds nothing, unless their days are exactly the days on file from the
	// first of them on; the caller then has to call Open again. It returns the error of decide as
	// it is, and adds nothing. decide may be called more than once.
	Take(ctx context.Context, day cris.Date, at []Position, decide func(counts []Counts) (take bool, err error)) error

	// GiveBack subtracts one, once, from each cell of the ticket's position that is neither zero
	// nor full. It does nothing for a ticket that was given back before, for one of a day that is
	// not on file, and for the zero Ticket.
	GiveBack(ctx context.Context, ticket Ticket) error

	// Forget removes the days before the given one, with all their keys. Then it removes what was
	// counted on them: all of it if limit is zero or less; otherwise it may stop after limit
	// cells and tickets. It returns how many of those it removed. What it leaves is useless,
	// since the key is gone, and is removed by the next call. If Forget fails, what it removed
	// before that stays removed.
	Forget(ctx context.Context, before cris.Date, limit int) (removed int, err error)
}
