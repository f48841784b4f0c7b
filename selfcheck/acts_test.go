package selfcheck_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// acts are what a service does with one transaction. Each saves something if it is due.
var acts = map[string]func(context.Context, *selfcheck.Service, selfcheck.TransactionID) error{
	"query": func(ctx context.Context, s *selfcheck.Service, id selfcheck.TransactionID) error {
		_, err := s.Query(ctx, id, selfchecktest.NewI9())
		return err
	},
	"resolve": func(ctx context.Context, s *selfcheck.Service, id selfcheck.TransactionID) error {
		_, err := s.Resolve(ctx, id, selfcheck.Decline)
		return err
	},
	"close": func(ctx context.Context, s *selfcheck.Service, id selfcheck.TransactionID) error {
		return s.CloseCase(ctx, id)
	},
	"settle opened": func(ctx context.Context, s *selfcheck.Service, id selfcheck.TransactionID) error {
		return s.SettleOpened(ctx, id, "EV0000000000001")
	},
	"settle not opened": func(ctx context.Context, s *selfcheck.Service, id selfcheck.TransactionID) error {
		return s.SettleNotOpened(ctx, id)
	},
}

// due returns a store in which the named act has something to save, and its transaction.
func due(t *testing.T, name string) (check, *selfchecktest.FakeEVerify, selfcheck.TransactionID) {
	t.Helper()
	switch name {
	case "query":
		everify := selfchecktest.NewFakeEVerify()
		check := newCheck(selfchecktest.NewFakeIdP(), everify)
		return check, everify, check.proved(t)
	case "settle opened", "settle not opened":
		return unrecorded(t)
	}
	return mismatched(t, selfcheck.FindingSSAMismatch)
}

func TestService_ConflictIsTriedFiveTimes(t *testing.T) {
	for name, act := range acts {
		t.Run(name, func(t *testing.T) {
			check, everify, id := due(t, name)
			before := check.record(t, id)
			store := &busyStore{Store: check.store, left: 1000}
			service := selfcheck.NewService(store, selfchecktest.NewFakeIdP(), everify, &selfcheck.Options{Now: selfchecktest.Start})
			require.ErrorIs(t, act(t.Context(), service, id), cris.ErrConflict)
			require.Equal(t, 995, store.left)
			require.Equal(t, before, check.record(t, id))

			store.left = 4
			require.NoError(t, act(t.Context(), service, id), "the fifth try counts")
			require.NotEqual(t, before, check.record(t, id))
		})
	}
	t.Run("prove", func(t *testing.T) {
		db := memory.New()
		store := &busyStore{Store: db.SelfChecks(), left: 1000}
		service := selfcheck.NewService(store, selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), &selfcheck.Options{Now: selfchecktest.Start})
		_, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
		require.ErrorIs(t, err, cris.ErrConflict)
		require.Equal(t, 995, store.left)

		store.left = 4
		_, err = service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
		require.NoError(t, err)
	})
}

func TestService_AClockThatCannotBeRightSavesNothing(t *testing.T) {
	for _, now := range []time.Time{{}, time.Unix(0, 0), time.Date(9900, 1, 1, 0, 0, 0, 0, time.UTC)} {
		for name, act := range acts {
			if name == "settle not opened" {
				continue // it reads no clock: nothing that it saves has a time
			}
			check, everify, id := due(t, name)
			before, queries, open := check.record(t, id), everify.Queries(), everify.Open()
			service := selfcheck.NewService(check.store, selfchecktest.NewFakeIdP(), everify, &selfcheck.Options{Now: func() time.Time { return now }})
			require.ErrorIs(t, act(t.Context(), service, id), cris.ErrClock, name)
			require.Equal(t, before, check.record(t, id), name)
			require.Equal(t, queries, everify.Queries(), "%s: E-Verify is not asked", name)
			require.Equal(t, open, everify.Open(), "%s: no case is closed", name)
		}
		idp := selfchecktest.NewFakeIdP()
		check := newCheck(idp, selfchecktest.NewFakeEVerify())
		check.Clock.Set(now.Format(time.RFC3339))
		_, err := check.Prove(t.Context(), shown, selfchecktest.NewApplicant())
		require.ErrorIs(t, err, cris.ErrClock)
		require.Empty(t, idp.Asked(), "the provider is not asked")
		require.Empty(t, check.events(t))
	}
}

// Whoever asks by an invented transaction gets a decision, and staff an error.
func TestService_UnknownTransaction(t *testing.T) {
	for name, act := range acts {
		check, _, _ := due(t, name)
		err := act(t.Context(), check.Service, "unknown")
		if name == "query" || name == "resolve" {
			require.NoError(t, err, name)
		} else {
			require.ErrorIs(t, err, cris.ErrNotFound, name)
		}
		_, err = check.store.Record(t.Context(), "unknown")
		require.ErrorIs(t, err, cris.ErrNotFound, "%s leaves nothing behind", name)
	}
}

func TestPolicy_ZeroIsTheDefaultInEveryDecision(t *testing.T) {
	check, _, id := mismatched(t, selfcheck.FindingDHSMismatch)
	record := check.record(t, id)
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
	none := selfcheck.Policy{MinQuestions: -1, MaxQuestions: -1, MinAge: -1, ImmigrationWait: -1}
	require.Equal(t, selfchecktest.Start(), selfcheck.DecideResolution(record, selfcheck.Resolve, none).Call.EarliestCall)
	idp := selfchecktest.NewFakeIdP(selfchecktest.Quiz{Outcome: selfcheck.IdPPassed}, selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 1000})
	free := selfcheck.NewService(check.store, idp, selfchecktest.NewFakeEVerify(), &selfcheck.Options{Now: selfchecktest.Start, Policy: &none})
	for range 2 {
		proofing, err := free.Prove(t.Context(), shown, selfchecktest.NewApplicant(bornOn("2013-08-15")))
		require.NoError(t, err)
		require.Equal(t, selfcheck.Authenticated, proofing.Outcome, "%v", proofing.Reasons)
	}
	called, err := free.Resolve(t.Context(), id, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfchecktest.Start(), called.Call.EarliestCall)

	// A field that is left at zero means its default, whatever the others say.
	service := selfcheck.NewService(check.store, selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(),
		&selfcheck.Options{Now: selfchecktest.Start, Policy: &selfcheck.Policy{MaxQuestions: 3}})
	resolution, err := service.Resolve(t.Context(), id, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfchecktest.Start().Add(72*time.Hour), resolution.Call.EarliestCall)
}
