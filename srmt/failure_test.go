package srmt_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

var errDown = errors.New("down")

// downStore is a store of which one method fails.
type downStore struct {
	srmt.Store
	method string
}

func (s downStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	if s.method == "Update" {
		return errDown
	}
	return s.Store.Update(ctx, scope, decide)
}

func (s downStore) History(ctx context.Context, id string) ([]srmt.Step, error) {
	if s.method == "History" {
		return nil, errDown
	}
	return s.Store.History(ctx, id)
}

func (s downStore) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	return func(yield func(srmt.ServiceRequest, error) bool) {
		for request, err := range s.Store.List(ctx, query) {
			if !yield(request, err) {
				return
			}
			if s.method == "List" { // it fails behind the first, and goes on
				for yield(srmt.ServiceRequest{}, errDown) {
				}
				return
			}
		}
	}
}

func (s downStore) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	if s.method == "Staff" {
		return srmt.Staff{}, errDown
	}
	return s.Store.Staff(ctx, id)
}

// failsOf returns the first error of a list, which must end with it.
func failsOf(list iter.Seq2[srmt.ServiceRequest, error]) error {
	var failed error
	for _, err := range list {
		if failed != nil {
			return errors.Join(failed, errors.New("the list goes on"))
		}
		failed = err
	}
	return failed
}

// Whatever fails, the error says what was being done, and nothing is saved.
func TestService_APortThatFailsIsAnError(t *testing.T) {
	all := srmt.Page{}
	for method, calls := range map[string]map[string]func(d *desk, id string) error{
		"Staff": {
			"srmt: read staff: down": func(d *desk, id string) error {
				_, err := d.History(t.Context(), supervisor.ID, id)
				return errors.Join(err, act(t, d, "assign", id), act(t, d, "reassign", id), act(t, d, "redirect", id),
					act(t, d, "respond", id), act(t, d, "correspond", id), failsOf(d.Unassigned(t.Context(), supervisor.ID, "NSC", all)),
					failsOf(d.Worklist(t.Context(), supervisor.ID, "NSC", all)), failsOf(d.Assigned(t.Context(), supervisor.ID, "NSC", "", all)),
					failsOf(d.Overdue(t.Context(), supervisor.ID, "NSC", all)))
			},
		},
		"Update": {
			"srmt: act on request: down": func(d *desk, id string) error {
				return errors.Join(act(t, d, "assign", id), act(t, d, "redirect", id), act(t, d, "correspond", id))
			},
			"srmt: receive request: down": func(d *desk, _ string) error { _, err := d.Receive(t.Context(), d.File("NSC")); return err },
			"srmt: put staff: down":       func(d *desk, _ string) error { _, err := d.PutStaff(t.Context(), officer); return err },
			"srmt: return requests: down": func(d *desk, _ string) error { _, err := d.ReturnLeftBehind(t.Context()); return err },
			"srmt: realign: down":         func(d *desk, _ string) error { _, err := d.Realign(t.Context(), "ESC"); return err },
		},
		"History": {
			"srmt: read history: down": func(d *desk, id string) error {
				_, err := d.History(t.Context(), supervisor.ID, id)
				d.MustAssign(id, 1, supervisor.ID, officer.ID)
				decision, actErr := d.acts(supervisor.ID, 1)["assign"](t.Context(), id) // what became of it is in the history
				require.Zero(t, decision)
				return errors.Join(err, actErr)
			},
		},
		"List": {
			"srmt: list requests: down": func(d *desk, _ string) error {
				d.FileAndReceive("NSC")
				return errors.Join(failsOf(d.Unassigned(t.Context(), supervisor.ID, "NSC", all)))
			},
			"srmt: realign: list requests: down": func(d *desk, _ string) error {
				moved, err := d.Realign(t.Context(), "ESC")
				require.Equal(t, 1, moved, "what is moved by then stays moved")
				return err
			},
		},
	} {
		for text, call := range calls {
			d := newDesk(t, func(w *srmttest.World) { w.Tables = tablesWithout(t, "ESC") })
			id := d.FileAndReceive("NSC")
			for _, at := range []string{"at-esc-1", "at-esc-2"} {
				require.NoError(t, addTo(t.Context(), d.Store, at, srmttest.NewReceived(at, cris.MustParseDate("2013-08-15"), "ESC")))
			}
			require.NoError(t, addTo(t.Context(), d.Store, "held", srmttest.NewHistory("held")[:2]...))
			d.over(downStore{d.Store, method})
			err := call(d, id)
			require.ErrorIs(t, err, errDown, method)
			for _, line := range splitLines(err) {
				require.Equal(t, text, line, method)
			}
		}
	}
}

