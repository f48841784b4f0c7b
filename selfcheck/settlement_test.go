package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// unrecorded returns a check and a transaction whose case was opened, and could
// neither be recorded nor closed.
func unrecorded(t *testing.T) (check, *selfchecktest.FakeEVerify, selfcheck.TransactionID) {
	t.Helper()
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FindingSSAMismatch})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	check.store.failAfter = 2 // the reservation is saved, the case is not
	everify.FailToClose(selfchecktest.ErrUnreachable)
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, errStore)
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.ErrorContains(t, err, "EV0000000000001", "the number is nowhere else")
	everify.FailToClose(nil)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
	require.ErrorIs(t, check.CloseCase(t.Context(), id), selfcheck.ErrCaseUnknown)
	return check, everify, id
}

func TestSC11_CaseThatStaffFoundIsRecordedAndClosed(t *testing.T) {
	check, everify, id := unrecorded(t)
	require.Len(t, everify.Open(), 1)
	for range 2 {
		require.NoError(t, check.SettleOpened(t.Context(), id, "EV0000000000001"))
		require.Empty(t, everify.Open())
		require.Empty(t, check.openCases(t))
		require.Equal(t, []string{
			"proofing_passed map[]",
			"queried map[case:EV0000000000001 result:]",
			"case_closed map[case:EV0000000000001 reason:no_result]",
		}, check.events(t))
	}
	query := check.record(t, id).Query
	require.Equal(t, selfcheck.CaseNumber("EV0000000000001"), query.Case)
	require.Equal(t, selfcheck.ClosedNoResult, query.Closure)
	require.Equal(t, selfchecktest.Start(), query.Closed)

	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, reasons("no_result"), answer.Reasons)
	require.ErrorIs(t, check.SettleOpened(t.Context(), id, "EV0000000000002"), selfcheck.ErrConflict)
	require.ErrorIs(t, check.SettleNotOpened(t.Context(), id), selfcheck.ErrConflict)
}

func TestSC11_CaseThatEVerifyDoesNotKnowIsNotRecorded(t *testing.T) {
	check, everify, id := unrecorded(t)
	before := check.record(t, id)
	for _, mistyped := range []selfcheck.CaseNumber{"EV0000000000010", "", "EV\x00", "EV\xff"} {
		require.Error(t, check.SettleOpened(t.Context(), id, mistyped))
		require.Equal(t, before, check.record(t, id))
	}
	var malformed *cris.ParseError
	require.ErrorAs(t, check.SettleOpened(t.Context(), id, "EV\x00"), &malformed)
	require.Equal(t, cris.ParseError{What: "E-Verify case number", At: -1, Problem: "want one line of at most 40 bytes"}, *malformed)
	require.Len(t, everify.Open(), 1)

	// If the store fails in between, staff repeats it.
	check.store.failAfter = 2 // the number is saved, the closing is not
	require.ErrorIs(t, check.SettleOpened(t.Context(), id, "EV0000000000001"), errStore)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
	require.NoError(t, check.SettleOpened(t.Context(), id, "EV0000000000001"))
	require.Empty(t, check.openCases(t))
}

func TestSC1_QueryForWhichNoCaseWasOpenedMayBeMade(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Err: selfchecktest.ErrUnreachable})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	for range 2 {
		require.NoError(t, check.SettleNotOpened(t.Context(), id))
		require.Equal(t, selfcheck.Record{Pass: passed(id)}, check.record(t, id))
		require.Empty(t, check.openCases(t))
	}
	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.ErrorIs(t, check.SettleNotOpened(t.Context(), id), selfcheck.ErrConflict)
}

func TestSC11_SettlingWhatIsNotThere(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Passed, selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3}), selfchecktest.NewFakeEVerify())
	proved := check.proved(t)
	failed, err := check.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	for _, id := range []selfcheck.TransactionID{proved, failed.Transaction, "unknown", "", "a\x00b", "caf\xe9"} {
		require.ErrorIs(t, check.SettleOpened(t.Context(), id, "EV0000000000001"), selfcheck.ErrNotFound)
	}
	for _, id := range []selfcheck.TransactionID{"unknown", "", "a\x00b", "caf\xe9"} {
		require.ErrorIs(t, check.SettleNotOpened(t.Context(), id), selfcheck.ErrNotFound)
	}
	require.NoError(t, check.SettleNotOpened(t.Context(), proved), "no query, nothing to settle")
}

