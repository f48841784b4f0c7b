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

func TestSC1_SameQueryAgainIsAnsweredFromTheRecord(t *testing.T) {
	for name, finding := range map[string]selfcheck.Finding{
		"confirmed": selfcheck.FindingAuthorized, "SSA": selfcheck.FindingSSAMismatch,
		"immigration": selfcheck.FindingStateMismatch, "no result": "",
	} {
		t.Run(name, func(t *testing.T) {
			everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: finding})
			check := newCheck(selfchecktest.NewFakeIdP(), everify)
			id := check.proved(t)
			lost, err := check.Query(t.Context(), id, selfchecktest.NewI9())
			require.NoError(t, err)
			events := check.events(t)

			// Entered in small letters and with blanks, it is the same query.
			entered := selfchecktest.NewI9()
			entered.PassportNumber = cris.NewPersonal("5128 03467")
			for range 2 {
				again, err := check.Query(t.Context(), id, entered)
				require.NoError(t, err)
				require.Equal(t, lost, again)
			}
			require.Len(t, everify.Queries(), 1)
			require.Equal(t, events, check.events(t))

			// So it is once the case is closed.
			require.NoError(t, check.CloseCase(t.Context(), id))
			again, err := check.Query(t.Context(), id, entered)
			require.NoError(t, err)
			lost.Open = false
			require.Equal(t, lost, again)
		})
	}
}

func TestSC1_SameQueryIsJudgedAsOnTheDayOfItsSubmission(t *testing.T) {
	db, now := memory.New(), selfchecktest.Start()
	everify := selfchecktest.NewFakeEVerify()
	service := selfcheck.NewService(db.SelfChecks(), selfchecktest.NewFakeIdP(), everify, &selfcheck.Options{
		Now: func() time.Time { return now },
	})
	proofing, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	entered := selfchecktest.NewI9()
	entered.ExpirationDate = cris.NewPersonal(cris.DateOf(now, cris.AgencyZone())) // on that very day
	first, err := service.Query(t.Context(), proofing.Transaction, entered)
	require.NoError(t, err)
	now = now.AddDate(0, 0, 2)
	again, err := service.Query(t.Context(), proofing.Transaction, entered)
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, selfchecktest.Start(), again.Queried)
}

func TestSC1_OtherQueryIsRefusedAndTellsNothing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FindingSSAMismatch})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	for name, alter := range map[string]func(*selfcheck.I9){
		"nothing entered": func(entered *selfcheck.I9) { *entered = selfcheck.I9{} },
		"another passport": func(entered *selfcheck.I9) {
			entered.PassportNumber = cris.NewPersonal("512803468")
		},
		"another date": func(entered *selfcheck.I9) {
			entered.ExpirationDate = cris.NewPersonal(cris.MustParseDate("2030-12-30"))
		},
		"another status": func(entered *selfcheck.I9) { entered.Status = selfcheck.NoncitizenNational },
		"malformed":      func(entered *selfcheck.I9) { entered.PassportNumber = cris.NewPersonal("?") },
		"SC-7: the proved number, entered again": func(entered *selfcheck.I9) {
			entered.SSN = selfchecktest.NewApplicant().SSN
		},
	} {
		t.Run(name, func(t *testing.T) {
			entered := selfchecktest.NewI9()
			alter(&entered)
			answer, err := check.Query(t.Context(), id, entered)
			require.NoError(t, err)
			require.Equal(t, selfcheck.Answer{Outcome: selfcheck.QueryRefused, Reasons: reasons("query_made_already")}, answer)
		})
	}
	require.Len(t, everify.Queries(), 1)
}
