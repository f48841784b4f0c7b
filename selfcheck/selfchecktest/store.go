// Package selfchecktest serves tests of Self Check: it checks implementations of
// selfcheck.Store, builds the values of the package, and has an identity proofing provider
// and an E-Verify that follow a script. A store is proven by one call:
//
//	func TestStore(t *testing.T) {
//		selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) { ... })
//	}
package selfchecktest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/selfcheck"
)

// TestStore checks every promise of selfcheck.Store. newStore is called once per
// promise and gives an empty store with the outbox that its events go to. A promise that
// is broken is an error of the test with its name.
func TestStore(t *testing.T, newStore func(t *testing.T) (selfcheck.Store, cris.Outbox)) {
	t.Helper()
	contract.Run(t, clauses(), func(t *testing.T) stores {
		t.Helper()
		store, outbox := newStore(t)
		return stores{store, outbox}
	})
}

// stores is what a clause gets.
type stores struct {
	selfcheck.Store
	outbox cris.Outbox
}

func clauses() []contract.Clause[stores] { return slices.Concat(sharedClauses(), ownClauses()) }

// sharedClauses are what every Update, every read and every list promises.
func sharedClauses() []contract.Clause[stores] {
	return slices.Concat(
		contract.AtomicClauses(asAtomic),
		contract.ReadClauses("Record", asRead),
		contract.ListClauses("OpenCases", asList),
	)
}

func ownClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "EmptyChange", Promise: "a change that names nothing leaves nothing: Record still gives ErrNotFound", Check: emptyChange},
		{Name: "FailureRoundTrip", Promise: "a failure reads back equal, with every field and with few", Check: failureRoundTrip},
		{Name: "PassRoundTrip", Promise: "a passed proofing reads back equal, with every field and with few", Check: passRoundTrip},
		{Name: "QueryRoundTrip", Promise: "a query reads back equal, open and closed, with every field and with few", Check: queryRoundTrip},
		{Name: "FailureOnce", Promise: "a second failure of a transaction gives ErrConflict, with nothing personal in its text, and changes nothing", Check: failureOnce},
		{Name: "PassOnce", Promise: "a second passed proofing of a transaction gives ErrConflict, with nothing personal in its text, and changes nothing (SC-7)", Check: passOnce},
		{Name: "OtherTransaction", Promise: "a failure or a pass of another transaction than that of the Update gives an error and saves nothing", Check: otherTransaction},
		{Name: "IdentityOfThePass", Promise: "the identity of a query is that of the passed proofing, whatever identity it was saved with (SC-7)", Check: identityOfThePass},
		{Name: "NilLeaves", Promise: "what a change does not name stays as it is", Check: nilLeaves},
		{Name: "WholeChange", Promise: "all that one change names is saved", Check: wholeChange},
		{Name: "QueryRemoved", Promise: "saving a zero query removes it and leaves the passed proofing", Check: queryRemoved},
		{Name: "OpenCases/Values", Promise: "OpenCases yields what is open with its case and the time of its submission, and nothing else", Check: openCases},
	}
}

// transaction returns one of the transactions that the clauses save under.
func transaction(n int) selfcheck.TransactionID {
	return selfcheck.TransactionID(fmt.Sprintf("check-%06d", n))
}

// asAtomic lets the shared clauses count: an entry is one more saving of the query,
// whose case number says how many there were.
func asAtomic(s stores) contract.Atomic {
	entries := func(record selfcheck.Record) int {
		n, _ := strconv.Atoi(string(record.Query.Case)) // no query yet: 0
		return n
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			id := transaction(scope)
			return s.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
				seen := entries(prior)
				query := NewQueryRecord(id)
				query.Case = selfcheck.CaseNumber(strconv.Itoa(seen + 1))
				events, err := decide(seen)
				return selfcheck.Change{Query: &query, Events: events}, err
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			record, err := s.Record(ctx, transaction(scope))
			if errors.Is(err, selfcheck.ErrNotFound) {
				return 0, nil
			}
			return entries(record), err
		},
		Outbox: s.outbox,
	}
}

