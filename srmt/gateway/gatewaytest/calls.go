// Package gatewaytest checks implementations of the port of gateway, and builds what tests of calls
// need: steps, histories, a clock and a [Roster]. A store is proven by one call:
//
//	func TestCalls(t *testing.T) {
//		gatewaytest.TestCalls(t, func(t *testing.T) gateway.Calls { ... })
//	}
package gatewaytest

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
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// TestCalls checks every promise of gateway.Calls. newCalls is called once per promise and gives an
// empty store.
func TestCalls(t *testing.T, newCalls func(t *testing.T) gateway.Calls) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedClauses(), ownClauses()), newCalls)
}

// sharedClauses are what every Update, every read and every list promises.
func sharedClauses() []contract.Clause[gateway.Calls] {
	return slices.Concat(
		contract.AtomicClausesWithoutEvents(asAtomic),
		contract.ReadClauses("History", asHistories),
		contract.ListClauses("List", listing{}.view),
		contract.ListClauses("List/ByStaff", listing{
			query:  gateway.CallQuery{By: "rep-1"},
			others: []other{{by: "REP-1"}, {by: "rep-1 "}, {by: "rep-2"}},
		}.view),
		contract.ListClauses("List/Period", listing{
			query:  gateway.CallQuery{From: Start(), Before: Start().Add(time.Microsecond)},
			others: []other{{by: "rep-1", later: -time.Microsecond}, {by: "rep-1", later: time.Microsecond}, {by: "rep-1", later: time.Hour}},
		}.view),
	)
}

func ownClauses() []contract.Clause[gateway.Calls] {
	return []contract.Clause[gateway.Calls]{
		{Name: "Update/DoesNotFollow", Promise: "steps that do not go on where the history stops are refused with a *HistoryError, and nothing is saved", Check: doesNotFollow},
		{Name: "List/Summary", Promise: "after every step the listed summary is what Extend makes of the history", Check: listIsSummary},
		{Name: "List/Restricts", Promise: "a query gives the calls that match it, and all of them", Check: listRestricts},
		{Name: "List/Order", Promise: "what started first comes first; of one instant, by the bytes of the IDs; and a list goes on after any of them", Check: listOrder},
	}
}

