package selfchecktest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestStore(t, func(*testing.T) (selfcheck.Store, cris.Outbox) {
		db := memory.New()
		return db.SelfChecks(), db.Outbox()
	})
}

type (
	decideFunc = func(selfcheck.Record) (selfcheck.Change, error)
	page       = cris.Page[selfcheck.TransactionID]
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	selfcheck.Store
	update    func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error
	record    func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error)
	openCases func(ctx context.Context, page page) iter.Seq2[selfcheck.OpenCase, error]
}

func (f flawed) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, id, decide)
	}
	return f.update(ctx, id, decide)
}

func (f flawed) Record(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
	if f.record == nil {
		return f.Store.Record(ctx, id)
	}
	return f.record(ctx, id)
}

func (f flawed) OpenCases(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.OpenCase, error] {
	if f.openCases == nil {
		return f.Store.OpenCases(ctx, page)
	}
	return f.openCases(ctx, page)
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good selfcheck.Store) flawed) contract.Broken[stores] {
		return contract.Broken[stores]{Clause: clause, Flaw: flaw, New: func(*testing.T) stores {
			db := memory.New()
			spoiled := spoil(db.SelfChecks())
			spoiled.Store = db.SelfChecks()
			return stores{spoiled, db.Outbox()}
		}}
	}
	// onChange lets a store spoil what decide returned before it is saved. The pointers
	// of the change are copies that may be changed.
	onChange := func(spoil func(change *selfcheck.Change)) func(selfcheck.Store) flawed {
		return func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					change = selfcheck.Change{
						Failure: copied(change.Failure), Pass: copied(change.Pass),
						Query: copied(change.Query), Events: change.Events,
					}
					if err == nil {
						spoil(&change)
					}
					return change, err
				})
			}}
		}
	}
	// onOpenCases lets a store yield something else than it should.
	onOpenCases := func(spoil func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.OpenCase, error]) func(selfcheck.Store) flawed {
		return func(good selfcheck.Store) flawed {
			return flawed{openCases: func(ctx context.Context, page page) iter.Seq2[selfcheck.OpenCase, error] {
				return spoil(ctx, good, page)
			}}
		}
	}
	onQuery := func(spoil func(query *selfcheck.QueryRecord)) func(selfcheck.Store) flawed {
		return onChange(func(change *selfcheck.Change) {
			if change.Query != nil {
				spoil(change.Query)
			}
		})
	}
	zoo := []contract.Broken[stores]{
		broken("Update/OneAfterAnother", "reads, decides and writes in steps", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				prior, err := good.Record(ctx, id)
				if err != nil && !errors.Is(err, selfcheck.ErrNotFound) {
					return err
				}
				change, err := decide(prior)
				if err != nil {
					return err
				}
				return good.Update(ctx, id, func(selfcheck.Record) (selfcheck.Change, error) { return change, nil })
			}}
		}),
		broken("Record/Unknown", "gives an empty record for what it does not know", func(good selfcheck.Store) flawed {
			return flawed{record: func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
				record, err := good.Record(ctx, id)
				if errors.Is(err, selfcheck.ErrNotFound) {
					return selfcheck.Record{}, nil
				}
				return record, err
			}}
		}),
		broken("EmptyChange", "saves a record for an empty change", onChange(func(change *selfcheck.Change) {
			if change.Failure == nil && change.Pass == nil && change.Query == nil {
				change.Failure = &selfcheck.Failure{At: Start()}
			}
		})),
		broken("Record/Letters", "folds the letters of transactions", func(good selfcheck.Store) flawed {
			fold := func(id selfcheck.TransactionID) selfcheck.TransactionID {
				return selfcheck.TransactionID(strings.ToLower(string(id)))
			}
			return flawed{
				update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
					return good.Update(ctx, fold(id), decide)
				},
				record: func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
					return good.Record(ctx, fold(id))
				},
			}
		}),
		broken("Record/Cancelled", "reads a record under a canceled context", func(good selfcheck.Store) flawed {
			return flawed{record: func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
				return good.Record(context.WithoutCancel(ctx), id)
			}}
		}),
		broken("FailureRoundTrip", "cuts instants to the second", onChange(func(change *selfcheck.Change) {
			if change.Failure != nil {
				change.Failure.At = change.Failure.At.Truncate(time.Second)
			}
		})),
		broken("FailureRoundTrip", "loses the error code", onChange(func(change *selfcheck.Change) {
			if change.Failure != nil {
				change.Failure.ErrorCode = ""
			}
		})),
		broken("PassRoundTrip", "loses the maiden name", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil {
				parts := change.Pass.Name.Reveal()
				parts.Maiden = ""
				change.Pass.Name = must(cris.NewPersonName(parts))
			}
		})),
		broken("PassRoundTrip", "loses the statement", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil {
				change.Pass.Statement = ""
			}
		})),
		broken("PassRoundTrip", "invents a Social Security number", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil && change.Pass.SSN.IsZero() {
				change.Pass.SSN = NewApplicant().SSN
			}
		})),
		broken("QueryRoundTrip", "loses the I-94 number", onQuery(func(query *selfcheck.QueryRecord) {
			query.Query.I94Number = selfcheck.I94Number{}
		})),
		broken("QueryRoundTrip", "loses the visa number", onQuery(func(query *selfcheck.QueryRecord) {
			query.Query.VisaNumber = selfcheck.VisaNumber{}
		})),
		broken("QueryRoundTrip", "gives the SEVIS number of another", onQuery(func(query *selfcheck.QueryRecord) {
			if !query.Query.SEVISNumber.IsZero() {
				query.Query.SEVISNumber = must(selfcheck.ParseSEVISNumber("N0087654321"))
			}
		})),
		broken("QueryRoundTrip", "loses the reason of the closing", onQuery(func(query *selfcheck.QueryRecord) {
			query.Closure = ""
		})),
		broken("QueryRoundTrip", "gives an open case a time of closing", onQuery(func(query *selfcheck.QueryRecord) {
			if query.Closed.IsZero() && *query != (selfcheck.QueryRecord{}) {
				query.Closed = time.Unix(0, 0).UTC()
			}
		})),
		broken("FailureOnce", "lets the first failure stand and says nothing", onlyOnce(false)),
		broken("FailureOnce", "replaces the first failure", replacing()),
		broken("PassOnce", "lets the first pass stand and says nothing", onlyOnce(true)),
		broken("PassOnce", "replaces the first pass", replacing()),
		broken("OtherTransaction", "files a failure of another as its own", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					if err == nil && change.Failure != nil {
						failure := *change.Failure
						failure.Transaction, change.Failure = id, &failure
					}
					return change, err
				})
			}}
		}),
		broken("OtherTransaction", "files a pass of another as its own", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					if err == nil && change.Pass != nil {
						pass := *change.Pass
						pass.Transaction, change.Pass = id, &pass
					}
					return change, err
				})
			}}
		}),
		broken("IdentityOfThePass", "keeps the identity that the query was saved with", func(good selfcheck.Store) flawed {
			var mu sync.Mutex
			saved := map[selfcheck.TransactionID]selfcheck.LockedIdentity{}
			return flawed{
				update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
					return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
						change, err := decide(prior)
						if err == nil && change.Query != nil {
							mu.Lock()
							saved[id] = change.Query.Query.Identity
							mu.Unlock()
						}
						return change, err
					})
				},
				record: func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
					record, err := good.Record(ctx, id)
					mu.Lock()
					record.Query.Query.Identity = saved[id]
					mu.Unlock()
					return record, err
				},
			}
		}),
		broken("NilLeaves", "removes the query that a change does not name", onChange(func(change *selfcheck.Change) {
			if change.Query == nil {
				change.Query = &selfcheck.QueryRecord{}
			}
		})),
		broken("QueryRemoved", "keeps the query", onChange(func(change *selfcheck.Change) {
			if change.Query != nil && *change.Query == (selfcheck.QueryRecord{}) {
				change.Query = nil
			}
		})),
		broken("WholeChange", "saves the query only if there is no pass", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil {
				change.Query = nil
			}
		})),
		broken("Record/Fresh", "reads what it read first", func(good selfcheck.Store) flawed {
			var mu sync.Mutex
			read := map[selfcheck.TransactionID]selfcheck.Record{}
			return flawed{record: func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
				mu.Lock()
				defer mu.Unlock()
				if record, ok := read[id]; ok {
					return record, nil
				}
				record, err := good.Record(ctx, id)
				if err == nil {
					read[id] = record
				}
				return record, err
			}}
		}),
		broken("Record/Exact", "trims the case number", onQuery(func(query *selfcheck.QueryRecord) {
			query.Case = selfcheck.CaseNumber(strings.TrimSpace(string(query.Case)))
		})),
		broken("Record/Refused", "replaces what is not UTF-8", onQuery(func(query *selfcheck.QueryRecord) {
			query.Case = selfcheck.CaseNumber(strings.ToValidUTF8(string(query.Case), "\ufffd"))
		})),
		broken("Record/Refused", "ends a text at a NUL", onQuery(func(query *selfcheck.QueryRecord) {
			before, _, _ := strings.Cut(string(query.Query.State.Reveal()), "\x00")
			query.Query.State = cris.NewPersonal(selfcheck.StateCode(before))
		})),
		broken("Record/Refused", "repeats the row in its error", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					if change.Failure != nil && !text.IsStorable(string(change.Failure.ErrorCode)) {
						return change, fmt.Errorf("invalid byte sequence in the row of %s", change.Pass.Name.Reveal().Family)
					}
					return change, err
				})
			}}
		}),
		broken("Record/Fresh", "gives decide no query that is closed", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					if !prior.Query.Closed.IsZero() {
						prior.Query = selfcheck.QueryRecord{}
					}
					return decide(prior)
				})
			}}
		}),
		broken("Update/OneCommit", "saves the events in a second transaction after the commit", eventsAfterwards),
		broken("Update/CutAnywhere", "saves the events in a second transaction after the commit", eventsAfterwards),
		broken("OpenCases/Limit", "applies the limit before it looks at what is open", limitBeforeFilter),
		broken("OpenCases/WhileItYields", "has one connection, and keeps it while it yields", func(good selfcheck.Store) flawed {
			var connection sync.Mutex
			connected := func(step func() error) error {
				if !connection.TryLock() {
					return cris.ErrConflict
				}
				defer connection.Unlock()
				return step()
			}
			return flawed{
				update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
					return connected(func() error { return good.Update(ctx, id, decide) })
				},
				openCases: func(ctx context.Context, page page) iter.Seq2[selfcheck.OpenCase, error] {
					return func(yield func(selfcheck.OpenCase, error) bool) {
						_ = connected(func() error { good.OpenCases(ctx, page)(yield); return nil })
					}
				},
			}
		}),
		broken("Record/Refused", "repeats a personal value in its error", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					if change.Query != nil {
						if country := string(change.Query.Query.Country.Reveal()); !utf8.ValidString(country) {
							return selfcheck.Change{}, fmt.Errorf("cannot hold %q", country)
						}
					}
					return change, err
				})
			}}
		}),
		broken("PassOnce", "says whose pass it was", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				var name string
				err := good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					name = prior.Pass.Name.Reveal().Family
					return decide(prior)
				})
				if errors.Is(err, cris.ErrConflict) {
					return fmt.Errorf("the pass of %s: %w", name, err)
				}
				return err
			}}
		}),
		broken("FailureOnce", "repeats the row", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				err := good.Update(ctx, id, decide)
				if errors.Is(err, cris.ErrConflict) {
					return fmt.Errorf("row (%s, 912-73-6458): %w", id, err)
				}
				return err
			}}
		}),
		broken("OpenCases/Values", "yields only cases that E-Verify has answered", onOpenCases(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.OpenCase, error] {
			return func(yield func(selfcheck.OpenCase, error) bool) {
				for open, err := range good.OpenCases(ctx, page) {
					if open.Case != "" && !yield(open, err) {
						return
					}
				}
			}
		})),
		broken("OpenCases/All", "yields closed cases", onQuery(func(query *selfcheck.QueryRecord) {
			query.Closed = time.Time{}
		})),
		broken("OpenCases/All", "yields its first 500 cases", onOpenCases(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.OpenCase, error] {
			page.Limit = 500
			return good.OpenCases(ctx, page)
		})),
		broken("OpenCases/After", "begins from the first case every time", onOpenCases(func(ctx context.Context, good selfcheck.Store, p page) iter.Seq2[selfcheck.OpenCase, error] {
			return good.OpenCases(ctx, page{Limit: p.Limit})
		})),
		broken("OpenCases/Limit", "knows no limit", onOpenCases(func(ctx context.Context, good selfcheck.Store, p page) iter.Seq2[selfcheck.OpenCase, error] {
			return good.OpenCases(ctx, page{After: p.After})
		})),
		broken("OpenCases/Limit", "yields nothing for a limit of zero", onOpenCases(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.OpenCase, error] {
			if page.Limit == 0 {
				return func(func(selfcheck.OpenCase, error) bool) {}
			}
			return good.OpenCases(ctx, page)
		})),
		broken("OpenCases/Anew", "goes on where the last range stopped", func(good selfcheck.Store) flawed {
			return flawed{openCases: func(ctx context.Context, page page) iter.Seq2[selfcheck.OpenCase, error] {
				return func(yield func(selfcheck.OpenCase, error) bool) {
					for open, err := range good.OpenCases(ctx, page) {
						page.After = open.Transaction
						if !yield(open, err) {
							return
						}
					}
				}
			}}
		}),
		broken("OpenCases/Cancelled", "yields cases under a canceled context", onOpenCases(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.OpenCase, error] {
			return good.OpenCases(context.WithoutCancel(ctx), page)
		})),
		broken("OpenCases/CancelledLater", "looks at its context once", onOpenCases(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.OpenCase, error] {
			return func(yield func(selfcheck.OpenCase, error) bool) {
				if err := ctx.Err(); err != nil {
					yield(selfcheck.OpenCase{}, err)
					return
				}
				good.OpenCases(context.WithoutCancel(ctx), page)(yield)
			}
		})),
		broken("OpenCases/Letters", "orders transactions as a dictionary does", onOpenCases(func(ctx context.Context, good selfcheck.Store, p page) iter.Seq2[selfcheck.OpenCase, error] {
			return func(yield func(selfcheck.OpenCase, error) bool) {
				word := func(id selfcheck.TransactionID) string { return strings.ToLower(string(id)) }
				var behind []selfcheck.OpenCase
				for open, err := range good.OpenCases(ctx, page{}) {
					if err == nil && word(open.Transaction) > word(p.After) {
						behind = append(behind, open)
					}
				}
				slices.SortFunc(behind, func(a, b selfcheck.OpenCase) int { return strings.Compare(word(a.Transaction), word(b.Transaction)) })
				for _, open := range behind {
					if !yield(open, nil) {
						return
					}
				}
			}
		})),
	}
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), zoo)
}

