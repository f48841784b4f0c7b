package casestatus_test

import (
	"context"
	"errors"
	"iter"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

// office is the case side with its sync and its watch, and the mail side beside it.
type office struct {
	*casestatus.Service
	*casestatus.DeliverySync
	*casestatus.Watch

	mail, db *memory.DB
	clock    *casestatustest.Clock
}

// newOffice returns an office at noon of the day, which files and looks at two pieces at a
// time.
func newOffice(t *testing.T, on string, cases ...casestatus.Case) *office {
	t.Helper()
	o := &office{mail: memory.New(), db: memory.New(), clock: casestatustest.NewClock(on + "T17:00:00Z")}
	for _, c := range cases {
		require.NoError(t, casestatustest.PutCase(t.Context(), o.db.Cases(), c))
	}
	o.over(o.db.Cases(), o.db.Deliveries())
	return o
}

// over has the office work over other stores.
func (o *office) over(cases casestatus.Cases, deliveries casestatus.Deliveries) {
	options := &casestatus.Options{Now: o.clock.Now, NewID: casestatustest.IDs("id-"), Policy: &casestatus.Policy{PiecesAtOnce: 2}}
	o.Service = casestatus.NewService(cases, o.db.ProcessingTimes(), deliveries, options)
	o.DeliverySync = casestatus.NewDeliverySync(o.mail.Scans(), cases, deliveries, options)
	o.Watch = casestatus.NewWatch(cases, deliveries, options)
}

func (o *office) pass(t *testing.T, on string) int {
	t.Helper()
	o.clock.Set(on + "T17:00:00Z")
	raised, err := o.Pass(t.Context())
	require.NoError(t, err)
	return raised
}

func (o *office) sync(t *testing.T) casestatus.Received {
	t.Helper()
	received, err := o.Sync(t.Context())
	require.NoError(t, err)
	return received
}

func (o *office) alerts(t *testing.T, query casestatus.AlertQuery) (all []casestatus.CaseAlert) {
	t.Helper()
	for alert, err := range o.Alerts(t.Context(), query) {
		require.NoError(t, err)
		all = append(all, alert)
	}
	return all
}

// kinds are those of all alerts, in the order in which they were raised.
func (o *office) kinds(t *testing.T) (kinds []tracking.AlertKind) {
	t.Helper()
	for _, alert := range o.alerts(t, casestatus.AlertQuery{}) {
		kinds = append(kinds, alert.Kind)
	}
	return kinds
}

// told are the alerts that the outbox tells of.
func (o *office) told(t *testing.T) (all []casestatus.MailAlertRaised) {
	t.Helper()
	events, err := o.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		if event.Type == casestatus.EventMailAlert {
			raised, err := casestatus.ReadMailAlertRaised(event)
			require.NoError(t, err)
			all = append(all, raised)
		}
	}
	return all
}

// mailed is the n-th case, with a card mailed on 2022-02-14 under the number of the n-th piece.
func mailed(n int) (casestatus.Case, tracking.Number) {
	number := casestatustest.NewPiece(n, 0).Number
	return casestatustest.NewCase(n, func(c *casestatus.Case) {
		c.Mailings = []casestatus.Mailing{casestatustest.NewMailing(number)}
	}), number
}

func TestTR7_APieceThatWentQuietIsRaisedOnce(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-16", onFile)
	last := scanned(number, "10", "2022-02-15T11:42")
	arrive(t, o.mail.Scans(), "tuesday", last)
	require.Equal(t, casestatus.Received{Pieces: 1, Changed: 1}, o.sync(t))

	require.Zero(t, o.pass(t, "2022-02-21"))
	require.Equal(t, 1, o.pass(t, "2022-02-22"))
	for _, later := range []string{"2022-02-22", "2022-02-23", "2022-03-30"} {
		require.Zero(t, o.pass(t, later), "raised before")
	}
	alerts := o.alerts(t, casestatus.AlertQuery{})
	require.Len(t, alerts, 1)
	require.Equal(t, tracking.Alert{Kind: tracking.AlertQuiet, Scan: last, Since: day("2022-02-22")}, alerts[0].Alert)
	require.Equal(t, onFile, alerts[0].Case)
	require.Equal(t, onFile.Mailings[0], alerts[0].Mailing)
	require.Equal(t, casestatustest.NewClock("2022-02-22T17:00:00Z").Now(), alerts[0].Raised)
	require.Equal(t, []casestatus.MailAlertRaised{{
		AlertID: alerts[0].ID, Receipt: onFile.Receipt, Number: number, Kind: tracking.AlertQuiet, Since: day("2022-02-22"),
	}}, o.told(t))
}