// asAtomic lets the shared clauses add one step per entry.
func asAtomic(s gateway.Calls) contract.Atomic {
	id := func(scope int) string { return "call-" + strconv.Itoa(scope) }
	update := func(ctx context.Context, scope, steps int, decide func(seen int) ([]cris.Event, error)) error {
		return s.Update(ctx, id(scope), func(prior []gateway.Step) (change gateway.Change, err error) {
			_, err = decide(len(prior))
			for n := range steps {
				change.Append = append(change.Append, stepAfter(len(prior)+n))
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
			if errors.Is(err, gateway.ErrNotFound) {
				err = nil
			}
			return len(history), err
		},
	}
}

// stepAfter returns a step that a store takes after so many.
func stepAfter(version int) gateway.Step {
	if version == 0 {
		return NewStarted()
	}
	return gateway.Step{Seq: version + 1, Kind: gateway.StepRead, At: Start().Add(time.Duration(version) * time.Second), Block: 1}
}

// held is a call with its history.
type held struct {
	id    string
	steps []gateway.Step
}

// someCase is the case about which callers call.
func someCase() casestatus.Case { return casestatustest.NewPendingCase(1) }

// placeOf returns where the first step of the kind stands in NewHistory.
func placeOf(kind gateway.StepKind) int {
	return slices.IndexFunc(NewHistory(someCase()), func(s gateway.Step) bool { return s.Kind == kind })
}

// asHistories lets the shared clauses read histories by the ID of the call.
func asHistories(s gateway.Calls) contract.Read[held] {
	inStep := func(n int, set func(step *gateway.Step, text string)) func(held, string) held {
		return func(v held, text string) held {
			v.steps = slices.Clone(v.steps)
			set(&v.steps[n], text)
			return v
		}
	}
	mended := placeOf(gateway.StepReturned) + 1 // what the caller said then
	return contract.Read[held]{
		New: func(n int) held { return held{"call-" + strconv.Itoa(n), NewHistory(someCase())} },
		Next: func(v held, n int) held {
			next := stepAfter(len(v.steps))
			next.Block = n
			return held{v.id, append(slices.Clone(v.steps), next)}
		},
		Put: func(ctx context.Context, v held) error {
			return s.Update(ctx, v.id, func(prior []gateway.Step) (gateway.Change, error) {
				return gateway.Change{Append: v.steps[len(prior):]}, nil
			})
		},
		Get: func(ctx context.Context, v held) (held, error) {
			steps, err := s.History(ctx, v.id)
			return held{v.id, steps}, err
		},
		Given: func(ctx context.Context, v held) (given held, err error) {
			err = s.Update(ctx, v.id, func(prior []gateway.Step) (gateway.Change, error) {
				given = held{v.id, prior}
				return gateway.Change{}, nil
			})
			return given, err
		},
		Equal: func(a, b held) bool { return a.id == b.id && slices.Equal(a.steps, b.steps) },
		Spoil: func(v held) {
			for i := range v.steps {
				v.steps[i].By, v.steps[i].Said = "changed", gateway.Said{}
			}
		},
		Missing: gateway.ErrNotFound,
		WithID:  func(_ held, id string) held { return held{id, NewHistory(someCase())} },
		Texts: []contract.Text[held]{
			{Name: "representative", With: inStep(0, func(s *gateway.Step, text string) { s.By = srmt.StaffID(text) })},
			{Name: "script", With: inStep(0, func(s *gateway.Step, text string) { s.Script = gateway.ScriptID(text) })},
			{Name: "statement", With: inStep(0, func(s *gateway.Step, text string) { s.Statement = text })},
			{Name: "node", With: inStep(placeOf(gateway.StepShown), func(s *gateway.Step, text string) { s.Node = gateway.NodeID(text) })},
			{Name: "choice", With: inStep(placeOf(gateway.StepChosen), func(s *gateway.Step, text string) { s.Choice = gateway.ChoiceID(text) })},
			{Name: "request", With: inStep(placeOf(gateway.StepOpened), func(s *gateway.Step, text string) { s.RequestID = text })},
			{Name: "form", With: inStep(placeOf(gateway.StepSaid), func(s *gateway.Step, text string) { s.Said.Screening.Form = casestatus.FormNumber(text) })},
			{Name: "e-mail", Personal: true, With: inStep(mended, func(s *gateway.Step, text string) { s.Said.Details.Contact.Email = cris.NewPersonal(text) })},
			{Name: "firm", Personal: true, With: inStep(mended, func(s *gateway.Step, text string) { s.Said.Details.Representative.Firm = cris.NewPersonal(text) })},
			{Name: "correction", Personal: true, With: inStep(mended, func(s *gateway.Step, text string) { s.Said.Details.Corrections.Name.Correct = cris.NewPersonal(text) })},
		},
		Personal: []string{"Lindstr", "Ana María", "ana@example", "202 555", "Okafor", "17 Elm", "A012345678", "1984-02-29"},
	}
}

func doesNotFollow(ctx context.Context, s gateway.Calls) error {
	whole := NewHistory(someCase())
	if err := PutCall(ctx, s, "a", whole[:2]...); err != nil {
		return err
	}
	for what, steps := range map[string][]gateway.Step{
		"a gap":             {whole[3]},
		"a repeated step":   {whole[1]},
		"a second start":    {NewStarted(func(step *gateway.Step) { step.Seq = 3 })},
		"a step of no kind": {{Seq: 3, At: Start()}},
		"one good step and one that does not follow": {whole[2], whole[2]},
	} {
		var problem *gateway.HistoryError
		if err := PutCall(ctx, s, "a", steps...); !errors.As(err, &problem) {
			return errors.Join(fmt.Errorf("Update with %s did not return a *gateway.HistoryError", what), err)
		}
		if err := wantHistory(ctx, s, "a", whole[:2]); err != nil {
			return fmt.Errorf("after %s: %w", what, err)
		}
	}
	var problem *gateway.HistoryError
	if err := PutCall(ctx, s, "b", whole[1]); !errors.As(err, &problem) {
		return errors.Join(errors.New("Update of a call that has not started did not return a *gateway.HistoryError"), err)
	}
	if _, err := s.History(ctx, "b"); !errors.Is(err, gateway.ErrNotFound) {
		return errors.Join(errors.New("a call that has not started is on file"), err)
	}
	return nil
}

func wantHistory(ctx context.Context, s gateway.Calls, id string, want []gateway.Step) error {
	got, err := s.History(ctx, id)
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the history of %s is\n\t%+v, want\n\t%+v", id, got, want)
	}
	return nil
}

// other is how a call differs from those that belong in a list.
type other struct {
	by    srmt.StaffID
	later time.Duration
}

// listing is a list of one sort: what it is asked for, and what does not belong in it.
type listing struct {
	query  gateway.CallQuery
	others []other
}

// view lets the shared clauses see the list. A key is the ID of a call; all that belong in it
// started at one instant.
func (l listing) view(s gateway.Calls) contract.List {
	put := func(ctx context.Context, id string, o other) error {
		return PutCall(ctx, s, id, NewStarted(func(step *gateway.Step) { step.By, step.At = o.by, Start().Add(o.later) }))
	}
	n := 0
	view := contract.List{
		AnyKey: true,
		Key:    func(n int) string { return fmt.Sprintf("call-%06d", n) },
		Put: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				if err := put(ctx, id, other{by: "rep-1"}); err != nil {
					return err
				}
			}
			return nil
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			query := l.query
			query.Page.Limit = page.Limit
			if page.After != "" {
				query.Page.After = gateway.CallKey{Started: Start(), ID: page.After}
			}
			return contract.KeysOf(s.List(ctx, query), func(call gateway.Summary) string { return call.ID })
		},
	}
	if len(l.others) > 0 {
		view.PutOther = func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				n++
				if err := put(ctx, id, l.others[n%len(l.others)]); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return view
}

