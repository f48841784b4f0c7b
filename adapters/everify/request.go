package everify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/seed28e20331/cris"
)

// request is one request to E-Verify.
type request struct {
	name         string // as errors have it
	method, path string
	body         any  // nil for none
	isIdempotent bool // it changes nothing, so it may be repeated
}

const (
	maxTries   = 4
	firstPause = 200 * time.Millisecond // at most, before the second try; twice as long before each that follows
	longest    = 10 * time.Second       // the longest pause that E-Verify may ask for
	maxAnswer  = 1 << 20                // bytes of an answer
)

// do makes the request and reads the answer into it, which is a pointer or nil. What changes
// nothing is tried again while E-Verify is busy or cannot be reached, up to three times.
func (c *Client) do(ctx context.Context, r request, answer any) *Error {
	for try := 1; ; try++ {
		failed := c.authorized(ctx, r, answer)
		if failed == nil || !r.isIdempotent || try == maxTries || !failed.isPassing() || ctx.Err() != nil {
			return failed
		}
		pause := max(c.config.Jitter(firstPause<<(try-1)), failed.retryAfter)
		if pause > longest || c.config.Sleep(ctx, pause) != nil {
			return failed
		}
	}
}

// isPassing reports whether it may help to try again.
func (e *Error) isPassing() bool {
	return e.Kind == KindBusy || e.Kind == KindNotReached || e.Kind == KindLost
}

// authorized makes the request with the token, and once more with a new one if the token is not
// good any more: a request without a good token has no effect.
func (c *Client) authorized(ctx context.Context, r request, answer any) *Error {
	token, failed := c.authorize(ctx, cris.Personal[string]{})
	if failed != nil {
		return failed
	}
	failed = c.send(ctx, r, token, answer)
	if failed == nil || failed.Kind != KindUnauthorized {
		return failed
	}
	if token, failed = c.authorize(ctx, token); failed != nil {
		return failed
	}
	return c.send(ctx, r, token, answer)
}

// send makes the request once.
func (c *Client) send(ctx context.Context, r request, token cris.Personal[string], answer any) *Error {
	ctx, cancel := context.WithTimeout(ctx, c.config.Deadline)
	defer cancel()
	var isReady, isConnected atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { isReady.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { isConnected.Store(true) },
	})
	made, err := c.newRequest(traced, r, token)
	if err != nil {
		return &Error{Request: r.name, Kind: KindNotReached, isUnsent: true}
	}
	response, err := c.http.Do(made)
	if err != nil {
		lost := &Error{Request: r.name, Kind: KindLost, cause: ctx.Err()}
		if isReady.Load() && !isConnected.Load() { // and nothing was written
			lost.Kind = KindNotReached
		}
		return lost
	}
	defer func() { _ = response.Body.Close() }()
	return c.read(ctx, r.name, response, answer)
}

func (c *Client) newRequest(ctx context.Context, r request, token cris.Personal[string]) (*http.Request, error) {
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return nil, errors.New("everify: body")
		}
		body = bytes.NewReader(text)
	}
	made, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, body)
	if err != nil {
		return nil, errors.New("everify: request")
	}
	made.Header.Set("Accept", "application/json")
	if r.body != nil {
		made.Header.Set("Content-Type", "application/json")
	}
	if !token.IsZero() {
		made.Header.Set("Authorization", "Bearer "+token.Reveal())
	}
	return made, nil
}

// read reads the answer. Its error keeps what is on the lists of this package and nothing else.
func (c *Client) read(ctx context.Context, name string, response *http.Response, answer any) *Error {
	failed := &Error{Request: name, Status: response.StatusCode}
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	isSuccess := response.StatusCode >= 200 && response.StatusCode <= 299
	if isSuccess {
		switch {
		case err != nil:
			failed.Kind, failed.cause = KindLost, ctx.Err()
		case len(text) > maxAnswer:
			failed.Kind = KindTooLarge
		default:
			failed.Kind = decode(text, answer)
		}
		if failed.Kind == "" {
			return nil
		}
		return failed
	}
	var errs []answerError
	if err == nil && len(text) <= maxAnswer {
		errs = errorsIn(text)
	}
	failed.Codes, failed.Fields = c.namesIn(errs)
	failed.Kind = kindOf(response.StatusCode, len(errs) > 0, failed.Codes)
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
		failed.retryAfter = time.Duration(min(seconds, 3600)) * time.Second
	}
	return failed
}

// kindOf says what an answer without success means.
func kindOf(status int, hasErrors bool, codes []string) Kind {
	isConflict := len(codes) == 1 && codes[0] == codeConflict
	switch {
	case status == http.StatusUnauthorized:
		return KindUnauthorized
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return KindBusy
	case status >= 500:
		return KindBroken
	case status >= 400 && isConflict:
		return KindConflict
	case status == http.StatusNotFound && hasErrors: // a page that is not found is not a case that is not known
		return KindNotFound
	case (status == http.StatusBadRequest || status == http.StatusConflict || status == http.StatusUnprocessableEntity) && hasErrors:
		return KindRefused
	}
	return KindUnexpected
}
