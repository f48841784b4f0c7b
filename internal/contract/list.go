package contract

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
)

// List is a port that lists values by key, seen through the little that its clauses need.
// A value is told by its key, and a key by a text.
type List struct {
	// Key returns the n-th key, from 1. Keys ascend with n.
	Key func(n int) string
	// Put saves values with these keys, which are not there yet. The order of the list is
	// that of the keys, not of their saving.
	Put func(ctx context.Context, keys ...string) error
	// PutOther saves values with these keys that the list does not yield, since they are of
	// another office, closed, or differ in case alone from what is asked for. A list that
	// yields all there is has none.
	PutOther func(ctx context.Context, keys ...string) error
	// Each lists the keys of a page. After is "" for the beginning.
	Each func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error]
	// NoLimit: the port takes a key to go on after, and no limit.
	NoLimit bool
	// AnyKey: any text may be a key.
	AnyKey bool
}

// KeysOf lists the keys of the values that a list yields.
func KeysOf[V any](list iter.Seq2[V, error], key func(V) string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for value, err := range list {
			if !yield(key(value), err) {
				return
			}
		}
	}
}

// ListClauses are the promises of every port that lists (docs/porting.md). The name of the
// list begins those of the clauses. They see a store S through view.
func ListClauses[S any](name string, view func(S) List) []Clause[S] {
	clause := func(clause, promise string, check func(context.Context, List) error) Clause[S] {
		return Clause[S]{name + "/" + clause, promise, func(ctx context.Context, store S) error { return check(ctx, view(store)) }}
	}
	return []Clause[S]{
		clause("Empty", "an empty list yields nothing, and no error", emptyList),
		clause("All", "every value that belongs in the list comes once, in the order of the keys, however many there are", listsAll),
		clause("After", "a list starts after any key, even after one that is not there", listsAfter),
		clause("Limit", "no more values come than the limit, counting those that belong in the list; all if it is zero or less", listsLimited),
		clause("Anew", "every range over a list starts from the beginning and sees what was saved since; it may stop early", listsAnew),
		clause("WhileItYields", "while a list yields, the store and the same list can be used", listsWhileItYields),
		clause("Cancelled", "under a canceled context a list yields the error of the context, once, and nothing else", listsCancelled),
		clause("CancelledLater", "a list whose context ends while it yields does not go on to its end, but yields the error of the context, once", listsCancelledLater),
		clause("Refused", "after a key that is not UTF-8, or has a NUL in it, a list yields an error, once, and nothing else", listsRefused),
		clause("Letters", "keys are in the order of their bytes, and differ if their bytes do", listsLetters),
	}
}

// many is how many values a list holds that is to be read in several pages.
const many = 700

// keys returns the keys from the first to the last.
func (l List) keys(last int) []string {
	var keys []string
	for n := 1; n <= last; n++ {
		keys = append(keys, l.Key(n))
	}
	return keys
}

// fill puts the keys into the list, in another order than theirs, and before, between and
// behind them others that do not belong there. It takes the keys from 1 to last; those at
// which belongs reports false are the others.
func (l List) fill(ctx context.Context, last int, belongs func(n int) bool) (want []string, err error) {
	var others []string
	for n := 1; n <= last; n++ {
		if belongs(n) || l.PutOther == nil {
			want = append(want, l.Key(n))
		} else {
			others = append(others, l.Key(n))
		}
	}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same order each time
	shuffled := func(keys []string) []string {
		keys = slices.Clone(keys)
		random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		return keys
	}
	if len(others) > 0 {
		if err := l.PutOther(ctx, shuffled(others)...); err != nil {
			return nil, fmt.Errorf("put values of another list: %w", err)
		}
	}
	if err := l.Put(ctx, shuffled(want)...); err != nil {
		return nil, fmt.Errorf("put values: %w", err)
	}
	return want, nil
}

