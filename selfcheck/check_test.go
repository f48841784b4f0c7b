package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// shown is the edition of the Privacy Act Statement that was shown.
var shown = selfcheck.Statements()[0].Edition

// token is the token of the only transaction, and id its ID.
var (
	token = selfchecktest.Token(1)
	id    = token.Transaction()
)

// check is a Service over a memory store.
type check struct {
	*selfchecktest.SelfCheck
	db     *memory.DB
	store  *faultyStore
	failed *told
}

// told is what Options.Failed was told.
type told struct {
	mu     sync.Mutex
	errors []error
}

func (f *told) tell(_ context.Context, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errors = append(f.errors, err)
}

// take returns what was told since the last time.
func (f *told) take() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	errs := f.errors
	f.errors = nil
	return errors.Join(errs...)
}

func newCheck(idp selfcheck.IdP, everify selfcheck.EVerify, edits ...func(*selfchecktest.SelfCheck)) check {
	db, failed := memory.New(), &told{}
	store := &faultyStore{Store: db.SelfChecks()}
	world := func(s *selfchecktest.SelfCheck) { s.IdP, s.EVerify, s.Failed = idp, everify, failed.tell }
	return check{selfchecktest.NewSelfCheck(store, append([]func(*selfchecktest.SelfCheck){world}, edits...)...), db, store, failed}
}

// begin begins the proofing of token.
func (c check) begin(t *testing.T) selfcheck.Proofing {
	t.Helper()
	proofing, err := c.Begin(t.Context(), token, shown, selfchecktest.NewApplicant(), cris.English)
	require.NoError(t, err)
	return proofing
}

// conclude concludes the proofing of token.
func (c check) conclude(t *testing.T) selfcheck.Proofing {
	t.Helper()
	proofing, err := c.Conclude(t.Context(), token, "")
	require.NoError(t, err)
	return proofing
}

// prove has token pass the proofing.
func (c check) prove(t *testing.T) {
	t.Helper()
	proofing, err := c.Prove(t.Context(), token, shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome, "%v", proofing.Reasons)
}

// query makes the query of token.
func (c check) query(t *testing.T) selfcheck.Answer {
	t.Helper()
	answer, err := c.Query(t.Context(), token, selfchecktest.NewI9())
	require.NoError(t, err)
	return answer
}

// record returns what is on record of token.
func (c check) record(t *testing.T) selfcheck.Record {
	t.Helper()
	record, err := c.store.Record(t.Context(), id)
	if errors.Is(err, selfcheck.ErrNotFound) {
		return selfcheck.Record{}
	}
	require.NoError(t, err)
	return record
}

// later moves the clock.
func (c check) later(by time.Duration) { c.Clock.Advance(by) }

// events returns what is in the outbox, one line per event, all of token.
func (c check) events(t *testing.T) []string {
	t.Helper()
	pending, err := c.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	var lines []string
	for _, event := range pending {
		require.Equal(t, "/cris/selfcheck", event.Source)
		require.Equal(t, string(id), event.Subject, "the only transaction")
		what := strings.TrimPrefix(event.Type, "cris.selfcheck.")
		require.True(t, strings.HasPrefix(event.ID, event.Subject+"/"+what), event.ID)
		lines = append(lines, fmt.Sprint(what, " ", event.Data))
	}
	return lines
}

// unfinished returns what the store lists as unfinished.
func (c check) unfinished(t *testing.T) []selfcheck.Unfinished {
	t.Helper()
	var all []selfcheck.Unfinished
	for one, err := range c.store.Unfinished(t.Context(), cris.Page[selfcheck.TransactionID]{}) {
		require.NoError(t, err)
		all = append(all, one)
	}
	return all
}

// sweep sweeps.
func (c check) sweep(t *testing.T) selfcheck.Swept {
	t.Helper()
	swept, err := c.Sweep(t.Context())
	require.NoError(t, err)
	return swept
}

// faultyStore fails the Update after the given number of Updates, once: before it saves, or after.
type faultyStore struct {
	selfcheck.Store
	mu        sync.Mutex
	failAfter int  // 0: never
	saves     bool // the Update that fails has its effect
	updates   int
}

var errStore = errors.New("the store is down")

func (s *faultyStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	s.mu.Lock()
	s.updates++
	fails, saves := s.failAfter == 1, s.saves
	s.failAfter = max(0, s.failAfter-1)
	s.mu.Unlock()
	if fails && !saves {
		return errStore
	}
	err := s.Store.Update(ctx, id, decide)
	if fails {
		return errStore
	}
	return err
}

// takeBut is take without the errors that match.
func (f *told) takeBut(expected error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	errs := f.errors
	f.errors = nil
	var others []error
	for _, err := range errs {
		if !errors.Is(err, expected) {
			others = append(others, err)
		}
	}
	return errors.Join(others...)
}
