package selfcheck_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

var today = cris.MustParseDate("2013-08-15")

func texts(reasons []cris.Reason) []string {
	var list []string
	for _, reason := range reasons {
		list = append(list, reason.String())
	}
	return list
}

func TestSC2_ApplicantIsComplete(t *testing.T) {
	complete := selfchecktest.Applicant()
	for _, tc := range []struct {
		name   string
		change func(*selfcheck.Applicant)
		want   []string
	}{
		{"complete", func(*selfcheck.Applicant) {}, nil},
		{"the Social Security number is optional", func(a *selfcheck.Applicant) { a.SSN = selfcheck.SSN{} }, nil},
		{"born today", func(a *selfcheck.Applicant) { a.BirthDate = cris.NewPersonal(today) }, nil},
		{
			"born tomorrow", func(a *selfcheck.Applicant) { a.BirthDate = cris.NewPersonal(today.AddDays(1)) },
			[]string{"the date of birth lies in the future (SC-2)"},
		},
		{"nothing", func(a *selfcheck.Applicant) { *a = selfcheck.Applicant{} }, []string{
			"the name is missing (SC-2)", "the date of birth is missing (SC-2)", "the address of residence is missing (SC-2)",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			applicant := complete
			tc.change(&applicant)
			require.Equal(t, tc.want, texts(selfcheck.DecideApplicant(applicant, today)))
		})
	}
}

func TestSC2_ProviderGetsNothingElse(t *testing.T) {
	var fields []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[selfcheck.Applicant]()) {
		fields = append(fields, field.Name)
	}
	require.Equal(t, []string{"Name", "BirthDate", "Residence", "SSN"}, fields)
}

func TestSC2_ProviderGetsTheMiddleInitial(t *testing.T) {
	for _, tc := range []struct{ middle, want string }{{"Margareta", "M"}, {"Östen", "Ö"}, {"J", "J"}, {"", ""}} {
		idp := selfchecktest.NewFakeIdP()
		check := newCheck(idp, selfchecktest.NewFakeEVerify())
		applicant := selfchecktest.Applicant()
		parts := applicant.Name.Reveal()
		parts.Middle = tc.middle
		applicant.Name = name(t, parts)

		proofing, err := check.Prove(t.Context(), applicant)
		require.NoError(t, err)
		parts.Middle = tc.want
		require.Equal(t, parts, idp.Asked()[0].Name.Reveal())
		require.Equal(t, parts, proofing.Pass.Name.Reveal())
	}
}

func TestSC2_IncompleteApplicantIsNotSent(t *testing.T) {
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	proofing, err := check.Prove(t.Context(), selfcheck.Applicant{})
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAsked, proofing.Outcome)
	require.Len(t, proofing.Reasons, 3)
	require.Empty(t, idp.Asked())
	require.Empty(t, check.events(t))
}

func name(t *testing.T, parts cris.NameParts) cris.PersonName {
	t.Helper()
	n, err := cris.NewPersonName(parts)
	require.NoError(t, err)
	return n
}