// wantPage checks that the page holds the keys.
func (l List) wantPage(ctx context.Context, page cris.Page[string], want []string) error {
	got, err := collect(l.Each(ctx, page))
	if err != nil {
		return fmt.Errorf("list behind %q, %d at most: %w", page.After, page.Limit, err)
	}
	return sameKeys(fmt.Sprintf("the list behind %q, %d at most,", page.After, page.Limit), got, want)
}

func sameKeys(what string, got, want []string) error {
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			return fmt.Errorf("%s gave %d values, want %d; from number %d on %.40q, want %.40q",
				what, len(got), len(want), i+1, got[min(i, len(got)):min(i+3, len(got))], want[min(i, len(want)):min(i+3, len(want))])
		}
	}
	return nil
}

// collect reads a list to its end. A list that goes on after an error gives errGoesOn.
func collect(list iter.Seq2[string, error]) (keys []string, failure error) {
	for key, err := range list {
		if failure != nil {
			return keys, fmt.Errorf("%w: %w", errGoesOn, failure)
		}
		if err != nil {
			failure = err
			continue
		}
		keys = append(keys, key)
	}
	return keys, failure
}

var errGoesOn = errors.New("the list goes on after an error")

func all(int) bool { return true }

func emptyList(ctx context.Context, l List) error {
	if err := l.wantPage(ctx, cris.Page[string]{}, nil); err != nil {
		return err
	}
	if l.PutOther == nil {
		return nil
	}
	if err := l.PutOther(ctx, l.keys(3)...); err != nil {
		return fmt.Errorf("put values of another list: %w", err)
	}
	return l.wantPage(ctx, cris.Page[string]{}, nil)
}

func listsAll(ctx context.Context, l List) error {
	want, err := l.fill(ctx, many+many/3, func(n int) bool { return n%4 != 0 })
	if err != nil {
		return err
	}
	return l.wantPage(ctx, cris.Page[string]{}, want)
}

func listsAfter(ctx context.Context, l List) error {
	// Every other key stays free.
	var want []string
	for n := 2; n <= 2*many; n += 2 {
		want = append(want, l.Key(n))
	}
	reversed := slices.Clone(want)
	slices.Reverse(reversed)
	if err := l.Put(ctx, reversed...); err != nil {
		return fmt.Errorf("put values: %w", err)
	}
	for _, n := range []int{1, 2, 3, 999, 1000, 1001, 1002, 2*many - 1, 2 * many, 2*many + 1} {
		if err := l.wantPage(ctx, cris.Page[string]{After: l.Key(n)}, want[n/2:]); err != nil {
			return err
		}
	}
	if l.NoLimit {
		return nil
	}
	return l.wantPage(ctx, cris.Page[string]{After: l.Key(1001), Limit: 2}, want[500:502])
}

func listsLimited(ctx context.Context, l List) error {
	if l.NoLimit {
		return nil
	}
	// The first values that a store comes upon do not belong in the list.
	want, err := l.fill(ctx, 100+many, func(n int) bool { return n > 100 && n%50 != 0 })
	if err != nil {
		return err
	}
	for _, limit := range []int{math.MinInt, -1, 0, 1, 2, 499, 500, 501, 999, 1000, 1001, len(want) - 1, len(want), len(want) + 1, math.MaxInt} {
		page := want
		if limit > 0 {
			page = want[:min(limit, len(want))]
		}
		if err := l.wantPage(ctx, cris.Page[string]{Limit: limit}, page); err != nil {
			return err
		}
	}
	return nil
}

func listsAnew(ctx context.Context, l List) error {
	if err := l.Put(ctx, l.keys(5)...); err != nil {
		return fmt.Errorf("put values: %w", err)
	}
	list := l.Each(ctx, cris.Page[string]{})
	for stop := 1; stop <= 3; stop++ {
		seen := 0
		for key, err := range list {
			seen++
			if err != nil || key != l.Key(seen) {
				return fmt.Errorf("range %d began with %q and the error %w", stop, key, orNil(err))
			}
			if seen == stop {
				break
			}
		}
	}
	if err := l.Put(ctx, l.Key(6)); err != nil {
		return fmt.Errorf("put a value: %w", err)
	}
	for range 2 {
		got, err := collect(list)
		if err != nil {
			return err
		}
		if err := sameKeys("another range over the list", got, l.keys(6)); err != nil {
			return err
		}
	}
	return nil
}

