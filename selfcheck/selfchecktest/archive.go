package selfchecktest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
)

// Archived is a store that keeps the records of everybody.
type Archived interface {
	selfcheck.Store
	selfcheck.Archive
}

// TestArchive checks every promise of selfcheck.Archive. newStore is called once per promise
// and gives an empty store with the outbox that its events go to. That it is a selfcheck.Store,
// TestStore checks.
func TestArchive(t *testing.T, newStore func(t *testing.T) (Archived, cris.Outbox)) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedArchiveClauses(), ownArchiveClauses()), func(t *testing.T) archives {
		t.Helper()
		store, outbox := newStore(t)
		return archives{store, outbox}
	})
}

// archives is what a clause gets.
type archives struct {
	Archived
	outbox cris.Outbox
}

// sharedArchiveClauses are what every list promises.
func sharedArchiveClauses() []contract.Clause[archives] {
	return slices.Concat(
		contract.Without(contract.ListClauses("Failures", failureListing{}.view), "Failures/Letters"),
		contract.Without(contract.ListClauses("Failures/OfNumber", failureListing{
			filter: selfcheck.FailureFilter{IdPTransaction: "IDP-7"},
			fits:   func(f *selfcheck.Failure) { f.IdPTransaction = "IDP-7" },
			others: []func(f *selfcheck.Failure){
				func(f *selfcheck.Failure) { f.IdPTransaction = "idp-7" },
				func(f *selfcheck.Failure) { f.IdPTransaction = "IDP-77" },
				func(f *selfcheck.Failure) { f.IdPTransaction = "" },
			},
		}.view), "Failures/OfNumber/Letters"),
		contract.Without(contract.ListClauses("Failures/OfReason", failureListing{
			filter: selfcheck.FailureFilter{Reason: selfcheck.SystemError},
			fits:   func(f *selfcheck.Failure) { f.Reason = selfcheck.SystemError },
			others: []func(f *selfcheck.Failure){
				func(f *selfcheck.Failure) { f.Reason = selfcheck.AnsweredIncorrectly },
				func(f *selfcheck.Failure) { f.Reason = selfcheck.MultipleAttempts },
			},
		}.view), "Failures/OfReason/Letters"),
		contract.Without(contract.ListClauses("Failures/OfTime", failureListing{
			filter: selfcheck.FailureFilter{From: Start(), Before: Start().Add(time.Hour)},
			fits:   func(f *selfcheck.Failure) { f.At = Start().Add(time.Hour - time.Microsecond) },
			others: []func(f *selfcheck.Failure){
				func(f *selfcheck.Failure) { f.At = Start().Add(-time.Microsecond) },
				func(f *selfcheck.Failure) { f.At = Start().Add(time.Hour) },
			},
		}.view), "Failures/OfTime/Letters"),
		contract.Without(contract.ListClauses("Candidates", candidateList), "Candidates/Letters"),
	)
}

func ownArchiveClauses() []contract.Clause[archives] {
	return []contract.Clause[archives]{
		{Name: "Failures/Values", Promise: "a failure is listed as it was saved", Check: failureValues},
		{Name: "Failures/Both", Promise: "of what a filter sets, all must hold; From is the first instant and Before the first that is none, each alone or both", Check: failureFilters},
		{Name: "Candidates/EveryKey", Promise: "a record is found by each of its keys, whether its case is open or closed; by what no store can hold nothing is found", Check: everyKey},
		{Name: "Candidates/Follow", Promise: "a record is found by the keys that it has since its last Update", Check: keysFollow},
		{Name: "Candidates/Removed", Promise: "a record whose query was removed is found by none of its keys", Check: keysRemoved},
		{Name: "CountFailures/Days", Promise: "failures are counted by the days of the zone, also those on which its clocks are changed, and by reason, in this order; what did not occur is left out", Check: countDays},
		{Name: "CountFailures/Bounds", Promise: "failures are counted from the first instant to before the second, however far apart they are; between none there are none", Check: countBounds},
		{Name: "CountFailures/Cancelled", Promise: "under a canceled context counting gives the error of the context", Check: countCancelled},
	}
}

