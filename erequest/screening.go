package erequest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// Screening is what a customer enters first, to show that the case is theirs
// (ER-2). It is these five elements and no others. It is comparable with ==.
type Screening struct {
	Receipt    casestatus.ReceiptNumber
	Form       casestatus.FormNumber // as entered: read with casestatus.ParseFormNumber
	FormType   casestatus.FormType   // "" for a form that has only one type
	DateFiled  cris.Date
	MailingZIP cris.Personal[cris.ZIP] // compared by its first five digits
}

// ScreeningOutcome is how a screening ended.
type ScreeningOutcome string

// The outcomes of a screening.
const (
	Passed        ScreeningOutcome = "passed"
	NotOffered    ScreeningOutcome = "not_offered"     // online requests are not open for the form and the issue
	NotMatched    ScreeningOutcome = "not_matched"     // the five do not match a case on file; which of them is not said
	TooEarly      ScreeningOutcome = "too_early"       // the mail may still come: it is not to be reported yet
	NotOutside    ScreeningOutcome = "not_outside"     // the case is not outside the posted processing time
	AdvisedToWait ScreeningOutcome = "advised_to_wait" // the wait after an earlier online request is not over (ER-5a)
)

// ScreeningOutcomes lists the outcomes of a screening.
func ScreeningOutcomes() []ScreeningOutcome {
	return []ScreeningOutcome{Passed, NotOffered, NotMatched, TooEarly, NotOutside, AdvisedToWait}
}

// Screened is the decision on a screening.
type Screened struct {
	Outcome     ScreeningOutcome
	Eligibility casestatus.Eligibility // for an inquiry about processing time of a matched case: the ground, with the date on which it changes
	Mail        NonReceipt             // for mail of a matched case that did not come: how it stands, with what the customer is advised
	WaitEnds    cris.Date              // for AdvisedToWait: the first day on which a new inquiry may be made
	Earlier     string                 // for AdvisedToWait: ID of the request that is waited for
	Asks        []Ask                  // what is asked for next; nothing unless Passed (ER-5)
	Reasons     []cris.Reason
}

// Facts are what a screening is compared with.
type Facts struct {
	OnFile      casestatus.Header      // zero if there is no such case, which reads like any other mismatch
	Eligibility casestatus.Eligibility // of the case on the day of asking; it matters for OutsideProcessingTime alone
	Mail        NonReceipt             // how the mail stands that did not come; it matters for such issues alone
	Wait        Wait                   // what DecideWait says of the earlier requests of the case; zero for a channel without a wait
}

// DecideScreening compares what was entered with the case on file. Online, a withheld
// case reads like one that is not on file; staff who take a request on another channel find it
// (8 USC 1367, ER-5a), and what they leave out is completed: see Screening.Completed.
func DecideScreening(issue Issue, channel Channel, entered Screening, facts Facts) Screened {
	// ER-3: one answer for every mismatch, so that nothing can be learned by trying. That
	// what was entered is no form number at all is told: it says nothing about a case.
	completed := entered.Completed(facts.OnFile, channel)
	if !completed.Matches(facts.OnFile, channel) {
		mismatch := Screened{Outcome: NotMatched, Reasons: []cris.Reason{notMatched}}
		if _, err := casestatus.ParseFormNumber(string(entered.Form)); err != nil && entered.Form != "" {
			mismatch.Reasons = []cris.Reason{formNumberMalformed, notMatched}
		}
		return mismatch
	}
	screened := Screened{Outcome: Passed, Reasons: []cris.Reason{matched}}
	if completed != entered {
		screened.Reasons = []cris.Reason{matchedInPart}
	}
	if isNonReceipt(issue) {
		screened.Mail = facts.Mail
		screened.Reasons = append(screened.Reasons, facts.Mail.Reasons...)
		if facts.Mail.TooEarly {
			screened.Outcome = TooEarly
			return screened
		}
	}
	if issue == OutsideProcessingTime {
		screened.Eligibility = facts.Eligibility
		screened.Reasons = append(screened.Reasons, facts.Eligibility.Reasons...)
		if facts.Eligibility.Outcome != casestatus.Outside {
			screened.Outcome = NotOutside
			screened.Reasons = append(screened.Reasons, inquiryNeedsOutside)
			return screened
		}
		screened.Reasons = append(screened.Reasons, caseIsOutside)
	} else {
		screened.Reasons = append(screened.Reasons, issueNeedsNoTime)
	}
	// ER-5a: whoever has to wait is told before anything personal is asked.
	if facts.Wait.Outcome == MustWait {
		screened.Outcome, screened.WaitEnds, screened.Earlier = AdvisedToWait, facts.Wait.Ends, facts.Wait.Earlier
		screened.Reasons = append(screened.Reasons, facts.Wait.Reasons...)
		return screened
	}
	screened.Asks = Asks(issue, facts.OnFile.Form)
	return screened
}

