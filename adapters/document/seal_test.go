package document_test

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/document"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// ring is a cris.Keys whose keys are made when they are asked for.
type ring struct {
	inForce string
	keys    map[string]cipher.AEAD
	failing error
}

func newRing(t *testing.T, ids ...string) *ring {
	t.Helper()
	r := &ring{inForce: ids[len(ids)-1], keys: map[string]cipher.AEAD{}}
	for _, id := range ids {
		key := make([]byte, 32)
		_, _ = rand.Read(key)
		block, err := aes.NewCipher(key)
		require.NoError(t, err)
		r.keys[id], err = cipher.NewGCMWithRandomNonce(block)
		require.NoError(t, err)
	}
	return r
}

func (r *ring) Wrap(_ context.Context, record string, dataKey []byte) (cris.WrappedKey, error) {
	if r.failing != nil {
		return cris.WrappedKey{}, r.failing
	}
	return cris.WrappedKey{KeyID: r.inForce, Ciphertext: r.keys[r.inForce].Seal(nil, nil, dataKey, []byte(record))}, nil
}

func (r *ring) Unwrap(_ context.Context, record string, wrapped cris.WrappedKey) ([]byte, error) {
	key, found := r.keys[wrapped.KeyID]
	switch {
	case r.failing != nil:
		return nil, r.failing
	case !found:
		return nil, cris.ErrNoKey
	}
	dataKey, err := key.Open(nil, nil, wrapped.Ciphertext, []byte(record))
	if err != nil {
		return nil, cris.ErrTampered
	}
	return dataKey, nil
}

func (r *ring) Digest(_ context.Context, column string, value []byte) ([]byte, error) {
	mac := hmac.New(sha256.New, []byte(column))
	mac.Write(value)
	return mac.Sum(nil), nil
}

// personal is what stands in every request of erequesttest.
var personal = []string{"Lindström", "Ana María", "O'Neill", "1984-02-29", "12345678", "ana@example.org", "202 555 0143", "Okafor", "Elm Street", "Butler", "07405", "IOE"}

const (
	record = "e_requests/1"
	name   = "e_requests/1/document"
)

func sealed(t *testing.T, keys cris.Keys, request erequest.Request) []byte {
	t.Helper()
	sealed, err := document.Seal(t.Context(), keys, record, name, request)
	require.NoError(t, err)
	return sealed
}

func request() erequest.Request { return erequesttest.NewRequest(casestatustest.Receipt(1), 1) }

func TestSeal_IsOpenedWhole(t *testing.T) {
	keys := newRing(t, "2026-1")
	got, err := document.Open[erequest.Request](t.Context(), keys, record, name, sealed(t, keys, request()))
	require.NoError(t, err)
	require.Equal(t, request(), got)
}

func TestPV2_ASealedDocumentHoldsNothingInClear(t *testing.T) {
	keys := newRing(t, "2026-1")
	inClear, err := document.Reveal(request())
	require.NoError(t, err)
	first, second := sealed(t, keys, request()), sealed(t, keys, request())
	for _, value := range personal {
		require.Contains(t, string(inClear), value, "it is not planted")
		require.NotContains(t, string(first), value)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			require.NotContains(t, fmt.Sprintf(verb, first), value)
		}
	}
	require.NotContains(t, string(first), "Details", "nor the names of fields")
	// The same record twice has no bytes in common but the form and the ID of the key.
	const head = 2 + len("2026-1") + 2
	require.Equal(t, first[:head], second[:head])
	for at := head; at+8 <= len(first); at++ {
		require.False(t, bytes.Contains(second, first[at:at+8]), "at %d", at)
	}
}

func TestPV2_ADocumentThatWasSwappedDoesNotOpen(t *testing.T) {
	keys := newRing(t, "2026-1")
	own := sealed(t, keys, request())
	for _, as := range [][2]string{
		{"e_requests/2", name},
		{record, "e_requests/1/other"},
		{"e_requests/1e", "_requests/1/document"}, // the same letters
		{name, record},
	} {
		got, err := document.Open[erequest.Request](t.Context(), keys, as[0], as[1], own)
		require.ErrorIs(t, err, cris.ErrTampered, as)
		require.Zero(t, got)
	}
	// The data key of one document in front of the content of another, of the same record.
	other := sealed(t, keys, request())
	const head = 2 + len("2026-1") + 2 + 12 + 32 + 16
	_, err := document.Open[erequest.Request](t.Context(), keys, record, name, slices.Concat(own[:head], other[head:]))
	require.ErrorIs(t, err, cris.ErrTampered)
	_, err = document.Open[erequest.Request](t.Context(), newRing(t, "2026-1"), record, name, own)
	require.ErrorIs(t, err, cris.ErrTampered, "another key of that ID")
	_, err = document.Open[erequest.Entry](t.Context(), keys, record, name, own)
	require.ErrorContains(t, err, "another type")
}

func TestPV2_ADocumentThatWasAlteredDoesNotOpen(t *testing.T) {
	keys := newRing(t, "2026-1")
	whole := sealed(t, keys, request())
	for at := range whole {
		altered := bytes.Clone(whole)
		altered[at] ^= 1
		for _, damaged := range [][]byte{altered, whole[:at]} {
			got, err := document.Open[erequest.Request](t.Context(), keys, record, name, damaged)
			require.True(t, errors.Is(err, cris.ErrTampered) || errors.Is(err, cris.ErrNoKey), "byte %d: %v", at, err)
			require.Zero(t, got)
		}
	}
	inClear, err := document.Reveal(request())
	require.NoError(t, err)
	_, err = document.Open[erequest.Request](t.Context(), keys, record, name, inClear)
	require.ErrorIs(t, err, cris.ErrTampered, "nothing in clear is taken for sealed")
	for _, value := range personal {
		require.NotContains(t, err.Error(), value)
	}
}

