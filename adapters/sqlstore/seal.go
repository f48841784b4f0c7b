package sqlstore

import (
	"context"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/seal"
)

// sealer seals and opens what is personal in one database. A nil sealer is that of a store in
// clear.
type sealer struct {
	keys      cris.Keys
	alsoClear bool // there may be rows in clear: the database is being sealed
	now       func() (time.Time, error)
	unwrapped unwrappedKeys
}

// record is what one data key is for: the row of a table with a retention period of its own, and
// the rows of other tables that share its period.
type record struct {
	class string // name of that table, as it is by default
	id    string // key of that row
}

// name is what the data key is wrapped for.
func (r record) name() string { return r.class + "/" + r.id }

// recordKeyRow is the data key of a record.
type recordKeyRow struct {
	Class   string `db:"class,key"`
	ID      string `db:"id,key"`
	KeyID   string `db:"key_id"`
	Wrapped string `db:"wrapped"` // base64
}

var recordKeyTable = newTable[recordKeyRow]("cris_record_keys")

// recordKeys are the data keys that a transaction has seen.
type recordKeys map[record]*seal.Key

// shred forgets the keys of records, so that nothing that was sealed with them can be opened. It
// does nothing for records that have none.
func (s *session) shred(class string, ids ...string) error {
	for _, id := range ids {
		delete(s.keys, record{class, id})
		if _, err := recordKeyTable.remove(s, recordKeyTable.byKey, class, id); err != nil {
			return err
		}
	}
	return nil
}

// keysOf returns the data keys of records of one class, each made if it has none.
func (s *session) keysOf(class string, ids []string) ([]*seal.Key, error) {
	keys := recordKeys{}
	var unknown []string
	for _, id := range ids {
		if key := s.keys[record{class, id}]; key != nil {
			keys[record{class, id}] = key
		} else {
			unknown = append(unknown, id)
		}
	}
	slices.Sort(unknown) // two transactions take them in the same order
	for some := range slices.Chunk(slices.Compact(unknown), maxParameters/len(recordKeyTable.columns)) {
		if err := s.makeKeys(keys, class, some); err != nil {
			return nil, err
		}
	}
	all := make([]*seal.Key, len(ids))
	for i, id := range ids {
		all[i] = keys[record{class, id}]
	}
	return all, nil
}

// makeKeys makes a data key for each of the records that has none, and adds the keys of all of
// them. Of two transactions that make one the second waits for the first, and gets its key.
func (s *session) makeKeys(keys recordKeys, class string, ids []string) error {
	args := make([]any, 0, len(recordKeyTable.columns)*len(ids))
	made := make(map[recordKeyRow]*seal.Key, len(ids))
	for _, id := range ids {
		row, key, err := s.db.sealer.newRow(s.ctx, record{class, id})
		if err != nil {
			return err
		}
		made[row] = key
		args = recordKeyTable.args(args, row)
	}
	onFile, err := read[recordKeyRow](s, "keep the keys of records", makeKeysStatement(len(ids)), args...)
	if err != nil {
		return err
	}
	for _, row := range onFile {
		of := record{row.Class, row.ID}
		if keys[of] = made[row]; keys[of] != nil {
			s.remember(of, keys[of])
			continue
		}
		if keys[of], err = s.keyOnFile(of, row.KeyID+" "+row.Wrapped); err != nil {
			return err
		}
	}
	return nil
}

func makeKeysStatement(records int) string {
	return recordKeyTable.inserts + tuples(records, len(recordKeyTable.columns)) +
		` ON CONFLICT (class, id) DO UPDATE SET key_id = cris_record_keys.key_id RETURNING class, id, key_id, wrapped`
}

// newRow makes a data key for the record and wraps it.
func (k *sealer) newRow(ctx context.Context, of record) (recordKeyRow, *seal.Key, error) {
	dataKey := seal.NewDataKey()
	key, err := seal.NewKey(dataKey)
	if err != nil {
		return recordKeyRow{}, nil, err
	}
	wrapped, err := k.keys.Wrap(ctx, of.name(), dataKey)
	if err != nil {
		return recordKeyRow{}, nil, fmt.Errorf("wrap the key of a record: %w", err)
	}
	return rowOfWrapped(of, wrapped), key, nil
}

func rowOfWrapped(of record, wrapped cris.WrappedKey) recordKeyRow {
	return recordKeyRow{of.class, of.id, wrapped.KeyID, base64.StdEncoding.EncodeToString(wrapped.Ciphertext)}
}

// keyOnFile returns the data key of a record that is on file: the ID of the key that wraps it, and
// the wrapped key, as a query of a sealed table returns them.
func (s *session) keyOnFile(of record, onFile string) (*seal.Key, error) {
	key, err := s.db.sealer.keyOnFile(s.ctx, of, onFile)
	if err == nil {
		s.remember(of, key)
	}
	return key, err
}

// remember keeps a data key for the rest of the transaction.
func (s *session) remember(of record, key *seal.Key) {
	if s.keys != nil {
		s.keys[of] = key
	}
}

