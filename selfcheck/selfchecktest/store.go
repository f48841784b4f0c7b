// Package selfchecktest serves tests of Self Check: it checks implementations of
// selfcheck.Store and selfcheck.Archive, builds the values of the package, and has an identity
// proofing provider and an E-Verify that follow a script. A store is proven by one call:
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
	"time"

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
		contract.Without(contract.ReadClauses("Record", asRead), "Record/Letters"), // transactions have no letters to mistake
		contract.Without(contract.ListClauses("Unfinished", asList), "Unfinished/Letters"),
	)
}

func ownClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "EmptyChange", Promise: "a change that names nothing, or removes what is not there, leaves nothing: Record still gives ErrNotFound", Check: emptyChange},
		{Name: "BegunRoundTrip", Promise: "a begun proofing reads back equal, with every field and with few, and another takes its place", Check: begunRoundTrip},
		{Name: "FailureRoundTrip", Promise: "a failure reads back equal, with every field and with few", Check: failureRoundTrip},
		{Name: "PassRoundTrip", Promise: "a passed proofing reads back equal, with every field and with few", Check: passRoundTrip},
		{Name: "QueryRoundTrip", Promise: "a query reads back equal, open and closed, with every field and with few", Check: queryRoundTrip},
		{Name: "FailureOnce", Promise: "a second failure of a transaction gives ErrConflict, with nothing personal in its text, and changes nothing", Check: failureOnce},
		{Name: "PassOnce", Promise: "a second passed proofing of a transaction gives ErrConflict, with nothing personal in its text, and changes nothing (SC-7)", Check: passOnce},
		{Name: "PassTaken", Promise: "a pass with the provider's number of another transaction's pass gives ErrTaken, without the number or anything personal in its text, and its change saves nothing; of several at once one is saved", Check: passTaken},
		{Name: "CaseTaken", Promise: "a query with the case of another transaction, even of a closed one, gives ErrTaken, without the number or anything personal in its text, and its change saves nothing; of several at once one is saved", Check: caseTaken},
		{Name: "OtherTransaction", Promise: "a begun proofing, a failure or a pass of another transaction than that of the Update gives an error and its change saves nothing", Check: otherTransaction},
		{Name: "IdentityOfThePass", Promise: "the identity of a query is that of the passed proofing, whatever identity it was saved with (SC-7)", Check: identityOfThePass},
		{Name: "NilLeaves", Promise: "what a change does not name stays as it is", Check: nilLeaves},
		{Name: "WholeChange", Promise: "all that one change names is saved", Check: wholeChange},
		{Name: "BegunRemoved", Promise: "saving a zero begun proofing removes it and leaves the rest", Check: begunRemoved},
		{Name: "PassRemoved", Promise: "saving a zero passed proofing removes it, and its number may be saved again", Check: passRemoved},
		{Name: "PassOfQuery", Promise: "the removal of a pass is refused where there is a query, and its change saves nothing", Check: passOfQuery},
		{Name: "QueryRemoved", Promise: "saving a zero query removes it and leaves the passed proofing, and its case may be saved again", Check: queryRemoved},
		{Name: "Unfinished/Values", Promise: "Unfinished yields what each transaction waits for, as of its last Update, and nothing else", Check: unfinished},
	}
}

// transaction returns one of the transactions that the clauses save under. They ascend with n.
func transaction(n int) selfcheck.TransactionID {
	return selfcheck.TransactionID(fmt.Sprintf("%032x", n))
}

// caseNumber returns the n-th number of a case.
func caseNumber(n int) selfcheck.CaseNumber {
	return selfcheck.CaseNumber(fmt.Sprintf("%013dEV", n))
}

// passOf is NewPassedProofing with a number of the provider that no other transaction has.
func passOf(id selfcheck.TransactionID, edits ...func(*selfcheck.PassedProofing)) selfcheck.PassedProofing {
	pass := NewPassedProofing(id, func(pass *selfcheck.PassedProofing) {
		pass.IdPTransaction = selfcheck.IdPTransactionID("IDP-" + id)
	})
	edit(&pass, edits)
	return pass
}

