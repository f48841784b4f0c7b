package cris_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func statement(edition, from, until string) cris.Statement {
	said := cris.Phrase{English: "Said.", Spanish: "Dicho."}
	s := cris.Statement{Edition: edition, From: cris.MustParseDate(from), Authority: said, Purpose: said, RoutineUses: said, Disclosure: said}
	if until != "" {
		s.Until = cris.MustParseDate(until)
	}
	return s
}

func TestER7_AStatementIsInForceFromItsFirstDayThroughItsLast(t *testing.T) {
	s := statement("first", "2013-08-15", "2013-12-31")
	for day, want := range map[string]bool{"2013-08-14": false, "2013-08-15": true, "2013-12-31": true, "2014-01-01": false} {
		require.Equal(t, want, s.InForce(cris.MustParseDate(day)), day)
	}
	require.True(t, statement("open", "2013-08-15", "").InForce(cris.MustParseDate("2099-12-31")))
}

func TestER7_TheLatestStatementInForceIsShown(t *testing.T) {
	all := cris.Statements{statement("second", "2014-01-01", ""), statement("first", "2013-08-15", ""), statement("ended", "2014-02-01", "2014-02-28")}
	for day, want := range map[string]string{"2013-08-15": "first", "2014-01-01": "second", "2014-02-28": "ended", "2014-03-01": "second"} {
		shown, err := all.On(cris.MustParseDate(day))
		require.NoError(t, err)
		require.Equal(t, want, shown.Edition, day)
	}
	require.True(t, all.InForce("second", cris.MustParseDate("2014-01-01")))
	require.False(t, all.InForce("second", cris.MustParseDate("2013-12-31")))
	require.False(t, all.InForce("third", cris.MustParseDate("2014-01-01")))
	require.False(t, all.InForce("", cris.MustParseDate("2014-01-01")))
	_, err := all.On(cris.MustParseDate("2013-08-14"))
	require.ErrorIs(t, err, cris.ErrNotFound)
	_, err = cris.Statements(nil).On(cris.MustParseDate("2013-08-15"))
	require.ErrorIs(t, err, cris.ErrNotFound)
}

func TestER7_AStatementHasItsFourPartsInBothLanguages(t *testing.T) {
	require.NoError(t, statement("whole", "2013-08-15", "2013-08-15").Check())
	for name, spoil := range map[string]func(*cris.Statement){
		"no edition":            func(s *cris.Statement) { s.Edition = "" },
		"no authority":          func(s *cris.Statement) { s.Authority = cris.Phrase{} },
		"no purpose in Spanish": func(s *cris.Statement) { s.Purpose.Spanish = "" },
		"no routine uses":       func(s *cris.Statement) { s.RoutineUses.English = "" },
		"not said if mandatory": func(s *cris.Statement) { s.Disclosure = cris.Phrase{} },
		"ends before it begins": func(s *cris.Statement) { s.Until = s.From.AddDays(-1) },
	} {
		s := statement("whole", "2013-08-15", "")
		spoil(&s)
		require.Error(t, s.Check(), name)
	}
}

func TestER7_AnEditionThatWasNotShownOrIsNotInForceIsAFault(t *testing.T) {
	notShown, notInForce := cris.Reason{Code: "not_shown"}, cris.Reason{Code: "not_in_force"}
	all := cris.Statements{statement("first", "2013-08-15", "2013-12-31")}
	for _, tt := range []struct {
		edition, day string
		want         []cris.Reason
	}{
		{"first", "2013-12-31", nil},
		{"first", "2014-01-01", []cris.Reason{notInForce}},
		{"second", "2013-12-31", []cris.Reason{notInForce}},
		{"", "2013-12-31", []cris.Reason{notShown}},
	} {
		require.Equal(t, tt.want, all.Faults(tt.edition, cris.MustParseDate(tt.day), notShown, notInForce), "%q %s", tt.edition, tt.day)
	}
}
