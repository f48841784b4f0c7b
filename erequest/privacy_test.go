package erequest_test

import (
	"context"
	"iter"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/dev/planted"
)

// secrets are what stands in the personal fields of plantedSubmission and plantedCase, and
// nowhere else.
var secrets = []string{
	"Zyxfamily", "Zyxgiven", "Zyxmiddle", "Zyxmaiden", "Zyxapplicant", "Zyxrecord", "Zyxagent", "Zyxfirm", "1953-07-13", "1951-06-12",
	"A987654321", "987654321", "zyx@mail", "202 555 0187", "2025550187", "Zyxstreet", "Zyxunit", "Zyxcity", "07438", "Zyxprinted", "Zyxcorrect",
	"1953-07-14", "987654320",
}

func plantedCase() casestatus.Case {
	c := onFile
	c.Applicant, c.Representative = planted.Name("Zyxapplicant"), planted.Name("Zyxrecord")
	c.DateOfBirth = cris.NewPersonal(cris.MustParseDate("1951-06-12"))
	c.Address, c.Addresses = planted.Address("1 Zyxstreet", "NJ", "07438"), nil
	return c
}

func plantedSubmission(key string, issue erequest.Issue, edits ...func(*erequest.Submission)) erequest.Submission {
	contact := erequest.Contact{
		Email: cris.NewPersonal("zyx@mail.example"), Phone: cris.NewPersonal("202 555 0187"), Address: planted.Address("1 Zyxstreet", "NJ", "07438"), Preferred: erequest.ByEmail,
	}
	correction := func(printed, correct string) erequest.Correction {
		return erequest.Correction{Printed: cris.NewPersonal(printed), Correct: cris.NewPersonal(correct)}
	}
	return erequesttest.NewSubmission(key, plantedCase(), issue, append([]func(*erequest.Submission){func(s *erequest.Submission) {
		s.Details.Name, s.Details.DateOfBirth = planted.Name("Zyxfamily"), cris.NewPersonal(cris.MustParseDate("1953-07-13"))
		s.Details.ANumber, s.Details.Contact = cris.MustParseANumber("A987654321"), contact
		s.Details.Representative = erequesttest.NewRepresentative(func(r *erequest.Representative) {
			r.Name, r.Firm, r.Contact = planted.Name("Zyxagent"), cris.NewPersonal("Zyxfirm"), contact
		})
		if issue == erequest.TypographicalError {
			s.Details.Corrections = erequest.Corrections{
				Name: correction("Zyxprinted", "Zyxcorrect"), DateOfBirth: correction("Zyxprinted", "1953-07-14"), ANumber: correction("Zyxprinted", "A987654320"),
			}
		}
	}}, edits...)...)
}

// failingPorts fails in the one operation that is named.
type failingPorts struct {
	erequest.Store
	erequest.Cases
	erequest.CaseStatus
	in string
}

func (f failingPorts) err(operation string) error {
	if f.in == operation {
		return errDown
	}
	return nil
}

func (f failingPorts) Entries(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	if err := f.err("Entries"); err != nil {
		return nil, err
	}
	return f.Store.Entries(ctx, receipt)
}

func (f failingPorts) Request(ctx context.Context, id string) (erequest.Request, error) {
	if err := f.err("Request"); err != nil {
		return erequest.Request{}, err
	}
	return f.Store.Request(ctx, id)
}

func (f failingPorts) Due(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
	if err := f.err("Due"); err != nil {
		return func(yield func(erequest.DueRequest, error) bool) { yield(erequest.DueRequest{}, err) }
	}
	return f.Store.Due(ctx, query)
}

// Update fails after it has decided, as a commit does.
func (f failingPorts) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return f.Store.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		change, err := decide(prior)
		if err == nil {
			err = f.err("Update")
		}
		return change, err
	})
}

func (f failingPorts) StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	if err := f.err("StaffHeader"); err != nil {
		return casestatus.Header{}, err
	}
	return f.Cases.StaffHeader(ctx, receipt)
}

func (f failingPorts) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if err := f.err("StaffCase"); err != nil {
		return casestatus.Case{}, err
	}
	return f.Cases.StaffCase(ctx, receipt)
}

func (f failingPorts) MailOf(ctx context.Context, of casestatus.Case, on cris.Date) ([]casestatus.MailedPiece, error) {
	if err := f.err("MailOf"); err != nil {
		return nil, err
	}
	return f.CaseStatus.MailOf(ctx, of, on)
}

func (f failingPorts) EligibilityOf(ctx context.Context, of casestatus.Case, on cris.Date) (casestatus.Eligibility, error) {
	if err := f.err("EligibilityOf"); err != nil {
		return casestatus.Eligibility{}, err
	}
	return f.CaseStatus.EligibilityOf(ctx, of, on)
}

// plantedDesk is a desk with plantedCase on file. What it draws is the same every time, so that
// no digits of it are by chance those of a secret.
func plantedDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), plantedCase()))
	d.Service = d.failingIn("")
	return d
}

