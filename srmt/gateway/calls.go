package gateway

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

// Change is what a decision about one call wants saved. The zero Change saves nothing.
type Change struct {
	Append []Step // the next steps of its history
}

var (
	// ErrNotFound means that there is no such call.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others acted on the same call.
	ErrConflict = cris.ErrConflict
)

// Calls is the port to the calls on file. A call on file is its steps. A store has no library of
// scripts, so it does not know whether a call adds up: a Service checks that with [Replay] before it
// saves. A store makes sure that new steps go on where the history stops.
type Calls interface {
	// Update loads the steps of the call, none if there is no such call, calls decide, and saves
	// the Change it returns, whole or not at all. Updates of one call behave as if run one after
	// another, even while there is no such call yet. Decide may keep and change the steps.
	//
	// The steps to append must go on where the history stops ([Extend] tells), or the error is a
	// *HistoryError and nothing is saved. An error of decide comes back as it is and nothing is
	// saved. Decide may be called more than once, and does no I/O. A store that gives up returns
	// an error that matches ErrConflict.
	Update(ctx context.Context, id string, decide func(prior []Step) (Change, error)) error
	// History returns the steps of the call from the first on, or an error that matches
	// ErrNotFound. The caller may keep and change them.
	History(ctx context.Context, id string) ([]Step, error)
	// List yields the summaries of the calls that match the query, in the order of their Key. It
	// holds no lock and no connection while it yields; a call that goes on meanwhile may come as
	// it was before or after. Every range begins anew. An error, including that of the context,
	// ends the sequence.
	List(ctx context.Context, query CallQuery) iter.Seq2[Summary, error]
}

// Summary is what a list tells of a call: nothing that the caller said. It is comparable with ==.
// The zero Summary is that of a call that has not started.
type Summary struct {
	ID        string
	By        srmt.StaffID // the representative
	Script    ScriptID
	Edition   cris.Date // of the script
	Started   time.Time // UTC, to the microsecond
	Ended     time.Time // when the script came to its end, or the call broke off; zero while it goes on
	RequestID string    // of the service request that was opened from the call; "" for none
	Version   int       // the number of steps
}

// CallQuery says which calls to list. A zero field does not restrict.
type CallQuery struct {
	By     srmt.StaffID
	From   time.Time // those that started at this instant or later
	Before time.Time // those that started before this instant
	Page   CallPage
}

// Matches reports whether the call belongs to the list, on whatever page.
func (q CallQuery) Matches(s Summary) bool {
	return (q.By == "" || q.By == s.By) && !s.Started.Before(q.From) && (q.Before.IsZero() || s.Started.Before(q.Before))
}

// CallPage is a part of a list of calls. The zero CallPage is the whole list, and a Limit of zero
// or less is no limit.
type CallPage = cris.Page[CallKey]

// CallKey is the place of a call in every list: the call that started first comes first, and of calls
// that started at the same instant, the one with the lower ID in the order of bytes.
type CallKey struct {
	Started time.Time
	ID      string
}

// Key returns the place of the call in every list. It never changes.
func (s Summary) Key() CallKey { return CallKey{s.Started, s.ID} }

// Compare returns -1, 0 or +1 as k comes before other, is the same, or comes after it. The zero
// CallKey comes first.
func (k CallKey) Compare(other CallKey) int {
	return cmp.Or(k.Started.Compare(other.Started), cmp.Compare(k.ID, other.ID))
}

// Extend serves implementations of [Calls]: it returns the summary of the call with that ID once
// the steps of change are added to those of before, which is the zero Summary for a call that is
// new. It returns a *HistoryError for a gap in the numbering, and for a step that cannot stand
// there whatever the script. A store that keeps only the steps can compute before with
// Extend too.
func Extend(id string, before Summary, change Change) (Summary, error) {
	after := before
	for _, step := range change.Append {
		if problem := step.misplaced(after.Version); problem != "" {
			return Summary{}, &HistoryError{Seq: after.Version + 1, Problem: problem}
		}
		after.Version = step.Seq
		switch step.Kind {
		case StepStarted:
			after.ID, after.By, after.Script, after.Edition, after.Started = id, step.By, step.Script, step.Edition, step.At
		case StepEnded, StepBrokenOff:
			after.Ended = step.At
		case StepOpened:
			after.RequestID = step.RequestID
		case StepShown, StepRead, StepChosen, StepSaid, StepSubmitted, StepReturned:
			// A list tells nothing of them.
		}
	}
	return after, nil
}