func wantList(ctx context.Context, s gateway.Calls, query gateway.CallQuery, want ...gateway.Summary) error {
	var got []gateway.Summary
	for call, err := range s.List(ctx, query) {
		if err != nil {
			return fmt.Errorf("list: %w", err)
		}
		got = append(got, call)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("query %+v gave\n\t%+v, want\n\t%+v", query, got, want)
	}
	return nil
}

func listIsSummary(ctx context.Context, s gateway.Calls) error {
	brokenOff := gateway.Step{Seq: 2, Kind: gateway.StepBrokenOff, At: Start().Add(time.Hour)}
	var want []gateway.Summary
	for n, history := range [][]gateway.Step{NewHistory(someCase()), {NewStarted(), brokenOff}} {
		id := strconv.Itoa(n)
		want = append(want, gateway.Summary{})
		for _, step := range history {
			if err := PutCall(ctx, s, id, step); err != nil {
				return err
			}
			var err error
			if want[n], err = gateway.Extend(id, want[n], gateway.Change{Append: []gateway.Step{step}}); err != nil {
				return err
			}
			if err := wantList(ctx, s, gateway.CallQuery{}, want...); err != nil {
				return fmt.Errorf("after step %d: %w", step.Seq, err)
			}
		}
	}
	return nil
}

// fill puts calls of three representatives on file, and returns them in the order of a list.
func fill(ctx context.Context, s gateway.Calls) (all []gateway.Summary, err error) {
	// Those of one instant are in another order in a dictionary than by their bytes.
	for n, id := range []string{"h", "a", "B", "a_1", "a1", "Z", "_x", "A"} {
		by := srmt.StaffID([]string{"rep-1", "rep-2", "REP-1"}[n%3])
		at := Start().Add(-time.Duration(n/3) * time.Microsecond)
		step := NewStarted(func(step *gateway.Step) { step.By, step.At = by, at })
		if err := PutCall(ctx, s, id, step); err != nil {
			return nil, err
		}
		call, err := gateway.Extend(id, gateway.Summary{}, gateway.Change{Append: []gateway.Step{step}})
		if err != nil {
			return nil, err
		}
		all = append(all, call)
	}
	slices.SortFunc(all, func(a, b gateway.Summary) int { return a.Key().Compare(b.Key()) })
	return all, nil
}

func listRestricts(ctx context.Context, s gateway.Calls) error {
	all, err := fill(ctx, s)
	if err != nil {
		return err
	}
	instants := []time.Time{{}}
	for n := -3; n <= 1; n++ {
		instants = append(instants, Start().Add(time.Duration(n)*time.Microsecond))
	}
	for _, by := range []srmt.StaffID{"", "rep-1", "REP-1", "rep-2", "rep-3", "rep-1\x00", "\xff"} {
		for _, from := range instants {
			for _, before := range instants {
				query := gateway.CallQuery{By: by, From: from, Before: before}
				want := slices.DeleteFunc(slices.Clone(all), func(c gateway.Summary) bool { return !query.Matches(c) })
				if err := wantList(ctx, s, query, want...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func listOrder(ctx context.Context, s gateway.Calls) error {
	all, err := fill(ctx, s)
	if err != nil {
		return err
	}
	for i := range all {
		if err := wantList(ctx, s, gateway.CallQuery{Page: gateway.CallPage{After: all[i].Key()}}, all[i+1:]...); err != nil {
			return err
		}
	}
	return wantList(ctx, s, gateway.CallQuery{}, all...)
}
