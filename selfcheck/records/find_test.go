package records_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/records"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

type page = cris.Page[selfcheck.TransactionID]

func named(t *testing.T, parts cris.NameParts) cris.PersonName {
	t.Helper()
	name, err := cris.NewPersonName(parts)
	require.NoError(t, err)
	return name
}

// SC-16: a failed proofing is found by both numbers, by time and by reason.
func TestSC16_FailedProofingsAreFound(t *testing.T) {
	o := newOffice(records.Policy{})
	early, late := selfchecktest.Start(), selfchecktest.Start().Add(time.Hour)
	o.fail(t, 1, early, func(f *selfcheck.Failure) { f.IdPTransaction = "IDP-1" })
	o.fail(t, 2, late, func(f *selfcheck.Failure) { f.IdPTransaction = "IDP-2" })
	o.fail(t, 3, late, func(f *selfcheck.Failure) { f.IdPTransaction, f.Reason = "", selfcheck.SystemError })
	ids := []selfcheck.TransactionID{transaction(1), transaction(2), transaction(3)}
	slices.Sort(ids)
	for name, test := range map[string]struct {
		filter selfcheck.FailureFilter
		page   page
		want   []selfcheck.TransactionID
	}{
		"all":                 {want: ids},
		"provider's number":   {filter: selfcheck.FailureFilter{IdPTransaction: "IDP-2"}, want: []selfcheck.TransactionID{transaction(2)}},
		"reason":              {filter: selfcheck.FailureFilter{Reason: selfcheck.SystemError}, want: []selfcheck.TransactionID{transaction(3)}},
		"time":                {filter: selfcheck.FailureFilter{From: early, Before: late}, want: []selfcheck.TransactionID{transaction(1)}},
		"time and reason":     {filter: selfcheck.FailureFilter{From: late, Reason: selfcheck.AnsweredIncorrectly}, want: []selfcheck.TransactionID{transaction(2)}},
		"page":                {page: page{After: ids[0], Limit: 1}, want: ids[1:2]},
		"nothing of the sort": {filter: selfcheck.FailureFilter{Reason: selfcheck.MultipleAttempts}},
	} {
		var found []selfcheck.TransactionID
		for failure, err := range o.Failures(t.Context(), clerk, test.filter, test.page) {
			require.NoError(t, err)
			found = append(found, failure.Transaction)
		}
		require.Equal(t, test.want, found, name)
	}
}

func TestSC16_QueriesAreFoundByEveryKey(t *testing.T) {
	o := newOffice(records.Policy{})
	id := o.file(t, 1)
	o.file(t, 2, func(r *selfcheck.Record) {
		r.Pass.Name = named(t, cris.NameParts{Family: "Somebody", Given: "Else"})
		r.Query.Query = selfcheck.Query{Identity: r.Pass.Identity(), Status: selfcheck.USCitizen}
	})
	onFile, err := o.store.Record(t.Context(), id)
	require.NoError(t, err)
	keys := onFile.Keys()
	kinds := map[selfcheck.KeyKind]bool{}
	for _, key := range keys {
		kinds[key.Kind] = true
		require.Equal(t, []selfcheck.TransactionID{id}, transactionsOf(t, o.Queries(t.Context(), clerk, key, page{})), key.Kind)
	}
	require.Len(t, kinds, len(selfcheck.KeyKinds()))
	for _, kind := range selfcheck.KeyKinds() {
		require.Empty(t, transactionsOf(t, o.Queries(t.Context(), clerk, selfcheck.KeyOf(kind, "A000000000"), page{})))
		require.Empty(t, transactionsOf(t, o.Queries(t.Context(), clerk, selfcheck.KeyOf(kind, ""), page{})))
	}
}

func TestSC16_QueriesComeByThePage(t *testing.T) {
	o := newOffice(records.Policy{})
	var ids []selfcheck.TransactionID
	for n := range 5 {
		ids = append(ids, o.file(t, n+1))
	}
	slices.Sort(ids)
	key := selfcheck.KeyOf(selfcheck.KeyANumber, cris.MustParseANumber("A087654321").Reveal())
	for _, test := range []struct {
		page page
		want []selfcheck.TransactionID
	}{
		{page{}, ids},
		{page{Limit: 2}, ids[:2]},
		{page{After: ids[1], Limit: 2}, ids[2:4]},
		{page{After: ids[3], Limit: 9}, ids[4:]},
		{page{After: ids[4]}, nil},
		{page{Limit: -1}, ids},
	} {
		require.Equal(t, test.want, transactionsOf(t, o.Queries(t.Context(), clerk, key, test.page)))
	}
	for _, err := range o.Queries(t.Context(), clerk, key, page{}) {
		require.NoError(t, err)
		break // a reader may stop
	}
}

