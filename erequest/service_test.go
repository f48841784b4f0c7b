package erequest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// desk is a service over a memory store, with the case of these tests on file and
// a clock that the test sets.
type desk struct {
	*erequest.Service
	db  *memory.DB
	now time.Time
}

// everyIssue is the policy that offers online whatever can be reported.
var everyIssue = erequest.Policy{Online: []erequest.Offer{{}, {Issue: erequest.AppointmentAccommodation}}}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return newDeskUnder(t, nil)
}

func newDeskUnder(t *testing.T, policy *erequest.Policy) *desk {
	t.Helper()
	d := &desk{db: memory.New(), now: time.Date(2022, 8, 15, 15, 0, 0, 0, time.UTC)}
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), onFile))
	// Read on 2022-08-01 with an inquiry date of 2022-01-01: K is 212 days, so a case
	// filed on 2022-01-10 is outside from 2022-08-11 on.
	require.NoError(t, d.db.ProcessingTimes().Post(t.Context(), casestatus.ProcessingTime{
		Form: "I-765", FormType: "147-C8", Office: "SSC",
		PublishedOn: cris.MustParseDate("2022-07-20"), ReadOn: cris.MustParseDate("2022-08-01"),
		InquiryDate: cris.MustParseDate("2022-01-01"),
	}))
	d.Service = erequest.NewService(d.db.ERequests(), d.db.Cases(), casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil), &erequest.Options{
		Now: func() time.Time { return d.now }, Policy: policy,
	})
	return d
}

func submission(key string, issue erequest.Issue) erequest.Submission {
	return erequesttest.NewSubmission(key, onFile, issue, func(s *erequest.Submission) { s.Screening = screening })
}

func (d *desk) submit(t *testing.T, s erequest.Submission) erequest.Filing {
	t.Helper()
	filing, err := d.Submit(t.Context(), s)
	require.NoError(t, err)
	return filing
}

func (d *desk) events(t *testing.T) []cris.Event {
	t.Helper()
	events, err := d.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	return events
}

func TestER4_ServiceReadsThePostedTimeOfTheDay(t *testing.T) {
	d := newDesk(t)
	for day, want := range map[string]erequest.ScreeningOutcome{
		"2022-08-10": erequest.NotOutside,
		"2022-08-11": erequest.Passed,
	} {
		d.now = cris.MustParseDate(day).Start(cris.AgencyZone())
		got, err := d.Screen(t.Context(), erequest.OutsideProcessingTime, screening)
		require.NoError(t, err)
		require.Equal(t, want, got.Outcome, day)
		require.Equal(t, cris.MustParseDate("2022-08-11"), got.Eligibility.OutsideFrom, day)
	}
}

func TestER8_AcceptanceConfirms(t *testing.T) {
	d := newDesk(t)
	d.now = time.Date(2022, 8, 16, 3, 59, 0, 0, time.UTC) // still the 15th in New York
	filing := d.submit(t, submission("k1", erequest.OutsideProcessingTime))
	require.Equal(t, erequest.Accepted, filing.Outcome)
	confirmation, ok := filing.Confirmation()
	require.True(t, ok)
	require.False(t, confirmation.Number.IsZero())
	require.Equal(t, cris.MustParseDate("2022-09-14"), confirmation.RespondBy)
	onFile, err := d.db.ERequests().Request(t.Context(), filing.Request.ID)
	require.NoError(t, err)
	require.Equal(t, filing.Request, onFile)
	require.Equal(t, cris.MustParseDate("2022-08-15"), onFile.Filed)
}

// ER-6: free text is kept in Unicode NFC, and without what nobody sees; a retry is one
// all the same.
func TestER6_FreeTextIsKeptAsItIsSeen(t *testing.T) {
	d := newDesk(t)
	s := submission("k1", erequest.TypographicalError)
	s.Details.Corrections.Name = erequest.Correction{Printed: cris.NewPersonal(" Ana \u202egnp.exe"), Correct: cris.NewPersonal("Ana  Lindstro\u0308m\u200b")}
	s.Details.Representative = erequesttest.NewRepresentative(func(r *erequest.Representative) { r.Firm = cris.NewPersonal("A\u2066B") })
	filing := d.submit(t, s)
	require.Equal(t, erequest.Accepted, filing.Outcome, filing.Reasons)
	kept := filing.Request.Details
	require.Equal(t, "Ana gnp.exe", kept.Corrections.Name.Printed.Reveal())
	require.Equal(t, "Ana Lindström", kept.Corrections.Name.Correct.Reveal())
	require.Equal(t, "AB", kept.Representative.Firm.Reveal())
	require.Equal(t, erequest.AlreadyAccepted, d.submit(t, s).Outcome)
}