func TestTR7_ASecondSilenceIsAnother(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-16", onFile)
	arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
	o.sync(t)
	require.Equal(t, 1, o.pass(t, "2022-03-01"), "a pass that did not run is made up for")
	arrive(t, o.mail.Scans(), "wednesday", scanned(number, "10", "2022-03-02T11:42"))
	require.Equal(t, casestatus.Received{Pieces: 1}, o.sync(t))
	require.Zero(t, o.pass(t, "2022-03-08"))
	require.Equal(t, 1, o.pass(t, "2022-03-09"))
	arrive(t, o.mail.Scans(), "thursday", scanned(number, "01", "2022-03-10T11:42"))
	o.sync(t)
	require.Zero(t, o.pass(t, "2022-04-30"), "the journey has ended")
	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet, tracking.AlertQuiet}, o.kinds(t))
}

func TestTR7_EveryQuietPieceIsRaisedHoweverManyThereAre(t *testing.T) {
	for n := range 6 { // two at a time
		var cases []casestatus.Case
		var scans []tracking.Scan
		for i := range n {
			onFile, number := mailed(i)
			cases = append(cases, onFile)
			scans = append(scans, scanned(number, "10", "2022-02-15T11:42"))
		}
		o := newOffice(t, "2022-02-16", cases...)
		arrive(t, o.mail.Scans(), "tuesday", scans...)
		o.sync(t)
		require.Equal(t, n, o.pass(t, "2022-02-22"))
		require.Len(t, o.told(t), n)
	}
}

// A document that no scan tells of is watched from the day on which its mailing is on file.
func TestTR7_ADocumentWithoutAnyScanIsWatched(t *testing.T) {
	o := newOffice(t, "2022-02-14", casestatustest.NewPendingCase(1))
	number := casestatustest.NewPiece(1, 0).Number
	changed, err := o.Record(t.Context(), casestatustest.Receipt(1), func(c *casestatus.Case) {
		c.Mailings = []casestatus.Mailing{
			casestatustest.NewMailing(number), casestatustest.NewMailing(number), // two documents in one envelope
			casestatustest.NewMailing(tracking.Number{}),
		}
	})
	require.NoError(t, err)
	event := casestatus.CaseChanged{Receipt: casestatustest.Receipt(1), Changed: changed}.Event("e", casestatustest.Start())
	require.Equal(t, []string{casestatus.EventCaseChanged}, o.HandledTypes())
	for range 2 { // events may come twice
		require.NoError(t, o.Handle(t.Context(), event))
	}
	require.Zero(t, o.pass(t, "2022-02-20"))
	require.Positive(t, o.pass(t, "2022-02-21"))
	require.Equal(t, tracking.Alert{Kind: tracking.AlertQuiet, Since: day("2022-02-21")}, o.alerts(t, casestatus.AlertQuery{})[0].Alert)
}

