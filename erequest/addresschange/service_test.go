package addresschange_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/retry"
)

func sprint(values ...any) string {
	return fmt.Sprintf("%v %+v %#v %s", values, values, values, values)
}

// desk is a service over a memory store, on the morning of 2022-08-15 until the test sets its
// clock.
type desk struct {
	*addresschange.Service
	db    *memory.DB
	clock *addresschangetest.Clock
}

func newDesk(t *testing.T, onFile ...casestatus.Case) *desk {
	t.Helper()
	d := &desk{db: memory.New(), clock: addresschangetest.NewClock("2022-08-15T14:30:00Z")}
	for _, c := range onFile {
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), c))
	}
	d.Service = d.over(d.db.AddressChanges(), d.db.Cases())
	return d
}

// over is the service of the desk over other ports.
func (d *desk) over(store addresschange.Store, cases addresschange.Cases) *addresschange.Service {
	return addresschange.NewService(store, cases, &addresschange.Options{Now: d.clock.Now, NewID: addresschangetest.IDs("id-")})
}

func (d *desk) submit(t *testing.T, r addresschange.Report) addresschange.Filing {
	t.Helper()
	filing, err := d.Submit(t.Context(), r)
	require.NoError(t, err)
	return filing
}

// relay delivers what is in the outbox, and returns the types of the events.
func (d *desk) relay(t *testing.T) (types []string) {
	t.Helper()
	_, err := cris.Relay(t.Context(), d.db.Outbox(), func(ctx context.Context, event cris.Event) error {
		types = append(types, event.Type)
		return cris.NewMux(d.Service).Handle(ctx, event)
	})
	require.NoError(t, err)
	return types
}

func (d *desk) onFile(t *testing.T, n int) casestatus.Case {
	t.Helper()
	onFile, err := d.db.Cases().StaffCase(t.Context(), casestatustest.Receipt(n))
	require.NoError(t, err)
	return onFile
}

// outcomes are the answers about the cases of a filing: the outcome and the code of the reason.
func outcomes(filing addresschange.Filing) (all []string) {
	for _, answer := range filing.Answers() {
		all = append(all, string(answer.Outcome)+" "+codes([]cris.Reason{answer.Reason})[0])
	}
	return all
}

func TestCA1_AcceptanceConfirmsAndTheCasesFollow(t *testing.T) {
	pending, decided := casestatustest.NewPendingCase(1), casestatustest.NewCase(2)
	d := newDesk(t, pending, decided)
	d.clock.Set("2022-08-16T03:59:00Z") // still the 15th in New York
	report := addresschangetest.NewReport("k", []casestatus.Case{pending, decided, casestatustest.NewPendingCase(3)})
	filing := d.submit(t, report)
	require.Equal(t, addresschange.Accepted, filing.Outcome)
	require.Equal(t, []string{"changed case_changed", "not_changed case_not_pending", "not_changed case_not_matched"}, outcomes(filing))
	confirmation, ok := filing.Confirmation()
	require.True(t, ok)
	require.Equal(t, addresschange.Confirmation{Number: filing.Record.Confirmation, Effective: day("2022-08-15"), DueBy: day("2022-08-20")}, confirmation)
	require.False(t, confirmation.Number.IsZero())
	filed, err := d.db.AddressChanges().Confirmed(t.Context(), confirmation.Number)
	require.NoError(t, err)
	require.Equal(t, filing.Record, filed)
	require.Equal(t, report.Move, filed.Move)

	require.Equal(t, pending, d.onFile(t, 1), "the case follows by the event")
	d.clock.Set("2022-08-17T12:00:00Z")
	require.Equal(t, []string{addresschange.EventReported, casestatus.EventCaseChanged}, d.relay(t))
	want, _ := pending.Moved(casestatus.AddressEntry{Address: report.Mailing, From: day("2022-08-15"), Origin: filing.Record.ID, At: filing.Record.ReportedAt, Entered: day("2022-08-17")})
	require.Equal(t, want, d.onFile(t, 1))
	require.Equal(t, decided, d.onFile(t, 2))

	filed, err = d.db.AddressChanges().Report(t.Context(), filing.Record.ID)
	require.NoError(t, err)
	require.Equal(t, []cris.Date{day("2022-08-17"), {}, {}}, []cris.Date{filed.Cases[0].Entered, filed.Cases[1].Entered, filed.Cases[2].Entered})
}

