package gateway

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
)

// Representatives is the port to whoever knows the staff of the call center (PV-3). A srmt.Service
// is one.
type Representatives interface {
	// IsRepresentative reports whether a member of staff is on duty as a representative of the
	// call center on the day. It reports false for somebody who is not on
	// file, which is no error.
	IsRepresentative(ctx context.Context, id srmt.StaffID, on cris.Date) (bool, error)
}

// Requests is the port through which service requests are opened. An erequest.Service is one.
type Requests interface {
	// Submit files the request if it may be filed, and once for each key: the same submission
	// again finds it on file. An error means that nothing is known to be saved.
	Submit(ctx context.Context, submission erequest.Submission) (erequest.Filing, error)
}

// ErrDenied means that the call belongs to another representative, that there is no such call, or
// that whoever asked is no representative on duty (PV-3). It does not tell which.
var ErrDenied = errors.New("gateway: not open to this representative")

// Options are what a Service takes from its surroundings. The zero value of each field means its
// default.
type Options struct {
	Now     func() time.Time // the wall clock
	NewID   func() string    // UUIDs of version 7; the IDs of calls
	Library *Library         // DefaultLibrary()
	Zone    *time.Location   // cris.AgencyZone(); it says which day it is
}

// Service keeps the calls of representatives on file, and opens service requests from them. It is
// safe for concurrent use if its ports are.
type Service struct {
	calls           Calls
	representatives Representatives
	requests        Requests
	now             func() (time.Time, error)
	newID           func() string
	library         Library
	zone            *time.Location
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(calls Calls, representatives Representatives, requests Requests, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	s := &Service{
		calls: calls, representatives: representatives, requests: requests,
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID), library: DefaultLibrary(), zone: opts.Zone,
	}
	if opts.Library != nil {
		s.library = *opts.Library
	}
	if s.zone == nil {
		s.zone = cris.AgencyZone()
	}
	return s
}

// NewCall is the command to start a call that is kept on file.
type NewCall struct {
	Key       string        // made by the client, one per call, so that a start whose result was lost counts once; "" starts a call each time
	By        srmt.StaffID  // the representative
	Script    ScriptID      // the edition is that of today
	Language  cris.Language // in which the script is read; any but Spanish counts as English
	Statement string        // edition of the Privacy Act Statement to read, as in Start
}

// Act is who acts on which call, and which version of it that was done on.
type Act struct {
	CallID string
	By     srmt.StaffID // the representative
	Seen   int          // the Call.Version that the representative saw (SR-11)
}

// Result is what became of an act.
type Result struct {
	Decision
	CallID string // "" if no call was started
	Call   Call   // as it stands now
}

// Start starts a call if [DecideStart] allows it with the script that is in force today (GW-1). The
// same start with the same key is [AlreadyDone], and another one with that key is [Overtaken]. Keys are
// separate for each representative: two who use the same key have two calls.
//
// It returns ErrDenied for anyone who is not on duty as a representative (PV-3). The errors are
// otherwise those of [Service.Show].
func (s *Service) Start(ctx context.Context, start NewCall) (Result, error) {
	now, err := s.admit(ctx, start.By)
	if err != nil {
		return Result{}, err
	}
	id := s.newID()
	if start.Key != "" {
		id = idOf(start.By, start.Key)
	}
	return s.take(ctx, Act{CallID: id, By: start.By}, s.heldOrNew, func(Call) Decision {
		return DecideStart(s.library, Start{
			By: start.By, Script: start.Script, On: cris.DateOf(now, s.zone), Language: start.Language, Statement: start.Statement, At: now,
		})
	})
}

// idOf returns the ID of the call that a representative starts with a key: always the same, and
// that of no other.
func idOf(by srmt.StaffID, key string) string {
	const version = 8 // whatever its maker likes; here SHA-256
	return uuid.NewHash(sha256.New(), uuid.NameSpaceOID, []byte(string(by)+"\x00"+key), version).String()
}

// Show shows the node if [DecideShown] allows it (GW-1).
//
// An act that names an earlier version is [Overtaken], and [AlreadyDone] if the very same was done
// then: it may be given again whenever its result was lost (SR-11).
//
// It returns ErrDenied for anyone who is not on duty as a representative today, for a call of
// somebody else, and if there is no such call (PV-3). The error matches [ErrConflict] if the store
// gave up and [cris.ErrClock] if the clock is not set; a *[HistoryError] means that the history on
// file does not add up, such as when the library lacks the edition of its script; any other error
// that a port failed or the context ended. Nothing is known to be saved then. No error repeats what
// the caller said (PV-1).
func (s *Service) Show(ctx context.Context, act Act, node NodeID) (Result, error) {
	return s.act(ctx, act, func(call Call, now time.Time) Decision { return DecideShown(call, node, now) })
}

// Read keeps that a block was read to the caller if [DecideRead] allows it (GW-1). An act that is
// given again, and the errors, are as with [Service.Show].
func (s *Service) Read(ctx context.Context, act Act, block int) (Result, error) {
	return s.act(ctx, act, func(call Call, now time.Time) Decision { return DecideRead(call, block, now) })
}

// Choose goes on with a choice if [DecideChoice] allows it (GW-1). An act that is given again, and
// the errors, are as with [Service.Show].
func (s *Service) Choose(ctx context.Context, act Act, choice ChoiceID) (Result, error) {
	return s.act(ctx, act, func(call Call, now time.Time) Decision { return DecideChoice(call, choice, now) })
}

