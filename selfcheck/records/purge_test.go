package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/records"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// submitted has the query be submitted at the instant.
func submitted(at time.Time) func(*selfcheck.Record) {
	return func(r *selfcheck.Record) { r.Query.Submitted = at }
}

// What is of a day is kept to the end of that day a year later, or of the last day of February
// for one of a February 29.
func TestSC17_EverythingIsKeptForAYearToTheDay(t *testing.T) {
	for _, test := range []struct{ of, keptOn, goneOn string }{
		{"2013-08-15", "2014-08-15", "2014-08-16"},
		{"2013-12-31", "2014-12-31", "2015-01-01"},
		{"2011-02-28", "2012-02-28", "2012-02-29"},
		{"2011-03-01", "2012-03-01", "2012-03-02"},
		{"2012-02-28", "2013-02-28", "2013-03-01"},
		{"2012-02-29", "2013-02-28", "2013-03-01"},
		{"2012-03-01", "2013-03-01", "2013-03-02"},
	} {
		o := newOffice(records.Policy{})
		zone := cris.AgencyZone()
		first := cris.MustParseDate(test.of).Start(zone).UTC()
		last := cris.MustParseDate(test.of).AddDays(1).Start(zone).Add(-time.Microsecond).UTC()
		o.file(t, 1, submitted(first))
		o.file(t, 2, submitted(last))
		o.fail(t, 3, first)
		o.fail(t, 4, last)

		purgeOn := func(day string, hour time.Duration) records.Report {
			o.clock.Set(cris.MustParseDate(day).Start(zone).Add(hour).Format(time.RFC3339Nano))
			report, err := o.Purge(t.Context(), archivist)
			require.NoError(t, err)
			return report
		}
		report := purgeOn(test.keptOn, 23*time.Hour+59*time.Minute)
		require.Zero(t, report.Queries+report.Failures, "of %s on %s", test.of, test.keptOn)
		report = purgeOn(test.goneOn, 0)
		require.Equal(t, []int{2, 2}, []int{report.Queries, report.Failures}, "of %s on %s", test.of, test.goneOn)
		require.True(t, report.Before.After(last))
		for n := range 4 {
			_, err := o.store.Record(t.Context(), transaction(n+1))
			require.ErrorIs(t, err, selfcheck.ErrNotFound)
		}
		require.Empty(t, transactionsOf(t, o.Queries(t.Context(), clerk, selfcheck.KeysOfName(selfchecktest.NewApplicant().Name)[0], page{})))
		require.Equal(t, records.Report{Before: report.Before}, purgeOn(test.goneOn, time.Hour), "it may be repeated")
	}
}

func TestSC17_AnOpenCaseStaysUntilItIsClosed(t *testing.T) {
	o := newOffice(records.Policy{})
	id := o.file(t, 1, submitted(at(t, "2012-01-01T12:00:00Z")), func(r *selfcheck.Record) { r.Query.Closed, r.Query.Closure = time.Time{}, "" })
	begun := selfchecktest.NewBegunProofing(transaction(2))
	require.NoError(t, o.store.Update(t.Context(), begun.Transaction, func(selfcheck.Record) (selfcheck.Change, error) {
		return selfcheck.Change{Begun: &begun}, nil
	}))
	o.clock.Set("2020-01-01T12:00:00Z")
	report, err := o.Purge(t.Context(), archivist)
	require.NoError(t, err)
	require.Zero(t, report.Queries+report.Failures)

	require.NoError(t, o.store.Update(t.Context(), id, func(prior selfcheck.Record) (selfcheck.Change, error) {
		query := prior.Query
		query.Closed, query.Closure = o.clock.Now(), selfcheck.ClosedSessionEnded
		return selfcheck.Change{Query: &query}, nil
	}))
	report, err = o.Purge(t.Context(), archivist)
	require.NoError(t, err)
	require.Equal(t, 1, report.Queries)
	_, err = o.store.Record(t.Context(), begun.Transaction)
	require.NoError(t, err, "what is begun is the sweep's")
}

func TestSC17_PolicySaysHowLong(t *testing.T) {
	kiritimati, err := time.LoadLocation("Pacific/Kiritimati") // UTC+14
	require.NoError(t, err)
	for _, test := range []struct {
		policy records.Policy
		before string // "" if nothing ends
	}{
		{records.Policy{}, "2012-08-15T04:00:00Z"},
		{records.Policy{Kept: 1}, "2013-07-15T04:00:00Z"},
		{records.Policy{Kept: 24, Zone: time.UTC}, "2011-08-15T00:00:00Z"},
		{records.Policy{Zone: kiritimati}, "2012-08-15T10:00:00Z"},
		{records.Policy{Kept: -1}, ""},
	} {
		o := newOffice(test.policy)
		o.fail(t, 1, at(t, "2001-01-01T12:00:00Z"))
		report, err := o.Purge(t.Context(), archivist)
		require.NoError(t, err)
		if test.before == "" {
			require.Zero(t, report)
			continue
		}
		require.Equal(t, records.Report{Before: at(t, test.before), Failures: 1}, report)
	}
}

// A month has more days than another: what is of the last days is kept for no day more.
func TestSC17_MonthsOfDifferentLengths(t *testing.T) {
	for _, test := range []struct{ today, since string }{
		{"2013-03-28", "2013-02-28"},
		{"2013-03-29", "2013-03-01"},
		{"2013-03-31", "2013-03-01"},
		{"2013-02-28", "2013-01-28"},
		{"2013-03-01", "2013-02-01"},
		{"2013-05-31", "2013-05-01"},
	} {
		o := newOffice(records.Policy{Kept: 1, Zone: time.UTC})
		o.clock.Set(test.today + "T12:00:00Z")
		report, err := o.Purge(t.Context(), archivist)
		require.NoError(t, err)
		require.Equal(t, at(t, test.since+"T00:00:00Z"), report.Before, test.today)
	}
}

func TestSC17_APurgeGoesInSteps(t *testing.T) {
	for _, batch := range []int{1, 2, 3, 100, 0, -1} {
		o := newOffice(records.Policy{Batch: batch})
		for n := range 5 {
			o.fail(t, n, at(t, "2001-01-01T12:00:00Z"))
		}
		o.file(t, 5, submitted(at(t, "2001-01-01T12:00:00Z")))
		report, err := o.Purge(t.Context(), archivist)
		require.NoError(t, err)
		require.Equal(t, []int{1, 5}, []int{report.Queries, report.Failures}, "steps of %d", batch)
	}
}

func TestSC17_WhatWasRemovedBeforeAnErrorIsReported(t *testing.T) {
	o := newOffice(records.Policy{})
	for n := range 3 {
		o.fail(t, n, at(t, "2001-01-01T12:00:00Z"))
	}
	down := errors.New("down")
	store := &failing{SelfChecks: o.store, purge: down, purges: 2}
	service := records.NewService(store, &records.Options{Policy: &records.Policy{Batch: 1}})
	report, err := service.Purge(t.Context(), archivist)
	require.ErrorIs(t, err, down)
	require.Equal(t, 2, report.Failures)

	unset := records.NewService(o.store, &records.Options{Now: func() time.Time { return time.Time{} }})
	report, err = unset.Purge(t.Context(), archivist)
	require.ErrorIs(t, err, cris.ErrClock)
	require.Zero(t, report)
}
