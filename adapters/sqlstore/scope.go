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
	Updated time.Time `db:"updated"`
}

var scopeTable = newTable[scopeRow]("scopes")

// lock takes the lock of a scope until the end of the transaction: others that lock it
// wait. It is the first statement of the transaction, and a write, even while the scope is
// empty.
func (s *session) lock(scope string) error {
	now, err := s.db.now()
	if err != nil {
		return fmt.Errorf("sqlstore: lock scope: %w", err)
	}
	digest := sha256.Sum256([]byte(scope))
	return scopeTable.upsert(s, scopeRow{Scope: hex.EncodeToString(digest[:]), Updated: now})
}