// queryOf is NewQueryRecord with a case that no other transaction has.
func queryOf(id selfcheck.TransactionID, edits ...func(*selfcheck.QueryRecord)) selfcheck.QueryRecord {
	const digits = 12 // of the last, which differ in the transactions of the clauses
	n, err := strconv.ParseInt(string(id[max(0, len(id)-digits):]), 16, 64)
	query := NewQueryRecord(id, func(query *selfcheck.QueryRecord) {
		query.Case = caseNumber(int(must(n, err)) % 10_000_000_000_000)
	})
	edit(&query, edits)
	return query
}

// asAtomic lets the shared clauses count: an entry is one more saving of the query,
// whose case number says how many there were.
func asAtomic(s stores) contract.Atomic {
	const perScope = 1_000_000
	entries := func(record selfcheck.Record) int {
		digits, _ := strings.CutSuffix(string(record.Query.Case), "EV")
		n, _ := strconv.Atoi(digits) // no query yet: 0
		return n % perScope
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			id := transaction(scope + 1)
			return s.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
				seen := entries(prior)
				pass, query := passOf(id), queryOf(id)
				query.Case = caseNumber(scope*perScope + seen + 1)
				events, err := decide(seen)
				change := selfcheck.Change{Query: &query, Events: events}
				if prior.Pass == (selfcheck.PassedProofing{}) {
					change.Pass = &pass
				}
				return change, err
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			record, err := s.Record(ctx, transaction(scope+1))
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

// newRecord returns a record with everything in it, which no transaction has, so that every
// field is looked at.
func newRecord(id selfcheck.TransactionID) recordOf {
	return recordOf{id, selfcheck.Record{Begun: NewBegunProofing(id), Failure: NewFailure(id), Pass: passOf(id), Query: queryOf(id)}}
}

// personal is what stands in the personal fields of every record that is built here.
var personal = []string{
	"Lindqvistson", "Ottoline", "Brackenbury", "1979-11-23", "912-73-6458", "912736458",
	"087654321", "XQ1234567890", "123456789A1", "IOE*123456789", "DL-99*1", "2030-12-31",
}

// asRead lets the shared clauses read records.
func asRead(s stores) contract.Read[recordOf] {
	return contract.Read[recordOf]{
		New: func(n int) recordOf { return newRecord(transaction(n)) },
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
				return changeOf(r.record), nil
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
		Texts: []contract.Text[recordOf]{
			textOf("statement", false, func(record *selfcheck.Record, text string) { record.Pass.Statement = text }),
			textOf("what is sealed", true, func(record *selfcheck.Record, text string) { record.Begun.Sealed = text }),
			textOf("provider's number", true, func(record *selfcheck.Record, text string) {
				record.Pass.IdPTransaction = selfcheck.IdPTransactionID(text)
			}),
			textOf("error code", true, func(record *selfcheck.Record, text string) { record.Failure.ErrorCode = selfcheck.ErrorCode(text) }),
			textOf("case number", true, func(record *selfcheck.Record, text string) { record.Query.Case = selfcheck.CaseNumber(text) }),
			textOf("member of staff", true, func(record *selfcheck.Record, text string) { record.Query.SettledBy = text }),
			textOf("stage", true, func(record *selfcheck.Record, text string) { record.Query.Stage = selfcheck.Stage(text) }),
			personalText("country", func(query *selfcheck.Query, text string) {
				query.Country = cris.NewPersonal(selfcheck.CountryCode(text))
			}),
			personalText("state", func(query *selfcheck.Query, text string) { query.State = cris.NewPersonal(selfcheck.StateCode(text)) }),
		},
		Personal: personal,
	}
}

// textOf is a text of a record. A store need not hold any text where there are codes.
func textOf(name string, coded bool, set func(record *selfcheck.Record, text string)) contract.Text[recordOf] {
	return contract.Text[recordOf]{Name: name, Coded: coded, With: func(r recordOf, text string) recordOf {
		set(&r.record, text)
		return r
	}}
}

func personalText(name string, set func(query *selfcheck.Query, text string)) contract.Text[recordOf] {
	field := textOf(name, true, func(record *selfcheck.Record, text string) { set(&record.Query.Query, text) })
	field.Personal = true
	return field
}

// changeOf saves all of a record.
func changeOf(r selfcheck.Record) selfcheck.Change {
	var change selfcheck.Change
	if r.Begun != (selfcheck.BegunProofing{}) {
		change.Begun = &r.Begun
	}
	if r.Failure != (selfcheck.Failure{}) {
		change.Failure = &r.Failure
	}
	if r.Pass != (selfcheck.PassedProofing{}) {
		change.Pass = &r.Pass
	}
	if r.Query != (selfcheck.QueryRecord{}) {
		change.Query = &r.Query
	}
	return change
}

// asList lets the shared clauses list what is unfinished.
func asList(s stores) contract.List {
	return contract.List{
		Key: func(n int) string { return string(transaction(n)) },
		Put: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(n int, id selfcheck.TransactionID) error {
				return save(ctx, s, id, changeOf([]selfcheck.Record{
					{Begun: NewBegunProofing(id)}, {Pass: passOf(id)}, {Pass: passOf(id), Query: queryOf(id)},
				}[n%3]))
			})
		},
		// What waits for nothing: closed, failed, removed.
		PutOther: func(ctx context.Context, keys ...string) error {
			return each(ctx, keys, func(n int, id selfcheck.TransactionID) error {
				if err := save(ctx, s, id, changeOf([]selfcheck.Record{
					{Pass: passOf(id), Query: closed(id)}, {Failure: NewFailure(id)}, {Begun: NewBegunProofing(id)},
				}[n%3])); err != nil {
					return err
				}
				return save(ctx, s, id, selfcheck.Change{Begun: &selfcheck.BegunProofing{}})
			})
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			list := s.Unfinished(ctx, pageOf(page))
			return contract.KeysOf(list, func(u selfcheck.Unfinished) string { return string(u.Transaction) })
		},
		AnyKey: true, // for a page to begin after
	}
}