func TestCA1_NoEventHasAnythingPersonal(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	d := newDesk(t, pending)
	filing := d.submit(t, addresschangetest.NewReport("the key of the client", []casestatus.Case{pending}))
	events, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, []cris.Event{{
		ID: filing.Record.ID + "/reported", Type: addresschange.EventReported, Source: "/cris/erequest/addresschange", Subject: filing.Record.ID,
		Time: d.clock.Now(), Data: map[string]string{"channel": "online"},
	}}, events)
	require.NoError(t, d.Handle(t.Context(), events[0]))
	events, err = d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	changed, err := casestatus.ReadCaseChanged(events[1])
	require.NoError(t, err)
	require.Equal(t, casestatus.CaseChanged{Receipt: pending.Receipt, Changed: []casestatus.CaseAspect{casestatus.AspectAddress}}, changed)
	for _, personal := range []string{"the key", "Lindström", "60201", "Oak", "1984", filing.Record.Confirmation.String()} {
		require.NotContains(t, sprint(events), personal)
	}
}

func TestCA1_ARetryFilesNothingTwiceAndAnotherContentIsRefused(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	d := newDesk(t, pending)
	report := addresschangetest.NewReport("k", []casestatus.Case{pending})
	first := d.submit(t, report)
	d.relay(t)
	d.clock.Set("2022-12-24T12:00:00Z") // the old ZIP code no longer matches
	again := d.submit(t, report)
	require.Equal(t, addresschange.AlreadyAccepted, again.Outcome)
	require.Equal(t, first.Record.Confirmation, again.Record.Confirmation)
	require.Equal(t, outcomes(first), outcomes(again), "the answer of then")
	require.Empty(t, d.relay(t))

	for name, edit := range map[string]func(*addresschange.Report){
		"channel":   func(r *addresschange.Report) { r.Channel = erequest.Telephone },
		"statement": func(r *addresschange.Report) { r.Statement = "" },
		"name":      func(r *addresschange.Report) { r.Signature.Name = cris.PersonName{} },
		"address":   func(r *addresschange.Report) { r.Present = r.Previous },
		"cases":     func(r *addresschange.Report) { r.Cases = nil },
		"other case": func(r *addresschange.Report) {
			r.Cases = []erequest.Screening{erequesttest.NewScreening(casestatustest.NewCase(2))}
		},
	} {
		other := addresschangetest.NewReport("k", []casestatus.Case{pending}, edit)
		filing := d.submit(t, other)
		require.Equal(t, addresschange.KeyReused, filing.Outcome, name)
		require.Equal(t, []string{"key_reused"}, codes(filing.Reasons), name)
		require.Zero(t, filing.Record, name)
		_, ok := filing.Confirmation()
		require.False(t, ok)
	}
	require.Empty(t, d.relay(t))
}

func TestCA1_AnIncompleteReportReadsNoCaseAndSavesNothing(t *testing.T) {
	d := newDesk(t, casestatustest.NewPendingCase(1))
	cases := &watched{Cases: d.db.Cases()}
	s := d.over(&busy{Store: d.db.AddressChanges(), left: 1000}, cases) // which takes no scope
	for _, key := range []string{"k", ""} {
		filing, err := s.Submit(t.Context(), addresschangetest.NewReport(key, []casestatus.Case{casestatustest.NewPendingCase(1)}, func(r *addresschange.Report) {
			r.Name = cris.PersonName{}
		}))
		require.NoError(t, err)
		require.Equal(t, addresschange.Incomplete, filing.Outcome)
		require.Contains(t, codes(filing.Reasons), "name_missing")
		require.Empty(t, filing.Answers())
	}
	require.Empty(t, cases.reads)
	require.Empty(t, d.relay(t))
}

