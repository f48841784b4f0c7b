package sqlstore

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/seal"
)

// settingRow is a row of settings: what the store says of itself.
type settingRow struct {
	Name  string `db:"name,key"`
	Value string `db:"value"`
}

var settingTable = newTable[settingRow]("cris_settings")

// The settings about sealing: how personal columns are kept, and what only the keys open and
// digest that they are sealed with.
const (
	sealingSetting = "sealing"
	checkSetting   = "sealing_check"
)

// How personal columns are kept. A database without the setting was never opened: it becomes what
// its first opener says. Migrations say that those with rows of earlier versions are in clear.
const (
	inClear   = "clear"
	inSealing = "sealing" // Seal has begun: there are rows of both kinds
	allSealed = "sealed"
)

// checkSealing refuses a database that keeps personal columns in another way than the program says,
// or under other keys: what one wrote, the other could not read.
func (db *DB) checkSealing(ctx context.Context) error {
	state, err := db.sealingState(ctx)
	if err != nil {
		return err
	}
	isSealed := state != inClear
	switch {
	case db.sealing.keys == nil && isSealed:
		return fmt.Errorf("sqlstore: open: personal columns are sealed in this database: open it with sqlstore.SealedBy and the keys that it was sealed with: %w", cris.ErrNoKey)
	case db.sealing.keys == nil:
		return nil
	case !isSealed:
		return errors.New("sqlstore: open: personal columns stand in clear in this database: seal them with sqlstore.Seal once, " +
			"while no program has it open, or open it with sqlstore.InClear()")
	}
	if err := db.checkKeys(ctx, db.sealing.keys); err != nil {
		return err
	}
	db.sealer = &sealer{keys: db.sealing.keys, alsoClear: state == inSealing, now: db.now}
	return db.prepareToSeal(ctx)
}

// prepareToSeal prepares the statement that makes the key of a new record, which runs in
// transactions alone: there SQLite would parse it each time.
func (db *DB) prepareToSeal(ctx context.Context) error {
	if db.postgres {
		return nil
	}
	query := db.text(makeKeysStatement(1))
	statement, err := db.sql.PreparexContext(ctx, query)
	if err != nil {
		return db.on(ctx).failed("prepare to seal", err)
	}
	db.prepared.keep(query, statement) // there is no other yet
	return nil
}

// sealingState returns how personal columns are kept. A database that was never opened is kept as
// the program says from then on.
func (db *DB) sealingState(ctx context.Context) (string, error) {
	row, found, err := settingTable.get(db.on(ctx), sealingSetting)
	if err != nil || found {
		return row.Value, err
	}
	rows := []settingRow{{sealingSetting, inClear}}
	if db.sealing.keys != nil {
		check, err := newCheck(ctx, db.sealing.keys)
		if err != nil {
			return "", err
		}
		rows = []settingRow{{sealingSetting, allSealed}, {checkSetting, check}}
	}
	err = db.transaction(ctx, func(tx *tx) error {
		claimed, err := settingTable.insertNew(tx, rows[0])
		if err != nil || claimed == 0 { // another was faster
			return err
		}
		_, err = settingTable.insertNew(tx, rows[1:]...)
		return err
	})
	if err != nil {
		return "", err
	}
	row, _, err = settingTable.get(db.on(ctx), sealingSetting)
	return row.Value, err
}

// checked is what the check wraps, and checkColumn the column whose digest it has of it.
const checkColumn = checkSetting

var (
	checkRecord = record{"cris_settings", checkSetting}
	checked     = sha256.Sum256([]byte("cris sealing check"))
)

// newCheck returns what only these keys open and digest.
func newCheck(ctx context.Context, keys cris.Keys) (string, error) {
	wrapped, err := keys.Wrap(ctx, checkRecord.name(), checked[:])
	if err != nil {
		return "", fmt.Errorf("sqlstore: open: %w", err)
	}
	digest, err := keys.Digest(ctx, checkColumn, checked[:])
	if err != nil {
		return "", fmt.Errorf("sqlstore: open: %w", err)
	}
	return wrapped.KeyID + " " + base64.StdEncoding.EncodeToString(wrapped.Ciphertext) + " " + seal.IndexEntry(digest), nil
}

// checkKeys refuses keys with which this database was not sealed.
func (db *DB) checkKeys(ctx context.Context, keys cris.Keys) error {
	row, _, err := settingTable.get(db.on(ctx), checkSetting)
	if err != nil {
		return err
	}
	onFile, entry, _ := strings.Cut(row.Value, " "+seal.IndexMark)
	opened, err := (&sealer{keys: keys}).unwrap(ctx, checkRecord, onFile)
	if err == nil && subtle.ConstantTimeCompare(opened, checked[:]) == 0 {
		err = cris.ErrTampered
	}
	if err != nil {
		return fmt.Errorf("sqlstore: open: this database was sealed with other keys, or its settings were altered: give the program the keys that it was sealed with: %w", err)
	}
	digest, err := keys.Digest(ctx, checkColumn, checked[:])
	if err != nil {
		return fmt.Errorf("sqlstore: open: %w", err)
	}
	if seal.IndexEntry(digest) != seal.IndexMark+entry {
		return fmt.Errorf("sqlstore: open: the blind indexes of this database were made with another index key: give the program the keys that it was sealed with: %w", cris.ErrNoKey)
	}
	return nil
}
