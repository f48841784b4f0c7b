package tracking

import (
	"context"
	"errors"
)

// Cursor is an opaque position in the history of one store; "" is before the first change.
// It can be kept as text, across restarts. It names the history that it is a position of:
// where a store was restored to what it was earlier and went on from there, it has another
// history, and a cursor after that moment is not part of it.
type Cursor string

// ErrCursor means that the cursor does not belong to the history of the store. Whoever
// follows it begins again from "".
var ErrCursor = errors.New("tracking: the cursor does not belong to the history of the store")

// Updates is an optional interface of a Store. Whoever follows it learns of every piece
// that got new scans, and of no other: it reads on from the cursor it saved last.
type Updates interface {
	// UpdatedSince returns the numbers of pieces that got new scans after the cursor, each
	// once, in order of their latest change, and the cursor that follows them (equal to after
	// if there are none): at most limit, where zero or less is no limit. A scan that was
	// already known is no change. The caller may keep and change the slice.
	//
	// Changes become visible in the order of their positions: a change that is saved after
	// a cursor was returned comes after that cursor, whenever its transaction began. A piece
	// that changes again moves to the end, so that a reader who is behind meets it once.
	//
	// The error matches ErrCursor if the cursor does not belong to the history of this
	// store: another store gave it, or this one before it was restored from a backup that is
	// older. Whoever followed it would miss what was added in place of what was lost. Any
	// other error is that of the store.
	UpdatedSince(ctx context.Context, after Cursor, limit int) (numbers []Number, next Cursor, err error)
}