// What came before, and what has a key of another report, is answered by reads alone.
func TestCA1_OnlyWhatWouldBeAcceptedTakesTheScope(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	d := newDesk(t, pending)
	report := addresschangetest.NewReport("k", []casestatus.Case{pending})
	first := d.submit(t, report)
	store, cases := &busy{Store: d.db.AddressChanges(), left: 1000}, &watched{Cases: d.db.Cases()}
	s := d.over(store, cases)
	again, err := s.Submit(t.Context(), report)
	require.NoError(t, err)
	require.Equal(t, addresschange.AlreadyAccepted, again.Outcome)
	require.Equal(t, first.Record, again.Record)
	for name, edit := range map[string]func(*addresschange.Report){
		"complete":   func(r *addresschange.Report) { r.Cases = nil },
		"incomplete": func(r *addresschange.Report) { r.Name = cris.PersonName{} },
	} {
		filing, err := s.Submit(t.Context(), addresschangetest.NewReport("k", []casestatus.Case{pending}, edit))
		require.NoError(t, err, name)
		require.Equal(t, addresschange.KeyReused, filing.Outcome, name)
	}
	require.Equal(t, 1000, store.left)
	require.Empty(t, cases.reads)
	_, err = s.Submit(t.Context(), addresschangetest.NewReport("another", []casestatus.Case{pending}))
	require.ErrorIs(t, err, addresschange.ErrConflict)
	require.Less(t, store.left, 1000)
}

// watched notes what is done with the cases.
type watched struct {
	addresschange.Cases
	reads   []casestatus.ReceiptNumber
	updates []casestatus.ReceiptNumber
	fail    map[casestatus.ReceiptNumber]error // of Update
}

func (w *watched) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	w.reads = append(w.reads, receipt)
	return w.Cases.StaffCase(ctx, receipt)
}

func (w *watched) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	w.updates = append(w.updates, receipt)
	if err := w.fail[receipt]; err != nil {
		return err
	}
	return w.Cases.Update(ctx, receipt, decide)
}

func TestCA1_UnknownMismatchedAndProtectedCasesAreReadAndAnsweredAlike(t *testing.T) {
	words := cris.NewWords(addresschange.Words()...)
	type told struct {
		answers []addresschange.CaseAnswer
		said    []string
		reasons []cris.Reason
		reads   []casestatus.ReceiptNumber
		events  []string
		updates int
	}
	report := addresschangetest.NewReport("k", []casestatus.Case{casestatustest.NewPendingCase(1)})
	ask := func(onFile ...casestatus.Case) (got told) {
		d := newDesk(t, onFile...)
		cases := &watched{Cases: d.db.Cases()}
		d.Service = d.over(d.db.AddressChanges(), cases)
		filing := d.submit(t, report)
		got.answers, got.reasons = filing.Answers(), filing.Reasons
		for _, answer := range got.answers {
			got.said = append(got.said, words.Say(cris.English, answer.Message()), words.Say(cris.Spanish, answer.Message()), words.Say(cris.English, answer.Reason.Message()))
		}
		got.events = d.relay(t)
		got.reads, got.updates = cases.reads, len(cases.updates)
		return got
	}
	unknown := ask()
	require.Equal(t, []casestatus.ReceiptNumber{casestatustest.Receipt(1)}, unknown.reads)
	require.Zero(t, unknown.updates)
	require.Equal(t, unknown, ask(casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Withheld = true })))
	require.Equal(t, unknown, ask(casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Form = "I-90" })))
	require.Equal(t, unknown, ask(casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Address = casestatustest.NewAddress("60601") })))

	decided := ask(casestatustest.NewCase(1))
	require.Equal(t, unknown.said[:2], decided.said[:2], "whoever is not changed is told the other ways in the same words")
	require.Contains(t, unknown.said[0], "telephone")
	require.Contains(t, unknown.said[1], "carta")
}