// recordOf is a record with its transaction.
type recordOf struct {
	id     selfcheck.TransactionID
	record selfcheck.Record
}

// under returns the record under another transaction.
func (r recordOf) under(id selfcheck.TransactionID) recordOf {
	r.id = id
	r.record.Failure.Transaction, r.record.Pass.Transaction = id, id
	r.record.Query.Query.Identity = r.record.Pass.Identity()
	return r
}

// personal is what stands in the personal fields of every record that is built here.
var personal = []string{
	"Lindqvistson", "Ottoline", "Brackenbury", "1979-11-23", "912-73-6458", "912736458",
	"087654321", "XQ1234567890", "123456789A1", "IOE*123456789", "DL-99*1", "2030-12-31",
}

// asRead lets the shared clauses read records. In each there is a failure and a pass, which
// no transaction has both, so that every field is looked at.
func asRead(s stores) contract.Read[recordOf] {
	return contract.Read[recordOf]{
		New: func(n int) recordOf {
			id := transaction(n)
			return recordOf{id, selfcheck.Record{Failure: NewFailure(id), Pass: NewPassedProofing(id), Query: NewQueryRecord(id)}}
		},
		Next: func(r recordOf, n int) recordOf {
			r.record.Query.Closed = Start().AddDate(0, 0, n)
			r.record.Query.Closure = selfcheck.ClosureReasons()[n%2]
			return r
		},
		Put: func(ctx context.Context, r recordOf) error {
			return s.Update(ctx, r.id, func(prior selfcheck.Record) (selfcheck.Change, error) {
				if prior != (selfcheck.Record{}) {
					return selfcheck.Change{Query: &r.record.Query}, nil
				}
				return selfcheck.Change{Failure: &r.record.Failure, Pass: &r.record.Pass, Query: &r.record.Query}, nil
			})
		},
		Get: func(ctx context.Context, r recordOf) (recordOf, error) {
			record, err := s.Record(ctx, r.id)
			return recordOf{r.id, record}, err
		},
		Given: func(ctx context.Context, r recordOf) (given recordOf, err error) {
			err = s.Update(ctx, r.id, func(prior selfcheck.Record) (selfcheck.Change, error) {
				given = recordOf{r.id, prior}
				return selfcheck.Change{}, nil
			})
			return given, err
		},
		Equal:   func(a, b recordOf) bool { return a == b },
		Missing: selfcheck.ErrNotFound,
		WithID:  func(r recordOf, id string) recordOf { return r.under(selfcheck.TransactionID(id)) },
		Texts: []contract.Text[recordOf]{
			{Name: "transaction of the provider", With: func(r recordOf, text string) recordOf {
				r.record.Pass.IdPTransaction = selfcheck.IdPTransactionID(text)
				return r.under(r.id)
			}},
			{Name: "statement", With: func(r recordOf, text string) recordOf {
				r.record.Pass.Statement = text
				return r.under(r.id)
			}},
			{Name: "error code", With: func(r recordOf, text string) recordOf {
				r.record.Failure.ErrorCode = selfcheck.ErrorCode(text)
				return r
			}},
			{Name: "case number", With: func(r recordOf, text string) recordOf {
				r.record.Query.Case = selfcheck.CaseNumber(text)
				return r
			}},
			{Name: "country", Personal: true, With: func(r recordOf, text string) recordOf {
				r.record.Query.Query.Country = cris.NewPersonal(selfcheck.CountryCode(text))
				return r
			}},
			{Name: "state", Personal: true, With: func(r recordOf, text string) recordOf {
				r.record.Query.Query.State = cris.NewPersonal(selfcheck.StateCode(text))
				return r
			}},
		},
		Personal: personal,
	}
}

