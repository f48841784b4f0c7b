package everify

import (
	"strconv"
	"strings"
	"time"
)

// Kind says what became of a request to E-Verify that failed.
type Kind string

// The kinds.
const (
	KindNotReached   Kind = "not_reached"  // no connection was made: E-Verify never got the request
	KindLost         Kind = "lost"         // the request was sent, and no answer came in time
	KindRefused      Kind = "refused"      // E-Verify refused the request, with error codes
	KindConflict     Kind = "conflict"     // the case is not in the state that the request is for
	KindNotFound     Kind = "not_found"    // E-Verify does not know the case
	KindUnauthorized Kind = "unauthorized" // the account is not let in
	KindBusy         Kind = "busy"         // 429 or 503
	KindBroken       Kind = "broken"       // any other status in the 500s
	KindUnexpected   Kind = "unexpected"   // an answer that this request cannot have, such as a redirect
	KindNotJSON      Kind = "not_json"     // HTML, or JSON that ends in the middle or has another form
	KindTooLarge     Kind = "too_large"    // more than 1 MiB
	KindContradicts  Kind = "contradicts"  // success, with errors in it
	KindIncomplete   Kind = "incomplete"   // what the answer must say is not in it
	KindWrongCase    Kind = "wrong_case"   // the answer is about another case
)

// Kinds lists the kinds. The caller may keep and change the slice.
func Kinds() []Kind {
	return []Kind{
		KindNotReached, KindLost, KindRefused, KindConflict, KindNotFound, KindUnauthorized, KindBusy, KindBroken,
		KindUnexpected, KindNotJSON, KindTooLarge, KindContradicts, KindIncomplete, KindWrongCase,
	}
}

// Error is the error of every request to E-Verify. It keeps only what is on the lists of this
// package and no other part of an answer, so it may be logged.
//
// It matches selfcheck.ErrNoCase, selfcheck.ErrRefused or selfcheck.ErrNotFound where the port
// says so, and context.Canceled or context.DeadlineExceeded if the context was done.
type Error struct {
	Request string   // which request: "open a draft"
	Kind    Kind     // what became of it
	Status  int      // HTTP status of the answer, 0 if none came
	Codes   []string // E-Verify's error codes that are known ([Codes]), each once
	Fields  []string // E-Verify's names of the fields that the codes are about, or that are missing; no values

	means error // what it means to the port, if anything
	cause error // not part of the text

	isUnsent   bool          // the request itself never left: the login before it failed
	retryAfter time.Duration // as E-Verify asks
}

// Error returns the request, the kind, the status, the codes and the fields.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString("everify: " + e.Request + ": " + string(e.Kind))
	if e.Status != 0 {
		text.WriteString(" (" + strconv.Itoa(e.Status) + ")")
	}
	if len(e.Codes) > 0 {
		text.WriteString(": " + strings.Join(e.Codes, ", "))
	}
	if len(e.Fields) > 0 {
		text.WriteString(": " + strings.Join(e.Fields, ", "))
	}
	if e.means != nil {
		text.WriteString(": " + e.means.Error())
	}
	return text.String()
}

// Unwrap returns what the error means to the port, and its cause.
func (e *Error) Unwrap() []error {
	var all []error
	for _, err := range []error{e.means, e.cause} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

// hasNoEffect reports whether E-Verify certainly did nothing about the request.
func (e *Error) hasNoEffect() bool {
	switch e.Kind {
	case KindNotReached, KindRefused, KindUnauthorized, KindConflict, KindNotFound:
		return true
	case KindLost, KindBusy, KindBroken, KindUnexpected, KindNotJSON, KindTooLarge, KindContradicts, KindIncomplete, KindWrongCase:
	}
	return e.isUnsent
}

// meaning returns a copy that matches the port's error.
func (e *Error) meaning(port error) *Error {
	is := *e
	is.means = port
	return &is
}
