package srmt_test

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

var representative = srmt.NewStaff("csr-1", srmt.CSR, "NCSC")

// reception is SRMT and e-Request over one memory store, with a case on file that the law protects,
// representatives at the call center, and a desk.
type reception struct {
	*desk
	*srmt.Desk
	eRequest *erequest.Service
	onFile   casestatus.Case
}

func newReception(t *testing.T, edits ...func(*srmttest.World)) *reception {
	t.Helper()
	r := &reception{desk: newDesk(t, edits...)}
	r.onFile = casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Filed, c.Withheld = cris.MustParseDate("2012-11-05"), true })
	require.NoError(t, casestatustest.PutCase(t.Context(), r.Cases, r.onFile))
	r.put(t, representative, srmt.NewStaff("csr-2", srmt.CSR, "NCSC"))
	r.eRequest = erequest.NewService(r.Requests, r.Cases, r.status(), &erequest.Options{Now: r.Clock.Now, NewID: erequesttest.IDs("taken-")})
	r.Desk = r.over(r.eRequest)
	return r
}

// status is the port to the processing times and the mail.
func (r *reception) status() srmt.CaseStatus { return r.Ports.Status }

// over is a desk over another e-Request.
func (r *reception) over(submissions srmt.Submissions) *srmt.Desk {
	return srmt.NewDesk(srmt.DeskPorts{Submissions: submissions, Store: r.Store, Looks: r.Looks}, &srmt.Options{
		Now: r.Clock.Now, NewID: srmttest.IDs("desk-look-"), Policy: &r.Policy, Tables: r.Tables,
	})
}

// submission is one about the case on file.
func (r *reception) submission(key string, edits ...func(*erequest.Submission)) erequest.Submission {
	return erequesttest.NewSubmission(key, r.onFile, erequest.TypographicalError, edits...)
}

// everyTaker is one taker of each channel that has some.
func everyTaker() map[erequest.Channel]srmt.Taker {
	return map[erequest.Channel]srmt.Taker{
		erequest.Telephone:   {By: representative.ID, Office: "NCSC", Channel: erequest.Telephone},
		erequest.Letter:      {By: officer.ID, Office: "NSC", Channel: erequest.Letter},
		erequest.LocalOffice: {By: "siio-nyc-1", Office: "NYC", Channel: erequest.LocalOffice},
	}
}

// SR-1, ER-13: a request that staff took is one like any other, from its receipt to its
// completion, and it says who took it.
func TestSR1_EveryChannelThroughTheServiceOfItsOwn(t *testing.T) {
	require.Len(t, everyTaker(), len(erequest.Channels())-1, "every channel but Online")
	for channel, taker := range everyTaker() {
		t.Run(string(channel), func(t *testing.T) {
			r := newReception(t)
			screened, err := r.Screen(t.Context(), taker, erequest.TypographicalError, erequesttest.NewScreening(r.onFile))
			require.NoError(t, err)
			require.Equal(t, erequest.Passed, screened.Outcome, "staff finds a protected case")
			// What the submission says of the channel and the taker does not count.
			s := r.submission("key", func(s *erequest.Submission) { s.Channel, s.TakenBy = erequest.Online, "somebody else" })
			filing, err := r.Take(t.Context(), taker, s)
			require.NoError(t, err)
			require.Equal(t, erequest.Accepted, filing.Outcome, "%v", filing.Reasons)
			require.Equal(t, channel, filing.Request.Channel)
			require.Equal(t, string(taker.By), filing.Request.TakenBy)
			filed, err := r.Requests.Request(t.Context(), filing.Request.ID)
			require.NoError(t, err)
			require.NotZero(t, filed.Compared)
			told := filed
			told.Screening, told.Compared = s.Screening, erequest.Compared{}
			require.Equal(t, told, filing.Request, "PV-3: how the person compares with the case is for the officer")

			intake, err := r.Receive(t.Context(), filed.ID)
			require.NoError(t, err)
			require.Equal(t, srmt.Received, intake.Outcome)
			r.MustAssign(filed.ID, 1, supervisor.ID, officer.ID)
			r.MustRespond(filed.ID, 2, officer.ID)
			history, err := r.History(t.Context(), officer.ID, filed.ID)
			require.NoError(t, err)
			require.Equal(t, channel, history[0].Origin.Channel)
			require.Equal(t, taker.By, history[0].Origin.TakenBy, "SR-10: who")
			require.Equal(t, srmt.Closed, replayed(t, history).Status)
		})
	}
}