// failureListing is a list of failures: by what filter, what fits it, and what does not.
type failureListing struct {
	filter selfcheck.FailureFilter
	fits   func(f *selfcheck.Failure)
	others []func(f *selfcheck.Failure)
}

// view lets the shared clauses see the list.
func (l failureListing) view(s archives) contract.List {
	return contract.List{
		Key: func(n int) string { return string(transaction(n)) },
		Put: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(_ int, id selfcheck.TransactionID) error {
				failure := NewFailure(id)
				if l.fits != nil {
					l.fits(&failure)
				}
				return save(ctx, s, id, selfcheck.Change{Failure: &failure})
			})
		},
		PutOther: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(n int, id selfcheck.TransactionID) error {
				if l.others == nil { // nobody failed
					pass := passOf(id)
					return save(ctx, s, id, selfcheck.Change{Pass: &pass})
				}
				failure := NewFailure(id, l.others[n%len(l.others)])
				return save(ctx, s, id, selfcheck.Change{Failure: &failure})
			})
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			list := s.Failures(ctx, l.filter, pageOf(page))
			return contract.KeysOf(list, func(f selfcheck.Failure) string { return string(f.Transaction) })
		},
		AnyKey: true, // for a page to begin after
	}
}

// candidateList lets the shared clauses list candidates. A store may yield others too, so none
// are put.
func candidateList(s archives) contract.List {
	return contract.List{
		Key: func(n int) string { return string(transaction(n)) },
		Put: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(_ int, id selfcheck.TransactionID) error {
				return save(ctx, s, id, changeOf(selfcheck.Record{Pass: passOf(id), Query: queryOf(id)}))
			})
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			list := s.Candidates(ctx, selfcheck.KeyOf(selfcheck.KeyANumber, cris.MustParseANumber("A087654321").Reveal()), pageOf(page))
			return contract.KeysOf(list, func(id selfcheck.TransactionID) string { return string(id) })
		},
		AnyKey: true, // for a page to begin after
	}
}

// collect reads a list to its end.
func collect[V any](list iter.Seq2[V, error]) (all []V, err error) {
	for value, err := range list {
		if err != nil {
			return nil, err
		}
		all = append(all, value)
	}
	return all, nil
}

func (s archives) put(ctx context.Context, records ...recordOf) error {
	for _, r := range records {
		if err := save(ctx, s, r.id, changeOf(r.record)); err != nil {
			return err
		}
	}
	return nil
}

// failures saves a failure at each of the times, of the reasons in turn, in transactions from
// first on.
func (s archives) failures(ctx context.Context, first int, reasons []selfcheck.FailureReason, at ...time.Time) error {
	for n, at := range at {
		id := transaction(first + n)
		failure := NewFailure(id, func(f *selfcheck.Failure) { f.At, f.Reason = at, reasons[n%len(reasons)] })
		if err := save(ctx, s, id, selfcheck.Change{Failure: &failure}); err != nil {
			return err
		}
	}
	return nil
}

func failureValues(ctx context.Context, s archives) error {
	want := []selfcheck.Failure{
		NewFailure(transaction(1)),
		{Transaction: transaction(2), Reason: selfcheck.SystemError, At: Start().Add(-time.Hour)},
	}
	for _, failure := range want {
		if err := save(ctx, s, failure.Transaction, selfcheck.Change{Failure: &failure}); err != nil {
			return err
		}
	}
	got, err := collect(s.Failures(ctx, selfcheck.FailureFilter{}, cris.Page[selfcheck.TransactionID]{}))
	if err != nil || !slices.Equal(got, want) {
		return fmt.Errorf("Failures yields %+v, want %+v, and the error: %w", got, want, orNil(err))
	}
	return nil
}

