package srmt_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// changingStore is a store in which the staff changes right before an Update.
type changingStore struct {
	srmt.Store
	change func()
}

func (s changingStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	s.change()
	return s.Store.Update(ctx, scope, decide)
}

// Who was dismissed, and who moved, while an act was on its way, makes a difference.
func TestPV3_StaffThatChangesMeanwhileCountsAsItIs(t *testing.T) {
	for name, test := range map[string]struct {
		act    string
		by     srmt.StaffID
		change srmt.Staff
		want   cris.RuleID
	}{
		"the officer moved":                {"assign", supervisor.ID, srmt.NewStaff(officer.ID, srmt.IIO, "SSC"), "SR-3"},
		"the officer left":                 {"assign", supervisor.ID, srmt.Staff{ID: officer.ID}, "SR-3"},
		"the officer was promoted":         {"assign", supervisor.ID, srmt.NewStaff(officer.ID, srmt.SIIO, "NSC"), "SR-3"},
		"the supervisor left":              {"assign", supervisor.ID, srmt.Staff{ID: supervisor.ID}, "SR-3"},
		"the supervisor moved":             {"assign", supervisor.ID, srmt.NewStaff(supervisor.ID, srmt.SIIO, "SSC"), "SR-3"},
		"the supervisor is an officer now": {"assign", supervisor.ID, srmt.NewStaff(supervisor.ID, srmt.IIO, "NSC"), "SR-3"},
		"the supervisor who redirects":     {"redirect", supervisor.ID, srmt.Staff{ID: supervisor.ID}, "SR-5"},
		"the supervisor who corresponds":   {"correspond", supervisor.ID, srmt.Staff{ID: supervisor.ID}, "SR-4"},
	} {
		d := newDesk(t)
		id := d.FileAndReceive("NSC")
		d.over(changingStore{d.Store, func() { require.NoError(t, srmttest.PutStaff(t.Context(), d.Store, test.change)) }})
		decision, err := d.acts(test.by, 1)[test.act](t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, srmt.Refused, decision.Outcome, name)
		require.Equal(t, test.want, decision.Reasons[0].Rule, name)
		history, err := d.Store.History(t.Context(), id)
		require.NoError(t, err)
		require.Len(t, history, 1)
	}
}

func TestPV3_WhoHeldTheRequestAndMovedMeanwhileDoesNotRespond(t *testing.T) {
	for _, kind := range []string{"respond", "correspond"} {
		d := newDesk(t)
		id := d.FileAndReceive("NSC")
		d.MustAssign(id, 1, supervisor.ID, officer.ID)
		moved := srmt.NewStaff(officer.ID, srmt.IIO, "SSC")
		d.over(changingStore{d.Store, func() { require.NoError(t, srmttest.PutStaff(t.Context(), d.Store, moved)) }})
		decision, err := d.acts(officer.ID, 2)[kind](t.Context(), id)
		require.NoError(t, err)
		requireRefused(t, decision, "SR-4")
	}
}

func TestPV3_StaffIsEnteredAsItCanBe(t *testing.T) {
	d := newDesk(t)
	for _, member := range []srmt.Staff{
		srmt.NewStaff("new", srmt.IIO, "NSC"),
		srmt.NewStaff("new", srmt.SIIO, "UNROUTED"), // in place of the first
		{ID: "gone"},
		{ID: "NEW"},
	} {
		d.put(t, member)
		read, err := d.Store.Staff(t.Context(), member.ID)
		require.NoError(t, err)
		require.Equal(t, member, read)
	}
	d.put(t)

	for name, test := range map[string]struct {
		entry   srmt.Staff
		problem string
	}{
		"nobody":           {srmt.NewStaff("", srmt.IIO, "NSC"), "no identifier"},
		"nothing to see":   {srmt.NewStaff(" \u200b\t", srmt.IIO, "NSC"), "no identifier"},
		"NUL":              {srmt.Staff{ID: "a\x00b"}, "no identifier"},
		"not UTF-8":        {srmt.Staff{ID: "caf\xe9"}, "no identifier"},
		"misspelt role":    {srmt.NewStaff("x", "SIIO", "NSC"), "the role is not known"},
		"misspelt office":  {srmt.NewStaff("x", srmt.SIIO, "nsc"), "the office is not known"},
		"without office":   {srmt.NewStaff("x", srmt.SIIO, ""), "the office is not known"},
		"not UTF-8 either": {srmt.NewStaff("x", srmt.SIIO, "NSC\xff"), "the office is not known"},
	} {
		_, err := d.PutStaff(t.Context(), srmt.NewStaff("first", srmt.IIO, "NSC"), test.entry)
		var problem *cris.ParseError
		require.ErrorAs(t, err, &problem, name)
		require.EqualError(t, err, "srmt: put staff: member of staff: "+test.problem)
		for _, id := range []srmt.StaffID{"first", "x"} {
			_, err = d.Store.Staff(t.Context(), id)
			require.ErrorIs(t, err, srmt.ErrNotFound, name)
		}
	}
}

// busyStore gives up so often before it does what it is asked.
type busyStore struct {
	srmt.Store
	refusals int
}

func (s *busyStore) refuse() error {
	if s.refusals--; s.refusals >= 0 {
		return srmt.ErrConflict
	}
	return nil
}

func (s *busyStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	if err := s.refuse(); err != nil {
		return err
	}
	return s.Store.Update(ctx, scope, decide)
}