// ER-8: the confirmation names the day that the policy makes of the filing date.
func TestER8_TheDayOfTheResponseIsCountedFromTheFilingDate(t *testing.T) {
	for days, want := range map[int]string{0: "2022-09-14", 10: "2022-08-25", -1: "2022-08-15"} {
		d := newDeskUnder(t, &erequest.Policy{ResponseDays: days})
		confirmation, ok := d.submit(t, submission("k1", erequest.CardNotReceived)).Confirmation()
		require.True(t, ok)
		require.Equal(t, cris.MustParseDate(want), confirmation.RespondBy, days)
	}
}

func TestER8_NoConfirmationWithoutAcceptance(t *testing.T) {
	d := newDesk(t)
	mismatched := submission("k1", erequest.CardNotReceived)
	mismatched.Screening.Form = "N-400"
	filing := d.submit(t, mismatched)
	require.Equal(t, erequest.ScreenedOut, filing.Outcome)
	_, ok := filing.Confirmation()
	require.False(t, ok)
	require.Zero(t, filing.Request)
	require.Empty(t, d.events(t))
}

func TestER9_AnotherRequestIsAdvisedToWait(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	require.Equal(t, erequest.Accepted, first.Outcome)

	second := d.submit(t, submission("k2", erequest.TypographicalError))
	require.Equal(t, erequest.Advised, second.Outcome)
	require.Equal(t, cris.MustParseDate("2022-09-14"), second.WaitEnds)
	require.Equal(t, first.Request.ID, second.Earlier)

	d.now = second.WaitEnds.Start(cris.AgencyZone())
	require.Equal(t, erequest.Accepted, d.submit(t, submission("k3", erequest.TypographicalError)).Outcome)
}

func TestER9_SixteenAtTheSameInstantLeaveOneRequest(t *testing.T) {
	d := newDesk(t)
	outcomes := make([]erequest.FilingOutcome, 16)
	var wg sync.WaitGroup
	for i := range outcomes {
		wg.Go(func() {
			filing, err := d.Submit(t.Context(), submission(fmt.Sprint("k", i), erequest.CardNotReceived))
			if err == nil {
				outcomes[i] = filing.Outcome
			}
		})
	}
	wg.Wait()
	count := map[erequest.FilingOutcome]int{}
	for _, outcome := range outcomes {
		count[outcome]++
	}
	require.Equal(t, map[erequest.FilingOutcome]int{erequest.Accepted: 1, erequest.Advised: 15}, count)
	require.Len(t, d.events(t), 1)
}

func TestER9_ARetryFilesNothingTwice(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	d.now = d.now.Add(time.Hour)
	retry := d.submit(t, submission("k1", erequest.CardNotReceived))
	require.Equal(t, erequest.AlreadyAccepted, retry.Outcome)
	require.Equal(t, first.Request, retry.Request)
	require.Len(t, d.events(t), 1)

	moved := onFile
	moved.Address = casestatustest.NewAddress("10001")
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), moved))
	require.Equal(t, erequest.AlreadyAccepted, d.submit(t, submission("k1", erequest.CardNotReceived)).Outcome,
		"whatever became of the case since")

	other := submission("k1", erequest.CardNotReceived)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), onFile))
	other.Details.Contact.Phone = cris.NewPersonal("+1 202 555 0199")
	reused := d.submit(t, other)
	require.Equal(t, erequest.KeyReused, reused.Outcome)
	require.Zero(t, reused.Request, "whoever holds a key learns nothing of another's request")
}

