package addresschange_test

import (
	"context"
	"errors"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/dev/planted"
)

// secrets are what stands in the personal fields of plantedReport and plantedCase, and nowhere
// else.
var secrets = []string{
	"Zyxfamily", "Zyxgiven", "Zyxmiddle", "Zyxmaiden", "Zyxsigner", "1953-07-13", "A987654321", "987654321",
	"Zyxpresent", "Zyxunit", "Zyxcity", "60647", "Zyxprevious", "07417", "Zyxmailing", "60192", "Zyxhome", "07438",
}

// plantedCase is the n-th of a series of pending cases of the person of plantedReport.
func plantedCase(n int) casestatus.Case {
	return casestatustest.NewPendingCase(n, func(c *casestatus.Case) {
		c.Address, c.Addresses = planted.Address("1 Zyxhome St", "NJ", "07438"), nil
	})
}

func plantedReport(edits ...func(*addresschange.Report)) addresschange.Report {
	return addresschangetest.NewReport("the key", []casestatus.Case{plantedCase(1), plantedCase(2), plantedCase(3)}, append([]func(*addresschange.Report){func(r *addresschange.Report) {
		r.Name, r.DateOfBirth, r.ANumber = planted.Name("Zyxfamily"), cris.NewPersonal(day("1953-07-13")), cris.MustParseANumber("A987654321")
		r.Present, r.Previous = planted.Address("2 Zyxpresent St", "IL", "60647"), planted.Address("3 Zyxprevious St", "NJ", "07417")
		r.Mailing = planted.Address("4 Zyxmailing St", "IL", "60192")
		r.Signature.Name = planted.Name("Zyxsigner")
	}}, edits...)...)
}

// failing fails in the one operation that is named.
type failing struct {
	addresschange.Store
	cases addresschange.Cases
	in    string
}

var errDown = errors.New("down")

func (f failing) err(operation string) error {
	if f.in == operation {
		return errDown
	}
	return nil
}

func (f failing) Keyed(ctx context.Context, key string) (addresschange.Record, error) {
	if err := f.err("Keyed"); err != nil {
		return addresschange.Record{}, err
	}
	return f.Store.Keyed(ctx, key)
}

func (f failing) Report(ctx context.Context, id string) (addresschange.Record, error) {
	if err := f.err("Report"); err != nil {
		return addresschange.Record{}, err
	}
	return f.Store.Report(ctx, id)
}

// Update fails after it has decided, as a commit does.
func (f failing) Update(ctx context.Context, key string, decide func(addresschange.Record) (addresschange.Change, error)) error {
	return f.Store.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
		change, err := decide(prior)
		return change, errors.Join(err, f.err("Update"))
	})
}

type failingCases struct{ failing }

func (f failingCases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if err := f.err("StaffCase"); err != nil {
		return casestatus.Case{}, err
	}
	return f.cases.StaffCase(ctx, receipt)
}

func (f failingCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	return f.cases.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
		change, err := decide(prior)
		return change, errors.Join(err, f.err("Cases.Update"))
	})
}

// noteFiling notes all that comes out with a filing, and what the customer is told.
func noteFiling(t *testing.T, out *planted.Output, filing addresschange.Filing) {
	t.Helper()
	words := cris.NewWords(addresschange.Words()...)
	out.Note(filing, filing.Record, filing.Answers())
	out.Say(words, filing.Message())
	out.SayReasons(words, filing.Reasons)
	for _, answer := range filing.Answers() {
		out.Say(words, answer.Message())
		out.SayReasons(words, []cris.Reason{answer.Reason})
	}
	confirmation, ok := filing.Confirmation()
	if !ok {
		return
	}
	out.Note(confirmation)
	out.Say(words, confirmation.Message())
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		letter, err := addresschange.NewService(nil, nil, nil).Notice(filing.Record, language)
		require.NoError(t, err)
		out.NoteLetter(letter)
	}
}

