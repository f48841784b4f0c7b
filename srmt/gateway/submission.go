package gateway

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Opening is the decision whether a service request is opened from a call.
type Opening struct {
	Outcome    Outcome
	Submission erequest.Submission // what goes to erequest; zero if refused
	Reasons    []cris.Reason       // at least one
}

// Submission decides whether a service request is opened from the call: if its script has ended
// in opening one (SR-1), and none was opened yet. The submission comes by telephone (ER-13), is
// about the issue that the script names, names who took it, and has what the caller said, the
// language of the call and the Privacy Act Statement that was read. The client makes the
// key, another whenever something else was said, and submitting it again does no harm (ER-9);
// [Service.Open] makes its own. Whether the request is accepted is decided by erequest.
func (c Call) Submission(key string) Opening {
	if against := c.againstRequest(); len(against) > 0 {
		return Opening{Outcome: Refused, Reasons: against}
	}
	return Opening{Outcome: Allowed, Reasons: []cris.Reason{requestOpened}, Submission: erequest.Submission{
		Key: key, Issue: c.End.Issue, Channel: erequest.Telephone, TakenBy: string(c.By),
		Screening: c.Said.Screening, Statement: c.Statement, Language: c.Language, Details: c.Said.Details,
	}}
}