func TestTR7_WhatAScanTellsIsRaisedByTheSync(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-17", onFile)
	away := scanned(number, "01", "2022-02-16T11:42")
	away.Place.ZIP = cris.MustParseZIP("60601")
	arrive(t, o.mail.Scans(), "wednesday", away)
	require.Equal(t, casestatus.Received{Pieces: 1, Changed: 1, Alerts: 1}, o.sync(t))
	require.Equal(t, tracking.Alert{Kind: tracking.AlertDeliveredElsewhere, Scan: away, Since: day("2022-02-16")},
		o.alerts(t, casestatus.AlertQuery{})[0].Alert)
	arrive(t, o.mail.Scans(), "late", scanned(number, "10", "2022-02-15T11:42"))
	require.Equal(t, casestatus.Received{Pieces: 1}, o.sync(t), "it is raised already")
	require.Zero(t, o.pass(t, "2022-03-30"))

	again := away
	again.At = tracking.MustParseLocalTime("2022-02-18T09:00")
	arrive(t, o.mail.Scans(), "friday", again)
	require.Equal(t, 2, o.sync(t).Alerts, "another delivery elsewhere, and a second delivery")
	require.Equal(t, []tracking.AlertKind{
		tracking.AlertDeliveredElsewhere, tracking.AlertDeliveredElsewhere, tracking.AlertDeliveredTwice,
	}, o.kinds(t))
}

func TestTR7_AReturnIsRaisedOnceHoweverManyScansTellOfIt(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-17", onFile)
	arrive(t, o.mail.Scans(), "first", scanned(number, "09", "2022-02-16T11:42"))
	require.Equal(t, 1, o.sync(t).Alerts)
	arrive(t, o.mail.Scans(), "second", scanned(number, "09", "2022-02-17T08:00"))
	require.Zero(t, o.sync(t).Alerts)
	require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted}, o.kinds(t))
}

func TestTR7_ADeliveryAtWhatIsNoLongerTheAddressIsRaised(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-17", onFile)
	arrive(t, o.mail.Scans(), "wednesday", scanned(number, "01", "2022-02-16T11:42"))
	require.Zero(t, o.sync(t).Alerts)
	changed, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) { c.Address = casestatustest.NewAddress("10001") })
	require.NoError(t, err)
	require.Equal(t, []casestatus.CaseAspect{casestatus.AspectAddress}, changed)
	require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{Receipt: onFile.Receipt, Changed: changed}.Event("e", casestatustest.Start())))
	require.Equal(t, []tracking.AlertKind{tracking.AlertDeliveredElsewhere}, o.kinds(t))
}

func TestTR7_ACorrectedDayOfMailingRaisesNothingAgain(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-20", onFile)
	arrive(t, o.mail.Scans(), "friday", scanned(number, "OA", "2022-02-15T11:42"), scanned(number, "21", "2022-02-18T11:42"))
	o.sync(t)
	_, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) { c.Mailings[0].Mailed = c.Mailings[0].Mailed.AddDays(1) })
	require.NoError(t, err)
	events, err := o.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		require.NoError(t, o.Handle(t.Context(), event))
	}
	require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted}, o.kinds(t))
	require.Len(t, o.told(t), 1)
}

// One number was given to mailings of two cases: each has an alert of its own.
func TestTR7_EveryCaseOfANumberIsTold(t *testing.T) {
	first, number := mailed(1)
	second, _ := mailed(2)
	second.Mailings = first.Mailings
	second.Withheld = true
	o := newOffice(t, "2022-02-17", first, second)
	arrive(t, o.mail.Scans(), "wednesday", scanned(number, "09", "2022-02-16T11:42"))
	require.Equal(t, 2, o.sync(t).Alerts)
	for _, c := range []casestatus.Case{first, second} { // withheld or not: it is for staff
		alerts := o.alerts(t, casestatus.AlertQuery{Receipt: c.Receipt})
		require.Len(t, alerts, 1)
		require.Equal(t, c, alerts[0].Case)
	}
	for limit, want := range map[int]int{-1: 2, 0: 2, 1: 1, 2: 2, 3: 2} {
		require.Len(t, o.alerts(t, casestatus.AlertQuery{Page: cris.Page[string]{Limit: limit}}), want, limit)
	}
	for _, err := range o.Alerts(t.Context(), casestatus.AlertQuery{}) {
		require.NoError(t, err)
		break // a loop may end early
	}
}