func pageOf(page cris.Page[string]) cris.Page[selfcheck.TransactionID] {
	return cris.Page[selfcheck.TransactionID]{After: selfcheck.TransactionID(page.After), Limit: page.Limit}
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
	return queryOf(id, func(query *selfcheck.QueryRecord) {
		query.Closed, query.Closure = Start().Add(time.Hour), selfcheck.ClosedSessionEnded
	})
}

// save runs an Update that saves change whatever was there.
func save(ctx context.Context, s selfcheck.Store, id selfcheck.TransactionID, change selfcheck.Change) error {
	return s.Update(ctx, id, func(selfcheck.Record) (selfcheck.Change, error) { return change, nil })
}

// wantRecord checks that Record and the next Update both see want.
func wantRecord(ctx context.Context, s selfcheck.Store, id selfcheck.TransactionID, want selfcheck.Record) error {
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
	case got.Begun != want.Begun:
		return "begun proofing: " + contract.Difference(got.Begun, want.Begun)
	case got.Failure != want.Failure:
		return "failure: " + contract.Difference(got.Failure, want.Failure)
	case got.Pass != want.Pass:
		return "passed proofing: " + contract.Difference(got.Pass, want.Pass)
	case got.Query.Query != want.Query.Query:
		return "query: " + contract.Difference(got.Query.Query, want.Query.Query)
	}
	return "record of the query: " + contract.Difference(got.Query, want.Query)
}

// wantNothing checks that nothing is on record of a transaction.
func wantNothing(ctx context.Context, s selfcheck.Store, id selfcheck.TransactionID) error {
	if _, err := s.Record(ctx, id); !errors.Is(err, selfcheck.ErrNotFound) {
		return fmt.Errorf("Record of %s does not give ErrNotFound but: %w", id, orNil(err))
	}
	return s.Update(ctx, id, func(prior selfcheck.Record) (selfcheck.Change, error) {
		if prior != (selfcheck.Record{}) {
			return selfcheck.Change{}, fmt.Errorf("Update of %s is given a record", id)
		}
		return selfcheck.Change{}, nil
	})
}

// orNil makes a missing error fit for %w.
func orNil(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}

func emptyChange(ctx context.Context, s stores) error {
	for _, change := range []selfcheck.Change{
		{}, {Begun: &selfcheck.BegunProofing{}}, {Pass: &selfcheck.PassedProofing{}}, {Query: &selfcheck.QueryRecord{}},
	} {
		if err := errors.Join(save(ctx, s, transaction(1), change), wantNothing(ctx, s, transaction(1))); err != nil {
			return err
		}
	}
	return nil
}