func TestPV2_ADocumentIsDestroyedWithItsKey(t *testing.T) {
	keys := newRing(t, "2026-1")
	own := sealed(t, keys, request())
	delete(keys.keys, "2026-1")
	_, err := document.Open[erequest.Request](t.Context(), keys, record, name, own)
	require.ErrorIs(t, err, cris.ErrNoKey)
}

func TestRewrap_GivesTheDocumentToTheKeyInForce(t *testing.T) {
	keys := newRing(t, "2026-1", "2026-2")
	keys.inForce = "2026-1"
	old := sealed(t, keys, request())
	keys.inForce = "2026-2"
	rewrapped, err := document.Rewrap(t.Context(), keys, record, old)
	require.NoError(t, err)
	delete(keys.keys, "2026-1")
	got, err := document.Open[erequest.Request](t.Context(), keys, record, name, rewrapped)
	require.NoError(t, err)
	require.Equal(t, request(), got)
	require.True(t, bytes.HasSuffix(rewrapped, old[len(old)-100:]), "what is sealed stays")

	_, err = document.Rewrap(t.Context(), keys, record, old)
	require.ErrorIs(t, err, cris.ErrNoKey)
	_, err = document.Rewrap(t.Context(), keys, "e_requests/2", rewrapped)
	require.ErrorIs(t, err, cris.ErrTampered)
	_, err = document.Rewrap(t.Context(), keys, record, []byte("{}"))
	require.ErrorIs(t, err, cris.ErrTampered)
}

func TestSeal_ReturnsTheErrorsOfTheKeys(t *testing.T) {
	keys := newRing(t, "2026-1")
	own := sealed(t, keys, request())
	keys.failing = errors.New("the key service is down")
	_, err := document.Seal(t.Context(), keys, record, name, request())
	require.ErrorIs(t, err, keys.failing)
	_, err = document.Open[erequest.Request](t.Context(), keys, record, name, own)
	require.ErrorIs(t, err, keys.failing)
	_, err = document.Rewrap(t.Context(), keys, record, own)
	require.ErrorIs(t, err, keys.failing)

	keys = newRing(t, strings.Repeat("k", 256))
	_, err = document.Seal(t.Context(), keys, record, name, request())
	require.ErrorContains(t, err, "too long")
	_, err = document.Seal(t.Context(), keys, "", name, request())
	require.ErrorContains(t, err, "give both")
	_, err = document.Seal(t.Context(), keys, record, "", request())
	require.ErrorContains(t, err, "give both")
	_, err = document.Seal(t.Context(), keys, record, name, func() {})
	require.ErrorContains(t, err, "cannot be kept")
}

func TestPV2_WhoeverOpensAStoreSaysWhetherItIsSealed(t *testing.T) {
	keys := newRing(t, "2026-1")
	for name, sealing := range map[string]document.Sealing{"InClear": document.InClear(), "Sealed": document.SealedBy(keys)} {
		written, err := document.Write(t.Context(), sealing, record, name, request())
		require.NoError(t, err)
		require.Equal(t, name == "InClear", bytes.Contains(written, []byte("Lindström")))
		got, err := document.Read[erequest.Request](t.Context(), sealing, record, name, written)
		require.NoError(t, err)
		require.Equal(t, request(), got)
		key, err := sealing.Key(t.Context(), "case", "IOE0900000001")
		require.NoError(t, err)
		require.Equal(t, name == "InClear", key == "IOE0900000001")
		other, err := sealing.Key(t.Context(), "case", "IOE0900000002")
		require.NoError(t, err)
		require.NotEqual(t, key, other)
	}
	for _, said := range []document.Sealing{{}, document.SealedBy(nil)} {
		_, err := document.Write(t.Context(), said, record, name, request())
		require.ErrorContains(t, err, "use SealedBy(keys), or InClear()")
		got, err := document.Read[erequest.Request](t.Context(), said, record, name, []byte(`{"Document":1,"Type":"erequest.Request","Value":{}}`))
		require.ErrorContains(t, err, "use SealedBy(keys), or InClear()")
		require.Zero(t, got)
		_, err = said.Key(t.Context(), "case", "IOE0900000001")
		require.ErrorContains(t, err, "use SealedBy(keys), or InClear()")
	}
	inClear, err := document.Reveal(request())
	require.NoError(t, err)
	_, err = document.Read[erequest.Request](t.Context(), document.SealedBy(keys), record, name, inClear)
	require.ErrorIs(t, err, cris.ErrTampered, "a store that is sealed takes nothing in clear")
}

// A program may be told to use no cryptography but that of the FIPS module.
func TestPV2_DocumentsAreSealedUnderFIPSAlone(t *testing.T) {
	if os.Getenv("CRIS_FIPS_ONLY") == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "CRIS_FIPS_ONLY=1", "GODEBUG=fips140=only")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return
	}
	keys := newRing(t, "2026-1")
	rewrapped, err := document.Rewrap(t.Context(), keys, record, sealed(t, keys, request()))
	require.NoError(t, err)
	got, err := document.Open[erequest.Request](t.Context(), keys, record, name, rewrapped)
	require.NoError(t, err)
	require.Equal(t, request(), got)
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte{1, 1, 'k', 0, 1, 0})
	keys := &ring{keys: map[string]cipher.AEAD{}}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := document.Open[erequest.Request](t.Context(), keys, record, name, text)
		require.Error(t, err)
		require.Zero(t, got)
	})
}
