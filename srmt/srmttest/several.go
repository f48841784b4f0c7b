package srmttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

// errGivesUp is the error of a decide that has nothing saved.
var errGivesUp = errors.New("srmttest: decide gives up")

// severalTogether saves two requests, a member of staff and an event in one Update, after another
// that failed.
func severalTogether(ctx context.Context, s stores) error {
	member := srmt.NewStaff("o1", srmt.IIO, "NSC")
	scope := srmt.Scope{Requests: []string{"b", "a", "c"}, Staff: []srmt.StaffID{"", "o1"}}
	change := srmt.Change{
		Steps:  map[string][]srmt.Step{"a": NewHistory("a")[:2], "b": NewHistory("b")[:1]},
		Staff:  []srmt.Staff{member},
		Events: []cris.Event{{ID: "several/1", Type: "test", Source: "/test", Subject: "a", Time: Start()}},
	}
	for _, spoiled := range []srmt.Change{
		{Steps: map[string][]srmt.Step{"a": NewHistory("a")[:2], "b": NewHistory("b")[1:2]}, Staff: change.Staff, Events: change.Events},
		{Steps: map[string][]srmt.Step{"a": NewHistory("a")[:2], "b": NewHistory("a")[:1]}, Staff: change.Staff, Events: change.Events},
	} {
		if err := s.Update(ctx, scope, func(srmt.Prior) (srmt.Change, error) { return spoiled, nil }); err == nil {
			return errors.New("an Update with steps that do not add up returned nil")
		}
	}
	if err := s.Update(ctx, scope, func(srmt.Prior) (srmt.Change, error) { return change, errGivesUp }); !errors.Is(err, errGivesUp) {
		return errors.Join(errors.New("the error of decide did not come back"), err)
	}
	if err := wantList(ctx, s, srmt.Query{}); err != nil {
		return err
	}
	if _, err := s.Staff(ctx, "o1"); !errors.Is(err, srmt.ErrNotFound) {
		return errors.Join(errors.New("a member of staff was saved without the rest"), err)
	}
	if err := s.Update(ctx, scope, func(srmt.Prior) (srmt.Change, error) { return change, nil }); err != nil {
		return err
	}
	if err := errors.Join(wantHistory(ctx, s, "a", NewHistory("a")[:2]), wantHistory(ctx, s, "b", NewHistory("b")[:1])); err != nil {
		return err
	}
	if got, err := s.Staff(ctx, "o1"); err != nil || !got.Equal(member) {
		return errors.Join(fmt.Errorf("the member of staff is %+v", got), err)
	}
	var seen srmt.Prior
	if err := s.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
		seen = prior
		return srmt.Change{}, nil
	}); err != nil {
		return err
	}
	for i, id := range []string{"b", "a", ""} {
		if len(seen.Requests) != 3 || seen.Requests[i].ID != id {
			return fmt.Errorf("decide was given %+v, want b, a and none", seen.Requests)
		}
	}
	return nil
}

// severalWait lets an Update of another scope begin while one is decided. What both have in common
// is a request in the first round, and a member of staff in the second.
func severalWait(ctx context.Context, s stores) error {
	const moment = 100 * time.Millisecond
	for _, test := range []struct {
		what         string
		first, other srmt.Scope
	}{
		{"a request", srmt.Scope{Requests: []string{"a", "b"}, Staff: []srmt.StaffID{"x"}}, srmt.Scope{Requests: []string{"c", "b"}, Staff: []srmt.StaffID{"y"}}},
		{"a member of staff", srmt.Scope{Requests: []string{"d"}, Staff: []srmt.StaffID{"o1", "o2"}}, srmt.Scope{Requests: []string{"e"}, Staff: []srmt.StaffID{"o2"}}},
	} {
		other := make(chan error, 1)
		begun, overlapped := false, false
		err := s.Update(ctx, test.first, func(srmt.Prior) (srmt.Change, error) {
			if !begun {
				begun = true
				go func() {
					other <- s.Update(ctx, test.other, func(srmt.Prior) (srmt.Change, error) {
						return stepsOf(test.other.Requests[0], stepAfter(0, test.other.Requests[0])), nil
					})
				}()
			}
			select {
			case err := <-other:
				other <- err
				overlapped = err == nil
			case <-time.After(moment):
			}
			return stepsOf(test.first.Requests[0], stepAfter(0, test.first.Requests[0])), nil
		})
		if err != nil && !errors.Is(err, srmt.ErrConflict) {
			return err
		}
		saved := err == nil
		if err := <-other; err != nil && !errors.Is(err, srmt.ErrConflict) {
			return err
		}
		if saved && overlapped {
			return fmt.Errorf("an Update was saved while another decided that has %s in common with it", test.what)
		}
	}
	return nil
}

