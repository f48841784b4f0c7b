// Package srmttest checks implementations of the port of srmt, and builds what tests of
// service requests need: steps and histories, staff, and a whole [World]. A store is proven
// by one call:
//
//	func TestStore(t *testing.T) {
//		srmttest.TestStore(t, func(t *testing.T) (srmt.Store, cris.Outbox) { ... })
//	}
package srmttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

// TestStore checks every promise of srmt.Store. newStore is called once per promise
// and gives an empty store with the outbox that its events go to.
func TestStore(t *testing.T, newStore func(t *testing.T) (srmt.Store, cris.Outbox)) {
	t.Helper()
	contract.Run(t, clauses(), func(t *testing.T) stores {
		store, outbox := newStore(t)
		return stores{store, outbox}
	})
}

// stores is what a clause gets.
type stores struct {
	srmt.Store
	outbox cris.Outbox
}

// clauses are all promises of the port.
func clauses() []contract.Clause[stores] { return slices.Concat(sharedClauses(), ownClauses()) }

// sharedClauses are what every Update, every read and every list promises.
func sharedClauses() []contract.Clause[stores] {
	return slices.Concat(
		contract.AtomicClauses(asAtomic),
		contract.ReadClauses("History", asHistories),
		contract.ListClauses("List", everything.view),
		contract.ListClauses("List/Assigned", worklist.view),
		contract.ListClauses("List/Overdue", overdue.view),
		staffUpdateClauses(),
		contract.ReadClauses("Staff", asStaff),
		contract.ListClauses("Roster", asRoster),
	)
}

func ownClauses() []contract.Clause[stores] {
	return slices.Concat(updateClauses(), listClauses(), staffClauses())
}

// asAtomic lets the shared clauses add one step per entry.
func asAtomic(s stores) contract.Atomic {
	id := func(scope int) string { return "scope-" + strconv.Itoa(scope) }
	update := func(ctx context.Context, scope, steps int, decide func(seen int) ([]cris.Event, error)) error {
		return s.Update(ctx, srmt.Scope{Requests: []string{id(scope)}}, func(prior srmt.Prior) (srmt.Change, error) {
			version := prior.Requests[0].Version
			events, err := decide(version)
			change := srmt.Change{Steps: map[string][]srmt.Step{}, Events: events}
			for n := range steps {
				change.Steps[id(scope)] = append(change.Steps[id(scope)], stepAfter(version+n, id(scope)))
			}
			return change, err
		})
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return update(ctx, scope, 1, decide)
		},
		AppendAll: func(ctx context.Context, scope, entries int) error {
			return update(ctx, scope, entries, func(int) ([]cris.Event, error) { return nil, nil })
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			history, err := s.History(ctx, id(scope))
			if errors.Is(err, srmt.ErrNotFound) {
				err = nil
			}
			return len(history), err
		},
		Outbox: s.outbox,
	}
}

// stepAfter returns a step that may follow on any version of a request.
func stepAfter(version int, id string) srmt.Step {
	if version == 0 {
		return NewReceived(id, cris.MustParseDate("2013-08-15"), "NSC")
	}
	return srmt.Step{
		Seq: version + 1, Kind: srmt.StepCorresponded, By: "iio", At: Start().Add(time.Duration(version) * time.Second),
		Message: NewMessage(srmt.ToCustomer, erequest.ByTelephone),
	}
}

// add appends steps to the history of the request in one Update.
func add(ctx context.Context, s srmt.Store, id string, steps ...srmt.Step) error {
	return s.Update(ctx, srmt.Scope{Requests: []string{id}}, func(srmt.Prior) (srmt.Change, error) { return stepsOf(id, steps...), nil })
}

// stepsOf is a change that adds steps to one request.
func stepsOf(id string, steps ...srmt.Step) srmt.Change {
	return srmt.Change{Steps: map[string][]srmt.Step{id: steps}}
}