// splitLines returns the texts of joined errors.
func splitLines(err error) []string {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) && err.Error() == errors.Join(joined.Unwrap()...).Error() {
		var lines []string
		for _, e := range joined.Unwrap() {
			lines = append(lines, splitLines(e)...)
		}
		return lines
	}
	return []string{err.Error()}
}

// failingCases are what a Service asks of cases, and no more. They fail until they are put
// right.
type failingCases struct {
	srmt.Cases
	err error
}

func (c *failingCases) StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	if c.err != nil {
		return casestatus.Header{}, c.err
	}
	return c.Cases.StaffHeader(ctx, receipt)
}

func (c *failingCases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if c.err != nil {
		return casestatus.Case{}, c.err
	}
	return c.Cases.StaffCase(ctx, receipt)
}

func TestSR2_CasesDownIsNotUnroutable(t *testing.T) {
	d := newDesk(t)
	cases := &failingCases{Cases: d.Cases, err: errDown}
	d.Service = srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: cases, Status: d.Status, Looks: d.Looks}, nil)
	id := d.File("NSC")
	_, err := d.Receive(t.Context(), id)
	require.ErrorIs(t, err, errDown)
	require.EqualError(t, err, "srmt: receive request: read case: down")
	require.Empty(t, ids(t, d.Store.List(t.Context(), srmt.Query{})))

	cases.err = nil
	intake, err := d.Receive(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, casestatus.OfficeCode("NSC"), intake.Request.Office)
	require.Equal(t, "SR-2", string(intake.Reasons[0].Rule))
}

func TestSR1_UnknownRequestIsNotReceived(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"unknown", "", "a\x00b", "caf\xe9"} {
		intake, err := d.Receive(t.Context(), id)
		require.ErrorIs(t, err, erequest.ErrNotFound)
		require.ErrorContains(t, err, "srmt: receive request: ")
		require.Zero(t, intake)
	}
}

func TestSR9_ARequestWithoutDatesIsNotReceived(t *testing.T) {
	for name, spoil := range map[string]func(*erequest.Request){
		"filed": func(r *erequest.Request) { r.Filed = cris.Date{} },
		"due":   func(r *erequest.Request) { r.RespondBy = cris.Date{} },
	} {
		d := newDesk(t)
		id := d.File("NSC", spoil)
		intake, err := d.Receive(t.Context(), id)
		var problem *srmt.HistoryError
		require.ErrorAs(t, err, &problem, name)
		require.Equal(t, 1, problem.Seq)
		require.Zero(t, intake)
		require.Empty(t, ids(t, d.Store.List(t.Context(), srmt.Query{})))
	}
}

func TestService_AClockThatCannotBeRightSavesNothing(t *testing.T) {
	for _, at := range []string{"0001-01-01T00:00:00Z", "1970-12-31T23:59:59Z", "9900-01-01T00:00:00Z"} {
		d := newDesk(t)
		there := d.FileAndReceive("NSC")
		id := d.File("NSC")
		d.Clock.Set(at)
		_, err := d.Receive(t.Context(), id)
		require.ErrorIs(t, err, cris.ErrClock)
		require.ErrorContains(t, err, "srmt: receive request: ")
		for kind, act := range d.acts(supervisor.ID, 1) {
			decision, err := act(t.Context(), there)
			require.ErrorIs(t, err, cris.ErrClock, kind)
			require.ErrorContains(t, err, "srmt: act on request: ")
			require.Zero(t, decision)
		}
		_, err = d.Realign(t.Context(), "NSC")
		require.ErrorIs(t, err, cris.ErrClock)
		require.ErrorContains(t, err, "srmt: realign: ")
		require.ErrorIs(t, failsOf(d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})), cris.ErrClock)
		_, err = d.Store.History(t.Context(), id)
		require.ErrorIs(t, err, srmt.ErrNotFound)
		events, err := d.db.Outbox().Pending(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, events, 1)
	}
}

