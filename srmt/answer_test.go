package srmt_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
)

// allOnFile is all that a letter needs of a request of srmttest.NewHistory.
func allOnFile(t *testing.T) srmt.OnFile {
	t.Helper()
	file := onFile
	file.Filed.Confirmation = erequesttest.ConfirmationNumber(1)
	file.Office = knownOffice(t, "NSC")
	return file
}

// deliveredCard is a card that the USPS says was delivered to the address on file.
func deliveredCard() casestatus.MailedPiece {
	card := casestatus.MailedPiece{Mailing: casestatus.Mailing{Document: casestatus.PermanentResidentCard, Mailed: cris.MustParseDate("2013-08-01")}}
	card.Delivery.Class = tracking.Delivered
	return card
}

// draft has the days of a card that was mailed again.
var draft = srmt.Draft{Done: cris.MustParseDate("2013-08-16"), AskAgain: cris.MustParseDate("2013-09-20")}

// SR-7, SR-8: a response from a template is composed of what is on file, in the language of the
// request, and kept as a whole with the edition.
func TestSR7_AResponseFromATemplateIsTheLetterThatIsComposed(t *testing.T) {
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		history := srmttest.NewHistory("r1", func(steps []srmt.Step) { steps[0].Origin.Language = language })[:2]
		state := replayed(t, history)
		composed := srmt.Compose(state, allOnFile(t), mailedAgain, draft, today, srmt.Policy{})
		require.Equal(t, letters.Composed, composed.Outcome, "%v", composed.Reasons)
		require.Equal(t, language, composed.Letter.Language)
		require.Contains(t, composed.Letter.Text(), language.Date(draft.AskAgain))
		require.Contains(t, composed.Letter.Text(), "Nebraska Service Center")

		response := srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Letter: &draft}
		decision := srmt.DecideResponse(state, by(officer, state), allOnFile(t), response, srmt.Policy{})
		require.Equal(t, srmt.Allowed, decision.Outcome, "%v", decision.Reasons)
		require.Equal(t, mailedAgain, decision.Step.Finding)
		require.Equal(t, "response card_not_received mailed_again 2013-08-15", decision.Step.Letter)
		require.Equal(t, composed.Letter.Text(), decision.Step.Message.Text.Reveal())
		_, err := srmt.Extend(state, decision.Step)
		require.NoError(t, err)
	}
}

// SR-7: what contradicts the facts is refused with all reasons, and so is what is given twice.
func TestSR7_ALetterThatContradictsTheFactsIsNotSent(t *testing.T) {
	state := stateAfter(t, 2)
	decide := func(finding letters.Finding, draft srmt.Draft, edit func(*srmt.OnFile, *srmt.Response)) srmt.Decision {
		file, response := allOnFile(t), srmt.Response{Means: erequest.ByLetter, Finding: finding, Letter: &draft}
		edit(&file, &response)
		return srmt.DecideResponse(state, by(officer, state), file, response, srmt.Policy{})
	}
	for name, test := range map[string]struct {
		finding letters.Finding
		draft   srmt.Draft
		edit    func(*srmt.OnFile, *srmt.Response)
		want    []cris.Code
	}{
		"days are missing":           {mailedAgain, srmt.Draft{}, func(*srmt.OnFile, *srmt.Response) {}, []cris.Code{"letter.done_missing", "letter.ask_again_missing"}},
		"it was not delivered":       {letters.Delivered, draft, func(*srmt.OnFile, *srmt.Response) {}, []cris.Code{"letter.mail_not_delivered"}},
		"a finding of another issue": {letters.StillWithin, draft, func(*srmt.OnFile, *srmt.Response) {}, []cris.Code{"letter.finding_unsuited"}},
		"no finding":                 {"", draft, func(*srmt.OnFile, *srmt.Response) {}, []cris.Code{"srmt.finding_missing"}},
		"the office has no name":     {mailedAgain, draft, func(f *srmt.OnFile, _ *srmt.Response) { f.Office = casestatus.Office{} }, []cris.Code{"letter.office_unreadable"}},
		"nothing is on file": {
			mailedAgain, draft, func(f *srmt.OnFile, _ *srmt.Response) { *f = srmt.OnFile{} },
			[]cris.Code{"srmt.response_not_to_them", "letter.confirmation_missing", "letter.office_unreadable"},
		},
		"two texts": {mailedAgain, draft, func(_ *srmt.OnFile, r *srmt.Response) { r.Text = letter }, []cris.Code{"srmt.response_two_texts"}},
		"everything at once": {
			mailedAgain,
			srmt.Draft{Done: draft.Done},
			func(_ *srmt.OnFile, r *srmt.Response) { r.Text, r.Means = letter, "fax" },
			[]cris.Code{"srmt.response_means_unknown", "srmt.response_two_texts", "letter.ask_again_missing"},
		},
	} {
		decision := decide(test.finding, test.draft, test.edit)
		require.Equal(t, srmt.Refused, decision.Outcome, name)
		var got []cris.Code
		for _, reason := range decision.Reasons {
			got = append(got, reason.Code)
		}
		require.Equal(t, test.want, got, name)
	}
	// Mail that the USPS says was delivered lets the letter say so.
	decision := decide(letters.Delivered, draft, func(f *srmt.OnFile, _ *srmt.Response) {
		f.Mail = []casestatus.MailedPiece{deliveredCard()}
	})
	require.Equal(t, srmt.Allowed, decision.Outcome, "%v", decision.Reasons)
}