func begunRoundTrip(ctx context.Context, s stores) error {
	id := transaction(1)
	full := NewBegunProofing(id, func(begun *selfcheck.BegunProofing) {
		begun.IdPTransaction, begun.Quizzes, begun.Sealed = longNumber, 7, strings.Repeat("Zm9v", 1000)
	})
	sparse := selfcheck.BegunProofing{Transaction: id, Begun: Start()}
	for _, begun := range []selfcheck.BegunProofing{full, sparse, full} {
		if err := errors.Join(
			save(ctx, s, id, selfcheck.Change{Begun: &begun}),
			wantRecord(ctx, s, id, selfcheck.Record{Begun: begun}),
		); err != nil {
			return err
		}
	}
	return nil
}

// longNumber has all that a provider's number may have.
const longNumber = "abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789./#:aaaaaaaaaaaaaaaaaaaaaa"

func failureRoundTrip(ctx context.Context, s stores) error {
	full := NewFailure(transaction(1), func(failure *selfcheck.Failure) {
		failure.IdPTransaction, failure.ErrorCode = longNumber, "aZ-_0123456bcdef"
	})
	sparse := selfcheck.Failure{Transaction: transaction(2), Reason: selfcheck.SystemError, At: Start()}
	same := NewFailure(transaction(3), func(failure *selfcheck.Failure) { failure.IdPTransaction = full.IdPTransaction })
	return errors.Join(
		save(ctx, s, transaction(1), selfcheck.Change{Failure: &full}),
		save(ctx, s, transaction(2), selfcheck.Change{Failure: &sparse}),
		save(ctx, s, transaction(3), selfcheck.Change{Failure: &same}),
		wantRecord(ctx, s, transaction(1), selfcheck.Record{Failure: full}),
		wantRecord(ctx, s, transaction(2), selfcheck.Record{Failure: sparse}),
		wantRecord(ctx, s, transaction(3), selfcheck.Record{Failure: same}),
	)
}