func TestCA1_AnEventThatComesAgainEntersNothingTwice(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	d := newDesk(t, pending)
	filing := d.submit(t, addresschangetest.NewReport("k", []casestatus.Case{pending}))
	event := addresschange.Reported{ReportID: filing.Record.ID, Channel: erequest.Online}.Event(d.clock.Now())
	for range 3 {
		require.NoError(t, d.Handle(t.Context(), event))
	}
	entered := d.onFile(t, 1)
	require.Len(t, entered.Addresses, len(pending.Addresses)+1)

	// Also where the report does not know that it was entered, and the customer has moved on.
	require.NoError(t, d.db.AddressChanges().Update(t.Context(), "k", func(r addresschange.Record) (addresschange.Change, error) {
		r.Cases[0].Entered = cris.Date{}
		return addresschange.Change{Record: &r}, nil
	}))
	next, moved := entered.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("33130"), From: filing.Record.Effective, Origin: "another", At: filing.Record.ReportedAt.Add(1)})
	require.True(t, moved)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), next))
	require.NoError(t, d.Handle(t.Context(), event))
	require.Equal(t, next, d.onFile(t, 1))
	record, err := d.db.AddressChanges().Report(t.Context(), filing.Record.ID)
	require.NoError(t, err)
	require.False(t, record.Cases[0].Entered.IsZero(), "it was entered")
}

func TestCA1_NothingIsLostIfTheProcessDiesBetween(t *testing.T) {
	first, second, third := casestatustest.NewPendingCase(1), casestatustest.NewPendingCase(2), casestatustest.NewPendingCase(3)
	d := newDesk(t, first, second, third)
	d.submit(t, addresschangetest.NewReport("k", []casestatus.Case{first, second, third}))
	cases := &watched{Cases: d.db.Cases(), fail: map[casestatus.ReceiptNumber]error{second.Receipt: errors.New("down")}}
	d.Service = d.over(d.db.AddressChanges(), cases)
	_, err := cris.Relay(t.Context(), d.db.Outbox(), d.Handle)
	require.ErrorContains(t, err, "down")
	require.NotEqual(t, first, d.onFile(t, 1), "what was entered stays entered")
	require.Equal(t, second, d.onFile(t, 2))
	require.NotEqual(t, third, d.onFile(t, 3), "a case that fails keeps no other from its address")
	once := d.onFile(t, 1)

	cases.fail = nil
	d.relay(t)
	require.Equal(t, once, d.onFile(t, 1))
	require.NotEqual(t, second, d.onFile(t, 2))
	require.NotEqual(t, third, d.onFile(t, 3))
}

func TestCA1_WhatChangedSinceTheReportCounts(t *testing.T) {
	for name, test := range map[string]struct {
		since   func(*casestatus.Case)
		entered bool
	}{
		"protected": {func(c *casestatus.Case) { c.Withheld = true }, false},
		"moved on a later day": {func(c *casestatus.Case) {
			*c, _ = c.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("33130"), From: day("2022-08-16")})
		}, false},
		"decided": {func(c *casestatus.Case) { c.History = casestatustest.NewCase(1).History }, true}, // the card goes to the new address
	} {
		pending := casestatustest.NewPendingCase(1)
		d := newDesk(t, pending)
		filing := d.submit(t, addresschangetest.NewReport("k", []casestatus.Case{pending}))
		since := d.onFile(t, 1)
		test.since(&since)
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), since))
		d.clock.Set("2022-08-17T12:00:00Z")
		d.relay(t)
		record, err := d.db.AddressChanges().Report(t.Context(), filing.Record.ID)
		require.NoError(t, err)
		require.Equal(t, !test.entered, record.Cases[0].Entered.IsZero(), name)
		if !test.entered {
			require.Equal(t, since, d.onFile(t, 1), name)
		} else {
			require.Equal(t, filing.Record.MailTo(), d.onFile(t, 1).Address, name)
			require.Equal(t, day("2022-08-15"), d.onFile(t, 1).Addresses[3].From, "from the day of the report")
		}
	}
	// A case that has this address already.
	home := addresschangetest.NewMove().MailTo()
	pending := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Address = home })
	d := newDesk(t, pending)
	filing := d.submit(t, addresschangetest.NewReport("k", []casestatus.Case{pending}))
	require.Equal(t, []string{addresschange.EventReported, casestatus.EventCaseChanged}, d.relay(t))
	require.Equal(t, home, d.onFile(t, 1).Address)
	require.Len(t, d.onFile(t, 1).Addresses, len(pending.Addresses)+1, "confirmed")
	record, err := d.db.AddressChanges().Report(t.Context(), filing.Record.ID)
	require.NoError(t, err)
	require.Equal(t, day("2022-08-15"), record.Cases[0].Entered)
}