// The case of one individual is not closed because staff took it for another's.
func TestSC11_SettlingAProofingWithoutAQueryClosesNoCase(t *testing.T) {
	check, everify, _ := mismatched(t, selfcheck.FindingSSAMismatch)
	proved := check.proved(t)
	require.ErrorIs(t, check.SettleOpened(t.Context(), proved, "EV0000000000001"), selfcheck.ErrNotFound)
	require.Equal(t, []selfcheck.CaseNumber{"EV0000000000001"}, everify.Open())
	require.Zero(t, check.record(t, proved).Query)
}

// Staff that settles a query too early does no harm: the case that is opened after
// all is closed, and no other query is disturbed.
func TestSC11_CaseOpenedAfterItsQueryWasSettledIsClosed(t *testing.T) {
	for name, settle := range map[string]func(check, selfcheck.TransactionID) error{
		"not opened": func(c check, id selfcheck.TransactionID) error { return c.SettleNotOpened(context.Background(), id) },
		"not opened, and made again": func(c check, id selfcheck.TransactionID) error {
			err := c.SettleNotOpened(context.Background(), id)
			_, again := c.Query(context.Background(), id, selfchecktest.NewI9())
			return errors.Join(err, again)
		},
	} {
		t.Run(name, func(t *testing.T) {
			everify := selfchecktest.NewFakeEVerify(
				selfchecktest.Verification{Finding: selfcheck.FindingAuthorized}, selfchecktest.Verification{Finding: selfcheck.FindingSSAMismatch})
			var check check
			var id selfcheck.TransactionID
			settled := false
			check = newCheck(selfchecktest.NewFakeIdP(), everifyFunc{everify, func() {
				if !settled {
					settled = true
					require.NoError(t, settle(check, id))
				}
			}})
			id = check.proved(t)
			_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
			require.ErrorIs(t, err, selfcheck.ErrConflict)
			require.Empty(t, everify.Open())
			require.Empty(t, check.openCases(t))
		})
	}
}

// forgetfulStore saves, and then says that it gave up, on the numbered Updates.
type forgetfulStore struct {
	selfcheck.Store
	gaveUp  map[int]bool
	updates int
}

func (s *forgetfulStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	s.updates++
	err := s.Store.Update(ctx, id, decide)
	if err == nil && s.gaveUp[s.updates] {
		return fmt.Errorf("busy: %w", selfcheck.ErrConflict)
	}
	return err
}

// busyStore gives up a number of times before each Update that it saves.
type busyStore struct {
	selfcheck.Store
	giveUps, left int
}

func (s *busyStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	if s.left > 0 {
		s.left--
		return fmt.Errorf("busy: %w", selfcheck.ErrConflict)
	}
	s.left = s.giveUps
	return s.Store.Update(ctx, id, decide)
}

func TestSC11_BusyStoreLosesNoCase(t *testing.T) {
	for name, wrap := range map[string]func(selfcheck.Store) selfcheck.Store{
		"gives up": func(store selfcheck.Store) selfcheck.Store { return &busyStore{store, 4, 4} },
		"saves and says that it gave up": func(store selfcheck.Store) selfcheck.Store {
			// Of the proofing, of the case and of its closing; each Update before was saved at the first try.
			return &forgetfulStore{Store: store, gaveUp: map[int]bool{1: true, 4: true, 6: true}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, everify := memory.New(), selfchecktest.NewFakeEVerify()
			world := func(s *selfchecktest.SelfCheck) { s.EVerify = everify }
			check := check{selfchecktest.NewSelfCheck(wrap(db.SelfChecks()), world), db, &faultyStore{Store: db.SelfChecks()}}
			id := check.proved(t)
			answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
			require.NoError(t, err)
			require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
			require.False(t, answer.Open)
			require.Empty(t, check.openCases(t))
			require.Len(t, check.events(t), 3)
		})
	}
}

func TestSC11_StoreThatStaysBusyIsGivenUp(t *testing.T) {
	db, everify := memory.New(), selfchecktest.NewFakeEVerify()
	store := &busyStore{Store: db.SelfChecks()}
	service := selfcheck.NewService(store, selfchecktest.NewFakeIdP(), everify, nil)
	proofing, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	store.left = 1000
	_, err = service.Query(t.Context(), proofing.Transaction, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfcheck.ErrConflict)
	require.Equal(t, 995, store.left)
	require.Empty(t, everify.Queries())
}