// SR-7: the templates of the policy count, and a letter that is longer than any text may be is not
// sent.
func TestSR7_TheLettersAreThoseOfThePolicy(t *testing.T) {
	library := func(length int) letters.Library {
		shown := "{" + strings.Join(mailedAgain.Variables(), "} {") + "}."
		say := func(text string) cris.Phrase { return cris.Phrase{English: text, Spanish: text + " (es)"} }
		template, err := letters.New(erequest.CardNotReceived, mailedAgain, cris.TemplateText{
			Edition: "ours", From: today, Subject: say("Subject"), Paragraphs: []cris.Phrase{say(strings.Repeat("x", length) + " " + shown)},
		})
		require.NoError(t, err)
		all, err := letters.NewLibrary(template)
		require.NoError(t, err)
		return all
	}
	state := stateAfter(t, 2)
	response := srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Letter: &draft}
	decision := srmt.DecideResponse(state, by(officer, state), allOnFile(t), response, srmt.Policy{Letters: library(10)})
	require.Equal(t, srmt.Allowed, decision.Outcome, "%v", decision.Reasons)
	require.Equal(t, "ours", decision.Step.Letter)
	decision = srmt.DecideResponse(state, by(officer, state), allOnFile(t), response, srmt.Policy{Letters: library(longest)})
	require.Equal(t, reasons("response_unreadable"), decision.Reasons)
}

// SR-7: what is previewed is what is sent, and a preview leaves nothing behind.
func TestSR7_ThePreviewIsTheLetterThatIsSent(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC", func(r *erequest.Request) { r.Language = cris.Spanish })
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	done := srmt.Draft{Done: d.Clock.Today()}
	events, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	preview, err := d.Preview(t.Context(), officer.ID, id, found, done)
	require.NoError(t, err)
	require.Equal(t, letters.Composed, preview.Outcome, "%v", preview.Reasons)
	require.Equal(t, cris.Spanish, preview.Letter.Language)
	refused, err := d.Preview(t.Context(), officer.ID, id, found, srmt.Draft{})
	require.NoError(t, err)
	require.Equal(t, letters.Refused, refused.Outcome)
	after, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, events, after)
	require.Empty(t, d.looksOn(t), "a letter holds nothing personal")

	response := srmt.Response{RequestID: id, By: officer.ID, Seen: 2, Means: erequest.ByEmail, Finding: found, Letter: &done}
	decision, err := d.Respond(t.Context(), response)
	allowed(t, decision, err)
	require.Equal(t, preview.Letter.Text(), decision.Step.Message.Text.Reveal())
	require.Equal(t, preview.Edition, decision.Step.Letter)
	d.Clock.Advance(48 * time.Hour)
	again, err := d.Respond(t.Context(), response)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, again.Outcome, "given again on another day, the letter is the same")

	// Once it is closed, the supervisors may correct it.
	for by, isOpen := range map[srmt.StaffID]bool{officer.ID: true, supervisor.ID: true, otherOfficer.ID: false} {
		_, err = d.Preview(t.Context(), by, id, found, done)
		if isOpen {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, srmt.ErrDenied)
	}
}

