package attempt_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// monday is a day of the tests.
var monday = cris.MustParseDate("2011-03-21")

// on is so many attempts on a day, counted from monday.
func on(day, attempts int) attempt.DayCount {
	return attempt.DayCount{Day: monday.AddDays(day), Attempts: attempts}
}

func TestSC8_TwoQuizzesAtOnceThenThreeDaysOfWaitThenTwoMore(t *testing.T) {
	for name, test := range map[string]struct {
		counts []attempt.DayCount
		today  int
		left   int // -1 if locked
		until  int
	}{
		"nothing yet":                                     {nil, 0, 1, 0},
		"an empty day":                                    {[]attempt.DayCount{on(0, 0)}, 0, 1, 0},
		"the second at once":                              {[]attempt.DayCount{on(0, 1)}, 0, 0, 0},
		"a third at once":                                 {[]attempt.DayCount{on(0, 2)}, 0, -1, 4},
		"after one day":                                   {[]attempt.DayCount{on(0, 2)}, 1, -1, 4},
		"on the third day of the wait":                    {[]attempt.DayCount{on(0, 2)}, 3, -1, 4},
		"after the wait":                                  {[]attempt.DayCount{on(0, 2)}, 4, 1, 0},
		"the second two days later":                       {[]attempt.DayCount{on(0, 1)}, 2, 0, 0},
		"one that still counts, on its last day":          {[]attempt.DayCount{on(0, 1), on(3, 1)}, 3, -1, 4},
		"one that counts no more":                         {[]attempt.DayCount{on(0, 1), on(3, 1)}, 4, 0, 0},
		"days in any order":                               {[]attempt.DayCount{on(3, 1), on(0, 1)}, 3, -1, 4},
		"more than allowed, under another policy":         {[]attempt.DayCount{on(0, 1), on(1, 1), on(2, 3)}, 3, -1, 6},
		"a day that has not begun by the clock here":      {[]attempt.DayCount{on(0, 1), on(1, 1)}, 0, -1, 4},
		"two on a day that has not begun here":            {[]attempt.DayCount{on(1, 2)}, 0, -1, 5},
		"a full counter":                                  {[]attempt.DayCount{on(0, 255)}, 1, -1, 4},
		"long ago":                                        {[]attempt.DayCount{on(-400, 255)}, 0, 1, 0},
		"as many as allowed, on days that end one by one": {[]attempt.DayCount{on(-3, 1), on(-2, 1)}, 0, -1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(test.counts)
			got := attempt.Decide(test.counts, monday.AddDays(test.today), attempt.MyEVerifyPolicy())
			require.Equal(t, before, test.counts)
			if test.left < 0 {
				require.Equal(t, attempt.Decision{Outcome: attempt.Locked, Until: monday.AddDays(test.until), Reasons: attempt.Reasons()}, got)
				// Who comes on that day, and made no attempt in between, is allowed, and not a
				// day earlier.
				for day := test.today; day <= test.until; day++ {
					then := attempt.Decide(test.counts, monday.AddDays(day), attempt.MyEVerifyPolicy())
					require.Equal(t, day == test.until, then.Outcome == attempt.Allowed, "on day %d", day)
				}
				return
			}
			require.Equal(t, attempt.Decision{Outcome: attempt.Allowed, Left: test.left}, got)
		})
	}
}

func TestSC8_ThereIsNoLimitUnlessAPolicyHasOne(t *testing.T) {
	for _, policy := range []attempt.Policy{{}, {Quizzes: -1, Wait: 3}, {Wait: 100, Daily: 5}} {
		require.True(t, policy.IsOff())
		require.Equal(t, attempt.Decision{Outcome: attempt.Allowed, Left: math.MaxInt},
			attempt.Decide([]attempt.DayCount{on(0, 255)}, monday, policy))
	}
	require.False(t, attempt.MyEVerifyPolicy().IsOff())
}