// vague is a store whose index is blind: it names candidates that do not have the key.
type vague struct{ *memory.SelfChecks }

func (v vague) Candidates(ctx context.Context, _ selfcheck.Key, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.TransactionID, error] {
	family := selfcheck.KeysOfName(selfchecktest.NewApplicant().Name)[0]
	return func(yield func(selfcheck.TransactionID, error) bool) {
		if yield(transaction(99), nil) { // purged at this moment
			v.SelfChecks.Candidates(ctx, family, page)(yield)
		}
	}
}

func TestSC16_WhatACandidateHasItsRecordSays(t *testing.T) {
	o := newOffice(records.Policy{})
	o.file(t, 1)
	other := o.file(t, 2, func(r *selfcheck.Record) { r.Query.Query.ANumber = cris.MustParseANumber("A012345678") })
	o.file(t, 3)
	service := records.NewService(vague{o.store}, nil)
	key := selfcheck.KeyOf(selfcheck.KeyANumber, cris.MustParseANumber("A012345678").Reveal())
	require.Equal(t, []selfcheck.TransactionID{other}, transactionsOf(t, service.Queries(t.Context(), clerk, key, page{Limit: 1})))
}

func TestPV5_RecordsOfAPersonAreFoundInAnySpellingOfTheName(t *testing.T) {
	o := newOffice(records.Policy{})
	of := func(family, given, birth string) func(*selfcheck.Record) {
		return func(r *selfcheck.Record) {
			r.Pass.Name, r.Pass.BirthDate = named(t, cris.NameParts{Family: family, Given: given}), cris.NewPersonal(cris.MustParseDate(birth))
		}
	}
	ids := []selfcheck.TransactionID{
		o.file(t, 1, of("Müller", "José", "1979-11-23")),
		o.file(t, 2, of("MUELLER", "JOSE", "1979-11-23")),
		o.file(t, 3, of("Muller", "Jose", "1979-11-23")),
	}
	o.file(t, 4, of("Müller", "José", "1979-11-24"))
	o.file(t, 5, of("Möller", "José", "1979-11-23"))
	birth := cris.NewPersonal(cris.MustParseDate("1979-11-23"))
	for spelling, want := range map[string][]selfcheck.TransactionID{
		"mül ler": ids,
		"MUELLER": {ids[0], ids[1]},
		"muller":  {ids[0], ids[2]},
		"Miller":  nil,
	} {
		name := named(t, cris.NameParts{Family: spelling, Given: "Jose", Middle: "X"})
		require.ElementsMatch(t, want, transactionsOf(t, o.OfPerson(t.Context(), clerk, name, birth)), "%q", spelling)
	}
	whole := named(t, cris.NameParts{Family: "Müller", Given: "José"})
	require.Empty(t, transactionsOf(t, o.OfPerson(t.Context(), clerk, whole, cris.Personal[cris.Date]{})), "a name alone is not enough")
	for _, err := range o.OfPerson(t.Context(), clerk, whole, birth) {
		require.NoError(t, err)
		break // a reader may stop
	}
}

func TestFind_WhatFailsIsToldOnce(t *testing.T) {
	o := newOffice(records.Policy{})
	o.file(t, 1)
	down := errors.New("down")
	applicant := selfchecktest.NewApplicant()
	for _, store := range []*failing{{SelfChecks: o.store, record: down}, {SelfChecks: o.store, candidates: down}} {
		service := records.NewService(store, nil)
		require.ErrorIs(t, lastError(t, service.OfPerson(t.Context(), clerk, applicant.Name, applicant.BirthDate)), down)
		require.ErrorIs(t, lastError(t, service.Queries(t.Context(), clerk, selfcheck.KeysOfName(applicant.Name)[0], page{})), down)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, lastError(t, o.Failures(cancelled, clerk, selfcheck.FailureFilter{}, page{})), context.Canceled)
}
