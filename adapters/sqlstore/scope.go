package sqlstore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// scopeRow is a row of scopes. What it is called stands nowhere: a name may hold a secret,
// such as the identifier of a transaction, with which whoever has it may go on.
type scopeRow struct {
	Scope   string    `db:"scope,key"` // SHA-256 of its name
	Version int64     `db:"version,once"`
	Updated time.Time `db:"updated"`
}

var scopeTable = newTable[scopeRow]("scopes")

// keyOf returns the key of the row of a scope.
func keyOf(scope string) string {
	digest := sha256.Sum256([]byte(scope))
	return hex.EncodeToString(digest[:])
}

// lock takes the lock of a scope until the end of the transaction: others that lock it
// wait. It is the first statement of the transaction, and a write, even while the scope is
// empty.
func (s *session) lock(scope string) error {
	row, err := s.newScope(scope)
	if err != nil {
		return err
	}
	_, err = s.exec("lock scope", scopeTable.inserts+tuples(1, len(scopeTable.columns))+
		` ON CONFLICT (scope) DO UPDATE SET version = scopes.version + 1, updated = excluded.updated`, row.Scope, row.Version, row.Updated)
	return err
}

// lockAsRead does what lock does, if the scope still has this version, or no row if that is 0. If
// not, it changes nothing and returns false.
func (s *session) lockAsRead(scope string, version int64) (bool, error) {
	row, err := s.newScope(scope)
	if err != nil {
		return false, err
	}
	var locked int64
	if version == 0 {
		var inserted int
		inserted, err = scopeTable.insertNew(s, row)
		locked = int64(inserted)
	} else {
		locked, err = s.exec("lock scope", `UPDATE scopes SET version = version + 1, updated = ? WHERE scope = ? AND version = ?`, row.Updated, row.Scope, version)
	}
	return locked == 1, err
}

// newScope returns the row of a scope that has none. Versions begin with the time, so that a
// row that was purged and made anew has none of those that it had.
func (s *session) newScope(scope string) (scopeRow, error) {
	now, err := s.db.now()
	if err != nil {
		return scopeRow{}, fmt.Errorf("sqlstore: lock scope: %w", err)
	}
	return scopeRow{Scope: keyOf(scope), Version: now.UnixMicro(), Updated: now}, nil
}