func (k *sealer) keyOnFile(ctx context.Context, of record, onFile string) (*seal.Key, error) {
	if onFile == "" {
		return nil, fmt.Errorf("the key of a record was shredded, or is lost: restore the table cris_record_keys from a backup if it was not shredded on purpose: %w", cris.ErrNoKey)
	}
	if key := k.kept(of, onFile); key != nil {
		return key, nil
	}
	dataKey, err := k.unwrap(ctx, of, onFile)
	if err != nil {
		return nil, err
	}
	key, err := seal.NewKey(dataKey)
	if err != nil {
		return nil, err
	}
	k.keep(of, onFile, key)
	return key, nil
}

func (k *sealer) unwrap(ctx context.Context, of record, onFile string) ([]byte, error) {
	keyID, wrapped, _ := strings.Cut(onFile, " ")
	ciphertext, err := base64.StdEncoding.DecodeString(wrapped)
	if err != nil {
		return nil, fmt.Errorf("the key of a record is damaged: restore it from a backup: %w", cris.ErrTampered)
	}
	dataKey, err := k.keys.Unwrap(ctx, of.name(), cris.WrappedKey{KeyID: keyID, Ciphertext: ciphertext})
	if err != nil {
		return nil, fmt.Errorf("unwrap the key of a record: %w", err)
	}
	return dataKey, nil
}

// unwrappedKeys are data keys that were unwrapped a moment ago, by what is on file: a key service
// need not be asked for each row. A record that is shredded is not on file any more.
type unwrappedKeys struct {
	mu    sync.Mutex
	keys  map[unwrappedKey]*seal.Key
	since time.Time
}

type unwrappedKey struct {
	of     record
	onFile string
}

// How many data keys are kept, and for how long: a key that was destroyed opens nothing after that.
const (
	mostUnwrapped = 4096
	unwrappedFor  = time.Minute
)

// kept returns the data key, or nil if it is not kept.
func (k *sealer) kept(of record, onFile string) *seal.Key {
	now, err := k.now()
	if err != nil {
		return nil
	}
	k.unwrapped.mu.Lock()
	defer k.unwrapped.mu.Unlock()
	if age := now.Sub(k.unwrapped.since); age < 0 || age > unwrappedFor {
		k.unwrapped.keys, k.unwrapped.since = nil, now
	}
	return k.unwrapped.keys[unwrappedKey{of, onFile}]
}

// keep keeps the data key for a moment.
func (k *sealer) keep(of record, onFile string, key *seal.Key) {
	k.unwrapped.mu.Lock()
	defer k.unwrapped.mu.Unlock()
	if k.unwrapped.keys == nil || len(k.unwrapped.keys) >= mostUnwrapped {
		k.unwrapped.keys = map[unwrappedKey]*seal.Key{}
	}
	k.unwrapped.keys[unwrappedKey{of, onFile}] = key
}

// expression stands for the sealed column in a query, in which the table has this name. What a
// sealed store reads there is the text, the ID of the key that wraps the key of the record, and
// that, with blanks between: one query returns all that it takes to open a row, as of one moment.
func (t *sealedTable) expression(alias string) string {
	return "{" + alias + "." + t.sealed.name + " " + t.class + " " + alias + "." + t.id.name + "}"
}

var sealedExpression = regexp.MustCompile(`\{([\w.]+) ` + defaultPrefix + `(\w+) ([\w.]+)\}`)

// in returns a query in which the sealed columns are read as a store with this sealer needs them.
// The class of a record is no name of a table here, and is written so that it is not taken for one.
func (k *sealer) in(query string) string {
	if !strings.Contains(query, "{") {
		return query
	}
	if k == nil {
		return sealedExpression.ReplaceAllString(query, "$1")
	}
	return sealedExpression.ReplaceAllString(query, `($1 || ' ' || COALESCE((SELECT record_key.key_id || ' ' || record_key.wrapped FROM cris_record_keys record_key`+
		` WHERE record_key.class = 'cris' || '_$2' AND record_key.id = $3), ''))`)
}

// entryOf returns how a column of a blind index holds a value: as it is in a store in clear, and as
// a part of its digest in a sealed one, under a key that no other column has (SC-16, PV-5).
func (s *session) entryOf(column, value string) (string, error) {
	if s.db.sealer == nil {
		return value, nil
	}
	digest, err := s.db.sealer.keys.Digest(s.ctx, column, []byte(value))
	if err != nil {
		return "", fmt.Errorf("sqlstore: blind index: %w", err)
	}
	return seal.IndexEntry(digest), nil
}

// entriesOf returns the values by which a column of a blind index is searched. In a database that
// is being sealed some rows may still hold the value itself.
func (s *session) entriesOf(column, value string) ([]any, error) {
	entry, err := s.entryOf(column, value)
	if err != nil {
		return nil, err
	}
	if s.db.sealer == nil || !s.db.sealer.alsoClear {
		return []any{entry}, nil
	}
	return []any{entry, value}, nil
}