// Say keeps what the caller said if [DecideSaid] allows it (GW-1, ER-7). An act that is given
// again, and the errors, are as with [Service.Show].
func (s *Service) Say(ctx context.Context, act Act, said Said) (Result, error) {
	return s.act(ctx, act, func(call Call, now time.Time) Decision { return DecideSaid(call, said, now) })
}

// End ends the call where the script does, if [DecideEnd] allows it (GW-1). An act that is given
// again, and the errors, are as with [Service.Show].
func (s *Service) End(ctx context.Context, act Act) (Result, error) {
	return s.act(ctx, act, DecideEnd)
}

// BreakOff ends the call before the script does, if [DecideBreakOff] allows it (GW-1). An act that
// is given again, and the errors, are as with [Service.Show].
func (s *Service) BreakOff(ctx context.Context, act Act) (Result, error) {
	return s.act(ctx, act, DecideBreakOff)
}

// admit returns what time it is, or ErrDenied for anyone who is not on duty as a representative (PV-3).
func (s *Service) admit(ctx context.Context, by srmt.StaffID) (time.Time, error) {
	now, err := s.now()
	if err != nil {
		return time.Time{}, wrapped("read clock", err)
	}
	if by == "" || !text.IsStorable(string(by)) {
		return time.Time{}, ErrDenied
	}
	isOnDuty, err := s.representatives.IsRepresentative(ctx, by, cris.DateOf(now, s.zone))
	if err != nil {
		return time.Time{}, wrapped("look representative up", err)
	}
	if !isOnDuty {
		return time.Time{}, ErrDenied
	}
	return now, nil
}

// act runs an act of a representative on a call that has started.
func (s *Service) act(ctx context.Context, act Act, decide func(Call, time.Time) Decision) (Result, error) {
	now, err := s.admit(ctx, act.By)
	if err != nil {
		return Result{}, err
	}
	if !text.IsStorable(act.CallID) {
		return Result{}, ErrDenied // there is none
	}
	return s.take(ctx, act, s.held, func(call Call) Decision { return decide(call, now) })
}

// take saves the step that decide allows on the version that the author of the act saw. Held returns
// the call to whom it is open.
func (s *Service) take(
	ctx context.Context, act Act, held func(by srmt.StaffID, history []Step) (Call, error), decide func(Call) Decision,
) (Result, error) {
	var result Result
	err := s.update(ctx, act.CallID, func(prior []Step) (Change, error) {
		present, err := held(act.By, prior)
		if err != nil {
			return Change{}, err
		}
		result = Result{CallID: act.CallID, Call: present}
		if act.Seen != present.Version {
			result.Decision, err = s.asSeen(act, prior, decide)
			return Change{}, err
		}
		result.Decision = decide(present)
		if result.Outcome != Allowed {
			return Change{}, nil
		}
		next, err := Replay(s.library, append(prior, result.Step))
		result.Call = next
		return Change{Append: []Step{result.Step}}, err
	})
	if err != nil {
		return Result{}, err
	}
	if result.Call.Version == 0 {
		result.CallID = ""
	}
	return result, nil
}

// asSeen decides on an act that names another version than the present one (SR-11): whether the
// very same was done on it.
func (s *Service) asSeen(act Act, prior []Step, decide func(Call) Decision) (Decision, error) {
	if act.Seen < 0 || act.Seen > len(prior) {
		return overtaken(), nil
	}
	var seen Call
	if act.Seen > 0 {
		var err error
		if seen, err = Replay(s.library, prior[:act.Seen]); err != nil {
			return Decision{}, err
		}
	}
	then, done := decide(seen), prior[act.Seen]
	if then.Step.At = done.At; then.Outcome == Allowed && then.Step == done {
		return alreadyDone(done), nil
	}
	return overtaken(), nil
}

// held returns the present state of a call to its representative, and ErrDenied to anybody else.
func (s *Service) held(by srmt.StaffID, history []Step) (Call, error) {
	if len(history) == 0 || history[0].By != by {
		return Call{}, ErrDenied
	}
	return Replay(s.library, history)
}

// heldOrNew is held for a call that may not have started: it belongs to whoever starts it.
func (s *Service) heldOrNew(by srmt.StaffID, history []Step) (Call, error) {
	if len(history) == 0 {
		return Call{}, nil
	}
	return s.held(by, history)
}

// update runs one Update of the call. A Change that saves nothing leaves nothing in the store.
func (s *Service) update(ctx context.Context, id string, decide func(prior []Step) (Change, error)) error {
	err := retry.OnConflict(ctx, func() error {
		return s.calls.Update(ctx, id, func(prior []Step) (Change, error) {
			change, err := decide(prior)
			if err == nil && len(change.Append) == 0 {
				err = errNothingToSave
			}
			return change, err
		})
	})
	switch {
	case err == nil, errors.Is(err, errNothingToSave):
		return nil
	case errors.Is(err, ErrDenied):
		return ErrDenied
	}
	return wrapped("act on call", err)
}

// errNothingToSave ends an Update that has nothing to save.
var errNothingToSave = errors.New("gateway: nothing to save")

func overtaken() Decision {
	return Decision{Outcome: Overtaken, Reasons: []cris.Reason{callWentOn}}
}

func alreadyDone(step Step) Decision {
	return Decision{Outcome: AlreadyDone, Step: step, Reasons: []cris.Reason{doneBefore}}
}

func returned() Decision {
	return Decision{Outcome: Refused, Reasons: []cris.Reason{requestReturned}}
}
