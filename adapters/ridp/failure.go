package ridp

import (
	"context"
	"strconv"

	"github.com/seed28e20331/cris/selfcheck"
)

// Kind is what went wrong with a call to the provider.
type Kind string

// The kinds.
const (
	KindNotSent       Kind = "not_sent"       // nothing reached the provider: no connection, no TLS, no credentials, or no time left
	KindTimeout       Kind = "timeout"        // the deadline passed before the whole answer was there
	KindConnection    Kind = "connection"     // the connection broke, so what the provider did is not known
	KindStatus        Kind = "status"         // an HTTP status other than 200
	KindNotJSON       Kind = "not_json"       // another type of content, such as the HTML page of a gateway
	KindTooLarge      Kind = "too_large"      // more than 64 KiB
	KindMalformed     Kind = "malformed"      // truncated, with a key twice or an unknown key, data after the end, or against the schema
	KindContradictory Kind = "contradictory"  // each part can be read, but they do not go together, or one is missing
	KindOtherProofing Kind = "other_proofing" // the response belongs to another proofing: its session or reference number is another one
	KindRefused       Kind = "refused"        // an error code: the provider did not take the request
	KindOutage        Kind = "outage"         // an exception code: the provider or its source is out of order
)

// Kinds lists the kinds. The caller may keep and change the slice.
func Kinds() []Kind {
	return []Kind{
		KindNotSent, KindTimeout, KindConnection, KindStatus, KindNotJSON, KindTooLarge,
		KindMalformed, KindContradictory, KindOtherProofing, KindRefused, KindOutage,
	}
}

// Error is the error of a call to the provider. Its text has the kind, the status and the code,
// and nothing else of what was sent or received (SC-5). It matches selfcheck.ErrNotSent if its
// kind is KindNotSent, the error of the context if the context was done, and the error of
// Config.Authorize, whose text it does not repeat.
type Error struct {
	Kind   Kind
	Status int                 // the HTTP status; 0 unless KindStatus
	Code   selfcheck.ErrorCode // the provider's response code; "" if there was none, or one that is not well-formed

	cause error
}

// Error returns the kind and, where there are any, the status and the code: nothing of what was
// sent or came back.
func (e *Error) Error() string {
	text := "ridp: " + string(e.Kind)
	if e.Status != 0 {
		text += " " + strconv.Itoa(e.Status)
	}
	if e.Code != "" {
		text += " " + string(e.Code)
	}
	return text
}

// Unwrap returns the errors that errors.Is finds: selfcheck.ErrNotSent, that of a context, and
// that of Config.Authorize.
func (e *Error) Unwrap() []error {
	var causes []error
	if e.Kind == KindNotSent {
		causes = append(causes, selfcheck.ErrNotSent)
	}
	if e.Kind == KindTimeout {
		causes = append(causes, context.DeadlineExceeded)
	}
	if e.cause != nil {
		causes = append(causes, e.cause)
	}
	return causes
}

// isRefusal reports whether the provider said that it did not act on the request.
func (e *Error) isRefusal() bool {
	switch e.Status {
	case 400, 409, 410, 422:
		return true
	}
	return e.Kind == KindRefused
}
