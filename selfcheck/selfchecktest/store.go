// Package selfchecktest checks implementations of the store of selfcheck, and has
// fakes of its two other ports. A store is proven by one call:
//
//	func TestStore(t *testing.T) {
//		selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) { ... })
//	}
package selfchecktest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
)

// TestStore checks every promise of selfcheck.Store. newStore is called once per
// promise and gives an empty store with the outbox that its events go to.
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

func clauses() []contract.Clause[stores] {
	return slices.Concat(contract.AtomicClauses(asAtomic), []contract.Clause[stores]{
		{Name: "Unknown", Promise: "Record of an unknown transaction gives ErrNotFound, and so does one for which nothing was saved", Check: unknown},
		{Name: "Letters", Promise: "transactions that differ only in upper and lower case are two", Check: letters},
		{Name: "Cancelled", Promise: "under a cancelled context Record gives its error, and OpenCases yields it and ends", Check: cancelled},
		{Name: "FailureRoundTrip", Promise: "a failure reads back equal, with every field and with few", Check: failureRoundTrip},
		{Name: "PassRoundTrip", Promise: "a passed proofing reads back equal, with every field and with few", Check: passRoundTrip},
		{Name: "QueryRoundTrip", Promise: "a query reads back equal, open and closed, with every field and with few", Check: queryRoundTrip},
		{Name: "FailureOnce", Promise: "a second failure of a transaction gives ErrConflict and changes nothing", Check: failureOnce},
		{Name: "PassOnce", Promise: "a second passed proofing of a transaction gives ErrConflict and changes nothing (SC-7)", Check: passOnce},
		{Name: "IdentityOfThePass", Promise: "the identity of a query is that of the passed proofing, whatever identity it was saved with (SC-7)", Check: identityOfThePass},
		{Name: "NilLeaves", Promise: "what a change does not name stays as it is", Check: nilLeaves},
		{Name: "QueryRemoved", Promise: "saving a zero query removes it and leaves the passed proofing", Check: queryRemoved},
		{Name: "OpenCases", Promise: "OpenCases yields each open query once, and no other", Check: openCases},
		{Name: "OpenCases/Resumes", Promise: "OpenCases begins behind the given transaction, by the bytes of their IDs, over more cases than fit a page", Check: openCasesResumes},
		{Name: "OpenCases/Reentrant", Promise: "the loop over OpenCases may call the store and may stop", Check: openCasesReentrant},
	})
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
				query := QueryRecord(id)
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

func unknown(ctx context.Context, s stores) error {
	if _, err := s.Record(ctx, transaction(1)); !errors.Is(err, selfcheck.ErrNotFound) {
		return errors.Join(errors.New("Record of an unknown transaction does not give ErrNotFound"), err)
	}
	if err := save(ctx, s, transaction(1), selfcheck.Change{}); err != nil {
		return err
	}
	if _, err := s.Record(ctx, transaction(1)); !errors.Is(err, selfcheck.ErrNotFound) {
		return errors.Join(errors.New("Record after an empty change does not give ErrNotFound"), err)
	}
	return nil
}

func letters(ctx context.Context, s stores) error {
	lower, upper := Failure("check-a"), Failure("CHECK-A")
	return errors.Join(
		save(ctx, s, "check-a", selfcheck.Change{Failure: &lower}),
		save(ctx, s, "CHECK-A", selfcheck.Change{Failure: &upper}),
		wantRecord(ctx, s, "check-a", selfcheck.Record{Failure: lower}),
		wantRecord(ctx, s, "CHECK-A", selfcheck.Record{Failure: upper}),
	)
}

func cancelled(ctx context.Context, s stores) error {
	query := QueryRecord(transaction(1))
	if err := save(ctx, s, transaction(1), selfcheck.Change{Query: &query}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Record(ctx, transaction(1)); !errors.Is(err, context.Canceled) {
		return errors.Join(errors.New("Record did not give the error of its context"), err)
	}
	yielded := 0
	var failed error
	for _, err := range s.OpenCases(ctx, "") {
		yielded++
		failed = err
	}
	if yielded != 1 || !errors.Is(failed, context.Canceled) {
		return errors.Join(fmt.Errorf("OpenCases yielded %d times, want the error of its context and the end", yielded), failed)
	}
	return nil
}

func failureRoundTrip(ctx context.Context, s stores) error {
	full := Failure(transaction(1))
	sparse := selfcheck.Failure{Transaction: transaction(2), Reason: selfcheck.SystemError, At: Start}
	return errors.Join(
		save(ctx, s, transaction(1), selfcheck.Change{Failure: &full}),
		save(ctx, s, transaction(2), selfcheck.Change{Failure: &sparse}),
		wantRecord(ctx, s, transaction(1), selfcheck.Record{Failure: full}),
		wantRecord(ctx, s, transaction(2), selfcheck.Record{Failure: sparse}),
	)
}

func passRoundTrip(ctx context.Context, s stores) error {
	full, sparse := PassedProofing(transaction(1)), PassedProofing(transaction(2))
	sparse.Name = must(cris.NewPersonName(cris.NameParts{Family: "Ó Súilleabháin"}))
	sparse.SSN = selfcheck.SSN{}
	return errors.Join(
		save(ctx, s, transaction(1), selfcheck.Change{Pass: &full}),
		save(ctx, s, transaction(2), selfcheck.Change{Pass: &sparse}),
		wantRecord(ctx, s, transaction(1), selfcheck.Record{Pass: full}),
		wantRecord(ctx, s, transaction(2), selfcheck.Record{Pass: sparse}),
	)
}

func queryRoundTrip(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, open := PassedProofing(id), QueryRecord(id)
	closed := open
	closed.Choice, closed.Closed, closed.Closure = selfcheck.Decline, Start.AddDate(0, 0, 1), selfcheck.ClosedDeclined
	sparse := selfcheck.QueryRecord{
		Query:     selfcheck.Query{Identity: pass.Lock(), Status: selfcheck.USCitizen},
		Submitted: Start,
	}
	if err := save(ctx, s, id, selfcheck.Change{Pass: &pass}); err != nil {
		return err
	}
	for _, query := range []selfcheck.QueryRecord{open, closed, sparse, open} {
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
	first, second := Failure(transaction(1)), Failure(transaction(1))
	second.Reason = selfcheck.SystemError
	if err := save(ctx, s, transaction(1), selfcheck.Change{Failure: &first}); err != nil {
		return err
	}
	if err := save(ctx, s, transaction(1), selfcheck.Change{Failure: &second}); !errors.Is(err, cris.ErrConflict) {
		return errors.Join(errors.New("a second failure does not give ErrConflict"), err)
	}
	return wantRecord(ctx, s, transaction(1), selfcheck.Record{Failure: first})
}

func passOnce(ctx context.Context, s stores) error {
	first, second := PassedProofing(transaction(1)), PassedProofing(transaction(1))
	second.BirthDate = cris.NewPersonal(cris.MustParseDate("1980-01-01"))
	if err := save(ctx, s, transaction(1), selfcheck.Change{Pass: &first}); err != nil {
		return err
	}
	if err := save(ctx, s, transaction(1), selfcheck.Change{Pass: &second}); !errors.Is(err, cris.ErrConflict) {
		return errors.Join(errors.New("a second passed proofing does not give ErrConflict"), err)
	}
	return wantRecord(ctx, s, transaction(1), selfcheck.Record{Pass: first})
}

func identityOfThePass(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, want, saved := PassedProofing(id), QueryRecord(id), QueryRecord(id)
	other := pass
	other.Name = must(cris.NewPersonName(cris.NameParts{Family: "Impostor", Given: "Ivo"}))
	saved.Query.Identity = other.Lock()
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &pass, Query: &saved}),
		wantRecord(ctx, s, id, selfcheck.Record{Pass: pass, Query: want}),
	)
}

