package sqlstore

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/seal"
)

// SealReport says what Seal did.
type SealReport struct {
	Rows    int // that it sealed
	Entries int // of blind indexes that it made
}

// Seal seals what stands in clear in a database: the personal columns of every row, under the keys
// (PV-2). Once it has begun, Open takes the database with SealedBy alone, and only these keys open
// what was sealed.
//
// Stop the programs that have the database open in clear first. Programs that open it with
// SealedBy may run meanwhile, and read rows of both kinds: start them once Seal has begun.
//
// It works in batches, each a transaction of its own, and goes on where it was stopped when it is
// called again. At the end it removes what the database keeps of the values that stood in clear:
// SQLite is vacuumed, and its log emptied, which waits for whoever reads; PostgreSQL rewrites each
// table under an exclusive lock, and its role must own them. Copies stay as they are: backups, and
// the write-ahead log of PostgreSQL.
//
// The schema must be the one that this program works with, as for Open. The error matches
// cris.ErrNoKey for keys other than those that it began with, and cris.ErrConflict if others kept
// the database busy; it is otherwise that of the keys, of the context or of the database. What was
// sealed until then stays sealed.
func Seal(ctx context.Context, db *sqlx.DB, keys cris.Keys, opts *Options) (SealReport, error) {
	store, err := newDB(ctx, db, opts)
	if err != nil {
		return SealReport{}, err
	}
	store.sealing = SealedBy(keys)
	if !store.sealing.stated {
		return SealReport{}, fmt.Errorf("sqlstore: seal: there are no keys: %w", cris.ErrNoKey)
	}
	if err := store.checkSchema(ctx, "seal"); err != nil { // a newer one may have columns that would be left in clear
		return SealReport{}, err
	}
	if err := store.mayScrub(ctx); err != nil {
		return SealReport{}, err
	}
	if err := store.beginSealing(ctx); err != nil {
		return SealReport{}, err
	}
	if err := store.checkSealing(ctx); err != nil {
		return SealReport{}, err
	}
	store.sealer.alsoClear = true
	var report SealReport
	for _, table := range sealables {
		sealed, err := store.inBatches(ctx, table.sealBatch)
		report.Rows += sealed
		if err != nil {
			return report, err
		}
	}
	if report.Entries, err = store.inBatches(ctx, sealKeyBatch); err != nil {
		return report, err
	}
	if err := store.scrub(ctx); err != nil {
		return report, err
	}
	_, err = store.on(ctx).exec("end sealing", `UPDATE cris_settings SET value = ? WHERE name = ? AND value = ?`, allSealed, sealingSetting, inSealing)
	return report, err
}

// beginSealing marks a database in clear as one that is being sealed.
func (db *DB) beginSealing(ctx context.Context) error {
	check, err := newCheck(ctx, db.sealing.keys)
	if err != nil {
		return err
	}
	return db.transaction(ctx, func(tx *tx) error {
		begun, err := tx.exec("begin sealing", `UPDATE cris_settings SET value = ? WHERE name = ? AND value = ?`, inSealing, sealingSetting, inClear)
		if err != nil || begun == 0 {
			return err
		}
		return settingTable.upsert(tx, settingRow{checkSetting, check})
	})
}

// sealBatchSize is how many rows are sealed in one transaction: few enough that nobody waits for
// it.
const sealBatchSize = 100

// batch seals some rows behind a key, nil for the first ones. It returns how many, and the key of
// the last one, nil if there are no more.
type batch func(tx *tx, after []any) (sealed int, last []any, err error)

// sealable is a table whose rows can be sealed.
type sealable interface {
	sealBatch(tx *tx, after []any) (sealed int, last []any, err error)
}

// sealables are the tables that are sealed.
var sealables []sealable

// inBatches runs the batches of one table.
func (db *DB) inBatches(ctx context.Context, next batch) (sealed int, err error) {
	for after := []any(nil); ; {
		var some int
		var last []any
		err := retry.OnConflict(ctx, func() error {
			return db.update(ctx, "seal", func(tx *tx) (err error) {
				some, last, err = next(tx, after)
				return err
			})
		})
		if err != nil {
			return sealed, err
		}
		sealed += some
		if last == nil {
			return sealed, nil
		}
		after = last
	}
}

// behind returns the condition that a row stands behind a key, in the order of the keys.
func behind(keys []column, after []any) (where string) {
	if after == nil {
		return ""
	}
	return " AND (" + strings.Join(namesOf(keys), ", ") + ") > " + tuples(1, len(keys))
}

// sealBatch implements sealable. Whoever writes a row meanwhile has sealed it: it stays as it is.
func (t *table[Row]) sealBatch(tx *tx, after []any) (sealed int, last []any, err error) {
	keys := t.sealed.keys
	rows, err := t.find(tx, `WHERE `+t.sealed.sealed.name+` = ''`+behind(keys, after)+
		` ORDER BY `+strings.Join(namesOf(keys), ", ")+` LIMIT ?`, append(slices.Clip(after), sealBatchSize)...)
	if err != nil || len(rows) == 0 {
		return 0, nil, err
	}
	texts, err := t.seal(tx, rows)
	if err != nil {
		return 0, nil, fmt.Errorf("sqlstore: seal %s: %w", t.name, err)
	}
	update := `UPDATE ` + t.name + ` SET ` + strings.Join(namesOf(t.sealed.personal), ` = '', `) + ` = '', ` + t.sealed.sealed.name + ` = ? ` +
		t.byKey + ` AND ` + t.sealed.sealed.name + ` = ''`
	for i, row := range rows {
		last = last[:0]
		for _, c := range keys {
			last = append(last, reflect.ValueOf(row).FieldByIndex(c.index).Interface())
		}
		n, err := tx.exec("seal "+t.name, update, append([]any{texts[i]}, last...)...)
		if err != nil {
			return 0, nil, err
		}
		sealed += int(n)
	}
	return sealed, last, nil
}

// sealKeyBatch makes entries of a blind index of what queries are found by.
func sealKeyBatch(tx *tx, after []any) (made int, last []any, err error) {
	keys := []column{{name: "transaction_id"}, {name: "kind"}, {name: "value"}}
	rows, err := selfCheckKeyTable.find(tx, `WHERE substr(value, 1, 1) <> '`+seal.IndexMark+`'`+behind(keys, after)+
		` ORDER BY transaction_id, kind, value LIMIT ?`, append(slices.Clip(after), sealBatchSize)...)
	if err != nil {
		return 0, nil, err
	}
	for _, row := range rows {
		last = []any{row.Transaction, row.Kind, row.Value}
		removed, err := selfCheckKeyTable.remove(tx, selfCheckKeyTable.byKey, last...)
		if err != nil {
			return 0, nil, err
		}
		if removed == 0 { // others have just written the keys of the transaction anew
			continue
		}
		if row.Value, err = tx.entryOf(selfCheckKeyColumn(row.Kind), row.Value); err != nil {
			return 0, nil, err
		}
		if _, err := selfCheckKeyTable.insertNew(tx, row); err != nil {
			return 0, nil, err
		}
		made++
	}
	return made, last, nil
}
