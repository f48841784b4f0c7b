package erequesttest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
)

// dueRequests lets the shared clauses list requests that wait for their answer, or those of
// them that were not raised as overdue. A key is the day and the ID.
func dueRequests(unraised bool) func(s stores) contract.List {
	by := cris.MustParseDate("2013-09-30")
	parse := func(key string) erequest.DueKey {
		day, id, _ := strings.Cut(key, " ")
		if key == "" {
			return erequest.DueKey{}
		}
		return erequest.DueKey{RespondBy: cris.MustParseDate(day), RequestID: id}
	}
	return func(s stores) contract.List {
		last := 0 // each request is of a case of its own
		put := func(ctx context.Context, keys []string, spoil func(n int, r *erequest.Request)) error {
			for n, key := range keys {
				last++
				due := parse(key)
				r := NewRequest(receipt(last), last, func(r *erequest.Request) {
					r.ID, r.RespondBy = due.RequestID, due.RespondBy
					spoil(n, r)
				})
				if err := file(ctx, s, r); err != nil {
					return err
				}
			}
			return nil
		}
		return contract.List{
			// Seven a day, whose IDs descend from day to day.
			Key: func(n int) string { return fmt.Sprintf("%v request-%06d", by.AddDays(n/7-400), 100_000-n/7*10+n%7) },
			Put: func(ctx context.Context, keys ...string) error {
				return put(ctx, keys, func(n int, r *erequest.Request) {
					if !unraised && n%2 == 0 {
						r.Overdue = by
					}
				})
			},
			// Those that are answered, those that are due later, and those that were raised.
			PutOther: func(ctx context.Context, keys ...string) error {
				return put(ctx, keys, func(n int, r *erequest.Request) {
					switch {
					case n%3 == 0:
						r.Answered = r.RespondBy
					case n%3 == 1 || !unraised:
						r.RespondBy = by.AddDays(1)
					default:
						r.Overdue = by
					}
				})
			},
			Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
				list := s.Due(ctx, erequest.DueQuery{By: by, Unraised: unraised, Page: cris.Page[erequest.DueKey]{After: parse(page.After), Limit: page.Limit}})
				return func(yield func(string, error) bool) {
					for due, err := range list {
						key := ""
						if err == nil {
							key = fmt.Sprintf("%v %s", due.RespondBy, due.RequestID)
						}
						if !yield(key, err) {
							return
						}
					}
				}
			},
		}
	}
}

func dueValues(ctx context.Context, s stores) error {
	waiting, raised, answered := NewRequest(receipt(1), 1), NewRequest(receipt(1), 2), NewRequest(receipt(2), 3)
	if err := file(ctx, s, waiting, raised, answered); err != nil {
		return err
	}
	on := waiting.RespondBy.AddDays(1)
	if err := mark(ctx, s, receipt(1), erequest.Mark{RequestID: raised.ID, Milestone: erequest.MilestoneOverdue, On: on}); err != nil {
		return err
	}
	if err := mark(ctx, s, receipt(2), erequest.Mark{RequestID: answered.ID, Milestone: erequest.MilestoneAnswered, On: on}); err != nil {
		return err
	}
	raised.Overdue = on
	for query, want := range map[erequest.DueQuery][]erequest.DueRequest{
		{By: waiting.RespondBy}:                 {waiting.Due(), raised.Due()},
		{By: waiting.RespondBy, Unraised: true}: {waiting.Due()},
		{By: waiting.RespondBy.AddDays(-1)}:     nil,
	} {
		var got []erequest.DueRequest
		for due, err := range s.Due(ctx, query) {
			if err != nil {
				return err
			}
			got = append(got, due)
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("Due(%+v): %s", query, contract.Difference(got, want))
		}
	}
	return nil
}
