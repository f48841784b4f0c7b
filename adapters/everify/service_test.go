package everify_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// The service speaks with E-Verify over the wire: what the individual is told, and no case
// stays open.
func TestService_OverTheWire(t *testing.T) {
	clock := selfchecktest.NewClock(selfchecktest.Start().Format(time.RFC3339Nano))
	for name, test := range map[string]struct {
		script everifytest.Script
		choice selfcheck.Choice // "" for none
		result selfcheck.Result
		breaks everifytest.Request
	}{
		"authorized":                  {result: selfcheck.WorkAuthorizationConfirmed},
		"authorized, submit lost":     {result: selfcheck.WorkAuthorizationConfirmed, breaks: everifytest.Submit},
		"authorized, draft lost":      {result: selfcheck.WorkAuthorizationConfirmed, breaks: everifytest.Create},
		"declined":                    {everifytest.Script{Submit: everifytest.SSAMismatch}, selfcheck.Decline, selfcheck.SSAMismatch, ""},
		"declined, closing lost":      {everifytest.Script{Submit: everifytest.BothMismatches}, selfcheck.Decline, selfcheck.BothMismatches, everifytest.Close},
		"resolved":                    {everifytest.Script{Submit: everifytest.DHSMismatch}, selfcheck.Resolve, selfcheck.ImmigrationMismatch, everifytest.Refer},
		"a photo is to be compared":   {script: everifytest.Script{Submit: everifytest.PhotoMatch}},
		"unconfirmed, then a result":  {script: everifytest.Script{Submit: everifytest.Unconfirmed}, result: selfcheck.WorkAuthorizationConfirmed},
		"unconfirmed, and lost twice": {script: everifytest.Script{Submit: everifytest.Unconfirmed}, result: selfcheck.WorkAuthorizationConfirmed, breaks: everifytest.Confirm},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				w.serveBy(everifytest.Config{Now: clock.Now})
				w.server.SetScript("", test.script)
				if test.breaks != "" {
					w.server.Break(test.breaks, everifytest.LostAfter)
				}
				check := selfchecktest.NewSelfCheck(memory.New().SelfChecks(), func(s *selfchecktest.SelfCheck) {
					s.EVerify, s.Clock = w.Client, clock
				})
				token := selfchecktest.Token(1)
				_, err := check.Prove(t.Context(), token, selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
				require.NoError(t, err)
				answer, err := check.Query(t.Context(), token, selfchecktest.NewI9())
				require.NoError(t, err)
				if answer.Outcome == selfcheck.QueryUnconfirmed {
					mended := selfchecktest.NewI9()
					answer, err = check.Confirm(t.Context(), token, mended)
					require.NoError(t, err)
				}
				require.Equal(t, test.result, answer.Result)
				if test.choice != "" {
					_, err = check.Resolve(t.Context(), token, test.choice)
					require.NoError(t, err)
				}
				if test.choice == selfcheck.Resolve {
					require.Len(t, w.server.OpenCases(), 1, "an agency resolves it")
					require.Equal(t, "REFERRED", w.server.OpenCases()[0].Status)
				} else {
					require.Empty(t, w.server.OpenCases())
				}
				cases := w.server.Cases()
				require.Len(t, cases, 1)
				require.Equal(t, string(token.Transaction()), cases[0].EmployerCaseID())
				require.Equal(t, 1, cases[0].Done("submitted"))
				require.Equal(t, cris.DateOf(clock.Now(), cris.AgencyZone()).String(), cases[0].Fields["date_of_hire"])
			}, func(c *everify.Config) { c.Now = clock.Now })
		})
	}
}
