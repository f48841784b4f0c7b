package integration_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// errEnded is what a call of an import that is killed gives.
var errEnded = errors.New("the import was ended")

// killed counts the calls of an import to its stores, and fails from one of them on: before that one
// is carried out or, as if its answer was lost, after.
type killed struct {
	at    int
	after bool
	calls int
}

func (k *killed) call(do func() error) error {
	k.calls++
	if k.at == 0 || k.calls < k.at {
		return do()
	}
	if k.calls == k.at && k.after {
		_ = do() // the answer is lost
	}
	return errEnded
}

type killedStore struct {
	srmt.Store
	*killed
}

func (s killedStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	return s.call(func() error { return s.Store.Update(ctx, scope, decide) })
}

func (s killedStore) History(ctx context.Context, id string) (history []srmt.Step, err error) {
	err = s.call(func() error { history, err = s.Store.History(ctx, id); return err })
	return history, err
}

type killedFilings struct {
	erequest.Store
	*killed
}

func (s killedFilings) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return s.call(func() error { return s.Store.Update(ctx, receipt, decide) })
}

func (s killedFilings) Request(ctx context.Context, id string) (request erequest.Request, err error) {
	err = s.call(func() error { request, err = s.Store.Request(ctx, id); return err })
	return request, err
}

// importer returns an importer over the stores of the office, the day after the histories of srmttest.
func (o *office) importer(k *killed) *srmt.Importer {
	at := srmttest.Start().AddDate(0, 0, 1)
	return srmt.NewImporter(srmt.ImportPorts{Store: killedStore{o.Store, k}, Requests: killedFilings{o.Requests, k}}, &srmt.ImportOptions{Now: func() time.Time { return at }})
}

func yielded(requests []srmt.Legacy) iter.Seq2[srmt.Legacy, error] {
	return func(yield func(srmt.Legacy, error) bool) {
		for _, legacy := range requests {
			if !yield(legacy, nil) {
				return
			}
		}
	}
}

// Old requests come in once, wherever an import was killed; lists have them in order with their own
// days, those due long ago as overdue; and staff works on them like on any other.
func TestSR10_OldRequestsComeInOnceWhereverAnImportIsKilled(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		world := srmttest.NewWorld(o.Ports)
		world.Clock.Set(srmttest.Start().AddDate(0, 0, 1).Format(time.RFC3339Nano))
		filed := []cris.Date{cris.MustParseDate("2013-07-20"), cris.MustParseDate("2011-03-01"), cris.MustParseDate("2012-12-31")}
		old := make([]srmt.Legacy, len(filed))
		for n, day := range filed {
			old[n] = srmttest.NewLegacy(n+1, srmttest.UpTo(1), func(l *srmt.Legacy) {
				l.Request.Filed, l.Request.RespondBy = day, day.AddDays(30)
				l.Request.FiledAt = day.Start(cris.AgencyZone()).Add(9 * time.Hour)
				l.History[0].At = l.Request.FiledAt.Add(time.Minute)
			})
		}
		gone := srmttest.NewLegacy(4, srmttest.UpTo(2), func(l *srmt.Legacy) { l.History[1].Officer = "somebody who left" })
		answered := srmttest.NewLegacy(5)
		bare := srmttest.NewLegacy(6, srmttest.UpTo(1), srmttest.ReceivedAt("NYC"), func(l *srmt.Legacy) {
			l.Request.Screening, l.Request.Details, l.Request.Compared, l.Request.Statement = erequest.Screening{}, erequest.Details{}, erequest.Compared{}, ""
		})
		all := append(slices.Clone(old), gone, answered, bare)

		// Each run is killed one call later than the one before, so that in the end all is there.
		runs := 0
		for {
			runs++
			report, err := o.importer(&killed{at: runs, after: runs%2 == 0}).Import(t.Context(), yielded(all))
			require.Empty(t, report.Refused)
			if err == nil {
				break
			}
			require.ErrorIs(t, err, errEnded)
		}
		require.Greater(t, runs, 2*len(all))
		report, err := o.importer(&killed{}).Import(t.Context(), yielded(all))
		require.NoError(t, err)
		require.Equal(t, srmt.ImportReport{Before: len(all)}, report)
		pending, err := o.outbox.Pending(t.Context(), 10)
		require.NoError(t, err)
		require.Empty(t, pending)

		supervisor, officer := srmttest.Supervisor("NSC", 1), srmttest.Officer("NSC", 1)
		listed := func(list iter.Seq2[srmt.ServiceRequest, error]) (days []string) {
			for request, err := range list {
				require.NoError(t, err)
				days = append(days, request.Filed.String())
			}
			return days
		}
		require.Equal(t, []string{"2011-03-01", "2012-12-31", "2013-07-20", "2013-08-15"}, listed(world.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
		require.Equal(t, []string{"2011-03-01", "2012-12-31"}, listed(world.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})))

		history, err := o.Store.History(t.Context(), gone.From.RequestID())
		require.NoError(t, err)
		require.Len(t, history, 3)
		require.Equal(t, srmt.Provenance{LegacyID: gone.From, Steps: 2, Imported: cris.MustParseDate("2013-08-17")}, history[0].Origin.Provenance)
		require.Equal(t, gone.History[1].At, history[1].At)
		world.MustAssign(gone.From.RequestID(), 3, supervisor.ID, officer.ID)
		world.MustRespond(gone.From.RequestID(), 4, officer.ID)
		done, err := o.Requests.Request(t.Context(), answered.From.RequestID())
		require.NoError(t, err)
		require.Equal(t, cris.MustParseDate("2013-08-16"), done.Answered)
		require.Equal(t, answered.Request.Details, done.Details)
	})
}