// asList lets the shared clauses list open cases.
func asList(s stores) contract.List {
	return contract.List{
		Key: func(n int) string { return string(transaction(n)) },
		Put: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(_ int, id selfcheck.TransactionID) error {
				query := NewQueryRecord(id)
				return save(ctx, s, id, selfcheck.Change{Query: &query})
			})
		},
		// What is not open: closed, not queried, not authenticated.
		PutOther: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(n int, id selfcheck.TransactionID) error {
				query, pass, failure := closed(id), NewPassedProofing(id), NewFailure(id)
				return save(ctx, s, id, []selfcheck.Change{{Query: &query}, {Pass: &pass}, {Failure: &failure}}[n%3])
			})
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			list := s.OpenCases(ctx, cris.Page[selfcheck.TransactionID]{After: selfcheck.TransactionID(page.After), Limit: page.Limit})
			return contract.KeysOf(list, func(open selfcheck.OpenCase) string { return string(open.Transaction) })
		},
		AnyKey: true,
	}
}

// each runs save for every key, a few at a time. A store may give up since others write.
func each(ctx context.Context, keys []string, save func(n int, id selfcheck.TransactionID) error) error {
	const atOnce = 4
	failed := make([]error, len(keys))
	var wg sync.WaitGroup
	for first := range atOnce {
		wg.Go(func() {
			for n := first; n < len(keys); n += atOnce {
				failed[n] = retry.OnConflict(ctx, func() error { return save(n, selfcheck.TransactionID(keys[n])) })
			}
		})
	}
	wg.Wait()
	return errors.Join(failed...)
}

// closed returns a query whose case is closed.
func closed(id selfcheck.TransactionID) selfcheck.QueryRecord {
	return NewQueryRecord(id, func(query *selfcheck.QueryRecord) {
		query.Closed, query.Closure = Start(), selfcheck.ClosedSessionEnded
	})
}

// save runs an Update that saves change whatever was there.
func save(ctx context.Context, s stores, id selfcheck.TransactionID, change selfcheck.Change) error {
	return s.Update(ctx, id, func(selfcheck.Record) (selfcheck.Change, error) { return change, nil })
}

// wantRecord checks that Record and the next Update both see want.
func wantRecord(ctx context.Context, s stores, id selfcheck.TransactionID, want selfcheck.Record) error {
	got, err := s.Record(ctx, id)
	if err != nil {
		return fmt.Errorf("Record of %s: %w", id, err)
	}
	if got != want {
		return fmt.Errorf("Record gives another record than was saved: %s", difference(got, want))
	}
	return s.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
		if prior != want {
			return selfcheck.Change{}, fmt.Errorf("Update gives another record than was saved: %s", difference(prior, want))
		}
		return selfcheck.Change{}, nil
	})
}

// difference names the part in which two records differ.
func difference(got, want selfcheck.Record) string {
	switch {
	case got.Failure != want.Failure:
		return fmt.Sprintf("failure is %+v, want %+v", got.Failure, want.Failure)
	case got.Pass != want.Pass:
		return fmt.Sprintf("passed proofing is %+v, want %+v", got.Pass, want.Pass)
	case got.Query.Query != want.Query.Query:
		return fmt.Sprintf("query is %+v, want %+v", got.Query.Query, want.Query.Query)
	}
	return fmt.Sprintf("record of the query is %+v, want %+v", got.Query, want.Query)
}

func emptyChange(ctx context.Context, s stores) error {
	if err := save(ctx, s, transaction(1), selfcheck.Change{}); err != nil {
		return err
	}
	if _, err := s.Record(ctx, transaction(1)); !errors.Is(err, selfcheck.ErrNotFound) {
		return errors.Join(errors.New("Record after an empty change does not give ErrNotFound"), err)
	}
	return nil
}

