package sqlstore

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// scopeRow is a row of scopes. What it is called stands nowhere: a name may be personal,
// such as a receipt number.
type scopeRow struct {
	Scope   string    `db:"scope,key"` // SHA-256 of its name
	Version int64     `db:"version,once"`
	Updated time.Time `db:"updated"`
}

var scopeTable = newTable[scopeRow]("cris_scopes")

// keyOf returns the key of the row of a scope.
func keyOf(scope string) string {
	digest := sha256.Sum256([]byte(scope))
	return hex.EncodeToString(digest[:])
}

// lock takes the locks of scopes until the end of the transaction: others that lock one of them
// wait. It is the first statement of the transaction, and a write, even while a scope is
// empty. Scopes are locked in the order of their keys, so that two transactions cannot
// deadlock.
func (s *session) lock(scopes ...string) error {
	rows := make([]scopeRow, len(scopes))
	for i, scope := range scopes {
		var err error
		if rows[i], err = s.newScope(scope); err != nil {
			return err
		}
	}
	slices.SortFunc(rows, func(a, b scopeRow) int { return cmp.Compare(a.Scope, b.Scope) })
	rows = slices.CompactFunc(rows, func(a, b scopeRow) bool { return a.Scope == b.Scope })
	_, err := scopeTable.write(s, ` ON CONFLICT (scope) DO UPDATE SET version = cris_scopes.version + 1, updated = excluded.updated`, rows)
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
		locked, err = s.exec("lock scope", `UPDATE cris_scopes SET version = version + 1, updated = ? WHERE scope = ? AND version = ?`, row.Updated, row.Scope, version)
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
