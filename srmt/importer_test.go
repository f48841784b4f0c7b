package srmt_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// newImporter returns an importer over the stores of the desk, whose clock it sets to the day after.
func (d *desk) newImporter() *srmt.Importer {
	d.set(importTime())
	return srmt.NewImporter(srmt.ImportPorts{Store: d.Store, Requests: d.Requests}, &srmt.ImportOptions{Now: d.Clock.Now, Policy: &d.Policy, Tables: d.Tables})
}

// those yields requests, as a reader of the other system would.
func those(requests ...srmt.Legacy) iter.Seq2[srmt.Legacy, error] {
	return func(yield func(srmt.Legacy, error) bool) {
		for _, legacy := range requests {
			if !yield(legacy, nil) {
				return
			}
		}
	}
}

// oldRequests are requests of every kind: closed, held by somebody, held by somebody who is gone,
// unassigned, due long ago, and in the fallback queue.
func oldRequests() []srmt.Legacy {
	return []srmt.Legacy{
		srmttest.NewLegacy(1),
		srmttest.NewLegacy(2, srmttest.UpTo(2)),
		srmttest.NewLegacy(3, srmttest.UpTo(2), func(l *srmt.Legacy) { l.History[1].Officer = "jdoe (retired)" }),
		srmttest.NewLegacy(4, srmttest.UpTo(1)),
		srmttest.NewLegacy(5, srmttest.UpTo(1), func(l *srmt.Legacy) {
			l.Request.FiledAt = l.Request.FiledAt.AddDate(-1, 0, 0)
			l.Request.Filed, l.Request.RespondBy = cris.MustParseDate("2012-08-15"), cris.MustParseDate("2012-09-14")
			l.History[0].At = l.History[0].At.AddDate(-1, 0, 0)
		}),
		srmttest.NewLegacy(6, srmttest.UpTo(1), srmttest.ReceivedAt("UNROUTED")),
	}
}

func TestSR10_ImportReportsWhatCameInAndWhatDidNot(t *testing.T) {
	d := newDesk(t)
	faulty := srmttest.NewLegacy(7, func(l *srmt.Legacy) { l.History = l.History[1:]; l.Request.Issue = "" })
	all := slices.Insert(oldRequests(), 2, faulty)
	report, err := d.newImporter().Import(t.Context(), those(all...))
	require.NoError(t, err)
	refusal := srmt.ImportRefusal{
		Place: 3, From: faulty.From, Outcome: srmt.NotImported, Reasons: reasons("legacy_issue_unknown", "legacy_does_not_add_up"),
		Problem: &srmt.HistoryError{Seq: 1, Problem: "the lifecycle has no such step here"},
	}
	require.Equal(t, srmt.ImportReport{Imported: 6, Filed: 6, Returned: 1, Refused: []srmt.ImportRefusal{refusal}}, report)

	// Again, with one that has changed there.
	all[0].History = all[0].History[:8]
	report, err = d.newImporter().Import(t.Context(), those(all...))
	require.NoError(t, err)
	changed := srmt.ImportRefusal{Place: 1, From: all[0].From, Outcome: srmt.ChangedSince, Reasons: reasons("changed_since")}
	require.Equal(t, srmt.ImportReport{Before: 5, Refused: []srmt.ImportRefusal{changed, refusal}}, report)

	events, err := d.db.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Empty(t, events, "nobody hears of what happened long ago")
}