func TestER10_AnUnansweredRequestIsResubmitted(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	d.now = d.now.AddDate(0, 0, 31)
	second := d.submit(t, submission("k2", erequest.CardNotReceived))
	require.Equal(t, erequest.Accepted, second.Outcome)
	require.Equal(t, first.Request.ID, second.Request.Repeats)
}

func TestER10_AnAnsweredRequestIsNotRepeated(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	answered := cris.MustParseDate("2022-08-20")
	for range 2 { // the event of the answer may come twice
		require.NoError(t, d.RecordAnswer(t.Context(), first.Request.ID, answered))
		answered = answered.AddDays(1)
	}
	onFile, err := d.db.ERequests().Request(t.Context(), first.Request.ID)
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2022-08-20"), onFile.Answered, "the first answer counts")
	d.now = d.now.AddDate(0, 0, 31)
	second := d.submit(t, submission("k2", erequest.CardNotReceived))
	require.Equal(t, erequest.Accepted, second.Outcome)
	require.Empty(t, second.Request.Repeats)

	require.ErrorIs(t, d.RecordAnswer(t.Context(), "unknown", answered), erequest.ErrNotFound)
}

func TestER10_ATelephoneCallRepeatsToo(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	d.now = d.now.AddDate(0, 0, 31)
	call := submission("k2", erequest.CardNotReceived)
	call.Channel = erequest.Telephone
	second := d.submit(t, call)
	require.Equal(t, erequest.Accepted, second.Outcome)
	require.Equal(t, first.Request.ID, second.Request.Repeats)
	require.Equal(t, []cris.RuleID{"ER-10", "ER-8"}, ruleIDs(second.Reasons))
}

// ER-10: a request that was not answered in time is repeated by name on every channel, and not
// before that.
func TestER10_EveryChannelNamesTheRequestThatIsRepeated(t *testing.T) {
	for _, channel := range erequest.Channels() {
		for days, isRepeated := range map[int]bool{30: false, 31: true} {
			d := newDesk(t)
			first := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
			d.now = d.now.AddDate(0, 0, days)
			s := submission("k2", erequest.CardNotReceived)
			s.Channel = channel
			filing := d.submit(t, s)
			require.Equal(t, erequest.Accepted, filing.Outcome, "%s %d", channel, days)
			require.Equal(t, isRepeated, filing.Request.Repeats == first.ID, "%s %d", channel, days)
			require.Equal(t, !isRepeated, filing.Request.Repeats == "", "%s %d", channel, days)
		}
	}
}

func TestER10_AnAnswerNeedsADate(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	require.Error(t, d.RecordAnswer(t.Context(), first.Request.ID, cris.Date{}))
}

// ER-11: what the policy says of the wait holds for the screening and the submission alike.
func TestER11_AServiceOfANarrowerPolicyLooksAtTheSameIssueAlone(t *testing.T) {
	for scope, want := range map[erequest.WaitScope]struct {
		screened erequest.ScreeningOutcome
		filed    erequest.FilingOutcome
	}{
		erequest.SameCase:         {erequest.AdvisedToWait, erequest.Advised},
		erequest.SameCaseAndIssue: {erequest.Passed, erequest.Accepted},
	} {
		d := newDeskUnder(t, &erequest.Policy{WaitScope: scope})
		d.submit(t, submission("k1", erequest.CardNotReceived))
		got, err := d.Screen(t.Context(), erequest.TypographicalError, screening)
		require.NoError(t, err)
		require.Equal(t, want.screened, got.Outcome, scope)
		require.Equal(t, want.filed, d.submit(t, submission("k2", erequest.TypographicalError)).Outcome, scope)
		require.Equal(t, erequest.Advised, d.submit(t, submission("k3", erequest.CardNotReceived)).Outcome, scope)
	}
}

// ER-12: an accepted request is on file with its event or not at all, so that none is lost: the
// client that saw an error tries again, and there is one of each.
func TestER12_ARequestIsOnFileWithItsEventOrNotAtAll(t *testing.T) {
	d := newDesk(t)
	_, err := d.failingIn("Update").Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.ErrorIs(t, err, errDown)
	require.Empty(t, d.requests(t))
	require.Empty(t, d.events(t))
	for range 2 {
		d.submit(t, submission("k1", erequest.CardNotReceived))
		require.Len(t, d.requests(t), 1)
		require.Len(t, d.events(t), 1)
	}
	require.Equal(t, d.requests(t)[0].ID, d.events(t)[0].Subject)
}