// A store that gave up is asked again, and its error comes back when that does not help.
func TestSR11_ABusyStoreIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, act := range map[string]func(d *desk, id, filed string) error{
			"Receive":    func(d *desk, _, filed string) error { _, err := d.Receive(t.Context(), filed); return err },
			"Realign":    func(d *desk, _, _ string) error { _, err := d.Realign(t.Context(), "ESC"); return err },
			"PutStaff":   func(d *desk, _, _ string) error { _, err := d.PutStaff(t.Context(), officer); return err },
			"Assign":     func(d *desk, id, _ string) error { return act(t, d, "assign", id) },
			"Redirect":   func(d *desk, id, _ string) error { return act(t, d, "redirect", id) },
			"Correspond": func(d *desk, id, _ string) error { return act(t, d, "correspond", id) },
		} {
			for refusals, conflict := range map[int]bool{4: false, retry.DefaultPolicy().Tries: true} {
				d := newDesk(t, func(w *srmttest.World) { w.Tables = tablesWithout(t, "ESC") })
				id, filed := d.FileAndReceive("NSC"), d.File("NSC")
				require.NoError(t, addTo(t.Context(), d.Store, "at-esc", srmttest.NewReceived("at-esc", cris.MustParseDate("2013-08-15"), "ESC")))
				d.over(&busyStore{d.Store, refusals})
				err := act(d, id, filed)
				require.Equal(t, conflict, errors.Is(err, srmt.ErrConflict), "%s: %v", name, err)
				require.Equal(t, conflict, err != nil, "%s: %v", name, err)
				if conflict {
					require.ErrorContains(t, err, "srmt: ", name)
				}
			}
		}
	})
}

func act(t *testing.T, d *desk, kind, id string) error {
	t.Helper()
	decision, err := d.acts(supervisor.ID, 1)[kind](t.Context(), id)
	if err == nil {
		require.Equal(t, srmt.Allowed, decision.Outcome)
	} else {
		require.Zero(t, decision)
	}
	return err
}

func addTo(ctx context.Context, store srmt.Store, id string, steps ...srmt.Step) error {
	return store.Update(ctx, srmt.Scope{Requests: []string{id}}, func(srmt.Prior) (srmt.Change, error) {
		return srmt.Change{Steps: map[string][]srmt.Step{id: steps}}, nil
	})
}

// GW-1: nobody but representatives has a post at the call center, even if an office has its code.
func TestGW1_OnlyRepresentativesAndTheirSupervisorsWorkAtTheCallCenter(t *testing.T) {
	for _, center := range []casestatus.OfficeCode{"NCSC", "HOTLINE"} {
		d := newDesk(t, func(w *srmttest.World) { w.Policy.CallCenter, w.Offices = center, nil })
		d.put(t, srmt.NewStaff("rep", srmt.CSR, center), srmt.NewStaff("boss", srmt.SIIO, center))
		for _, other := range []srmt.Staff{srmt.NewStaff("other", srmt.IIO, center), srmt.NewStaff("other", srmt.CSR, "NSC"), srmt.NewStaff("other", srmt.SIIO, "CENTER")} {
			_, err := d.PutStaff(t.Context(), other)
			var problem *cris.ParseError
			require.ErrorAs(t, err, &problem, center)
		}
	}
}

// PV-3: what a representative was shown is open to the supervisors of the call center, who see no
// request of an office.
func TestPV3_SupervisorsOfTheCallCenterSeeWhatItsRepresentativesWereShown(t *testing.T) {
	d := newDesk(t)
	d.put(t, srmt.NewStaff("rep", srmt.CSR, "NCSC"), srmt.NewStaff("boss", srmt.SIIO, "NCSC"))
	id := d.FileAndReceive("NSC")
	look := srmt.Look{ID: "look", At: srmttest.Start(), By: "rep", RequestID: id, Opened: srmt.OpenedStatus}
	require.NoError(t, d.Looks.Record(t.Context(), look))
	for reader, isOpen := range map[srmt.StaffID]bool{"boss": true, "rep": false, supervisor.ID: false} {
		var seen []srmt.Look
		for found, err := range d.LooksOf(t.Context(), reader, "rep", srmt.LookPage{}) {
			if !isOpen {
				require.ErrorIs(t, err, srmt.ErrDenied, reader)
				continue
			}
			require.NoError(t, err)
			seen = append(seen, found)
		}
		require.Equal(t, isOpen, len(seen) == 1, reader)
	}
	requireDenied(t, d.Unassigned(t.Context(), "boss", "NSC", srmt.Page{}))
	_, err := d.History(t.Context(), "boss", id)
	require.ErrorIs(t, err, srmt.ErrDenied)
}

// GW-1, PV-3: a representative is who has that role at the call center on the day, and nobody else.
func TestGW1_ARepresentativeHasAPostAtTheCallCenter(t *testing.T) {
	d := newDesk(t)
	called := srmt.NewStaff("rep", srmt.CSR, "NCSC")
	called.Posts[0].Held = cris.Period{From: today, Until: today}
	d.put(t, called)
	for day, want := range map[cris.Date]bool{today.AddDays(-1): false, today: true, today.AddDays(1): false} {
		is, err := d.IsRepresentative(t.Context(), "rep", day)
		require.NoError(t, err)
		require.Equal(t, want, is, day)
	}
	for _, id := range []srmt.StaffID{supervisor.ID, officer.ID, roleless.ID, "unknown", "", "caf\xe9"} {
		is, err := d.IsRepresentative(t.Context(), id, today)
		require.NoError(t, err)
		require.False(t, is, id)
	}
	d.over(downStore{d.Store, "Staff"})
	_, err := d.IsRepresentative(t.Context(), "rep", today)
	require.ErrorIs(t, err, errDown)
}
