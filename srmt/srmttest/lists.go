package srmttest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
)

// listClauses are what queries and keys of List mean.
func listClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "List/Sum", Promise: "after every step the listed state is what Replay makes of the history", Check: listIsReplay},
		{Name: "List/Restricts", Promise: "a query gives the requests that match it, and all of them", Check: listRestricts},
		{Name: "List/Order", Promise: "customers who need an accommodation come first; of either kind, what is due first; of one due date, what was filed first; of one day, by the bytes of the IDs", Check: listOrder},
		{Name: "List/Pages", Promise: "page after page gives every request once, however the pages are cut", Check: listPages},
	}
}

// listing is a list of one sort: what it is asked for, what belongs in it and what does not.
type listing struct {
	query  srmt.Query
	belong func(id string) []srmt.Step
	others []func(id string) []srmt.Step
}

var filedOn = cris.MustParseDate("2013-08-15")

// history is a request that was filed on a day and assigned, after which come further steps.
func history(filed cris.Date, office casestatus.OfficeCode, officer srmt.StaffID, further ...srmt.Step) func(id string) []srmt.Step {
	return func(id string) []srmt.Step {
		steps := append([]srmt.Step{NewReceived(id, filed, office), {Kind: srmt.StepAssigned, By: "siio", Officer: officer}}, further...)
		for i := range steps {
			steps[i].Seq, steps[i].At = i+1, Start()
		}
		return steps
	}
}

func unassigned(filed cris.Date) func(id string) []srmt.Step {
	return func(id string) []srmt.Step { return history(filed, "NSC", "")(id)[:1] }
}

// responded is the step with which the officer closes a request.
var responded = srmt.Step{Kind: srmt.StepResponded, By: "iio", Message: NewMessage(srmt.ToCustomer, erequest.ByLetter), Finding: letter.MailedAgain}

var (
	everything = listing{belong: history(filedOn, "NSC", "iio")}

	// An officer is asked for by an ID that differs from another in its case alone.
	worklist = listing{
		query:  srmt.Query{Office: "NSC", Status: srmt.Assigned, Officer: "iio"},
		belong: history(filedOn, "NSC", "iio"),
		others: []func(id string) []srmt.Step{
			history(filedOn, "NSC", "IIO"), history(filedOn, "nsc", "iio"), history(filedOn, "NSC", "iio "),
			unassigned(filedOn), history(filedOn, "NSC", "iio", responded),
		},
	}

	// Those due on September 14 are overdue on the day after it.
	overdue = listing{
		query: srmt.Query{Office: "NSC", OverdueOn: filedOn.AddDays(31)},
		belong: func(id string) []srmt.Step {
			if id[len(id)-1]%2 == 0 {
				return unassigned(filedOn)(id)
			}
			return history(filedOn, "NSC", "iio")(id)
		},
		others: []func(id string) []srmt.Step{
			history(filedOn.AddDays(1), "NSC", "iio"), unassigned(filedOn.AddDays(1)),
			history(filedOn, "nsc", "iio"), history(filedOn, "NSC", "iio", responded),
		},
	}
)

