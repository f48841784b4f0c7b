package selfchecktest

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestArchiveKit_AcceptsMemory(t *testing.T) {
	TestArchive(t, func(*testing.T) (Archived, cris.Outbox) {
		db := memory.New()
		return db.SelfChecks(), db.Outbox()
	})
}

// flawedArchive is a correct archive with one flaw: any of its functions may be set.
type flawedArchive struct {
	*memory.SelfChecks
	failures   func(ctx context.Context, filter selfcheck.FailureFilter, page page) iter.Seq2[selfcheck.Failure, error]
	candidates func(ctx context.Context, key selfcheck.Key, page page) iter.Seq2[selfcheck.TransactionID, error]
	count      func(ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error)
}

func (f flawedArchive) Failures(ctx context.Context, filter selfcheck.FailureFilter, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Failure, error] {
	if f.failures == nil {
		return f.SelfChecks.Failures(ctx, filter, page)
	}
	return f.failures(ctx, filter, page)
}

func (f flawedArchive) Candidates(ctx context.Context, key selfcheck.Key, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.TransactionID, error] {
	if f.candidates == nil {
		return f.SelfChecks.Candidates(ctx, key, page)
	}
	return f.candidates(ctx, key, page)
}

func (f flawedArchive) CountFailures(ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
	if f.count == nil {
		return f.SelfChecks.CountFailures(ctx, from, before, zone)
	}
	return f.count(ctx, from, before, zone)
}