func failureFilters(ctx context.Context, s archives) error {
	start, number := Start(), selfcheck.IdPTransactionID("IDP-9")
	// Of the three properties, each of the eight has another choice.
	for n := range 8 {
		failure := NewFailure(transaction(n), func(f *selfcheck.Failure) {
			f.IdPTransaction, f.Reason, f.At = number, selfcheck.SystemError, start
			if n&1 != 0 {
				f.IdPTransaction = "IDP-8"
			}
			if n&2 != 0 {
				f.Reason = selfcheck.MultipleAttempts
			}
			if n&4 != 0 {
				f.At = start.Add(time.Microsecond)
			}
		})
		if err := save(ctx, s, failure.Transaction, selfcheck.Change{Failure: &failure}); err != nil {
			return err
		}
	}
	next := start.Add(time.Microsecond)
	for _, c := range []struct {
		filter selfcheck.FailureFilter
		want   []int
	}{
		{selfcheck.FailureFilter{}, []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{selfcheck.FailureFilter{From: next}, []int{4, 5, 6, 7}},
		{selfcheck.FailureFilter{From: start.Add(time.Nanosecond)}, []int{4, 5, 6, 7}},
		{selfcheck.FailureFilter{Before: next}, []int{0, 1, 2, 3}},
		{selfcheck.FailureFilter{Before: start.Add(time.Nanosecond)}, []int{0, 1, 2, 3}},
		{selfcheck.FailureFilter{From: start, Before: next}, []int{0, 1, 2, 3}},
		{selfcheck.FailureFilter{From: start, Before: start}, nil},
		{selfcheck.FailureFilter{From: next, Before: start}, nil},
		{selfcheck.FailureFilter{IdPTransaction: number, Reason: selfcheck.SystemError}, []int{0, 4}},
		{selfcheck.FailureFilter{IdPTransaction: number, From: next}, []int{4, 6}},
		{selfcheck.FailureFilter{Reason: selfcheck.SystemError, Before: next}, []int{0, 1}},
		{selfcheck.FailureFilter{IdPTransaction: number, Reason: selfcheck.SystemError, From: start, Before: next}, []int{0}},
		{selfcheck.FailureFilter{IdPTransaction: "IDP-7"}, nil},
		{selfcheck.FailureFilter{IdPTransaction: "\xff"}, nil},
		{selfcheck.FailureFilter{Reason: "\x00"}, nil},
	} {
		found, err := collect(s.Failures(ctx, c.filter, cris.Page[selfcheck.TransactionID]{}))
		if err != nil {
			return fmt.Errorf("Failures by %+v: %w", c.filter, err)
		}
		var want, got []selfcheck.TransactionID
		for _, n := range c.want {
			want = append(want, transaction(n))
		}
		for _, failure := range found {
			got = append(got, failure.Transaction)
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("Failures by %+v yields %v, want %v", c.filter, got, want)
		}
	}
	return nil
}

// isCandidate reports whether the transaction is among the candidates of the key.
func (s archives) isCandidate(ctx context.Context, key selfcheck.Key, id selfcheck.TransactionID) (bool, error) {
	found, err := collect(s.Candidates(ctx, key, cris.Page[selfcheck.TransactionID]{}))
	return slices.Contains(found, id), err
}

// wantKeys checks whether the record is found by each of the keys.
func (s archives) wantKeys(ctx context.Context, id selfcheck.TransactionID, keys []selfcheck.Key, want bool) error {
	for _, key := range keys {
		is, err := s.isCandidate(ctx, key, id)
		if err != nil {
			return fmt.Errorf("candidates by %s: %w", key.Kind, err)
		}
		if is != want {
			return fmt.Errorf("that %s is a candidate by its %s is %t, want %t", id, key.Kind, is, want)
		}
	}
	return nil
}

func everyKey(ctx context.Context, s archives) error {
	open := recordOf{transaction(1), selfcheck.Record{Pass: passOf(transaction(1)), Query: queryOf(transaction(1))}}
	shut := recordOf{transaction(2), selfcheck.Record{Pass: passOf(transaction(2)), Query: closed(transaction(2))}}
	keys := open.record.Keys()
	for _, kind := range selfcheck.KeyKinds() {
		if !slices.ContainsFunc(keys, func(key selfcheck.Key) bool { return key.Kind == kind }) {
			return fmt.Errorf("the record has no key of the kind %s", kind)
		}
	}
	if err := s.put(ctx, open, shut); err != nil {
		return err
	}
	if err := errors.Join(s.wantKeys(ctx, open.id, keys, true), s.wantKeys(ctx, shut.id, keys, true)); err != nil {
		return err
	}
	for _, key := range []selfcheck.Key{selfcheck.KeyOf(selfcheck.KeySSN, "\xff"), selfcheck.KeyOf("\x00", "1")} {
		if err := s.wantKeys(ctx, open.id, []selfcheck.Key{key}, false); err != nil {
			return err
		}
	}
	return nil
}

func keysFollow(ctx context.Context, s archives) error {
	id := transaction(1)
	begin := selfcheck.Record{Pass: passOf(id), Query: queryOf(id)}
	if err := s.put(ctx, recordOf{id, begin}); err != nil {
		return err
	}
	other := begin
	other.Query.Query.ANumber = cris.MustParseANumber("A012345678")
	other.Query.Query.CardNumber = cris.NewPersonal(casestatus.MustParseReceiptNumber("MSC2190000001"))
	other.Query.Query.I94Number = selfcheck.I94Number{}
	if err := errors.Join(
		save(ctx, s, id, selfcheck.Change{Query: &other.Query}),
		s.wantKeys(ctx, id, other.Keys(), true),
		save(ctx, s, id, selfcheck.Change{Query: &selfcheck.QueryRecord{}}),
		save(ctx, s, id, selfcheck.Change{Pass: &selfcheck.PassedProofing{}}),
	); err != nil {
		return err
	}
	renamed := begin
	renamed.Pass.Name = must(cris.NewPersonName(cris.NameParts{Family: "Quillfeather", Given: "Ivo"}))
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &renamed.Pass, Query: &renamed.Query}),
		s.wantKeys(ctx, id, renamed.Keys(), true),
	)
}

