package sqlstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/seed28e20331/cris/internal/retry"
)

// Rewrap wraps the data key of every record again, under the key that is in force (PV-2), and
// returns how many those were. After that, keys that were in force before open nothing in this
// database, and may be destroyed. Rows stay as they are.
//
// It works in batches and may run at any time, beside everything else; if it was stopped, call it
// again. Its error is that of the keys, which matches cris.ErrNoKey if a key that
// wraps the key of a record is not there, or that of the context or of the database. What was
// wrapped again until then stays so. In a store in clear there is nothing to wrap.
func (db *DB) Rewrap(ctx context.Context) (rewrapped int, err error) {
	if db.sealer == nil {
		return 0, ctx.Err()
	}
	current, err := db.rewrapCheck(ctx)
	if err != nil {
		return 0, err
	}
	for {
		some, err := db.rewrapOthers(ctx, current)
		rewrapped += some
		if err != nil || some == 0 { // else there may be others, which a program made meanwhile
			return rewrapped, err
		}
	}
}

// rewrapCheck wraps what only the keys open again, and returns the ID of the key in force.
func (db *DB) rewrapCheck(ctx context.Context) (current string, err error) {
	check, err := newCheck(ctx, db.sealer.keys)
	if err != nil {
		return "", err
	}
	_, err = db.on(ctx).exec("rewrap the check", `UPDATE cris_settings SET value = ? WHERE name = ?`, check, checkSetting)
	current, _, _ = strings.Cut(check, " ")
	return current, err
}

// rewrapOthers goes once through what other keys than the current one have wrapped.
func (db *DB) rewrapOthers(ctx context.Context, current string) (rewrapped int, err error) {
	last := recordKeyRow{}
	for {
		rows, err := recordKeyTable.find(db.on(ctx), `WHERE (class, id) > (?, ?) AND key_id <> ? ORDER BY class, id LIMIT ?`,
			last.Class, last.ID, current, sealBatchSize)
		if err != nil || len(rows) == 0 {
			return rewrapped, err
		}
		last = rows[len(rows)-1]
		wrapped := make([]recordKeyRow, len(rows))
		for i, row := range rows { // outside of the transaction: a key service takes its time
			if wrapped[i], err = db.sealer.rewrap(ctx, row); err != nil {
				return rewrapped, fmt.Errorf("sqlstore: rewrap: %w", err)
			}
		}
		some := 0
		err = retry.OnConflict(ctx, func() error { // a writer may hold one of the keys
			some, err = db.saveWrapped(ctx, rows, wrapped)
			return err
		})
		rewrapped += some
		if err != nil {
			return rewrapped, err
		}
	}
}

func (k *sealer) rewrap(ctx context.Context, row recordKeyRow) (recordKeyRow, error) {
	of := record{row.Class, row.ID}
	dataKey, err := k.unwrap(ctx, of, row.KeyID+" "+row.Wrapped)
	if err != nil {
		return recordKeyRow{}, err
	}
	wrapped, err := k.keys.Wrap(ctx, of.name(), dataKey)
	return rowOfWrapped(of, wrapped), err
}

// saveWrapped saves keys that were wrapped again, each if nobody has changed it since.
func (db *DB) saveWrapped(ctx context.Context, before, after []recordKeyRow) (saved int, err error) {
	err = db.update(ctx, "rewrap", func(tx *tx) error {
		saved = 0
		for i, row := range after {
			n, err := tx.exec("rewrap", `UPDATE cris_record_keys SET key_id = ?, wrapped = ? WHERE class = ? AND id = ? AND wrapped = ?`,
				row.KeyID, row.Wrapped, row.Class, row.ID, before[i].Wrapped)
			if err != nil {
				return err
			}
			saved += int(n)
		}
		return nil
	})
	if err != nil {
		saved = 0
	}
	return saved, err
}
