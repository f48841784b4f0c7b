package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Submission is what a customer sends in: the issue, the screening again, and what
// was asked for after it.
type Submission struct {
	Key       string // made by the client, one per request it means to file; no secret
	Issue     Issue
	Channel   Channel // set by the host program, never taken from the customer: it decides whether the wait applies
	Screening Screening
	Details   Details
}

// FilingOutcome is how a submission ended.
type FilingOutcome string

// The outcomes of a submission. Accepted and AlreadyAccepted carry the request.
const (
	Accepted        FilingOutcome = "accepted"
	AlreadyAccepted FilingOutcome = "already accepted" // the same submission came before: a retry
	KeyReused       FilingOutcome = "key reused"       // the key belongs to a submission about this case with other content
	Advised         FilingOutcome = "advised to wait"
	ScreenedOut     FilingOutcome = "screened out"
	Incomplete      FilingOutcome = "incomplete"
)

// Filing is the decision on a submission.
type Filing struct {
	Outcome   FilingOutcome
	Request   Request   // zero unless accepted, now or before
	WaitEnds  cris.Date // for Advised: the first day on which a new inquiry may be made
	Earlier   string    // for Advised: ID of the request that is waited for
	Screening Screened  // how the screening went
	Reasons   []cris.Reason
}

// Confirmation is the notice that a customer gets for an accepted request (ER-8).
type Confirmation struct {
	Number    ConfirmationNumber
	RespondBy cris.Date // the agency intends to respond by the end of this day
}

// Confirmation returns the notice, and whether the submission was accepted at all.
func (f Filing) Confirmation() (Confirmation, bool) {
	if f.Outcome != Accepted && f.Outcome != AlreadyAccepted {
		return Confirmation{}, false
	}
	return Confirmation{f.Request.Confirmation, f.Request.RespondBy}, true
}

// decideFiling decides on a submission whose screening has passed, given the
// requests filed earlier for the case. Next is the request it would become.
func decideFiling(prior []Request, next Request, policy Policy) Filing {
	if filing, came := decideRetry(prior, next); came {
		return filing
	}
	wait := DecideWait(prior, next.Issue, next.Filed, policy)
	if next.Channel != Online {
		// ER-9 speaks to those who come online; a representative on the phone, at a
		// window or reading a letter takes the request.
		wait = decideWithoutWait(prior, next.Issue, next.Filed)
	}
	switch wait.Outcome {
	case MustWait:
		return Filing{Outcome: Advised, WaitEnds: wait.Ends, Earlier: wait.Earlier, Reasons: wait.Reasons}
	case MayRepeat:
		next.Repeats = wait.Earlier
	case MayFile:
	}
	return Filing{Outcome: Accepted, Request: next, Reasons: append(wait.Reasons,
		cris.Reason{Rule: "ER-8", Text: "the request is accepted, and the agency intends to respond by the date given"})}
}

// decideRetry finds out whether the submission came before. A client makes a key per
// request it means to file, so the same key is a retry, or a mistake of the client.
func decideRetry(prior []Request, next Request) (filing Filing, came bool) {
	for _, earlier := range prior {
		if earlier.Key != next.Key {
			continue
		}
		if earlier.Issue != next.Issue || earlier.Channel != next.Channel || earlier.Details != next.Details {
			return Filing{Outcome: KeyReused, Reasons: []cris.Reason{
				{Rule: "ER-9", Text: "the key of this submission belongs to another request about the case"},
			}}, true
		}
		return Filing{Outcome: AlreadyAccepted, Request: earlier, Reasons: []cris.Reason{
			{Rule: "ER-9", Text: "this submission was accepted before and is on file once"},
		}}, true
	}
	return Filing{}, false
}

// decideWithoutWait says whether a request that is not placed online repeats another.
func decideWithoutWait(prior []Request, issue Issue, on cris.Date) Wait {
	if unanswered, found := latestUnanswered(prior, issue, on); found {
		return Wait{Outcome: MayRepeat, Earlier: unanswered.ID, Reasons: []cris.Reason{mayRepeat}}
	}
	return Wait{Outcome: MayFile, Reasons: []cris.Reason{
		{Rule: "ER-11", Text: "the wait is for online requests"},
	}}
}

// faults are what makes a submission unfit to be looked at, in rule order.
func (s Submission) faults() []cris.Reason {
	var faults []cris.Reason
	if !slices.Contains(Issues(), s.Issue) {
		faults = append(faults, cris.Reason{Rule: "ER-1", Text: "not an issue that can be reported"})
	}
	if !isLine(s.Key, maxKeyBytes) {
		faults = append(faults, cris.Reason{Rule: "ER-9", Text: "the submission needs a key made by the client, of at most 200 printable characters"})
	}
	if !slices.Contains(Channels(), s.Channel) {
		faults = append(faults, cris.Reason{Rule: "ER-13", Text: "not a channel on which requests arrive"})
	}
	return faults
}