// filed is a request with its history.
type filed struct {
	id    string
	steps []srmt.Step
}

// asHistories lets the shared clauses read histories by the ID of the request.
func asHistories(s stores) contract.Read[filed] {
	inStep := func(n int, set func(step *srmt.Step, text string)) func(filed, string) filed {
		return func(v filed, text string) filed {
			v.steps = slices.Clone(v.steps)
			set(&v.steps[n], text)
			return v
		}
	}
	return contract.Read[filed]{
		New: func(n int) filed {
			id := "request-" + strconv.Itoa(n)
			return filed{id, NewHistory(id, fromElsewhere(n))}
		},
		Next: func(v filed, n int) filed {
			next := stepAfter(len(v.steps), v.id)
			next.By = srmt.StaffID("iio-" + strconv.Itoa(n))
			return filed{v.id, append(slices.Clone(v.steps), next)}
		},
		Put: func(ctx context.Context, v filed) error {
			return s.Update(ctx, srmt.Scope{Requests: []string{v.id}}, func(prior srmt.Prior) (srmt.Change, error) {
				return stepsOf(v.id, v.steps[prior.Requests[0].Version:]...), nil
			})
		},
		Get: func(ctx context.Context, v filed) (filed, error) {
			steps, err := s.History(ctx, v.id)
			return filed{v.id, steps}, err
		},
		Equal: func(a, b filed) bool { return a.id == b.id && slices.Equal(a.steps, b.steps) },
		Spoil: func(v filed) {
			for i := range v.steps {
				v.steps[i].Office, v.steps[i].By = "changed", "changed"
			}
		},
		Missing: srmt.ErrNotFound,
		WithID:  func(_ filed, id string) filed { return filed{id, NewHistory(id)} },
		Texts: []contract.Text[filed]{
			{Name: "source", With: inStep(0, func(step *srmt.Step, text string) { step.Origin.Provenance.Source = text })},
			{Name: "identifier there", With: inStep(0, func(step *srmt.Step, text string) { step.Origin.Provenance.ID = text })},
			{Name: "who took it", With: inStep(0, func(step *srmt.Step, text string) { step.Origin.TakenBy = srmt.StaffID(text) })},
			{Name: "office", With: inStep(4, func(step *srmt.Step, text string) { step.Office = casestatus.OfficeCode(text) })},
			{Name: "author", With: inStep(1, func(step *srmt.Step, text string) { step.By = srmt.StaffID(text) })},
			{Name: "officer", With: inStep(1, func(step *srmt.Step, text string) { step.Officer = srmt.StaffID(text) })},
			{Name: "edition", With: inStep(6, func(step *srmt.Step, text string) { step.Letter = text })},
			{Name: "message", Personal: true, With: inStep(2, func(step *srmt.Step, text string) { step.Message.Text = cris.NewPersonal(text) })},
			{Name: "response", Personal: true, With: inStep(6, func(step *srmt.Step, text string) { step.Message.Text = cris.NewPersonal(text) })},
		},
		Personal: []string{"Ana María", "mailed again"},
	}
}

// updateClauses are the promises of Update beyond those of every port.
func updateClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "History/Answers", Promise: "a history keeps what was asked, proposed, sent and corrected, with findings and editions, step by step", Check: keepsAnswers},
		{Name: "Update/Sum", Promise: "the state that decide is given is what Replay makes of the history, after every step", Check: updateGivesSum},
		{Name: "Update/DoesNotAddUp", Promise: "steps that cannot follow the state are refused with a *HistoryError, and nothing is saved", Check: doesNotAddUp},
		{Name: "Update/OtherRequest", Promise: "a first step that belongs to another request is refused, and nothing is saved", Check: otherRequest},
		{Name: "Update/Staff", Promise: "decide is given the staff that was asked for, in that order, and the zero Staff for who is not on file", Check: updateGivesStaff},
		{Name: "Update/Several", Promise: "the steps of several requests, members of staff and events are saved together, or nothing", Check: severalTogether},
		{Name: "Update/SeveralWait", Promise: "Updates that have one request or one member of staff in common run one after another", Check: severalWait},
		{Name: "Update/BeyondScope", Promise: "steps and members of staff outside the scope are refused, and nothing is saved", Check: beyondScope},
		{Name: "Update/Loads", Promise: "decide is given how many open requests each member of staff holds, if it asks", Check: updateGivesLoads},
		{Name: "Update/StaffStays", Promise: "a member of staff does not change between what decide is given and what is saved", Check: staffStays},
	}
}