func TestSR10_OldRequestsAreWorkedOnLikeAnyOther(t *testing.T) {
	d := newDesk(t)
	old := oldRequests()
	_, err := d.newImporter().Import(t.Context(), those(old...))
	require.NoError(t, err)
	id := func(n int) string { return old[n-1].From.RequestID() }
	all := srmt.Page{}
	waiting := []string{id(3), id(4)}
	slices.Sort(waiting) // they were filed on one day
	require.Equal(t, slices.Concat([]string{id(5)}, waiting), ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", all)))
	require.Equal(t, []string{id(2)}, ids(t, d.Worklist(t.Context(), officer.ID, "NSC", all)))
	require.Equal(t, []string{id(5)}, ids(t, d.Overdue(t.Context(), supervisor.ID, "NSC", all)), "at once")

	for n, version := range map[int]int{3: 3, 4: 1, 5: 1} {
		d.MustAssign(id(n), version, supervisor.ID, officer.ID)
		d.MustRespond(id(n), version+1, officer.ID)
	}
	d.MustRespond(id(2), 2, officer.ID)
	file, err := d.Open(t.Context(), officer.ID, id(3))
	require.NoError(t, err)
	require.Equal(t, old[2].From, file.History[0].Origin.Provenance.LegacyID)
	require.Equal(t, srmt.StaffID("jdoe (retired)"), file.History[1].Officer, "as it was, though nobody is on file under it")
	require.Equal(t, old[2].Request.Details, file.Filed.Details)

	report, err := d.newImporter().Import(t.Context(), those(old...))
	require.NoError(t, err)
	require.Equal(t, srmt.ImportReport{Before: len(old)}, report, "whatever has happened to them here")
}

func TestSR9_NoAlertIsRaisedForWhatWasOverdueBefore(t *testing.T) {
	d := newDesk(t)
	_, err := d.newImporter().Import(t.Context(), those(oldRequests()...))
	require.NoError(t, err)
	inquiries := erequest.NewService(d.Requests, d.Cases, d.Status, &erequest.Options{Now: d.Clock.Now})
	raised, err := inquiries.RaiseOverdue(t.Context())
	require.NoError(t, err)
	require.Zero(t, raised)
	overdue := 0
	for _, err := range inquiries.Overdue(t.Context(), cris.Page[erequest.DueKey]{}) {
		require.NoError(t, err)
		overdue++
	}
	require.Equal(t, 1, overdue)
	d.set(importTime().AddDate(0, 2, 0))
	raised, err = inquiries.RaiseOverdue(t.Context())
	require.NoError(t, err)
	require.Equal(t, 4, raised, "what becomes overdue here is raised here")
}

// A host program may have filed the requests before, under the IDs that they are to have.
func TestSR10_WhatIsFiledAlreadyIsNotFiledAgain(t *testing.T) {
	d := newDesk(t)
	legacy := srmttest.NewLegacy(1)
	request := decideImport(legacy).Request
	request.Confirmation, request.Answered, request.Assigned = erequesttest.ConfirmationNumber(5), cris.Date{}, cris.Date{}
	require.NoError(t, d.Requests.Update(t.Context(), request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}}, nil
	}))
	report, err := d.newImporter().Import(t.Context(), those(legacy))
	require.NoError(t, err)
	require.Equal(t, srmt.ImportReport{Imported: 1}, report)
	onFile, err := d.Requests.Request(t.Context(), request.ID)
	require.NoError(t, err)
	request.Answered, request.Assigned = cris.MustParseDate("2013-08-16"), cris.MustParseDate("2013-08-16")
	require.Equal(t, request, onFile, "it learns when it was answered")
}

// What erequest lost is filed again, as far along as it is by now.
func TestSR10_WhatIsMissingWithERequestIsFiled(t *testing.T) {
	d := newDesk(t)
	legacy := srmttest.NewLegacy(1, srmttest.UpTo(1))
	_, err := d.newImporter().Import(t.Context(), those(legacy))
	require.NoError(t, err)
	d.MustAssign(legacy.From.RequestID(), 1, supervisor.ID, officer.ID)
	d.Requests = memory.New().ERequests()
	report, err := d.newImporter().Import(t.Context(), those(legacy))
	require.NoError(t, err)
	require.Equal(t, srmt.ImportReport{Before: 1, Filed: 1}, report)
	onFile, err := d.Requests.Request(t.Context(), legacy.From.RequestID())
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2013-08-17"), onFile.Assigned)
}

func TestSR2_WhatCameFromAClosedOfficeIsAtTheOneThatTookOver(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Tables = tablesWithout(t, "ESC") })
	legacy := srmttest.NewLegacy(1, srmttest.UpTo(2), srmttest.ReceivedAt("ESC"))
	report, err := d.newImporter().Import(t.Context(), those(legacy))
	require.NoError(t, err)
	require.Equal(t, srmt.ImportReport{Imported: 1, Filed: 1, Moved: 1}, report)
	require.Equal(t, []string{legacy.From.RequestID()}, ids(t, d.Unassigned(t.Context(), farSupervisor.ID, "SSC", srmt.Page{})))
}

