package everify_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestSession_OneTokenServesUntilItIsRevoked(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		require.Equal(t, 1, w.server.Served(everifytest.Login))
		for range 3 {
			w.server.Revoke()
			_, err := w.State(t.Context(), number)
			require.NoError(t, err)
		}
		require.Equal(t, 4, w.server.Served(everifytest.Login))
		time.Sleep(3 * time.Hour) // longer than a token lives
		_, err := w.State(t.Context(), number)
		require.NoError(t, err)
	})
}

// A login revokes the token of the one before: many who find theirs revoked log in once.
func TestSession_ManyRenewOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		w.server.Revoke()
		const many = 50
		results := make(chan error, many)
		for range many {
			go func() {
				_, err := w.State(context.WithoutCancel(t.Context()), number)
				results <- err
			}()
		}
		for range many {
			require.NoError(t, <-results)
		}
		require.Equal(t, 2, w.server.Served(everifytest.Login))
	})
}

func TestSession_RenewsOnceAndNotForEver(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		w.server.Break(everifytest.Get, everifytest.Unauthorized, everifytest.Unauthorized)
		_, err := w.State(t.Context(), number)
		require.Equal(t, everify.KindUnauthorized, kindOf(t, err))
		require.Equal(t, 2, w.server.Served(everifytest.Login))
	})
}

// Whoever gives up does not take the login of the others along.
func TestSession_TheLoginOfOneWhoGivesUpIsTakenOver(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		w.server.Revoke()
		w.server.Break(everifytest.Login, everifytest.Silent)
		hasty, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		results := make(chan error, 2)
		go func() {
			_, err := w.State(hasty, number)
			results <- err
		}()
		time.Sleep(100 * time.Millisecond)
		go func() {
			_, err := w.State(context.WithoutCancel(t.Context()), number)
			results <- err
		}()
		require.ErrorIs(t, <-results, context.DeadlineExceeded)
		require.NoError(t, <-results)
	})
}

func TestSession_RefusedCredentialsAreNotTriedAgainSoon(t *testing.T) {
	password := "wrong"
	inWorld(t, func(t *testing.T, w *world) {
		for range 5 {
			_, err := w.State(t.Context(), "2026999999999XX")
			require.Equal(t, everify.KindUnauthorized, kindOf(t, err))
			requireHarmless(t, err)
			require.NotContains(t, err.Error(), "wrong")
		}
		require.Equal(t, 1, w.server.Served(everifytest.Login), "an account is locked after a few tries")
		time.Sleep(15 * time.Minute)
		_, err := w.State(t.Context(), "2026999999999XX")
		require.Equal(t, everify.KindUnauthorized, kindOf(t, err))
		require.Equal(t, 2, w.server.Served(everifytest.Login))
		password = everifytest.Password // it was changed
		_, err = w.State(t.Context(), "2026999999999XX")
		require.ErrorIs(t, err, selfcheck.ErrNotFound)
	}, func(c *everify.Config) {
		c.Credentials = func(context.Context) (string, string, error) { return everifytest.UserName, password, nil }
	})
}

func TestSession_CredentialsCannotBeHad(t *testing.T) {
	vault := errors.New("the vault is sealed with Quill-Zane-42")
	inWorld(t, func(t *testing.T, w *world) {
		_, err := w.State(t.Context(), "2026999999999XX")
		require.ErrorIs(t, err, vault)
		require.NotContains(t, err.Error(), "Quill")
		require.Equal(t, everify.KindUnauthorized, kindOf(t, err))
		require.Zero(t, w.server.Served(everifytest.Login))
	}, func(c *everify.Config) {
		c.Credentials = func(context.Context) (string, string, error) { return "", "", vault }
	})
}

func TestNew_NamesWhatIsMissing(t *testing.T) {
	for want, edit := range map[string]func(*everify.Config){
		"BaseURL: want https":    func(c *everify.Config) { c.BaseURL = "http://everify.example/api/v31" },
		"BaseURL":                func(c *everify.Config) { c.BaseURL = "https://user:secret@everify.example" },
		"Credentials":            func(c *everify.Config) { c.Credentials = nil },
		"Creator.Name":           func(c *everify.Config) { c.Creator.Name = " " },
		"Creator.Email":          func(c *everify.Config) { c.Creator.Email = "desk" },
		"Creator.Phone: want":    func(c *everify.Config) { c.Creator.Phone = "800-555-0142" },
		"Creator.PhoneExtension": func(c *everify.Config) { c.Creator.PhoneExtension = "x1" },
		"Deadline":               func(c *everify.Config) { c.Deadline = -1 },
	} {
		config := newConfig()
		edit(&config)
		_, err := everify.New(config)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "secret")
	}
	config := newConfig()
	config.BaseURL = "https://everify.example/api/v31/"
	_, err := everify.New(config)
	require.NoError(t, err)
}