// PV-3: who tells the receipt number alone, and whose name and date of birth agree with the case,
// learns nothing more of the case from what is filed.
func TestPV3_ADeskDoesNotTellWhatItCompletedFromTheCase(t *testing.T) {
	r := newReception(t)
	taker := srmt.Taker{By: "rep", Office: srmt.DefaultPolicy().CallCenter, Channel: erequest.Telephone}
	require.NoError(t, srmttest.PutStaff(t.Context(), r.Store, srmt.NewStaff(taker.By, srmt.CSR, taker.Office)))
	s := r.submission("key", func(s *erequest.Submission) { s.Screening = erequest.Screening{Receipt: r.onFile.Receipt} })
	for _, want := range []erequest.FilingOutcome{erequest.Accepted, erequest.AlreadyAccepted} {
		filing, err := r.Take(t.Context(), taker, s)
		require.NoError(t, err)
		require.Equal(t, want, filing.Outcome, "%v", filing.Reasons)
		require.Equal(t, s.Screening, filing.Request.Screening)
		filed, err := r.Requests.Request(t.Context(), filing.Request.ID)
		require.NoError(t, err)
		require.Equal(t, r.onFile.Form, filed.Screening.Form, "all of it is on file")
	}
}

// ER-9: the wait is for those who come online; staff takes the next request on the same day.
func TestER9_ThereIsNoWaitAtADesk(t *testing.T) {
	r := newReception(t)
	r.onFile.Withheld = false
	require.NoError(t, casestatustest.PutCase(t.Context(), r.Cases, r.onFile))
	online, err := r.eRequest.Submit(t.Context(), r.submission("online"))
	require.NoError(t, err)
	require.Equal(t, erequest.Accepted, online.Outcome)
	require.Empty(t, online.Request.TakenBy)
	for channel, taker := range everyTaker() {
		screened, err := r.Screen(t.Context(), taker, erequest.TypographicalError, erequesttest.NewScreening(r.onFile))
		require.NoError(t, err)
		require.Equal(t, erequest.Passed, screened.Outcome, channel)
		filing, err := r.Take(t.Context(), taker, r.submission(string(channel)))
		require.NoError(t, err)
		require.Equal(t, erequest.Accepted, filing.Outcome, channel)
	}
}

// closedPorts fails the test if anything is asked of e-Request.
type closedPorts struct{ t *testing.T }

func (p closedPorts) ScreenOn(context.Context, erequest.Channel, erequest.Issue, erequest.Screening) (erequest.Screened, error) {
	p.t.Error("a case was looked at")
	return erequest.Screened{}, nil
}

func (p closedPorts) Submit(context.Context, erequest.Submission) (erequest.Filing, error) {
	p.t.Error("something was submitted")
	return erequest.Filing{}, nil
}

func (p closedPorts) StaffStatus(context.Context, erequest.ConfirmationNumber, casestatus.ReceiptNumber) (string, erequest.RequestStatus, error) {
	p.t.Error("a status was looked at")
	return "", erequest.RequestStatus{}, nil
}