// sumSeen returns the state that an Update is given.
func sumSeen(ctx context.Context, s srmt.Store, id string) (seen srmt.ServiceRequest, err error) {
	err = s.Update(ctx, srmt.Scope{Requests: []string{id}}, func(prior srmt.Prior) (srmt.Change, error) {
		seen = prior.Requests[0]
		return srmt.Change{}, nil
	})
	return seen, err
}

func updateGivesSum(ctx context.Context, s stores) error {
	if err := add(ctx, s, "b", NewHistory("b")[:2]...); err != nil {
		return err
	}
	return errors.Join(sumsOf(ctx, s, "a", NewHistory("a")), sumsOf(ctx, s, "c", NewReviewedHistory("c")))
}

// sumsOf adds the steps of a request one by one, and looks at what decide is given before and after
// each.
func sumsOf(ctx context.Context, s stores, id string, history []srmt.Step) error {
	for n := range len(history) + 1 {
		seen, err := sumSeen(ctx, s, id)
		if err != nil {
			return err
		}
		var want srmt.ServiceRequest
		if n > 0 {
			if want, err = srmt.Replay(history[:n]); err != nil {
				return err
			}
		}
		if seen != want {
			return fmt.Errorf("after %d steps decide was given\n\t%+v, want\n\t%+v", n, seen, want)
		}
		if n < len(history) {
			if err := add(ctx, s, id, history[n]); err != nil {
				return err
			}
		}
	}
	return nil
}

func keepsAnswers(ctx context.Context, s stores) error {
	history := NewReviewedHistory("a")
	for n := range history {
		if err := add(ctx, s, "a", history[n]); err != nil {
			return err
		}
		if err := wantHistory(ctx, s, "a", history[:n+1]); err != nil {
			return err
		}
	}
	return nil
}

func wantHistory(ctx context.Context, s stores, id string, want []srmt.Step) error {
	got, err := s.History(ctx, id)
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the history of %s is\n\t%+v, want\n\t%+v", id, got, want)
	}
	return nil
}

func doesNotAddUp(ctx context.Context, s stores) error {
	whole := NewHistory("a")
	if err := add(ctx, s, "a", whole[:2]...); err != nil {
		return err
	}
	for what, steps := range map[string][]srmt.Step{
		"a gap":             {whole[3]},
		"a repeated step":   {whole[1]},
		"a second receipt":  {whole[2], NewReceived("a", cris.MustParseDate("2013-08-15"), "NSC", func(step *srmt.Step) { step.Seq = 4 })},
		"a step of no kind": {{Seq: 3, At: Start(), By: "siio-nsc-1"}},
		"one good step and one that cannot follow": {whole[2], whole[2]},
	} {
		var problem *srmt.HistoryError
		if err := add(ctx, s, "a", steps...); !errors.As(err, &problem) {
			return errors.Join(fmt.Errorf("Update with %s did not return a *srmt.HistoryError", what), err)
		}
		if err := wantHistory(ctx, s, "a", whole[:2]); err != nil {
			return fmt.Errorf("after %s: %w", what, err)
		}
	}
	return nil
}