func TestSR10_TwoImportsAtOnceBringEachInOnce(t *testing.T) {
	d := newDesk(t)
	importer := d.newImporter()
	reports, failed := make([]srmt.ImportReport, 6), make([]error, 6)
	var group sync.WaitGroup
	for i := range reports {
		group.Go(func() { reports[i], failed[i] = importer.Import(t.Context(), those(oldRequests()...)) })
	}
	group.Wait()
	require.NoError(t, errors.Join(failed...))
	var sum srmt.ImportReport
	for _, report := range reports {
		require.Empty(t, report.Refused)
		require.Equal(t, 6, report.Imported+report.Before)
		sum.Imported, sum.Filed = sum.Imported+report.Imported, sum.Filed+report.Filed
	}
	require.Equal(t, srmt.ImportReport{Imported: 6, Filed: 6}, sum)
}

// One request whose confirmation number is another one's keeps no other from coming in.
func TestSR10_AnIdentifierThatIsTakenIsARefusal(t *testing.T) {
	d := newDesk(t)
	number := func(l *srmt.Legacy) { l.Request.Confirmation = erequesttest.ConfirmationNumber(9) }
	report, err := d.newImporter().Import(t.Context(), those(srmttest.NewLegacy(1, number), srmttest.NewLegacy(2, number), srmttest.NewLegacy(3)))
	require.NoError(t, err)
	require.Equal(t, 2, report.Imported)
	require.Equal(t, []srmt.ImportRefusal{{
		Place: 2, From: srmt.LegacyID{Source: "tracker", ID: "2"}, Outcome: srmt.NotImported, Reasons: reasons("legacy_not_taken"),
	}}, report.Refused)
}

// failing are the stores of an import, one of whose calls fails: before it is carried out or, as if
// the answer was lost, after.
type failing struct {
	at    int // the number of the call, from 1
	after bool
	calls int
}

func (f *failing) call(do func() error) error {
	f.calls++
	if f.calls == f.at && !f.after {
		return errDown
	}
	err := do()
	if f.calls == f.at {
		return errDown
	}
	return err
}

type failingStore struct {
	srmt.Store
	*failing
}

func (s failingStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	return s.call(func() error { return s.Store.Update(ctx, scope, decide) })
}

func (s failingStore) History(ctx context.Context, id string) (history []srmt.Step, err error) {
	err = s.call(func() error { history, err = s.Store.History(ctx, id); return err })
	return history, err
}

type failingFilings struct {
	erequest.Store
	*failing
}

func (s failingFilings) Request(ctx context.Context, id string) (request erequest.Request, err error) {
	err = s.call(func() error { request, err = s.Store.Request(ctx, id); return err })
	return request, err
}

func (s failingFilings) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return s.call(func() error { return s.Store.Update(ctx, receipt, decide) })
}

func TestSR10_AnImportThatEndsAnywhereIsCompletedByTheNext(t *testing.T) {
	want := importedState(t, newDesk(t), nil)
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			d := newDesk(t)
			fail := &failing{at: at, after: after}
			got := importedState(t, d, fail)
			if fail.calls < at {
				require.Greater(t, at, 4*len(oldRequests()))
				break
			}
			require.Equal(t, want, got, "after call %d failed, %t", at, after)
		}
	}
}

// importedState imports the old requests, again if a call fails, and returns what is on file then.
func importedState(t *testing.T, d *desk, fail *failing) (state []any) {
	t.Helper()
	importer := d.newImporter()
	if fail != nil {
		broken := srmt.NewImporter(srmt.ImportPorts{Store: failingStore{d.Store, fail}, Requests: failingFilings{d.Requests, fail}},
			&srmt.ImportOptions{Now: d.Clock.Now})
		report, err := broken.Import(t.Context(), those(oldRequests()...))
		if fail.calls >= fail.at {
			require.ErrorIs(t, err, errDown)
			require.Less(t, report.Imported, len(oldRequests()))
		}
	}
	report, err := importer.Import(t.Context(), those(oldRequests()...))
	require.NoError(t, err)
	require.Equal(t, len(oldRequests()), report.Imported+report.Before)
	require.Empty(t, report.Refused)
	for _, legacy := range oldRequests() {
		request, err := d.Requests.Request(t.Context(), legacy.From.RequestID())
		require.NoError(t, err)
		require.NotZero(t, request.Confirmation)
		request.Confirmation = erequest.ConfirmationNumber{}
		history, err := d.Store.History(t.Context(), legacy.From.RequestID())
		require.NoError(t, err)
		state = append(state, request, history)
	}
	events, err := d.db.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Empty(t, events)
	return state
}

