package erequesttest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestStore(t, func(*testing.T) (erequest.Store, cris.Outbox) {
		db := memory.New()
		return db.ERequests(), db.Outbox()
	})
}

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	erequest.Store
	update  func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error
	request func(ctx context.Context, id string) (erequest.Request, error)
	ofCase  func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error)
}

func (f flawed) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, receipt, decide)
	}
	return f.update(ctx, receipt, decide)
}

func (f flawed) Requests(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	if f.ofCase == nil {
		return f.Store.Requests(ctx, receipt)
	}
	return f.ofCase(ctx, receipt)
}

func (f flawed) Request(ctx context.Context, id string) (erequest.Request, error) {
	if f.request == nil {
		return f.Store.Request(ctx, id)
	}
	return f.request(ctx, id)
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good erequest.Store) flawed) contract.Broken[stores] {
		return contract.Broken[stores]{Clause: clause, Flaw: flaw, New: func(*testing.T) stores {
			db := memory.New()
			spoiled := spoil(db.ERequests())
			spoiled.Store = db.ERequests()
			return stores{spoiled, db.Outbox()}
		}}
	}
	// onChange lets a store spoil what decide returned before it is saved.
	onChange := func(spoil func(prior []erequest.Request, change *erequest.Change)) func(erequest.Store) flawed {
		return func(good erequest.Store) flawed {
			return flawed{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
				return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
					change, err := decide(prior)
					if err == nil {
						spoil(prior, &change)
					}
					return change, err
				})
			}}
		}
	}
	zoo := []contract.Broken[stores]{
		broken("Update/OneAfterAnother", "reads, decides and writes in steps", func(good erequest.Store) flawed {
			return flawed{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
				prior, err := good.Requests(ctx, receipt)
				if err != nil {
					return err
				}
				change, err := decide(prior)
				if err != nil {
					return err
				}
				return good.Update(ctx, receipt, func([]erequest.Request) (erequest.Change, error) { return change, nil })
			}}
		}),
		broken("RoundTrip", "keeps whole seconds", onChange(func(_ []erequest.Request, change *erequest.Change) {
			for i := range change.File {
				change.File[i].FiledAt = change.File[i].FiledAt.Truncate(time.Second)
			}
		})),
		broken("RoundTrip", "drops the maiden name", onChange(func(_ []erequest.Request, change *erequest.Change) {
			for i := range change.File {
				if name := change.File[i].Details.Name.Reveal(); name.Maiden != "" {
					name.Maiden = ""
					change.File[i].Details.Name = must(cris.NewPersonName(name))
				}
			}
		})),
		broken("OrderOfFiling", "sorts by time of filing", func(good erequest.Store) flawed {
			return flawed{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
				return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
					slices.SortFunc(prior, func(a, b erequest.Request) int { return a.FiledAt.Compare(b.FiledAt) })
					return decide(prior)
				})
			}}
		}),
		broken("UnknownRequest", "gives an empty request", func(good erequest.Store) flawed {
			return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
				r, _ := good.Request(ctx, id)
				return r, nil
			}}
		}),
		broken("AnswerSaved", "forgets answers", onChange(func(_ []erequest.Request, change *erequest.Change) { change.Answered = nil })),
		broken("AnswerSaved", "answers every request of the case", onChange(func(prior []erequest.Request, change *erequest.Change) {
			for _, r := range prior {
				if len(change.Answered) > 0 {
					change.Answered = append(change.Answered, erequest.Answer{RequestID: r.ID, On: change.Answered[0].On})
				}
			}
		})),
		broken("AnswerUnknown", "ignores answers to requests it does not find", onChange(func(prior []erequest.Request, change *erequest.Change) {
			change.Answered = slices.DeleteFunc(change.Answered, func(a erequest.Answer) bool {
				return !slices.ContainsFunc(prior, func(r erequest.Request) bool { return r.ID == a.RequestID })
			})
		})),
		broken("IDTaken", "keeps IDs apart by case", onChange(func(_ []erequest.Request, change *erequest.Change) {
			for i := range change.File {
				change.File[i].ID += "@" + change.File[i].Receipt.String()
			}
		})),
		broken("ConfirmationTaken", "draws another number by itself", onChange(func() func([]erequest.Request, *erequest.Change) {
			drawn := 1000
			return func(_ []erequest.Request, change *erequest.Change) {
				for i := range change.File {
					drawn++
					change.File[i].Confirmation = ConfirmationNumber(drawn)
				}
			}
		}())),
		broken("NoAliasing", "hands out its own slices", func(good erequest.Store) flawed {
			var mu sync.Mutex
			held := map[casestatus.ReceiptNumber][]erequest.Request{}
			return flawed{
				update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
					mu.Lock()
					defer mu.Unlock()
					change, err := decide(held[receipt])
					if err != nil {
						return err
					}
					held[receipt] = append(held[receipt], change.File...)
					return nil
				},
				request: func(_ context.Context, id string) (erequest.Request, error) {
					mu.Lock()
					defer mu.Unlock()
					for _, requests := range held {
						for _, r := range requests {
							if r.ID == id {
								return r, nil
							}
						}
					}
					return erequest.Request{}, erequest.ErrNotFound
				},
				ofCase: func(_ context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
					mu.Lock()
					defer mu.Unlock()
					return held[receipt], nil
				},
			}
		}),
		broken("OtherCase", "files under the case of the Update", func(good erequest.Store) flawed {
			return flawed{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
				return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
					change, err := decide(prior)
					for i := range change.File {
						change.File[i].Receipt = receipt
					}
					return change, err
				})
			}}
		}),
		broken("OtherCase", "passes over what belongs to another case", func(good erequest.Store) flawed {
			return flawed{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
				return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
					change, err := decide(prior)
					change.File = slices.DeleteFunc(change.File, func(r erequest.Request) bool { return r.Receipt != receipt })
					return change, err
				})
			}}
		}),
		broken("Letters", "folds the letters of IDs", onChange(func(_ []erequest.Request, change *erequest.Change) {
			for i := range change.File {
				change.File[i].ID = strings.ToLower(change.File[i].ID)
			}
		})),
		broken("Letters", "finds requests without regard to case", func(good erequest.Store) flawed {
			return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
				return good.Request(ctx, strings.ToLower(id))
			}}
		}),
		broken("Cancelled", "reads a request under a cancelled context", func(good erequest.Store) flawed {
			return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
				return good.Request(context.WithoutCancel(ctx), id)
			}}
		}),
		broken("Cancelled", "reads a case under a cancelled context", func(good erequest.Store) flawed {
			return flawed{ofCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
				return good.Requests(context.WithoutCancel(ctx), receipt)
			}}
		}),
		broken("OrderOfFiling", "Requests gives the latest first", func(good erequest.Store) flawed {
			return flawed{ofCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
				requests, err := good.Requests(ctx, receipt)
				slices.Reverse(requests)
				return requests, err
			}}
		}),
	}
	own := slices.DeleteFunc(clauses(), func(c contract.Clause[stores]) bool {
		return !slices.ContainsFunc(zoo, func(b contract.Broken[stores]) bool { return b.Clause == c.Name })
	})
	// The clauses on Update that every port shares are proven beside their definition.
	for _, c := range clauses() {
		shared := slices.ContainsFunc(contract.AtomicClauses(asAtomic), func(a contract.Clause[stores]) bool { return a.Name == c.Name })
		if !shared && !slices.ContainsFunc(own, func(o contract.Clause[stores]) bool { return o.Name == c.Name }) {
			t.Errorf("no broken store fails the clause %s", c.Name)
		}
	}
	contract.Refuses(t, own, zoo)
}