func (d *desk) failingIn(operation string) *erequest.Service {
	status := casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil)
	f := failingPorts{d.db.ERequests(), d.db.Cases(), status, operation}
	return erequest.NewService(f, f, f, d.options())
}

func (d *desk) options() *erequest.Options {
	return &erequest.Options{
		Now: func() time.Time { return d.now }, NewID: erequesttest.IDs("id-"), Random: rand.NewChaCha8([32]byte{}),
	}
}

// audience takes all that comes out of a service.
type audience struct {
	*testing.T
	planted.Output
	words cris.Words
}

func newAudience(t *testing.T) *audience {
	t.Helper()
	return &audience{T: t, words: cris.NewWords(append(erequest.Words(), casestatus.Words()...)...)}
}

func (a *audience) submit(what string, want erequest.FilingOutcome, s *erequest.Service, submission erequest.Submission) erequest.Request {
	a.Helper()
	filing, err := s.Submit(a.Context(), submission)
	require.Equal(a, want, filing.Outcome, "%s: %v", what, filing.Reasons)
	require.Equal(a, want == "", err != nil, what)
	if err != nil {
		a.Note(err)
	}
	a.Note(submission, filing, filing.Request, filing.Screening)
	a.Say(a.words, filing.Message(), filing.Screening.Message())
	a.SayReasons(a.words, filing.Reasons)
	if confirmation, ok := filing.Confirmation(); ok {
		a.Note(confirmation)
	}
	return filing.Request
}

func (a *audience) events(d *desk, want int) {
	a.Helper()
	events := d.events(a.T)
	require.Len(a, events, want)
	a.NoteEvents(events)
}

// failed notes an error that there has to be.
func (a *audience) failed(what string, err error) {
	a.Helper()
	require.Error(a, err, what)
	a.Note(err)
}

func (a *audience) requireNothingPersonal() {
	a.Helper()
	require.Empty(a, a.Leaked(secrets))
	require.True(a, a.Has(cris.Redacted))
}

func misprint(edits ...func(*erequest.Submission)) erequest.Submission {
	return plantedSubmission("k1", erequest.TypographicalError, edits...)
}

// PV-1: whatever becomes of a submission, nothing personal is in what the service returns or
// publishes when it is printed, logged, encoded or said.
func TestPV1_NothingPersonalComesOutOfASubmission(t *testing.T) {
	out, d := newAudience(t), plantedDesk(t)
	out.submit("accepted", erequest.Accepted, d.Service, misprint())
	out.submit("retried", erequest.AlreadyAccepted, d.Service, misprint())
	out.submit("reused", erequest.KeyReused, d.Service, misprint(func(s *erequest.Submission) { s.Details.Document = erequest.OtherDocument }))
	out.submit("advised", erequest.Advised, d.Service, plantedSubmission("k2", erequest.CardNotReceived))
	out.submit("mismatched", erequest.ScreenedOut, d.Service, misprint(func(s *erequest.Submission) { s.Key, s.Screening.Form = "k3", "<script>" }))
	out.submit("incomplete", erequest.Incomplete, d.Service, misprint(func(s *erequest.Submission) {
		s.Key, s.Channel, s.Statement = "k4", erequest.Telephone, "Zyxstatement"
		s.Details.Contact.Email = cris.NewPersonal("zyx@mail\x00")
		s.Details.Corrections.DateOfBirth.Correct = cris.NewPersonal("Zyxcorrect")
		s.Details.Representative.Firm = cris.NewPersonal("Zyxfirm\u202e\n")
	}))
	out.submit("nothing right", erequest.Incomplete, d.Service, misprint(func(s *erequest.Submission) { s.Key, s.Issue, s.Channel = "", "Zyxissue", "Zyxchannel" }))
	for _, issue := range erequest.Issues() {
		screened, err := d.Screen(t.Context(), issue, erequesttest.NewScreening(plantedCase()))
		require.NoError(t, err)
		out.Note(screened)
		out.Say(out.words, screened.Message())
	}
	out.events(d, 1)

	out.requireNothingPersonal()
	for _, public := range []string{"Zyxstatement", "Zyxissue", "Zyxchannel"} { // which are no personal fields
		require.True(t, out.Has(public), "what was noted is what was sent in")
	}
}

// PV-1: what the rules decide can be logged, whatever they were given.
func TestPV1_NothingPersonalComesOutOfADecision(t *testing.T) {
	out := newAudience(t)
	for _, issue := range erequest.Issues() {
		s := plantedSubmission("k1", issue)
		mail := erequest.DecideNonReceipt(issue, nil, s.Details.Mailed, plantedCase().Filed, today, erequest.Policy{})
		for _, channel := range erequest.Channels() {
			screened := erequest.DecideScreening(issue, channel, s.Screening, erequest.Facts{OnFile: plantedCase().Header, Mail: mail})
			require.NotEqual(t, erequest.NotMatched, screened.Outcome)
			out.Note(screened)
		}
		out.Note(mail, s.Screening, s.Details, erequest.CompareDetails(s.Details, plantedCase().Header))
		out.SayReasons(out.words, erequest.DecideDetails(issue, s.Screening.Form, s.Details, today))
		out.Note(erequest.DecideWait([]erequest.Entry{filed("first", "2022-08-01")}, issue, today, erequest.Policy{}))
	}
	out.requireNothingPersonal()
}

