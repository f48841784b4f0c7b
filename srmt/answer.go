package srmt

import (
	"context"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// OnFile is what is on file about a request when it is answered: to whom a response goes, and what a
// letter must not contradict.
type OnFile struct {
	Filed       erequest.Request         // as the customer filed it
	Office      casestatus.Office        // where the request is; the zero Office in the fallback queue
	Eligibility casestatus.Eligibility   // how the case compares with the posted time on the day of the act; zero without a case
	Mail        []casestatus.MailedPiece // what was mailed for the case, and what became of it
	Attachments []letter.Attachment      // of those that the response names, the ones on file, as they are
}

// Draft is what the officer gives for a letter from a template, besides the finding. Each finding
// needs some of the days (letter.Finding.Variables); the others are ignored. All are in the zone of
// the agency.
type Draft struct {
	Done     cris.Date // the day on which it was decided, mailed, delivered, corrected or arranged
	AskAgain cris.Date // the first day on which the customer may ask again
	SendBy   cris.Date // the last day on which what the customer sends may come in
}

// Compose decides on the letter that tells the customer of the finding, in the language of the
// request, from what is on file on that day (SR-7). It uses the template of the policy that is in
// force on that day. The reasons for a refusal are those of package letter.
func Compose(state ServiceRequest, onFile OnFile, finding letter.Finding, draft Draft, on cris.Date, policy Policy) letter.Decision {
	policy = policy.withDefaults()
	mail := erequest.DecideNonReceipt(state.Issue, onFile.Mail, onFile.Filed.Details.Mailed, state.Filed, on, erequest.Policy{})
	return letter.Compose(policy.Letters, letter.Facts{
		Issue: state.Issue, Finding: finding,
		Confirmation: onFile.Filed.Confirmation, Receipt: state.Receipt, Filed: state.Filed,
		Office: onFile.Office.Name, Eligibility: onFile.Eligibility, Mail: mail.Standing,
		Done: draft.Done, AskAgain: draft.AskAgain, SendBy: draft.SendBy,
	}, state.Language, on)
}

// answer returns the step of a kind that answers, without who and when, and what the rules have
// against it (SR-7): a letter, an e-mail or a telephone call, to whoever reported the issue, with a
// finding.
func answer(kind StepKind, state ServiceRequest, on cris.Date, onFile OnFile, r Response, policy Policy) (step Step, against refusals) {
	customer, representative := onFile.Filed.Details.Answered()
	isKnown := isMeansOrNone(r.Means) && isMeansOrNone(r.ToRepresentative)
	isToThem := reaches(r.Means, customer) && reaches(r.ToRepresentative, representative)
	against.unless(isKnown, responseMeansUnknown)
	against.unless(isToThem, responseNotToThem)
	against.unless(!isKnown || !isToThem || isGiven(r.Means, customer) && isGiven(r.ToRepresentative, representative), responseMeansNotGiven)
	step = Step{Kind: kind, Finding: r.Finding, Message: Message{
		Direction: ToCustomer, Means: r.Means, ToRepresentative: r.ToRepresentative, Text: r.Text, Attached: NewAttached(r.Attachments...),
	}}
	against = append(against, attached(r.Attachments, onFile.Attachments, policy)...)
	if r.Letter == nil {
		against.unless(isReadable(r.Text), responseUnreadable)
		against.unless(r.Finding != "", findingMissing)
		against.unless(r.Finding == "" || r.Finding.Suits(state.Issue), findingUnsuited)
		return step, against
	}
	against.unless(r.Text.IsZero(), responseTwoTexts)
	if r.Finding == "" {
		return step, append(against, findingMissing)
	}
	composed := Compose(state, onFile, r.Finding, *r.Letter, on, policy)
	if composed.Outcome != letter.Composed {
		return step, append(against, composed.Reasons...)
	}
	step.Letter, step.Message.Text = composed.Edition, cris.NewPersonal(composed.Letter.Text())
	against.unless(isReadable(step.Message.Text), responseUnreadable)
	return step, against
}

// reaches reports whether something goes to whoever is to get it, and to nobody else.
func reaches(by erequest.Means, to erequest.Contact) bool {
	return (by == "") == (to == erequest.Contact{})
}

// isGiven reports whether something that is to go to somebody goes by a means that was given.
func isGiven(by erequest.Means, to erequest.Contact) bool {
	return by == "" || slices.Contains(to.Ways(), by)
}

func isMeansOrNone(m erequest.Means) bool { return m == "" || isMeans(m) }

// isReviewed reports whether a response with the finding goes out only once a supervisor has
// reviewed it.
func (p Policy) isReviewed(finding letter.Finding) bool { return slices.Contains(p.Review, finding) }

// answer runs an act that answers, with what is on file when it begins.
func (s *Service) answer(ctx context.Context, r Response, decide func(ServiceRequest, Act, OnFile, Response, Policy) Decision) (Decision, error) {
	var onFile OnFile
	return s.act(ctx, command{
		requestID: r.RequestID, by: r.By, seen: r.Seen,
		prepare: func(on cris.Date) (err error) {
			if onFile, err = s.onFile(ctx, r.RequestID, on, r.Letter != nil); err != nil {
				return err
			}
			onFile.Attachments, err = s.attachmentsOnFile(ctx, r.Attachments)
			return err
		},
		decide: func(state ServiceRequest, act Act, _ Officer) Decision {
			onFile.Office, _ = s.offices.Office(state.Office)
			return decide(state, act, onFile, r, s.policy)
		},
	})
}