func passRoundTrip(ctx context.Context, s stores) error {
	full := passOf(transaction(1), func(pass *selfcheck.PassedProofing) { pass.IdPTransaction = longNumber })
	sparse := passOf(transaction(2), func(pass *selfcheck.PassedProofing) {
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
	pass, open := passOf(id), queryOf(id)
	open.SettledBy = strings.Repeat("Ñandú ó ", 9) + "€"
	declined := open
	declined.Choice, declined.Closed, declined.Closure = selfcheck.Decline, Start().AddDate(0, 0, 1), selfcheck.ClosedDeclined
	sparse := selfcheck.QueryRecord{
		Query:     selfcheck.Query{Identity: pass.Identity(), Status: selfcheck.USCitizen},
		Submitted: Start(),
	}
	queries := []selfcheck.QueryRecord{open, declined, sparse, open}
	for _, findings := range []selfcheck.Findings{{}, {SSA: true}, {DHS: true}, {State: true}} {
		found := sparse
		found.Findings = findings
		queries = append(queries, found)
	}
	if err := save(ctx, s, id, selfcheck.Change{Pass: &pass}); err != nil {
		return err
	}
	for _, query := range queries {
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
	for _, again := range []selfcheck.Failure{second, first} {
		if err := wantRefusal(save(ctx, s, transaction(1), selfcheck.Change{Failure: &again}), selfcheck.ErrConflict); err != nil {
			return fmt.Errorf("a second failure %w", err)
		}
	}
	return wantRecord(ctx, s, transaction(1), selfcheck.Record{Failure: first})
}

func passOnce(ctx context.Context, s stores) error {
	first, second, third := passOf(transaction(1)), passOf(transaction(1)), passOf(transaction(1))
	second.BirthDate = cris.NewPersonal(cris.MustParseDate("1980-01-01"))
	third.IdPTransaction = "IDP-3"
	if err := save(ctx, s, transaction(1), selfcheck.Change{Pass: &first}); err != nil {
		return err
	}
	for _, again := range []selfcheck.PassedProofing{second, third, first} {
		if err := wantRefusal(save(ctx, s, transaction(1), selfcheck.Change{Pass: &again}), selfcheck.ErrConflict, "1980-01-01"); err != nil {
			return fmt.Errorf("a second passed proofing %w", err)
		}
	}
	return wantRecord(ctx, s, transaction(1), selfcheck.Record{Pass: first})
}

// wantRefusal checks that the error matches one of the two that a number or an outcome is
// refused with, not the other, and repeats nothing of the applicant and none of the values.
func wantRefusal(err, want error, values ...string) error {
	other := selfcheck.ErrTaken
	if errors.Is(want, other) {
		other = selfcheck.ErrConflict
	}
	if !errors.Is(err, want) || errors.Is(err, other) {
		return fmt.Errorf("does not give an error that matches %q alone but: %w", want.Error(), orNil(err))
	}
	if slices.ContainsFunc(slices.Concat(personal, values), func(value string) bool { return strings.Contains(err.Error(), value) }) {
		return errors.New("gives an error whose text holds a personal value or a number")
	}
	return nil
}

func passTaken(ctx context.Context, s stores) error {
	first, failure := passOf(transaction(1)), NewFailure(transaction(2))
	second := passOf(transaction(3), func(pass *selfcheck.PassedProofing) { pass.IdPTransaction = first.IdPTransaction })
	begun := NewBegunProofing(transaction(3))
	failure.IdPTransaction, begun.IdPTransaction = first.IdPTransaction, first.IdPTransaction
	if err := errors.Join(
		save(ctx, s, transaction(2), selfcheck.Change{Failure: &failure}),
		save(ctx, s, transaction(3), selfcheck.Change{Begun: &begun}),
		save(ctx, s, transaction(1), selfcheck.Change{Pass: &first}),
	); err != nil {
		return err
	}
	change := selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Pass: &second}
	if err := wantRefusal(save(ctx, s, transaction(3), change), selfcheck.ErrTaken, string(first.IdPTransaction)); err != nil {
		return fmt.Errorf("a pass with the number of another %w", err)
	}
	if err := errors.Join(
		wantRecord(ctx, s, transaction(1), selfcheck.Record{Pass: first}),
		wantRecord(ctx, s, transaction(3), selfcheck.Record{Begun: begun}),
	); err != nil {
		return err
	}
	return wantOneOf(ctx, s, func(id selfcheck.TransactionID) selfcheck.Record {
		return selfcheck.Record{Pass: passOf(id, func(pass *selfcheck.PassedProofing) { pass.IdPTransaction = "IDP-shared" })}
	})
}

func caseTaken(ctx context.Context, s stores) error {
	open, shut, other := transaction(1), transaction(2), transaction(3)
	first, second, prior := queryOf(open), closed(shut), queryOf(other)
	prior.Case = ""
	for _, r := range []recordOf{
		{open, selfcheck.Record{Pass: passOf(open), Query: first}},
		{shut, selfcheck.Record{Pass: passOf(shut), Query: second}},
		{other, selfcheck.Record{Pass: passOf(other), Query: prior}},
		{transaction(4), selfcheck.Record{Pass: passOf(transaction(4)), Query: queryOf(transaction(4), func(q *selfcheck.QueryRecord) { q.Case = "" })}},
		{open, selfcheck.Record{Query: first}}, // again
	} {
		if err := save(ctx, s, r.id, changeOf(r.record)); err != nil {
			return err
		}
	}
	for _, number := range []selfcheck.CaseNumber{first.Case, second.Case} {
		taken := prior
		taken.Case = number
		if err := wantRefusal(save(ctx, s, other, selfcheck.Change{Query: &taken}), selfcheck.ErrTaken, string(number)); err != nil {
			return fmt.Errorf("a query with the case of another %w", err)
		}
	}
	if err := errors.Join(
		wantRecord(ctx, s, open, selfcheck.Record{Pass: passOf(open), Query: first}),
		wantRecord(ctx, s, other, selfcheck.Record{Pass: passOf(other), Query: prior}),
	); err != nil {
		return err
	}
	return wantOneOf(ctx, s, func(id selfcheck.TransactionID) selfcheck.Record {
		return selfcheck.Record{Pass: passOf(id), Query: queryOf(id, func(query *selfcheck.QueryRecord) { query.Case = caseNumber(99_999) })}
	})
}

// wantOneOf saves records with a common number at once, and checks that one of them is on record.
func wantOneOf(ctx context.Context, s stores, with func(id selfcheck.TransactionID) selfcheck.Record) error {
	var ids []string
	for n := range 8 {
		ids = append(ids, string(transaction(100+n)))
	}
	err := each(ctx, ids, func(_ int, id selfcheck.TransactionID) error {
		err := save(ctx, s, id, changeOf(with(id)))
		if errors.Is(err, selfcheck.ErrTaken) {
			return wantNothing(ctx, s, id)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("of several at once: %w", err)
	}
	saved := 0
	for _, id := range ids {
		if _, err := s.Record(ctx, selfcheck.TransactionID(id)); err == nil {
			saved++
		}
	}
	if saved != 1 {
		return fmt.Errorf("of several at once with one number %d were saved, want 1", saved)
	}
	return nil
}

func otherTransaction(ctx context.Context, s stores) error {
	begun, failure, pass := NewBegunProofing(transaction(2)), NewFailure(transaction(2)), passOf(transaction(2))
	own, query := passOf(transaction(1)), queryOf(transaction(1))
	for _, change := range []selfcheck.Change{
		{Begun: &begun}, {Failure: &failure}, {Pass: &pass}, {Pass: &own, Failure: &failure}, {Begun: &begun, Pass: &own, Query: &query}, {Failure: &selfcheck.Failure{}},
	} {
		if save(ctx, s, transaction(1), change) == nil {
			return errors.New("what is of another transaction was saved")
		}
	}
	return errors.Join(wantNothing(ctx, s, transaction(1)), wantNothing(ctx, s, transaction(2)))
}

func identityOfThePass(ctx context.Context, s stores) error {
	id := transaction(1)
	pass, want, saved := passOf(id), queryOf(id), queryOf(id)
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
	r := newRecord(id).record
	want := selfcheck.Record{}
	for _, step := range []struct {
		change selfcheck.Change
		want   func()
	}{
		{selfcheck.Change{Begun: &r.Begun}, func() { want.Begun = r.Begun }},
		{selfcheck.Change{Pass: &r.Pass}, func() { want.Pass = r.Pass }},
		{selfcheck.Change{Query: &r.Query}, func() { want.Query = r.Query }},
		{selfcheck.Change{Failure: &r.Failure}, func() { want.Failure = r.Failure }},
		{selfcheck.Change{Begun: &r.Begun}, func() {}},
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
	r := newRecord(transaction(1))
	return errors.Join(
		save(ctx, s, r.id, changeOf(r.record)),
		wantRecord(ctx, s, r.id, r.record),
	)
}

func begunRemoved(ctx context.Context, s stores) error {
	id := transaction(1)
	begun, pass := NewBegunProofing(id), passOf(id)
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Begun: &begun}),
		save(ctx, s, id, selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Pass: &pass}),
		wantRecord(ctx, s, id, selfcheck.Record{Pass: pass}),
	)
}

func passRemoved(ctx context.Context, s stores) error {
	id, other := transaction(1), transaction(2)
	pass, failure := passOf(id), NewFailure(id)
	again := passOf(other, func(p *selfcheck.PassedProofing) { p.IdPTransaction = pass.IdPTransaction })
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &pass, Failure: &failure}),
		save(ctx, s, id, selfcheck.Change{Pass: &selfcheck.PassedProofing{}}),
		wantRecord(ctx, s, id, selfcheck.Record{Failure: failure}),
		save(ctx, s, other, selfcheck.Change{Pass: &again}),
		wantRecord(ctx, s, other, selfcheck.Record{Pass: again}),
	)
}