func TestArchiveKit_RefusesBrokenStores(t *testing.T) {
	type archive = *memory.SelfChecks
	broken := func(clause, flaw string, spoil func(good archive, db *memory.DB) flawedArchive) contract.Broken[archives] {
		return contract.Broken[archives]{Clause: clause, Flaw: flaw, New: func(*testing.T) archives {
			db := memory.New()
			spoiled := spoil(db.SelfChecks(), db)
			spoiled.SelfChecks = db.SelfChecks()
			return archives{spoiled, db.Outbox()}
		}}
	}
	// onFilter lets a store look for something else than it should.
	onFilter := func(spoil func(filter *selfcheck.FailureFilter)) func(archive, *memory.DB) flawedArchive {
		return func(good archive, _ *memory.DB) flawedArchive {
			return flawedArchive{failures: func(ctx context.Context, filter selfcheck.FailureFilter, page page) iter.Seq2[selfcheck.Failure, error] {
				spoil(&filter)
				return good.Failures(ctx, filter, page)
			}}
		}
	}
	// onCandidates lets a store leave out candidates.
	onCandidates := func(keeps func(good archive, ctx context.Context, key selfcheck.Key, id selfcheck.TransactionID) bool) func(archive, *memory.DB) flawedArchive {
		return func(good archive, _ *memory.DB) flawedArchive {
			return flawedArchive{candidates: func(ctx context.Context, key selfcheck.Key, page page) iter.Seq2[selfcheck.TransactionID, error] {
				return func(yield func(selfcheck.TransactionID, error) bool) {
					for id, err := range good.Candidates(ctx, key, page) {
						if (err != nil || keeps(good, ctx, key, id)) && !yield(id, err) {
							return
						}
					}
				}
			}}
		}
	}
	// remembering is a store that yields whatever ever had a key.
	remembering := func(good archive, _ *memory.DB) flawedArchive {
		var mu sync.Mutex
		seen := map[selfcheck.Key][]selfcheck.TransactionID{}
		return flawedArchive{candidates: func(ctx context.Context, key selfcheck.Key, page page) iter.Seq2[selfcheck.TransactionID, error] {
			return func(yield func(selfcheck.TransactionID, error) bool) {
				mu.Lock()
				for id, err := range good.Candidates(ctx, key, page) {
					if err != nil {
						mu.Unlock()
						yield("", err)
						return
					}
					seen[key] = append(seen[key], id)
				}
				found := slices.Compact(slices.Sorted(slices.Values(seen[key])))
				mu.Unlock()
				for _, id := range found {
					if id > page.After && !yield(id, nil) {
						return
					}
				}
			}
		}}
	}
	// onCount lets a store count something else than it should.
	onCount := func(count func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error)) func(archive, *memory.DB) flawedArchive {
		return func(good archive, _ *memory.DB) flawedArchive {
			return flawedArchive{count: func(ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
				return count(good, ctx, from, before, zone)
			}}
		}
	}
	zoo := []contract.Broken[archives]{
		broken("Failures/Values", "leaves out the error code", func(good archive, _ *memory.DB) flawedArchive {
			return flawedArchive{failures: func(ctx context.Context, filter selfcheck.FailureFilter, page page) iter.Seq2[selfcheck.Failure, error] {
				return func(yield func(selfcheck.Failure, error) bool) {
					for failure, err := range good.Failures(ctx, filter, page) {
						if failure.ErrorCode = ""; !yield(failure, err) {
							return
						}
					}
				}
			}}
		}),
		broken("Failures/All", "yields its first 500 failures", func(good archive, _ *memory.DB) flawedArchive {
			return flawedArchive{failures: func(ctx context.Context, filter selfcheck.FailureFilter, page page) iter.Seq2[selfcheck.Failure, error] {
				page.Limit = 500
				return good.Failures(ctx, filter, page)
			}}
		}),
		broken("Failures/OfNumber/All", "knows no filter by number", onFilter(func(filter *selfcheck.FailureFilter) { filter.IdPTransaction = "" })),
		broken("Failures/OfReason/All", "knows no filter by reason", onFilter(func(filter *selfcheck.FailureFilter) { filter.Reason = "" })),
		broken("Failures/OfTime/All", "knows no filter by time", onFilter(func(filter *selfcheck.FailureFilter) { filter.From, filter.Before = time.Time{}, time.Time{} })),
		broken("Failures/OfReason/Limit", "applies the limit before it looks at the reason", func(good archive, _ *memory.DB) flawedArchive {
			return flawedArchive{failures: func(ctx context.Context, filter selfcheck.FailureFilter, page page) iter.Seq2[selfcheck.Failure, error] {
				return func(yield func(selfcheck.Failure, error) bool) {
					for failure, err := range good.Failures(ctx, selfcheck.FailureFilter{}, page) {
						if (err != nil || failure.Reason == filter.Reason) && !yield(failure, err) {
							return
						}
					}
				}
			}}
		}),
		broken("Failures/Both", "takes the number or the reason", onFilter(func(filter *selfcheck.FailureFilter) {
			if filter.IdPTransaction != "" {
				filter.Reason = ""
			}
		})),
		broken("Failures/Both", "counts the last instant in", onFilter(func(filter *selfcheck.FailureFilter) {
			if !filter.Before.IsZero() {
				filter.Before = filter.Before.Add(time.Microsecond)
			}
		})),
		broken("Failures/Both", "cuts instants to what it stores", onFilter(func(filter *selfcheck.FailureFilter) {
			filter.From, filter.Before = filter.From.Truncate(time.Microsecond), filter.Before.Truncate(time.Microsecond)
		})),
		broken("Failures/Both", "wants both instants or none", onFilter(func(filter *selfcheck.FailureFilter) {
			if filter.From.IsZero() || filter.Before.IsZero() {
				filter.From, filter.Before = time.Time{}, time.Time{}
			}
		})),
		broken("Candidates/All", "leaves out every hundredth", onCandidates(func(_ archive, _ context.Context, _ selfcheck.Key, id selfcheck.TransactionID) bool {
			return !strings.HasSuffix(string(id), "00")
		})),
		broken("Candidates/EveryKey", "does not find by name", onCandidates(func(_ archive, _ context.Context, key selfcheck.Key, _ selfcheck.TransactionID) bool {
			return key.Kind != selfcheck.KeyName
		})),
		broken("Candidates/EveryKey", "finds open cases alone", onCandidates(func(good archive, ctx context.Context, _ selfcheck.Key, id selfcheck.TransactionID) bool {
			record, _ := good.Record(ctx, id)
			return record.Query.IsOpen()
		})),
		broken("Candidates/Follow", "finds by the keys that were saved first", onCandidates(func(_ archive, _ context.Context, key selfcheck.Key, id selfcheck.TransactionID) bool {
			return slices.Contains(newRecord(id).record.Keys(), key)
		})),
		broken("Candidates/Removed", "keeps the keys", remembering),
		broken("CountFailures/Days", "counts by days of 24 hours from the first midnight", onCount(func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
			_, offset := from.In(zone).Zone()
			return good.CountFailures(ctx, from, before, time.FixedZone("", offset))
		})),
		broken("CountFailures/Days", "counts by days of Greenwich", onCount(func(good archive, ctx context.Context, from, before time.Time, _ *time.Location) ([]selfcheck.FailureCount, error) {
			return good.CountFailures(ctx, from, before, time.UTC)
		})),
		broken("CountFailures/Days", "tells what did not occur", onCount(func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
			counts, err := good.CountFailures(ctx, from, before, zone)
			for i := range counts {
				counts = append(counts, selfcheck.FailureCount{Day: counts[i].Day, Reason: selfcheck.SystemError})
			}
			slices.SortFunc(counts, func(a, b selfcheck.FailureCount) int {
				return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Reason, b.Reason))
			})
			return slices.Compact(counts), err
		})),
		broken("CountFailures/Days", "orders by reason", onCount(func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
			counts, err := good.CountFailures(ctx, from, before, zone)
			slices.SortStableFunc(counts, func(a, b selfcheck.FailureCount) int { return cmp.Compare(a.Reason, b.Reason) })
			return counts, err
		})),
		broken("CountFailures/Bounds", "counts whole days", onCount(func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
			return good.CountFailures(ctx, cris.DateOf(from, zone).Start(zone), cris.DateOf(before, zone).AddDays(1).Start(zone), zone)
		})),
		broken("CountFailures/Bounds", "counts a year at most", onCount(func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
			if year := before.AddDate(-1, 0, 0); from.Before(year) {
				from = year
			}
			return good.CountFailures(ctx, from, before, zone)
		})),
		broken("CountFailures/Cancelled", "counts under a canceled context", onCount(func(good archive, ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
			return good.CountFailures(context.WithoutCancel(ctx), from, before, zone)
		})),
	}
	contract.RefusesOwn(t, ownArchiveClauses(), sharedArchiveClauses(), zoo)
}
