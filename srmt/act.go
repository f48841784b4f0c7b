package srmt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// command is what every act says, and the rule that decides on it.
type command struct {
	requestID string
	by, to    StaffID // to is "" unless somebody is to hold the request
	seen      int
	prepare   func(on cris.Date) error // reads what the rule needs beside the request; nil if that is nothing
	decide    func(ServiceRequest, Act, Officer) Decision
}

// act runs one act.
func (s *Service) act(ctx context.Context, c command) (Decision, error) {
	decisions, err := s.together(ctx, []command{c})
	if err != nil {
		return Decision{}, err
	}
	return decisions[0], nil
}

// together runs acts, all of them or none, and returns the decision on each.
func (s *Service) together(ctx context.Context, commands []command) ([]Decision, error) {
	now, err := s.now()
	if err != nil {
		return nil, fmt.Errorf("srmt: act on request: %w", err)
	}
	if refused, err := s.refusedUnseen(ctx, commands, now); err != nil || refused != nil {
		return refused, err
	}
	for _, c := range commands {
		if c.prepare == nil {
			continue
		}
		if err := c.prepare(cris.DateOf(now, s.policy.Zone)); err != nil {
			return nil, fmt.Errorf("srmt: act on request: %w", err)
		}
	}
	decisions, err := s.attempt(ctx, commands, now)
	if err != nil {
		return nil, err
	}
	isDone := func(d Decision) bool { return d.Outcome == AlreadyDone }
	isAllowed := func(d Decision) bool { return d.Outcome == Allowed }
	if !slices.ContainsFunc(decisions, isDone) || !slices.ContainsFunc(decisions, isAllowed) {
		return decisions, nil
	}
	// Some are done already, and the others may be.
	var left []command
	for i, c := range commands {
		if isAllowed(decisions[i]) {
			left = append(left, c)
		}
	}
	again, err := s.attempt(ctx, left, now)
	if err != nil {
		return nil, err
	}
	for i := range decisions {
		if isAllowed(decisions[i]) {
			decisions[i], again = again[0], again[1:]
		}
	}
	return decisions, nil
}

// refusedUnseen returns the decisions if one of the acts is refused before the store is asked for
// requests, nil if none is: PV-3: its author is not on file as staff, or there can be no request of
// that ID. An Update looks at the authors once more.
func (s *Service) refusedUnseen(ctx context.Context, commands []command, now time.Time) ([]Decision, error) {
	authors, isRefused := map[StaffID]Staff{}, false
	decisions := make([]Decision, len(commands))
	for i, c := range commands {
		author, looked := authors[c.by]
		if !looked {
			var err error
			if author, err = s.staff(ctx, c.by); err != nil {
				return nil, err
			}
			authors[c.by] = author
		}
		switch {
		case author.ID == "":
			decisions[i], isRefused = notStaff(), true
		case !text.IsStorable(c.requestID):
			act := Act{By: author, At: now, On: cris.DateOf(now, s.policy.Zone), Seen: c.seen}
			decisions[i], isRefused = c.decide(ServiceRequest{}, act, Officer{}), true
		default:
			decisions[i] = Decision{Outcome: Refused, Reasons: []cris.Reason{notAllAllowed}}
		}
	}
	if !isRefused {
		return nil, nil
	}
	return decisions, nil
}