func TestWatch_WhatIsNotItsBusinessIsLeftAlone(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-03-30", onFile)
	at := casestatustest.Start()
	require.NoError(t, o.Handle(t.Context(), cris.Event{ID: "e", Type: "cris.other"}))
	untouched := []casestatus.CaseAspect{
		casestatus.AspectOpened, casestatus.AspectForm, casestatus.AspectStatus, casestatus.AspectOffice,
		casestatus.AspectRepresentative, casestatus.AspectWithheld,
	}
	require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{Receipt: onFile.Receipt, Changed: untouched}.Event("e", at)))
	require.Empty(t, o.kinds(t))
	gone := casestatus.CaseChanged{Receipt: casestatustest.Receipt(9), Changed: []casestatus.CaseAspect{casestatus.AspectMailings}}
	require.NoError(t, o.Handle(t.Context(), gone.Event("e", at)))
	require.Error(t, o.Handle(t.Context(), cris.Event{ID: "e", Type: casestatus.EventCaseChanged}))
	require.Empty(t, o.kinds(t))

	require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{
		Receipt: onFile.Receipt, Changed: []casestatus.CaseAspect{casestatus.AspectMailings},
	}.Event("e", at)))
	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, o.kinds(t))
	require.Equal(t, number, o.told(t)[0].Number)
}

// A case that is no longer on file leaves its alerts without it.
func TestAlerts_OfACaseThatIsGone(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-17", onFile)
	arrive(t, o.mail.Scans(), "wednesday", scanned(number, "09", "2022-02-16T11:42"))
	o.sync(t)
	watch := casestatus.NewWatch(memory.New().Cases(), o.db.Deliveries(), nil)
	for alert, err := range watch.Alerts(t.Context(), casestatus.AlertQuery{}) {
		require.NoError(t, err)
		require.Equal(t, onFile.Receipt, alert.Receipt)
		require.Zero(t, alert.Case)
	}
}

// brokenDeliveries fails in the methods that are named.
type brokenDeliveries struct {
	casestatus.Deliveries
	due, alerts, update error
}

func (b brokenDeliveries) Due(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
	if b.due != nil {
		return func(yield func(casestatus.DuePiece, error) bool) { yield(casestatus.DuePiece{}, b.due) }
	}
	return b.Deliveries.Due(ctx, by, page)
}

func (b brokenDeliveries) Alerts(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
	if b.alerts != nil {
		return func(yield func(casestatus.MailAlert, error) bool) {
			for yield(casestatus.MailAlert{}, b.alerts) { // and goes on, which a list must not
			}
		}
	}
	return b.Deliveries.Alerts(ctx, query)
}

func (b brokenDeliveries) Update(ctx context.Context, numbers []tracking.Number, decide func(casestatus.Filed) (casestatus.DeliveryChange, error)) error {
	if b.update != nil {
		return b.update
	}
	return b.Deliveries.Update(ctx, numbers, decide)
}