// PV-3, SR-1: the table alone says who takes what where. Everybody else gets one answer, before
// anything is looked at.
func TestPV3_WhoTakesRequestsWhereAndOnWhichChannel(t *testing.T) {
	r := newReception(t, func(w *srmttest.World) { w.Tables = tablesWithout(t, "SSC") })
	today := r.Clock.Today()
	require.NoError(t, srmttest.PutStaff(t.Context(), r.Store,
		srmt.Staff{ID: "gone", Posts: []srmt.Post{{Role: srmt.CSR, Office: "NCSC", Held: cris.Period{Until: today.AddDays(-1)}}}},
		srmt.Staff{ID: "to come", Posts: []srmt.Post{{Role: srmt.IIO, Office: "NSC", Held: cris.Period{From: today.AddDays(1)}}}},
		srmt.NewStaff("csr-elsewhere", srmt.CSR, "NSC"),
		srmt.NewStaff("iio-ncsc", srmt.IIO, "NCSC"),
		srmt.NewStaff("iio-heading", srmt.IIO, casestatus.AllFieldOffices),
	))
	open := map[srmt.Taker]bool{
		{By: representative.ID, Office: "NCSC", Channel: erequest.Telephone}: true,
	}
	for id, office := range map[srmt.StaffID]casestatus.OfficeCode{officer.ID: "NSC", supervisor.ID: "NSC", "iio-nyc-1": "NYC"} {
		open[srmt.Taker{By: id, Office: office, Channel: erequest.Letter}] = true
		open[srmt.Taker{By: id, Office: office, Channel: erequest.LocalOffice}] = true
	}
	everybody := []srmt.StaffID{
		representative.ID, officer.ID, supervisor.ID, "iio-nyc-1", farOfficer.ID, farSupervisor.ID, finder.ID, roleless.ID,
		"gone", "to come", "csr-elsewhere", "iio-ncsc", "iio-heading", "unknown", "", "a\x00b",
	}
	shut := r.over(closedPorts{t})
	for _, by := range everybody {
		for _, office := range []casestatus.OfficeCode{"NCSC", "NSC", "NYC", "SSC", "UNROUTED", casestatus.AllFieldOffices, "XXX", "", "a\x00b"} {
			for _, channel := range append(erequest.Channels(), "", "garbage", "TELEPHONE") {
				taker := srmt.Taker{By: by, Office: office, Channel: channel}
				if open[taker] {
					_, err := r.Screen(t.Context(), taker, erequest.TypographicalError, erequesttest.NewScreening(r.onFile))
					require.NoError(t, err, "%+v", taker)
					filing, err := r.Take(t.Context(), taker, r.submission(string(by)+string(channel)))
					require.NoError(t, err, "%+v", taker)
					require.Equal(t, erequest.Accepted, filing.Outcome, "%+v", taker)
					delete(open, taker)
					continue
				}
				screened, err := shut.Screen(t.Context(), taker, erequest.TypographicalError, erequesttest.NewScreening(r.onFile))
				require.Equal(t, srmt.ErrDenied, err, "%+v", taker)
				require.Zero(t, screened)
				filing, err := shut.Take(t.Context(), taker, r.submission("denied"))
				require.Equal(t, srmt.ErrDenied, err, "%+v", taker)
				require.Zero(t, filing)
			}
		}
	}
	require.Empty(t, open, "all of these were tried")
	require.Empty(t, r.looksOn(t))
}

// PV-3: a host opens and shuts channels by the table of its policy, but nobody takes a request as
// if it had come online.
func TestPV3_ThePolicySaysWhichRoleTakesWhichChannel(t *testing.T) {
	take := func(rules []srmt.ChannelRule, taker srmt.Taker) error {
		r := newReception(t, func(w *srmttest.World) { w.Policy.Channels = rules })
		_, err := r.Take(t.Context(), taker, r.submission("key"))
		return err
	}
	letters := srmt.Taker{By: representative.ID, Office: "NCSC", Channel: erequest.Letter}
	require.Equal(t, srmt.ErrDenied, take(nil, letters))
	require.NoError(t, take(append(srmt.DefaultChannels(), srmt.ChannelRule{Role: srmt.CSR, Channel: erequest.Letter}), letters))
	for _, taker := range everyTaker() {
		require.NoError(t, take(nil, taker))
		require.Equal(t, srmt.ErrDenied, take([]srmt.ChannelRule{}, taker))
		asIf := taker
		asIf.Channel = erequest.Online
		require.Equal(t, srmt.ErrDenied, take([]srmt.ChannelRule{{srmt.CSR, erequest.Online}, {srmt.IIO, erequest.Online}, {srmt.SIIO, erequest.Online}}, asIf))
	}
}