func TestER12_AcceptanceLeavesOneEventWithoutPersonalValues(t *testing.T) {
	d := newDesk(t)
	filing := d.submit(t, submission("k1", erequest.TypographicalError))
	require.Equal(t, []cris.Event{{
		ID: filing.Request.ID + "/accepted", Type: erequest.EventAccepted, Source: "/cris/erequest",
		Subject: filing.Request.ID, Time: d.now, Data: map[string]string{"issue": "typographical_error", "channel": "online"},
	}}, d.events(t))
	accepted, err := erequest.ReadAccepted(d.events(t)[0])
	require.NoError(t, err)
	require.Equal(t, erequest.AcceptedRequest{RequestID: filing.Request.ID, Issue: erequest.TypographicalError, Channel: erequest.Online}, accepted)
}

func TestER12_NothingIsAnnouncedThatWasNotSaved(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := d.Submit(ctx, submission("k1", erequest.CardNotReceived))
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, d.events(t))
}

func TestER13_TheWaitDoesNotTurnAwayOtherChannels(t *testing.T) {
	d := newDesk(t)
	require.Equal(t, erequest.Accepted, d.submit(t, submission("k1", erequest.CardNotReceived)).Outcome)
	for i, channel := range []erequest.Channel{erequest.Telephone, erequest.Letter, erequest.LocalOffice} {
		s := submission(fmt.Sprint("other", i), erequest.CardNotReceived)
		s.Channel = channel
		filing := d.submit(t, s)
		require.Equal(t, erequest.Accepted, filing.Outcome, channel)
		require.Equal(t, s.Details, filing.Request.Details, "what is captured is the same on every channel")
	}
}

// ER-13: whatever the issue, every channel asks for the same, refuses the same, and captures the
// same request.
func TestER13_EveryChannelCapturesTheSameRequest(t *testing.T) {
	for _, issue := range erequest.Issues() {
		var refused []cris.Reason
		var captured erequest.Request
		for i, channel := range erequest.Channels() {
			d := newDeskUnder(t, &everyIssue)
			s := submission("k1", issue)
			s.Channel, s.Details, s.Statement = channel, erequest.Details{}, ""
			filing := d.submit(t, s)
			require.Equal(t, erequest.Incomplete, filing.Outcome, "%s %s", issue, channel)

			s.Details = erequesttest.NewDetails(issue)
			s.Statement = submission("k1", issue).Statement
			got := d.submit(t, s).Request
			require.Equal(t, channel, got.Channel)
			got.ID, got.Confirmation, got.Channel = "", erequest.ConfirmationNumber{}, ""
			if i == 0 {
				refused, captured = filing.Reasons, got
			}
			require.NotZero(t, got.Details)
			require.Equal(t, refused, filing.Reasons, "%s %s", issue, channel)
			require.Equal(t, captured, got, "%s %s", issue, channel)
		}
	}
}

// ER-13: what the policy does not offer online, staff take on every other channel.
func TestER13_StaffTakeWhatIsNotOfferedOnline(t *testing.T) {
	for _, channel := range erequest.Channels() {
		d := newDeskUnder(t, &erequest.Policy{Online: []erequest.Offer{}})
		s := submission("k1", erequest.CardNotReceived)
		s.Channel = channel
		require.Equal(t, channel != erequest.Online, d.submit(t, s).Outcome == erequest.Accepted, channel)
	}
}

func TestER1_AllFaultsOfASubmissionAtOnce(t *testing.T) {
	d := newDesk(t)
	filing := d.submit(t, erequest.Submission{})
	require.Equal(t, erequest.Incomplete, filing.Outcome)
	require.Equal(t, []cris.RuleID{"ER-1", "ER-9", "ER-13"}, ruleIDs(filing.Reasons))
}

func TestER5_DetailsAreJudgedOnlyAfterScreening(t *testing.T) {
	d := newDesk(t)
	s := submission("k1", erequest.CardNotReceived)
	s.Details = erequest.Details{}
	filing := d.submit(t, s)
	require.Equal(t, erequest.Incomplete, filing.Outcome)
	s.Screening.DateFiled = cris.Date{}
	require.Equal(t, erequest.ScreenedOut, d.submit(t, s).Outcome)
}

