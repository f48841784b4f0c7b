package srmttest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

// onQuery lets a store spoil the query before it lists.
func onQuery(spoil func(query *srmt.Query)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			spoil(&query)
			return good.List(ctx, query)
		}}
	}
}

// onListed lets a store spoil the requests that it lists.
func onListed(spoil func(query srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			return func(yield func(srmt.ServiceRequest, error) bool) {
				all, err := list(ctx, good, query)
				if err != nil {
					yield(srmt.ServiceRequest{}, err)
					return
				}
				for _, request := range spoil(query, all) {
					if err := ctx.Err(); err != nil {
						yield(srmt.ServiceRequest{}, err)
						return
					}
					if !yield(request, nil) {
						return
					}
				}
			}
		}}
	}
}

// sorted is a store whose lists are in another order.
func sorted(compare func(a, b srmt.ServiceRequest) int) func(srmt.Store) flawed {
	return onListed(func(_ srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest {
		slices.SortFunc(all, compare)
		return all
	})
}

func (z *zoo) addLists() {
	z.add("List/Sum", "forgets who held a request that was closed", onListed(func(_ srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest {
		for i := range all {
			if all[i].Status == srmt.Closed {
				all[i].Officer = ""
			}
		}
		return all
	}))
	z.add("List/Sum", "forgets since when an answer is awaited", onListed(func(_ srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest {
		for i := range all {
			all[i].Waiting = all[i].Waiting.Truncate(time.Second)
		}
		return all
	}))
	z.add("List/Sum", "forgets that a response waits for a review", onListed(func(_ srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest {
		for i := range all {
			all[i].Proposed = 0
		}
		return all
	}))
	z.add("List/Restricts", "ignores the office", onQuery(func(q *srmt.Query) { q.Office = "" }))
	z.add("List/Restricts", "ignores the status", onQuery(func(q *srmt.Query) { q.Status = "" }))
	z.add("List/Restricts", "ignores the officer", onQuery(func(q *srmt.Query) { q.Officer = "" }))
	z.add("List/Restricts", "calls a request overdue on the day it is due", onQuery(func(q *srmt.Query) {
		if !q.OverdueOn.IsZero() {
			q.OverdueOn = q.OverdueOn.AddDays(1)
		}
	}))
	z.add("List/Restricts", "calls closed requests overdue", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			overdueOn := query.OverdueOn
			query.OverdueOn = cris.Date{}
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					if (overdueOn.IsZero() || err != nil || request.Due.Before(overdueOn)) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/Order", "lists what was filed first, whenever it is due", sorted(func(a, b srmt.ServiceRequest) int {
		return cmp.Or(a.Filed.Compare(b.Filed), strings.Compare(a.ID, b.ID))
	}))
	z.add("List/Order", "does not look when what is due on one day was filed", sorted(func(a, b srmt.ServiceRequest) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.ID, b.ID))
	}))
	z.add("List/Order", "orders IDs as a dictionary does", sorted(func(a, b srmt.ServiceRequest) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Filed.Compare(b.Filed), strings.Compare(strings.ToLower(a.ID), strings.ToLower(b.ID)))
	}))
	z.add("List/Pages", "goes on after the day", onQuery(func(q *srmt.Query) {
		if q.Page.After.ID != "" {
			q.Page.After.ID = "~"
		}
	}))
	z.add("List/Limit", "ignores the limit", onQuery(func(q *srmt.Query) { q.Page.Limit = 0 }))
	z.add("List/All", "gives the first batch that it reads and no more", onQuery(func(q *srmt.Query) {
		if q.Page.Limit <= 0 {
			q.Page.Limit = 500
		}
	}))
	z.add("List/After", "looks for the request that it goes on after", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			return func(yield func(srmt.ServiceRequest, error) bool) {
				found := query.Page.After == srmt.Key{}
				after := query.Page.After
				query.Page.After = srmt.Key{}
				for request, err := range good.List(ctx, query) {
					if found && !yield(request, err) {
						return
					}
					found = found || request.Key() == after
				}
			}
		}}
	})
	z.add("List/Anew", "goes on where the range before ended", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					query.Page.After = request.Key()
					if !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/WhileItYields", "has one connection, and keeps it while it yields", func(good srmt.Store) flawed {
		var connection sync.Mutex
		connected := func(step func() error) error {
			if !connection.TryLock() {
				return srmt.ErrConflict
			}
			defer connection.Unlock()
			return step()
		}
		return flawed{
			update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
				return connected(func() error { return good.Update(ctx, scope, decide) })
			},
			list: func(ctx context.Context, query srmt.Query) listSeq {
				return func(yield func(srmt.ServiceRequest, error) bool) {
					_ = connected(func() error { good.List(ctx, query)(yield); return nil })
				}
			},
		}
	})
	z.add("List/Cancelled", "ends without a word", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			if ctx.Err() != nil {
				return func(func(srmt.ServiceRequest, error) bool) {}
			}
			return good.List(ctx, query)
		}}
	})
	z.add("List/CancelledLater", "looks at the context before the first page alone", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			if ctx.Err() != nil {
				return good.List(ctx, query)
			}
			return good.List(context.WithoutCancel(ctx), query)
		}}
	})
	z.add("List/Assigned/Limit", "applies the limit before it looks at the officer", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			officer := query.Officer
			query.Officer = ""
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					if (officer == "" || err != nil || request.Officer == officer) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/Assigned/All", "compares officers without regard to case", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			wanted := query
			wanted.Officer, wanted.Page.Limit = "", 0
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, wanted) {
					if (err != nil || query.Officer == "" || strings.EqualFold(string(request.Officer), string(query.Officer))) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/Overdue/Limit", "applies the limit before it looks at the due date", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			overdueOn := query.OverdueOn
			query.OverdueOn = cris.Date{}
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					if (err != nil || overdueOn.IsZero() || request.Overdue(overdueOn)) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
}