// PV-1: what comes after the acceptance says no more: the status, the notice, the deadline, the
// assignment and the answer, and what a stranger asks for.
func TestPV1_NothingPersonalComesOutAfterTheAcceptance(t *testing.T) {
	out, d := newAudience(t), plantedDesk(t)
	accepted := out.submit("accepted", erequest.Accepted, d.Service, misprint())
	status := func(want erequest.RequestStage) {
		got, err := d.Status(t.Context(), accepted.Confirmation, receipt)
		require.NoError(t, err)
		require.Equal(t, want, got.Stage)
		out.Note(got)
		out.Say(out.words, got.Message())
	}
	status(erequest.StageReceived)
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		notice, err := d.Notice(t.Context(), accepted, language)
		require.NoError(t, err)
		out.NoteLetter(notice)
	}
	require.NoError(t, d.RecordAssignment(t.Context(), accepted.ID, today.AddDays(1)))
	status(erequest.StageAssigned)

	d.now = d.now.AddDate(0, 0, 31)
	status(erequest.StageOverdue)
	for due, err := range d.Overdue(t.Context(), cris.Page[erequest.DueKey]{}) {
		require.NoError(t, err)
		out.Note(due)
	}
	_, err := d.RaiseOverdue(t.Context())
	require.NoError(t, err)
	out.events(d, 2)
	require.NoError(t, d.RecordAnswer(t.Context(), accepted.ID, today.AddDays(32)))
	status(erequest.StageAnswered)
	entries, err := d.db.ERequests().Entries(t.Context(), receipt)
	require.NoError(t, err)
	out.Note(entries)

	_, err = d.Status(t.Context(), accepted.Confirmation, casestatustest.Receipt(99))
	out.failed("the status for a stranger", err)
	out.failed("an answer without a day", d.RecordAnswer(t.Context(), accepted.ID, cris.Date{}))
	out.failed("an event that cannot be read", d.Handle(t.Context(), cris.Event{
		ID: "e-1", Type: erequest.EventAnswered, Subject: accepted.ID, Data: map[string]string{"on": "Zyxfamily 1953-07-13"},
	}))
	out.requireNothingPersonal()
}

// PV-1: no port that fails takes anything personal into an error, nor does a clock, a source of
// randomness, or a store that gives up.
func TestPV1_NothingPersonalComesOutOfAFailure(t *testing.T) {
	out := newAudience(t)
	for operation, issue := range map[string]erequest.Issue{
		"Entries": erequest.TypographicalError, "Update": erequest.TypographicalError, "StaffHeader": erequest.TypographicalError,
		"StaffCase": erequest.CardNotReceived, "MailOf": erequest.CardNotReceived, "EligibilityOf": erequest.OutsideProcessingTime,
	} {
		d := plantedDesk(t)
		if operation != "Entries" {
			out.submit(operation+" fails", "", d.failingIn(operation), plantedSubmission("k1", issue))
		}
		if operation != "Update" {
			_, err := d.failingIn(operation).Screen(t.Context(), issue, erequesttest.NewScreening(plantedCase()))
			out.failed("to screen if "+operation+" fails", err)
		}
		out.events(d, 0)
	}

	d := plantedDesk(t)
	accepted := out.submit("accepted", erequest.Accepted, d.Service, misprint())
	out.submit("Request fails", "", d.failingIn("Request"), misprint())
	d.now = d.now.AddDate(0, 0, 31)
	for _, operation := range []string{"Entries", "StaffHeader"} {
		_, err := d.failingIn(operation).Status(t.Context(), accepted.Confirmation, receipt)
		out.failed("the status if "+operation+" fails", err)
	}
	for _, operation := range []string{"Due", "Update"} {
		_, err := d.failingIn(operation).RaiseOverdue(t.Context())
		out.failed("a deadline if "+operation+" fails", err)
	}
	for _, operation := range []string{"Request", "Update"} {
		out.failed("an answer if "+operation+" fails", d.failingIn(operation).RecordAnswer(t.Context(), accepted.ID, today))
		out.failed("an assignment if "+operation+" fails", d.failingIn(operation).RecordAssignment(t.Context(), accepted.ID, today))
	}
	_, err := d.failingIn("Entries").Notice(t.Context(), accepted, cris.English)
	out.failed("a notice if Entries fails", err)

	d = plantedDesk(t)
	out.submit("busy", "", d.over(&busy{Store: d.db.ERequests(), left: 1000}), misprint())
	out.submit("no entropy", "", d.over(d.db.ERequests(), func(o *erequest.Options) { o.Random = iotest.ErrReader(errDown) }), misprint())
	d.now = time.Time{}
	out.submit("no clock", "", d.Service, misprint())
	out.events(d, 0)
	require.Equal(t, 23, out.Errors())
	out.requireNothingPersonal()
}
