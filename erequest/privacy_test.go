package erequest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// secrets are what stands in the personal fields of plantedSubmission and plantedCase, and
// nowhere else.
var secrets = []string{
	"Zyxfamily", "Zyxgiven", "Zyxmiddle", "Zyxmaiden", "Zyxapplicant", "Zyxrecord", "Zyxagent", "Zyxfirm", "1953-07-13", "1951-06-12",
	"A987654321", "987654321", "zyx@mail", "202 555 0187", "2025550187", "Zyxstreet", "Zyxunit", "Zyxcity", "07438", "Zyxprinted", "Zyxcorrect",
	"1953-07-14", "987654320",
}

func plantedName(family string) cris.PersonName {
	name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: "Zyxgiven", Middle: "Zyxmiddle", Maiden: "Zyxmaiden"})
	if err != nil {
		panic(err)
	}
	return name
}

func plantedAddress() cris.Address {
	address, err := cris.NewAddress(cris.AddressParts{Street: "1 Zyxstreet", Unit: "Zyxunit", City: "Zyxcity", State: "NJ", ZIP: cris.MustParseZIP("07438")})
	if err != nil {
		panic(err)
	}
	return address
}

func plantedCase() casestatus.Case {
	planted := onFile
	planted.Applicant, planted.Representative = plantedName("Zyxapplicant"), plantedName("Zyxrecord")
	planted.DateOfBirth = cris.NewPersonal(cris.MustParseDate("1951-06-12"))
	planted.Address, planted.Addresses = plantedAddress(), nil
	return planted
}

func plantedSubmission(key string, issue erequest.Issue, edits ...func(*erequest.Submission)) erequest.Submission {
	contact := erequest.Contact{
		Email: cris.NewPersonal("zyx@mail.example"), Phone: cris.NewPersonal("202 555 0187"), Address: plantedAddress(), Preferred: erequest.ByEmail,
	}
	correction := func(printed, correct string) erequest.Correction {
		return erequest.Correction{Printed: cris.NewPersonal(printed), Correct: cris.NewPersonal(correct)}
	}
	return erequesttest.NewSubmission(key, plantedCase(), issue, append([]func(*erequest.Submission){func(s *erequest.Submission) {
		s.Details.Name, s.Details.DateOfBirth = plantedName("Zyxfamily"), cris.NewPersonal(cris.MustParseDate("1953-07-13"))
		s.Details.ANumber, s.Details.Contact = cris.MustParseANumber("A987654321"), contact
		s.Details.Representative = erequesttest.NewRepresentative(func(r *erequest.Representative) {
			r.Name, r.Firm, r.Contact = plantedName("Zyxagent"), cris.NewPersonal("Zyxfirm"), contact
		})
		if issue == erequest.TypographicalError {
			s.Details.Corrections = erequest.Corrections{
				Name: correction("Zyxprinted", "Zyxcorrect"), DateOfBirth: correction("Zyxprinted", "1953-07-14"), ANumber: correction("Zyxprinted", "A987654320"),
			}
		}
	}}, edits...)...)
}

// cameOut collects everything that comes out of a service, as it would be printed or logged.
type cameOut struct {
	t    *testing.T
	text bytes.Buffer
	errs int
}

func (c *cameOut) note(values ...any) {
	logger := slog.New(slog.NewJSONHandler(&c.text, nil))
	for _, value := range values {
		encoded, err := json.Marshal(value)
		require.NoError(c.t, err)
		fmt.Fprintf(&c.text, "%v %+v %#v %s %q %s\n", value, value, value, value, value, encoded)
		logger.Info("noted", "value", value)
		if err, is := value.(error); is {
			c.errs++
			c.text.WriteString(err.Error())
		}
	}
}

func (c *cameOut) say(messages ...cris.Message) {
	words := cris.NewWords(append(erequest.Words(), casestatus.Words()...)...)
	for _, message := range messages {
		c.note(message, words.Say(cris.English, message), words.Say(cris.Spanish, message))
	}
}

func (c *cameOut) reasons(reasons []cris.Reason) {
	for _, reason := range reasons {
		c.say(reason.Message())
	}
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

func (d *desk) failingIn(operation string) *erequest.Service {
	status := casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil)
	f := failingPorts{d.db.ERequests(), d.db.Cases(), status, operation}
	return erequest.NewService(f, f, f, &erequest.Options{Now: func() time.Time { return d.now }})
}

