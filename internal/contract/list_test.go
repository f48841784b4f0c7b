package contract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// index is a store of keys that keeps every promise of a list, except for one flaw. A key
// that does not belong in the list is another's.
type index struct {
	flaw string

	mu     sync.Mutex
	keys   []string
	others map[string]bool
	behind string // where a range stopped
}

func newIndex(flaw string) *index { return &index{flaw: flaw, others: map[string]bool{}} }

func (x *index) has(flaw string) bool { return x.flaw == flaw }

var errIndex = errors.New("index: cannot")

func (x *index) put(_ context.Context, keys ...string) error { return x.file(keys, false) }

func (x *index) putOther(_ context.Context, keys ...string) error { return x.file(keys, true) }

func (x *index) file(keys []string, others bool) error {
	if x.has("keeps its lock while it yields") {
		if !x.mu.TryLock() {
			return errIndex
		}
	} else {
		x.mu.Lock()
	}
	defer x.mu.Unlock()
	if x.has("takes no key") || others && x.has("takes no other key") {
		return errIndex
	}
	for _, key := range keys {
		if x.has("folds letters") {
			key = strings.ToLower(key)
		}
		if x.has("cuts long keys") {
			key = key[:min(255, len(key))]
		}
		if slices.Contains(x.keys, key) {
			continue
		}
		x.keys = append(x.keys, key)
		x.others[key] = others
	}
	return nil
}

// order returns what is behind a key, in order.
func (x *index) order(after string) []string {
	compare := strings.Compare
	switch x.flaw {
	case "orders keys as a dictionary does":
		compare = func(a, b string) int {
			return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
		}
	case "orders keys backwards":
		compare = func(a, b string) int { return strings.Compare(b, a) }
	}
	keys := slices.Clone(x.keys)
	if x.has("does not order keys") {
		compare = func(string, string) int { return 0 }
	}
	slices.SortStableFunc(keys, compare)
	switch {
	case after == "", x.has("always begins at the beginning"):
		return keys
	case x.has("looks for the key that it goes on behind"):
		if at := slices.Index(keys, after); at >= 0 {
			return keys[at+1:]
		}
		return nil
	case x.has("begins with the key that it goes on behind"):
		return slices.DeleteFunc(keys, func(key string) bool { return compare(key, after) < 0 })
	}
	return slices.DeleteFunc(keys, func(key string) bool { return compare(key, after) <= 0 })
}

// page returns the next keys to yield behind a key, of which some may be others.
func (x *index) page(after string, left int) []string {
	keys := x.order(after)
	belongs := func(key string) bool { return !x.others[key] || x.has("yields what is not its own") }
	if x.has("limits before it looks at what belongs") && left > 0 {
		keys = keys[:min(left, len(keys))]
	}
	keys = slices.DeleteFunc(keys, func(key string) bool { return !belongs(key) })
	switch {
	case x.has("ignores the limit"), left < 0 && !x.has("yields nothing without a limit"), left == 0:
	case x.has("yields one more than the limit"):
		keys = keys[:min(left+1, len(keys))]
	default:
		keys = keys[:max(0, min(left, len(keys)))]
	}
	switch x.flaw {
	case "yields its first page alone":
		keys = keys[:min(500, len(keys))]
	case "yields the last key of a page twice":
		if len(keys) > 500 {
			keys = slices.Insert(keys, 500, keys[499])
		}
	case "yields no limit of zero":
		if left == 0 {
			keys = nil
		}
	}
	return keys
}

func (x *index) each(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
	var once []string
	if x.has("reads when it is made") {
		once = x.page(page.After, page.Limit)
	}
	return func(yield func(string, error) bool) {
		if !text.IsStorable(page.After) && !x.has("goes on behind any text") {
			if x.has("yields nothing behind odd text") || !yield("", errIndex) || !x.has("goes on after an error") {
				return
			}
		}
		x.mu.Lock()
		after := page.After
		if x.has("goes on where the range before stopped") {
			after = max(after, x.behind)
		}
		keys := x.page(after, page.Limit)
		if once != nil {
			keys = once
		}
		if x.has("keeps its lock while it yields") {
			defer x.mu.Unlock()
		} else {
			x.mu.Unlock()
		}
		for n, key := range keys {
			if err := x.looks(ctx, n); err != nil {
				if x.has("ends without a word") {
					return
				}
				if !yield("", err) || !x.has("goes on after an error") {
					return
				}
			}
			if !yield(key, nil) {
				x.behind = key
				return
			}
		}
		if len(keys) == 0 {
			if err := x.looks(ctx, 0); err != nil {
				yield("", err)
			}
			if x.has("calls an empty list an error") {
				yield("", errIndex)
			}
		}
	}
}

