package tracking

import "context"

// Cursor is an opaque position in the sequence of updates of one store; "" is before the
// first. It can be kept as text, across restarts.
type Cursor string

// Updates is an optional interface of a Store. Whoever follows it learns of every piece
// that got new scans, and of no other: it reads on from the cursor it saved last.
type Updates interface {
	// UpdatedSince returns the numbers of pieces that got new scans after the cursor, each
	// once, in order of their latest change, at most limit, and the cursor behind them
	// (equal to after if there are none). A scan that was known already is no change. The
	// caller may keep and change the slice.
	//
	// Changes become visible in the order of their positions: a change that is saved after
	// a cursor was returned is behind that cursor, whenever its transaction began. A piece
	// that changes again moves to the end, so that a reader who is behind meets it once.
	//
	// An error tells that the store failed, or that the cursor is not one that this store
	// can have given: also one beyond its last change, as after a restore from a backup.
	// Whoever follows then begins again from "", or would miss what is added up to there.
	UpdatedSince(ctx context.Context, after Cursor, limit int) (numbers []Number, next Cursor, err error)
}
