package cris_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestNewPersonName_Tidies(t *testing.T) {
	name, err := cris.NewPersonName(cris.NameParts{Family: "  García\u00a0 Márquez ", Given: "Gabriel", Middle: " ", Maiden: "O'Neil-Smith"})
	require.NoError(t, err)
	require.Equal(t, cris.NameParts{Family: "García Márquez", Given: "Gabriel", Maiden: "O'Neil-Smith"}, name.Reveal())
}

func TestNewPersonName_EqualNamesCompareEqual(t *testing.T) {
	composed, err := cris.NewPersonName(cris.NameParts{Family: "Nu\u00f1ez"})
	require.NoError(t, err)
	decomposed, err := cris.NewPersonName(cris.NameParts{Family: " Nun\u0303ez"})
	require.NoError(t, err)
	require.True(t, composed == decomposed)
	given, err := cris.NewPersonName(cris.NameParts{Given: "Nu\u00f1ez"})
	require.NoError(t, err)
	require.False(t, composed == given)
}

func TestNewPersonName_Refuses(t *testing.T) {
	for problem, parts := range map[string]cris.NameParts{
		"name: neither a family name nor a given name":   {Middle: "X", Maiden: "Y"},
		"family name: at character 3: control character": {Family: "ab\x00"},
		"given name: not valid UTF-8":                    {Given: "a\xff"},
		"middle name: too long":                          {Family: "a", Middle: strings.Repeat("é", 101)},
		"maiden name: too long":                          {Family: "a", Maiden: strings.Repeat("a", 1<<20)},
		"given name: at character 2: control character":  {Family: "a", Given: "b\nc"},
	} {
		name, err := cris.NewPersonName(parts)
		require.EqualError(t, err, problem)
		require.True(t, name.IsZero())
	}
}

func TestNewPersonName_OneNameIsEnough(t *testing.T) {
	for _, parts := range []cris.NameParts{{Family: "Suharto"}, {Given: "Suharto"}, {Family: strings.Repeat("é", 100)}} {
		name, err := cris.NewPersonName(parts)
		require.NoError(t, err)
		require.Equal(t, parts, name.Reveal())
	}
}

// What a name holds is tidy: taking it apart and together again changes nothing.
func FuzzNewPersonName(f *testing.F) {
	f.Add("García", "José María", "de", "Ñ")
	f.Add("Nun\u0303ez", " ", "\u0958", "\u202e")
	f.Add(strings.Repeat("\u0958", 100), "", "", "") // one letter that becomes two
	f.Add("", "", "x", "\xff")
	f.Fuzz(func(t *testing.T, family, given, middle, maiden string) {
		name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given, Middle: middle, Maiden: maiden})
		if err != nil {
			require.True(t, name.IsZero())
			return
		}
		again, err := cris.NewPersonName(name.Reveal())
		require.NoError(t, err)
		require.Equal(t, name.Reveal(), again.Reveal())
		require.True(t, name == again)
	})
}