func TestCA1_SixteenRetriesAtTheSameInstantLeaveOneReport(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	d := newDesk(t, pending)
	filings := make([]addresschange.Filing, 16)
	var wg sync.WaitGroup
	for i := range filings {
		wg.Go(func() {
			filings[i], _ = d.Submit(t.Context(), addresschangetest.NewReport("k", []casestatus.Case{pending}))
		})
	}
	wg.Wait()
	count := map[addresschange.Outcome]int{}
	for _, filing := range filings {
		count[filing.Outcome]++
		require.Equal(t, filings[0].Record.Confirmation, filing.Record.Confirmation)
	}
	require.Equal(t, map[addresschange.Outcome]int{addresschange.Accepted: 1, addresschange.AlreadyAccepted: 15}, count)
	require.Equal(t, []string{addresschange.EventReported, casestatus.EventCaseChanged}, d.relay(t))
}

func TestCA1_TheConfirmationTellsOfTheImmigrationCourt(t *testing.T) {
	words := cris.NewWords(addresschange.Words()...)
	d := newDesk(t)
	for key, moved := range map[string]string{"in time": "2022-08-10", "late": "2022-07-01"} {
		filing := d.submit(t, addresschangetest.NewReport(key, nil, func(r *addresschange.Report) { r.MovedOn = day(moved) }))
		confirmation, ok := filing.Confirmation()
		require.True(t, ok)
		require.Equal(t, key == "late", confirmation.Late)
		said := words.Say(cris.English, filing.Message())
		require.Contains(t, said, confirmation.Number.String())
		require.Contains(t, said, "August 15, 2022")
		require.Contains(t, said, "immigration court")
		require.Equal(t, key == "late", slices.Contains(codes(filing.Reasons), "reported_late"))
		require.Contains(t, codes(filing.Reasons), "court_not_told")
		require.Contains(t, words.Say(cris.Spanish, filing.Message()), "tribunal de inmigración")
	}
}

// The days of the duty are those of the policy, and no words count them.
func TestCA1_TheWordsGoByTheDaysOfThePolicy(t *testing.T) {
	words := cris.NewWords(addresschange.Words()...)
	policy := addresschange.Policy{DutyDays: 3}
	d := newDesk(t)
	s := addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), &addresschange.Options{Now: d.clock.Now, Policy: &policy})
	filing, err := s.Submit(t.Context(), addresschangetest.NewReport("k", nil)) // moved on August 10
	require.NoError(t, err)
	require.Contains(t, words.Say(cris.English, filing.Message()), "after August 13, 2022, the last day to do so")
	require.Contains(t, words.Say(cris.Spanish, filing.Message()), "después del 13 de agosto de 2022")
	require.Equal(t, "You must report a new address within 3 days after you move.", words.Say(cris.English, policy.Duty()))
	require.Equal(t, "Debe informar su nueva dirección en un plazo de 10 días después de mudarse.", words.Say(cris.Spanish, addresschange.Policy{}.Duty()))
	one := addresschange.Policy{DutyDays: 1}
	require.Equal(t, "You must report a new address within one day after you move.", words.Say(cris.English, one.Duty()))
	require.Equal(t, "Debe informar su nueva dirección en un plazo de un día después de mudarse.", words.Say(cris.Spanish, one.Duty()))
	for _, phrase := range addresschange.Words() {
		require.NotContains(t, phrase.English, "ten days", phrase.Code)
		require.NotContains(t, phrase.Spanish, "diez días", phrase.Code)
	}
	for _, reason := range addresschange.Reasons() {
		require.NotContains(t, reason.Text, "ten days", reason.Code)
	}
}

