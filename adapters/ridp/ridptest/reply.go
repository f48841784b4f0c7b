package ridptest

import (
	"bytes"
	"net/http"
)

// Reply answers a request in place of the Server. answer is what the Server would have said:
// it has done everything else that it does with a request, so that a reply can be lost.
type Reply func(w http.ResponseWriter, r *http.Request, answer Response)

// As answers with what change makes of the answer.
func As(change func(*Response)) Reply {
	return func(w http.ResponseWriter, _ *http.Request, answer Response) {
		change(&answer)
		write(w, http.StatusOK, answer.encode())
	}
}

// Body answers with these bytes as JSON.
func Body(body string) Reply {
	return func(w http.ResponseWriter, _ *http.Request, _ Response) { write(w, http.StatusOK, []byte(body)) }
}

// Decision answers with a final decision and a response code, and without questions. The
// reference number stays; a proofing that ends at once has no session.
func Decision(decision, code string) Reply {
	return As(func(r *Response) {
		*r = Response{Reference: r.Reference, Decision: decision, Code: code}
	})
}

// ErrorCode answers with an error code and nothing else, under status 200.
func ErrorCode(code string) Reply {
	return As(func(r *Response) { *r = Response{Code: code, Text: "Zyxerror"} })
}

// Status answers with an HTTP status and a page of a gateway.
func Status(status int) Reply {
	return func(w http.ResponseWriter, _ *http.Request, _ Response) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<html><body>Zyxgateway</body></html>"))
	}
}

// HTML answers with the page of a gateway, under status 200.
func HTML() Reply { return Status(http.StatusOK) }

// Late does not answer before whoever asks is gone.
func Late() Reply {
	return func(_ http.ResponseWriter, r *http.Request, _ Response) {
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
}

// Stalled sends the first half of the answer, and the rest not before whoever asks is gone.
func Stalled() Reply {
	return func(w http.ResponseWriter, r *http.Request, answer Response) {
		body := answer.encode()
		write(w, http.StatusOK, body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
}

// Dead closes the connection without an answer.
func Dead() Reply {
	return func(http.ResponseWriter, *http.Request, Response) { panic(http.ErrAbortHandler) }
}

// Truncated answers with the first half of the answer, as if that were all.
func Truncated() Reply {
	return func(w http.ResponseWriter, _ *http.Request, answer Response) {
		body := answer.encode()
		write(w, http.StatusOK, body[:len(body)/2])
	}
}

// CutOff closes the connection in the middle of the answer.
func CutOff() Reply {
	return func(w http.ResponseWriter, _ *http.Request, answer Response) {
		body := answer.encode()
		write(w, http.StatusOK, body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// Huge answers with the answer and so many bytes of spaces in front of it.
func Huge(size int) Reply {
	return func(w http.ResponseWriter, _ *http.Request, answer Response) {
		w.Header().Set("Content-Type", "application/json")
		spaces := bytes.Repeat([]byte(" "), 1<<16)
		for sent := 0; sent < size; sent += len(spaces) {
			if _, err := w.Write(spaces); err != nil {
				return
			}
		}
		_, _ = w.Write(answer.encode())
	}
}

// Twice answers with a key that comes twice: the second time with another value.
func Twice() Reply {
	return func(w http.ResponseWriter, _ *http.Request, answer Response) {
		body := bytes.TrimSuffix(answer.encode(), []byte("}}"))
		write(w, http.StatusOK, append(body, `,"hubReferenceNumber":"HUB-2","hubReferenceNumber":"HUB-3"}}`...))
	}
}

// Trailing answers with the answer and something behind it.
func Trailing() Reply {
	return func(w http.ResponseWriter, _ *http.Request, answer Response) {
		write(w, http.StatusOK, append(answer.encode(), `{"ridpResponse":{}}`...))
	}
}

// OtherSession answers with the session of another quiz.
func OtherSession() Reply { return As(func(r *Response) { r.Session = "SESSION/999999" }) }

// OtherReference answers with the reference number of another quiz.
func OtherReference() Reply { return As(func(r *Response) { r.Reference = "HUB-999999" }) }
