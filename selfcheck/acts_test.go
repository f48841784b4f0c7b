package selfcheck_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// acts are what a service does with one transaction, each with a check in which it has
// something to save.
var acts = map[string]struct {
	due func(*testing.T) (check, *selfchecktest.FakeEVerify)
	act func(context.Context, *selfcheck.Service) error
}{
	"begin": {
		func(*testing.T) (check, *selfchecktest.FakeEVerify) {
			everify := selfchecktest.NewFakeEVerify()
			return newCheck(selfchecktest.NewFakeIdP(), everify), everify
		},
		func(ctx context.Context, s *selfcheck.Service) error {
			_, err := s.Begin(ctx, token, shown, selfchecktest.NewApplicant(), cris.English)
			return err
		},
	},
	"conclude": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) {
			t.Helper()
			everify := selfchecktest.NewFakeEVerify()
			check := newCheck(selfchecktest.NewFakeIdP(), everify)
			check.begin(t)
			return check, everify
		},
		func(ctx context.Context, s *selfcheck.Service) error {
			_, err := s.Conclude(ctx, token, "")
			return err
		},
	},
	"query": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) { t.Helper(); return proved(t) },
		func(ctx context.Context, s *selfcheck.Service) error {
			_, err := s.Query(ctx, token, selfchecktest.NewI9())
			return err
		},
	},
	"confirm": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) {
			t.Helper()
			check, everify := proved(t, selfchecktest.Verification{Confirm: []selfcheck.Field{selfcheck.FieldPassportNumber}})
			check.query(t)
			return check, everify
		},
		func(ctx context.Context, s *selfcheck.Service) error {
			_, err := s.Confirm(ctx, token, selfchecktest.NewI9())
			return err
		},
	},
	"resolve": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) { t.Helper(); return mismatched(t, ssaMismatch) },
		func(ctx context.Context, s *selfcheck.Service) error {
			_, err := s.Resolve(ctx, token, selfcheck.Decline)
			return err
		},
	},
	"end": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) { t.Helper(); return mismatched(t, ssaMismatch) },
		func(ctx context.Context, s *selfcheck.Service) error { return s.End(ctx, token) },
	},
	"settle found": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) { t.Helper(); return unknownCase(t) },
		func(ctx context.Context, s *selfcheck.Service) error {
			return s.SettleFound(ctx, settler, id, selfchecktest.CaseNumber(1))
		},
	},
	"settle not opened": {
		func(t *testing.T) (check, *selfchecktest.FakeEVerify) {
			t.Helper()
			check, everify := unknownCase(t)
			require.NoError(t, check.store.Update(t.Context(), id, func(prior selfcheck.Record) (selfcheck.Change, error) {
				prior.Query.Claimed = time.Time{} // nobody speaks with E-Verify about it any more
				return selfcheck.Change{Query: &prior.Query}, nil
			}))
			return check, everify
		},
		func(ctx context.Context, s *selfcheck.Service) error { return s.SettleNotOpened(ctx, settler, id) },
	},
}

// service is another service over the store of the check.
func (c check) service(store selfcheck.Store, now func() time.Time) *selfcheck.Service {
	return selfcheck.NewService(store, c.IdP, c.EVerify, &selfcheck.Options{Now: now})
}

func TestService_ConflictIsTriedAgain(t *testing.T) {
	for name, act := range acts {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				check, _ := act.due(t)
				before := check.record(t)
				store := &busyStore{Store: check.store, left: 1000}
				service := check.service(store, selfchecktest.Start)
				require.ErrorIs(t, act.act(t.Context(), service), cris.ErrConflict)
				require.Equal(t, 1000-retry.DefaultPolicy().Tries, store.left)
				require.Equal(t, before, check.record(t))

				store.left = 4
				require.NoError(t, act.act(t.Context(), service))
				require.NotEqual(t, before, check.record(t))
			})
		})
	}
}

func TestService_AClockThatCannotBeRightSavesNothing(t *testing.T) {
	for _, now := range []time.Time{{}, time.Unix(0, 0), time.Date(9900, 1, 1, 0, 0, 0, 0, time.UTC)} {
		for name, act := range acts {
			check, everify := act.due(t)
			before, open := check.record(t), everify.OpenCases()
			service := check.service(check.store, func() time.Time { return now })
			require.ErrorIs(t, act.act(t.Context(), service), cris.ErrClock, name)
			require.Equal(t, before, check.record(t), name)
			require.Equal(t, open, everify.OpenCases(), "%s: no case is opened or closed", name)
		}
		check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
		_, err := check.service(check.store, func() time.Time { return now }).Sweep(t.Context())
		require.ErrorIs(t, err, cris.ErrClock)
	}
}