func failureRoundTrip(ctx context.Context, s stores) error {
	full := NewFailure(transaction(1))
	sparse := selfcheck.Failure{Transaction: transaction(2), Reason: selfcheck.SystemError, At: Start()}
	return errors.Join(
		save(ctx, s, transaction(1), selfcheck.Change{Failure: &full}),
		save(ctx, s, transaction(2), selfcheck.Change{Failure: &sparse}),
		wantRecord(ctx, s, transaction(1), selfcheck.Record{Failure: full}),
		wantRecord(ctx, s, transaction(2), selfcheck.Record{Failure: sparse}),
	)
}

func passRoundTrip(ctx context.Context, s stores) error {
	full := NewPassedProofing(transaction(1))
	sparse := NewPassedProofing(transaction(2), func(pass *selfcheck.PassedProofing) {
		pass.Name = must(cris.NewPersonName(cris.NameParts{Family: "Ó Súilleabháin"}))
		pass.SSN = selfcheck.SSN{}
	})
	return errors.Join(
		save(ctx, s, transaction(1), selfcheck.Change{Pass: &full}),
		save(ctx, s, transaction(2), selfcheck.Change{Pass: &sparse}),
		wantRecord(ctx, s, transaction(1), selfcheck.Record{Pass: full}),
		wantRecord(ctx, s, transaction(2), selfcheck.Record{Pass: sparse}),
	)
}

func queryRoundTrip(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, open := NewPassedProofing(id), NewQueryRecord(id)
	declined := open
	declined.Choice, declined.Closed, declined.Closure = selfcheck.Decline, Start().AddDate(0, 0, 1), selfcheck.ClosedDeclined
	sparse := selfcheck.QueryRecord{
		Query:     selfcheck.Query{Identity: pass.Identity(), Status: selfcheck.USCitizen},
		Submitted: Start(),
	}
	if err := save(ctx, s, id, selfcheck.Change{Pass: &pass}); err != nil {
		return err
	}
	for _, query := range []selfcheck.QueryRecord{open, declined, sparse, open} {
		if err := errors.Join(
			save(ctx, s, id, selfcheck.Change{Query: &query}),
			wantRecord(ctx, s, id, selfcheck.Record{Pass: pass, Query: query}),
		); err != nil {
			return err
		}
	}
	return nil
}

func failureOnce(ctx context.Context, s stores) error {
	first, second := NewFailure(transaction(1)), NewFailure(transaction(1))
	second.Reason = selfcheck.SystemError
	if err := save(ctx, s, transaction(1), selfcheck.Change{Failure: &first}); err != nil {
		return err
	}
	if err := wantConflict(save(ctx, s, transaction(1), selfcheck.Change{Failure: &second})); err != nil {
		return fmt.Errorf("a second failure: %w", err)
	}
	return wantRecord(ctx, s, transaction(1), selfcheck.Record{Failure: first})
}

func passOnce(ctx context.Context, s stores) error {
	first, second := NewPassedProofing(transaction(1)), NewPassedProofing(transaction(1))
	second.BirthDate = cris.NewPersonal(cris.MustParseDate("1980-01-01"))
	if err := save(ctx, s, transaction(1), selfcheck.Change{Pass: &first}); err != nil {
		return err
	}
	if err := wantConflict(save(ctx, s, transaction(1), selfcheck.Change{Pass: &second})); err != nil {
		return fmt.Errorf("a second passed proofing: %w", err)
	}
	return wantRecord(ctx, s, transaction(1), selfcheck.Record{Pass: first})
}

func otherTransaction(ctx context.Context, s stores) error {
	failure, pass := NewFailure(transaction(2)), NewPassedProofing(transaction(2))
	for _, change := range []selfcheck.Change{{Failure: &failure}, {Pass: &pass}} {
		if save(ctx, s, transaction(1), change) == nil {
			return errors.New("the outcome of another transaction was saved")
		}
	}
	for n := 1; n <= 2; n++ {
		if _, err := s.Record(ctx, transaction(n)); !errors.Is(err, selfcheck.ErrNotFound) {
			return fmt.Errorf("after the refusal, Record of %s returned the error %w", transaction(n), err)
		}
	}
	return nil
}