func keysRemoved(ctx context.Context, s archives) error {
	id := transaction(1)
	record := selfcheck.Record{Pass: passOf(id), Query: queryOf(id)}
	return errors.Join(
		s.put(ctx, recordOf{id, record}),
		s.wantKeys(ctx, id, record.Keys(), true),
		save(ctx, s, id, selfcheck.Change{Query: &selfcheck.QueryRecord{}}),
		s.wantKeys(ctx, id, record.Keys(), false),
	)
}

// instant reads a time in the form 2006-01-02T15:04:05Z07:00.
func instant(at string) time.Time { return must(time.Parse(time.RFC3339Nano, at)).UTC() }

func (s archives) wantCounts(ctx context.Context, from, before string, zone *time.Location, want ...selfcheck.FailureCount) error {
	got, err := s.CountFailures(ctx, instant(from), instant(before), zone)
	if err != nil || !slices.Equal(got, want) {
		return fmt.Errorf("the failures from %s to before %s in %v are %v, want %v, and the error is: %w", from, before, zone, got, want, orNil(err))
	}
	return nil
}

func countDays(ctx context.Context, s archives) error {
	wrong, many := selfcheck.AnsweredIncorrectly, selfcheck.MultipleAttempts
	if err := s.failures(ctx, 1, []selfcheck.FailureReason{many, wrong},
		// In the agency's zone March 10 has 23 hours, and November 3 has 25.
		instant("2013-03-10T04:59:59.999999Z"),
		instant("2013-03-10T05:00:00Z"), instant("2013-03-11T03:59:59.999999Z"),
		instant("2013-03-11T04:00:00Z"),
		instant("2013-11-03T03:59:59.999999Z"),
		instant("2013-11-03T04:00:00Z"), instant("2013-11-03T05:30:00Z"), instant("2013-11-03T06:30:00Z"), instant("2013-11-04T04:59:59.999999Z"),
		instant("2013-11-04T05:00:00Z"),
	); err != nil {
		return err
	}
	day := cris.MustParseDate
	return errors.Join(
		s.wantCounts(ctx, "2013-01-01T00:00:00Z", "2014-01-01T00:00:00Z", cris.AgencyZone(),
			selfcheck.FailureCount{Day: day("2013-03-09"), Reason: many, Count: 1},
			selfcheck.FailureCount{Day: day("2013-03-10"), Reason: wrong, Count: 1},
			selfcheck.FailureCount{Day: day("2013-03-10"), Reason: many, Count: 1},
			selfcheck.FailureCount{Day: day("2013-03-11"), Reason: wrong, Count: 1},
			selfcheck.FailureCount{Day: day("2013-11-02"), Reason: many, Count: 1},
			selfcheck.FailureCount{Day: day("2013-11-03"), Reason: wrong, Count: 2},
			selfcheck.FailureCount{Day: day("2013-11-03"), Reason: many, Count: 2},
			selfcheck.FailureCount{Day: day("2013-11-04"), Reason: wrong, Count: 1},
		),
		s.wantCounts(ctx, "2013-11-01T00:00:00Z", "2014-01-01T00:00:00Z", time.FixedZone("far east", 14*60*60),
			selfcheck.FailureCount{Day: day("2013-11-03"), Reason: wrong, Count: 2},
			selfcheck.FailureCount{Day: day("2013-11-03"), Reason: many, Count: 2},
			selfcheck.FailureCount{Day: day("2013-11-04"), Reason: wrong, Count: 1},
			selfcheck.FailureCount{Day: day("2013-11-04"), Reason: many, Count: 1},
		),
	)
}

