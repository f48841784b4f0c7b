package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// shown is the edition of the Privacy Act Statement that was shown.
var shown = selfcheck.Statements()[0].Edition

// check is a Service over a memory store.
type check struct {
	*selfchecktest.SelfCheck
	db    *memory.DB
	store *faultyStore
}

func newCheck(idp selfcheck.IdP, everify selfcheck.EVerify) check {
	db := memory.New()
	store := &faultyStore{Store: db.SelfChecks()}
	world := func(s *selfchecktest.SelfCheck) { s.IdP, s.EVerify = idp, everify }
	return check{selfchecktest.NewSelfCheck(store, world), db, store}
}

// proved returns the transaction of a passed proofing.
func (c check) proved(t *testing.T) selfcheck.TransactionID {
	t.Helper()
	proofing, err := c.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
	return proofing.Transaction
}

func (c check) record(t *testing.T, id selfcheck.TransactionID) selfcheck.Record {
	t.Helper()
	record, err := c.store.Record(t.Context(), id)
	require.NoError(t, err)
	return record
}

// events returns what is in the outbox, one line per event, all of check-1.
func (c check) events(t *testing.T) []string {
	t.Helper()
	pending, err := c.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	var lines []string
	for _, event := range pending {
		require.Equal(t, "/cris/selfcheck", event.Source)
		require.Equal(t, selfcheck.TransactionID("check-1").Subject(), event.Subject, "the only transaction")
		what := strings.TrimPrefix(event.Type, "cris.selfcheck.")
		require.Equal(t, event.Subject+"/"+what, event.ID)
		require.Equal(t, selfchecktest.Start(), event.Time)
		lines = append(lines, fmt.Sprint(what, " ", event.Data))
	}
	return lines
}

// openCases returns the transactions that the store lists as open.
func (c check) openCases(t *testing.T) []selfcheck.TransactionID {
	t.Helper()
	var open []selfcheck.TransactionID
	for one, err := range c.store.OpenCases(t.Context(), cris.Page[selfcheck.TransactionID]{}) {
		require.NoError(t, err)
		open = append(open, one.Transaction)
	}
	return open
}

// faultyStore fails the Update after the given number of Updates, once.
type faultyStore struct {
	selfcheck.Store
	mu        sync.Mutex
	failAfter int // 0: never
	updates   int
}

var errStore = errors.New("the store is down")

func (s *faultyStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	s.mu.Lock()
	s.updates++
	fails := s.failAfter == 1
	s.failAfter = max(0, s.failAfter-1)
	s.mu.Unlock()
	if fails {
		return errStore
	}
	return s.Store.Update(ctx, id, decide)
}

// everifyFunc runs before each Submit of another E-Verify.
type everifyFunc struct {
	selfcheck.EVerify
	before func()
}

func (e everifyFunc) Submit(ctx context.Context, query selfcheck.Query) (selfcheck.CaseResult, error) {
	e.before()
	return e.EVerify.Submit(context.WithoutCancel(ctx), query)
}

// idpFunc is an IdP that is one function.
type idpFunc func(context.Context, selfcheck.TransactionID, selfcheck.Applicant) (selfcheck.Report, error)

func (f idpFunc) Prove(ctx context.Context, id selfcheck.TransactionID, a selfcheck.Applicant) (selfcheck.Report, error) {
	return f(ctx, id, a)
}
