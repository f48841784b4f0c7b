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

func bornOn(day string) func(*selfcheck.Applicant) {
	return func(a *selfcheck.Applicant) { a.BirthDate = cris.NewPersonal(cris.MustParseDate(day)) }
}

func TestSC2_ApplicantIsComplete(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*selfcheck.Applicant)
		want   []cris.Reason
	}{
		{"complete", func(*selfcheck.Applicant) {}, nil},
		{"the Social Security number is optional", func(a *selfcheck.Applicant) { a.SSN = selfcheck.SSN{} }, nil},
		{"one name", func(a *selfcheck.Applicant) { a.Name = name(t, cris.NameParts{Family: "Sukarno"}) }, nil},
		{"nothing", func(a *selfcheck.Applicant) { *a = selfcheck.Applicant{} }, reasons("name_missing", "birth_date_missing", "residence_missing")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			decision := selfcheck.DecideApplicant(shown, selfchecktest.NewApplicant(tc.change), today, selfcheck.Policy{})
			require.Equal(t, tc.want, decision.Reasons)
			if tc.want != nil {
				require.Equal(t, selfcheck.ApplicantRefused, decision.Outcome)
				require.Zero(t, decision.Sent)
				return
			}
			require.Equal(t, selfcheck.ApplicantAccepted, decision.Outcome)
			require.Equal(t, selfchecktest.NewApplicant(tc.change), decision.Sent)
		})
	}
}

func TestSC2_ImpossibleBirthDates(t *testing.T) {
	for _, tc := range []struct {
		born string
		want []cris.Reason
	}{
		{"0001-01-01", reasons("birth_date_impossible")},
		{"1066-01-01", reasons("birth_date_impossible")},
		{"1888-08-15", reasons("birth_date_impossible")}, // 125 years ago
		{"1888-08-16", nil},
		{"1999-08-15", nil}, // 14 today
		{"1999-08-16", reasons("too_young")},
		{"2013-08-15", reasons("too_young")},
		{"2013-08-16", reasons("birth_date_impossible")},
		{"2123-01-01", reasons("birth_date_impossible")},
		{"9999-12-31", reasons("birth_date_impossible")},
	} {
		decision := selfcheck.DecideApplicant(shown, selfchecktest.NewApplicant(bornOn(tc.born)), today, selfcheck.Policy{})
		require.Equal(t, tc.want, decision.Reasons, tc.born)
	}
}

func TestSC2_PolicySetsTheAge(t *testing.T) {
	for _, tc := range []struct {
		age  int
		born string
		want []cris.Reason
	}{
		{16, "1997-08-15", nil},
		{16, "1997-08-16", reasons("too_young")},
		{-1, "2013-08-15", nil}, // no such limit: born today
		{-1, "2013-08-16", reasons("birth_date_impossible")},
	} {
		decision := selfcheck.DecideApplicant(shown, selfchecktest.NewApplicant(bornOn(tc.born)), today, selfcheck.Policy{MinAge: tc.age})
		require.Equal(t, tc.want, decision.Reasons, "%d years, born %s", tc.age, tc.born)
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
	for _, tc := range []struct{ middle, want string }{
		{"Margareta", "M"},
		{"margareta", "m"},
		{"Östen", "Ö"},
		{"O\u0308sten", "Ö"}, // the same in two characters
		{"J", "J"},
		{"J.", "J"},
		{"", ""},
		{"ʻŌlelo", "Ō"},
		{"\u2018\u014clelo", "Ō"}, // with a quotation mark for the okina
		{"'Aisha", "A"},
		{"\u02bfAli", "A"},
		{"\u02b0Ali", "A"}, // the first of the modifier letters
		{"\u02eeAli", "A"}, // the last
		{"-Maria", "M"},
		{"(Tex) Lee", "T"},
		{"2nd", "n"},
		{"ʻ", ""}, // Unicode counts it as a letter
		{"\ua78bat", "a"},
		{"\u07f4Ali", "A"},        // an apostrophe of N'Ko
		{"\u0559Ani", "A"},        // a half ring of Armenian
		{"\u30fc", ""},            // a sign that makes a vowel long
		{"X\u030cara", "X\u030c"}, // there is no such letter in one character
		{"Артём", "А"},
		{"ريم", "ر"},
		{"\u0640ريم", "ر"}, // a tatweel is no letter
		{"रिया", "रि"},     // the vowel is a mark on the letter
		{"美玲", "美"},
		{"지민", "지"},
	} {
		idp := selfchecktest.NewFakeIdP()
		check := newCheck(idp, selfchecktest.NewFakeEVerify())
		applicant := selfchecktest.NewApplicant()
		parts := applicant.Name.Reveal()
		parts.Middle = tc.middle
		applicant.Name = name(t, parts)

		proofing, err := check.Prove(t.Context(), selfcheck.NewToken(), shown, applicant)
		require.NoError(t, err)
		parts.Middle = tc.want
		require.Equal(t, parts, idp.Asked()[0].Applicant.Name.Reveal(), tc.middle)
		require.Equal(t, parts, proofing.Pass.Name.Reveal(), tc.middle)
	}
}

func TestSC2_RefusedApplicantIsNotSent(t *testing.T) {
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	for _, applicant := range []selfcheck.Applicant{{}, selfchecktest.NewApplicant(bornOn("1066-01-01"))} {
		proofing, err := check.Prove(t.Context(), selfcheck.NewToken(), shown, applicant)
		require.NoError(t, err)
		require.Equal(t, selfcheck.Proofing{
			Outcome: selfcheck.NotStarted, Reasons: selfcheck.DecideApplicant(shown, applicant, today, selfcheck.Policy{}).Reasons,
		}, proofing)
	}
	require.Empty(t, idp.Asked())
	require.Empty(t, check.events(t))
}

func name(t *testing.T, parts cris.NameParts) cris.PersonName {
	t.Helper()
	n, err := cris.NewPersonName(parts)
	require.NoError(t, err)
	return n
}