// The clock is read once in a call.
func TestService_ReadsItsClockOnce(t *testing.T) {
	d := newDesk(t)
	id, filed := d.FileAndReceive("NSC"), d.File("NSC")
	read := 0
	d.Service = srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: d.Cases, Status: d.Status, Looks: d.Looks}, &srmt.Options{Now: func() time.Time { read++; return d.Clock.Now() }})
	for name, call := range map[string]func() error{
		"act":     func() error { return act(t, d, "assign", id) },
		"receive": func() error { _, err := d.Receive(t.Context(), filed); return err },
		"realign": func() error { _, err := d.Realign(t.Context(), "NSC"); return err },
		"list":    func() error { return failsOf(d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})) },
	} {
		read = 0
		require.NoError(t, call(), name)
		require.Equal(t, 1, read, name)
	}
}

// strictStore fails where it is asked for what no store can hold, as databases do.
type strictStore struct {
	srmt.Store
	t *testing.T
}

func (s strictStore) hold(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		require.True(s.t, utf8.ValidString(text) && !strings.ContainsRune(text, 0), "%q", text)
	}
}

func (s strictStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	s.hold(scope.Requests...)
	for _, member := range scope.Staff {
		s.hold(string(member))
	}
	return s.Store.Update(ctx, scope, decide)
}

func (s strictStore) History(ctx context.Context, id string) ([]srmt.Step, error) {
	s.hold(id)
	return s.Store.History(ctx, id)
}

func (s strictStore) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	s.hold(string(query.Office), string(query.Officer), query.Page.After.ID)
	return s.Store.List(ctx, query)
}

func (s strictStore) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	s.hold(string(id))
	return s.Store.Staff(ctx, id)
}

// What no store can hold is on file nowhere: that is a decision, and no error.
func TestPV3_IdentifiersThatNoStoreHolds(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.over(strictStore{d.Store, t})
	for _, text := range []string{"\x00", "a\x00b", "caf\xe9", "\xed\xa0\x80"} {
		for kind, act := range d.acts(srmt.StaffID(text), 1) {
			decision, err := act(t.Context(), id)
			require.NoError(t, err, kind)
			requireRefused(t, decision, "PV-3")
		}
		for kind, act := range d.acts(supervisor.ID, 1) {
			decision, err := act(t.Context(), text)
			require.NoError(t, err, kind)
			require.Equal(t, srmt.Refused, decision.Outcome)
		}
		decision, err := d.Assign(t.Context(), srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: srmt.StaffID(text)})
		require.NoError(t, err)
		require.Equal(t, reasons("not_an_officer_there"), decision.Reasons)
		decision, err = d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: supervisor.ID, Seen: 1, To: casestatus.OfficeCode(text), Why: srmt.TransferReason(text)})
		require.NoError(t, err)
		require.Equal(t, reasons("destination_unknown", "transfer_reason_unknown"), decision.Reasons)
		_, err = d.History(t.Context(), srmt.StaffID(text), id)
		require.ErrorIs(t, err, srmt.ErrDenied)
		_, err = d.History(t.Context(), supervisor.ID, text)
		require.ErrorIs(t, err, srmt.ErrDenied)
		_, err = d.Receive(t.Context(), text)
		require.ErrorIs(t, err, erequest.ErrNotFound)
		requireDenied(t, d.Unassigned(t.Context(), srmt.StaffID(text), "NSC", srmt.Page{}))
		require.Empty(t, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", srmt.StaffID(text), srmt.Page{})))
		var malformed *cris.ParseError
		require.ErrorAs(t, failsOf(d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{After: srmt.Key{ID: text}})), &malformed)
		require.Equal(t, cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"}, *malformed)
		moved, err := d.Realign(t.Context(), casestatus.OfficeCode(text))
		require.NoError(t, err)
		require.Zero(t, moved)
	}
}

// failingRequests are down.
type failingRequests struct{}

func (failingRequests) Request(context.Context, string) (erequest.Request, error) {
	return erequest.Request{}, errDown
}

func TestSR1_RequestsDownIsAnError(t *testing.T) {
	d := newDesk(t)
	id := d.File("NSC")
	d.Service = srmt.NewService(srmt.Ports{Store: d.Store, Requests: failingRequests{}, Cases: d.Cases, Status: d.Status, Looks: d.Looks}, nil)
	intake, err := d.Receive(t.Context(), id)
	require.EqualError(t, err, "srmt: receive request: down")
	require.ErrorIs(t, err, errDown)
	require.Zero(t, intake)
	require.ErrorIs(t, d.Handle(t.Context(), d.accepted(id)), errDown)
}