func countBounds(ctx context.Context, s archives) error {
	reason := selfcheck.SystemError
	if err := s.wantCounts(ctx, "0001-01-01T00:00:00Z", "9000-01-01T00:00:00Z", time.UTC); err != nil {
		return fmt.Errorf("an empty store: %w", err)
	}
	if err := s.failures(ctx, 1, []selfcheck.FailureReason{reason},
		instant("2011-03-21T12:00:00Z"), instant("2013-08-15T12:00:00.000001Z"), instant("2013-08-15T12:00:00.000002Z"), instant("2013-08-15T12:00:00.000003Z"),
	); err != nil {
		return err
	}
	first := selfcheck.FailureCount{Day: cris.MustParseDate("2011-03-21"), Reason: reason, Count: 1}
	of := func(n int) selfcheck.FailureCount {
		return selfcheck.FailureCount{Day: cris.MustParseDate("2013-08-15"), Reason: reason, Count: n}
	}
	return errors.Join(
		s.wantCounts(ctx, "0001-01-01T00:00:00Z", "9000-01-01T00:00:00Z", cris.AgencyZone(), first, of(3)),
		s.wantCounts(ctx, "2011-03-21T12:00:00Z", "2013-08-15T12:00:00.000003Z", time.UTC, first, of(2)),
		s.wantCounts(ctx, "2013-08-15T12:00:00.000002Z", "2013-08-15T12:00:00.000003Z", time.UTC, of(1)),
		s.wantCounts(ctx, "2013-08-15T12:00:00.000001001Z", "2013-08-15T12:00:00.000002001Z", time.UTC, of(1)),
		s.wantCounts(ctx, "2013-08-15T12:00:00.000002Z", "2013-08-15T12:00:00.000002Z", time.UTC),
		s.wantCounts(ctx, "2013-08-16T00:00:00Z", "2011-01-01T00:00:00Z", time.UTC),
	)
}

func countCancelled(ctx context.Context, s archives) error {
	if err := s.failures(ctx, 1, selfcheck.FailureReasons(), Start()); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if counts, err := s.CountFailures(cancelled, Start(), Start().Add(time.Hour), time.UTC); !errors.Is(err, context.Canceled) || counts != nil {
		return fmt.Errorf("counted %v, with the error: %w", counts, orNil(err))
	}
	return nil
}
