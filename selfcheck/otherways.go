package selfcheck

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// OtherWay is something that an individual who was not authenticated can do instead: a way to
// check one's records without Self Check (SC-14), or to be authenticated after all. Its words say
// what to do, and Policy.Place says where it leads.
type OtherWay string

// The other ways.
const (
	VisitSSA            OtherWay = "ssa_office"
	ReadSSAStatement    OtherWay = "ssa_statement"
	CallUSCIS           OtherWay = "uscis_call"
	RequestRecords      OtherWay = "records_request" // under the Freedom of Information Act and the Privacy Act
	CheckCreditBureaus  OtherWay = "credit_bureaus"
	GetFreeCreditReport OtherWay = "credit_report"
	LiftAlertOrFreeze   OtherWay = "lift_alert_or_freeze" // at the credit bureau, and then begin again
	TryAgainLater       OtherWay = "try_again_later"
)

// OtherWays lists all other ways: those of the notice, of which everybody is told who cannot be
// authenticated, and two that help only some. The caller may keep and change the slice.
func OtherWays() []OtherWay {
	return append(waysOfTheNotice(), LiftAlertOrFreeze, TryAgainLater)
}

// waysOfTheNotice are told to everybody, whatever the reason. This is the order of the notice.
func waysOfTheNotice() []OtherWay {
	return []OtherWay{VisitSSA, ReadSSAStatement, CallUSCIS, RequestRecords, CheckCreditBureaus, GetFreeCreditReport}
}

// OtherWaysFor returns the ways that an individual is told of who was not authenticated for the
// reason: every way of the notice, and those that help most come first. outcome is how the
// provider says that the proofing ended, "" if that is not known. The caller may keep and change
// the slice.
//
// SC-14: the notice names its ways for everybody. The order by reason is this library's.
func OtherWaysFor(reason FailureReason, outcome IdPOutcome) []OtherWay {
	ways := append(firstWays(reason, outcome), waysOfTheNotice()...)
	var once []OtherWay
	for _, way := range ways {
		if !slices.Contains(once, way) {
			once = append(once, way)
		}
	}
	return once
}

// firstWays are what helps most.
func firstWays(reason FailureReason, outcome IdPOutcome) []OtherWay {
	isGuarded := outcome == IdPFraudAlert || outcome == IdPFrozen
	switch {
	case outcome == IdPDeceased:
		// Credit bureaus have it from SSA, or SSA can show that it is wrong.
		return []OtherWay{VisitSSA, CheckCreditBureaus, GetFreeCreditReport}
	case reason == MultipleAttempts:
		return nil // SC-8: access ended, so no way is named that leads back to Self Check
	case isGuarded:
		return []OtherWay{LiftAlertOrFreeze, CheckCreditBureaus}
	case reason == SystemError:
		return []OtherWay{TryAgainLater}
	case reason == AnsweredIncorrectly:
		return []OtherWay{CheckCreditBureaus, GetFreeCreditReport}
	}
	return nil
}

// Letter returns what an individual who was not authenticated is told, as a letter to take along:
// the outcome and why, the other ways and where the policy says they lead, and what is good to
// know. It contains no personal value. For any other outcome it is the zero Letter.
func (p Proofing) Letter(language cris.Language, policy Policy) cris.Letter {
	if p.Outcome != NotAuthenticated && p.Outcome != AccessEnded {
		return cris.Letter{}
	}
	say := sayIn(language)
	var notices []string
	if p.Notice.Code != "" {
		notices = append(notices, ownWords().Say(language, p.Notice))
	}
	notices = append(notices, told(language, p.Outcome.Notices())...)
	return cris.Letter{
		Language:   language.Supported(),
		Subject:    say("selfcheck.proofing.title"),
		Paragraphs: append([]string{ownWords().Say(language, p.Message())}, told(language, p.Reasons)...),
		Sections: sections(
			cris.LetterSection{Heading: say("selfcheck.label.other_ways"), Steps: waysIn(language, p.OtherWays, policy)},
			cris.LetterSection{Heading: say("selfcheck.label.good_to_know"), Notes: notices},
		),
	}
}

// waysIn returns what is said of each way, and where it leads.
func waysIn(language cris.Language, ways []OtherWay, policy Policy) []string {
	places := policy.withDefaults().Places
	lines := told(language, ways)
	for i, way := range ways {
		var known []string
		for _, v := range Contact(places[way], language) {
			known = append(known, v.Label+": "+v.Value)
		}
		if len(known) > 0 {
			lines[i] += " (" + strings.Join(known, "; ") + ")"
		}
	}
	return lines
}