// eventsAfterwards saves the events of a change after its state.
func eventsAfterwards(good selfcheck.Store) flawed {
	return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
		var events []cris.Event
		if err := good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
			change, err := decide(prior)
			events, change.Events = change.Events, nil
			return change, err
		}); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
		return good.Update(ctx, id, func(selfcheck.Record) (selfcheck.Change, error) { return selfcheck.Change{Events: events}, nil })
	}}
}

// limitBeforeFilter takes a page of all transactions and then looks which of them are open.
func limitBeforeFilter(good selfcheck.Store) flawed {
	var mu sync.Mutex
	var all []selfcheck.TransactionID
	return flawed{
		update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
			mu.Lock()
			all = append(all, id)
			mu.Unlock()
			return good.Update(ctx, id, decide)
		},
		openCases: func(ctx context.Context, p page) iter.Seq2[selfcheck.OpenCase, error] {
			mu.Lock()
			ids := slices.Compact(slices.Sorted(slices.Values(all)))
			mu.Unlock()
			ids = slices.DeleteFunc(ids, func(id selfcheck.TransactionID) bool { return id <= p.After })
			if p.Limit > 0 {
				ids = ids[:min(p.Limit, len(ids))]
			}
			return func(yield func(selfcheck.OpenCase, error) bool) {
				for open, err := range good.OpenCases(ctx, page{After: p.After}) {
					if (err != nil || slices.Contains(ids, open.Transaction)) && !yield(open, err) {
						return
					}
				}
			}
		},
	}
}

// onlyOnce drops the second outcome of a proofing without a word.
func onlyOnce(pass bool) func(selfcheck.Store) flawed {
	return func(good selfcheck.Store) flawed {
		return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
			return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
				change, err := decide(prior)
				if pass && prior.Pass != (selfcheck.PassedProofing{}) {
					change.Pass = nil
				}
				if !pass && prior.Failure != (selfcheck.Failure{}) {
					change.Failure = nil
				}
				return change, err
			})
		}}
	}
}

// replacing is a store whose outcomes of a proofing may be written again.
func replacing() func(selfcheck.Store) flawed {
	return func(selfcheck.Store) flawed {
		var mu sync.Mutex
		records := map[selfcheck.TransactionID]selfcheck.Record{}
		return flawed{
			update: func(_ context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				mu.Lock()
				defer mu.Unlock()
				record := records[id]
				change, err := decide(record)
				if err != nil {
					return err
				}
				if change.Failure != nil {
					record.Failure = *change.Failure
				}
				if change.Pass != nil {
					record.Pass = *change.Pass
				}
				records[id] = record
				return nil
			},
			record: func(_ context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
				mu.Lock()
				defer mu.Unlock()
				return records[id], nil
			},
		}
	}
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}
