package integration_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

var attemptBorn = cris.NewPersonal(cris.MustParseDate("1970-05-17"))

func attemptName(t require.TestingT, family string) cris.PersonName {
	name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: "John"})
	require.NoError(t, err)
	return name
}

func attemptLimiter(store attempt.Counters, clock *contract.Clock) *attempt.Limiter {
	return attempt.NewLimiter(store, &attempt.Options{Now: clock.Now, Policy: attempt.MyEVerifyPolicy()})
}

// Sixteen windows at once, each with connections of its own as in a process of its own, and a
// day that none has opened: exactly two get a quiz.
func TestSC8_ManyProcessesAtOnceTakeNoMoreThanIsAllowed(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		migrated(t, openDatabase(t, kind.driver, dsn))
		limiters := make([]*attempt.Limiter, 16)
		clock := contract.NewClock("2011-03-21T15:00:00Z")
		for n := range limiters {
			pool := openDatabase(t, kind.driver, dsn)
			pool.SetMaxOpenConns(2)
			limiters[n] = attemptLimiter(opened(t, pool).Attempts(), clock)
		}
		for round := range 5 {
			clock.Advance(24 * time.Hour)
			name, birth := attemptName(t, "Smith"), cris.NewPersonal(attemptBorn.Reveal().AddDays(round))
			allowed := 0
			var mu sync.Mutex
			var group sync.WaitGroup
			failed := make([]error, len(limiters))
			for n, limiter := range limiters {
				group.Go(func() {
					_, decision, err := limiter.Take(t.Context(), name, birth)
					failed[n] = err
					mu.Lock()
					defer mu.Unlock()
					if decision.Outcome == attempt.Allowed {
						allowed++
					}
				})
			}
			group.Wait()
			require.NoError(t, errors.Join(failed...))
			require.Equal(t, 2, allowed, "round %d", round)
		}
	})
}

// dump returns all rows of all tables of the database, as text.
func dump(t *testing.T, db *sqlx.DB, kind database) string {
	t.Helper()
	var text strings.Builder
	for _, table := range lines(t, db, kind.tables) {
		for _, row := range rowsOf(t, db, table) {
			fmt.Fprintf(&text, "%s %v\n", table, row)
		}
	}
	return text.String()
}

// While a day counts, its key and counters are there, and nothing that is personal. After it has
// been forgotten nothing is left in any table, but the lock that all attempts share.
func TestSC5_NothingOfAForgottenDayIsLeft(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		store := migrated(t, pool).Attempts()
		clock := contract.NewClock("2011-03-21T15:00:00Z")
		limiter := attemptLimiter(store, clock)
		day := cris.MustParseDate("2011-03-21")
		for n := range 600 { // more than one batch
			birth := cris.NewPersonal(attemptBorn.Reveal().AddDays(n))
			ticket, decision, err := limiter.Take(t.Context(), attemptName(t, "Quimby"), birth)
			require.NoError(t, err)
			require.Equal(t, attempt.Allowed, decision.Outcome)
			if n%3 == 0 {
				require.NoError(t, limiter.GiveBack(t.Context(), ticket))
			}
		}
		days, _, err := store.Open(t.Context(), attempt.Day{Date: day}, day)
		require.NoError(t, err)
		key := days[0].Key.Reveal()
		live := dump(t, pool, kind)
		require.True(t, strings.Contains(live, hex.EncodeToString(key[:])) && strings.Contains(live, day.String()), "the dump sees keys and days")
		for _, personal := range []string{"Quimby", "QUIMBY", "John", "JOHN", attemptBorn.Reveal().String(), attemptBorn.Reveal().AddDays(599).String()} {
			require.NotContains(t, live, personal)
		}

		clock.Set("2011-03-25T15:00:00Z")
		removed, err := limiter.Forget(t.Context())
		require.NoError(t, err)
		require.Greater(t, removed, 1600)
		after := dump(t, pool, kind)
		require.NotContains(t, after, "2011")
		require.NotContains(t, after, hex.EncodeToString(key[:]))
		require.Equal(t, 2, strings.Count(after, "\n"), after)
		require.True(t, strings.HasPrefix(after, "cris_scopes "), after)
		require.Contains(t, after, "\ncris_settings map[name:sealing value:clear]\n", "what the database is")
	})
}