// wantConflict checks that the error matches ErrConflict and repeats nothing of the
// applicant.
func wantConflict(err error) error {
	if !errors.Is(err, cris.ErrConflict) {
		return errors.Join(errors.New("does not give ErrConflict"), err)
	}
	if slices.ContainsFunc(append(personal, "1980-01-01"), func(value string) bool { return strings.Contains(err.Error(), value) }) {
		return errors.New("gives an error whose text holds a personal value")
	}
	return nil
}

func identityOfThePass(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, want, saved := NewPassedProofing(id), NewQueryRecord(id), NewQueryRecord(id)
	other := pass
	other.Name = must(cris.NewPersonName(cris.NameParts{Family: "Impostor", Given: "Ivo"}))
	saved.Query.Identity = other.Identity()
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &pass, Query: &saved}),
		wantRecord(ctx, s, id, selfcheck.Record{Pass: pass, Query: want}),
	)
}

func nilLeaves(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, query, failure := NewPassedProofing(id), NewQueryRecord(id), NewFailure(id)
	want := selfcheck.Record{}
	for _, step := range []struct {
		change selfcheck.Change
		want   func()
	}{
		{selfcheck.Change{Pass: &pass}, func() { want.Pass = pass }},
		{selfcheck.Change{Query: &query}, func() { want.Query = query }},
		{selfcheck.Change{Failure: &failure}, func() { want.Failure = failure }},
		{selfcheck.Change{}, func() {}},
	} {
		if err := save(ctx, s, id, step.change); err != nil {
			return err
		}
		step.want()
		if err := wantRecord(ctx, s, id, want); err != nil {
			return err
		}
	}
	return nil
}

func wholeChange(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, query, failure := NewPassedProofing(id), NewQueryRecord(id), NewFailure(id)
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Failure: &failure, Pass: &pass, Query: &query}),
		wantRecord(ctx, s, id, selfcheck.Record{Failure: failure, Pass: pass, Query: query}),
	)
}

func queryRemoved(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, query := NewPassedProofing(id), NewQueryRecord(id)
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &pass, Query: &query}),
		save(ctx, s, id, selfcheck.Change{Query: &selfcheck.QueryRecord{}}),
		wantRecord(ctx, s, id, selfcheck.Record{Pass: pass}),
		wantOpen(ctx, s),
	)
}

// wantOpen checks what OpenCases yields.
func wantOpen(ctx context.Context, s stores, want ...selfcheck.OpenCase) error {
	var got []selfcheck.OpenCase
	for open, err := range s.OpenCases(ctx, cris.Page[selfcheck.TransactionID]{}) {
		if err != nil {
			return fmt.Errorf("OpenCases: %w", err)
		}
		got = append(got, open)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("OpenCases yields %v, want %v", got, want)
	}
	return nil
}

func openCases(ctx context.Context, s stores) error {
	failure, pass := NewFailure(transaction(1)), NewPassedProofing(transaction(2))
	open, closed, unanswered := NewQueryRecord(transaction(3)), closed(transaction(4)), NewQueryRecord(transaction(5))
	unanswered.Case, unanswered.Result, unanswered.Choice = "", "", ""
	if err := errors.Join(
		save(ctx, s, transaction(1), selfcheck.Change{Failure: &failure}),
		save(ctx, s, transaction(2), selfcheck.Change{Pass: &pass}),
		save(ctx, s, transaction(3), selfcheck.Change{Query: &open}),
		save(ctx, s, transaction(4), selfcheck.Change{Query: &closed}),
		save(ctx, s, transaction(5), selfcheck.Change{Query: &unanswered}),
	); err != nil {
		return err
	}
	return wantOpen(ctx, s,
		selfcheck.OpenCase{Transaction: transaction(3), Case: open.Case, Submitted: open.Submitted},
		selfcheck.OpenCase{Transaction: transaction(5), Case: "", Submitted: unanswered.Submitted})
}