func TestPolicy_ZeroIsTheDefaultInEveryDecision(t *testing.T) {
	check, _ := mismatched(t, immigrationMismatch)
	record := check.record(t)
	standard := selfcheck.DefaultPolicy()
	require.Equal(t,
		selfcheck.DecideResolution(record, selfcheck.Resolve, standard),
		selfcheck.DecideResolution(record, selfcheck.Resolve, selfcheck.Policy{}))
	require.Equal(t,
		selfcheck.DecideRepeatedQuery(record, selfchecktest.NewI9(), standard),
		selfcheck.DecideRepeatedQuery(record, selfchecktest.NewI9(), selfcheck.Policy{}))
	tooYoung := selfchecktest.NewApplicant(bornOn("1999-08-16"))
	require.Equal(t, reasons("too_young"), selfcheck.DecideApplicant(shown, tooYoung, today, standard).Reasons)
	require.Equal(t, reasons("too_young"), selfcheck.DecideApplicant(shown, tooYoung, today, selfcheck.Policy{}).Reasons)

	// A negative figure is no such limit or wait, in the service as in the decisions.
	none := selfcheck.Policy{MinQuestions: -1, MaxQuestions: -1, MinAge: -1, ImmigrationWait: -1, PassLife: -1, MaxQuizzes: -1, QuizLife: -1, ChoiceLife: -1, ResolveLife: -1}
	require.Equal(t, selfchecktest.Start(), selfcheck.DecideResolution(record, selfcheck.Resolve, none).Call.EarliestCall)
	idp := selfchecktest.NewFakeIdP(
		selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Number: "IDP-a"}, selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 1000, Number: "IDP-b"})
	clock := selfchecktest.Start()
	free := selfcheck.NewService(check.store, idp, check.EVerify, &selfcheck.Options{Now: func() time.Time { return clock }, Policy: &none})
	for n := range 2 {
		other := selfchecktest.Token(10 + n)
		for range 4 { // the page may be lost as often as one likes
			_, err := free.Begin(t.Context(), other, shown, selfchecktest.NewApplicant(bornOn("2013-08-15")), cris.English)
			require.NoError(t, err)
		}
		clock = clock.Add(4 * time.Minute)
		proofing, err := free.Conclude(t.Context(), other, "")
		require.NoError(t, err)
		require.Equal(t, selfcheck.Authenticated, proofing.Outcome, "%v", proofing.Reasons)
	}
	clock = clock.AddDate(5, 0, 0)
	swept, err := free.Sweep(t.Context())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Swept{}, swept, "nothing ends by itself")
	answer, err := free.Query(t.Context(), selfchecktest.Token(11), selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)

	// A field that is left at zero means its default, whatever the others say.
	service := selfcheck.NewService(check.store, selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(),
		&selfcheck.Options{Now: selfchecktest.Start, Policy: &selfcheck.Policy{MaxQuestions: 3}})
	resolution, err := service.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfchecktest.Start().Add(72*time.Hour), resolution.Call.EarliestCall)
}

func TestNewService_Defaults(t *testing.T) {
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), nil)
	before := time.Now().Add(-time.Second)
	_, err := service.Begin(t.Context(), token, shown, selfchecktest.NewApplicant(), "")
	require.NoError(t, err)
	proofing, err := service.Conclude(t.Context(), token, "")
	require.NoError(t, err)
	require.True(t, proofing.Pass.At.After(before))
}

func TestService_PolicyApplies(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	policy.MinQuestions = 4
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), func(s *selfchecktest.SelfCheck) { s.Policy = policy })
	check.begin(t)
	require.Equal(t, selfcheck.CouldNotGenerateQuestions, check.conclude(t).Failure.Reason)
}

func TestNewService_PolicyWithoutAZoneIsInTheAgencys(t *testing.T) {
	now := time.Date(2031, 1, 1, 4, 59, 0, 0, time.UTC) // still 2030 in New York
	for range 2 {
		check, _ := proved(t)
		service := selfcheck.NewService(check.store, check.IdP, check.EVerify, &selfcheck.Options{
			Policy: &selfcheck.Policy{PassLife: -1}, Now: func() time.Time { return now },
		})
		answer, err := service.Query(t.Context(), token, selfchecktest.NewI9()) // good to the end of 2030
		require.NoError(t, err)
		if now.Minute() == 59 {
			require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
		} else {
			require.Equal(t, reasons("document_expired"), answer.Reasons)
		}
		now = now.Add(time.Minute)
	}
}

func TestRules_ListsAllInOrder(t *testing.T) {
	var want, got []cris.RuleID
	for n := range 19 {
		want = append(want, cris.RuleID(fmt.Sprintf("SC-%d", n+1)))
	}
	for _, rule := range selfcheck.Rules() {
		got = append(got, rule.ID)
		require.NotEmpty(t, rule.Text)
		require.Equal(t, cris.SORN, rule.Document)
		require.NotEmpty(t, rule.Section)
	}
	require.Equal(t, want, got)
}

// busyStore gives up with a conflict so many times.
type busyStore struct {
	selfcheck.Store
	left int
}

func (s *busyStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	if s.left > 0 {
		s.left--
		return selfcheck.ErrConflict
	}
	return s.Store.Update(ctx, id, decide)
}

func TestSC3_NISTPolicyIsStricterThanTheNotices(t *testing.T) {
	for questions, want := range map[int]selfcheck.ProofingOutcome{
		3: selfcheck.NotAuthenticated, 4: selfcheck.Authenticated, 5: selfcheck.NotAuthenticated,
	} {
		quiz := selfchecktest.Passed
		quiz.Questions = questions
		check := newCheck(selfchecktest.NewFakeIdP(quiz), selfchecktest.NewFakeEVerify(), func(s *selfchecktest.SelfCheck) { s.Policy = selfcheck.NISTPolicy() })
		check.begin(t)
		check.later(2 * time.Minute)
		require.Equal(t, want, check.conclude(t).Outcome, questions)
	}
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), func(s *selfchecktest.SelfCheck) { s.Policy = selfcheck.NISTPolicy() })
	check.begin(t)
	check.later(2*time.Minute + time.Microsecond)
	require.Equal(t, reasons("quiz_abandoned"), check.conclude(t).Reasons)
}
