package ridp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// call sends one request, once, and reads the answer.
func (p *Provider) call(ctx context.Context, body requestBody) (response, *Error) {
	sent, err := json.Marshal(request{body})
	if err != nil {
		return response{}, &Error{Kind: KindNotSent}
	}
	ctx, cancel := context.WithTimeout(ctx, p.deadline)
	defer cancel()
	var sending way
	req, err := http.NewRequestWithContext(sending.trace(ctx), http.MethodPost, p.endpoint, bytes.NewReader(sent))
	if err != nil {
		return response{}, &Error{Kind: KindNotSent}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if p.authorize != nil {
		if err := p.authorize(req); err != nil {
			return response{}, &Error{Kind: KindNotSent, cause: err}
		}
	}
	if err := ctx.Err(); err != nil {
		return response{}, &Error{Kind: KindNotSent, cause: err}
	}
	reply, err := p.client.Do(req)
	if err != nil {
		return response{}, sending.failure(ctx, err)
	}
	defer func() { _ = reply.Body.Close() }()
	received, err := io.ReadAll(io.LimitReader(reply.Body, maxResponse+1))
	switch {
	case err != nil && ctx.Err() != nil:
		return response{}, interrupted(ctx)
	case err != nil && reply.StatusCode == http.StatusOK:
		return response{}, &Error{Kind: KindConnection}
	}
	return read(reply, received)
}

// read reads what came back.
func read(reply *http.Response, received []byte) (response, *Error) {
	kind, _, err := mime.ParseMediaType(reply.Header.Get("Content-Type"))
	isJSON := err == nil && kind == "application/json"
	r, malformed := response{}, errMalformed
	if isJSON && len(received) <= maxResponse {
		r, malformed = readResponse(received)
	}
	switch {
	case reply.StatusCode != http.StatusOK:
		failed := &Error{Kind: KindStatus, Status: reply.StatusCode}
		if malformed == nil {
			failed.Code = r.errorCode()
		}
		return response{}, failed
	case len(received) > maxResponse:
		return response{}, &Error{Kind: KindTooLarge}
	case !isJSON:
		return response{}, &Error{Kind: KindNotJSON}
	case malformed != nil:
		return response{}, &Error{Kind: KindMalformed}
	}
	return r, nil
}

// way is how far a request got.
type way struct{ isWatched, isConnected atomic.Bool }

// trace returns a context under which an http.Transport tells how far it gets.
func (w *way) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { w.isWatched.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { w.isConnected.Store(true) },
	})
}

// failure returns what went wrong with a request that got no answer. The provider certainly did
// not get it if there never was a connection, of which the handshake of TLS is a part. An
// http.RoundTripper other than an http.Transport reports no progress, and is believed only if it
// says that it could not dial.
func (w *way) failure(ctx context.Context, err error) *Error {
	dial, isNetwork := errors.AsType[*net.OpError](err)
	isNotDialed := isNetwork && dial.Op == "dial"
	switch {
	case w.isWatched.Load() && !w.isConnected.Load(), !w.isWatched.Load() && isNotDialed:
		return &Error{Kind: KindNotSent, cause: ctx.Err()}
	case ctx.Err() != nil:
		return interrupted(ctx)
	}
	return &Error{Kind: KindConnection}
}

// interrupted returns the failure of a call whose context is done.
func interrupted(ctx context.Context) *Error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &Error{Kind: KindTimeout}
	}
	return &Error{Kind: KindConnection, cause: ctx.Err()}
}
