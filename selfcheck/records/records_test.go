package records_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/records"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// clerk finds and counts.
var clerk = selfcheck.Official{ID: "clerk-1", Duties: []selfcheck.Duty{selfcheck.DutyRecords}}

// office is a Service over a memory store.
type office struct {
	*records.Service
	store *memory.SelfChecks
	clock *selfchecktest.Clock
}

func newOffice(policy records.Policy) office {
	store, clock := memory.New().SelfChecks(), selfchecktest.NewClock("2013-08-15T14:30:00Z")
	return office{records.NewService(store, &records.Options{Now: clock.Now, Policy: &policy}), store, clock}
}

// transaction returns the n-th transaction.
func transaction(n int) selfcheck.TransactionID { return selfchecktest.Token(n).Transaction() }

// fail puts a failed proofing on record.
func (o office) fail(t *testing.T, n int, at time.Time, edits ...func(*selfcheck.Failure)) {
	t.Helper()
	failure := selfchecktest.NewFailure(transaction(n), append(edits, func(f *selfcheck.Failure) { f.At = at })...)
	require.NoError(t, o.store.Update(t.Context(), failure.Transaction, func(selfcheck.Record) (selfcheck.Change, error) {
		return selfcheck.Change{Failure: &failure}, nil
	}))
}

// file puts a closed query on record. The edits change the record before it is saved.
func (o office) file(t *testing.T, n int, edits ...func(*selfcheck.Record)) selfcheck.TransactionID {
	t.Helper()
	id := transaction(n)
	record := selfcheck.Record{Pass: selfchecktest.NewPassedProofing(id), Query: selfchecktest.NewQueryRecord(id)}
	record.Pass.IdPTransaction = selfcheck.IdPTransactionID("IDP-" + string(id[:8]))
	record.Query.Case = selfchecktest.CaseNumber(n)
	record.Query.Claimed, record.Query.Closed, record.Query.Closure = time.Time{}, selfchecktest.Start(), selfcheck.ClosedResolved
	for _, edit := range edits {
		edit(&record)
	}
	require.NoError(t, o.store.Update(t.Context(), id, func(selfcheck.Record) (selfcheck.Change, error) {
		return selfcheck.Change{Pass: &record.Pass, Query: &record.Query}, nil
	}))
	return id
}

// at returns the instant of a text such as 2013-08-15T00:00:00-04:00.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return instant.UTC()
}

// transactionsOf returns the transactions of a list of records.
func transactionsOf(t *testing.T, list iter.Seq2[selfcheck.Record, error]) []selfcheck.TransactionID {
	t.Helper()
	var ids []selfcheck.TransactionID
	for record, err := range list {
		require.NoError(t, err)
		ids = append(ids, record.Pass.Transaction)
	}
	return ids
}

// lastError returns the one error of a list that has nothing else.
func lastError[T any](t *testing.T, list iter.Seq2[T, error]) error {
	t.Helper()
	var last error
	found := 0
	for _, err := range list {
		found, last = found+1, err
	}
	require.Equal(t, 1, found)
	return last
}

func TestPV3_EveryActNeedsItsDuty(t *testing.T) {
	o := newOffice(records.Policy{})
	o.fail(t, 1, selfchecktest.Start())
	o.file(t, 2)
	name, birth := selfchecktest.NewApplicant().Name, selfchecktest.NewApplicant().BirthDate
	day := cris.MustParseDate("2013-08-15")
	key := selfcheck.KeysOfName(name)[0]
	acts := map[selfcheck.Duty][]func(by selfcheck.Official) error{
		selfcheck.DutyRecords: {
			func(by selfcheck.Official) error {
				_, err := o.Statistics(t.Context(), by, cris.Period{From: day, Until: day})
				return err
			},
			func(by selfcheck.Official) error {
				return lastError(t, o.Failures(t.Context(), by, selfcheck.FailureFilter{}, cris.Page[selfcheck.TransactionID]{}))
			},
			func(by selfcheck.Official) error {
				return lastError(t, o.Queries(t.Context(), by, key, cris.Page[selfcheck.TransactionID]{}))
			},
			func(by selfcheck.Official) error { return lastError(t, o.OfPerson(t.Context(), by, name, birth)) },
		},
	}
	for needed, acts := range acts {
		for n, act := range acts {
			require.ErrorIs(t, act(selfcheck.Official{}), selfcheck.ErrDenied)
			require.ErrorIs(t, act(selfcheck.Official{Duties: selfcheck.Duties()}), selfcheck.ErrDenied, "nobody is signed in")
			for _, duty := range selfcheck.Duties() {
				err := act(selfcheck.Official{ID: "clerk-1", Duties: []selfcheck.Duty{duty}})
				require.Equal(t, duty != needed, errors.Is(err, selfcheck.ErrDenied), "act %d of %s with %s", n, needed, duty)
			}
		}
	}
}

// failing is a store of which one method fails.
type failing struct {
	*memory.SelfChecks
	record, candidates, count error
}

func (f *failing) Record(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
	if f.record != nil {
		return selfcheck.Record{}, f.record
	}
	return f.SelfChecks.Record(ctx, id)
}

func (f *failing) Candidates(ctx context.Context, key selfcheck.Key, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.TransactionID, error] {
	if f.candidates != nil {
		return func(yield func(selfcheck.TransactionID, error) bool) { yield("", f.candidates) }
	}
	return f.SelfChecks.Candidates(ctx, key, page)
}

func (f *failing) CountFailures(ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
	if f.count != nil {
		return nil, f.count
	}
	return f.SelfChecks.CountFailures(ctx, from, before, zone)
}
