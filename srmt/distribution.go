package srmt

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/retry"
)

// Distribution is the command to give the unassigned requests of an office to its officers by their
// load.
type Distribution struct {
	By     StaffID
	Office casestatus.OfficeCode
	To     []StaffID // the officers among whom to distribute; all officers of the office if empty
	AtMost int       // how many requests to assign; zero or less is no limit
}

// Distributed is what became of one request in a distribution.
type Distributed struct {
	Request  ServiceRequest // as it was before
	Decision Decision       // Refused if nobody could take it, and why
}

// DecideDistribution decides to which officer each of the requests goes, in the order given
// (SR-3). In the order of a list, customers who need an accommodation come first, and then what is
// due first. An officer can take a request who is at the office and not absent on the day, answers in
// the language of the customer, answers customers with disabilities if this is one, and may hold
// another. Of these it goes to the one who holds the fewest open requests, and among equals to the one
// with the lowest ID. Each request given counts toward the load for the next one. A request that
// nobody can take stays where it is, and the decision says why. Act.Seen is ignored: each request is
// decided on as it is given here.
func DecideDistribution(waiting []ServiceRequest, act Act, officers []Officer, policy Policy) []Decision {
	officers = slices.Clone(officers)
	decisions := make([]Decision, len(waiting))
	for i := range waiting {
		request := &waiting[i]
		chosen, against := choose(request, &act, officers, policy)
		d := &decisions[i]
		d.Step.Kind = StepAssigned
		if chosen != nil {
			d.Step.Officer = chosen.ID
		}
		act.Seen = request.Version
		d.decide(request, &act, assignedBySupervisor, against)
		if d.Outcome == Allowed {
			d.Reasons = append(d.Reasons, chosenByLoad)
			chosen.Load++
		}
	}
	return decisions
}

// choose returns the officer to whom the request goes, or what is against each of them.
func choose(r *ServiceRequest, act *Act, officers []Officer, policy Policy) (chosen *Officer, against refusals) {
	var onDuty, suited bool
	for i := range officers {
		o := &officers[i]
		if !o.Has(IIO, r.Office, act.On) || o.isAbsent(act.On) {
			continue
		}
		onDuty = true
		if !o.speaks(r.Language) || r.Accommodation && !o.Accommodations {
			continue
		}
		suited = true
		if o.isFull(policy.MostOpen) {
			continue
		}
		if chosen == nil || o.Load < chosen.Load || o.Load == chosen.Load && o.ID < chosen.ID {
			chosen = o
		}
	}
	switch {
	case chosen != nil:
		return chosen, nil
	case !onDuty:
		return nil, refusals{nobodyOnDuty}
	case !suited:
		return nil, refusals{nobodySuited}
	}
	return nil, refusals{everybodyFull}
}

// distributedAtOnce is how many requests a distribution looks at in one Update.
const distributedAtOnce = 100

// Distribute assigns unassigned requests of an office as [DecideDistribution] decides, a hundred at
// a time, and returns what became of each (SR-3). While it decides on them, nobody else gives these
// officers a request, so that a cap holds and the load stays even, however many supervisors do the
// same. A request that somebody else has assigned meanwhile is left out. Once no officer can take
// another request, it stops, and the requests behind that point are left out too. Anyone but a
// supervisor of the office gets ErrDenied, and so does a supervisor who is dismissed meanwhile.
//
// If the result is lost, call it again: it goes on with what is still unassigned. The error
// matches ErrConflict if the store gave up and cris.ErrClock if the clock is not set; any other is
// that of the store or the context. What it returns along with an error stays assigned.
func (s *Service) Distribute(ctx context.Context, d Distribution) ([]Distributed, error) {
	now, err := s.now()
	if err != nil {
		return nil, fmt.Errorf("srmt: distribute requests: %w", err)
	}
	author, err := s.staff(ctx, d.By)
	if err != nil {
		return nil, err
	}
	act := Act{At: now, On: cris.DateOf(now, s.policy.Zone)}
	if !author.supervises(d.Office, act.On) {
		return nil, ErrDenied
	}
	to, err := s.officersFor(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("srmt: distribute requests: %w", err)
	}
	var all []Distributed
	query := Query{Office: d.Office, Status: Unassigned, Page: Page{Limit: distributedAtOnce}}
	if d.AtMost > 0 {
		query.Page.Limit = min(distributedAtOnce, d.AtMost)
	}
	for assigned := 0; d.AtMost <= 0 || assigned < d.AtMost; {
		waiting, err := s.listed(ctx, query)
		if err != nil {
			return all, fmt.Errorf("srmt: distribute requests: %w", err)
		}
		if len(waiting) == 0 {
			break
		}
		some, isAnyFree, err := s.distribute(ctx, d.By, waiting, to, d.AtMost-assigned, act)
		if err != nil {
			return all, fmt.Errorf("srmt: distribute requests: %w", err)
		}
		all = append(all, some...)
		for _, one := range some {
			if one.Decision.Outcome == Allowed {
				assigned++
			}
		}
		if !isAnyFree {
			break
		}
		// Behind those that nobody could take, a few at a time would be too slow.
		query.Page = Page{After: waiting[len(waiting)-1].Key(), Limit: distributedAtOnce}
	}
	return all, nil
}