func TestWords_SayEverything(t *testing.T) {
	words := cris.NewWords(addresschange.Words()...)
	var messages []cris.Message
	for _, r := range addresschange.Reasons() {
		messages = append(messages, r.Message())
	}
	for _, f := range addresschange.Fields() {
		messages = append(messages, f.Message())
	}
	for _, o := range addresschange.CaseOutcomes() {
		messages = append(messages, o.Message())
	}
	for _, o := range addresschange.Outcomes() {
		messages = append(messages, addresschange.Filing{Outcome: o}.Message())
	}
	for _, m := range messages {
		require.True(t, words.Has(m.Code), m.Code)
		require.NotContains(t, words.Say(cris.Spanish, m), "%!", m.Code)
	}
}

func TestER7_TheStatementOfTheDay(t *testing.T) {
	d := newDesk(t)
	statement, err := d.Statement()
	require.NoError(t, err)
	require.Equal(t, addresschange.Statements()[0], statement)
	d.clock.Set("2013-08-14T12:00:00Z")
	_, err = d.Statement()
	require.ErrorIs(t, err, cris.ErrNotFound)
	d.clock.Set("1970-01-01T00:00:00Z")
	_, err = d.Statement()
	require.ErrorIs(t, err, cris.ErrClock)
}

func TestReadReported_RefusesWhatIsNoSuchEvent(t *testing.T) {
	good := addresschange.Reported{ReportID: "r", Channel: erequest.Letter}
	read, err := addresschange.ReadReported(good.Event(addresschangetest.Start()))
	require.NoError(t, err)
	require.Equal(t, good, read)
	for _, spoil := range []func(*cris.Event){
		func(e *cris.Event) { e.Type = "cris.other" },
		func(e *cris.Event) { e.Subject = "" },
		func(e *cris.Event) { e.Data = nil },
		func(e *cris.Event) { e.Data = map[string]string{"channel": "fax"} },
	} {
		event := good.Event(addresschangetest.Start())
		spoil(&event)
		_, err := addresschange.ReadReported(event)
		require.ErrorContains(t, err, "addresschange: ")
	}
}

func TestService_HandlesItsOwnEventAndNoOther(t *testing.T) {
	d := newDesk(t)
	require.Equal(t, []string{addresschange.EventReported}, d.HandledTypes())
	require.NoError(t, d.Handle(t.Context(), cris.Event{ID: "e", Type: "cris.other"}))
	require.ErrorContains(t, d.Handle(t.Context(), cris.Event{ID: "e", Type: addresschange.EventReported}), "cannot be read")
	gone := addresschange.Reported{ReportID: "gone", Channel: erequest.Online}.Event(addresschangetest.Start())
	require.ErrorIs(t, d.Handle(t.Context(), gone), addresschange.ErrNotFound)
}

func TestService_AClockThatCannotBeRightSavesNothing(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	d := newDesk(t, pending)
	filing := d.submit(t, addresschangetest.NewReport("k", []casestatus.Case{pending}))
	for _, at := range []string{"0001-01-01T00:00:00Z", "1970-12-31T23:59:59Z", "9900-01-01T00:00:00Z"} {
		d.clock.Set(at)
		_, err := d.Submit(t.Context(), addresschangetest.NewReport("k2", []casestatus.Case{pending}))
		require.ErrorIs(t, err, cris.ErrClock, at)
		event := addresschange.Reported{ReportID: filing.Record.ID, Channel: erequest.Online}.Event(addresschangetest.Start())
		require.ErrorIs(t, d.Handle(t.Context(), event), cris.ErrClock, at)
	}
	require.Equal(t, pending, d.onFile(t, 1))
}

// busy is a store that gives up a number of times.
type busy struct {
	addresschange.Store
	left int
}