func TestPolicy_ZeroFieldsAreThoseOfMyEVerify(t *testing.T) {
	require.Equal(t, attempt.Policy{Quizzes: 2, Wait: 3, Daily: 50_000, Zone: cris.AgencyZone()}, attempt.MyEVerifyPolicy())
	require.Equal(t, monday.AddDays(-3), attempt.Policy{Quizzes: 2}.Since(monday))
	require.Equal(t, monday, attempt.Policy{Quizzes: 2, Wait: -1}.Since(monday))
	require.Equal(t, monday.AddDays(-366), attempt.Policy{Quizzes: 2, Wait: math.MaxInt}.Since(monday))
	noWait := attempt.Policy{Quizzes: 1, Wait: -1}
	require.Equal(t, monday.AddDays(1), attempt.Decide([]attempt.DayCount{on(0, 1)}, monday, noWait).Until)
	require.Equal(t, attempt.Allowed, attempt.Decide([]attempt.DayCount{on(0, 1)}, monday.AddDays(1), noWait).Outcome)
	// A full counter locks under every policy.
	require.Equal(t, attempt.Locked, attempt.Decide([]attempt.DayCount{on(0, 255)}, monday, attempt.Policy{Quizzes: math.MaxInt}).Outcome)
}

func TestPolicy_HasSixteenCountersForEachAttemptOfADay(t *testing.T) {
	for daily, want := range map[int]int{0: 1 << 20, 1: 1 << 10, 64: 1 << 10, 65: 1 << 11, 10_000: 1 << 18, 50_000: 1 << 20, 300_000: 1 << 23, math.MaxInt: 1 << 24, -1: 1 << 10} {
		day, err := attempt.NewDay(monday, random(1), attempt.Policy{Quizzes: 2, Daily: daily})
		require.NoError(t, err)
		require.Equal(t, want, day.Width, "%d a day", daily)
	}
}

func TestWords_TellTheDayInBothLanguages(t *testing.T) {
	words := cris.NewWords(attempt.Words()...)
	locked := attempt.Decide([]attempt.DayCount{on(0, 2)}, monday, attempt.MyEVerifyPolicy())
	require.Equal(t, "You cannot try to confirm your identity again yet. You may try again on March 25, 2011 or later. If you try earlier, your wait does not get longer.",
		words.Say(cris.English, locked.Message()))
	require.Equal(t, "Todavía no puede volver a intentar confirmar su identidad. Podrá intentarlo de nuevo a partir del 25 de marzo de 2011. Si lo intenta antes, su espera no se alarga.",
		words.Say(cris.Spanish, locked.Message()))
	require.Equal(t, "You may answer the questions now.", words.Say(cris.English, attempt.Decide(nil, monday, attempt.Policy{}).Message()))
	for _, reason := range attempt.Reasons() {
		require.True(t, words.Has(reason.Code))
	}
	require.Equal(t, []attempt.Outcome{attempt.Allowed, attempt.Locked}, attempt.Outcomes())
}

// The wait is 72 hours or more, at whatever hour it begins.
func TestSC8_TheWaitIsThreeWholeDaysOfTheCalendar(t *testing.T) {
	zone := cris.AgencyZone()
	for _, last := range []string{"2011-03-10T23:59:59", "2011-03-11T00:00:00", "2011-11-04T23:59:59", "2024-02-27T23:59:59"} {
		at, err := time.ParseInLocation("2006-01-02T15:04:05", last, zone)
		require.NoError(t, err)
		day := cris.DateOf(at, zone)
		locked := attempt.Decide([]attempt.DayCount{{Day: day, Attempts: 2}}, day, attempt.MyEVerifyPolicy())
		// Clocks are set forward by one hour in spring, which is one hour that nobody waits.
		require.GreaterOrEqual(t, locked.Until.Start(zone).Sub(at), 71*time.Hour)
		require.LessOrEqual(t, locked.Until.Start(zone).Sub(at), 97*time.Hour)
	}
}