// officersFor returns the IDs of those among whom to distribute.
func (s *Service) officersFor(ctx context.Context, d Distribution) (to []StaffID, err error) {
	for _, id := range d.To {
		if id = onFileAs(id); id != "" && !slices.Contains(to, id) {
			to = append(to, id)
		}
	}
	if len(d.To) > 0 {
		return to, nil
	}
	for member, err := range s.store.Roster(ctx, d.Office, RosterPage{}) {
		if err != nil {
			return nil, err
		}
		to = append(to, member.ID)
	}
	return to, nil
}

// listed returns the requests of a list.
func (s *Service) listed(ctx context.Context, query Query) (requests []ServiceRequest, err error) {
	for request, err := range s.store.List(ctx, query) {
		if err != nil {
			return nil, err
		}
		requests = append(requests, request)
	}
	return requests, nil
}

// distribute assigns what is still unassigned of the requests, in one Update, and reports whether
// any of these officers can take another. It leaves the rest once it has assigned atMost; zero
// or less is no limit.
func (s *Service) distribute(ctx context.Context, by StaffID, waiting []ServiceRequest, to []StaffID, atMost int, act Act) (some []Distributed, isAnyFree bool, err error) {
	scope := Scope{Staff: append([]StaffID{by}, to...), Loads: true}
	for _, request := range waiting {
		scope.Requests = append(scope.Requests, request.ID)
	}
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, scope, func(prior Prior) (change Change, err error) {
			act.By = prior.Staff[0]
			if !act.By.supervises(waiting[0].Office, act.On) {
				return Change{}, ErrDenied // PV-3: dismissed meanwhile
			}
			officers := make([]Officer, len(to))
			for i := range officers {
				officers[i] = Officer{prior.Staff[i+1], prior.Loads[i+1]}
			}
			still := slices.DeleteFunc(prior.Requests, func(r ServiceRequest) bool {
				return r.Office != waiting[0].Office || r.Status != Unassigned
			})
			some, isAnyFree = nil, false
			for i, decision := range DecideDistribution(still, act, officers, s.policy) {
				if atMost > 0 && len(change.Steps) == atMost {
					break
				}
				some = append(some, Distributed{still[i], decision})
				if decision.Outcome == Allowed {
					change.add(still[i], decision.Step, s.policy)
				}
				for n := range officers {
					if officers[n].ID == decision.Step.Officer {
						officers[n].Load++
					}
				}
			}
			for i := range officers {
				o := &officers[i]
				isAnyFree = isAnyFree || o.Has(IIO, waiting[0].Office, act.On) && !o.isAbsent(act.On) && !o.isFull(s.policy.MostOpen)
			}
			if len(change.Steps) == 0 {
				return Change{}, errNothingToSave
			}
			return change, nil
		})
	})
	if errors.Is(err, errNothingToSave) {
		err = nil
	}
	return some, isAnyFree, err
}