// Whatever another system has: a request comes in exactly if its history adds up, as it was, and once.
func TestSR10_WhateverAddsUpComesIn(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		n, came, refused := 0, 0, 0
		rapid.Check(t, func(t *rapid.T) {
			var all []srmt.Legacy
			for range rapid.IntRange(1, 4).Draw(t, "requests") {
				n++
				all = append(all, drawnLegacy(t, n))
			}
			report, err := o.importer(&killed{}).Import(t.Context(), yielded(all))
			require.NoError(t, err)
			again, err := o.importer(&killed{}).Import(t.Context(), yielded(all))
			require.NoError(t, err)
			require.Equal(t, report.Refused, again.Refused)
			require.Equal(t, report.Imported, again.Before)
			for _, legacy := range all {
				steps := slices.Clone(legacy.History)
				for i := range steps {
					steps[i].Seq = i + 1
				}
				steps[0].Origin = srmttest.NewReceived(legacy.From.RequestID(), legacy.Request.Filed, "NSC").Origin
				state, problem := srmt.Replay(steps)
				kept, err := o.Store.History(t.Context(), legacy.From.RequestID())
				i := slices.IndexFunc(report.Refused, func(r srmt.ImportRefusal) bool { return r.From == legacy.From })
				if problem != nil {
					refused++
					require.ErrorIs(t, err, cris.ErrNotFound)
					require.Equal(t, problem, error(report.Refused[i].Problem))
					continue
				}
				came++
				require.Negative(t, i)
				require.NoError(t, err)
				require.Equal(t, steps[1:], kept[1:len(steps)])
				after, err := srmt.Replay(kept)
				require.NoError(t, err)
				require.Equal(t, len(steps), kept[0].Origin.Provenance.Steps)
				// Nobody is on file as staff here, so that what was held waits again.
				wantVersion := state.Version
				if state.Status == srmt.Assigned {
					wantVersion++
				}
				require.Equal(t, wantVersion, after.Version)
				require.NotEqual(t, srmt.Assigned, after.Status)
			}
		})
		t.Logf("%d came in, %d were refused", came, refused)
		require.Positive(t, came)
		require.Positive(t, refused)
	})
}

// drawnLegacy draws a request whose history mostly adds up.
func drawnLegacy(t *rapid.T, n int) srmt.Legacy {
	people := rapid.SampledFrom([]srmt.StaffID{"ann", "bob", "jdoe (retired)"})
	legacy := srmttest.NewLegacy(n, srmttest.UpTo(1))
	held := srmt.StaffID("")
	for range rapid.IntRange(0, 7).Draw(t, "steps") {
		step := srmt.Step{
			Kind: rapid.SampledFrom(srmt.StepKinds()[1:]).Draw(t, "kind"), By: people.Draw(t, "by"),
			At: srmttest.Start().Add(time.Duration(len(legacy.History)) * time.Second),
		}
		switch step.Kind { //nolint:exhaustive // a request is received once, at the beginning
		case srmt.StepAssigned:
			step.Officer = people.Draw(t, "to")
		case srmt.StepReassigned:
			step.Officer, step.Why = people.Draw(t, "to"), rapid.SampledFrom(srmt.TransferReasons()).Draw(t, "why")
		case srmt.StepReturned:
			step.By, step.Why = "", srmt.StaffChange
		case srmt.StepRedirected:
			step.Office, step.Why = rapid.SampledFrom([]casestatus.OfficeCode{"NSC", "SSC", "NYC"}).Draw(t, "office"), srmt.OfficeBandwidth
			step.Message.Text = cris.NewPersonal("no reason is on record")
		case srmt.StepNoted:
			step.Message.Text = cris.NewPersonal("a note")
		case srmt.StepCorresponded:
			step.Message = srmttest.NewMessage(srmt.FromCustomer, erequest.ByEmail)
		case srmt.StepResponded:
			step.By, step.Message = held, srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter)
		}
		if step.Officer != "" {
			held = step.Officer
		}
		if rapid.IntRange(0, 9).Draw(t, "spoiled") == 0 {
			spoil := rapid.SampledFrom([]func(*srmt.Step){
				func(s *srmt.Step) { s.By = "" }, func(s *srmt.Step) { s.Why = "" }, func(s *srmt.Step) { s.Officer = "" },
				func(s *srmt.Step) { s.Message = srmt.Message{} }, func(s *srmt.Step) { s.Kind = "lost" }, func(s *srmt.Step) { s.Kind = srmt.StepReceived },
			}).Draw(t, "how")
			spoil(&step)
		}
		// Most steps that cannot follow are left out.
		next := append(slices.Clone(legacy.History), step)
		if !addsUp(next) && rapid.IntRange(0, 9).Draw(t, "kept") > 0 {
			continue
		}
		legacy.History = next
	}
	legacy.From = srmt.LegacyID{Source: "old " + t.Name(), ID: strconv.Itoa(n)}
	return legacy
}

// addsUp reports whether the steps are a history, but for what an import fills in.
func addsUp(steps []srmt.Step) bool {
	steps = slices.Clone(steps)
	for i := range steps {
		steps[i].Seq = i + 1
	}
	steps[0].Origin = srmttest.NewReceived("any", cris.MustParseDate("2013-08-15"), "NSC").Origin
	_, err := srmt.Replay(steps)
	return err == nil
}