func passOfQuery(ctx context.Context, s stores) error {
	id := transaction(1)
	want := selfcheck.Record{Pass: passOf(id), Query: queryOf(id)}
	if err := save(ctx, s, id, changeOf(want)); err != nil {
		return err
	}
	shut, failure := closed(id), NewFailure(id)
	for _, change := range []selfcheck.Change{
		{Pass: &selfcheck.PassedProofing{}},
		{Pass: &selfcheck.PassedProofing{}, Query: &shut},
		{Pass: &selfcheck.PassedProofing{}, Failure: &failure},
	} {
		if save(ctx, s, id, change) == nil {
			return errors.New("the pass of a query was removed")
		}
		if err := wantRecord(ctx, s, id, want); err != nil {
			return err
		}
	}
	return nil
}

func queryRemoved(ctx context.Context, s stores) error {
	id, other := transaction(1), transaction(2)
	pass, query, otherPass := passOf(id), queryOf(id), passOf(other)
	again := queryOf(other, func(q *selfcheck.QueryRecord) { q.Case = query.Case })
	return errors.Join(
		save(ctx, s, id, selfcheck.Change{Pass: &pass, Query: &query}),
		save(ctx, s, id, selfcheck.Change{Query: &selfcheck.QueryRecord{}}),
		wantRecord(ctx, s, id, selfcheck.Record{Pass: pass}),
		save(ctx, s, other, selfcheck.Change{Pass: &otherPass, Query: &again}),
		wantRecord(ctx, s, other, selfcheck.Record{Pass: otherPass, Query: again}),
	)
}