// attempt runs acts in one Update. If one of them is not allowed, those that are become refusals,
// unless all that are not were done before.
func (s *Service) attempt(ctx context.Context, commands []command, now time.Time) ([]Decision, error) {
	var run attempt
	err := retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, s.scopeOf(commands), func(prior Prior) (Change, error) {
			run = newAttempt(s.scopeOf(commands), prior)
			change := run.decide(commands, now, s.policy)
			if run.refused > 0 {
				// It fails inside the store as well, so that nothing is left there of what was refused:
				// not even of a request that does not exist (PV-3).
				return Change{}, errNothingToSave
			}
			return change, nil
		})
	})
	if err != nil && !errors.Is(err, errNothingToSave) {
		return nil, fmt.Errorf("srmt: act on request: %w", err)
	}
	if run.refused == 0 {
		return run.decisions, nil
	}
	for i, c := range commands {
		if isOutdated(run.acts[i], run.before[i]) {
			if run.decisions[i], err = s.decideAsSeen(ctx, c, run.acts[i], run.to[i], run.decisions[i]); err != nil {
				return nil, err
			}
		}
	}
	isHindrance := func(d Decision) bool { return d.Outcome == Refused || d.Outcome == Overtaken }
	if slices.ContainsFunc(run.decisions, isHindrance) {
		for i, d := range run.decisions {
			if d.Outcome == Allowed {
				run.decisions[i] = Decision{Outcome: Refused, Reasons: []cris.Reason{notAllAllowed}}
			}
		}
	}
	return run.decisions, nil
}

// scopeOf returns what the acts are decided on.
func (s *Service) scopeOf(commands []command) Scope {
	scope := Scope{}
	for _, c := range commands {
		if !slices.Contains(scope.Requests, c.requestID) {
			scope.Requests = append(scope.Requests, c.requestID)
		}
		scope.Staff = append(scope.Staff, onFileAs(c.by), onFileAs(c.to))
		scope.Loads = scope.Loads || c.to != "" && s.policy.MostOpen > 0
	}
	slices.Sort(scope.Staff)
	scope.Staff = slices.Compact(scope.Staff)
	return scope
}

// attempt is what acts are decided on, and what became of each.
type attempt struct {
	requests  map[string]ServiceRequest // as the acts before left them
	staff     map[StaffID]Officer
	acts      []Act
	to        []Officer
	before    []ServiceRequest
	decisions []Decision
	refused   int
}

func newAttempt(scope Scope, prior Prior) attempt {
	run := attempt{requests: map[string]ServiceRequest{}, staff: map[StaffID]Officer{}}
	for i, id := range scope.Requests {
		run.requests[id] = prior.Requests[i]
	}
	for i, id := range scope.Staff {
		officer := Officer{Staff: prior.Staff[i]}
		if scope.Loads {
			officer.Load = prior.Loads[i]
		}
		run.staff[id] = officer
	}
	return run
}

// decide decides on the acts, one after another.
func (run *attempt) decide(commands []command, now time.Time, policy Policy) (change Change) {
	on := cris.DateOf(now, policy.Zone)
	for _, c := range commands {
		state := run.requests[c.requestID]
		act, to := Act{By: run.staff[onFileAs(c.by)].Staff, At: now, On: on, Seen: c.seen}, run.staff[onFileAs(c.to)]
		decision := c.decide(state, act, to)
		run.acts, run.to, run.before, run.decisions = append(run.acts, act), append(run.to, to), append(run.before, state), append(run.decisions, decision)
		if decision.Outcome != Allowed {
			run.refused++
			continue
		}
		change.add(state, decision.Step, policy)
		run.requests[c.requestID] = state.after(decision.Step)
		run.moveLoad(state.Officer, decision.Step.Officer)
	}
	return change
}

// moveLoad counts a request that somebody holds now, and that somebody else held.
func (run *attempt) moveLoad(from, to StaffID) {
	if to == "" || from == to {
		return
	}
	for id, n := range map[StaffID]int{from: -1, to: 1} {
		if officer, known := run.staff[id]; known {
			officer.Load += n
			run.staff[id] = officer
		}
	}
}

// errNothingToSave ends an Update that has nothing to save.
var errNothingToSave = errors.New("srmt: nothing to save")

// add adds a step on the request to the change, with the event that tells of it.
func (c *Change) add(before ServiceRequest, step Step, policy Policy) {
	if c.Steps == nil {
		c.Steps = map[string][]Step{}
	}
	id := before.after(step).ID
	c.Steps[id] = append(c.Steps[id], step)
	c.Events = append(c.Events, events(before, step, policy)...)
}
