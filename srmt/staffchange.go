package srmt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// DecideReturn decides whether an assigned request returns to the unassigned requests of its
// office, because whoever holds it is no longer an officer or supervisor there on the day of that
// instant in the policy's zone: a staff change (SR-6). Its due date does not move (SR-9a). Holder
// is the member of staff as on file.
func DecideReturn(state ServiceRequest, holder Staff, at time.Time, policy Policy) Decision {
	on := cris.DateOf(at, policy.withDefaults().Zone)
	if _, found := transition(StepReturned, state.Status); !found {
		return Decision{Outcome: Refused, Reasons: []cris.Reason{otherwise[StepReturned].in[state.Status]}}
	}
	if holder.holds(&state, on) {
		return Decision{Outcome: Refused, Reasons: []cris.Reason{holderIsThere}}
	}
	return Decision{Outcome: Allowed, Reasons: []cris.Reason{returnedByStaffChange}, Step: Step{
		Seq: state.Version + 1, Kind: StepReturned, At: at, Why: StaffChange,
	}}
}

// PutStaff enters members of staff, each in place of what is on file under the same ID, and
// returns how many requests wait for a supervisor again as a result. The host program calls it when
// somebody comes, moves, gets another role, is absent or leaves. An act that is decided meanwhile
// goes by what is on file when it is saved.
//
// A request that a member holds at an office where the member is no officer or supervisor today
// returns to the unassigned requests there (SR-6), in one transaction with the entry: no request
// stays with somebody who cannot work on it, and none returns twice. Where a post ends on a later
// day, [Service.ReturnLeftBehind] returns the requests then.
//
// It returns a *cris.ParseError for an entry without an ID that can be stored; with a post whose
// role is not one of [Roles], or whose office is neither in the table of offices nor the fallback
// queue; with a representative anywhere but at the call center, or an officer there; or with a
// post or an absence that ends before it begins, or a language that the library has no words in.
// Then nothing is saved. Any other error matches ErrConflict if the store gave up and
// cris.ErrClock if the clock is not set, or is that of the store or the context. The members entered
// before it stay entered, and calling PutStaff again does no harm.
func (s *Service) PutStaff(ctx context.Context, staff ...Staff) (returned int, err error) {
	for _, member := range staff {
		if problem := s.problemOfStaff(member); problem != "" {
			return 0, fmt.Errorf("srmt: put staff: %w", &cris.ParseError{What: "member of staff", At: -1, Problem: problem})
		}
	}
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("srmt: put staff: %w", err)
	}
	for _, member := range staff {
		n, err := s.settle(ctx, member.ID, &member, now)
		if returned += n; err != nil {
			return returned, fmt.Errorf("srmt: put staff: %w", err)
		}
	}
	return returned, nil
}

// ReturnLeftBehind moves each request that is held by somebody who is no longer an officer or
// supervisor of its office back to the unassigned requests there (SR-6), and returns how many it
// moved. The host program calls it every day, for posts whose last day has passed; calling it again
// does no harm.
//
// It stops at the first failure, and what has returned by then stays so. The error matches
// ErrConflict if the store gave up and cris.ErrClock if the clock is not set; any other is that of
// the store or the context.
func (s *Service) ReturnLeftBehind(ctx context.Context) (returned int, err error) {
	now, err := s.now()
	if err != nil {
		return 0, fmt.Errorf("srmt: return requests: %w", err)
	}
	looked := map[StaffID]bool{}
	for request, err := range s.store.List(ctx, Query{Status: Assigned}) {
		if err != nil {
			return returned, fmt.Errorf("srmt: return requests: %w", err)
		}
		if looked[request.Officer] {
			continue
		}
		looked[request.Officer] = true
		n, err := s.settle(ctx, request.Officer, nil, now)
		if returned += n; err != nil {
			return returned, fmt.Errorf("srmt: return requests: %w", err)
		}
	}
	return returned, nil
}

// errMoreHeld means that a member of staff got a request after those held were listed.
var errMoreHeld = fmt.Errorf("srmt: more requests are held by now: %w", ErrConflict)

// settle puts an entry in place of what is on file about a member of staff, and returns the requests
// that this member can no longer work on, in one Update. Without an entry it goes by what is on file.
func (s *Service) settle(ctx context.Context, id StaffID, entry *Staff, now time.Time) (returned int, err error) {
	err = retryWhile(ctx, errMoreHeld, func() error {
		held, err := s.heldBy(ctx, id)
		if err != nil {
			return err
		}
		return s.store.Update(ctx, Scope{Requests: held, Staff: []StaffID{id}, Loads: true}, func(prior Prior) (Change, error) {
			member, change := prior.Staff[0], Change{}
			if entry != nil {
				member = entry.Clone()
				change.Staff = []Staff{member}
			}
			load := prior.Loads[0]
			returned = 0
			for _, request := range prior.Requests {
				if request.Status != Assigned || request.Officer != id {
					continue // it has left the member meanwhile
				}
				load--
				if decision := DecideReturn(request, member, now, s.policy); decision.Outcome == Allowed {
					change.add(request, decision.Step, s.policy)
					returned++
				}
			}
			if load > 0 {
				return Change{}, errMoreHeld
			}
			if entry == nil && returned == 0 {
				return Change{}, errNothingToSave
			}
			return change, nil
		})
	})
	if errors.Is(err, errNothingToSave) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return returned, nil
}

// retryWhile runs step again for as long as it is hindered by others, who come to an end: there are
// only so many requests that wait. Any other conflict is tried as often as usual.
func retryWhile(ctx context.Context, hindrance error, step func() error) error {
	for {
		err := retry.OnConflict(ctx, step)
		if !errors.Is(err, hindrance) || ctx.Err() != nil {
			return err
		}
	}
}

// heldBy returns the IDs of the open requests that are assigned to the member of staff.
func (s *Service) heldBy(ctx context.Context, id StaffID) (held []string, err error) {
	if !text.IsStorable(string(id)) || id == "" {
		return nil, nil
	}
	for request, err := range s.store.List(ctx, Query{Status: Assigned, Officer: id}) {
		if err != nil {
			return nil, err
		}
		held = append(held, request.ID)
	}
	return held, nil
}
