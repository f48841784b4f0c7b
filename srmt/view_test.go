package srmt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// inDays gives a request so many days.
func inDays(days int) func(*erequest.Request) {
	return func(request *erequest.Request) { request.RespondBy = request.Filed.AddDays(days) }
}

func TestSR9_WhatIsDueFirstComesFirst(t *testing.T) {
	d := newDesk(t)
	usual := d.FileAndReceive("NSC")
	d.Clock.Advance(24 * time.Hour)
	next, urgent := d.FileAndReceive("NSC"), d.FileAndReceive("NSC", inDays(10))
	sameDay := d.FileAndReceive("NSC", inDays(29)) // due with the usual one, filed after it
	want := []string{urgent, usual, sameDay, next}
	require.Equal(t, want, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	for _, id := range want {
		d.MustAssign(id, 1, supervisor.ID, officer.ID)
	}
	require.Equal(t, want, ids(t, d.Worklist(t.Context(), officer.ID, "NSC", srmt.Page{})))
	require.Equal(t, want, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", officer.ID, srmt.Page{})))
	d.Clock.Set("2013-09-16T12:00:00Z") // the usual is due by the end of the day before
	require.Equal(t, want[:3], ids(t, d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})))

	second := srmt.Key{Standard: true, Due: cris.MustParseDate("2013-09-15"), Filed: cris.MustParseDate("2013-08-16"), ID: usual}
	for limit, page := range map[int][]string{0: {sameDay, next}, -1: {sameDay, next}, 1: {sameDay}, 2: {sameDay, next}, 3: {sameDay, next}} {
		require.Equal(t, page, ids(t, d.Worklist(t.Context(), officer.ID, "NSC", srmt.Page{After: second, Limit: limit})))
	}
}

func TestKey_ComparesByAccommodationThenDueThenFiledThenID(t *testing.T) {
	day, next := cris.MustParseDate("2013-08-15"), cris.MustParseDate("2013-08-16")
	inOrder := []srmt.Key{
		{},
		{ID: "a"},
		{Filed: day},
		{Due: day},
		{Due: day, ID: "z"},
		{Due: day, Filed: day, ID: "B"},
		{Due: day, Filed: day, ID: "a"},
		{Due: day, Filed: next, ID: "A"},
		{Due: next},
		{Due: next, Filed: day, ID: "A"},
		{Standard: true},
		{Standard: true, Due: day, Filed: next, ID: "A"},
		{Standard: true, Due: next},
	}
	for i, a := range inOrder {
		for j, b := range inOrder {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			require.Equal(t, want, a.Compare(b), "%v %v", a, b)
		}
	}
	state := stateAfter(t, 2)
	require.Equal(t, srmt.Key{Standard: true, Due: state.Due, Filed: state.Filed, ID: "r1"}, state.Key())
	require.Equal(t, state.Key(), stateAfter(t, 7).Key(), "no transfer moves it")
	state.Accommodation = true
	require.False(t, state.Key().Standard)
}

func TestSR9_EveryRangeOverAListBeginsAnew(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	overdue, unassigned := d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{}), d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})
	require.Empty(t, ids(t, overdue))
	d.Clock.Advance(40 * 24 * time.Hour)
	require.Equal(t, []string{id}, ids(t, overdue), "the day is that of the range")
	for request, err := range unassigned {
		require.NoError(t, err)
		require.Equal(t, id, request.ID)
		break
	}
	d.put(t, srmt.Staff{ID: supervisor.ID})
	requireDenied(t, overdue)
	requireDenied(t, unassigned)
}

func TestSR3_NoLimitIsZeroOrLess(t *testing.T) {
	d := newDesk(t)
	all := []string{d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")}
	for limit, want := range map[int]int{-1: 3, 0: 3, 1: 1, 2: 2, 3: 3, 4: 3} {
		require.Equal(t, all[:want], ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{Limit: limit})), limit)
	}
}

func TestQuery_MatchesWhatItSays(t *testing.T) {
	assigned, closed := stateAfter(t, 2), stateAfter(t, 7)
	overdue := assigned.Due.AddDays(1)
	for name, test := range map[string]struct {
		query            srmt.Query
		assigned, closed bool
	}{
		"everything":       {srmt.Query{}, true, true},
		"office":           {srmt.Query{Office: "NSC"}, true, false},
		"status":           {srmt.Query{Status: srmt.Closed}, false, true},
		"officer":          {srmt.Query{Officer: "iio-ssc-1"}, false, true},
		"officer's case":   {srmt.Query{Officer: "IIO-ssc-1"}, false, false},
		"overdue":          {srmt.Query{OverdueOn: overdue}, true, false},
		"not yet overdue":  {srmt.Query{OverdueOn: assigned.Due}, false, false},
		"all of it":        {srmt.Query{Office: "NSC", Status: srmt.Assigned, Officer: "iio-nsc-1", OverdueOn: overdue}, true, false},
		"a page is no bar": {srmt.Query{Page: srmt.Page{After: srmt.Key{ID: "z"}, Limit: 1}}, true, true},
	} {
		require.Equal(t, test.assigned, test.query.Matches(assigned), name)
		require.Equal(t, test.closed, test.query.Matches(closed), name)
	}
}
