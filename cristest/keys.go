// Package cristest has the conformance kits of the ports of package cris that a host program
// implements: [TestKeys] and [TestRetention].
package cristest

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
)

// TestKeys checks every promise of cris.Keys. newKeys is called once per promise; what it returns
// may have wrapped something before.
func TestKeys(t *testing.T, newKeys func(t *testing.T) cris.Keys) {
	t.Helper()
	contract.Run(t, keysClauses(), newKeys)
}

func keysClauses() []contract.Clause[cris.Keys] {
	return []contract.Clause[cris.Keys]{
		{Name: "Wrap/Opens", Promise: "a data key that was wrapped comes back from Unwrap, for a record of any name, and the caller may change both", Check: wrapOpens},
		{Name: "Wrap/KeyID", Promise: "the ID of the key that wraps has 1 to 64 characters of a-z, 0-9, - and _", Check: keyIDs},
		{Name: "Wrap/Hides", Promise: "what was wrapped has nothing of the data key in it, and differs each time", Check: wrapHides},
		{Name: "Wrap/Size", Promise: "a data key that does not have 32 bytes is refused", Check: wrapSize},
		{Name: "Unwrap/Record", Promise: "what was wrapped for another record gives ErrTampered: bind the record to it, as additional data", Check: unwrapRecord},
		{Name: "Unwrap/Altered", Promise: "what was altered, cut off or made up gives ErrTampered, whichever byte it is", Check: unwrapAltered},
		{Name: "Unwrap/NoKey", Promise: "an ID without a key gives ErrNoKey and not ErrTampered, so that nobody restores what is whole", Check: unwrapNoKey},
		{Name: "Digest/Equal", Promise: "equal values of a column have equal digests of 32 bytes, and different values have different ones", Check: digestEqual},
		{Name: "Digest/Column", Promise: "a value has another digest in each column: derive a key for each", Check: digestColumn},
		{Name: "Digest/Kept", Promise: "a digest may be kept and changed by the caller, and no later call changes it", Check: digestKept},
		{Name: "Cancelled", Promise: "under a canceled context each method gives the error of the context", Check: keysCancelled},
		{Name: "Errors", Promise: "no error repeats a data key, what was wrapped, or the name of a record", Check: keysErrors},
		{Name: "Concurrent", Promise: "many may wrap, unwrap and digest at once, and each caller gets its own result", Check: keysConcurrent},
	}
}

// The names of records that the clauses use: a store names a table and the key of a row.
const (
	keysRecord  = "cris_cases/IOE0912345678"
	otherRecord = "cris_cases/IOE0912345679"
)

// dataKey returns the n-th of a series of data keys.
func dataKey(n int) []byte {
	return fmt.Appendf(nil, "data key %-23d", n)
}

func wrapOpens(ctx context.Context, keys cris.Keys) error {
	for n, record := range []string{keysRecord, "", "a/b c/d\x00e", strings.Repeat("x", 1000), "straße/1"} {
		given := dataKey(n)
		wrapped, err := keys.Wrap(ctx, record, given)
		if err != nil {
			return err
		}
		clear(given)
		for range 2 {
			opened, err := keys.Unwrap(ctx, record, wrapped)
			if err != nil || !bytes.Equal(opened, dataKey(n)) {
				return fmt.Errorf("Unwrap does not give the data key back, and the error: %w", contract.OrNil(err))
			}
			clear(opened)
		}
	}
	return nil
}

func keyIDs(ctx context.Context, keys cris.Keys) error {
	wrapped, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	if !regexp.MustCompile(`^[a-z0-9_-]{1,64}$`).MatchString(wrapped.KeyID) {
		return fmt.Errorf("the key has the ID %q", wrapped.KeyID)
	}
	return nil
}

func wrapHides(ctx context.Context, keys cris.Keys) error {
	first, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	second, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	if bytes.Equal(first.Ciphertext, second.Ciphertext) {
		return errors.New("the same data key is wrapped the same twice")
	}
	if bytes.Contains(first.Ciphertext, dataKey(1)[:8]) {
		return errors.New("the data key stands in what was wrapped")
	}
	return nil
}

func wrapSize(ctx context.Context, keys cris.Keys) error {
	for _, size := range []int{0, 16, 31, 33} {
		if _, err := keys.Wrap(ctx, keysRecord, make([]byte, size)); err == nil {
			return fmt.Errorf("a data key of %d bytes is wrapped", size)
		}
	}
	return nil
}

func unwrapRecord(ctx context.Context, keys cris.Keys) error {
	wrapped, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	for _, record := range []string{otherRecord, "", keysRecord + " ", strings.ToLower(keysRecord)} {
		if _, err := keys.Unwrap(ctx, record, wrapped); !errors.Is(err, cris.ErrTampered) {
			return fmt.Errorf("for the record %q Unwrap gives %w, want ErrTampered", record, contract.OrNil(err))
		}
	}
	return nil
}

func unwrapAltered(ctx context.Context, keys cris.Keys) error {
	wrapped, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	other, err := keys.Wrap(ctx, keysRecord, dataKey(2))
	if err != nil {
		return err
	}
	altered := [][]byte{nil, {}, wrapped.Ciphertext[:len(wrapped.Ciphertext)-1], append(bytes.Clone(wrapped.Ciphertext), 0)}
	altered = append(altered, append(bytes.Clone(wrapped.Ciphertext[:len(wrapped.Ciphertext)/2]), other.Ciphertext[len(wrapped.Ciphertext)/2:]...))
	for i := range wrapped.Ciphertext {
		one := bytes.Clone(wrapped.Ciphertext)
		one[i] ^= 1
		altered = append(altered, one)
	}
	for _, ciphertext := range altered {
		if _, err := keys.Unwrap(ctx, keysRecord, cris.WrappedKey{KeyID: wrapped.KeyID, Ciphertext: ciphertext}); !errors.Is(err, cris.ErrTampered) {
			return fmt.Errorf("for an altered text Unwrap gives %w, want ErrTampered", contract.OrNil(err))
		}
	}
	return nil
}