// PV-1: whatever becomes of a report, nothing personal is in what the service returns when it
// is printed, in its errors, in its events or in its words.
func TestPV1_NothingPersonalComesOutOfAReport(t *testing.T) {
	var out planted.Output
	submit := func(what string, want addresschange.Outcome, s *addresschange.Service, r addresschange.Report) addresschange.Filing {
		filing, err := s.Submit(t.Context(), r)
		require.Equal(t, want, filing.Outcome, what)
		require.Equal(t, want == "", err != nil, what)
		out.Note(r)
		if err != nil {
			out.Note(err)
		}
		noteFiling(t, &out, filing)
		return filing
	}
	newDesk := func() *desk {
		return newDesk(t, plantedCase(1), casestatustest.NewCase(2, func(c *casestatus.Case) { c.Address, c.Addresses = plantedCase(2).Address, nil }))
	}
	events := func(db *memory.DB) []cris.Event {
		pending, err := db.Outbox().Pending(t.Context(), 0)
		require.NoError(t, err)
		out.NoteEvents(pending)
		return pending
	}

	// Accepted, again, reused, and refused for everything at once.
	d := newDesk()
	filing := submit("accepted", addresschange.Accepted, d.Service, plantedReport())
	require.Equal(t, []string{"changed case_changed", "not_changed case_not_pending", "not_changed case_not_matched"}, outcomes(filing))
	submit("retried", addresschange.AlreadyAccepted, d.Service, plantedReport())
	submit("reused", addresschange.KeyReused, d.Service, plantedReport(func(r *addresschange.Report) { r.Cases = nil }))
	submit("incomplete", addresschange.Incomplete, d.Service, plantedReport(func(r *addresschange.Report) {
		r.Key, r.Statement, r.Channel = "", "Zyxstatement", "Zyxchannel"
		r.Present, r.Previous, r.Mailing = planted.Address("PO Box 12 Zyxpresent", "NJ", "60647"), planted.Address("3 Zyxprevious St", "CA", "07417"), planted.Address("4 Zyxmailing St", "PR", "60192")
		r.MovedOn, r.Signature.On = day("2030-01-01"), day("2030-01-01")
		r.Cases = []erequest.Screening{erequesttest.NewScreening(plantedCase(1), func(s *erequest.Screening) { s.Form = "<script>" })}
	}))
	reported := events(d.db)
	require.Len(t, reported, 1)
	require.NoError(t, d.Handle(t.Context(), reported[0]))
	require.Len(t, events(d.db), 2)
	out.Note(d.onFile(t, 1))

	// Every port that fails, the clock, the source of randomness, and a store that gives up.
	for _, operation := range []string{"Keyed", "StaffCase", "Update", "Report", "Cases.Update"} {
		d := newDesk()
		f := failing{Store: d.db.AddressChanges(), cases: d.db.Cases(), in: operation}
		s := d.over(f, failingCases{f})
		if operation == "Keyed" || operation == "StaffCase" || operation == "Update" {
			submit(operation+" fails", "", s, plantedReport())
			require.Empty(t, events(d.db))
			continue
		}
		submit("the entry is to fail", addresschange.Accepted, s, plantedReport())
		err := s.Handle(t.Context(), events(d.db)[0])
		require.ErrorIs(t, err, errDown, operation)
		out.Note(err)
	}
	d = newDesk()
	submit("busy", "", d.over(&busy{Store: d.db.AddressChanges(), left: 1000}, d.db.Cases()), plantedReport())
	submit("no entropy", "", addresschange.NewService(d.db.AddressChanges(), d.db.Cases(), &addresschange.Options{
		Now: d.clock.Now, Random: iotest.ErrReader(errDown),
	}), plantedReport())
	d.clock.Set("1970-01-01T00:00:00Z")
	submit("no clock", "", d.Service, plantedReport())
	require.Equal(t, 8, out.Errors())

	require.Empty(t, out.Leaked(secrets))
	for _, public := range []string{cris.Redacted, "Zyxstatement", "Zyxchannel"} { // the last two are no personal fields
		require.True(t, out.Has(public), "what was noted is what was sent in")
	}
}
