package casestatus

import (
	"context"

	"github.com/seed28e20331/cris"
)

// ProcessingTimes is the port to the publications, each kept as it was read.
type ProcessingTimes interface {
	// Posted returns the publication that was read last, on or before the day on, or
	// an error that matches ErrNotFound if there is none. Of several read on one
	// day, the one that was posted last counts.
	Posted(ctx context.Context, under PostedUnder, on cris.Date) (ProcessingTime, error)
	// Post keeps publications in the order given, all or none, and forgets no earlier
	// one. A publication that is kept already, equal in everything and read on the same
	// day, is kept once, and is the one posted last if another was posted since: a file
	// may be imported twice, and what was served again in the evening counts again.
	Post(ctx context.Context, times ...ProcessingTime) error
}
