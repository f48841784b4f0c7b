package access_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// service returns a service over the port, at half past nine in Washington on March 2, 2026.
func service(trails access.Trails, at *time.Time) *access.Service {
	*at = time.Date(2026, 3, 2, 14, 30, 0, 0, time.UTC)
	n := 0
	return access.NewService(trails, &access.Options{
		Now:    func() time.Time { return *at },
		NewID:  func() string { n++; return fmt.Sprintf("step-%d", n) },
		Policy: &access.Policy{},
	})
}

func history(t *testing.T, s *access.Service) (trail []access.Step) {
	t.Helper()
	for step, err := range s.History(t.Context(), official, handle, access.Page{}) {
		require.NoError(t, err)
		trail = append(trail, step)
	}
	return trail
}

func TestPV5_AmendmentsLeaveATrail(t *testing.T) {
	var at time.Time
	s := service(memory.New().Trails(), &at)
	ctx := t.Context()
	start := at

	refused := facts()
	refused.Finding = access.EvidenceMissing
	decision, err := s.Amend(ctx, refused)
	require.NoError(t, err)
	require.Equal(t, access.Refused, decision.Outcome)

	statement := access.DisagreementFacts{
		By: official, Handle: handle, Classes: []disclosure.Class{disclosure.BirthDate}, Statement: cris.NewPersonal("I was born on the 28th."),
	}
	early, err := s.Disagree(ctx, statement)
	require.NoError(t, err)
	require.Equal(t, []cris.Code{"access.refusal_not_final"}, codes(early.Reasons))

	at = start.Add(time.Hour)
	refused.OnAppeal = true
	decision, err = s.Amend(ctx, refused)
	require.NoError(t, err)
	require.Equal(t, access.Upheld, decision.Outcome)

	at = start.Add(2 * time.Hour)
	attached, err := s.Disagree(ctx, statement)
	require.NoError(t, err)
	require.Equal(t, access.Attached, attached.Outcome)
	disputed, err := s.Disputed(ctx, handle)
	require.NoError(t, err)
	require.Equal(t, statement.Classes, disputed)

	at = start.Add(3 * time.Hour)
	amended := facts()
	amended.KeptUntil = cris.MustParseDate("2040-01-01")
	_, err = s.Amend(ctx, amended)
	require.NoError(t, err)
	disputed, err = s.Disputed(ctx, handle)
	require.NoError(t, err)
	require.Empty(t, disputed, "what was amended is not disputed any longer")

	until := cris.MustParseDate("2031-03-02")
	require.Equal(t, []access.Step{
		{ID: "step-1", Handle: handle, At: start, By: "privacy-1", Kind: access.StepRefused, Classes: statement.Classes, Finding: access.EvidenceMissing, KeptUntil: until},
		{ID: "step-2", Handle: handle, At: start.Add(time.Hour), By: "privacy-1", Kind: access.StepUpheld, Classes: statement.Classes, Finding: access.EvidenceMissing, KeptUntil: until},
		{ID: "step-3", Handle: handle, At: start.Add(2 * time.Hour), By: "privacy-1", Kind: access.StepDisagreement, Classes: statement.Classes, KeptUntil: until},
		{ID: "step-4", Handle: handle, At: start.Add(3 * time.Hour), By: "privacy-1", Kind: access.StepAmended, Classes: statement.Classes, Finding: access.NotAccurate, KeptUntil: amended.KeptUntil},
	}, history(t, s))
}

// A step has room for classes and no values.
func TestPV5_TrailHoldsNoPersonalValue(t *testing.T) {
	var fields []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[access.Step]()) {
		fields = append(fields, f.Name)
	}
	require.Equal(t, []string{"ID", "Handle", "At", "By", "Kind", "Classes", "Finding", "KeptUntil"}, fields)
}

func TestPV5_WhatIsNotDecidedLeavesNoStep(t *testing.T) {
	var at time.Time
	s := service(memory.New().Trails(), &at)
	f := facts()
	f.Finding = ""
	decision, err := s.Amend(t.Context(), f)
	require.NoError(t, err)
	require.Equal(t, access.NotDecided, decision.Outcome)
	require.Empty(t, history(t, s))
}