func TestWatch_AFailingPortIsAnError(t *testing.T) {
	down := errors.New("down")
	quiet := func(t *testing.T, n int) *office {
		t.Helper()
		var cases []casestatus.Case
		var scans []tracking.Scan
		for i := range n {
			onFile, number := mailed(i)
			cases, scans = append(cases, onFile), append(scans, scanned(number, "10", "2022-02-15T11:42"))
		}
		o := newOffice(t, "2022-02-16", cases...)
		arrive(t, o.mail.Scans(), "tuesday", scans...)
		o.sync(t)
		o.clock.Set("2022-02-22T17:00:00Z")
		return o
	}
	for _, pieces := range []int{1, 3} { // fewer than are looked at at once, and more
		o := quiet(t, pieces)
		o.over(o.db.Cases(), brokenDeliveries{Deliveries: o.db.Deliveries(), due: down})
		_, err := o.Pass(t.Context())
		require.EqualError(t, err, "casestatus: read what is due: down")
		o.over(o.db.Cases(), brokenDeliveries{Deliveries: o.db.Deliveries(), update: down})
		raised, err := o.Pass(t.Context())
		require.EqualError(t, err, "casestatus: raise alerts: down")
		require.Zero(t, raised)
		o.over(failing{down}, o.db.Deliveries())
		_, err = o.Pass(t.Context())
		require.EqualError(t, err, "casestatus: read mailings: down")
		require.Empty(t, o.told(t))

		o.over(o.db.Cases(), o.db.Deliveries())
		require.Equal(t, pieces, o.pass(t, "2022-02-22"), "what failed is made up for")
		o.over(failing{down}, o.db.Deliveries())
		require.EqualError(t, firstError(o.Alerts(t.Context(), casestatus.AlertQuery{})), "casestatus: read case: down")
		o.over(o.db.Cases(), brokenDeliveries{Deliveries: o.db.Deliveries(), alerts: down})
		require.EqualError(t, firstError(o.Alerts(t.Context(), casestatus.AlertQuery{})), "casestatus: read alerts: down")
	}
	o := quiet(t, 1)
	o.over(failing{down}, o.db.Deliveries())
	require.EqualError(t, o.Handle(t.Context(), casestatus.CaseChanged{
		Receipt: casestatustest.Receipt(0), Changed: []casestatus.CaseAspect{casestatus.AspectAddress},
	}.Event("e", casestatustest.Start())), "casestatus: read case: down")
}

// firstError returns the error of a list, which must end with it.
func firstError(list iter.Seq2[casestatus.CaseAlert, error]) (failed error) {
	for _, err := range list {
		if failed != nil {
			return errors.Join(failed, errors.New("the list goes on"))
		}
		failed = err
	}
	return failed
}

func TestTR7_AnAlertIsRaisedOnceWhoeverNoticesItFirst(t *testing.T) {
	onFile, card := mailed(1)
	o := newOffice(t, "2022-06-16", onFile) // the card is long due, and nothing of it was received
	elsewhere := scanned(card, "01", "2022-06-16T11:42")
	elsewhere.Place.ZIP = cris.MustParseZIP("60601")
	arrive(t, o.mail.Scans(), "thursday", elsewhere)
	changed := casestatus.CaseChanged{Receipt: onFile.Receipt, Changed: []casestatus.CaseAspect{casestatus.AspectAddress}}
	const each = 8
	failed := make([]error, 3*each)
	var everybody sync.WaitGroup
	for i := range each {
		everybody.Go(func() { _, failed[3*i] = o.Pass(t.Context()) })
		everybody.Go(func() { _, failed[3*i+1] = o.Sync(t.Context()) })
		everybody.Go(func() { failed[3*i+2] = o.Handle(t.Context(), changed.Event("unused", o.clock.Now())) })
	}
	everybody.Wait()
	require.NoError(t, errors.Join(failed...))
	seen := map[tracking.AlertKind]int{}
	for _, kind := range o.kinds(t) {
		seen[kind]++
	}
	require.Equal(t, 1, seen[tracking.AlertDeliveredElsewhere])
	require.LessOrEqual(t, seen[tracking.AlertQuiet], 1, "the silence, if anybody looked before the delivery was received")
	require.Len(t, o.told(t), len(o.kinds(t)), "each is told of once")
}

func TestTR7_AReturnAfterADeliveryAtTheAddressIsAnotherReturn(t *testing.T) {
	onFile, card := mailed(1)
	o := newOffice(t, "2022-02-16", onFile)
	for i, scan := range []tracking.Scan{
		scanned(card, "21", "2022-02-16T11:42"), scanned(card, "01", "2022-02-17T11:42"), scanned(card, "21", "2022-02-18T11:42"),
	} {
		arrive(t, o.mail.Scans(), scan.At.String(), scan)
		require.Equal(t, []int{1, 0, 1}[i], o.sync(t).Alerts)
	}
	require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted, tracking.AlertReturnStarted}, o.kinds(t))
}