func otherRequest(ctx context.Context, s stores) error {
	if err := add(ctx, s, "a", NewHistory("b")[0]); err == nil {
		return errors.New("Update returned nil")
	}
	for _, id := range []string{"a", "b"} {
		if _, err := s.History(ctx, id); !errors.Is(err, srmt.ErrNotFound) {
			return errors.Join(fmt.Errorf("History of %s did not return ErrNotFound", id), err)
		}
	}
	return wantList(ctx, s, srmt.Query{})
}

func updateGivesStaff(ctx context.Context, s stores) error {
	a, b := srmt.NewStaff("o1", srmt.IIO, "NSC"), srmt.NewStaff("a2", srmt.SIIO, "SSC")
	if err := PutStaff(ctx, s, a, b); err != nil {
		return err
	}
	nobody := srmt.Staff{}
	for _, test := range []struct {
		ask  []srmt.StaffID
		want []srmt.Staff
	}{
		{nil, nil},
		{[]srmt.StaffID{"o1"}, []srmt.Staff{a}},
		{[]srmt.StaffID{"o1", "a2"}, []srmt.Staff{a, b}},
		{[]srmt.StaffID{"a2", "o1", "a2"}, []srmt.Staff{b, a, b}},
		{[]srmt.StaffID{"", "O1", "o1", "o1 ", "o3"}, []srmt.Staff{nobody, nobody, a, nobody, nobody}},
		{[]srmt.StaffID{""}, []srmt.Staff{nobody}},
	} {
		var got []srmt.Staff
		if err := s.Update(ctx, srmt.Scope{Requests: []string{"a"}, Staff: test.ask}, func(prior srmt.Prior) (srmt.Change, error) {
			got = nil
			for i := range prior.Staff {
				got = append(got, prior.Staff[i].Clone())
				for n := range prior.Staff[i].Posts {
					prior.Staff[i].Posts[n].Office = "changed"
				}
			}
			return srmt.Change{}, nil
		}); err != nil {
			return err
		}
		if !slices.EqualFunc(got, test.want, isSameStaff) {
			return fmt.Errorf("asked for %q, decide was given %+v, want %+v", test.ask, got, test.want)
		}
	}
	return nil
}

func isSameStaff(a, b srmt.Staff) bool { return a.Equal(b) }

// staffStays dismisses a supervisor while an Update is decided. Either that waits until the
// Update is over, or the Update gives up or decides again.
func staffStays(ctx context.Context, s stores) error {
	const moment = 150 * time.Millisecond
	for _, member := range []srmt.Staff{srmt.NewStaff("s1", srmt.SIIO, "NSC"), srmt.NewStaff("s2", srmt.SIIO, "NSC")} {
		if err := PutStaff(ctx, s, member); err != nil {
			return err
		}
	}
	id, gone := "a", srmt.Staff{ID: "s2"}
	dismissed := make(chan error, 1)
	begun, dismissedFirst := false, false
	err := s.Update(ctx, srmt.Scope{Requests: []string{id}, Staff: []srmt.StaffID{"s1", "s2"}}, func(prior srmt.Prior) (srmt.Change, error) {
		if len(prior.Staff[1].Posts) == 0 {
			return srmt.Change{}, nil // decided again, and refused
		}
		if !begun {
			begun = true
			go func() { dismissed <- PutStaff(ctx, s, gone) }()
		}
		select {
		case err := <-dismissed:
			dismissed <- err
			dismissedFirst = err == nil
		case <-time.After(moment):
		}
		return stepsOf(id, stepAfter(0, id)), nil
	})
	if err != nil && !errors.Is(err, srmt.ErrConflict) {
		return err
	}
	if err := <-dismissed; err != nil {
		return fmt.Errorf("the change of staff: %w", err)
	}
	_, notThere := s.History(ctx, id)
	if saved := notThere == nil; saved && dismissedFirst {
		return errors.New("what a supervisor did was saved after that supervisor had been dismissed")
	}
	if member, err := s.Staff(ctx, gone.ID); err != nil || !member.Equal(gone) {
		return errors.Join(fmt.Errorf("after the change of staff there is %+v", member), err)
	}
	return nil
}