func TestPV5_StatementOfDisagreementIsConcise(t *testing.T) {
	upheld := []access.Step{{ID: "2", At: time.Unix(2, 0), Kind: access.StepUpheld, Classes: []disclosure.Class{disclosure.Name, disclosure.SSN}}}
	good := access.DisagreementFacts{
		By: official, Handle: handle, Classes: []disclosure.Class{disclosure.SSN, disclosure.Name}, Statement: cris.NewPersonal("No."),
	}
	decision := access.DecideDisagreement(upheld, good, access.Policy{})
	require.Equal(t, access.Attached, decision.Outcome)
	require.Equal(t, []disclosure.Class{disclosure.Name, disclosure.SSN}, decision.Classes)
	require.Equal(t, []cris.Code{"access.disagreement_on_file"}, codes(decision.Reasons))
	for code, change := range map[cris.Code]func(*access.DisagreementFacts){
		"access.duty_missing":       func(f *access.DisagreementFacts) { f.By = selfcheck.Official{ID: "x"} },
		"access.handle_missing":     func(f *access.DisagreementFacts) { f.Handle = "" },
		"access.refusal_not_final":  func(f *access.DisagreementFacts) { f.Classes = append(f.Classes, disclosure.BirthDate) },
		"access.statement_missing":  func(f *access.DisagreementFacts) { f.Statement = cris.NewPersonal(" \u200b ") },
		"access.statement_too_long": func(f *access.DisagreementFacts) { f.Statement = cris.NewPersonal(strings.Repeat("é", 5001)) },
	} {
		f := good
		f.Classes = good.Classes[:2:2]
		change(&f)
		decision := access.DecideDisagreement(upheld, f, access.Policy{})
		require.Equal(t, access.NotAttached, decision.Outcome)
		require.Equal(t, []cris.Code{code}, codes(decision.Reasons))
		require.Nil(t, decision.Classes)
	}
	good.Statement = cris.NewPersonal(strings.Repeat("é", 5000))
	require.Equal(t, access.Attached, access.DecideDisagreement(upheld, good, access.Policy{}).Outcome)
	amended := append([]access.Step{{ID: "3", At: time.Unix(3, 0), Kind: access.StepAmended, Classes: []disclosure.Class{disclosure.SSN}}}, upheld...)
	require.Equal(t, []cris.Code{"access.refusal_not_final"}, codes(access.DecideDisagreement(amended, good, access.Policy{}).Reasons))
	again := append([]access.Step{{ID: "3", At: time.Unix(3, 0), Kind: access.StepDisagreement, Classes: []disclosure.Class{disclosure.SSN}}}, upheld...)
	require.Equal(t, access.Attached, access.DecideDisagreement(again, good, access.Policy{}).Outcome)
}

// failing is a port that fails.
type failing struct{ err error }

func (f failing) Record(context.Context, access.Step) error { return f.err }

func (f failing) List(context.Context, selfcheck.Handle, access.Page) iter.Seq2[access.Step, error] {
	return func(yield func(access.Step, error) bool) { yield(access.Step{}, f.err) }
}

func TestPV5_NoChangeWithoutItsStep(t *testing.T) {
	var at time.Time
	outage := errors.New("outage")
	s := service(failing{outage}, &at)
	decision, err := s.Amend(t.Context(), facts())
	require.ErrorIs(t, err, outage)
	require.Zero(t, decision)
	disagreement, err := s.Disagree(t.Context(), access.DisagreementFacts{Handle: handle})
	require.ErrorIs(t, err, outage)
	require.Zero(t, disagreement)
	_, err = s.Disputed(t.Context(), handle)
	require.ErrorIs(t, err, outage)
	for _, err := range s.History(t.Context(), official, handle, access.Page{}) {
		require.ErrorIs(t, err, outage)
	}
}

func TestPV3_TrailIsOpenToThoseWhoseDutyItIs(t *testing.T) {
	var at time.Time
	s := service(memory.New().Trails(), &at)
	for _, err := range s.History(t.Context(), selfcheck.Official{ID: "x", Duties: []selfcheck.Duty{selfcheck.DutyDisclosure}}, handle, access.Page{}) {
		require.ErrorIs(t, err, selfcheck.ErrDenied)
	}
	for _, err := range s.History(t.Context(), official, "x", access.Page{}) {
		require.NoError(t, err)
	}
	for _, err := range s.History(t.Context(), official, handle, access.Page{After: access.Key{ID: "\xff"}}) {
		var parse *cris.ParseError
		require.ErrorAs(t, err, &parse)
	}
}

func TestService_ClockThatWasNeverSet(t *testing.T) {
	s := access.NewService(memory.New().Trails(), &access.Options{Now: func() time.Time { return time.Time{} }})
	_, err := s.Request(access.Request{})
	require.ErrorIs(t, err, cris.ErrClock)
	_, err = s.Amend(t.Context(), facts())
	require.ErrorIs(t, err, cris.ErrClock)
	_, err = s.Disagree(t.Context(), access.DisagreementFacts{})
	require.ErrorIs(t, err, cris.ErrClock)
	decision, err := access.NewService(memory.New().Trails(), nil).Request(access.Request{})
	require.NoError(t, err)
	require.Equal(t, access.Incomplete, decision.Outcome)
}

func TestPV4_StepsArePurgedAfterTheirLastDay(t *testing.T) {
	var at time.Time
	db := memory.New()
	s := service(db.Trails(), &at)
	f := facts()
	for _, until := range []string{"", "2040-01-01"} {
		if until != "" {
			f.KeptUntil = cris.MustParseDate(until)
		}
		_, err := s.Amend(t.Context(), f)
		require.NoError(t, err)
	}
	schedule, err := cris.NewSchedule(memory.RecordClasses()...)
	require.NoError(t, err)
	retention, err := cris.NewRetention(db.Retention(), schedule, &cris.RetentionOptions{Now: func() time.Time { return at }})
	require.NoError(t, err)
	for _, test := range []struct {
		day     string
		removed int
	}{{"2031-03-02", 0}, {"2031-03-03", 1}, {"2040-01-01", 0}, {"2040-01-02", 1}} {
		at = cris.MustParseDate(test.day).Start(cris.AgencyZone())
		report, err := retention.Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, test.removed, report.Removed(), test.day)
	}
	require.Empty(t, history(t, s))
}
