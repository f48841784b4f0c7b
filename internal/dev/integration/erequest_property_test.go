package integration_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// inquiries are customers who file requests, staff who answer them, and the relay between
// them, beside what should become of each request.
type inquiries struct {
	*office
	world     *srmttest.World
	customers *erequest.Service
	movers    *addresschange.Service
	mux       *cris.Mux
	cases     []*inquiredCase
	accepted  []*inquiry
	moved     []*move
}

// inquiredCase is what the model knows of a case.
type inquiredCase struct {
	onFile    casestatus.Case // as it was first
	withheld  bool
	isOutside bool       // of the posted processing time
	addresses []mailedTo // oldest first
	requests  []*inquiry // in order of filing
}

// inquiry is what the model knows of a request.
type inquiry struct {
	of         *inquiredCase
	submission erequest.Submission
	id         string
	number     erequest.ConfirmationNumber
	filed      cris.Date
	repeated   bool      // by a later one
	assigned   cris.Date // the day as SRMT knows it
	answered   cris.Date // as above
	told       inquiryDays
	steps      int            // in SRMT; 0 if it has not arrived
	taken      map[string]int // events about it that left the outbox, by their type
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// inquiryDays are the days that e-Request has learned of, through the relay or by its own
// clock.
type inquiryDays struct{ assigned, overdue, answered cris.Date }

var inquiryIssues = []erequest.Issue{
	erequest.TypographicalError, erequest.BeneficiaryChange, erequest.NoticeNotReceived, erequest.OutsideProcessingTime,
}

func newInquiries(t *rapid.T, o *office) *inquiries {
	q := &inquiries{office: o, world: srmttest.NewWorld(o.Ports)}
	status := toldStanding{casestatus.NewService(o.Cases, nil, nil, nil), q}
	// What an earlier run left behind is raised and delivered.
	long := func() time.Time { return time.Date(2100, time.January, 1, 12, 0, 0, 0, time.UTC) }
	_, err := erequest.NewService(o.Requests, o.Cases, status, &erequest.Options{Now: long}).RaiseOverdue(t.Context())
	require.NoError(t, err)
	_, err = cris.Relay(t.Context(), o.outbox, func(context.Context, cris.Event) error { return nil })
	require.NoError(t, err)

	q.world.Clock.Set("2022-03-01T15:00:00Z")
	q.customers = erequest.NewService(o.Requests, o.Cases, status, &erequest.Options{Now: q.world.Clock.Now})
	q.movers = addresschange.NewService(o.reports, o.Cases, &addresschange.Options{Now: q.world.Clock.Now})
	q.mux = cris.NewMux(q.world.Service, q.customers, q.movers)
	for range 2 {
		o.received++
		c := &inquiredCase{onFile: casestatustest.NewPendingCase(o.received), addresses: firstAddresses()}
		require.NoError(t, casestatustest.PutCase(t.Context(), o.Cases, c.onFile))
		q.cases = append(q.cases, c)
	}
	return q
}

// waitsUntil returns the end of the wait of who comes online, and whether it is to come: thirty
// days after the last online request, whatever its issue, answered or not (ER-9 to ER-11).
func (c *inquiredCase) waitsUntil(today cris.Date) (ends cris.Date, waits bool) {
	for _, r := range c.requests {
		if r.submission.Channel == erequest.Online {
			ends = r.filed.AddDays(30)
		}
	}
	return ends, today.Before(ends)
}

// repeats returns the request that a new one about the issue repeats, or nil: the last that
// was not answered by the end of its thirtieth day, and that no other repeats (ER-10).
func (c *inquiredCase) repeats(issue erequest.Issue, today cris.Date) (last *inquiry) {
	for _, r := range c.requests {
		if r.submission.Issue == issue && !r.repeated && r.told.answered.IsZero() && today.After(r.filed.AddDays(30)) {
			last = r
		}
	}
	return last
}

// draws returns a case and a submission about it, which may enter a ZIP code that is wrong
// by now.
func (q *inquiries) draws(t *rapid.T) (of *inquiredCase, s erequest.Submission, isWrong bool) {
	of = rapid.SampledFrom(q.cases).Draw(t, "case")
	s, isWrong = q.about(t, of)
	return of, s, isWrong
}

// about returns a submission about the case.
func (q *inquiries) about(t *rapid.T, of *inquiredCase) (s erequest.Submission, isWrong bool) {
	issue := rapid.SampledFrom(inquiryIssues).Draw(t, "issue")
	zip := of.drawZIP(t)
	s = erequesttest.NewSubmission(fmt.Sprint("key-", len(q.accepted), "-", rapid.IntRange(0, 1<<30).Draw(t, "key")), of.onFile, issue, func(s *erequest.Submission) {
		s.Channel = rapid.SampledFrom(erequest.Channels()).Draw(t, "channel")
		if rapid.Bool().Draw(t, "represented") {
			s.Details.Representative = erequesttest.NewRepresentative()
		}
		s.Screening = of.screening(zip)
	})
	return s, !of.knows(zip, q.world.Clock.Today())
}

// Submit sends in a new request.
func (q *inquiries) Submit(t *rapid.T) {
	of, s, isWrong := q.draws(t)
	q.submit(t, of, s, isWrong)
}

// ComeBack sends in another request about a case, around the thirtieth day after an earlier one.
func (q *inquiries) ComeBack(t *rapid.T) {
	r := q.one(t)
	day := r.filed.AddDays(rapid.SampledFrom([]int{29, 30, 31}).Draw(t, "day"))
	if !day.After(q.world.Clock.Today()) {
		t.Skip("that day has passed")
	}
	q.world.Clock.Set(day.String() + "T15:00:00Z")
	s, isWrong := q.about(t, r.of)
	q.submit(t, r.of, s, isWrong)
}

func (q *inquiries) submit(t *rapid.T, of *inquiredCase, s erequest.Submission, isWrong bool) {
	today := q.world.Clock.Today()
	ends, waits := of.waitsUntil(today)
	filing, err := q.customers.Submit(t.Context(), s)
	require.NoError(t, err)
	switch isOnline := s.Channel == erequest.Online; {
	case isWrong || of.withheld && isOnline:
		require.Equal(t, erequest.ScreenedOut, filing.Outcome)
		require.Equal(t, erequest.NotMatched, filing.Screening.Outcome)
	case s.Issue == erequest.OutsideProcessingTime && !of.isOutside: // ER-4
		require.Equal(t, erequest.ScreenedOut, filing.Outcome)
		require.Equal(t, erequest.NotOutside, filing.Screening.Outcome)
	case isOnline && waits:
		require.Equal(t, erequest.Advised, filing.Outcome)
		require.Equal(t, ends, filing.WaitEnds)
	default:
		require.Equal(t, erequest.Accepted, filing.Outcome, "%v", filing.Reasons)
		r := &inquiry{of: of, submission: s, id: filing.Request.ID, number: filing.Request.Confirmation, filed: today, taken: map[string]int{}}
		earlier := of.repeats(s.Issue, today)
		if earlier == nil {
			require.Empty(t, filing.Request.Repeats)
		} else {
			require.Equal(t, earlier.id, filing.Request.Repeats)
			earlier.repeated = true
		}
		require.Equal(t, today.AddDays(30), filing.Request.RespondBy)
		of.requests = append(of.requests, r)
		q.accepted = append(q.accepted, r)
	}
}

// Screen enters the five alone.
func (q *inquiries) Screen(t *rapid.T) {
	of, s, isWrong := q.draws(t)
	ends, waits := of.waitsUntil(q.world.Clock.Today())
	screened, err := q.customers.Screen(t.Context(), s.Issue, s.Screening)
	require.NoError(t, err)
	switch {
	case isWrong || of.withheld:
		require.Equal(t, erequest.Screened{Outcome: erequest.NotMatched, Reasons: screened.Reasons}, screened)
	case s.Issue == erequest.OutsideProcessingTime && !of.isOutside:
		require.Equal(t, erequest.NotOutside, screened.Outcome)
		require.Empty(t, screened.Asks)
	case waits:
		require.Equal(t, erequest.AdvisedToWait, screened.Outcome)
		require.Equal(t, ends, screened.WaitEnds)
		require.Empty(t, screened.Asks)
	default:
		require.Equal(t, erequest.Passed, screened.Outcome)
	}
}

func (q *inquiries) one(t *rapid.T) *inquiry {
	if len(q.accepted) == 0 {
		t.Skip("nothing was accepted")
	}
	return rapid.SampledFrom(q.accepted).Draw(t, "request")
}

// Retry sends in a request again, or another under its key.
func (q *inquiries) Retry(t *rapid.T) {
	r := q.one(t)
	again, err := q.customers.Submit(t.Context(), r.submission)
	require.NoError(t, err)
	require.Equal(t, erequest.AlreadyAccepted, again.Outcome)
	require.Equal(t, r.number, again.Request.Confirmation)

	other := r.submission
	other.Details.Name = casestatustest.NewCase(1).Representative
	refused, err := q.customers.Submit(t.Context(), other)
	require.NoError(t, err)
	want := erequest.KeyReused
	isHidden := r.of.withheld && other.Channel == erequest.Online
	isWithin := other.Issue == erequest.OutsideProcessingTime && !r.of.isOutside
	if isHidden || isWithin || !r.of.knows(fiveOf(other.Screening), q.world.Clock.Today()) {
		want = erequest.ScreenedOut
	}
	require.Equal(t, want, refused.Outcome)
	require.Zero(t, refused.Request)
}

var errStopped = errors.New("stopped")

// Relay delivers what is pending, and may stop after some of it, before or after it was taken.
func (q *inquiries) Relay(t *rapid.T) {
	q.relay(t, rapid.IntRange(0, 8).Draw(t, "events"), rapid.Bool().Draw(t, "stops after"))
}

func (q *inquiries) relay(t *rapid.T, left int, after bool) {
	_, err := cris.Relay(t.Context(), q.outbox, func(ctx context.Context, event cris.Event) error {
		if left == 0 && !after {
			return errStopped
		}
		if err := q.mux.Handle(ctx, event); err != nil {
			return err
		}
		q.learn(event)
		if left--; left < 0 {
			return errStopped
		}
		if r := q.inquiryOf(event); r != nil {
			r.taken[event.Type]++
		}
		return nil
	})
	if err != nil {
		require.ErrorIs(t, err, errStopped)
	}
}

// learn is what the model makes of an event that was delivered.
func (q *inquiries) learn(event cris.Event) {
	if event.Type == addresschange.EventReported {
		q.moved[slices.IndexFunc(q.moved, func(m *move) bool { return m.id == event.Subject })].enter()
	}
	r := q.inquiryOf(event)
	if r == nil {
		return
	}
	switch event.Type {
	case erequest.EventAccepted:
		r.steps = max(r.steps, 1)
	case erequest.EventAssigned:
		if r.told.assigned.IsZero() && r.told.answered.IsZero() {
			r.told.assigned = r.assigned
		}
	case erequest.EventAnswered:
		r.told.answered = r.answered
	}
}

// inquiryOf returns the request that an event is about, or nil.
func (q *inquiries) inquiryOf(event cris.Event) *inquiry {
	i := slices.IndexFunc(q.accepted, func(r *inquiry) bool { return r.id == event.Subject })
	if i < 0 {
		return nil
	}
	return q.accepted[i]
}

// Assign hands a request that arrived to an officer.
func (q *inquiries) Assign(t *rapid.T) {
	r := q.one(t)
	if r.steps != 1 {
		t.Skip("it has not arrived, or has an officer")
	}
	q.world.MustAssign(r.id, 1, srmttest.Supervisor("NSC", 1).ID, srmttest.Officer("NSC", 1).ID)
	r.steps, r.assigned = 2, q.world.Clock.Today()
}

// Respond answers a request that an officer has.
func (q *inquiries) Respond(t *rapid.T) {
	r := q.one(t)
	if r.steps != 2 {
		t.Skip("nobody has it, or it is answered")
	}
	q.world.MustRespond(r.id, 2, srmttest.Officer("NSC", 1).ID)
	r.steps, r.answered = 3, q.world.Clock.Today()
}

// Serve takes a request all the way to its answer.
func (q *inquiries) Serve(t *rapid.T) {
	r := q.one(t)
	q.relay(t, math.MaxInt, false)
	if r.steps == 1 {
		q.world.MustAssign(r.id, 1, srmttest.Supervisor("NSC", 1).ID, srmttest.Officer("NSC", 1).ID)
		r.steps, r.assigned = 2, q.world.Clock.Today()
	}
	if r.steps == 2 {
		q.world.MustRespond(r.id, 2, srmttest.Officer("NSC", 1).ID)
		r.steps, r.answered = 3, q.world.Clock.Today()
	}
	q.relay(t, math.MaxInt, false)
}

// RaiseOverdue raises what was not answered in time, as far as e-Request knows.
func (q *inquiries) RaiseOverdue(t *rapid.T) {
	today, want := q.world.Clock.Today(), 0
	for _, r := range q.accepted {
		if today.After(r.filed.AddDays(30)) && r.told.answered.IsZero() && r.told.overdue.IsZero() {
			r.told.overdue = today
			want++
		}
	}
	raised, err := q.customers.RaiseOverdue(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, raised)
}

// Status asks how far a request has come, with the receipt number of its case or of another.
func (q *inquiries) Status(t *rapid.T) {
	r := q.one(t)
	of := rapid.SampledFrom(q.cases).Draw(t, "case")
	status, err := q.customers.Status(t.Context(), r.number, of.onFile.Receipt)
	if of != r.of || of.withheld {
		require.ErrorIs(t, err, erequest.ErrNotFound)
		require.EqualError(t, err, "erequest: status: "+erequest.ErrNotFound.Error())
		return
	}
	require.NoError(t, err)
	today := q.world.Clock.Today()
	want := erequest.StageReceived
	switch {
	case !r.told.answered.IsZero():
		want = erequest.StageAnswered
	case today.After(r.filed.AddDays(30)):
		want = erequest.StageOverdue
	case !r.told.assigned.IsZero():
		want = erequest.StageAssigned
	}
	require.Equal(t, want, status.Stage)
	askAgain := today
	if ends, waits := of.waitsUntil(today); waits {
		askAgain = ends
	}
	require.Equal(t, askAgain, status.AskAgain)
}

// Protect withholds a case, or shows it again.
func (q *inquiries) Protect(t *rapid.T) {
	of := rapid.SampledFrom(q.cases).Draw(t, "case")
	of.withheld = !of.withheld
	require.NoError(t, q.Cases.Update(t.Context(), of.onFile.Receipt, func(onFile casestatus.Case) (casestatus.CaseChange, error) {
		onFile.Withheld = of.withheld
		return casestatus.CaseChange{Case: &onFile}, nil
	}))
}

// Days lets some days pass.
func (q *inquiries) Days(t *rapid.T) {
	days := rapid.IntRange(0, 20).Draw(t, "days")
	q.world.Clock.Set(q.world.Clock.Now().AddDate(0, 0, days).Format("2006-01-02T15:04:05Z07:00"))
}

// Check compares what is on file with the model.
func (q *inquiries) Check(t *rapid.T) {
	for _, of := range q.cases {
		entries, err := q.Requests.Entries(t.Context(), of.onFile.Receipt)
		require.NoError(t, err)
		require.Len(t, entries, len(of.requests))
		for i, r := range of.requests {
			e := entries[i]
			require.Equal(t, r.id, e.ID)
			require.Equal(t, inquiryDays{e.Assigned, e.Overdue, e.Answered}, r.told)
		}
	}
	pending, err := q.outbox.Pending(t.Context(), 0)
	require.NoError(t, err)
	waiting := map[string]int{}
	for _, event := range pending {
		waiting[event.Type+" "+event.Subject]++
		written := uuids.ReplaceAllString(fmt.Sprint(event), "") // in which any digits may occur
		for _, personal := range []string{"Lindstr", "María", "1984-02-29", "example.org", "Elm Street", "Main St", "07405", "07102", "A012345678", "Okafor"} {
			require.NotContains(t, written, personal) // PV-1
		}
	}
	// ER-12: what was accepted is on its way to SRMT, or there, once. ER-10: what was raised as
	// overdue was published once.
	for _, r := range q.accepted {
		raised := 1
		if r.told.overdue.IsZero() {
			raised = 0
		}
		require.Equal(t, 1, waiting[erequest.EventAccepted+" "+r.id]+r.taken[erequest.EventAccepted])
		require.Equal(t, raised, waiting[erequest.EventOverdue+" "+r.id]+r.taken[erequest.EventOverdue])
		history, err := q.Store.History(t.Context(), r.id)
		if r.steps == 0 {
			require.ErrorIs(t, err, srmt.ErrNotFound)
			require.Equal(t, 1, waiting[erequest.EventAccepted+" "+r.id])
			continue
		}
		require.NoError(t, err)
		require.Len(t, history, r.steps)
	}
}

// ER-8 to ER-14, SR-1, CS-9, PV-1: whatever customers, representatives, staff, the relay and
// the clock do, in whatever order, each answer is the one that a few lines of bookkeeping
// predict, and nothing is lost or doubled.
func TestER9_AModelOfInquiriesHolds(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		rounds := 1
		if strings.HasSuffix(t.Name(), "Memory") {
			rounds = 10 // where it takes no time
		}
		for range rounds {
			rapid.Check(t, func(t *rapid.T) { t.Repeat(rapid.StateMachineActions(newInquiries(t, o))) })
		}
	})
}
