package ownstore

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/document"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestStore_KeepsTheContract(t *testing.T) {
	for name, sealing := range map[string]document.Sealing{"InClear": document.InClear(), "Sealed": document.SealedBy(newKeys(t))} {
		t.Run(name, func(t *testing.T) {
			erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) {
				store := open(t, filepath.Join(t.TempDir(), "requests.db"), sealing)
				store.db.NoSync = true // nothing is to survive the test
				return store, store
			})
		})
	}
}

func open(t *testing.T, file string, sealing document.Sealing) *Store {
	t.Helper()
	db, err := bbolt.Open(file, 0o600, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	store, err := New(db, sealing)
	require.NoError(t, err)
	return store
}

// keys is a cris.Keys with one key: a program takes its keys from a key service, or from a file.
type keys struct{ wrapping cipher.AEAD }

func newKeys(t *testing.T) keys {
	t.Helper()
	block, err := aes.NewCipher(bytes.Repeat([]byte{7}, 32))
	require.NoError(t, err)
	wrapping, err := cipher.NewGCMWithRandomNonce(block)
	require.NoError(t, err)
	return keys{wrapping}
}

func (k keys) Wrap(_ context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
	return cris.WrappedKey{KeyID: "test", Ciphertext: k.wrapping.Seal(nil, nil, dataKey, []byte(record))}, nil
}

func (k keys) Unwrap(_ context.Context, record string, wrapped cris.WrappedKey) ([]byte, error) {
	dataKey, err := k.wrapping.Open(nil, nil, wrapped.Ciphertext, []byte(record))
	if err != nil {
		return nil, cris.ErrTampered
	}
	return dataKey, nil
}

func (keys) Digest(_ context.Context, column string, value []byte) ([]byte, error) {
	mac := hmac.New(sha256.New, []byte("the key of "+column))
	mac.Write(value)
	return mac.Sum(nil), nil
}

func file(ctx context.Context, s *Store, n int) error {
	request := erequesttest.NewRequest(casestatustest.Receipt(n), n, func(r *erequest.Request) { r.ID, r.Key = fmt.Sprintf("id-%d", n), "key" })
	return s.Update(ctx, request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}, Events: []cris.Event{{ID: fmt.Sprintf("event-%d", n), Subject: request.ID}}}, nil
	})
}

func TestPV2_NothingPersonalIsInTheSealedFile(t *testing.T) {
	search := func(sealing document.Sealing) (found []string) {
		name := filepath.Join(t.TempDir(), "requests.db")
		require.NoError(t, file(t.Context(), open(t, name, sealing), 1))
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, value := range []string{"Lindström", "1984-02-29", "12345678", "ana@example.org", "Elm Street", "Okafor", casestatustest.Receipt(1).String()} {
			if bytes.Contains(content, []byte(value)) {
				found = append(found, value)
			}
		}
		return found
	}
	require.Len(t, search(document.InClear()), 7, "the search finds what is there")
	require.Empty(t, search(document.SealedBy(newKeys(t))))
}

// A program that is killed at any moment leaves every request that was saved, with its event, and
// nothing of the one that was not.
func TestStore_KilledLosesNothing(t *testing.T) {
	const fileOf, saved = "OWNSTORE_FILE", "saved "
	if name := os.Getenv(fileOf); name != "" {
		store := open(t, name, document.InClear())
		for n := 1; ; n++ {
			require.NoError(t, file(t.Context(), store, n))
			fmt.Printf("%s%d\n", saved, n)
		}
	}
	for _, kill := range []int{1, 2, 5, 17} {
		name := filepath.Join(t.TempDir(), "requests.db")
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), fileOf+"="+name)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		last := 0
		for last < kill {
			_, err := fmt.Fscanf(out, saved+"%d\n", &last)
			require.NoError(t, err)
		}
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()

		store := open(t, name, document.InClear())
		pending, err := store.Pending(t.Context(), 0)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(pending), last)
		for n, event := range pending {
			request, err := store.Request(t.Context(), event.Subject)
			require.NoError(t, err)
			require.Equal(t, casestatustest.Receipt(n+1), request.Receipt)
		}
		_, err = store.Request(t.Context(), fmt.Sprintf("id-%d", len(pending)+1))
		require.ErrorIs(t, err, cris.ErrNotFound, "a request without its event")
	}
}

// What docs/porting.md says of this store: it has fewer than 200 lines, without blank ones and
// comments.
func TestStore_IsShort(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	lines := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for line := range strings.Lines(string(source)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				lines++
			}
		}
	}
	require.Less(t, lines, 200)
	require.Positive(t, lines)
}
