package seal

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed28e20331/cris"
)

// File is a file of keys: a cris.Keys. It is safe for concurrent use, and so is the file: several
// programs may have it open while one of them rotates its keys.
type File struct {
	path    string
	ring    atomic.Pointer[ring]
	rereads sync.Mutex
}

var _ cris.Keys = (*File)(nil)

// Create makes a file of keys with one key, which is in force, and opens it. Its permissions are
// 0600. It fails if there is a file with that name: to make another in its place would be to lose
// the keys in it.
func Create(path string) (*File, error) {
	index := newSecret()
	first, err := newKey()
	if err != nil {
		return nil, err
	}
	if err := create(path, contents{Version: fileVersion, IndexKey: index, Keys: []storedKey{first}}); err != nil {
		return nil, err
	}
	return Open(path)
}

// Open opens a file of keys. Its error matches cris.ErrNoKey if the file is not there, cannot be
// read or may be used by others besides its owner, and cris.ErrTampered if it is damaged. It says
// what to do, and repeats nothing of the content.
func Open(path string) (*File, error) {
	f := &File{path: path}
	read, err := readRing(path)
	if err != nil {
		return nil, err
	}
	f.ring.Store(read)
	return f, nil
}

// Path returns where the file is.
func (f *File) Path() string { return f.path }

// Wrap implements cris.Keys. Its error matches cris.ErrNoKey if the file is not there any more:
// what was wrapped then could not be opened by the next program.
func (f *File) Wrap(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
	if err := ctx.Err(); err != nil {
		return cris.WrappedKey{}, err
	}
	if len(dataKey) != secretSize {
		return cris.WrappedKey{}, fmt.Errorf("seal: a data key has %d bytes", secretSize)
	}
	keys, err := f.fresh()
	if err != nil {
		return cris.WrappedKey{}, err
	}
	return keys.current.wrap(record, dataKey), nil
}

// Unwrap implements cris.Keys. Its error matches cris.ErrNoKey for a key that is not in the file or
// was destroyed, and cris.ErrTampered for what is not authentic; it is otherwise that of the
// context.
func (f *File) Unwrap(ctx context.Context, record string, wrapped cris.WrappedKey) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	keys, err := f.fresh()
	if err != nil {
		keys = f.ring.Load() // what is open can be read on, whatever has become of the file
	}
	return keys.unwrap(record, wrapped)
}

// Digest implements cris.Keys. Its error is that of the context.
func (f *File) Digest(ctx context.Context, column string, value []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return f.ring.Load().digest(column, value)
}

// Rotate puts a new key in force and returns its ID. The key that was in force becomes old: it
// opens what it has wrapped. Its error matches cris.ErrConflict if another program is changing the
// file.
func (f *File) Rotate() (id string, err error) {
	next, err := newKey()
	if err != nil {
		return "", err
	}
	err = f.change(func(c *contents) error {
		for i := range c.Keys {
			if c.Keys[i].State == Current {
				c.Keys[i].State = Old
			}
		}
		c.Keys = append(c.Keys, next)
		return nil
	})
	if err != nil {
		return "", err
	}
	return next.ID, nil
}

// Destroy removes an old key from the file for good: nothing that it wrapped can be opened again,
// in no copy of the database, unless it was wrapped again before (sqlstore's DB.Rewrap). Backups of
// the file have to be discarded too. Its error matches cris.ErrNoKey if there is no such key, and
// cris.ErrConflict if the key is in force, or if another program is changing the file.
func (f *File) Destroy(id string) error {
	return f.change(func(c *contents) error {
		for i := range c.Keys {
			if c.Keys[i].ID != id {
				continue
			}
			if c.Keys[i].State == Current {
				return fmt.Errorf("seal: destroy key %s: it is in force: call Rotate first, and sqlstore's DB.Rewrap: %w", id, cris.ErrConflict)
			}
			c.Keys[i] = storedKey{ID: id, Created: c.Keys[i].Created, State: Destroyed}
			return nil
		}
		return fmt.Errorf("seal: destroy key: no key in %s has this ID: %w", f.path, cris.ErrNoKey)
	})
}

// Key is what may be told of a key.
type Key struct {
	ID      string
	Created time.Time // UTC, to the second
	State   State
}

// Keys returns what may be told of the keys of the file, the oldest first. Its error is that of
// Open.
func (f *File) Keys() ([]Key, error) {
	keys, err := f.fresh()
	if err != nil {
		return nil, err
	}
	var told []Key
	for _, k := range keys.stored {
		told = append(told, Key{k.ID, k.Created, k.State})
	}
	return told, nil
}

// fresh returns the keys as the file has them, which it reads again if it has changed.
func (f *File) fresh() (*ring, error) {
	keys := f.ring.Load()
	info, err := os.Stat(f.path)
	if err != nil {
		return nil, unreadable(f.path, err)
	}
	if keys.isOf(info) {
		return keys, nil
	}
	f.rereads.Lock()
	defer f.rereads.Unlock()
	if keys = f.ring.Load(); keys.isOf(info) {
		return keys, nil
	}
	return f.reread()
}

// reread reads the file, which must have the same key of the blind indexes: with another one
// nothing would be found.
func (f *File) reread() (*ring, error) {
	read, err := readRing(f.path)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(read.index, f.ring.Load().index) {
		return nil, fmt.Errorf("seal: %s was replaced by another file of keys, with another key of the blind indexes: restore the one that it replaced: %w", f.path, cris.ErrTampered)
	}
	f.ring.Store(read)
	return read, nil
}

// change writes the file anew, as edit makes it of what is in it.
func (f *File) change(edit func(*contents) error) error {
	f.rereads.Lock()
	defer f.rereads.Unlock()
	if err := replace(f.path, edit); err != nil {
		return err
	}
	_, err := f.reread()
	return err
}

// digest returns HMAC-SHA-256 of the value under the key of the column.
func (r *ring) digest(column string, value []byte) ([]byte, error) {
	key, known := r.columns.Load(column)
	if !known {
		derived, err := hkdf.Key(sha256.New, r.index, nil, "cris blind index "+column, secretSize)
		if err != nil {
			return nil, fmt.Errorf("seal: the key of a blind index: %w", err)
		}
		key, _ = r.columns.LoadOrStore(column, derived)
	}
	mac := hmac.New(sha256.New, key.([]byte)) //nolint:errcheck // nothing else is kept there
	_, _ = mac.Write(value)                   // never fails
	return mac.Sum(nil), nil
}