func nilLeaves(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, query, failure := PassedProofing(id), QueryRecord(id), Failure(id)
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

func queryRemoved(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, query := PassedProofing(id), QueryRecord(id)
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &pass, Query: &query}),
		save(ctx, s, id, selfcheck.Change{Query: &selfcheck.QueryRecord{}}),
		wantRecord(ctx, s, id, selfcheck.Record{Pass: pass}),
		wantOpen(ctx, s, ""),
	)
}

// wantOpen checks which transactions OpenCases yields behind after.
func wantOpen(ctx context.Context, s stores, after selfcheck.TransactionID, want ...selfcheck.TransactionID) error {
	var got []selfcheck.TransactionID
	for open, err := range s.OpenCases(ctx, after) {
		if err != nil {
			return fmt.Errorf("OpenCases: %w", err)
		}
		got = append(got, open.Transaction)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("OpenCases behind %q yields %v, want %v", after, got, want)
	}
	return nil
}

func openCases(ctx context.Context, s stores) error {
	if err := wantOpen(ctx, s, ""); err != nil {
		return err
	}
	failure, pass := Failure(transaction(1)), PassedProofing(transaction(2))
	open, closed, unanswered := QueryRecord(transaction(3)), QueryRecord(transaction(4)), QueryRecord(transaction(5))
	closed.Closed, closed.Closure = Start, selfcheck.ClosedSessionEnded
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
	var got []selfcheck.OpenCase
	for one, err := range s.OpenCases(ctx, "") {
		if err != nil {
			return fmt.Errorf("OpenCases: %w", err)
		}
		got = append(got, one)
	}
	want := []selfcheck.OpenCase{
		{Transaction: transaction(3), Case: open.Case, Submitted: open.Submitted},
		{Transaction: transaction(5), Case: "", Submitted: unanswered.Submitted},
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("OpenCases yields %v, want %v", got, want)
	}
	return nil
}

