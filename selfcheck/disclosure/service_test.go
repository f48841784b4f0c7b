package disclosure_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

var reader = selfcheck.Official{ID: "foia-1", Duties: []selfcheck.Duty{selfcheck.DutyRecords}}

// service returns a service over the port, at half past nine in Washington on March 2, 2026.
func service(accountings disclosure.Accountings, at *time.Time) *disclosure.Service {
	*at = time.Date(2026, 3, 2, 14, 30, 0, 0, time.UTC)
	n := 0
	return disclosure.NewService(accountings, &disclosure.Options{
		Now:   func() time.Time { return *at },
		NewID: func() string { n++; return fmt.Sprintf("entry-%d", n) },
	})
}

func history(t *testing.T, s *disclosure.Service) (all []disclosure.Entry) {
	t.Helper()
	for entry, err := range s.History(t.Context(), reader, handle, disclosure.Page{}) {
		require.NoError(t, err)
		all = append(all, entry)
	}
	return all
}

func TestSC18_AllowedDisclosuresAreOnRecord(t *testing.T) {
	var at time.Time
	s := service(memory.New().Accountings(), &at)
	var want []disclosure.Entry
	for i, use := range disclosure.Uses() {
		facts := allowed()[use]
		decision, err := s.Record(t.Context(), use, facts)
		require.NoError(t, err)
		require.Equal(t, disclosure.Allowed, decision.Outcome)
		want = append(want, disclosure.Entry{
			ID: fmt.Sprintf("entry-%d", i+1), Handle: handle, At: at, Use: use, Authority: decision.Terms.Authority, Purpose: facts.Purpose,
			Recipient: facts.Recipient, Classes: decision.What, By: "privacy-1", KeptUntil: cris.MustParseDate("2031-03-02"),
		})
		require.NotEmpty(t, decision.Terms.Authority)
		at = at.Add(time.Minute)
	}
	require.Equal(t, want, history(t, s))
}

func TestSC18_RefusedDisclosuresAreNot(t *testing.T) {
	var at time.Time
	s := service(memory.New().Accountings(), &at)
	facts := allowed()[disclosure.Congress]
	facts.Attested = nil
	decision, err := s.Record(t.Context(), disclosure.Congress, facts)
	require.NoError(t, err)
	require.Equal(t, disclosure.Refused, decision.Outcome)
	require.Empty(t, history(t, s))
}

// failing is a port of which every method fails, the first times only.
type failing struct {
	disclosure.Accountings
	times int
	err   error
}

func (f *failing) Record(ctx context.Context, entry disclosure.Entry) error {
	if f.times--; f.times >= 0 {
		return f.err
	}
	return f.Accountings.Record(ctx, entry)
}

func (f *failing) List(context.Context, selfcheck.Handle, disclosure.Page) iter.Seq2[disclosure.Entry, error] {
	return func(yield func(disclosure.Entry, error) bool) { yield(disclosure.Entry{}, f.err) }
}

func (f *failing) Retain(context.Context, selfcheck.Handle, cris.Date) error { return f.err }

func TestSC18_NoEntryNoDisclosure(t *testing.T) {
	var at time.Time
	outage := errors.New("outage")
	db := memory.New()
	s := service(&failing{db.Accountings(), 1, outage}, &at)
	decision, err := s.Record(t.Context(), disclosure.Congress, allowed()[disclosure.Congress])
	require.ErrorIs(t, err, outage)
	require.Zero(t, decision)

	for _, err := range s.History(t.Context(), reader, handle, disclosure.Page{}) {
		require.ErrorIs(t, err, outage)
	}
	_, err = s.Notices(t.Context(), allowed()[disclosure.Congress].By, handle, disclosure.Classes())
	require.ErrorIs(t, err, outage)
	require.ErrorIs(t, s.Retain(t.Context(), handle, cris.MustParseDate("2040-01-01")), outage)

	s = service(&failing{db.Accountings(), 4, cris.ErrConflict}, &at)
	decision, err = s.Record(t.Context(), disclosure.Congress, allowed()[disclosure.Congress])
	require.NoError(t, err)
	require.Equal(t, disclosure.Allowed, decision.Outcome)
	s = service(db.Accountings(), &at)
	require.Len(t, history(t, s), 1)
}

func TestSC18_EntriesOutliveTheRecordByTheFiveYearsOfTheLaw(t *testing.T) {
	var at time.Time
	s := service(memory.New().Accountings(), &at)
	facts := allowed()[disclosure.Congress]
	facts.KeptUntil = cris.MustParseDate("2027-03-02")
	_, err := s.Record(t.Context(), disclosure.Congress, facts)
	require.NoError(t, err)
	facts.KeptUntil = cris.MustParseDate("2033-06-01") // a record that is kept longer
	_, err = s.Record(t.Context(), disclosure.Congress, facts)
	require.NoError(t, err)
	entries := history(t, s)
	require.Equal(t, "2031-03-02", entries[0].KeptUntil.String())
	require.Equal(t, "2033-06-01", entries[1].KeptUntil.String())
}

