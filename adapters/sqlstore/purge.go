package sqlstore

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

var (
	_ cris.Purger = (*DB)(nil)
	_ cris.Purger = (*Outbox)(nil)
)

// purgeBatch is how many rows a purge removes in one statement: few enough that nobody
// waits for it.
const purgeBatch = 200

// Purge implements cris.Purger. It removes the events that were delivered before the
// instant, whose IDs may be used again from then on, and the rows that keep the Updates of
// one scope apart, of scopes that were last updated before it and more than an hour ago. It
// returns how many rows that were.
//
// It may run at any time beside Updates that take less than an hour, and other purges: it
// removes a few hundred rows at a time, and a scope that is being updated keeps its row, or gets
// it again, as long as the Update runs. Its error is that of the context or of the database; what it removed until
// then stays removed.
func (db *DB) Purge(ctx context.Context, before time.Time) (removed int, err error) {
	removed, err = db.Outbox().Purge(ctx, before)
	if err != nil {
		return removed, err
	}
	// An Update that read a scope without a row relies on the row of whoever was quicker.
	now, err := db.now()
	if err != nil {
		return removed, fmt.Errorf("sqlstore: purge scopes: %w", err)
	}
	if lately := now.Add(-time.Hour); before.After(lately) {
		before = lately
	}
	scopes, err := db.purgeScopes(ctx, before)
	return removed + scopes, err
}

// purgeScopes walks through the scopes by their key, so that there is no index on their
// time that every Update would have to write.
func (db *DB) purgeScopes(ctx context.Context, before time.Time) (removed int, err error) {
	for after := ""; ; {
		old, err := read[string](db.on(ctx), "read old scopes",
			`SELECT scope FROM cris_scopes WHERE scope > ? AND updated < ? ORDER BY scope LIMIT ?`, after, before, purgeBatch)
		if err != nil || len(old) == 0 {
			return removed, err
		}
		after = old[len(old)-1]
		args := []any{before}
		for _, scope := range old {
			args = append(args, scope)
		}
		// One that was updated in the meantime stays.
		n, err := scopeTable.remove(db.on(ctx), `WHERE updated < ? AND scope IN `+tuples(1, len(old)), args...)
		removed += n
		if err != nil {
			return removed, err
		}
	}
}

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
