package attempt

import (
	"context"

	"github.com/seed28e20331/cris"
)

// Counters is the port to the counters of attempts. What an implementation promises is checked by
// attempttest.TestCounters.
//
// Nothing of it may be kept beside a transaction, and nothing may remain of a day that was
// forgotten (SC-5). Attempts of all persons run one after another, so the name of a lock needs
// to say nothing about anybody.
type Counters interface {
	// Open returns the days on file from the day since on, in order, after it has put the given
	// day on file if there is none of its date. opened says whether it has. A day that is on file
	// stays as it is, with its key.
	Open(ctx context.Context, day Day, since cris.Date) (days []Day, opened bool, err error)

	// Take gives decide what the cells of the positions hold, in their order, and adds one to each
	// cell of the position that is on the day if decide says so. It is one atomic step: many Takes
	// behave as if run one after another, in however many processes. A cell that holds 255 stays.
	//
	// The positions are on different days, in order. Take returns an error that matches
	// cris.ErrConflict, and adds nothing, unless they are on just the days that are on file
	// from the first of them on: the caller then has to Open them again. It returns the error
	// of decide as it is, and adds nothing. decide may be called more than once.
	Take(ctx context.Context, day cris.Date, at []Position, decide func(counts []Counts) (take bool, err error)) error

	// GiveBack takes one from each cell of the position of the ticket that holds something and is
	// not full, once: it does nothing for a ticket that was given back before, for one of a day
	// that is not on file, and for the zero Ticket.
	GiveBack(ctx context.Context, ticket Ticket) error

	// Forget removes the days before the given one, with all their keys. Then it removes what was
	// counted on them: all of it if limit is zero or less, and otherwise it may stop after so many
	// cells and tickets. It returns how many of them it removed. What it left is useless, since
	// its key is gone, and is removed by the next call. If it fails, what it removed until then
	// stays removed.
	Forget(ctx context.Context, before cris.Date, limit int) (removed int, err error)
}