func TestSC18_FiveYearsAreTheLeast(t *testing.T) {
	for months, want := range map[int]string{-1: "2031-03-02", 0: "2031-03-02", 12: "2031-03-02", 72: "2032-03-02"} {
		now := func() time.Time { return time.Date(2026, 3, 3, 3, 0, 0, 0, time.UTC) } // still March 2 in Washington
		s := disclosure.NewService(memory.New().Accountings(), &disclosure.Options{Now: now, Policy: &disclosure.Policy{KeepMonths: months}})
		_, err := s.Record(t.Context(), disclosure.Congress, allowed()[disclosure.Congress])
		require.NoError(t, err)
		require.Equal(t, want, history(t, s)[0].KeptUntil.String(), months)
	}
}

// An entry has room for the values of its lists and for what is said of an office. Nothing in it
// can hold a value of the individual, or leads to the transaction.
func TestSC18_EntriesHaveNoFieldForAPersonalValue(t *testing.T) {
	var fields []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[disclosure.Entry]()) {
		fields = append(fields, field.Name)
	}
	require.Equal(t, []string{"ID", "Handle", "At", "Use", "Authority", "Purpose", "Recipient", "Classes", "By", "KeptUntil"}, fields)
}

func TestPV3_AccountingIsOpenToThoseWhoseDutyItIs(t *testing.T) {
	var at time.Time
	s := service(memory.New().Accountings(), &at)
	_, err := s.Record(t.Context(), disclosure.Congress, allowed()[disclosure.Congress])
	require.NoError(t, err)
	for _, by := range []selfcheck.Official{{}, {ID: "x"}, {ID: "x", Duties: []selfcheck.Duty{selfcheck.DutyDisclosure}}, {Duties: selfcheck.Duties()}} {
		seen := 0
		for entry, err := range s.History(t.Context(), by, handle, disclosure.Page{}) {
			require.ErrorIs(t, err, selfcheck.ErrDenied)
			require.Zero(t, entry)
			seen++
		}
		require.Equal(t, 1, seen)
	}
	_, err = s.Notices(t.Context(), reader, handle, disclosure.Classes())
	require.ErrorIs(t, err, selfcheck.ErrDenied)
	notices, err := s.Notices(t.Context(), allowed()[disclosure.Congress].By, handle, []disclosure.Class{disclosure.Name})
	require.NoError(t, err)
	require.Len(t, notices, 1)
}

func TestService_HandlesThatLeadNowhere(t *testing.T) {
	var at time.Time
	s := service(&failing{memory.New().Accountings(), 0, errors.New("asked")}, &at)
	for _, err := range s.History(t.Context(), reader, "x", disclosure.Page{}) {
		require.NoError(t, err)
	}
	notices, err := s.Notices(t.Context(), allowed()[disclosure.Congress].By, "x", disclosure.Classes())
	require.NoError(t, err)
	require.Empty(t, notices)
	require.NoError(t, s.Retain(t.Context(), "x", cris.MustParseDate("2040-01-01")))
	for _, err := range s.History(t.Context(), reader, handle, disclosure.Page{After: disclosure.Key{ID: "\x00"}}) {
		var parse *cris.ParseError
		require.ErrorAs(t, err, &parse)
	}
}

func TestService_ClockThatWasNeverSet(t *testing.T) {
	db := memory.New()
	s := disclosure.NewService(db.Accountings(), &disclosure.Options{Now: func() time.Time { return time.Time{} }})
	_, err := s.Record(t.Context(), disclosure.Congress, allowed()[disclosure.Congress])
	require.ErrorIs(t, err, cris.ErrClock)
	require.Empty(t, history(t, service(db.Accountings(), new(time.Time))))
	require.NotNil(t, disclosure.NewService(db.Accountings(), nil))
}

func TestPV4_EntriesArePurgedAfterTheirLastDay(t *testing.T) {
	var at time.Time
	db := memory.New()
	s := service(db.Accountings(), &at)
	facts := allowed()[disclosure.Congress]
	for _, until := range []string{"2027-03-02", "2033-06-01"} {
		facts.KeptUntil = cris.MustParseDate(until)
		_, err := s.Record(t.Context(), disclosure.Congress, facts)
		require.NoError(t, err)
	}
	schedule, err := cris.NewSchedule(memory.RecordClasses()...)
	require.NoError(t, err)
	retention, err := cris.NewRetention(db.Retention(), schedule, &cris.RetentionOptions{Now: func() time.Time { return at }})
	require.NoError(t, err)
	for _, test := range []struct {
		day     string
		removed int
	}{{"2031-03-02", 0}, {"2031-03-03", 1}, {"2033-06-01", 0}, {"2033-06-02", 1}} {
		at = cris.MustParseDate(test.day).Start(cris.AgencyZone())
		report, err := retention.Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, test.removed, report.Removed(), test.day)
	}
	require.Empty(t, history(t, s))
}
