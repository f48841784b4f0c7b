package srmt_test

import (
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// known is whoever knows of one piece of mail, and that every case is outside.
type known struct{ err error }

var piece = casestatus.MailedPiece{Mailing: casestatus.Mailing{Document: casestatus.PermanentResidentCard}}

func (k known) EligibilityOf(context.Context, casestatus.Case, cris.Date) (casestatus.Eligibility, error) {
	return casestatus.Eligibility{Outcome: casestatus.Outside}, k.err
}

func (k known) MailOf(context.Context, casestatus.Case, cris.Date) ([]casestatus.MailedPiece, error) {
	return []casestatus.MailedPiece{piece}, nil
}

// looksOn returns what is on record.
func (d *desk) looksOn(t *testing.T) (all []srmt.Look) {
	t.Helper()
	for look, err := range d.Looks.List(t.Context(), srmt.LookQuery{}) {
		require.NoError(t, err)
		all = append(all, look)
	}
	return all
}

// SR-7: one call opens all that is needed to answer.
func TestSR7_TheFileHasAllThatIsKnownOfARequest(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Status = known{} })
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	file, err := d.Open(t.Context(), officer.ID, id)
	require.NoError(t, err)
	filed, err := d.Requests.Request(t.Context(), id)
	require.NoError(t, err)
	onFile, err := d.Cases.StaffCase(t.Context(), filed.Receipt)
	require.NoError(t, err)
	history, err := d.Store.History(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, srmt.File{
		Request: replayed(t, history), History: history, Filed: filed, Case: onFile,
		Eligibility: casestatus.Eligibility{Outcome: casestatus.Outside}, Mail: []casestatus.MailedPiece{piece},
	}, file)
	require.False(t, file.Filed.Details.Name.IsZero())
	require.Equal(t, []srmt.Look{{ID: "look-1", At: d.Clock.Now(), By: officer.ID, RequestID: id, Opened: srmt.OpenedFile}}, d.looksOn(t))
}

// SR-4, PV-3: whoever holds the request opens it, and nobody else does, whatever rank or office;
// the answer is the same if there is no such request, and nothing is on record of it.
func TestPV3_OnlyWhoHoldsARequestOpensItsFile(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Status = known{} })
	waiting, held, closed := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(held, 1, supervisor.ID, officer.ID)
	d.MustAssign(closed, 1, supervisor.ID, officer.ID)
	d.MustRespond(closed, 2, officer.ID)
	denied := func(by srmt.StaffID, requests ...string) {
		for _, id := range requests {
			file, err := d.Open(t.Context(), by, id)
			require.Equal(t, srmt.ErrDenied, err, "%s opens %q", by, id)
			require.Zero(t, file)
		}
	}
	for _, by := range []srmt.StaffID{supervisor.ID, otherOfficer.ID, farOfficer.ID, farSupervisor.ID, roleless.ID, "unknown", "", "a\x00b"} {
		denied(by, waiting, held, closed, "missing", "a\x00b")
	}
	denied(officer.ID, waiting, "missing", "a\x00b")
	require.Empty(t, d.looksOn(t))
	for _, id := range []string{held, closed} {
		_, err := d.Open(t.Context(), officer.ID, id)
		require.NoError(t, err, "who answered it may be asked again")
	}
	d.put(t, srmt.NewStaff(officer.ID, srmt.IIO, "SSC"))
	denied(officer.ID, waiting, held, closed)
	require.Len(t, d.looksOn(t), 2)
}

// A request without a case on file is opened with what there is.
func TestSR12_TheFileOfARequestWithoutACase(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("")
	d.MustAssign(id, 1, "siio-unrouted-1", "iio-unrouted-1")
	file, err := d.Open(t.Context(), "iio-unrouted-1", id)
	require.NoError(t, err)
	require.Equal(t, id, file.Filed.ID)
	require.Zero(t, file.Case)
	require.Zero(t, file.Eligibility)
}

// sealed is a record that nothing can be added to.
type sealed struct{ srmt.Looks }

func (sealed) Record(context.Context, srmt.Look) error { return errDown }

func (sealed) List(context.Context, srmt.LookQuery) iter.Seq2[srmt.Look, error] {
	return func(yield func(srmt.Look, error) bool) { yield(srmt.Look{}, errDown) }
}

// silent fails the test if anything is read of it.
type silent struct{ t *testing.T }

func (s silent) Request(context.Context, string) (erequest.Request, error) {
	s.t.Error("a request was read")
	return erequest.Request{}, errDown
}

