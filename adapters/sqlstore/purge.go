package sqlstore

import (
	"context"
	"time"

	"github.com/seed28e20331/cris"
)

var _ cris.Purger = (*Outbox)(nil)

// purgeBatch is how many rows a purge removes in one statement: few enough that nobody
// waits for it.
const purgeBatch = 200

// Purge implements cris.Purger. It removes the events that were delivered before the
// instant and returns how many those are; their IDs may be used again. Its error is that of
// the context or of the database; what it removed until then stays removed.
func (o *Outbox) Purge(ctx context.Context, before time.Time) (removed int, err error) {
	for {
		n, err := outboxTable.remove(o.db.on(ctx), `WHERE id IN (
			SELECT id FROM cris_outbox WHERE delivered_at > 0 AND delivered_at < ? ORDER BY delivered_at LIMIT ?)`, before, purgeBatch)
		removed += n
		if err != nil || n < purgeBatch {
			return removed, err
		}
	}
}
