package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// Submission is what a customer sends in: the issue, the screening again, and what
// was asked for after it.
type Submission struct {
	Key       string // made by the client, one per request it means to file; no secret
	Issue     Issue
	Channel   Channel // set by the host program, never taken from the customer: it decides whether the wait applies
	TakenBy   string  // the ID of the member of staff who took it, as the host program has it; "" online, and where that is not kept
	Screening Screening
	Statement string        // edition of the Privacy Act Statement that was shown before anything was asked (ER-7)
	Language  cris.Language // in which the customer wants to be answered; any but Spanish counts as English
	Details   Details
}

// FilingOutcome is how a submission ended.
type FilingOutcome string

// The outcomes of a submission. Accepted and AlreadyAccepted carry the request.
const (
	Accepted        FilingOutcome = "accepted"
	AlreadyAccepted FilingOutcome = "already_accepted" // the same submission came before: a retry
	KeyReused       FilingOutcome = "key_reused"       // the key belongs to a submission about this case with other content
	Advised         FilingOutcome = "advised_to_wait"
	ScreenedOut     FilingOutcome = "screened_out"
	Incomplete      FilingOutcome = "incomplete"
)

// FilingOutcomes lists the outcomes of a submission.
func FilingOutcomes() []FilingOutcome {
	return []FilingOutcome{Accepted, AlreadyAccepted, KeyReused, Advised, ScreenedOut, Incomplete}
}

// Filing is the decision on a submission.
type Filing struct {
	Outcome   FilingOutcome
	Request   Request   // zero unless accepted, now or before
	WaitEnds  cris.Date // for Advised: the first day on which a new inquiry may be made
	Earlier   string    // for Advised: ID of the request that is waited for
	Screening Screened  // how the screening went; zero if it was not looked at
	Reasons   []cris.Reason
}

// decideFiling decides on a submission, given how its screening went, the requests filed earlier
// for the case, and the case on file. Next is the request it would become, with the details as
// they came. Whether one with the same key is the same submission is left open here: it is
// KeyReused.
func decideFiling(prior []Entry, next Request, screened Screened, onFile casestatus.Header, policy Policy) Filing {
	if screened.Outcome != Passed {
		return Filing{Outcome: ScreenedOut, Screening: screened, Reasons: screened.Reasons}
	}
	if underKey(prior, next.Key).ID != "" {
		return Filing{Outcome: KeyReused, Screening: screened, Reasons: []cris.Reason{keyReused}}
	}
	// ER-9 speaks to those who come online; a representative on the phone, at a window or
	// reading a letter takes the request.
	wait := decideWaitOn(next.Channel, prior, next.Issue, next.Filed, policy)
	if wait.Outcome == MustWait {
		return Filing{Outcome: Advised, Screening: screened, WaitEnds: wait.Ends, Earlier: wait.Earlier, Reasons: wait.Reasons}
	}
	if wait.Outcome == MayRepeat {
		next.Repeats = wait.Earlier
	}
	// ER-5: nothing beyond the screening is looked at before.
	entered := next.Screening
	next.Screening = entered.Completed(onFile, next.Channel).kept()
	next.Details = next.Details.tidied()
	next.Compared = CompareDetails(next.Details, onFile)
	faults := faultsOf(next, policy)
	if next.Screening != entered && !next.Compared.showsWhoAsks() {
		faults = inRuleOrder(append(faults, identityNotShown))
	}
	if len(faults) > 0 {
		return Filing{Outcome: Incomplete, Screening: screened, Reasons: faults}
	}
	return Filing{Outcome: Accepted, Screening: screened, Request: next, Reasons: append(wait.Reasons, requestAccepted)}
}

// faultsOf returns what is wrong with a request that may otherwise be filed, in rule order.
func faultsOf(next Request, policy Policy) []cris.Reason {
	return inRuleOrder(append(DecideDetails(next.Issue, next.Screening.Form, next.Details, next.Filed),
		policy.Statements.Faults(next.Statement, next.Filed, statementNotShown, statementNotInForce)...))
}

// underKey returns the entry of the earlier request with the key; zero if there is none.
func underKey(prior []Entry, key string) Entry {
	i := slices.IndexFunc(prior, func(e Entry) bool { return e.Key == key })
	if i < 0 {
		return Entry{}
	}
	return prior[i]
}

// isSame reports whether a request on file comes from the submission that would become next: a
// client makes a key per request that it means to file, so that the same again is a retry, whichever
// member of staff sends it.
func (r Request) isSame(next Request) bool {
	return r.Key == next.Key && r.Issue == next.Issue && r.Channel == next.Channel &&
		r.Screening == next.Screening.filledFrom(r.Screening, r.Channel) && r.Statement == next.Statement && r.Language == next.Language &&
		r.Details == next.Details.tidied()
}

func alreadyAcceptedAs(earlier Request) Filing {
	return Filing{Outcome: AlreadyAccepted, Request: earlier, Reasons: []cris.Reason{acceptedBefore}}
}

// decideWaitOn is DecideWait for online requests, and for others says whether the request
// repeats another.
func decideWaitOn(channel Channel, prior []Entry, issue Issue, on cris.Date, policy Policy) Wait {
	if channel == Online {
		return DecideWait(prior, issue, on, policy)
	}
	if unanswered, found := latestUnanswered(prior, issue, on); found {
		return Wait{Outcome: MayRepeat, Earlier: unanswered.ID, Reasons: []cris.Reason{mayRepeat}}
	}
	return Wait{Outcome: MayFile, Reasons: []cris.Reason{waitIsForOnline}}
}

// faults are what makes a submission unfit to be looked at, in rule order.
func (s Submission) faults() []cris.Reason {
	var faults []cris.Reason
	if !slices.Contains(Issues(), s.Issue) {
		faults = append(faults, notAnIssue)
	}
	if len(s.Key) > maxKeyBytes || !text.IsPlain(s.Key) {
		faults = append(faults, keyMissing)
	}
	if !slices.Contains(Channels(), s.Channel) {
		faults = append(faults, notAChannel)
	}
	if s.TakenBy != "" && (s.Channel == Online || !text.IsVisible(s.TakenBy) || !text.IsStorable(s.TakenBy)) {
		faults = append(faults, takerMalformed)
	}
	return faults
}