func TestPV1_FilingsCarryNoPersonalValue(t *testing.T) {
	d := newDesk(t)
	s := submission("k1", erequest.TypographicalError)
	filing := d.submit(t, s)
	everything := fmt.Sprintf("%v %+v %#v %s %v", filing, filing, filing, filing.Request.Details, s)
	everything = strings.ReplaceAll(everything, filing.Request.ID, "") // in which any digits may occur
	for _, value := range []string{"Lindström", "Ana María", "1984-02-29", "A012345678", "12345678", "ana@example.org", "555 0143", "Elm Street", "07405"} {
		require.NotContains(t, everything, value)
	}
	require.Contains(t, everything, cris.Redacted)
}

// brokenTimes is a port to the processing times that is down.
type brokenTimes struct{ casestatus.ProcessingTimes }

func (brokenTimes) Posted(context.Context, casestatus.PostedUnder, cris.Date) (casestatus.ProcessingTime, error) {
	return casestatus.ProcessingTime{}, errors.New("down")
}

func TestER3_AFailingPortDoesNotTellAKnownCaseFromAnUnknown(t *testing.T) {
	d := newDesk(t)
	service := erequest.NewService(d.db.ERequests(), d.db.Cases(), casestatus.NewService(d.db.Cases(), brokenTimes{}, nil, nil), nil)
	known, unknown := screening, screening
	known.DateFiled = known.DateFiled.AddDays(1)
	unknown.Receipt = casestatus.MustParseReceiptNumber("IOE0919283747")
	atKnown, err := service.Screen(t.Context(), erequest.OutsideProcessingTime, known)
	require.NoError(t, err)
	atUnknown, err := service.Screen(t.Context(), erequest.OutsideProcessingTime, unknown)
	require.NoError(t, err)
	require.Equal(t, atUnknown, atKnown)
	_, err = service.Screen(t.Context(), erequest.OutsideProcessingTime, screening)
	require.Error(t, err, "the owner of the case is told to come back")
}

func TestPolicy_WithoutAZoneHasTheAgencys(t *testing.T) {
	d := newDesk(t)
	policy := erequest.DefaultPolicy()
	policy.Zone = nil
	service := erequest.NewService(d.db.ERequests(), d.db.Cases(), casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil), &erequest.Options{Policy: &policy})
	filing, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.NoError(t, err)
	require.Equal(t, cris.DateOf(filing.Request.FiledAt, cris.AgencyZone()), filing.Request.Filed)
}

// failing is a store whose Update fails.
type failing struct {
	erequest.Store
	err error
}

func (f failing) Update(context.Context, casestatus.ReceiptNumber, func([]erequest.Entry) (erequest.Change, error)) error {
	return f.err
}

func TestSubmit_AFailingStoreIsAnErrorAndNotARefusal(t *testing.T) {
	d := newDesk(t)
	broken := errors.New("disk full")
	service := erequest.NewService(failing{d.db.ERequests(), broken}, d.db.Cases(), casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil), &erequest.Options{
		Now: func() time.Time { return d.now },
	})
	_, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.ErrorIs(t, err, broken)
	require.True(t, strings.HasPrefix(err.Error(), "erequest: "), err)
}

// ER-3: receipt number and a guessed key tell nothing: a retry presents what was filed.
func TestER3_AKeyAloneTellsNothing(t *testing.T) {
	d := newDesk(t)
	require.Equal(t, erequest.Accepted, d.submit(t, submission("k1", erequest.CardNotReceived)).Outcome)
	guess := submission("k1", erequest.CardNotReceived)
	guess.Screening.DateFiled = guess.Screening.DateFiled.AddDays(1)
	used := d.submit(t, guess)
	guess.Key = "k2"
	unused := d.submit(t, guess)
	require.Equal(t, erequest.ScreenedOut, used.Outcome)
	require.Equal(t, unused, used)
}

// counting counts what a store is given to save.
type counting struct {
	erequest.Store
	saved int
}