// offersNothing is the answer where online requests are not open. It is given before the case
// is looked at, and so tells nothing about it.
func offersNothing() Screened {
	return Screened{Outcome: NotOffered, Reasons: []cris.Reason{notOffered}}
}

// Addressed returns the case as this screening is compared with it on the day. For some days
// after an address took the place of another both count (CA-1): the customer may not know which
// of them is on file. If the ZIP code that was entered is that of such an address, the case has
// that one. OverlapDays is as for casestatus.Header.MailingAddresses.
func (s Screening) Addressed(onFile casestatus.Header, on cris.Date, overlapDays int) casestatus.Header {
	for _, address := range onFile.MailingAddresses(on, overlapDays) {
		if address.ZIP().Reveal().Five() == s.MailingZIP.Reveal().Five() {
			onFile.Address = address
			break
		}
	}
	return onFile
}

// Completed returns the screening as it is completed by staff, who see the case (SR-1): on every
// channel but Online, what was not entered is taken from the case on file, if that has the receipt
// number that was entered. Online, nothing is filled in (ER-3).
func (s Screening) Completed(onFile casestatus.Header, channel Channel) Screening {
	if s.Receipt != onFile.Receipt {
		return s
	}
	return s.filledFrom(screeningOf(onFile), channel)
}

// filledFrom returns the screening with what was not entered taken from another, on a channel of
// staff.
func (s Screening) filledFrom(other Screening, channel Channel) Screening {
	if channel == Online || !slices.Contains(Channels(), channel) {
		return s
	}
	s.Form, s.FormType = cmp.Or(s.Form, other.Form), cmp.Or(s.FormType, other.FormType)
	s.DateFiled, s.MailingZIP = cmp.Or(s.DateFiled, other.DateFiled), cmp.Or(s.MailingZIP, other.MailingZIP)
	return s
}

// screeningOf returns the five of a case on file.
func screeningOf(onFile casestatus.Header) Screening {
	return Screening{onFile.Receipt, onFile.Form, onFile.FormType, onFile.Filed, onFile.Address.ZIP()}
}

// Matches reports whether the five things that were entered match the case on file, which is the
// zero Header if there is none. Online, a withheld case reads like one that is not on file (CS-9).
func (s Screening) Matches(onFile casestatus.Header, channel Channel) bool {
	// ER-2: five are asked for, and what is missing matches nothing; only the form type
	// may be empty, for a form that has but one.
	if s.Form == "" || s.DateFiled.IsZero() || s.MailingZIP.IsZero() || len(s.Form) > maxCodeBytes || len(s.FormType) > maxCodeBytes {
		return false
	}
	isHidden := onFile.Withheld && channel == Online
	return !onFile.Receipt.IsZero() && !isHidden && s.canonical() == screeningOf(onFile).canonical()
}

// kept returns a screening that matches as it is kept: the form number as the agency prints
// it, and the form type in one line of what can be seen.
func (s Screening) kept() Screening {
	s.Form = canonicalForm(s.Form)
	formType, _, problem := text.Tidy(strings.Join(strings.Fields(string(s.FormType)), " "), maxCodeBytes)
	if problem == "" {
		s.FormType = casestatus.FormType(formType)
	}
	return s
}

// canonical returns the five as they are compared: the form number as the agency prints it,
// the form type without regard to case and separators, the ZIP code by five digits.
func (s Screening) canonical() Screening {
	s.Form = canonicalForm(s.Form)
	s.FormType = casestatus.FormType(text.Bare(string(s.FormType)))
	s.MailingZIP = cris.NewPersonal(s.MailingZIP.Reveal().Five())
	return s
}

// canonicalForm returns the form number as the agency prints it, and what is not one as it is.
func canonicalForm(entered casestatus.FormNumber) casestatus.FormNumber {
	if form, err := casestatus.ParseFormNumber(string(entered)); err == nil {
		return form
	}
	return entered
}