func listsWhileItYields(ctx context.Context, l List) error {
	if err := l.Put(ctx, l.keys(3)...); err != nil {
		return fmt.Errorf("put values: %w", err)
	}
	return finishes(ctx, 10*time.Second, func(ctx context.Context) error {
		list := l.Each(ctx, cris.Page[string]{})
		next := 4
		for key, err := range list {
			if err != nil {
				return err
			}
			if next > 6 { // a list may see what is put behind it, and then has no end
				break
			}
			if err := l.Put(ctx, l.Key(next)); err != nil {
				return fmt.Errorf("put a value while the list yields %q: %w", key, err)
			}
			got, err := collect(list)
			if err != nil {
				return fmt.Errorf("the same list while it yields %q: %w", key, err)
			}
			if err := sameKeys("the same list while it yields", got, l.keys(next)); err != nil {
				return err
			}
			next++
		}
		return nil
	})
}

func listsCancelled(ctx context.Context, l List) error {
	if err := l.Put(ctx, l.keys(3)...); err != nil {
		return fmt.Errorf("put values: %w", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	keys, err := collect(l.Each(cancelled, cris.Page[string]{}))
	if !errors.Is(err, context.Canceled) || errors.Is(err, errGoesOn) || len(keys) > 0 {
		return fmt.Errorf("the list yielded %d values and then: %w", len(keys), orNil(err))
	}
	return nil
}

func listsCancelledLater(ctx context.Context, l List) error {
	want, err := l.fill(ctx, many, all)
	if err != nil {
		return err
	}
	during, cancel := context.WithCancel(ctx)
	defer cancel()
	seen := 0
	keys, err := collect(func(yield func(string, error) bool) {
		for key, err := range l.Each(during, cris.Page[string]{}) {
			if seen++; seen == 3 {
				cancel()
			}
			if !yield(key, err) {
				return
			}
		}
	})
	if !errors.Is(err, context.Canceled) || errors.Is(err, errGoesOn) {
		return fmt.Errorf("canceled at the third of %d values, the list yielded %d and then: %w", len(want), len(keys), orNil(err))
	}
	if len(keys) == len(want) {
		return errors.New("canceled at the third value, the list went on to its end")
	}
	return nil
}

func listsRefused(ctx context.Context, l List) error {
	if !l.AnyKey {
		return nil
	}
	if err := l.Put(ctx, l.keys(3)...); err != nil {
		return fmt.Errorf("put values: %w", err)
	}
	for _, text := range refusedTexts {
		keys, err := collect(l.Each(ctx, cris.Page[string]{After: text}))
		if err == nil || errors.Is(err, errGoesOn) || errors.Is(err, cris.ErrConflict) || len(keys) > 0 {
			return fmt.Errorf("behind %q the list yielded %d values and then: %w", text, len(keys), orNil(err))
		}
	}
	return l.wantPage(ctx, cris.Page[string]{}, l.keys(3))
}

func listsLetters(ctx context.Context, l List) error {
	if !l.AnyKey {
		return nil
	}
	// The last two look alike.
	long := strings.Repeat("a", 300)
	keys := []string{" a", "B", "Z", "_x", "a", "a ", "a1", long + "1", long + "2", "b", "e\u0301", "\u00e9"}
	for _, key := range []int{4, 11, 8, 1, 9, 0, 3, 10, 6, 2, 7, 5} {
		if err := l.Put(ctx, keys[key]); err != nil {
			return fmt.Errorf("put %q: %w", keys[key], err)
		}
	}
	for i := range keys {
		if err := l.wantPage(ctx, cris.Page[string]{After: keys[i]}, keys[i+1:]); err != nil {
			return err
		}
	}
	return l.wantPage(ctx, cris.Page[string]{}, keys)
}