func (c *counting) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return c.Store.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		change, err := decide(prior)
		if len(change.File)+len(change.Marks)+len(change.Events) > 0 {
			c.saved++
		}
		return change, err
	})
}

// ER-9: a refusal has nothing to save, so that a store may answer it by a read.
func TestER9_OnlyWhatIsAcceptedIsSaved(t *testing.T) {
	d := newDesk(t)
	store := &counting{Store: d.db.ERequests()}
	service := d.over(store)
	incomplete := submission("k3", erequest.CardNotReceived)
	incomplete.Channel, incomplete.Details.Name = erequest.Telephone, cris.PersonName{}
	mismatched := submission("k4", erequest.CardNotReceived)
	mismatched.Screening.Form = "N-400"
	other := submission("k1", erequest.NoticeNotReceived)
	for i, tt := range []struct {
		submission erequest.Submission
		want       erequest.FilingOutcome
		saved      int
	}{
		{submission("k1", erequest.CardNotReceived), erequest.Accepted, 1},
		{submission("k1", erequest.CardNotReceived), erequest.AlreadyAccepted, 0},
		{submission("k2", erequest.CardNotReceived), erequest.Advised, 0},
		{other, erequest.KeyReused, 0},
		{incomplete, erequest.Incomplete, 0},
		{mismatched, erequest.ScreenedOut, 0},
	} {
		before := store.saved
		filing, err := service.Submit(t.Context(), tt.submission)
		require.NoError(t, err)
		require.Equal(t, tt.want, filing.Outcome, i)
		require.Equal(t, tt.saved, store.saved-before, i)
	}
}

// stale is a store that decides on the past at first, as one may that reads before it locks.
type stale struct{ erequest.Store }

func (s stale) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	if _, err := decide(nil); err != nil {
		return err
	}
	return s.Store.Update(ctx, receipt, decide)
}

// ER-9: what was decided on the past is no answer.
func TestER9_AReadThatIsBehindGivesNoOtherAnswer(t *testing.T) {
	for key, want := range map[string]erequest.FilingOutcome{"k1": erequest.AlreadyAccepted, "k2": erequest.Advised} {
		d := newDesk(t)
		service := d.over(stale{d.db.ERequests()})
		first, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
		require.NoError(t, err)
		require.Equal(t, erequest.Accepted, first.Outcome)
		again, err := service.Submit(t.Context(), submission(key, erequest.CardNotReceived))
		require.NoError(t, err)
		require.Equal(t, want, again.Outcome)
		require.Len(t, d.events(t), 1)
		require.Len(t, d.requests(t), 1)
	}
}

func TestService_AClockThatWasNeverSetSavesNothing(t *testing.T) {
	d := newDesk(t)
	for _, now := range []time.Time{{}, time.Unix(0, 0), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		d.now = now
		_, err := d.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
		require.ErrorIs(t, err, cris.ErrClock)
		_, err = d.Screen(t.Context(), erequest.CardNotReceived, screening)
		require.ErrorIs(t, err, cris.ErrClock)
	}
	onFile, err := d.db.ERequests().Entries(t.Context(), receipt)
	require.NoError(t, err)
	require.Empty(t, onFile)
}

func TestER10_AnEventRecordsTheResponse(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	event := cris.Event{ID: "e", Type: erequest.EventAnswered, Source: "/cris/srmt", Subject: first.Request.ID, Data: map[string]string{"on": "2022-08-20"}}
	require.Equal(t, []string{erequest.EventAssigned, erequest.EventAnswered}, d.HandledTypes())
	for range 2 {
		require.NoError(t, d.Handle(t.Context(), event))
	}
	onFile, err := d.db.ERequests().Request(t.Context(), first.Request.ID)
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2022-08-20"), onFile.Answered)

	event.Data = nil
	require.Error(t, d.Handle(t.Context(), event))
	event.Type = "cris.other"
	require.NoError(t, d.Handle(t.Context(), event), "none of its business")
	event = cris.Event{ID: "e", Type: erequest.EventAnswered, Subject: "unknown", Data: map[string]string{"on": "2022-08-20"}}
	require.ErrorIs(t, d.Handle(t.Context(), event), erequest.ErrNotFound)
}
