package everify

import (
	"context"
	"net/http"
	"time"

	"github.com/seed28e20331/cris"
)

// session is the token of the web services account. One goroutine at a time logs in: a login
// revokes the token of the one before.
type session struct {
	turn   chan struct{} // whoever is in it has what follows; it has room for one
	token  cris.Personal[string]
	failed *Error // how the last login failed, nil if it did not

	refused   credentials // that E-Verify did not let in
	refusedAt time.Time
}

type credentials struct{ userName, password cris.Personal[string] }

const (
	// refusedFor is how long credentials that were refused are not tried again: an account is
	// locked after a few tries.
	refusedFor = 15 * time.Minute
	// maxToken is the most bytes of a token.
	maxToken = 8 << 10
)

// authorize returns a token that is not the stale one. A caller that waited for a login that
// failed gets its error and does not try again at once.
func (c *Client) authorize(ctx context.Context, stale cris.Personal[string]) (cris.Personal[string], *Error) {
	s := &c.session
	waited := false
	select {
	case s.turn <- struct{}{}:
	default:
		waited = true
		select {
		case s.turn <- struct{}{}:
		case <-ctx.Done():
			return cris.Personal[string]{}, c.loginError(KindNotReached, ctx.Err())
		}
	}
	defer func() { <-s.turn }()
	if !s.token.IsZero() && s.token != stale {
		return s.token, nil
	}
	isOthersFailure := waited && s.failed != nil && s.failed.cause == nil
	if !isOthersFailure {
		s.token, s.failed = c.login(ctx)
	}
	return s.token, s.failed
}

// login asks for a token. Its errors say that the request after it was never sent.
func (c *Client) login(ctx context.Context) (cris.Personal[string], *Error) {
	var none cris.Personal[string]
	userName, password, err := c.config.Credentials(ctx)
	if err != nil {
		return none, c.loginError(KindUnauthorized, err)
	}
	now, err := c.now()
	if err != nil {
		return none, c.loginError(KindNotReached, err)
	}
	used := credentials{cris.NewPersonal(userName), cris.NewPersonal(password)}
	if used == c.session.refused && now.Before(c.session.refusedAt.Add(refusedFor)) {
		return none, c.loginError(KindUnauthorized, nil)
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	body := map[string]any{"username": userName, "password": password}
	failed := c.send(ctx, request{name: loginName, method: http.MethodPost, path: "/authentication/login", body: body}, none, &answer)
	switch {
	case failed != nil && (failed.Kind == KindRefused || failed.Kind == KindUnauthorized || failed.Status == http.StatusForbidden):
		c.session.refused, c.session.refusedAt = used, now
		refused := c.loginError(KindUnauthorized, nil)
		refused.Status, refused.Codes = failed.Status, failed.Codes
		return none, refused
	case failed != nil:
		failed.isUnsent = true
		return none, failed
	case answer.AccessToken == "" || len(answer.AccessToken) > maxToken || !isGraphic(answer.AccessToken):
		return none, c.loginError(KindIncomplete, nil)
	}
	return cris.NewPersonal(answer.AccessToken), nil
}

const loginName = "log in"

func (c *Client) loginError(kind Kind, cause error) *Error {
	return &Error{Request: loginName, Kind: kind, cause: cause, isUnsent: true}
}

// isGraphic reports whether s can stand in a header.
func isGraphic(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