// PV-1: whatever becomes of a submission, nothing personal is in what the service returns or
// publishes when it is printed, logged, encoded or said.
func TestPV1_NothingPersonalComesOutOfASubmission(t *testing.T) {
	out := &cameOut{t: t}
	newDesk := func() *desk {
		d := newDesk(t)
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), plantedCase()))
		return d
	}
	submit := func(what string, want erequest.FilingOutcome, s *erequest.Service, submission erequest.Submission) erequest.Filing {
		filing, err := s.Submit(t.Context(), submission)
		require.Equal(t, want, filing.Outcome, "%s: %v", what, filing.Reasons)
		require.Equal(t, want == "", err != nil, what)
		out.note(submission, filing, filing.Request, filing.Screening)
		out.say(filing.Message(), filing.Screening.Message())
		out.reasons(filing.Reasons)
		if err != nil {
			out.note(err)
		}
		return filing
	}

	d := newDesk()
	misprint := func(edits ...func(*erequest.Submission)) erequest.Submission {
		return plantedSubmission("k1", erequest.TypographicalError, edits...)
	}
	accepted := submit("accepted", erequest.Accepted, d.Service, misprint()).Request
	submit("retried", erequest.AlreadyAccepted, d.Service, misprint())
	submit("reused", erequest.KeyReused, d.Service, misprint(func(s *erequest.Submission) { s.Details.Document = erequest.OtherDocument }))
	submit("advised", erequest.Advised, d.Service, plantedSubmission("k2", erequest.CardNotReceived))
	submit("mismatched", erequest.ScreenedOut, d.Service, misprint(func(s *erequest.Submission) { s.Key, s.Screening.Form = "k3", "<script>" }))
	submit("incomplete", erequest.Incomplete, d.Service, misprint(func(s *erequest.Submission) {
		s.Key, s.Channel, s.Statement = "k4", erequest.Telephone, "Zyxstatement"
		s.Details.Contact.Email = cris.NewPersonal("zyx@mail\x00")
		s.Details.Corrections.DateOfBirth.Correct = cris.NewPersonal("Zyxcorrect")
		s.Details.Representative.Firm = cris.NewPersonal("Zyxfirm\u202e\n")
	}))
	submit("nothing right", erequest.Incomplete, d.Service, misprint(func(s *erequest.Submission) { s.Key, s.Issue, s.Channel = "", "Zyxissue", "Zyxchannel" }))
	for _, issue := range erequest.Issues() {
		screened, err := d.Screen(t.Context(), issue, erequesttest.NewScreening(plantedCase()))
		require.NoError(t, err)
		out.note(screened)
		out.say(screened.Message())
	}
	status, err := d.Status(t.Context(), accepted.Confirmation, receipt)
	require.NoError(t, err)
	notice, err := d.Notice(t.Context(), accepted, cris.Spanish)
	require.NoError(t, err)
	out.note(status, notice, notice.Text(), notice.HTML(), notice.HTMLFragment())
	out.say(status.Message())
	d.now = d.now.AddDate(0, 0, 31)
	for due, err := range d.Overdue(t.Context(), cris.Page[erequest.DueKey]{}) {
		require.NoError(t, err)
		out.note(due)
	}
	_, err = d.RaiseOverdue(t.Context())
	require.NoError(t, err)
	require.Len(t, d.events(t), 2)
	for _, event := range d.events(t) {
		encoded, err := event.MarshalJSON()
		require.NoError(t, err)
		out.note(event, string(encoded))
	}

	// Every port that fails, the clock, the source of randomness, and a store that gives up.
	for operation, issue := range map[string]erequest.Issue{
		"Entries": erequest.TypographicalError, "Update": erequest.TypographicalError, "StaffHeader": erequest.TypographicalError,
		"StaffCase": erequest.CardNotReceived, "MailOf": erequest.CardNotReceived,
	} {
		submit(operation+" fails", "", newDesk().failingIn(operation), plantedSubmission("k1", issue))
	}
	d = newDesk()
	submit("busy", "", d.over(&busy{Store: d.db.ERequests(), left: 1000}), misprint())
	submit("no entropy", "", d.over(d.db.ERequests(), func(o *erequest.Options) { o.Random = iotest.ErrReader(errDown) }), misprint())
	d.now = time.Time{}
	submit("no clock", "", d.Service, misprint())
	require.Equal(t, 8, out.errs)

	for _, secret := range secrets {
		require.NotContains(t, out.text.String(), secret)
	}
	for _, public := range []string{cris.Redacted, "Zyxstatement", "Zyxissue", "Zyxchannel"} { // the last three are no personal fields
		require.Contains(t, out.text.String(), public, "what was noted is what was sent in")
	}
}
