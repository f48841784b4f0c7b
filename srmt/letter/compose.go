package letter

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
)

// Facts are what a letter tells, and what it must not contradict. A field that the finding does not
// need is ignored. Days are in the zone of the agency.
type Facts struct {
	Issue        erequest.Issue
	Finding      Finding
	Confirmation erequest.ConfirmationNumber
	Receipt      casestatus.ReceiptNumber
	Filed        cris.Date              // the day on which the request was filed
	Office       string                 // the name of the office that responds: one line of at most 100 characters, without braces
	Eligibility  casestatus.Eligibility // how the case compares with the posted time on the day of the letter; for findings on OutsideProcessingTime
	Mail         erequest.MailStanding  // what became of the mail that did not come, "" if nothing is known; for Delivered and NotMailed
	Done         cris.Date              // the day on which it was decided, mailed, delivered, corrected or arranged; for findings that show {done_on}
	AskAgain     cris.Date              // the first day on which the customer may ask again; for findings that show {ask_again}
	SendBy       cris.Date              // the last day on which what the customer sends may come in; for NeedsEvidence
}

// mostOfficeRunes is the longest that the name of an office may be.
const mostOfficeRunes = 100

// Outcome says whether there is a letter.
type Outcome string

// The outcomes.
const (
	Composed Outcome = "composed"
	Refused  Outcome = "refused"
)

// Outcomes lists the outcomes. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Composed, Refused} }

// Message returns what the officer is told.
func (o Outcome) Message() cris.Message { return cris.Message{Code: "letter.outcome." + cris.Code(o)} }

// Decision is the decision on a letter.
type Decision struct {
	Outcome Outcome
	Letter  cris.Letter   // zero if refused
	Edition string        // names the template that the letter is made from; "" if refused
	Reasons []cris.Reason // at least one; every reason why it is refused
}

// Compose decides on the letter for the facts in the language, on the day on which it is written
// (SR-7). Any language but Spanish counts as English. It uses the template of the library that is in
// force on that day. It saves nothing, so a preview is the same call. A letter that is sent on a later
// day has to be composed again, with the facts of that day.
func Compose(library Library, facts Facts, language cris.Language, on cris.Date) Decision {
	against := slices.Concat(facts.unsuited(), facts.incomplete(on), facts.contradicted(on), facts.misdated(on))
	template, err := library.On(facts.Issue, facts.Finding, on)
	if err != nil && facts.Finding.Suits(facts.Issue) {
		against = append(against, noTemplate)
	}
	if len(against) > 0 {
		return Decision{Outcome: Refused, Reasons: against}
	}
	return Decision{
		Outcome: Composed,
		Letter: template.text.Fill(language, map[string]any{
			"number": facts.Confirmation, "receipt": facts.Receipt, "filed": facts.Filed, "office": facts.Office,
			"done_on": facts.Done, "ask_again": facts.AskAgain, "send_by": facts.SendBy,
		}),
		Edition: template.Edition(),
		Reasons: []cris.Reason{letterComposed},
	}
}

// refusals gathers reasons against a letter or an attachment, in the order in which they are
// looked for.
type refusals []cris.Reason

func (r *refusals) unless(kept bool, reason cris.Reason) {
	if !kept {
		*r = append(*r, reason)
	}
}

// unsuited returns what is wrong with the issue and the finding (SR-7).
func (f Facts) unsuited() (against refusals) {
	isIssue := slices.Contains(erequest.Issues(), f.Issue)
	isFinding := slices.Contains(Findings(), f.Finding)
	against.unless(isIssue, issueUnknown)
	against.unless(isFinding, findingUnknown)
	against.unless(!isIssue || !isFinding || f.Finding.Suits(f.Issue), findingUnsuited)
	return against
}

// incomplete returns what is missing of what every letter tells (SR-7).
func (f Facts) incomplete(on cris.Date) (against refusals) {
	against.unless(!f.Confirmation.IsZero(), confirmationMissing)
	against.unless(!f.Receipt.IsZero(), receiptMissing)
	against.unless(!f.Filed.IsZero(), filedMissing)
	against.unless(!f.Filed.After(on), filedLater)
	against.unless(isOfficeName(f.Office), officeUnreadable)
	return against
}

// isOfficeName reports whether a letter can show the name as it is. A brace would look like a
// variable that was forgotten.
func isOfficeName(name string) bool {
	tidy, _, problem := text.Tidy(name, mostOfficeRunes)
	return name != "" && problem == "" && tidy == name && !strings.ContainsAny(name, "{}")
}

// contradicted returns where the finding contradicts the processing time or the mail (SR-7).
func (f Facts) contradicted(on cris.Date) (against refusals) {
	if f.Issue == erequest.OutsideProcessingTime && f.Finding.Suits(f.Issue) {
		stands := f.Eligibility.Outcome
		if !slices.Contains(casestatus.EligibilityOutcomes(), stands) {
			return refusals{eligibilityMissing}
		}
		against.unless(f.Eligibility.On == on, eligibilityOfAnotherDay)
		against.unless(f.Finding != StillWithin || stands == casestatus.Within, caseNotWithin)
		against.unless(f.Finding != NeedsMoreTime || stands != casestatus.Within, caseIsWithin)
		against.unless(f.Finding != CaseDecided || stands == casestatus.Decided, caseNotDecided)
		against.unless(f.Finding != NeedsMoreTime && f.Finding != NeedsEvidence || stands != casestatus.Decided, caseIsDecided)
	}
	against.unless(f.Finding != Delivered || f.Mail == erequest.MailDelivered, mailNotDelivered)
	// Mail of which nothing is known counts as under way.
	against.unless(f.Finding != NotMailed || f.Mail == "" || f.Mail == erequest.MailUnderWay, mailWasMailed)
	return against
}

// misdated returns what is wrong with the days that the finding needs (SR-7).
func (f Facts) misdated(on cris.Date) (against refusals) {
	if f.Finding.tellsDone() {
		against.unless(!f.Done.IsZero(), doneMissing)
		against.unless(!f.Done.After(on), doneLater)
	}
	if f.Finding.tellsAskAgain() {
		against.unless(!f.AskAgain.IsZero(), askAgainMissing)
		against.unless(f.AskAgain.IsZero() || !f.AskAgain.Before(on), askAgainPast)
		// Whoever asks again while the case is within the posted time is refused again.
		against.unless(f.AskAgain.IsZero() || f.Finding != StillWithin || !f.AskAgain.Before(f.Eligibility.OutsideFrom), askAgainTooEarly)
	}
	if f.Finding.tellsSendBy() {
		against.unless(!f.SendBy.IsZero(), sendByMissing)
		against.unless(f.SendBy.IsZero() || !f.SendBy.Before(on), sendByPast)
	}
	return against
}