// PV-3, SR-4: a letter is previewed by whoever holds the request, and by nobody else.
func TestPV3_OnlyWhoHoldsARequestPreviewsALetter(t *testing.T) {
	d := newDesk(t)
	waiting, held := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(held, 1, supervisor.ID, officer.ID)
	for _, by := range []srmt.StaffID{supervisor.ID, otherOfficer.ID, farOfficer.ID, farSupervisor.ID, roleless.ID, "unknown", "", "a\x00b"} {
		for _, id := range []string{waiting, held, "missing", "a\x00b"} {
			preview, err := d.Preview(t.Context(), by, id, found, srmt.Draft{})
			require.Equal(t, srmt.ErrDenied, err, "%s of %q", by, id)
			require.Zero(t, preview)
		}
	}
}

// SR-7: how the case stands on the day of the letter decides what it may say.
func TestSR7_ALetterGoesByTheCaseOnTheDay(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Status = known{} })
	id := d.FileAndReceive("NSC", func(r *erequest.Request) { r.Issue = erequest.OutsideProcessingTime })
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	preview, err := d.Preview(t.Context(), officer.ID, id, letters.StillWithin, srmt.Draft{AskAgain: d.Clock.Today()})
	require.NoError(t, err)
	require.Equal(t, letters.Refused, preview.Outcome)
	require.Equal(t, cris.Code("letter.eligibility_of_another_day"), preview.Reasons[0].Code, "known tells of no day")
}

func TestPreview_APortThatIsDownIsAnError(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	ports := func(edit func(*srmt.Ports)) srmt.Ports {
		on := d.on(d.Store)
		edit(&on)
		return on
	}
	response := srmt.Response{RequestID: id, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Letter: &srmt.Draft{}}
	for want, on := range map[string]srmt.Ports{
		"down":                     ports(func(p *srmt.Ports) { p.Requests = failingRequests{} }),
		"read case: down":          ports(func(p *srmt.Ports) { p.Cases = &failingCases{d.Cases, errDown} }),
		"decide eligibility: down": ports(func(p *srmt.Ports) { p.Status = known{errDown} }),
		"srmt: read history: down": ports(func(p *srmt.Ports) { p.Store = downStore{d.Store, "History"} }),
		"srmt: read staff: down":   ports(func(p *srmt.Ports) { p.Store = downStore{d.Store, "Staff"} }),
		"read mail: down":          ports(func(p *srmt.Ports) { p.Status = mailDown{} }),
	} {
		service := srmt.NewService(on, &srmt.Options{Now: d.Clock.Now})
		preview, err := service.Preview(t.Context(), officer.ID, id, found, srmt.Draft{})
		prefix := "srmt: preview letter: "
		if strings.HasPrefix(want, "srmt: ") {
			prefix = ""
		}
		require.EqualError(t, err, prefix+want)
		require.Zero(t, preview)
		if prefix != "" {
			decision, err := service.Respond(t.Context(), response)
			require.EqualError(t, err, "srmt: act on request: "+want)
			require.Zero(t, decision)
		}
	}
	d.Clock.Set("1970-01-01T00:00:00Z")
	_, err := d.Preview(t.Context(), officer.ID, id, found, srmt.Draft{})
	require.ErrorIs(t, err, cris.ErrClock)
}

// mailDown knows of no mail, since it cannot be asked.
type mailDown struct{ known }

func (mailDown) MailOf(context.Context, casestatus.Case, cris.Date) ([]casestatus.MailedPiece, error) {
	return nil, errDown
}