// wantUnfinished checks what Unfinished yields.
func wantUnfinished(ctx context.Context, s stores, want ...selfcheck.Unfinished) error {
	var got []selfcheck.Unfinished
	for unfinished, err := range s.Unfinished(ctx, cris.Page[selfcheck.TransactionID]{}) {
		if err != nil {
			return fmt.Errorf("Unfinished: %w", err)
		}
		got = append(got, unfinished)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("Unfinished yields %v, want %v", got, want)
	}
	return nil
}

func unfinished(ctx context.Context, s stores) error {
	id, other := transaction(2), transaction(1)
	begun, pass, failure := NewBegunProofing(id), passOf(id), NewFailure(other)
	again := begun
	again.Begun = Start().Add(time.Second)
	unanswered, draft, referred, shut := queryOf(id), queryOf(id), queryOf(id), closed(id)
	unanswered.Case, unanswered.Stage, draft.Stage = "", "", selfcheck.StageDraft
	otherBegun := NewBegunProofing(other)
	wait := selfcheck.Unfinished{Transaction: other, Step: selfcheck.StepQuiz, Since: otherBegun.Begun}
	if err := save(ctx, s, other, selfcheck.Change{Begun: &otherBegun}); err != nil {
		return err
	}
	for _, step := range []struct {
		change selfcheck.Change
		want   selfcheck.Unfinished // zero: nothing
	}{
		{selfcheck.Change{Begun: &begun}, selfcheck.Unfinished{Step: selfcheck.StepQuiz, Since: begun.Begun}},
		{selfcheck.Change{Begun: &again}, selfcheck.Unfinished{Step: selfcheck.StepQuiz, Since: again.Begun}},
		{selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Pass: &pass}, selfcheck.Unfinished{Step: selfcheck.StepQuery, Since: pass.At}},
		{selfcheck.Change{Query: &unanswered}, selfcheck.Unfinished{Step: selfcheck.StepCase, Since: draft.Submitted}},
		{selfcheck.Change{Query: &draft}, selfcheck.Unfinished{Step: selfcheck.StepCase, Since: draft.Submitted, Case: draft.Case, Stage: selfcheck.StageDraft}},
		{selfcheck.Change{Query: &referred}, selfcheck.Unfinished{Step: selfcheck.StepCase, Since: draft.Submitted, Case: draft.Case, Stage: referred.Stage}},
		{selfcheck.Change{Query: &shut}, selfcheck.Unfinished{}},
		{selfcheck.Change{Query: &unanswered}, selfcheck.Unfinished{Step: selfcheck.StepCase, Since: draft.Submitted}},
		{selfcheck.Change{Query: &selfcheck.QueryRecord{}}, selfcheck.Unfinished{Step: selfcheck.StepQuery, Since: pass.At}},
		{selfcheck.Change{Pass: &selfcheck.PassedProofing{}}, selfcheck.Unfinished{}},
	} {
		want := []selfcheck.Unfinished{wait}
		if step.want != (selfcheck.Unfinished{}) {
			step.want.Transaction = id
			want = append(want, step.want)
		}
		if err := errors.Join(save(ctx, s, id, step.change), wantUnfinished(ctx, s, want...)); err != nil {
			return err
		}
	}
	return errors.Join(
		save(ctx, s, other, selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Failure: &failure}),
		wantUnfinished(ctx, s),
	)
}