// What is given back whole leaves no counter that says that there was something.
func TestSC5_AnAttemptThatWasGivenBackLeavesNoCounter(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		limiter := attemptLimiter(migrated(t, pool).Attempts(), contract.NewClock("2011-03-21T15:00:00Z"))
		ticket, _, err := limiter.Take(t.Context(), attemptName(t, "Smith"), attemptBorn)
		require.NoError(t, err)
		count := `SELECT CAST(COUNT(*) AS TEXT) FROM cris_selfcheck_attempt_cells`
		require.Equal(t, []string{"4"}, lines(t, pool, count))
		require.NoError(t, limiter.GiveBack(t.Context(), ticket))
		require.Equal(t, []string{"0"}, lines(t, pool, count))
	})
}

// Whatever individuals do, on whatever days: each quiz is allowed or refused as a list of the
// attempts of each predicts.
func TestSC8_WhateverIndividualsDo(t *testing.T) {
	check := func(t *testing.T, store attempt.Counters) {
		t.Helper()
		clock := contract.NewClock("2011-01-03T15:00:00Z")
		run := 0
		rapid.Check(t, func(t *rapid.T) {
			run++
			clock.Advance(10 * 24 * time.Hour) // what earlier runs did does not count
			policy := attempt.Policy{Quizzes: rapid.IntRange(1, 4).Draw(t, "quizzes"), Wait: rapid.IntRange(-1, 5).Draw(t, "wait")}
			limiter := attempt.NewLimiter(store, &attempt.Options{Now: clock.Now, Policy: policy})
			type made struct {
				day    cris.Date
				ticket attempt.Ticket
			}
			book := map[string][]made{}
			families := []string{"Smith", "Jones", "Garcia"}
			counting := func(family string, on cris.Date) int {
				since := policy.Since(on)
				return len(slices.DeleteFunc(slices.Clone(book[family]), func(m made) bool { return m.day.Before(since) }))
			}
			t.Repeat(map[string]func(*rapid.T){
				"take": func(t *rapid.T) {
					family, today := rapid.SampledFrom(families).Draw(t, "family"), clock.Today()
					ticket, decision, err := limiter.Take(t.Context(), attemptName(t, family), attemptBorn)
					require.NoError(t, err)
					if before := counting(family, today); before < policy.Quizzes {
						require.Equal(t, attempt.Decision{Outcome: attempt.Allowed, Left: policy.Quizzes - before - 1}, decision)
						book[family] = append(book[family], made{today, ticket})
						return
					}
					require.Equal(t, attempt.Locked, decision.Outcome)
					require.GreaterOrEqual(t, counting(family, decision.Until.AddDays(-1)), policy.Quizzes)
					require.Less(t, counting(family, decision.Until), policy.Quizzes)
				},
				"give back": func(t *rapid.T) {
					family := rapid.SampledFrom(families).Draw(t, "family")
					if len(book[family]) == 0 {
						t.Skip("no attempt")
					}
					at := rapid.IntRange(0, len(book[family])-1).Draw(t, "which")
					for range rapid.IntRange(1, 2).Draw(t, "times") {
						require.NoError(t, limiter.GiveBack(t.Context(), book[family][at].ticket))
					}
					book[family] = slices.Delete(book[family], at, at+1)
				},
				"a day goes by": func(*rapid.T) { clock.Advance(24 * time.Hour) },
				"forget": func(t *rapid.T) {
					_, err := limiter.Forget(t.Context())
					require.NoError(t, err)
				},
			})
		})
	}
	t.Run("Memory", func(t *testing.T) { check(t, memory.New().Attempts()) })
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) { check(t, open(t).Attempts()) })
}