// PV-3: what cannot be put on record is not shown, nor even read.
func TestPV3_WithoutARecordNothingIsShown(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	service := srmt.NewService(srmt.Ports{Store: d.Store, Requests: silent{t}, Cases: d.Cases, Status: d.Status, Looks: sealed{}}, &srmt.Options{Now: d.Clock.Now})
	file, err := service.Open(t.Context(), officer.ID, id)
	require.EqualError(t, err, "srmt: open file: record look: down")
	require.Zero(t, file)
	history, err := service.History(t.Context(), supervisor.ID, id)
	require.EqualError(t, err, "srmt: open history: record look: down")
	require.Nil(t, history)
	for _, err := range service.LooksAt(t.Context(), supervisor.ID, id, srmt.LookPage{}) {
		require.EqualError(t, err, "srmt: list looks: down")
	}
}

// A file is whole or not shown: no port that fails is passed over.
func TestOpen_APortThatIsDownIsAnError(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	for want, service := range map[string]*srmt.Service{
		"srmt: open file: read request: down":       srmt.NewService(srmt.Ports{Store: d.Store, Requests: failingRequests{}, Cases: d.Cases, Status: d.Status, Looks: d.Looks}, nil),
		"srmt: open file: read case: down":          srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: &failingCases{d.Cases, errDown}, Status: d.Status, Looks: d.Looks}, nil),
		"srmt: open file: decide eligibility: down": srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: d.Cases, Status: known{errDown}, Looks: d.Looks}, nil),
	} {
		file, err := service.Open(t.Context(), officer.ID, id)
		require.EqualError(t, err, want)
		require.Zero(t, file)
	}
}

// PV-3: who looked at a request is told to the supervisors of its office, who looked at what to
// those of the office of whoever looked, and to nobody else.
func TestPV3_TheRecordIsItselfGuarded(t *testing.T) {
	d := newDesk(t)
	near, far := d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
	d.MustAssign(near, 1, supervisor.ID, officer.ID)
	_, err := d.Open(t.Context(), officer.ID, near)
	require.NoError(t, err)
	d.Clock.Advance(1)
	_, err = d.History(t.Context(), supervisor.ID, near)
	require.NoError(t, err)
	_, err = d.History(t.Context(), farSupervisor.ID, far)
	require.NoError(t, err)

	ask := func(looks iter.Seq2[srmt.Look, error]) (said []string, failure error) {
		for look, err := range looks {
			if err != nil {
				return nil, err
			}
			said = append(said, string(look.By)+" "+look.RequestID+" "+string(look.Opened))
		}
		return said, nil
	}
	atNear := []string{string(officer.ID) + " " + near + " file", string(supervisor.ID) + " " + near + " history"}
	said, err := ask(d.LooksAt(t.Context(), supervisor.ID, near, srmt.LookPage{}))
	require.NoError(t, err)
	require.Equal(t, atNear, said)
	said, err = ask(d.LooksAt(t.Context(), supervisor.ID, near, srmt.LookPage{Limit: 1}))
	require.NoError(t, err)
	require.Equal(t, atNear[:1], said)
	said, err = ask(d.LooksOf(t.Context(), supervisor.ID, officer.ID, srmt.LookPage{}))
	require.NoError(t, err)
	require.Equal(t, atNear[:1], said)

	for _, by := range []srmt.StaffID{officer.ID, farSupervisor.ID, farOfficer.ID, roleless.ID, "unknown", "", "a\x00b"} {
		for _, id := range []string{near, "missing", "a\x00b"} {
			_, err = ask(d.LooksAt(t.Context(), by, id, srmt.LookPage{}))
			require.Equal(t, srmt.ErrDenied, err, "%s at %s", by, id)
		}
		_, err = ask(d.LooksOf(t.Context(), by, officer.ID, srmt.LookPage{}))
		require.Equal(t, srmt.ErrDenied, err, by)
	}
	for _, of := range []srmt.StaffID{farOfficer.ID, "unknown", "", "a\x00b"} {
		_, err = ask(d.LooksOf(t.Context(), supervisor.ID, of, srmt.LookPage{}))
		require.Equal(t, srmt.ErrDenied, err, of)
	}
	var malformed *cris.ParseError
	_, err = ask(d.LooksAt(t.Context(), supervisor.ID, near, srmt.LookPage{After: srmt.LookKey{ID: "a\x00b"}}))
	require.ErrorAs(t, err, &malformed)
}