// A caller who changes the table after the desk was made opens nothing.
func TestNewDesk_KeepsItsPolicy(t *testing.T) {
	rules := []srmt.ChannelRule{{srmt.IIO, erequest.Letter}}
	r := newReception(t, func(w *srmttest.World) { w.Policy.Channels = rules })
	rules[0] = srmt.ChannelRule{Role: srmt.CSR, Channel: erequest.Telephone}
	_, err := r.Take(t.Context(), everyTaker()[erequest.Telephone], r.submission("key"))
	require.Equal(t, srmt.ErrDenied, err)
	srmt.DefaultChannels()[0].Role = srmt.IIO
	require.Equal(t, srmt.CSR, srmt.DefaultChannels()[0].Role)
}

// lossy is a store of e-Request that saves, and loses the result.
type lossy struct {
	erequest.Store
	loses int
}

func (s *lossy) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	if err := s.Store.Update(ctx, receipt, decide); err != nil || s.loses == 0 {
		return err
	}
	s.loses--
	return errDown
}

// ER-9: a call, a letter or a visit is one request, whatever becomes of the results, and whoever of
// the staff tries again.
func TestER9_ARequestIsTakenOnceThoughItsResultIsLost(t *testing.T) {
	for channel, taker := range everyTaker() {
		r := newReception(t)
		store := &lossy{r.Requests, 2}
		d := r.over(erequest.NewService(store, r.Cases, r.status(), &erequest.Options{Now: r.Clock.Now}))
		for range 2 {
			_, err := d.Take(t.Context(), taker, r.submission("key"))
			require.ErrorIs(t, err, errDown)
			require.ErrorContains(t, err, "srmt: take request: ")
		}
		again, err := d.Take(t.Context(), taker, r.submission("key"))
		require.NoError(t, err)
		require.Equal(t, erequest.AlreadyAccepted, again.Outcome, channel)

		colleague := taker
		colleague.By = map[erequest.Channel]srmt.StaffID{erequest.Telephone: "csr-2", erequest.Letter: otherOfficer.ID, erequest.LocalOffice: "iio-nyc-2"}[channel]
		same, err := d.Take(t.Context(), colleague, r.submission("key"))
		require.NoError(t, err)
		require.Equal(t, erequest.AlreadyAccepted, same.Outcome)
		require.Equal(t, again.Request, same.Request, "it keeps who took it first")
		require.Equal(t, string(taker.By), same.Request.TakenBy)

		other, err := d.Take(t.Context(), taker, r.submission("key", func(s *erequest.Submission) { s.Details.CountryOfBirth = cris.NewPersonal("NO") }))
		require.NoError(t, err)
		require.Equal(t, erequest.KeyReused, other.Outcome)
		entries, err := r.Requests.Entries(t.Context(), r.onFile.Receipt)
		require.NoError(t, err)
		require.Len(t, entries, 1)
	}
}

// ER-9: two desks that enter the same letter at the same instant make one request of it.
func TestER9_TwoDesksAtOnceTakeOneRequest(t *testing.T) {
	r := newReception(t)
	const times = 8
	filings, failed := make([]erequest.Filing, times), make([]error, times)
	var wg sync.WaitGroup
	for i := range times {
		by := []srmt.StaffID{officer.ID, otherOfficer.ID}[i%2]
		wg.Go(func() {
			filings[i], failed[i] = r.over(r.eRequest).Take(t.Context(), srmt.Taker{By: by, Office: "NSC", Channel: erequest.Letter}, r.submission("letter 4711"))
		})
	}
	wg.Wait()
	accepted := 0
	for i := range times {
		require.NoError(t, failed[i])
		require.Equal(t, filings[0].Request, filings[i].Request)
		if filings[i].Outcome == erequest.Accepted {
			accepted++
		} else {
			require.Equal(t, erequest.AlreadyAccepted, filings[i].Outcome)
		}
	}
	require.Equal(t, 1, accepted)
}