// looks is the look at the context before the n-th key.
func (x *index) looks(ctx context.Context, n int) error {
	switch x.flaw {
	case "never looks at the context":
		return nil
	case "looks at the context before the first key":
		if n > 0 {
			return nil
		}
	case "looks at the context after the first key":
		if n == 0 {
			return nil
		}
	case "says what it wants of a context that ended":
		if ctx.Err() != nil {
			return errIndex
		}
	}
	return ctx.Err()
}

func (x *index) list() List {
	return List{
		Key: func(n int) string { return fmt.Sprintf("key-%06d", n) },
		Put: x.put, PutOther: x.putOther, Each: x.each, AnyKey: true,
	}
}

func indexClauses() []Clause[*index] { return ListClauses("Keys", (*index).list) }

func TestListClauses_PassACorrectStore(t *testing.T) {
	Run(t, indexClauses(), func(*testing.T) *index { return newIndex("") })
}

func TestListClauses_PassAListOfEverythingWithoutLimits(t *testing.T) {
	Run(t, ListClauses("Keys", func(x *index) List {
		whole := x.list()
		return List{Key: whole.Key, Put: x.put, NoLimit: true, Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			return x.each(ctx, cris.Page[string]{After: page.After})
		}}
	}), func(*testing.T) *index { return newIndex("") })
}

func TestListClauses_RefuseEveryFlaw(t *testing.T) {
	var zoo []Broken[*index]
	for clause, flaws := range map[string][]string{
		"Keys/Empty": {"calls an empty list an error", "yields what is not its own", "takes no other key"},
		"Keys/All": {
			"yields its first page alone", "yields the last key of a page twice", "does not order keys", "orders keys backwards",
			"yields what is not its own", "takes no key", "takes no other key",
		},
		"Keys/After": {
			"always begins at the beginning", "looks for the key that it goes on behind", "begins with the key that it goes on behind",
			"takes no key", "ignores the limit",
		},
		"Keys/Limit": {
			"ignores the limit", "yields one more than the limit", "limits before it looks at what belongs", "yields no limit of zero",
			"yields nothing without a limit", "takes no key",
		},
		"Keys/Anew":          {"goes on where the range before stopped", "reads when it is made", "orders keys backwards", "takes no key"},
		"Keys/WhileItYields": {"keeps its lock while it yields", "takes no key"},
		"Keys/Cancelled": {
			"never looks at the context", "looks at the context after the first key", "says what it wants of a context that ended",
			"goes on after an error", "ends without a word", "takes no key",
		},
		"Keys/CancelledLater": {
			"never looks at the context", "looks at the context before the first key", "says what it wants of a context that ended",
			"goes on after an error", "ends without a word", "takes no key",
		},
		"Keys/Refused": {"goes on behind any text", "yields nothing behind odd text", "goes on after an error", "takes no key", "orders keys backwards"},
		"Keys/Letters": {"folds letters", "cuts long keys", "orders keys as a dictionary does", "begins with the key that it goes on behind", "takes no key"},
	} {
		for _, flaw := range flaws {
			zoo = append(zoo, Broken[*index]{clause, flaw, func(*testing.T) *index { return newIndex(flaw) }})
		}
	}
	require.Empty(t, unproven(indexClauses(), zoo))
	for _, broken := range zoo {
		t.Run(broken.Clause+"/"+broken.Flaw, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				require.NoError(t, refuses(t.Context(), indexClauses(), broken.Clause, broken.New(t)))
			})
		})
	}
}
