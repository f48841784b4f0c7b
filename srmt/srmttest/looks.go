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
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

// TestLooks checks every promise of srmt.Looks. newLooks is called once per promise and gives an
// empty record.
func TestLooks(t *testing.T, newLooks func(t *testing.T) srmt.Looks) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedLookClauses(), ownLookClauses()), newLooks)
}

// sharedLookClauses are what every read and every list promises.
func sharedLookClauses() []contract.Clause[srmt.Looks] {
	return slices.Concat(
		contract.ReadClauses("Record", asLooks),
		contract.ListClauses("Looks", lookListing{}.view),
		contract.ListClauses("Looks/AtRequest", lookListing{
			query:  srmt.LookQuery{RequestID: "r1"},
			others: []srmt.Look{{RequestID: "R1", By: "iio"}, {RequestID: "r1 ", By: "iio"}, {RequestID: "", By: "r1"}},
		}.view),
		contract.ListClauses("Looks/OfStaff", lookListing{
			query:  srmt.LookQuery{By: "iio"},
			others: []srmt.Look{{RequestID: "r1", By: "IIO"}, {RequestID: "iio", By: "iio "}, {RequestID: "r1", By: ""}},
		}.view),
	)
}

func ownLookClauses() []contract.Clause[srmt.Looks] {
	return []contract.Clause[srmt.Looks]{
		{Name: "Record/Taken", Promise: "a look with an ID that is on record gives ErrConflict, and the first stays as it is", Check: lookTaken},
		{Name: "Looks/Order", Promise: "the earliest look comes first; of one instant, by the bytes of the IDs; and a list goes on after any of them", Check: lookOrder},
		{Name: "Looks/Both", Promise: "a query by request and by member of staff gives what matches both", Check: lookBoth},
	}
}

// NewLook returns the n-th of a series of looks, a second after one another. The edits change it
// before it is returned.
func NewLook(n int, edits ...func(*srmt.Look)) srmt.Look {
	look := srmt.Look{
		ID: "look-" + strconv.Itoa(n), At: Start().Add(time.Duration(n) * time.Second),
		By: "iio-nsc-1", RequestID: "request-" + strconv.Itoa(n), Opened: srmt.AllOpened()[n%len(srmt.AllOpened())],
	}
	for _, edit := range edits {
		edit(&look)
	}
	return look
}

// asLooks lets the shared clauses read looks.
func asLooks(s srmt.Looks) contract.Read[srmt.Look] {
	return contract.Read[srmt.Look]{
		New: func(n int) srmt.Look { return NewLook(n) },
		Put: s.Record,
		Get: func(ctx context.Context, v srmt.Look) (srmt.Look, error) {
			all, err := looks(ctx, s, srmt.LookQuery{})
			if at := slices.IndexFunc(all, func(l srmt.Look) bool { return l.ID == v.ID }); at >= 0 {
				return all[at], err
			}
			return srmt.Look{}, err
		},
		Equal: func(a, b srmt.Look) bool { return a == b },
		WithID: func(v srmt.Look, id string) srmt.Look {
			v.ID = id
			return v
		},
		Texts: []contract.Text[srmt.Look]{
			{Name: "identifier", With: func(v srmt.Look, text string) srmt.Look { v.ID = text; return v }},
			{Name: "member of staff", With: func(v srmt.Look, text string) srmt.Look { v.By = srmt.StaffID(text); return v }},
			{Name: "request", With: func(v srmt.Look, text string) srmt.Look { v.RequestID = text; return v }},
		},
	}
}

func looks(ctx context.Context, s srmt.Looks, query srmt.LookQuery) (all []srmt.Look, err error) {
	for look, err := range s.List(ctx, query) {
		if err != nil {
			return nil, err
		}
		all = append(all, look)
	}
	return all, nil
}

// lookListing is a list of one sort: what it is asked for, and what does not belong in it.
type lookListing struct {
	query  srmt.LookQuery
	others []srmt.Look
}

// view lets the shared clauses see the list. A key is the ID of a look; all were at one instant.
func (l lookListing) view(s srmt.Looks) contract.List {
	put := func(ctx context.Context, look srmt.Look, id string) error {
		look.ID, look.At, look.Opened = id, Start(), srmt.OpenedFile
		return s.Record(ctx, look)
	}
	other := 0
	view := contract.List{
		AnyKey: true,
		Key:    func(n int) string { return fmt.Sprintf("look-%06d", n) },
		Put: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				if err := put(ctx, srmt.Look{RequestID: "r1", By: "iio"}, id); err != nil {
					return err
				}
			}
			return nil
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			query := l.query
			query.Page.Limit = page.Limit
			if page.After != "" {
				query.Page.After = srmt.LookKey{At: Start(), ID: page.After}
			}
			return contract.KeysOf(s.List(ctx, query), func(look srmt.Look) string { return look.ID })
		},
	}
	if len(l.others) > 0 {
		view.PutOther = func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				other++
				if err := put(ctx, l.others[other%len(l.others)], id); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return view
}

func lookTaken(ctx context.Context, s srmt.Looks) error {
	first := NewLook(1)
	if err := s.Record(ctx, first); err != nil {
		return err
	}
	for _, second := range []srmt.Look{first, NewLook(1, func(l *srmt.Look) { l.By, l.RequestID = "siio", "r2" })} {
		if err := s.Record(ctx, second); !errors.Is(err, srmt.ErrConflict) {
			return errors.Join(errors.New("a second look with the same ID did not give ErrConflict"), err)
		}
	}
	return wantLooks(ctx, s, srmt.LookQuery{}, first)
}

func lookOrder(ctx context.Context, s srmt.Looks) error {
	at := func(seconds int, id string) srmt.Look {
		return NewLook(seconds, func(l *srmt.Look) { l.ID = id })
	}
	want := []srmt.Look{at(1, "z"), at(2, "B"), at(2, "a"), at(2, "b"), at(3, "A")}
	for _, i := range []int{3, 0, 4, 2, 1} {
		if err := s.Record(ctx, want[i]); err != nil {
			return err
		}
	}
	for i := range want {
		if err := wantLooks(ctx, s, srmt.LookQuery{Page: srmt.LookPage{After: want[i].Key()}}, want[i+1:]...); err != nil {
			return err
		}
	}
	return wantLooks(ctx, s, srmt.LookQuery{}, want...)
}

func lookBoth(ctx context.Context, s srmt.Looks) error {
	of := func(n int, by srmt.StaffID, request string) srmt.Look {
		return NewLook(n, func(l *srmt.Look) { l.By, l.RequestID = by, request })
	}
	all := []srmt.Look{of(1, "a", "r1"), of(2, "b", "r1"), of(3, "a", "r2"), of(4, "a", "r1")}
	for _, look := range all {
		if err := s.Record(ctx, look); err != nil {
			return err
		}
	}
	return errors.Join(
		wantLooks(ctx, s, srmt.LookQuery{By: "a", RequestID: "r1"}, all[0], all[3]),
		wantLooks(ctx, s, srmt.LookQuery{By: "b", RequestID: "r2"}),
	)
}

func wantLooks(ctx context.Context, s srmt.Looks, query srmt.LookQuery, want ...srmt.Look) error {
	got, err := looks(ctx, s, query)
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the looks differ from what was recorded: %s", contract.Difference(got, want))
	}
	return nil
}
