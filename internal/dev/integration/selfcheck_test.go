package integration_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC1_WholeCheckOnEachDatabase(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		store := open(t).SelfChecks()
		everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FindingSSAMismatch})
		service := selfcheck.NewService(store, selfchecktest.NewFakeIdP(), everify, nil)

		proofing, err := service.Prove(t.Context(), selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
		require.NoError(t, err)
		entered := selfchecktest.NewI9()
		entered.ExpirationDate = cris.NewPersonal(cris.MustParseDate("9999-12-31"))
		answer, err := service.Query(t.Context(), proofing.Transaction, entered)
		require.NoError(t, err)
		require.Equal(t, selfcheck.SSAMismatch, answer.Result)
		resolution, err := service.Resolve(t.Context(), proofing.Transaction, selfcheck.Resolve)
		require.NoError(t, err)
		require.Equal(t, answer.Queried, resolution.Form.Queried)
		require.NoError(t, service.CloseCase(t.Context(), proofing.Transaction))
		require.Empty(t, everify.Open())

		record, err := store.Record(t.Context(), proofing.Transaction)
		require.NoError(t, err)
		require.Equal(t, proofing.Pass.Identity(), record.Query.Query.Identity)
		require.Equal(t, selfcheck.ClosedSessionEnded, record.Query.Closure)
	})
}

// Anyone may call with an invented transaction, so nothing may be left of it. SQLite
// stands for both databases, as in TestPV3_ActsOnMissingRequestsLeaveNoRow.
func TestSC1_InventedTransactionsLeaveNoRow(t *testing.T) {
	sql := openDatabase(t, "sqlite", sqliteFile(t))
	service := selfcheck.NewService(migrated(t, sql).SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), nil)
	_, err := service.Prove(t.Context(), selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
	require.NoError(t, err)
	before := scopes(t, sql)
	require.Len(t, before, 1, "the count sees the row that an Update leaves")
	for _, id := range []selfcheck.TransactionID{"invented-1", "invented-2", ""} {
		answer, err := service.Query(t.Context(), id, selfchecktest.NewI9())
		require.NoError(t, err)
		require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
		resolution, err := service.Resolve(t.Context(), id, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
		require.ErrorIs(t, service.CloseCase(t.Context(), id), selfcheck.ErrNotFound)
		require.ErrorIs(t, service.SettleOpened(t.Context(), id, "EV1"), selfcheck.ErrNotFound)
		require.ErrorIs(t, service.SettleNotOpened(t.Context(), id), selfcheck.ErrNotFound)
	}
	require.Equal(t, before, scopes(t, sql))
}

func TestSC5_DatabaseFilesHoldNothingPersonalOfAFailure(t *testing.T) {
	folder := t.TempDir()
	store := migrated(t, openDatabase(t, "sqlite", "file:"+filepath.Join(folder, "cris.db")+"?_pragma=journal_mode(WAL)"))
	script := []selfchecktest.Quiz{
		{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 4, ErrorCode: "RF2"},
		{Outcome: selfcheck.IdPCouldNotGenerateQuestions, ErrorCode: "HE000050"},
		{Outcome: selfcheck.IdPFraudAlert},
		{Outcome: selfcheck.IdPMultipleAttempts, ErrorCode: "RF3"},
		{Outcome: selfcheck.IdPPassed, Questions: 1},
		{Outcome: selfcheck.IdPPassed, Questions: 5},
		{Outcome: selfcheck.IdPSystemError, ErrorCode: "912-73-6458"},
		{Err: errors.New("no answer for Lindqvistson")},
	}
	service := selfcheck.NewService(store.SelfChecks(), selfchecktest.NewFakeIdP(script...), selfchecktest.NewFakeEVerify(), nil)
	var transactions []string
	for range script {
		proofing, err := service.Prove(t.Context(), selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
		require.NoError(t, err)
		require.NotEqual(t, selfcheck.Authenticated, proofing.Outcome)
		_, err = service.Query(t.Context(), proofing.Transaction, selfchecktest.NewI9())
		require.NoError(t, err)
		transactions = append(transactions, string(proofing.Transaction))
	}
	require.Equal(t, transactions, foundIn(t, folder, transactions), "the failures themselves are there")
	require.Empty(t, foundIn(t, folder, applicantBytes()))

	// The same search finds what a pass leaves, and no address (SC-6).
	_, err := service.Prove(t.Context(), selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t,
		[]string{"Lindqvistson", "Ottoline", "Brackenbury", "912-73-6458", "1979-11-23"},
		foundIn(t, folder, applicantBytes()))
}

// applicantBytes are the values of the applicant in every form in which a database
// might hold them.
func applicantBytes() []string {
	name, address := selfchecktest.NewApplicant().Name.Reveal(), selfchecktest.NewApplicant().Residence.Reveal()
	return []string{
		name.Family, name.Given, name.Maiden,
		address.Street, address.Unit, address.City, address.ZIP.String(),
		"912-73-6458", "912736458", "1979-11-23", "19791123",
	}
}

// foundIn returns those of the values that the files of the folder contain.
func foundIn(t *testing.T, folder string, values []string) []string {
	t.Helper()
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	var everything []byte
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		require.NoError(t, err)
		everything = append(everything, content...)
	}
	var found []string
	for _, value := range values {
		if bytes.Contains(everything, []byte(value)) {
			found = append(found, value)
		}
	}
	return found
}
