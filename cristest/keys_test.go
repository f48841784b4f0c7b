package cristest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/internal/contract"
)

// flawedKeys are correct keys with one flaw: any of their functions may be set.
type flawedKeys struct {
	cris.Keys
	wrap   func(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error)
	unwrap func(ctx context.Context, record string, wrapped cris.WrappedKey) ([]byte, error)
	digest func(ctx context.Context, column string, value []byte) ([]byte, error)
}

func (f flawedKeys) Wrap(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
	if f.wrap == nil {
		return f.Keys.Wrap(ctx, record, dataKey)
	}
	return f.wrap(ctx, record, dataKey)
}

func (f flawedKeys) Unwrap(ctx context.Context, record string, wrapped cris.WrappedKey) ([]byte, error) {
	if f.unwrap == nil {
		return f.Keys.Unwrap(ctx, record, wrapped)
	}
	return f.unwrap(ctx, record, wrapped)
}

func (f flawedKeys) Digest(ctx context.Context, column string, value []byte) ([]byte, error) {
	if f.digest == nil {
		return f.Keys.Digest(ctx, column, value)
	}
	return f.digest(ctx, column, value)
}

func TestKeysKit_RefusesBrokenKeys(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good cris.Keys, f *flawedKeys)) contract.Broken[cris.Keys] {
		return contract.Broken[cris.Keys]{Clause: clause, Flaw: flaw, New: func(t *testing.T) cris.Keys {
			t.Helper()
			good, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"))
			require.NoError(t, err)
			f := flawedKeys{Keys: good}
			spoil(good, &f)
			return f
		}}
	}
	wrapped := func(change func(cris.WrappedKey, []byte) cris.WrappedKey) func(cris.Keys, *flawedKeys) {
		return func(good cris.Keys, f *flawedKeys) {
			f.wrap = func(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
				w, err := good.Wrap(ctx, record, dataKey)
				return change(w, dataKey), err
			}
		}
	}
	contract.Refuses(t, keysClauses(), []contract.Broken[cris.Keys]{
		broken("Wrap/Opens", "gives the key of the caller back", func(good cris.Keys, f *flawedKeys) {
			var last []byte
			f.wrap = func(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
				last = dataKey
				return good.Wrap(ctx, record, dataKey)
			}
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				key, err := good.Unwrap(ctx, record, w)
				if err == nil && last != nil {
					key = last
				}
				return key, err
			}
		}),
		broken("Wrap/Opens", "has no record without a name", func(good cris.Keys, f *flawedKeys) {
			f.wrap = func(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
				if record == "" {
					return cris.WrappedKey{}, errors.New("no record")
				}
				return good.Wrap(ctx, record, dataKey)
			}
		}),
		broken("Wrap/KeyID", "names its key by a path", func(good cris.Keys, f *flawedKeys) {
			wrapped(func(w cris.WrappedKey, _ []byte) cris.WrappedKey { w.KeyID = "Projects/1/" + w.KeyID; return w })(good, f)
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				if len(w.KeyID) > 11 {
					w.KeyID = w.KeyID[11:]
				}
				return good.Unwrap(ctx, record, w)
			}
		}),
		broken("Wrap/Hides", "wraps a key once and remembers it", func(good cris.Keys, f *flawedKeys) {
			var mu sync.Mutex
			known := map[string]cris.WrappedKey{}
			f.wrap = func(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
				mu.Lock()
				defer mu.Unlock()
				name := record + string(dataKey)
				if w, is := known[name]; is {
					return w, ctx.Err()
				}
				w, err := good.Wrap(ctx, record, dataKey)
				known[name] = w
				return w, err
			}
		}),
		broken("Wrap/Hides", "puts the key before what it wraps", func(good cris.Keys, f *flawedKeys) {
			wrapped(func(w cris.WrappedKey, key []byte) cris.WrappedKey {
				w.Ciphertext = append(bytes.Clone(key), w.Ciphertext...)
				return w
			})(good, f)
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				w.Ciphertext = w.Ciphertext[min(32, len(w.Ciphertext)):]
				return good.Unwrap(ctx, record, w)
			}
		}),
		broken("Wrap/Size", "fills up short keys", func(good cris.Keys, f *flawedKeys) {
			f.wrap = func(ctx context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
				return good.Wrap(ctx, record, append(bytes.Clone(dataKey), make([]byte, 32)...)[:32])
			}
		}),
		broken("Unwrap/Record", "does not bind the record", func(good cris.Keys, f *flawedKeys) {
			f.wrap = func(ctx context.Context, _ string, dataKey []byte) (cris.WrappedKey, error) {
				return good.Wrap(ctx, "", dataKey)
			}
			f.unwrap = func(ctx context.Context, _ string, w cris.WrappedKey) ([]byte, error) { return good.Unwrap(ctx, "", w) }
		}),
		broken("Unwrap/Altered", "takes what is too long", func(good cris.Keys, f *flawedKeys) {
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				w.Ciphertext = w.Ciphertext[:min(60, len(w.Ciphertext))]
				return good.Unwrap(ctx, record, w)
			}
		}),
		broken("Unwrap/Altered", "has an error of its own", func(good cris.Keys, f *flawedKeys) {
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				if len(w.Ciphertext) == 0 {
					return nil, errors.New("nothing was wrapped")
				}
				return good.Unwrap(ctx, record, w)
			}
		}),
		broken("Unwrap/NoKey", "takes a key that is not there for a damaged text", func(good cris.Keys, f *flawedKeys) {
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				key, err := good.Unwrap(ctx, record, w)
				if errors.Is(err, cris.ErrNoKey) {
					err = cris.ErrTampered
				}
				return key, err
			}
		}),
		broken("Digest/Equal", "cuts its digests", func(good cris.Keys, f *flawedKeys) {
			f.digest = func(ctx context.Context, column string, value []byte) ([]byte, error) {
				digest, err := good.Digest(ctx, column, value)
				return digest[:min(12, len(digest))], err
			}
		}),
		broken("Digest/Equal", "looks at the first bytes", func(good cris.Keys, f *flawedKeys) {
			f.digest = func(ctx context.Context, column string, value []byte) ([]byte, error) {
				return good.Digest(ctx, column, value[:min(1, len(value))])
			}
		}),
		broken("Digest/Column", "has one key for all columns", func(good cris.Keys, f *flawedKeys) {
			f.digest = func(ctx context.Context, _ string, value []byte) ([]byte, error) { return good.Digest(ctx, "", value) }
		}),
		broken("Digest/Column", "puts column and value together", func(good cris.Keys, f *flawedKeys) {
			f.digest = func(ctx context.Context, column string, value []byte) ([]byte, error) {
				return good.Digest(ctx, "", append([]byte(column), value...))
			}
		}),
		broken("Digest/Kept", "remembers its digests", func(good cris.Keys, f *flawedKeys) {
			var mu sync.Mutex
			known := map[string][]byte{}
			f.digest = func(ctx context.Context, column string, value []byte) ([]byte, error) {
				mu.Lock()
				defer mu.Unlock()
				name := column + "/" + string(value)
				if known[name] == nil {
					digest, err := good.Digest(ctx, column, value)
					if err != nil {
						return nil, err
					}
					known[name] = digest
				}
				return known[name], ctx.Err()
			}
		}),
		broken("Cancelled", "does not look at the context", func(good cris.Keys, f *flawedKeys) {
			f.digest = func(_ context.Context, column string, value []byte) ([]byte, error) {
				return good.Digest(context.Background(), column, value)
			}
		}),
		broken("Errors", "says which record it was", func(good cris.Keys, f *flawedKeys) {
			f.unwrap = func(ctx context.Context, record string, w cris.WrappedKey) ([]byte, error) {
				key, err := good.Unwrap(ctx, record, w)
				if err != nil {
					err = fmt.Errorf("%s: %w", record, err)
				}
				return key, err
			}
		}),
		broken("Concurrent", "has one buffer", func(good cris.Keys, f *flawedKeys) {
			var mu sync.Mutex
			calls := 0
			f.digest = func(ctx context.Context, column string, value []byte) ([]byte, error) {
				mu.Lock()
				defer mu.Unlock()
				if calls++; calls > 50 { // as if another's value stood there
					value = append(bytes.Clone(value), byte(calls))
				}
				return good.Digest(ctx, column, value)
			}
		}),
	})
}
