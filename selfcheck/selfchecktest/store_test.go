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
	update     func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error
	record     func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error)
	unfinished func(ctx context.Context, page page) iter.Seq2[selfcheck.Unfinished, error]
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

func (f flawed) Unfinished(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Unfinished, error] {
	if f.unfinished == nil {
		return f.Store.Unfinished(ctx, page)
	}
	return f.unfinished(ctx, page)
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
						Begun: copied(change.Begun), Failure: copied(change.Failure), Pass: copied(change.Pass),
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
	// onUnfinished lets a store yield something else than it should.
	onUnfinished := func(spoil func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.Unfinished, error]) func(selfcheck.Store) flawed {
		return func(good selfcheck.Store) flawed {
			return flawed{unfinished: func(ctx context.Context, page page) iter.Seq2[selfcheck.Unfinished, error] {
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
	// onTaken lets a store give another error where a number is taken.
	onTaken := func(spoil func(err error, change selfcheck.Change) error) func(selfcheck.Store) flawed {
		return func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				var change selfcheck.Change
				err := good.Update(ctx, id, func(prior selfcheck.Record) (_ selfcheck.Change, err error) {
					change, err = decide(prior)
					return change, err
				})
				if errors.Is(err, selfcheck.ErrTaken) {
					return spoil(err, change)
				}
				return err
			}}
		}
	}
	// withOtherNumbers lets a store save numbers so that none is taken, and read what it was given.
	withOtherNumbers := func(salted func(change *selfcheck.Change, salt string)) func(selfcheck.Store) flawed {
		return func(good selfcheck.Store) flawed {
			unsalted := func(id selfcheck.TransactionID, record selfcheck.Record) selfcheck.Record {
				record.Pass.IdPTransaction = selfcheck.IdPTransactionID(strings.TrimSuffix(string(record.Pass.IdPTransaction), "+"+string(id)))
				record.Query.Case = selfcheck.CaseNumber(strings.TrimSuffix(string(record.Query.Case), "+"+string(id)))
				return record
			}
			return flawed{
				update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
					return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
						change, err := decide(unsalted(id, prior))
						change.Pass, change.Query = copied(change.Pass), copied(change.Query)
						salted(&change, "+"+string(id))
						return change, err
					})
				},
				record: func(ctx context.Context, id selfcheck.TransactionID) (selfcheck.Record, error) {
					record, err := good.Record(ctx, id)
					return unsalted(id, record), err
				},
			}
		}
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
			if change.Begun == nil && change.Failure == nil && change.Pass == nil && change.Query == nil {
				change.Begun = &selfcheck.BegunProofing{Transaction: transaction(1), Begun: Start()}
			}
		})),
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
		broken("BegunRoundTrip", "loses how many quizzes there were", onChange(func(change *selfcheck.Change) {
			if change.Begun != nil {
				change.Begun.Quizzes = min(change.Begun.Quizzes, 1)
			}
		})),
		broken("BegunRoundTrip", "keeps the first begun proofing", func(good selfcheck.Store) flawed {
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					if prior.Begun != (selfcheck.BegunProofing{}) && change.Begun != nil && *change.Begun != (selfcheck.BegunProofing{}) {
						change.Begun = nil
					}
					return change, err
				})
			}}
		}),
		broken("BegunRoundTrip", "cuts what is sealed", onChange(func(change *selfcheck.Change) {
			if change.Begun != nil {
				change.Begun.Sealed = change.Begun.Sealed[:min(len(change.Begun.Sealed), 255)]
			}
		})),
		broken("BegunRemoved", "keeps the begun proofing", onChange(func(change *selfcheck.Change) {
			if change.Begun != nil && *change.Begun == (selfcheck.BegunProofing{}) {
				change.Begun = nil
			}
		})),
		broken("PassRemoved", "keeps the pass", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil && *change.Pass == (selfcheck.PassedProofing{}) {
				change.Pass = nil
			}
		})),
		broken("PassOfQuery", "removes the query with its pass", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil && *change.Pass == (selfcheck.PassedProofing{}) {
				change.Query = &selfcheck.QueryRecord{}
			}
		})),
		broken("PassOfQuery", "leaves the pass and saves the rest", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil && *change.Pass == (selfcheck.PassedProofing{}) {
				change.Pass = nil
			}
		})),
		broken("QueryRoundTrip", "cannot tell which agency found something", onQuery(func(query *selfcheck.QueryRecord) {
			f := query.Findings
			found := f.SSA || f.DHS || f.State
			query.Findings = selfcheck.Findings{SSA: found, DHS: found, State: found}
		})),
		broken("QueryRoundTrip", "cuts the member of staff after 90 letters of one byte", onQuery(func(query *selfcheck.QueryRecord) {
			query.SettledBy = strings.ToValidUTF8(query.SettledBy[:min(len(query.SettledBy), 80)], "")
		})),
		broken("PassTaken", "says that others changed the transaction", onTaken(func(err error, _ selfcheck.Change) error { return cris.ErrConflict })),
		broken("PassTaken", "repeats the number", onTaken(func(err error, change selfcheck.Change) error {
			if change.Pass != nil {
				return fmt.Errorf("%s: %w", change.Pass.IdPTransaction, err)
			}
			return err
		})),
		broken("PassTaken", "takes the number of another", withOtherNumbers(func(change *selfcheck.Change, salt string) {
			if change.Pass != nil && *change.Pass != (selfcheck.PassedProofing{}) {
				change.Pass.IdPTransaction += selfcheck.IdPTransactionID(salt)
			}
		})),
		broken("PassTaken", "looks at all numbers of the provider", func(good selfcheck.Store) flawed {
			var mu sync.Mutex
			seen := map[selfcheck.IdPTransactionID]bool{}
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					mu.Lock()
					defer mu.Unlock()
					if change.Failure != nil {
						seen[change.Failure.IdPTransaction] = true
					}
					if change.Pass != nil && seen[change.Pass.IdPTransaction] {
						return change, selfcheck.ErrTaken
					}
					return change, err
				})
			}}
		}),
		broken("CaseTaken", "takes the case of another", withOtherNumbers(func(change *selfcheck.Change, salt string) {
			if change.Query != nil && change.Query.Case != "" {
				change.Query.Case += selfcheck.CaseNumber(salt)
			}
		})),
		broken("CaseTaken", "repeats the number", onTaken(func(err error, change selfcheck.Change) error {
			if change.Query != nil {
				return fmt.Errorf("%s: %w", change.Query.Case, err)
			}
			return err
		})),
		broken("CaseTaken", "lets one query be without a case", func(good selfcheck.Store) flawed {
			var mu sync.Mutex
			without := selfcheck.TransactionID("")
			return flawed{update: func(ctx context.Context, id selfcheck.TransactionID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
					change, err := decide(prior)
					mu.Lock()
					defer mu.Unlock()
					if change.Query != nil && change.Query.Case == "" && err == nil {
						if without != "" && without != id {
							return change, selfcheck.ErrTaken
						}
						without = id
					}
					return change, err
				})
			}}
		}),
		broken("OtherTransaction", "files a begun proofing of another as its own", onChange(func(change *selfcheck.Change) {
			if change.Begun != nil {
				change.Begun.Transaction = transaction(1)
			}
		})),
		broken("Unfinished/Values", "keeps when the proofing was first begun", func(good selfcheck.Store) flawed {
			return flawed{unfinished: func(ctx context.Context, page page) iter.Seq2[selfcheck.Unfinished, error] {
				return func(yield func(selfcheck.Unfinished, error) bool) {
					for u, err := range good.Unfinished(ctx, page) {
						if u.Step == selfcheck.StepQuiz {
							u.Since = Start()
						}
						if !yield(u, err) {
							return
						}
					}
				}
			}}
		}),
		broken("Unfinished/Values", "forgets the stage", func(good selfcheck.Store) flawed {
			return flawed{unfinished: func(ctx context.Context, page page) iter.Seq2[selfcheck.Unfinished, error] {
				return func(yield func(selfcheck.Unfinished, error) bool) {
					for u, err := range good.Unfinished(ctx, page) {
						if u.Stage = ""; !yield(u, err) {
							return
						}
					}
				}
			}}
		}),
		broken("Unfinished/Refused", "begins anywhere", onUnfinished(func(ctx context.Context, good selfcheck.Store, p page) iter.Seq2[selfcheck.Unfinished, error] {
			p.After = selfcheck.TransactionID(strings.ToValidUTF8(strings.ReplaceAll(string(p.After), "\x00", ""), ""))
			return good.Unfinished(ctx, p)
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
		broken("Record/Exact", "trims the statement", onChange(func(change *selfcheck.Change) {
			if change.Pass != nil {
				change.Pass.Statement = strings.TrimSpace(change.Pass.Statement)
			}
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
		broken("Unfinished/Limit", "applies the limit before it looks at what is unfinished", limitBeforeFilter),
		broken("Unfinished/WhileItYields", "has one connection, and keeps it while it yields", func(good selfcheck.Store) flawed {
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
				unfinished: func(ctx context.Context, page page) iter.Seq2[selfcheck.Unfinished, error] {
					return func(yield func(selfcheck.Unfinished, error) bool) {
						_ = connected(func() error { good.Unfinished(ctx, page)(yield); return nil })
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
		broken("Unfinished/Values", "yields no case that E-Verify has not opened", onUnfinished(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.Unfinished, error] {
			return func(yield func(selfcheck.Unfinished, error) bool) {
				for open, err := range good.Unfinished(ctx, page) {
					if (open.Step != selfcheck.StepCase || open.Case != "") && !yield(open, err) {
						return
					}
				}
			}
		})),
		broken("Unfinished/All", "yields closed cases", onQuery(func(query *selfcheck.QueryRecord) {
			query.Closed = time.Time{}
		})),
		broken("Unfinished/All", "yields its first 500 cases", onUnfinished(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.Unfinished, error] {
			page.Limit = 500
			return good.Unfinished(ctx, page)
		})),
		broken("Unfinished/After", "begins from the first case every time", onUnfinished(func(ctx context.Context, good selfcheck.Store, p page) iter.Seq2[selfcheck.Unfinished, error] {
			return good.Unfinished(ctx, page{Limit: p.Limit})
		})),
		broken("Unfinished/Limit", "knows no limit", onUnfinished(func(ctx context.Context, good selfcheck.Store, p page) iter.Seq2[selfcheck.Unfinished, error] {
			return good.Unfinished(ctx, page{After: p.After})
		})),
		broken("Unfinished/Limit", "yields nothing for a limit of zero", onUnfinished(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.Unfinished, error] {
			if page.Limit == 0 {
				return func(func(selfcheck.Unfinished, error) bool) {}
			}
			return good.Unfinished(ctx, page)
		})),
		broken("Unfinished/Anew", "goes on where the last range stopped", func(good selfcheck.Store) flawed {
			return flawed{unfinished: func(ctx context.Context, page page) iter.Seq2[selfcheck.Unfinished, error] {
				return func(yield func(selfcheck.Unfinished, error) bool) {
					for open, err := range good.Unfinished(ctx, page) {
						page.After = open.Transaction
						if !yield(open, err) {
							return
						}
					}
				}
			}}
		}),
		broken("Unfinished/Cancelled", "yields cases under a canceled context", onUnfinished(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.Unfinished, error] {
			return good.Unfinished(context.WithoutCancel(ctx), page)
		})),
		broken("Unfinished/CancelledLater", "looks at its context once", onUnfinished(func(ctx context.Context, good selfcheck.Store, page page) iter.Seq2[selfcheck.Unfinished, error] {
			return func(yield func(selfcheck.Unfinished, error) bool) {
				if err := ctx.Err(); err != nil {
					yield(selfcheck.Unfinished{}, err)
					return
				}
				good.Unfinished(context.WithoutCancel(ctx), page)(yield)
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
		unfinished: func(ctx context.Context, p page) iter.Seq2[selfcheck.Unfinished, error] {
			mu.Lock()
			ids := slices.Compact(slices.Sorted(slices.Values(all)))
			mu.Unlock()
			ids = slices.DeleteFunc(ids, func(id selfcheck.TransactionID) bool { return id <= p.After })
			if p.Limit > 0 {
				ids = ids[:min(p.Limit, len(ids))]
			}
			return func(yield func(selfcheck.Unfinished, error) bool) {
				for open, err := range good.Unfinished(ctx, page{After: p.After}) {
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