func TestSR10_ImportStopsAtAnErrorAndTellsWhere(t *testing.T) {
	d := newDesk(t)
	unread := errors.New("the file cannot be read")
	report, err := d.newImporter().Import(t.Context(), func(yield func(srmt.Legacy, error) bool) {
		if yield(srmttest.NewLegacy(1), nil) && yield(srmt.Legacy{}, unread) {
			t.Error("it goes on")
		}
	})
	require.EqualError(t, err, "srmt: import: request 2: the file cannot be read")
	require.ErrorIs(t, err, unread)
	require.Equal(t, 1, report.Imported)

	for call, text := range map[int]string{1: "read request", 2: "read history", 3: "file request", 4: "keep history"} {
		d := newDesk(t)
		d.set(importTime())
		fail := &failing{at: call}
		broken := srmt.NewImporter(srmt.ImportPorts{Store: failingStore{d.Store, fail}, Requests: failingFilings{d.Requests, fail}},
			&srmt.ImportOptions{Now: d.Clock.Now})
		_, err := broken.Import(t.Context(), those(srmttest.NewLegacy(1)))
		require.EqualError(t, err, "srmt: import: request 1: "+text+": down")
	}

	d.set(importTime())
	_, err = srmt.NewImporter(srmt.ImportPorts{Store: d.Store, Requests: d.Requests}, &srmt.ImportOptions{Now: d.Clock.Now, Random: iotest.ErrReader(errDown)}).
		Import(t.Context(), those(srmttest.NewLegacy(2)))
	require.ErrorIs(t, err, errDown)

	_, err = srmt.NewImporter(srmt.ImportPorts{Store: d.Store, Requests: d.Requests}, &srmt.ImportOptions{Now: func() time.Time { return time.Time{} }}).
		Import(t.Context(), those())
	require.ErrorIs(t, err, cris.ErrClock)

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	report, err = d.newImporter().Import(ended, those(srmttest.NewLegacy(3)))
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, report)
}

// PV-1: what is refused is told by the name of the other system, and nothing else.
func TestPV1_TheReportOfAnImportHasNoPersonalValues(t *testing.T) {
	d := newDesk(t)
	legacy := srmttest.NewLegacy(1, func(l *srmt.Legacy) { l.History[3].By = "" })
	report, err := d.newImporter().Import(t.Context(), those(legacy))
	require.NoError(t, err)
	told := fmt.Sprintf("%+v %v", report, report.Refused[0].Problem)
	for _, secret := range []string{"Ana", legacy.Request.Details.Contact.Email.Reveal(), legacy.Request.Receipt.String()} {
		require.NotContains(t, told, secret)
	}
}

// However many requests there are, it needs no more memory.
func TestSR10_ImportKeepsNoRequestInMemory(t *testing.T) {
	const few, many = 1_000, 20_000
	importer := srmt.NewImporter(srmt.ImportPorts{Store: forgetful{}, Requests: forgetfulFilings{}}, &srmt.ImportOptions{Now: importTime, Random: alike{}})
	var then uint64
	report, err := importer.Import(t.Context(), func(yield func(srmt.Legacy, error) bool) {
		legacy := srmttest.NewLegacy(1, srmttest.UpTo(3))
		for n := range many {
			if n == few {
				then = heap()
			}
			legacy.From.ID = strconv.Itoa(n)
			if !yield(legacy, nil) {
				return
			}
		}
		require.Less(t, heap(), then+1<<20, "nearly %d requests more", many-few)
	})
	require.NoError(t, err)
	require.Equal(t, many, report.Imported)
}

// heap returns how much memory is in use, in bytes.
func heap() uint64 {
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	return now.HeapAlloc
}

// alike is a source of bytes that are all alike.
type alike struct{}

func (alike) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 1
	}
	return len(p), nil
}

// forgetful and forgetfulFilings take everything and keep nothing.
type forgetful struct{ srmt.Store }

func (forgetful) Update(_ context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	_, err := decide(srmt.Prior{Requests: make([]srmt.ServiceRequest, len(scope.Requests)), Staff: make([]srmt.Staff, len(scope.Staff))})
	return err
}

func (forgetful) History(context.Context, string) ([]srmt.Step, error) { return nil, srmt.ErrNotFound }

type forgetfulFilings struct{ erequest.Store }

func (forgetfulFilings) Update(_ context.Context, _ casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	_, err := decide(nil)
	return err
}

func (forgetfulFilings) Request(context.Context, string) (erequest.Request, error) {
	return erequest.Request{}, erequest.ErrNotFound
}
