package contract

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestRefuses_ReportsWhatKeepsItsPromise(t *testing.T) {
	err := refuses(t.Context(), toyClauses(), "Update/Saves", newToy(""))
	require.EqualError(t, err, "keeps the promise: what decide returned is saved, and the next Update of the scope sees it")
}

func TestRefuses_ReportsAnUnknownClause(t *testing.T) {
	require.EqualError(t, refuses(t.Context(), toyClauses(), "Update/Svaes", newToy("forgets")), "no clause is called Update/Svaes")
}

func TestRefuses_ReportsACrash(t *testing.T) {
	for name, update := range map[string]func(context.Context, int, func(int) ([]cris.Event, error)) error{
		"Panic":  func(context.Context, int, func(int) ([]cris.Event, error)) error { panic("a bug") },
		"Goexit": func(context.Context, int, func(int) ([]cris.Event, error)) error { runtime.Goexit(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorContains(t, refuses(t.Context(), toyClauses(), "Update/Saves", Atomic{Append: update}), "crashes: ")
		})
	}
}

func TestRefuses_ReportsWhatKeepsNoPromise(t *testing.T) {
	keeps := func(flaw string) bool {
		return keepsAnother(t.Context(), toyClauses()[:3], "Update/Saves", func() Atomic { return newToy(flaw) })
	}
	require.True(t, keeps("forgets the ID of what was delivered"))
	require.True(t, keeps(""))
	require.False(t, keeps("always has a conflict"))
}

func TestRefuses_ReportsClausesThatNothingFails(t *testing.T) {
	clauses := toyClauses()[:3]
	require.Equal(t, []string{"Update/Saves", "Update/RefusalSavesNothing"},
		unproven(clauses, []Broken[Atomic]{{Clause: "Update/ScopesApart"}}))
}

func TestFinishes(t *testing.T) {
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		step func(context.Context) error
		want string
	}{
		"Nil":     {func(context.Context) error { return nil }, ""},
		"Error":   {func(context.Context) error { return broken }, "broken"},
		"Panic":   {func(context.Context) error { panic("a bug") }, "panic: a bug"},
		"Goexit":  {func(context.Context) error { runtime.Goexit(); return nil }, "stopped the goroutine of its caller"},
		"Patient": {func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, context.DeadlineExceeded.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := finishes(t.Context(), time.Minute, test.step)
				if test.want == "" {
					require.NoError(t, err)
					return
				}
				require.ErrorContains(t, err, test.want)
			})
		})
	}
}

func TestFinishes_LeavesBehindWhatBlocksForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		released := make(chan struct{})
		err := finishes(t.Context(), time.Minute, func(context.Context) error { <-released; return nil })
		require.EqualError(t, err, "still blocked 1s after its context ended")
		close(released)
	})
}