func openCasesResumes(ctx context.Context, s stores) error {
	const cases = 205                                                            // more than two pages of a hundred
	all := []selfcheck.TransactionID{"b", "_x", "Z", "a1", "A", "a_1", "a", "B"} // a dictionary has another order
	for n := range cases - len(all) {
		all = append(all, transaction(n))
	}
	for _, id := range all {
		query := QueryRecord(id)
		if err := save(ctx, s, id, selfcheck.Change{Query: &query}); err != nil {
			return err
		}
	}
	slices.Sort(all)
	return errors.Join(
		wantOpen(ctx, s, "", all...),
		wantOpen(ctx, s, all[41], all[42:]...),
		wantOpen(ctx, s, all[cases-1]),
	)
}

func openCasesReentrant(ctx context.Context, s stores) error {
	for n := range 3 {
		query := QueryRecord(transaction(n))
		if err := save(ctx, s, transaction(n), selfcheck.Change{Query: &query}); err != nil {
			return err
		}
	}
	seen := 0
	var failed error
	// Not a range loop: in one, a store that goes on after the end makes Go panic.
	s.OpenCases(ctx, "")(func(open selfcheck.OpenCase, err error) bool {
		if seen++; err != nil {
			failed = fmt.Errorf("OpenCases: %w", err)
			return false
		}
		query := QueryRecord(open.Transaction)
		query.Closed, query.Closure = Start, selfcheck.ClosedSessionEnded
		if err := save(ctx, s, open.Transaction, selfcheck.Change{Query: &query}); err != nil {
			failed = fmt.Errorf("Update inside the loop: %w", err)
			return false
		}
		return seen < 2
	})
	if failed != nil {
		return failed
	}
	if seen != 2 {
		return fmt.Errorf("the loop saw %d cases before it was to stop at 2", seen)
	}
	return wantOpen(ctx, s, "", transaction(2))
}