// view lets the shared clauses see the list. A key is the ID of a request; all were filed on
// one day.
func (l listing) view(s stores) contract.List {
	other := 0
	view := contract.List{
		AnyKey: true,
		Key:    func(n int) string { return fmt.Sprintf("request-%06d", n) },
		Put: func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				if err := add(ctx, s, id, l.belong(id)...); err != nil {
					return err
				}
			}
			return nil
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			query := l.query
			query.Page.Limit = page.Limit
			if page.After != "" {
				query.Page.After = srmt.Key{Standard: true, Due: filedOn.AddDays(30), Filed: filedOn, ID: page.After}
			}
			requests := s.List(ctx, query)
			return contract.KeysOf(requests, func(request srmt.ServiceRequest) string { return request.ID })
		},
	}
	if len(l.others) > 0 {
		view.PutOther = func(ctx context.Context, keys ...string) error {
			for _, id := range keys {
				other++
				if err := add(ctx, s, id, l.others[other%len(l.others)](id)...); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return view
}

// list reads the whole list, failing on an error of the store.
func list(ctx context.Context, s srmt.Store, query srmt.Query) ([]srmt.ServiceRequest, error) {
	var all []srmt.ServiceRequest
	for request, err := range s.List(ctx, query) {
		if err != nil {
			return nil, fmt.Errorf("list: %w", err)
		}
		all = append(all, request)
	}
	return all, nil
}

func wantList(ctx context.Context, s srmt.Store, query srmt.Query, want ...srmt.ServiceRequest) error {
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
	var before []srmt.ServiceRequest
	for _, history := range [][]srmt.Step{NewHistory("a"), NewReviewedHistory("b")} {
		id := history[0].Origin.RequestID
		var want srmt.ServiceRequest
		for n, step := range history {
			if err := add(ctx, s, id, step); err != nil {
				return err
			}
			var err error
			if want, err = srmt.Replay(history[:n+1]); err != nil {
				return err
			}
			if err := wantList(ctx, s, srmt.Query{}, append(slices.Clip(before), want)...); err != nil {
				return fmt.Errorf("after step %d of %s: %w", n+1, id, err)
			}
		}
		before = append(before, want)
	}
	return nil
}

// fill files requests with several dates at two offices, each at another point of its
// history, and returns their states in the order of a list.
func fill(ctx context.Context, s stores) ([]srmt.ServiceRequest, error) {
	// Those of one day are in another order in a dictionary than by their bytes, and none
	// are in the order of filing. Some have less time than others.
	ids := []string{"h", "a", "B", "a_1", "a1", "Z", "_x", "A"}
	var all []srmt.ServiceRequest
	for n, dates := range []struct{ filed, due string }{
		{"2013-08-17", "2013-09-16"},
		{"2013-08-15", "2013-09-14"},
		{"2013-08-16", "2013-09-14"},
		{"2013-08-15", "2013-09-14"},
		{"2013-08-16", "2013-09-14"},
		{"2013-08-14", "2013-09-13"},
		{"2013-08-18", "2013-09-02"},
		{"2013-08-19", "2013-09-18"},
	} {
		id := ids[n]
		history := NewHistory(id)[:n+1]
		history[0] = NewReceived(id, cris.MustParseDate(dates.filed), []casestatus.OfficeCode{"NSC", "ESC"}[n%2], func(step *srmt.Step) {
			step.Origin.Due = cris.MustParseDate(dates.due)
			if n == 1 || n == 3 || n == 6 {
				step.Origin.Issue = erequest.AppointmentAccommodation
			}
		})
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
	var queries []srmt.Query
	for _, office := range []casestatus.OfficeCode{"", "NSC", "ESC", "SSC", "nsc", "NSC\x00", "\xff"} {
		for _, status := range append(srmt.Statuses(), "", "open", "open\x00") {
			for _, officer := range []srmt.StaffID{"", "iio-nsc-1", "IIO-nsc-1", "siio-nsc-1", "iio-ssc-1", "iio-nsc-1\x00", "\xc3"} {
				for _, overdue := range []string{"", "2013-09-14", "2013-09-15", "2014-01-01"} {
					query := srmt.Query{Office: office, Status: status, Officer: officer}
					if overdue != "" {
						query.OverdueOn = cris.MustParseDate(overdue)
					}
					queries = append(queries, query)
				}
			}
		}
	}
	for _, query := range queries {
		want := slices.DeleteFunc(slices.Clone(all), func(r srmt.ServiceRequest) bool { return !query.Matches(r) })
		if err := wantList(ctx, s, query, want...); err != nil {
			return err
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
	open := slices.DeleteFunc(slices.Clone(all), func(r srmt.ServiceRequest) bool { return r.Status == srmt.Closed })
	for limit := 1; limit <= len(all)+1; limit++ {
		if err := wantPages(ctx, s, srmt.Query{}, limit, all); err != nil {
			return err
		}
		if err := wantPages(ctx, s, srmt.Query{OverdueOn: cris.MustParseDate("2014-01-01")}, limit, open); err != nil {
			return err
		}
	}
	return nil
}

// wantPages reads a list in pages of at most limit requests.
func wantPages(ctx context.Context, s stores, query srmt.Query, limit int, want []srmt.ServiceRequest) error {
	var got []srmt.ServiceRequest
	query.Page.Limit = limit
	for {
		part, err := list(ctx, s, query)
		if err != nil {
			return err
		}
		if len(part) > limit {
			return errors.New("a page of " + strconv.Itoa(limit) + " has " + strconv.Itoa(len(part)) + " requests")
		}
		if len(part) == 0 {
			break
		}
		if got = append(got, part...); len(got) > len(want) {
			return fmt.Errorf("pages of %d gave more than the %d requests there are", limit, len(want))
		}
		query.Page.After = part[len(part)-1].Key()
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("pages of %d gave %+v, want %+v", limit, got, want)
	}
	return nil
}