func (b *busy) Update(ctx context.Context, key string, decide func(addresschange.Record) (addresschange.Change, error)) error {
	if b.left > 0 {
		b.left--
		return fmt.Errorf("busy: %w", cris.ErrConflict)
	}
	return b.Store.Update(ctx, key, decide)
}

func TestService_ConflictIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pending := casestatustest.NewPendingCase(1)
		d := newDesk(t, pending)
		store := &busy{Store: d.db.AddressChanges(), left: 1000}
		s := d.over(store, d.db.Cases())
		report := addresschangetest.NewReport("k", []casestatus.Case{pending})
		_, err := s.Submit(t.Context(), report)
		require.ErrorIs(t, err, addresschange.ErrConflict)
		require.ErrorContains(t, err, "addresschange: ")
		require.Equal(t, 1000-retry.DefaultPolicy().Tries, store.left)
		store.left = 4
		filing, err := s.Submit(t.Context(), report)
		require.NoError(t, err)
		require.Equal(t, addresschange.Accepted, filing.Outcome)
	})
}

func TestService_AConfirmationNumberThatIsTakenIsDrawnAnew(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, addresschangetest.NewReport("k1", nil))
	second := d.submit(t, addresschangetest.NewReport("k2", nil))
	require.NotEqual(t, first.Record.Confirmation, second.Record.Confirmation)
	s := addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), &addresschange.Options{
		Now: d.clock.Now, Random: iotest.ErrReader(errors.New("no entropy")),
	})
	_, err := s.Submit(t.Context(), addresschangetest.NewReport("k3", nil))
	require.ErrorContains(t, err, "no entropy")
}

// broken fails in the port that is named.
type broken struct {
	addresschange.Cases
	err error
}

func (b broken) StaffCase(context.Context, casestatus.ReceiptNumber) (casestatus.Case, error) {
	return casestatus.Case{}, b.err
}

func TestService_AFailingPortIsAnError(t *testing.T) {
	d := newDesk(t)
	down := errors.New("down")
	s := d.over(d.db.AddressChanges(), broken{d.db.Cases(), down})
	_, err := s.Submit(t.Context(), addresschangetest.NewReport("k", []casestatus.Case{casestatustest.NewPendingCase(1)}))
	require.ErrorIs(t, err, down)
	require.ErrorContains(t, err, "addresschange: ")
	require.Empty(t, d.relay(t))
}

func TestService_DefaultsAndPolicy(t *testing.T) {
	d := newDesk(t)
	_, err := addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), nil).Statement()
	require.NoError(t, err, "the wall clock is set")
	s := addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), &addresschange.Options{Now: d.clock.Now, Policy: &addresschange.Policy{DutyDays: 3}})
	filing, err := s.Submit(t.Context(), addresschangetest.NewReport("k", nil))
	require.NoError(t, err)
	require.Equal(t, day("2022-08-13"), filing.Record.DueBy)
	require.True(t, filing.Record.Late())
	require.Zero(t, addresschange.Filing{Record: addresschange.Record{Cases: []addresschange.CaseRecord{{Because: "of.later_days"}}}}.Answers()[0].Reason)
}

// CA-1, ER-5a: what staff took for a protected case is entered in it, protected or not by then.
func TestCA1_AReportByTelephoneIsEnteredInAProtectedCase(t *testing.T) {
	protected := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Withheld = true })
	for channel, want := range map[erequest.Channel]addresschange.CaseOutcome{
		erequest.Online: addresschange.NotChanged, erequest.Telephone: addresschange.Changed,
	} {
		d := newDesk(t, protected)
		report := addresschangetest.NewReport("k", []casestatus.Case{protected}, func(r *addresschange.Report) { r.Channel = channel })
		filing := d.submit(t, report)
		require.Equal(t, want, filing.Record.Cases[0].Outcome, channel)
		d.relay(t)
		isNew := d.onFile(t, 1).Address == filing.Record.MailTo()
		require.Equal(t, want == addresschange.Changed, isNew, channel)
	}
}
