package seal_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/seal"
)

func newKey(t *testing.T) *seal.Key {
	t.Helper()
	key, err := seal.NewKey(seal.NewDataKey())
	require.NoError(t, err)
	return key
}

func TestPV2_ATextOpensWhereItWasSealedAndNowhereElse(t *testing.T) {
	key, binding := newKey(t), seal.Bind(nil, "cris_cases", "sealed", "1")
	text := key.Seal([]byte("plain"), binding)
	require.NotEqual(t, text, key.Seal([]byte("plain"), binding), "random nonces")
	plain, err := key.Open(text, binding)
	require.NoError(t, err)
	require.Equal(t, "plain", plain)

	for _, other := range [][]byte{nil, seal.Bind(nil, "cris_cases", "sealed", "2"), seal.Bind(nil, "cris_cases", "sealed1", ""), seal.Bind(nil, "cris_casess", "ealed", "1")} {
		_, err := key.Open(text, other)
		require.ErrorIs(t, err, cris.ErrTampered)
	}
	_, err = newKey(t).Open(text, binding)
	require.ErrorIs(t, err, cris.ErrNoKey)
	for i := range len(text) {
		altered := text[:i] + string(text[i]^1) + text[i+1:]
		_, err := key.Open(altered, binding)
		require.True(t, errors.Is(err, cris.ErrTampered) || errors.Is(err, cris.ErrNoKey), i)
	}
	for _, cut := range []string{"", text[:1], text[:len(text)-1], text + "A", text[4:]} {
		_, err := key.Open(cut, binding)
		require.True(t, errors.Is(err, cris.ErrTampered) || errors.Is(err, cris.ErrNoKey))
	}
	for _, size := range []int{0, 16, 31, 33} {
		_, err := seal.NewKey(make([]byte, size))
		require.Error(t, err)
	}
}

func columnsOf(t *testing.T, names ...string) seal.Columns {
	t.Helper()
	columns, err := seal.NewColumns(names...)
	require.NoError(t, err)
	return columns
}

func read(t *testing.T, columns seal.Columns, plain []byte, names ...string) map[string]string {
	t.Helper()
	values := map[string]string{}
	require.NoError(t, columns.Each(string(plain), func(i int, value string) error {
		values[names[i]] = value
		return nil
	}))
	return values
}

// Columns may be added later, left out, and put into another order.
func TestColumns_AreFoundByTheirNames(t *testing.T) {
	names := []string{"family_name", "given_name", "email", "zip"}
	columns := columnsOf(t, names...)
	var plain []byte
	for i, value := range []string{"Lindström", "", strings.Repeat("x", 300), "07438"} {
		plain = columns.Append(plain, i, value)
	}
	plain = columns.Finish(plain)
	require.Zero(t, len(plain)%64, "its length tells little")
	want := map[string]string{"family_name": "Lindström", "email": strings.Repeat("x", 300), "zip": "07438"}
	require.Equal(t, want, read(t, columns, plain, names...))

	later := []string{"zip", "phone", "given_name", "family_name", "email"}
	require.Equal(t, want, read(t, columnsOf(t, later...), plain, later...))
	earlier := []string{"zip", "family_name"}
	delete(want, "email")
	require.Equal(t, want, read(t, columnsOf(t, earlier...), plain, earlier...))

	failed := errors.New("failed")
	require.ErrorIs(t, columns.Each(string(plain), func(int, string) error { return failed }), failed)
	_, err := seal.NewColumns("a", "b", "a")
	require.ErrorContains(t, err, "rename it")
}

func TestColumns_WhatIsNotWrittenByThemIsRefused(t *testing.T) {
	columns := columnsOf(t, "family_name")
	whole := columns.Append(nil, 0, "Lindström")
	ignore := func(int, string) error { return nil }
	for cut := range whole {
		require.ErrorIs(t, columns.Each(string(whole[:cut]), ignore), cris.ErrTampered, cut)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		bytes := make([]byte, random.IntN(40))
		for i := range bytes {
			bytes[i] = byte(random.IntN(256))
		}
		_ = columns.Each(string(bytes), ignore) // never panics
	}
}

func TestPV5_AnIndexKeepsTwelveBytes(t *testing.T) {
	digest := make([]byte, 32)
	require.Equal(t, "#AAAAAAAAAAAAAAAA", seal.IndexEntry(digest))
	digest[12] = 1
	require.Equal(t, "#AAAAAAAAAAAAAAAA", seal.IndexEntry(digest))
}
