// Package srmttest checks implementations of the ports of srmt. A store is proven
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
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

// TestStore checks every promise of srmt.Store. newStore is called once per promise
// and gives an empty store with the outbox that its events go to.
func TestStore(t *testing.T, newStore func(t *testing.T) (srmt.Store, cris.Outbox)) {
	t.Helper()
	contract.Run(t, slices.Concat(contract.AtomicClauses(asAtomic), clauses()), func(t *testing.T) stores {
		store, outbox := newStore(t)
		return stores{store, outbox}
	})
}

// stores is what a clause gets.
type stores struct {
	srmt.Store
	outbox cris.Outbox
}

// clauses are the promises of the port beyond those of every Update.
func clauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "History/RoundTrip", Promise: "every kind of step reads back equal, to the microsecond, in order, by History and by Update", Check: roundTrip},
		{Name: "History/Unknown", Promise: "History of an unknown request gives ErrNotFound, also after an Update that saved nothing", Check: unknown},
		{Name: "History/Cancelled", Promise: "under a cancelled context History gives its error", Check: historyCancelled},
		{Name: "History/NoAliasing", Promise: "changing what Update or History gave changes nothing in the store", Check: noAliasing},
		{Name: "Update/DoesNotAddUp", Promise: "steps that do not follow the history are refused and nothing is saved", Check: doesNotAddUp},
		{Name: "Update/OtherRequest", Promise: "a first step that belongs to another request is refused and nothing is saved", Check: otherRequest},
		{Name: "Update/Letters", Promise: "identifiers that differ only in case are different requests", Check: letters},
		{Name: "List/IsReplay", Promise: "after every step the listed state is what Replay makes of the history", Check: listIsReplay},
		{Name: "List/Restricts", Promise: "a query gives the requests that match it, and all of them", Check: listRestricts},
		{Name: "List/Order", Promise: "requests come in order of filing, those of one day by the bytes of their IDs", Check: listOrder},
		{Name: "List/Pages", Promise: "page after page gives every request once, however the pages are cut", Check: listPages},
		{Name: "List/Long", Promise: "a list without a limit gives all requests, however many", Check: listLong},
		{Name: "List/Resumes", Promise: "a list goes on after a key whose request has left the list", Check: listResumes},
		{Name: "List/HoldsNothing", Promise: "the store can be used while a list yields, and a list can be left", Check: listHoldsNothing},
		{Name: "List/Cancelled", Promise: "under a cancelled context a list yields an error and ends", Check: listCancelled},
	}
}

// asAtomic lets the shared clauses append one step per entry: the receipt of a
// request, then messages.
func asAtomic(s stores) contract.Atomic {
	id := func(scope int) string { return "request-" + strconv.Itoa(scope) }
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return s.Update(ctx, id(scope), func(history []srmt.Step) (srmt.Change, error) {
				step := Received(id(scope), cris.MustParseDate("2013-08-15"), "NSC")
				if len(history) > 0 {
					step = srmt.Step{
						Seq: len(history) + 1, Kind: srmt.StepCorresponded, By: "iio", At: Start(),
						Message: Message(srmt.ToCustomer, srmt.ByTelephone),
					}
				}
				events, err := decide(len(history))
				return srmt.Change{Append: []srmt.Step{step}, Events: events}, err
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			history, err := s.History(ctx, id(scope))
			if errors.Is(err, srmt.ErrNotFound) {
				return 0, nil
			}
			return len(history), err
		},
		Outbox: s.outbox,
	}
}

func add(ctx context.Context, s stores, id string, steps ...srmt.Step) error {
	return s.Update(ctx, id, func([]srmt.Step) (srmt.Change, error) {
		return srmt.Change{Append: slices.Clone(steps)}, nil
	})
}

func wantHistory(ctx context.Context, s stores, id string, want []srmt.Step) error {
	got, err := s.History(ctx, id)
	if err != nil {
		return err
	}
	return sameSteps("History", got, want)
}

func sameSteps(from string, got, want []srmt.Step) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s gave %d steps, want %d", from, len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			return fmt.Errorf("%s gave a step number %d that differs from what was appended: %+v, want %+v", from, i+1, got[i], want[i])
		}
	}
	return nil
}

func roundTrip(ctx context.Context, s stores) error {
	want := History("a")
	if err := add(ctx, s, "a", want[:3]...); err != nil {
		return err
	}
	if err := add(ctx, s, "a", want[3:]...); err != nil {
		return err
	}
	if err := wantHistory(ctx, s, "a", want); err != nil {
		return err
	}
	var seen []srmt.Step
	if err := s.Update(ctx, "a", func(history []srmt.Step) (srmt.Change, error) {
		seen = history
		return srmt.Change{}, nil
	}); err != nil {
		return err
	}
	return sameSteps("Update", seen, want)
}

func unknown(ctx context.Context, s stores) error {
	for range 2 {
		if _, err := s.History(ctx, "a"); !errors.Is(err, srmt.ErrNotFound) {
			return errors.Join(errors.New("History did not return ErrNotFound"), err)
		}
		if err := add(ctx, s, "a"); err != nil {
			return err
		}
	}
	return wantList(ctx, s, srmt.Query{})
}