// PV-3: whoever takes requests tells a customer how far one is and where, also about a protected
// case, and that is on record. It holds nothing of what the customer wrote, and names no staff.
func TestPV3_TheStatusAtADeskIsOnRecord(t *testing.T) {
	r := newReception(t)
	filing, err := r.Take(t.Context(), everyTaker()[erequest.Letter], r.submission("key"))
	require.NoError(t, err)
	number, receipt := filing.Request.Confirmation, r.onFile.Receipt
	require.Empty(t, r.looksOn(t), "who took it is on file with it")

	progress, err := r.Status(t.Context(), representative.ID, number, receipt)
	require.NoError(t, err)
	require.Equal(t, erequest.StageReceived, progress.Stage)
	require.Empty(t, progress.Office, "SRMT has not received it yet")
	_, err = r.Receive(t.Context(), filing.Request.ID)
	require.NoError(t, err)
	r.Clock.Advance(time.Second)
	progress, err = r.Status(t.Context(), officer.ID, number, receipt)
	require.NoError(t, err)
	require.Equal(t, srmt.RequestProgress{
		RequestStatus: erequest.RequestStatus{
			Number: number, Issue: erequest.TypographicalError, Channel: erequest.Letter, Stage: erequest.StageReceived,
			Filed: filing.Request.Filed, RespondBy: filing.Request.RespondBy, AskAgain: filing.Request.Filed,
		},
		Office: "NSC",
	}, progress)
	require.Equal(t, []srmt.Look{
		{ID: "desk-look-1", At: srmttest.Start(), By: representative.ID, RequestID: filing.Request.ID, Opened: srmt.OpenedStatus},
		{ID: "desk-look-2", At: srmttest.Start().Add(time.Second), By: officer.ID, RequestID: filing.Request.ID, Opened: srmt.OpenedStatus},
	}, r.looksOn(t))

	for name, ask := range map[string]func() (srmt.RequestProgress, error){
		"another number": func() (srmt.RequestProgress, error) {
			return r.Status(t.Context(), officer.ID, erequesttest.ConfirmationNumber(1), receipt)
		},
		"no number": func() (srmt.RequestProgress, error) {
			return r.Status(t.Context(), officer.ID, erequest.ConfirmationNumber{}, receipt)
		},
		"another case": func() (srmt.RequestProgress, error) {
			return r.Status(t.Context(), officer.ID, number, casestatustest.Receipt(99))
		},
	} {
		none, err := ask()
		require.ErrorIs(t, err, srmt.ErrNotFound, name)
		require.Zero(t, none, name)
	}
	require.Len(t, r.looksOn(t), 2)
	shut := r.over(closedPorts{t})
	for _, by := range []srmt.StaffID{finder.ID, roleless.ID, "unknown", "", "a\x00b"} {
		none, err := shut.Status(t.Context(), by, number, receipt)
		require.Equal(t, srmt.ErrDenied, err, by)
		require.Zero(t, none)
	}
}

// PV-3: what cannot be put on record is not shown.
func TestPV3_WithoutARecordNoStatusIsShown(t *testing.T) {
	r := newReception(t)
	filing, err := r.Take(t.Context(), everyTaker()[erequest.Telephone], r.submission("key"))
	require.NoError(t, err)
	d := srmt.NewDesk(srmt.DeskPorts{Submissions: r.eRequest, Store: r.Store, Looks: sealed{}}, &srmt.Options{Now: r.Clock.Now})
	progress, err := d.Status(t.Context(), representative.ID, filing.Request.Confirmation, r.onFile.Receipt)
	require.EqualError(t, err, "srmt: open status: record look: down")
	require.Zero(t, progress)
}

