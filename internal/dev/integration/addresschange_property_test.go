package integration_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// moves is a customer who moves again and again, beside what should become of the cases.
type moves struct {
	db      *memory.DB
	service *addresschange.Service
	clock   *addresschangetest.Clock
	dying   *dyingCases
	cases   []movingCase
	sent    []sentReport // all that were accepted
	waiting []int        // of those, the ones whose events were not relayed yet
}

// movingCase is what the model knows of a case.
type movingCase struct {
	zips              []string // oldest first
	from              []cris.Date
	withheld, decided bool
}

type sentReport struct {
	report  addresschange.Report
	filing  addresschange.Filing
	changes []int // the cases that it changes
}

// dyingCases fail after a number of Updates, as a process does that is killed.
type dyingCases struct {
	addresschange.Cases
	left int
}

var errKilled = errors.New("killed")

func (d *dyingCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	if d.left == 0 {
		return errKilled
	}
	d.left--
	return d.Cases.Update(ctx, receipt, decide)
}

const overlap = 30

// zipsOn are the ZIP codes that the model takes for the customer's on the day.
func (c movingCase) zipsOn(on cris.Date) (counting []string) {
	for i, zip := range c.zips {
		if i+1 == len(c.zips) || !on.After(c.from[i+1].AddDays(overlap)) {
			counting = append(counting, zip)
		}
	}
	return counting
}

func newMoves(t *rapid.T) *moves {
	m := &moves{db: memory.New(), clock: addresschangetest.NewClock("2022-01-03T17:00:00Z")}
	m.dying = &dyingCases{Cases: m.db.Cases()}
	m.service = addresschange.NewService(m.db.AddressChanges(), m.dying, &addresschange.Options{Now: m.clock.Now, NewID: addresschangetest.IDs("id-")})
	for n := range 3 {
		onFile := casestatustest.NewPendingCase(n, func(c *casestatus.Case) { c.Address, c.Addresses = casestatustest.NewAddress("07405"), nil })
		require.NoError(t, casestatustest.PutCase(t.Context(), m.db.Cases(), onFile))
		m.cases = append(m.cases, movingCase{zips: []string{"07405"}, from: []cris.Date{{}}})
	}
	return m
}

// newZIPs are the ZIP codes of the addresses to which the customer moves, all in one state.
var newZIPs = rapid.SampledFrom([]string{"07405", "07102", "08540", "08901"})

// Report sends in a new report that names some of the cases.
func (m *moves) Report(t *rapid.T) {
	today := m.clock.Today()
	zip := newZIPs.Draw(t, "new ZIP")
	sent := sentReport{report: addresschangetest.NewReport(fmt.Sprint("key-", len(m.sent)), nil, func(r *addresschange.Report) {
		r.Present, r.Mailing = casestatustest.NewAddress(zip), cris.Address{}
		r.MovedOn, r.Signature.On = today.AddDays(-rapid.IntRange(0, 20).Draw(t, "days ago")), today
	})}
	var want []string
	for n, c := range m.cases {
		if !rapid.Bool().Draw(t, "named") {
			continue
		}
		entered := rapid.SampledFrom(append(slices.Clone(c.zips), "60601")).Draw(t, "entered ZIP")
		onFile := casestatustest.NewPendingCase(n, func(c *casestatus.Case) { c.Address = casestatustest.NewAddress(entered) })
		sent.report.Cases = append(sent.report.Cases, erequesttest.NewScreening(onFile))
		switch {
		case c.withheld || !slices.Contains(c.zipsOn(today), entered):
			want = append(want, "addresschange.case_not_matched")
		case c.decided:
			want = append(want, "addresschange.case_not_pending")
		default:
			want = append(want, "addresschange.case_changed")
			sent.changes = append(sent.changes, n)
		}
	}
	filing, err := m.service.Submit(t.Context(), sent.report)
	require.NoError(t, err)
	require.Equal(t, addresschange.Accepted, filing.Outcome)
	require.Equal(t, sent.report.MovedOn.AddDays(10).Before(today), filing.Record.Late())
	var got []string
	for _, answer := range filing.Answers() {
		got = append(got, string(answer.Reason.Code))
	}
	require.Equal(t, want, got)
	sent.filing = filing
	m.waiting = append(m.waiting, len(m.sent))
	m.sent = append(m.sent, sent)
}

// Retry sends in a report again, or another under its key.
func (m *moves) Retry(t *rapid.T) {
	if len(m.sent) == 0 {
		t.Skip("nothing was sent")
	}
	earlier := rapid.SampledFrom(m.sent).Draw(t, "again")
	again, err := m.service.Submit(t.Context(), earlier.report)
	require.NoError(t, err)
	require.Equal(t, addresschange.AlreadyAccepted, again.Outcome)
	require.Equal(t, earlier.filing.Record.Confirmation, again.Record.Confirmation)
	require.Equal(t, earlier.filing.Answers(), again.Answers())
	earlier.report.Channel = erequest.LocalOffice
	other, err := m.service.Submit(t.Context(), earlier.report)
	require.NoError(t, err)
	require.Equal(t, addresschange.KeyReused, other.Outcome)
}

