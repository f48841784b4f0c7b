package seal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// State is what a key is for.
type State string

// The states of a key.
const (
	Current   State = "current"   // it wraps, and opens what it wrapped
	Old       State = "old"       // it opens what it wrapped
	Destroyed State = "destroyed" // it is gone; its ID is remembered
)

// States lists the states. The caller may keep and change the slice.
func States() []State { return []State{Current, Old, Destroyed} }

// contents is what the file holds, as JSON.
type contents struct {
	Version  int         `json:"version"`
	IndexKey secret      `json:"index_key"`
	Keys     []storedKey `json:"keys"`
}

// storedKey is a key as the file has it.
type storedKey struct {
	ID      string    `json:"id"`
	Created time.Time `json:"created"`
	State   State     `json:"state"`
	Secret  secret    `json:"secret,omitzero"`
}

const (
	fileVersion = 1
	secretSize  = 32
)

// secret is a key of 32 bytes. In the file it is followed by a check, so that a damaged key is not
// taken for another one.
type secret []byte

func newSecret() secret {
	s := make(secret, secretSize)
	_, _ = rand.Read(s) // never fails
	return s
}

// MarshalText implements encoding.TextMarshaler.
func (s secret) MarshalText() ([]byte, error) {
	return []byte(hex.EncodeToString(s) + "-" + s.check()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler. Its error does not repeat the key.
func (s *secret) UnmarshalText(text []byte) error {
	key, check, _ := bytes.Cut(text, []byte("-"))
	decoded := make(secret, hex.DecodedLen(len(key)))
	if _, err := hex.Decode(decoded, key); err != nil || len(decoded) != secretSize || decoded.check() != string(check) {
		return errors.New("a key is damaged")
	}
	*s = decoded
	return nil
}

func (s secret) check() string {
	digest := sha256.Sum256(append([]byte("cris key check "), s...))
	return hex.EncodeToString(digest[:4])
}

// newKey returns a key that is in force from now on.
func newKey() (storedKey, error) {
	now, err := ambient.Time(nil)()
	if err != nil {
		return storedKey{}, fmt.Errorf("seal: new key: %w", err)
	}
	now = now.UTC().Truncate(time.Second)
	id := make([]byte, 6)
	_, _ = rand.Read(id) // never fails
	return storedKey{ID: now.Format(time.DateOnly) + "-" + hex.EncodeToString(id), Created: now, State: Current, Secret: newSecret()}, nil
}

// read reads the file, if its owner alone may.
func read(path string) (contents, os.FileInfo, error) {
	file, err := os.Open(path) //nolint:gosec // the host names its file of keys
	if err != nil {
		return contents{}, nil, unreadable(path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return contents{}, nil, unreadable(path, err)
	}
	const others = 0o077
	if runtime.GOOS != "windows" && info.Mode().Perm()&others != 0 {
		return contents{}, nil, fmt.Errorf("seal: %s may be used by others besides its owner (%#o): run chmod 600 on it, and rotate its keys if others had access: %w", path, info.Mode().Perm(), cris.ErrNoKey)
	}
	var c contents
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if decoder.Decode(&c) != nil || !c.isWhole() { // an error of JSON could repeat a key
		return contents{}, nil, fmt.Errorf("seal: %s is damaged, or no file of keys: restore it from its backup: %w", path, cris.ErrTampered)
	}
	return c, info, nil
}

var keyID = regexp.MustCompile(`^[a-z0-9_-]{1,64}$`)

// isWhole reports whether everything is there, and one key is in force.
func (c contents) isWhole() bool {
	current := 0
	seen := map[string]bool{}
	for _, k := range c.Keys {
		if seen[k.ID] || !keyID.MatchString(k.ID) || !slices.Contains(States(), k.State) || (k.State == Destroyed) != (k.Secret == nil) {
			return false
		}
		seen[k.ID] = true
		if k.State == Current {
			current++
		}
	}
	return c.Version == fileVersion && c.IndexKey != nil && current == 1
}

// readRing reads the file and makes its keys ready for use.
func readRing(path string) (*ring, error) {
	c, info, err := read(path)
	if err != nil {
		return nil, err
	}
	r := &ring{info: info, index: c.IndexKey, stored: c.Keys, keys: map[string]*wrappingKey{}}
	for i, k := range c.Keys {
		if k.State == Destroyed {
			continue
		}
		key, err := newWrappingKey(k.ID, k.Secret)
		if err != nil {
			return nil, fmt.Errorf("seal: key %s cannot be used: %w", k.ID, err)
		}
		r.keys[k.ID] = key
		if k.State == Current {
			r.current = key
		}
		r.stored[i].Secret = nil
	}
	return r, nil
}

// unreadable says what to do about a file that cannot be read.
func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("seal: the file of keys %s is not there: restore it from its backup, or make one with seal.Create if nothing was sealed yet: %w: %w", path, cris.ErrNoKey, fs.ErrNotExist)
	}
	return fmt.Errorf("seal: the file of keys cannot be read: let the program's user own it: %w: %w", cris.ErrNoKey, err)
}

// create writes a file that is not there yet.
func create(path string, c contents) error {
	file, err := newFile(path)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("seal: create: %s is there already: open it with seal.Open: %w", path, cris.ErrConflict)
	}
	if err != nil {
		return fmt.Errorf("seal: create: %w", err)
	}
	if err := write(file, c); err != nil {
		return fmt.Errorf("seal: create: %w", errors.Join(err, os.Remove(path)))
	}
	return syncFolder(path)
}

// replace puts an edited file in the place of the one that is there, in one step. No other program
// can do so between the reading and the writing: the new file has a name that only one program at a
// time can make.
func replace(path string, edit func(*contents) error) error {
	next := path + ".new"
	file, err := newFile(next)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("seal: another program is changing the keys, or was killed while it did: if none is, remove %s and try again: %w", next, cris.ErrConflict)
	}
	if err != nil {
		return fmt.Errorf("seal: change the keys: %w", err)
	}
	if err := replaceWith(file, path, edit); err != nil {
		return errors.Join(err, os.Remove(next))
	}
	return syncFolder(path)
}

// replaceWith writes the edited content of the file at the path into the new one, and gives that
// its name.
func replaceWith(file *os.File, path string, edit func(*contents) error) error {
	c, _, err := read(path)
	if err == nil {
		err = edit(&c)
	}
	if err != nil {
		return errors.Join(err, file.Close())
	}
	if err := write(file, c); err != nil {
		return fmt.Errorf("seal: change the keys: %w", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("seal: change the keys: %w", err)
	}
	return nil
}

// newFile makes a file for its owner alone. Its error matches fs.ErrExist if there is one.
func newFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the host names its file of keys
}

// write writes the content to the disk, and closes the file.
func write(file *os.File, c contents) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return errors.Join(err, file.Close())
	}
	_, err = file.Write(append(text, '\n'))
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes the name that a file was given last. Windows cannot, and need not.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
