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

// august is the period of the tests.
func august() cris.Period {
	return cris.Period{From: cris.MustParseDate("2013-08-01"), Until: cris.MustParseDate("2013-08-31")}
}

func TestSC15_ASmallCountIsNotTold(t *testing.T) {
	day := cris.MustParseDate("2013-08-15")
	of := func(count int) []selfcheck.FailureCount {
		return []selfcheck.FailureCount{{Day: day, Reason: selfcheck.SystemError, Count: count}}
	}
	for _, test := range []struct {
		count, smallest int
		want            records.Count
	}{
		{1, 0, records.Count{Small: true}},
		{9, 0, records.Count{Small: true}},
		{10, 0, records.Count{Count: 10}},
		{2, 3, records.Count{Small: true}},
		{3, 3, records.Count{Count: 3}},
		{1, 1, records.Count{Count: 1}},
		{1, -1, records.Count{Count: 1}},
	} {
		test.want.Day, test.want.Reason = day, selfcheck.SystemError
		got := records.DecideStatistics(of(test.count), records.Policy{SmallestCount: test.smallest})
		require.Equal(t, []records.Count{test.want}, got, "%d of at least %d", test.count, test.smallest)
	}
	require.Empty(t, records.DecideStatistics(nil, records.Policy{}))
}

func TestSC15_FailuresAreCountedByDayAndReason(t *testing.T) {
	o := newOffice(records.Policy{SmallestCount: 2})
	n := 0
	fail := func(reason selfcheck.FailureReason, at time.Time, times int) {
		for range times {
			n++
			o.fail(t, n, at, func(f *selfcheck.Failure) { f.Reason = reason })
		}
	}
	fail(selfcheck.SystemError, at(t, "2013-07-31T23:59:59-04:00"), 5) // the day before
	fail(selfcheck.AnsweredIncorrectly, at(t, "2013-08-01T00:00:00-04:00"), 2)
	fail(selfcheck.CouldNotGenerateQuestions, at(t, "2013-08-01T12:00:00-04:00"), 3)
	fail(selfcheck.MultipleAttempts, at(t, "2013-08-31T23:59:59-04:00"), 1)
	fail(selfcheck.SystemError, at(t, "2013-09-01T00:00:00-04:00"), 5) // the day after
	o.file(t, n+1)                                                     // a pass is no failure

	counts, err := o.Statistics(t.Context(), clerk, august())
	require.NoError(t, err)
	first, last := august().From, august().Until
	require.Equal(t, []records.Count{
		{Day: first, Reason: selfcheck.AnsweredIncorrectly, Count: 2},
		{Day: first, Reason: selfcheck.CouldNotGenerateQuestions, Count: 3},
		{Day: last, Reason: selfcheck.MultipleAttempts, Small: true},
	}, counts)
}

// A day of the policy's zone has 23 hours when clocks go forward there and 25 when they go back.
func TestSC15_ADayIsThatOfTheZone(t *testing.T) {
	kiritimati, err := time.LoadLocation("Pacific/Kiritimati") // UTC+14
	require.NoError(t, err)
	for _, test := range []struct {
		zone            *time.Location
		day             string
		inside, outside []string
	}{
		{nil, "2013-03-10", []string{"2013-03-10T05:00:00Z", "2013-03-11T03:59:59Z"}, []string{"2013-03-10T04:59:59Z", "2013-03-11T04:00:00Z"}},
		{nil, "2013-11-03", []string{"2013-11-03T04:00:00Z", "2013-11-04T04:59:59Z"}, []string{"2013-11-03T03:59:59Z", "2013-11-04T05:00:00Z"}},
		{time.UTC, "2013-08-15", []string{"2013-08-15T00:00:00Z", "2013-08-15T23:59:59Z"}, []string{"2013-08-14T23:59:59Z", "2013-08-16T00:00:00Z"}},
		{kiritimati, "2013-08-15", []string{"2013-08-14T10:00:00Z", "2013-08-15T09:59:59Z"}, []string{"2013-08-14T09:59:59Z", "2013-08-15T10:00:00Z"}},
	} {
		o := newOffice(records.Policy{SmallestCount: -1, Zone: test.zone})
		for n, instant := range append(test.inside, test.outside...) {
			o.fail(t, n, at(t, instant))
		}
		day := cris.MustParseDate(test.day)
		counts, err := o.Statistics(t.Context(), clerk, cris.Period{From: day, Until: day})
		require.NoError(t, err)
		require.Equal(t, []records.Count{{Day: day, Reason: selfcheck.AnsweredIncorrectly, Count: 2}}, counts, test.day)
	}
}

func TestSC15_ATimeWithoutAnEndIsNotCounted(t *testing.T) {
	o := newOffice(records.Policy{})
	o.fail(t, 1, selfchecktest.Start())
	day := august().From
	for _, period := range []cris.Period{{}, {From: day}, {Until: august().Until}, {From: day, Until: day.AddDays(-1)}} {
		counts, err := o.Statistics(t.Context(), clerk, period)
		require.NoError(t, err)
		require.Empty(t, counts)
	}
}

func TestSC15_ACountThatFails(t *testing.T) {
	down := errors.New("down")
	_, err := records.NewService(&failing{count: down}, nil).Statistics(t.Context(), clerk, august())
	require.ErrorIs(t, err, down)
}