func historyCancelled(ctx context.Context, s stores) error {
	if err := add(ctx, s, "a", History("a")...); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.History(ctx, "a"); !errors.Is(err, context.Canceled) {
		return errors.Join(errors.New("History did not give the error of its context"), err)
	}
	return nil
}

func noAliasing(ctx context.Context, s stores) error {
	want := History("a")
	handed := slices.Clone(want)
	if err := s.Update(ctx, "a", func([]srmt.Step) (srmt.Change, error) {
		return srmt.Change{Append: handed[:7]}, nil
	}); err != nil {
		return err
	}
	handed[0].Office = "changed"
	read, err := s.History(ctx, "a")
	if err != nil {
		return err
	}
	read[1].Officer = "changed"
	if err := s.Update(ctx, "a", func(history []srmt.Step) (srmt.Change, error) {
		history[2].By = "changed"
		return srmt.Change{Append: want[7:]}, nil
	}); err != nil {
		return err
	}
	return wantHistory(ctx, s, "a", want)
}

func doesNotAddUp(ctx context.Context, s stores) error {
	whole := History("a")
	if err := add(ctx, s, "a", whole[:2]...); err != nil {
		return err
	}
	for what, steps := range map[string][]srmt.Step{
		"a gap":             {whole[3]},
		"a repeated step":   {whole[1]},
		"a second receipt":  {whole[2], func() srmt.Step { first := whole[0]; first.Seq = 4; return first }()},
		"a step of no kind": {{Seq: 3, At: Start(), By: "siio-nsc"}},
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
	if err := add(ctx, s, "a", History("b")[0]); err == nil {
		return errors.New("Update returned nil")
	}
	for _, id := range []string{"a", "b"} {
		if _, err := s.History(ctx, id); !errors.Is(err, srmt.ErrNotFound) {
			return errors.Join(fmt.Errorf("History of %s did not return ErrNotFound", id), err)
		}
	}
	return wantList(ctx, s, srmt.Query{})
}

func letters(ctx context.Context, s stores) error {
	for _, id := range []string{"abc", "ABC"} {
		if err := add(ctx, s, id, History(id)[:2]...); err != nil {
			return err
		}
	}
	for _, id := range []string{"abc", "ABC"} {
		if err := wantHistory(ctx, s, id, History(id)[:2]); err != nil {
			return err
		}
	}
	return nil
}

// list reads the whole list, failing on an error of the store.
func list(ctx context.Context, s stores, query srmt.Query) ([]srmt.ServiceRequest, error) {
	var all []srmt.ServiceRequest
	for request, err := range s.List(ctx, query) {
		if err != nil {
			return nil, fmt.Errorf("list: %w", err)
		}
		all = append(all, request)
	}
	return all, nil
}

func wantList(ctx context.Context, s stores, query srmt.Query, want ...srmt.ServiceRequest) error {
	got, err := list(ctx, s, query)
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("query %+v gave\n\t%+v, want\n\t%+v", query, got, want)
	}
	return nil
}

func listIsReplay(ctx context.Context, s stores) error {
	history := History("a")
	for n, step := range history {
		if err := add(ctx, s, "a", step); err != nil {
			return err
		}
		want, err := srmt.Replay(history[:n+1])
		if err != nil {
			return err
		}
		if err := wantList(ctx, s, srmt.Query{}, want); err != nil {
			return fmt.Errorf("after step %d: %w", n+1, err)
		}
	}
	return nil
}

// fill files requests on several days at two offices, each at another point of its
// history, and returns their states in the order of a list.
func fill(ctx context.Context, s stores) ([]srmt.ServiceRequest, error) {
	// Those of one day are in another order in a dictionary than by their bytes, and none
	// are in the order of filing.
	ids := []string{"h", "a", "B", "a_1", "a1", "Z", "_x", "A"}
	var all []srmt.ServiceRequest
	for n, day := range []string{"2013-08-17", "2013-08-15", "2013-08-15", "2013-08-16", "2013-08-16", "2013-08-14", "2013-08-18", "2013-08-19"} {
		id := ids[n]
		history := History(id)[:n+1]
		history[0] = Received(id, cris.MustParseDate(day), []casestatus.OfficeCode{"NSC", "ESC"}[n%2])
		if err := add(ctx, s, id, history...); err != nil {
			return nil, err
		}
		state, err := srmt.Replay(history)
		if err != nil {
			return nil, err
		}
		all = append(all, state)
	}
	slices.SortFunc(all, func(a, b srmt.ServiceRequest) int { return a.Key().Compare(b.Key()) })
	return all, nil
}