func beyondScope(ctx context.Context, s stores) error {
	scope := srmt.Scope{Requests: []string{"a"}, Staff: []srmt.StaffID{"o1", ""}}
	for what, change := range map[string]srmt.Change{
		"steps of another request":                {Steps: map[string][]srmt.Step{"a": NewHistory("a")[:1], "b": NewHistory("b")[:1]}},
		"another member of staff":                 {Steps: map[string][]srmt.Step{"a": NewHistory("a")[:1]}, Staff: []srmt.Staff{srmt.NewStaff("o2", srmt.IIO, "NSC")}},
		"a member of staff with other letters":    {Steps: map[string][]srmt.Step{"a": NewHistory("a")[:1]}, Staff: []srmt.Staff{srmt.NewStaff("O1", srmt.IIO, "NSC")}},
		"a member of staff without an identifier": {Steps: map[string][]srmt.Step{"a": NewHistory("a")[:1]}, Staff: []srmt.Staff{{Accommodations: true}}},
	} {
		if err := s.Update(ctx, scope, func(srmt.Prior) (srmt.Change, error) { return change, nil }); err == nil {
			return fmt.Errorf("Update took %s", what)
		}
		if err := wantList(ctx, s, srmt.Query{}); err != nil {
			return fmt.Errorf("after %s: %w", what, err)
		}
		for _, id := range []srmt.StaffID{"o1", "o2", "O1", ""} {
			if _, err := s.Staff(ctx, id); !errors.Is(err, srmt.ErrNotFound) {
				return errors.Join(fmt.Errorf("after %s: Staff(%q) did not return ErrNotFound", what, id), err)
			}
		}
	}
	return nil
}

// updateGivesLoads has one officer hold two requests at different offices, beside one that was
// closed, one that went on and one that is somebody else's.
func updateGivesLoads(ctx context.Context, s stores) error {
	for id, steps := range map[string]func(id string) []srmt.Step{
		"a": history(filedOn, "NSC", "iio"),
		"b": history(filedOn, "SSC", "iio"),
		"c": history(filedOn, "NSC", "iio", responded),
		"d": history(filedOn, "NSC", "iio", srmt.Step{Kind: srmt.StepRedirected, By: "siio", Office: "SSC", Why: srmt.OfficeBandwidth}),
		"e": history(filedOn, "NSC", "IIO"),
		"f": unassigned(filedOn),
	} {
		if err := add(ctx, s, id, steps(id)...); err != nil {
			return err
		}
	}
	for _, test := range []struct {
		scope srmt.Scope
		want  []int
	}{
		{srmt.Scope{Staff: []srmt.StaffID{"iio", "IIO", "", "nobody", "iio"}, Loads: true}, []int{2, 1, 0, 0, 2}},
		{srmt.Scope{Staff: []srmt.StaffID{"nobody"}, Loads: true}, []int{0}},
		{srmt.Scope{Staff: []srmt.StaffID{"iio"}}, nil},
	} {
		var got []int
		if err := s.Update(ctx, test.scope, func(prior srmt.Prior) (srmt.Change, error) {
			got = prior.Loads
			return srmt.Change{}, nil
		}); err != nil {
			return err
		}
		if !slices.Equal(got, test.want) {
			return fmt.Errorf("asked for %+v, decide was given the loads %v, want %v", test.scope, got, test.want)
		}
	}
	return nil
}