// Relay delivers what waits, perhaps by a process that is killed after some Updates.
func (m *moves) Relay(t *rapid.T) {
	m.dying.left = rapid.SampledFrom([]int{-1, 0, 1, 2}).Draw(t, "updates until it is killed")
	_, err := cris.Relay(t.Context(), m.db.Outbox(), m.service.Handle)
	if err != nil {
		require.ErrorIs(t, err, errKilled)
		m.dying.left = -1
		_, err = cris.Relay(t.Context(), m.db.Outbox(), m.service.Handle)
	}
	require.NoError(t, err)
	for _, i := range m.waiting {
		sent := m.sent[i]
		zip := sent.report.Present.Reveal().ZIP.String()
		for _, n := range sent.changes {
			c := &m.cases[n]
			if !c.withheld { // also where it confirms the address on file
				c.zips, c.from = append(c.zips, zip), append(c.from, sent.filing.Record.Effective)
			}
		}
	}
	m.waiting = nil
	for n, c := range m.cases {
		onFile, err := m.db.Cases().StaffCase(t.Context(), casestatustest.Receipt(n))
		require.NoError(t, err)
		require.Equal(t, casestatustest.NewAddress(c.zips[len(c.zips)-1]), onFile.Address)
		require.Len(t, onFile.Addresses, len(c.zips)*min(1, len(c.zips)-1), "none while it never changed")
	}
}

// Redeliver hands an event of earlier to the service again.
func (m *moves) Redeliver(t *rapid.T) {
	if len(m.sent) == 0 || len(m.waiting) > 0 {
		t.Skip("nothing was delivered, or not all")
	}
	earlier := rapid.SampledFrom(m.sent).Draw(t, "again")
	for _, n := range earlier.changes {
		if c := earlier.entered(t, m, n); c.IsZero() && !m.cases[n].withheld {
			t.Skip("it was withheld then, and is entered now")
		}
	}
	before := m.snapshot(t)
	event := addresschange.Reported{ReportID: earlier.filing.Record.ID, Channel: erequest.Online}.Event(m.clock.Now())
	m.dying.left = -1
	require.NoError(t, m.service.Handle(t.Context(), event))
	require.Equal(t, before, m.snapshot(t))
}

// entered is the day on which the report says that the n-th case got the address.
func (s sentReport) entered(t *rapid.T, m *moves, n int) cris.Date {
	record, err := m.db.AddressChanges().Report(t.Context(), s.filing.Record.ID)
	require.NoError(t, err)
	for _, c := range record.Cases {
		if c.Screening.Receipt == casestatustest.Receipt(n) {
			return c.Entered
		}
	}
	return cris.Date{}
}

func (m *moves) snapshot(t *rapid.T) (all []casestatus.Case) {
	for n := range m.cases {
		onFile, err := m.db.Cases().StaffCase(t.Context(), casestatustest.Receipt(n))
		require.NoError(t, err)
		all = append(all, onFile)
	}
	return all
}

// Protect withholds a case, or no longer; or decides it, or reopens it.
func (m *moves) Protect(t *rapid.T) {
	n := rapid.IntRange(0, len(m.cases)-1).Draw(t, "case")
	c := &m.cases[n]
	c.withheld, c.decided = rapid.Bool().Draw(t, "withheld"), rapid.Bool().Draw(t, "decided")
	require.NoError(t, m.db.Cases().Update(t.Context(), casestatustest.Receipt(n), func(onFile casestatus.Case) (casestatus.CaseChange, error) {
		onFile.Withheld, onFile.History = c.withheld, casestatustest.NewPendingCase(n).History
		if c.decided {
			onFile.History = casestatustest.NewCase(n).History
		}
		return casestatus.CaseChange{Case: &onFile}, nil
	}))
}

// Days lets some days go by.
func (m *moves) Days(t *rapid.T) {
	m.clock.Advance(time.Duration(rapid.SampledFrom([]int{1, 10, 29, 30, 31}).Draw(t, "days")) * 24 * time.Hour)
}

func TestCA1_AModelOfMovesHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { t.Repeat(rapid.StateMachineActions(newMoves(t))) })
}

// Check is run after each step: nothing that waits is entered before it is relayed.
func (m *moves) Check(t *rapid.T) {
	for n, c := range m.cases {
		onFile, err := m.db.Cases().StaffCase(t.Context(), casestatustest.Receipt(n))
		require.NoError(t, err)
		require.Equal(t, casestatustest.NewAddress(c.zips[len(c.zips)-1]), onFile.Address)
	}
}