func listRestricts(ctx context.Context, s stores) error {
	all, err := fill(ctx, s)
	if err != nil {
		return err
	}
	queries := []srmt.Query{{OverdueOn: cris.MustParseDate("2013-09-14")}}
	for _, office := range []casestatus.OfficeCode{"", "NSC", "ESC", "SSC", "nsc"} {
		for _, status := range []srmt.Status{"", srmt.Unassigned, srmt.Assigned, srmt.Closed} {
			for _, officer := range []srmt.StaffID{"", "iio-nsc", "siio-nsc", "iio-ssc"} {
				for _, overdue := range []cris.Date{{}, cris.MustParseDate("2013-09-15"), cris.MustParseDate("2014-01-01")} {
					queries = append(queries, srmt.Query{Office: office, Status: status, Officer: officer, OverdueOn: overdue})
				}
			}
		}
	}
	for _, query := range queries {
		want := slices.DeleteFunc(slices.Clone(all), func(r srmt.ServiceRequest) bool { return !query.Matches(r) })
		got, err := list(ctx, s, query)
		if err != nil {
			return err
		}
		slices.SortFunc(got, func(a, b srmt.ServiceRequest) int { return a.Key().Compare(b.Key()) })
		if !slices.Equal(got, want) {
			return fmt.Errorf("query %+v gave %+v, want %+v", query, got, want)
		}
	}
	return nil
}

func listOrder(ctx context.Context, s stores) error {
	all, err := fill(ctx, s)
	if err != nil {
		return err
	}
	return wantList(ctx, s, srmt.Query{}, all...)
}

func listPages(ctx context.Context, s stores) error {
	all, err := fill(ctx, s)
	if err != nil {
		return err
	}
	for limit := 1; limit <= len(all)+1; limit++ {
		var got []srmt.ServiceRequest
		page := srmt.Page{Limit: limit}
		for {
			part, err := list(ctx, s, srmt.Query{Page: page})
			if err != nil {
				return err
			}
			if len(part) > limit {
				return fmt.Errorf("a page of %d has %d requests", limit, len(part))
			}
			if len(part) == 0 {
				break
			}
			if got = append(got, part...); len(got) > len(all) {
				return fmt.Errorf("pages of %d gave more than the %d requests there are", limit, len(all))
			}
			page.After = part[len(part)-1].Key()
		}
		if !slices.Equal(got, all) {
			return fmt.Errorf("pages of %d gave %+v, want %+v", limit, got, all)
		}
	}
	return nil
}

func listLong(ctx context.Context, s stores) error {
	const many = 501
	for n := range many {
		id := fmt.Sprintf("request-%03d", n)
		if err := add(ctx, s, id, Received(id, cris.MustParseDate("2013-08-15"), "NSC")); err != nil {
			return err
		}
	}
	for limit, want := range map[int]int{0: many, many - 1: many - 1, many + 1: many} {
		got, err := list(ctx, s, srmt.Query{Page: srmt.Page{Limit: limit}})
		if err != nil {
			return err
		}
		if len(got) != want {
			return fmt.Errorf("a list of %d requests with limit %d gave %d", many, limit, len(got))
		}
		for n, request := range got {
			if request.ID != fmt.Sprintf("request-%03d", n) {
				return fmt.Errorf("request number %d of the list is %s", n+1, request.ID)
			}
		}
	}
	return nil
}

func listResumes(ctx context.Context, s stores) error {
	var states []srmt.ServiceRequest
	for _, id := range []string{"a", "b", "c"} {
		first := History(id)[:1]
		if err := add(ctx, s, id, first...); err != nil {
			return err
		}
		state, err := srmt.Replay(first)
		if err != nil {
			return err
		}
		states = append(states, state)
	}
	if err := add(ctx, s, "b", History("b")[1]); err != nil {
		return err
	}
	return wantList(ctx, s, srmt.Query{Status: srmt.Unassigned, Page: srmt.Page{After: states[1].Key()}}, states[2])
}

func listHoldsNothing(ctx context.Context, s stores) error {
	all, err := fill(ctx, s)
	if err != nil {
		return err
	}
	moment, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	yielded := 0
	for request, err := range s.List(ctx, srmt.Query{}) {
		if err != nil {
			return err
		}
		yielded++
		history, err := s.History(moment, request.ID)
		if err != nil {
			return fmt.Errorf("History while a list yields: %w", err)
		}
		if err := add(moment, s, request.ID, srmt.Step{
			Seq: len(history) + 1, Kind: srmt.StepCorresponded, By: "iio", At: Start(),
			Message: Message(srmt.ToCustomer, srmt.ByTelephone),
		}); err != nil {
			return fmt.Errorf("Update while a list yields: %w", err)
		}
	}
	if yielded != len(all) {
		return fmt.Errorf("the list yielded %d of %d requests", yielded, len(all))
	}
	next, leave := iter.Pull2(s.List(ctx, srmt.Query{}))
	_, err, _ = next()
	leave()
	if err != nil {
		return err
	}
	return add(moment, s, "z", Received("z", cris.MustParseDate("2013-08-15"), "NSC"))
}

func listCancelled(ctx context.Context, s stores) error {
	if _, err := fill(ctx, s); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	yielded := 0
	var failed error
	for _, err := range s.List(cancelled, srmt.Query{}) {
		yielded++
		failed = err
	}
	if yielded != 1 || !errors.Is(failed, context.Canceled) {
		return errors.Join(fmt.Errorf("the list yielded %d times, want one error and the end", yielded), failed)
	}
	return nil
}
