package selfcheck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestER7_TheStatementsAreWhole(t *testing.T) {
	for _, statement := range selfcheck.Statements() {
		require.NoError(t, statement.Check())
		for _, use := range "ABCDEFGHI" {
			require.Contains(t, statement.RoutineUses.English, "("+string(use)+")")
			require.Contains(t, statement.RoutineUses.Spanish, "("+string(use)+")")
		}
	}
	selfcheck.Statements()[0].Edition = "changed"
	require.Equal(t, shown, selfcheck.Statements()[0].Edition)
}

func TestER7_TheStatementIsInForceFromTheDayOfTheNotice(t *testing.T) {
	for day, want := range map[string][]cris.Reason{
		"2011-02-15": reasons("statement_not_in_force"), "2011-02-16": nil, "2026-01-01": nil,
	} {
		decision := selfcheck.DecideApplicant(shown, selfchecktest.NewApplicant(), cris.MustParseDate(day), selfcheck.Policy{})
		require.Equal(t, want, decision.Reasons, day)
	}
}

// revised has two editions: the second is in force from August 16, 2013, the day after
// selfchecktest.Start.
func revised() (first, second cris.Statement) {
	first = selfcheck.Statements()[0]
	second = first
	second.Edition, second.From = "second", cris.MustParseDate("2013-08-16")
	first.Until = second.From.AddDays(-1)
	return first, second
}

func TestER7_TheStatementShownIsNamedAndInForce(t *testing.T) {
	first, second := revised()
	policy := selfcheck.Policy{Statements: cris.Statements{first, second}}
	for _, tc := range []struct {
		day, edition string
		want         []cris.Reason
	}{
		{"2013-08-15", "", reasons("statement_not_shown")},
		{"2013-08-15", "another", reasons("statement_not_in_force")},
		{"2013-08-15", " " + first.Edition, reasons("statement_not_in_force")},
		{"2013-08-15", "a\x00b", reasons("statement_not_in_force")},
		{"2013-08-15", second.Edition, reasons("statement_not_in_force")},
		{"2013-08-15", first.Edition, nil},
		{"2013-08-16", first.Edition, reasons("statement_not_in_force")},
		{"2013-08-16", second.Edition, nil},
	} {
		decision := selfcheck.DecideApplicant(tc.edition, selfchecktest.NewApplicant(), cris.MustParseDate(tc.day), policy)
		require.Equal(t, tc.want, decision.Reasons, "%q on %s", tc.edition, tc.day)
		if tc.want != nil {
			require.Equal(t, selfcheck.ApplicantRefused, decision.Outcome)
			require.Zero(t, decision.Sent)
		}
	}
	everything := selfcheck.DecideApplicant("", selfcheck.Applicant{}, today, policy)
	require.Equal(t, reasons("name_missing", "birth_date_missing", "residence_missing", "statement_not_shown"), everything.Reasons)
}

func TestER7_NothingBeginsWithoutTheStatement(t *testing.T) {
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	for edition, want := range map[string]cris.Code{"": "statement_not_shown", "another": "statement_not_in_force"} {
		proofing, err := check.Prove(t.Context(), selfcheck.NewToken(), edition, selfchecktest.NewApplicant())
		require.NoError(t, err)
		require.Equal(t, selfcheck.Proofing{Outcome: selfcheck.NotStarted, Reasons: reasons(want)}, proofing)
	}
	require.Empty(t, idp.Asked())
	require.Zero(t, check.store.updates)
}

func TestER7_ThePolicysZoneSaysWhichStatementIsShown(t *testing.T) {
	first, second := revised()
	for _, tc := range []struct {
		zone *time.Location
		last string // the last minute of the first statement
	}{
		{nil, "2013-08-16T03:59:00Z"},
		{time.UTC, "2013-08-15T23:59:00Z"},
	} {
		check := selfchecktest.NewSelfCheck(memory.New().SelfChecks(), func(s *selfchecktest.SelfCheck) {
			s.Clock = selfchecktest.NewClock(tc.last)
			s.Policy = selfcheck.Policy{Zone: tc.zone, Statements: cris.Statements{first, second}}
		})
		for _, want := range []cris.Statement{first, second} {
			statement, err := check.Statement()
			require.NoError(t, err)
			require.Equal(t, want, statement)
			for _, edition := range []string{first.Edition, second.Edition} {
				proofing, err := check.Prove(t.Context(), selfcheck.NewToken(), edition, selfchecktest.NewApplicant())
				require.NoError(t, err)
				require.Equal(t, edition == want.Edition, proofing.Outcome == selfcheck.Authenticated, edition)
			}
			check.Clock.Advance(time.Minute)
		}
	}
}

// The second step goes by the record: the statement was shown before the first.
func TestER7_TheRecordOfAPassNamesTheStatement(t *testing.T) {
	first, second := revised()
	db := memory.New()
	check := selfchecktest.NewSelfCheck(db.SelfChecks(), func(s *selfchecktest.SelfCheck) {
		s.Policy = selfcheck.Policy{Statements: cris.Statements{first, second}}
	})
	check.Clock.Set("2013-08-16T03:59:00Z") // the last minute of the first statement
	proofing, err := check.Prove(t.Context(), token, first.Edition, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, first.Edition, proofing.Pass.Statement)

	check.Clock.Advance(time.Minute)
	answer, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
	record, err := db.SelfChecks().Record(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, first.Edition, record.Pass.Statement)
}

func TestER7_NoQueryOfAPassWithoutAStatement(t *testing.T) {
	pass := selfchecktest.NewPassedProofing("check-1", func(p *selfcheck.PassedProofing) { p.Statement = "" })
	decision := selfcheck.DecideQuery(pass.Identity(), selfchecktest.NewI9(), today)
	require.Equal(t, selfcheck.QueryRefused, decision.Outcome)
	require.Contains(t, decision.Reasons, reason("no_passed_proofing"))
}

func TestER7_NobodyBeginsWhereNoStatementIsInForce(t *testing.T) {
	check := selfchecktest.NewSelfCheck(memory.New().SelfChecks(), func(s *selfchecktest.SelfCheck) {
		s.Policy = selfcheck.Policy{Statements: cris.Statements{}}
	})
	_, err := check.Statement()
	require.ErrorIs(t, err, cris.ErrNotFound)
	proofing, err := check.Prove(t.Context(), selfcheck.NewToken(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, reasons("statement_not_in_force"), proofing.Reasons)

	check.Clock.Set("0001-01-01T00:00:00Z")
	_, err = check.Statement()
	require.ErrorIs(t, err, cris.ErrClock)
}

// A caller who changes a policy after the service was made changes nothing.
func TestNewService_KeepsItsPolicy(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(),
		&selfcheck.Options{Now: selfchecktest.Start, Policy: &policy})
	before, err := service.Statement()
	require.NoError(t, err)
	policy.Statements[0] = cris.Statement{}
	after, err := service.Statement()
	require.NoError(t, err)
	require.Equal(t, before, after)
}