func unwrapNoKey(ctx context.Context, keys cris.Keys) error {
	wrapped, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	for _, id := range []string{"", "no-such-key", wrapped.KeyID + "x"} {
		_, err := keys.Unwrap(ctx, keysRecord, cris.WrappedKey{KeyID: id, Ciphertext: wrapped.Ciphertext})
		if !errors.Is(err, cris.ErrNoKey) || errors.Is(err, cris.ErrTampered) {
			return fmt.Errorf("for a key that is not there Unwrap gives %w, want ErrNoKey", contract.OrNil(err))
		}
	}
	return nil
}

func digestEqual(ctx context.Context, keys cris.Keys) error {
	seen := map[string]string{}
	for _, value := range []string{"", "a", "b", "ab", "A", strings.Repeat("a", 1000), "a\x00"} {
		for range 2 {
			digest, err := keys.Digest(ctx, "column", []byte(value))
			if err != nil {
				return err
			}
			if len(digest) != 32 {
				return fmt.Errorf("a digest has %d bytes", len(digest))
			}
			if before, known := seen[string(digest)]; known && before != value {
				return errors.New("two values have one digest")
			}
			seen[string(digest)] = value
		}
	}
	if len(seen) != 7 {
		return errors.New("equal values have different digests")
	}
	return nil
}

func digestColumn(ctx context.Context, keys cris.Keys) error {
	seen := map[string]bool{}
	for _, c := range []struct{ column, value string }{{"a", "bc"}, {"ab", "c"}, {"abc", ""}, {"b", "bc"}, {"", "abc"}, {"", "bc"}} {
		digest, err := keys.Digest(ctx, c.column, []byte(c.value))
		if err != nil {
			return err
		}
		if seen[string(digest)] {
			return errors.New("two columns give one digest")
		}
		seen[string(digest)] = true
	}
	return nil
}

func digestKept(ctx context.Context, keys cris.Keys) error {
	first, err := keys.Digest(ctx, "column", []byte("a"))
	if err != nil {
		return err
	}
	kept := bytes.Clone(first)
	if _, err := keys.Digest(ctx, "column", []byte("b")); err != nil {
		return err
	}
	if !bytes.Equal(first, kept) {
		return errors.New("a later call changes a digest that was given before")
	}
	clear(first)
	again, err := keys.Digest(ctx, "column", []byte("a"))
	if err != nil || !bytes.Equal(again, kept) {
		return fmt.Errorf("a caller that changes a digest changes those that come after, and the error: %w", contract.OrNil(err))
	}
	return nil
}

func keysCancelled(ctx context.Context, keys cris.Keys) error {
	wrapped, err := keys.Wrap(ctx, keysRecord, dataKey(1))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	_, wrapErr := keys.Wrap(ctx, keysRecord, dataKey(1))
	_, unwrapErr := keys.Unwrap(ctx, keysRecord, wrapped)
	_, digestErr := keys.Digest(ctx, "column", nil)
	for _, err := range []error{wrapErr, unwrapErr, digestErr} {
		if !errors.Is(err, context.Canceled) {
			return fmt.Errorf("a method gives %w, want that of the context", contract.OrNil(err))
		}
	}
	return nil
}

func keysErrors(ctx context.Context, keys cris.Keys) error {
	const record, id = "cris_zyxrecord/1", "zyx-made-up-key"
	wrapped, err := keys.Wrap(ctx, record, dataKey(7))
	if err != nil {
		return err
	}
	short := []byte("zyxwvutsrqponmlk")
	_, sizeErr := keys.Wrap(ctx, record, short)
	_, recordErr := keys.Unwrap(ctx, record+"2", wrapped)
	_, alteredErr := keys.Unwrap(ctx, record, cris.WrappedKey{KeyID: wrapped.KeyID, Ciphertext: []byte("zyxciphertext")})
	_, keyErr := keys.Unwrap(ctx, record, cris.WrappedKey{KeyID: id, Ciphertext: wrapped.Ciphertext})
	for _, err := range []error{sizeErr, recordErr, alteredErr, keyErr} {
		text := fmt.Sprintf("%v %+v", err, err)
		for _, secret := range []string{"zyxrecord", "zyxciphertext", string(short), hex.EncodeToString(short), hex.EncodeToString(wrapped.Ciphertext), string(wrapped.Ciphertext), fmt.Sprintf("%d", short)} {
			if strings.Contains(text, secret) {
				return errors.New("an error repeats what it was given")
			}
		}
	}
	return nil
}

func keysConcurrent(ctx context.Context, keys cris.Keys) error {
	const atOnce, rounds = 8, 25
	failed := make([]error, atOnce)
	var all sync.WaitGroup
	for n := range atOnce {
		all.Go(func() {
			record, want := fmt.Sprint("cris_cases/", n), []byte(nil)
			for range rounds {
				wrapped, err := keys.Wrap(ctx, record, dataKey(n))
				opened, openErr := keys.Unwrap(ctx, record, wrapped)
				digest, digestErr := keys.Digest(ctx, "column", []byte(record))
				if err := errors.Join(err, openErr, digestErr); err != nil {
					failed[n] = err
					return
				}
				if want == nil {
					want = bytes.Clone(digest)
				}
				if !bytes.Equal(opened, dataKey(n)) || !bytes.Equal(digest, want) {
					failed[n] = errors.New("one gets what is another's")
					return
				}
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}