// failingDesk is an e-Request that is down.
type failingDesk struct{}

func (failingDesk) ScreenOn(context.Context, erequest.Channel, erequest.Issue, erequest.Screening) (erequest.Screened, error) {
	return erequest.Screened{Outcome: erequest.Passed}, errDown
}

func (failingDesk) Submit(context.Context, erequest.Submission) (erequest.Filing, error) {
	return erequest.Filing{Outcome: erequest.Accepted}, errDown
}

func (failingDesk) StaffStatus(context.Context, erequest.ConfirmationNumber, casestatus.ReceiptNumber) (string, erequest.RequestStatus, error) {
	return "id", erequest.RequestStatus{Stage: erequest.StageAssigned}, errDown
}

func TestDesk_APortThatIsDownIsAnError(t *testing.T) {
	r := newReception(t)
	filing, err := r.Take(t.Context(), everyTaker()[erequest.Telephone], r.submission("key"))
	require.NoError(t, err)
	taker, number := everyTaker()[erequest.Telephone], filing.Request.Confirmation
	over := func(submissions srmt.Submissions, store srmt.Store, now func() time.Time) *srmt.Desk {
		return srmt.NewDesk(srmt.DeskPorts{Submissions: submissions, Store: store, Looks: r.Looks}, &srmt.Options{Now: now})
	}
	never := func() time.Time { return time.Time{} }
	for name, tt := range map[string]struct {
		desk  *srmt.Desk
		wants [3]string // of Screen, Take and Status; "" for no error
		is    error
	}{
		"e-Request": {over(failingDesk{}, r.Store, r.Clock.Now), [3]string{"srmt: screen at a desk: down", "srmt: take request: down", "srmt: open status: down"}, errDown},
		"staff":     {over(r.eRequest, downStore{r.Store, "Staff"}, r.Clock.Now), [3]string{"srmt: read staff: down", "srmt: read staff: down", "srmt: read staff: down"}, errDown},
		"histories": {over(r.eRequest, downStore{r.Store, "History"}, r.Clock.Now), [3]string{"", "", "srmt: open status: srmt: read history: down"}, errDown},
		"the clock": {over(r.eRequest, r.Store, never), [3]string{"srmt: take request: ", "srmt: take request: ", "srmt: open status: "}, cris.ErrClock},
	} {
		screened, screenErr := tt.desk.Screen(t.Context(), taker, erequest.TypographicalError, erequesttest.NewScreening(r.onFile))
		filing, takeErr := tt.desk.Take(t.Context(), taker, r.submission("key"))
		progress, statusErr := tt.desk.Status(t.Context(), representative.ID, number, r.onFile.Receipt)
		for i, err := range []error{screenErr, takeErr, statusErr} {
			if tt.wants[i] == "" {
				require.NoError(t, err, name)
				continue
			}
			require.ErrorIs(t, err, tt.is, name)
			require.ErrorContains(t, err, tt.wants[i], name)
			require.Zero(t, []any{screened, filing, progress}[i], name)
		}
	}
}

// ofTheProgram are the methods of the Service that no member of staff calls.
var ofTheProgram = map[string]bool{
	"Receive": true, "WouldRoute": true, "Realign": true, "PutStaff": true, "ReturnLeftBehind": true,
	"Handle": true, "HandledTypes": true, "IsRepresentative": true,
}

