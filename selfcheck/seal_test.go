package selfcheck

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func claimNamed(family string) claimed {
	return claimed{Statement: "edition", Name: cris.NameParts{Family: family, Given: "Ottoline"}, BirthDate: "1979-11-23", SSN: "912-73-6458"}
}

func TestSC5_WhatIsKeptBetweenTheStepsOpensWithItsTokenAlone(t *testing.T) {
	token := NewToken()
	claim := claimNamed("Lindqvistson")
	sealed, err := token.seal(claim)
	require.NoError(t, err)
	require.NotContains(t, sealed, "Lindqvistson")
	opened, err := token.open(sealed)
	require.NoError(t, err)
	require.Equal(t, claim, opened)

	again, err := token.seal(claim)
	require.NoError(t, err)
	require.NotEqual(t, sealed, again, "two claims of one person look different")

	_, err = NewToken().open(sealed)
	require.ErrorIs(t, err, errSealed)
	for _, spoiled := range []string{"", "?", sealed[:40], sealed[4:], strings.ToLower(sealed), "AAAA" + sealed[4:]} {
		_, err := token.open(spoiled)
		require.ErrorIs(t, err, errSealed)
	}
}

func TestSC5_LengthOfANameDoesNotShow(t *testing.T) {
	token := NewToken()
	short, err := token.seal(claimNamed("O"))
	require.NoError(t, err)
	long, err := token.seal(claimNamed(strings.Repeat("o", 100)))
	require.NoError(t, err)
	require.Len(t, long, len(short))
}

func TestSC6_AddressIsNotSealedEither(t *testing.T) {
	address, err := cris.NewAddress(cris.AddressParts{Street: "4711 Quillfeather Lane", City: "Zanesfield", State: "OH", ZIP: cris.MustParseZIP("43360")})
	require.NoError(t, err)
	name, err := cris.NewPersonName(cris.NameParts{Family: "Lindqvistson"})
	require.NoError(t, err)
	applicant := Applicant{Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1979-11-23")), Residence: address}
	back, err := claimOf("edition", applicant).applicant()
	require.NoError(t, err)
	require.True(t, back.Residence.IsZero())
	back.Residence = applicant.Residence
	require.Equal(t, applicant, back)
}
