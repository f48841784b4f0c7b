// Package accesstest proves stores of access.Trails, and helps to test programs that keep trails of
// amendments.
package accesstest

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
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// TestTrails checks every promise of access.Trails. newTrails is called once per
// promise and gives an empty store.
func TestTrails(t *testing.T, newTrails func(t *testing.T) access.Trails) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedClauses(), ownClauses()), newTrails)
}

func sharedClauses() []contract.Clause[access.Trails] {
	return slices.Concat(
		contract.ReadClauses("Record", asSteps),
		contract.ListClauses("Steps", listing),
	)
}

func ownClauses() []contract.Clause[access.Trails] {
	return []contract.Clause[access.Trails]{
		{Name: "Record/Again", Promise: "the same step again gives no error and changes nothing", Check: recordedAgain},
		{Name: "Record/Taken", Promise: "another step with an ID that is on file gives ErrConflict, and the first stays as it is", Check: taken},
		{Name: "Steps/Order", Promise: "the earliest step comes first; of one instant, by the bytes of the IDs; and a list goes on after any of them", Check: order},
	}
}

// Start is when the first of a series of steps was made.
func Start() time.Time { return time.Date(2026, 3, 2, 14, 30, 0, 123_457_000, time.UTC) }

// NewStep returns the n-th of a series of steps, a second after one another, each with a
// handle of its own. The edits change it before it is returned.
func NewStep(n int, edits ...func(*access.Step)) access.Step {
	kinds, findings, classes := access.StepKinds(), access.Findings(), disclosure.Classes()
	step := access.Step{
		ID: "step-" + strconv.Itoa(n), Handle: selfcheck.Handle("handle-" + strconv.Itoa(n)),
		At: Start().Add(time.Duration(n) * time.Second), By: "privacy-" + strconv.Itoa(n), Kind: kinds[n%len(kinds)],
		Classes: []disclosure.Class{classes[n%len(classes)], classes[(n+1)%len(classes)]}, Finding: findings[n%len(findings)],
		KeptUntil: cris.MustParseDate("2031-03-02").AddDays(n),
	}
	for _, edit := range edits {
		edit(&step)
	}
	return step
}

// equal reports whether two steps are the same in all that they hold.
func equal(a, b access.Step) bool {
	return a.Equal(b) && (a.At.IsZero() || a.At.Location() == time.UTC)
}

func asSteps(s access.Trails) contract.Read[access.Step] {
	return contract.Read[access.Step]{
		New: func(n int) access.Step { return NewStep(n) },
		Put: s.Record,
		Get: func(ctx context.Context, v access.Step) (access.Step, error) {
			all, err := steps(ctx, s, v.Handle, access.Page{})
			if at := slices.IndexFunc(all, func(step access.Step) bool { return step.ID == v.ID }); at >= 0 {
				return all[at], err
			}
			return access.Step{}, err
		},
		Equal: equal,
		Spoil: func(v access.Step) { clear(v.Classes) },
		WithID: func(v access.Step, id string) access.Step {
			v.ID = id
			return v
		},
		Texts: []contract.Text[access.Step]{
			{Name: "handle", With: func(v access.Step, text string) access.Step { v.Handle = selfcheck.Handle(text); return v }},
			{Name: "class", With: func(v access.Step, text string) access.Step {
				v.Classes = []disclosure.Class{disclosure.Name, disclosure.Class(text)}
				return v
			}},
			{Name: "official", With: func(v access.Step, text string) access.Step { v.By = text; return v }},
		},
	}
}

func steps(ctx context.Context, s access.Trails, handle selfcheck.Handle, page access.Page) (all []access.Step, err error) {
	for step, err := range s.List(ctx, handle, page) {
		if err != nil {
			return nil, err
		}
		all = append(all, step)
	}
	return all, nil
}

// listing lets the shared clauses see the steps of one handle. A key is the ID of a step; all
// were made at one instant.
func listing(s access.Trails) contract.List {
	others := []selfcheck.Handle{"RECORD", "record ", ""}
	other := 0
	put := func(ctx context.Context, handle selfcheck.Handle, id string) error {
		return s.Record(ctx, NewStep(1, func(step *access.Step) { step.ID, step.Handle, step.At = id, handle, Start() }))
	}
	return contract.List{
		AnyKey: true,
		Key:    func(n int) string { return fmt.Sprintf("step-%06d", n) },
		Put: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				if err := put(ctx, "record", id); err != nil {
					return err
				}
			}
			return nil
		},
		PutOther: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				other++
				if err := put(ctx, others[other%len(others)], id); err != nil {
					return err
				}
			}
			return nil
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			of := access.Page{Limit: page.Limit}
			if page.After != "" {
				of.After = access.Key{At: Start(), ID: page.After}
			}
			return contract.KeysOf(s.List(ctx, "record", of), func(step access.Step) string { return step.ID })
		},
	}
}

// record saves steps one after another.
func record(ctx context.Context, s access.Trails, all ...access.Step) error {
	for _, step := range all {
		if err := s.Record(ctx, step); err != nil {
			return fmt.Errorf("record %s: %w", step.ID, err)
		}
	}
	return nil
}

func want(ctx context.Context, s access.Trails, handle selfcheck.Handle, page access.Page, want ...access.Step) error {
	got, err := steps(ctx, s, handle, page)
	if err != nil {
		return err
	}
	if !slices.EqualFunc(got, want, equal) {
		return fmt.Errorf("the steps differ from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

func recordedAgain(ctx context.Context, s access.Trails) error {
	step := NewStep(1)
	if err := record(ctx, s, step, step); err != nil {
		return err
	}
	return want(ctx, s, step.Handle, access.Page{}, step)
}

func taken(ctx context.Context, s access.Trails) error {
	first := NewStep(1)
	if err := record(ctx, s, first); err != nil {
		return err
	}
	for _, change := range []func(*access.Step){
		func(step *access.Step) { step.Handle = "another" },
		func(step *access.Step) { step.At = step.At.Add(time.Microsecond) },
		func(step *access.Step) { step.By = "another" },
		func(step *access.Step) { step.Kind = access.StepDisagreement },
		func(step *access.Step) { step.Classes = step.Classes[:1] },
		func(step *access.Step) { step.Finding = "" },
		func(step *access.Step) { step.KeptUntil = step.KeptUntil.AddDays(1) },
	} {
		if err := s.Record(ctx, NewStep(1, change)); !errors.Is(err, access.ErrConflict) {
			return errors.Join(errors.New("another step with the same ID did not give ErrConflict"), err)
		}
	}
	return errors.Join(want(ctx, s, first.Handle, access.Page{}, first), want(ctx, s, "another", access.Page{}))
}

func order(ctx context.Context, s access.Trails) error {
	at := func(seconds int, id string) access.Step {
		return NewStep(seconds, func(step *access.Step) { step.ID, step.Handle = id, "record" })
	}
	all := []access.Step{at(1, "z"), at(2, "B"), at(2, "a"), at(2, "b"), at(3, "A")}
	for _, i := range []int{3, 0, 4, 2, 1} {
		if err := record(ctx, s, all[i]); err != nil {
			return err
		}
	}
	for i := range all {
		if err := want(ctx, s, "record", access.Page{After: all[i].Key()}, all[i+1:]...); err != nil {
			return err
		}
	}
	return want(ctx, s, "record", access.Page{}, all...)
}