// PV-3: a representative takes requests and sees none. Every method of the Service that staff calls
// refuses one, whatever it is: a method that is added is tried here, or listed above.
func TestPV3_ARepresentativeSeesAndDoesNothingElse(t *testing.T) {
	r := newReception(t)
	filing, err := r.Take(t.Context(), everyTaker()[erequest.Telephone], r.submission("key"))
	require.NoError(t, err)
	id := filing.Request.ID // which the representative has taken
	_, err = r.Receive(t.Context(), id)
	require.NoError(t, err)
	r.MustAssign(id, 1, supervisor.ID, officer.ID)
	before, err := r.Store.History(t.Context(), id)
	require.NoError(t, err)

	service, tried := reflect.ValueOf(r.Service), 0
	for i := range service.NumMethod() {
		name := service.Type().Method(i).Name
		if ofTheProgram[name] {
			continue
		}
		for _, requestID := range []string{id, "missing"} {
			args, isOfStaff := argumentsOf(t.Context(), service.Method(i).Type(), representative.ID, requestID)
			require.True(t, isOfStaff, "%s: is it called by staff?", name)
			tried++
			requireNothingTold(t, name, service.Method(i).Call(args))
		}
	}
	require.Positive(t, tried)
	after, err := r.Store.History(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.Empty(t, r.looksOn(t))
}

// argumentsOf makes arguments of a method with which a member of staff asks for a request of NSC,
// and tells whether there is a member among them.
func argumentsOf(ctx context.Context, method reflect.Type, by srmt.StaffID, requestID string) (args []reflect.Value, isOfStaff bool) {
	for in := range method.Ins() {
		arg := reflect.New(in).Elem()
		switch value := arg.Addr().Interface().(type) {
		case *context.Context:
			*value = ctx
		case *srmt.StaffID:
			*value = by
			if isOfStaff {
				*value = officer.ID // the other one is asked about
			}
			isOfStaff = true
		case *string:
			*value = requestID
		case *casestatus.OfficeCode:
			*value = "NSC"
		case *int:
			*value = 30
		default:
			act := arg
			if arg.Kind() == reflect.Slice {
				arg.Set(reflect.MakeSlice(arg.Type(), 1, 1))
				act = arg.Index(0)
			}
			isOfStaff = setAct(act, by, requestID) || isOfStaff
		}
		args = append(args, arg)
	}
	return args, isOfStaff
}

// setAct fills in an act of a member of staff, if that is what it is.
func setAct(act reflect.Value, by srmt.StaffID, requestID string) bool {
	if act.Kind() != reflect.Struct || !act.FieldByName("By").IsValid() {
		return false
	}
	act.FieldByName("By").SetString(string(by))
	for name, value := range map[string]any{"RequestID": requestID, "Seen": 2, "Office": casestatus.OfficeCode("NSC"), "Text": letter} {
		if field := act.FieldByName(name); field.IsValid() {
			field.Set(reflect.ValueOf(value))
		}
	}
	return true
}

// requireNothingTold requires that a call was denied or refused, with nothing told beside.
func requireNothingTold(t *testing.T, method string, results []reflect.Value) {
	t.Helper()
	if len(results) == 1 && results[0].Type().CanSeq2() {
		yielded := 0
		for value, err := range results[0].Seq2() {
			yielded++
			require.True(t, value.IsZero(), method)
			require.Equal(t, srmt.ErrDenied, err.Interface(), method)
		}
		require.Equal(t, 1, yielded, method)
		return
	}
	require.Len(t, results, 2, method)
	if !results[1].IsNil() {
		require.Equal(t, srmt.ErrDenied, results[1].Interface(), method)
		require.True(t, results[0].IsZero(), method)
		return
	}
	decisions, isMany := reflect.TypeAssert[[]srmt.Decision](results[0])
	if !isMany {
		decision, isOne := reflect.TypeAssert[srmt.Decision](results[0])
		require.True(t, isOne, method)
		decisions = append(decisions, decision)
	}
	require.NotEmpty(t, decisions, method)
	for _, decision := range decisions {
		require.Equal(t, srmt.Refused, decision.Outcome, method)
		require.Zero(t, decision.Step, method)
		require.Len(t, decision.Reasons, 1, method)
	}
}
