package everify

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/seed28e20331/cris/selfcheck"
)

// Client talks with E-Verify. It implements selfcheck.EVerify, and its errors are *Error. It is
// safe for concurrent use. Make one per web services account ([New]).
type Client struct {
	config  Config
	base    string // without a slash at its end
	http    *http.Client
	now     func() (time.Time, error)
	session session

	mu      sync.Mutex
	opening map[selfcheck.TransactionID]chan struct{} // the transactions for which a case is being opened, until the channel is closed
}

var _ selfcheck.EVerify = (*Client)(nil)

// State returns where the case is now. The error of a case that E-Verify does not know matches
// selfcheck.ErrNotFound.
func (c *Client) State(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	found, failed := c.ask(ctx, number)
	if failed != nil {
		return selfcheck.CaseState{}, failed
	}
	return c.whole(ctx, found)
}

// ask asks where the case is. The error of a case that is not known matches selfcheck.ErrNotFound.
func (c *Client) ask(ctx context.Context, number selfcheck.CaseNumber) (workflow, *Error) {
	const name = "ask for the case"
	if parsed, err := selfcheck.ParseCaseNumber(string(number)); err != nil || parsed != number {
		return workflow{}, &Error{Request: name, Kind: KindNotFound, means: selfcheck.ErrNotFound, isUnsent: true}
	}
	var found workflow
	failed := c.do(ctx, request{name: name, method: http.MethodGet, path: "/cases/" + string(number), isIdempotent: true}, &found)
	switch {
	case failed != nil && failed.Kind == KindNotFound:
		return workflow{}, failed.meaning(selfcheck.ErrNotFound)
	case failed != nil:
		return workflow{}, failed
	case found.Number == "" || found.Status == "":
		return workflow{}, &Error{Request: name, Kind: KindIncomplete, Status: http.StatusOK}
	case found.Number != string(number):
		return workflow{}, &Error{Request: name, Kind: KindWrongCase, Status: http.StatusOK}
	}
	return found, nil
}

// whole returns the case as the port has it, with the fields to confirm.
func (c *Client) whole(ctx context.Context, found workflow) (selfcheck.CaseState, error) {
	if found.Status != statusUnconfirmed {
		return c.stateOf(found), nil
	}
	asked, failed := c.toConfirm(ctx, found)
	if failed != nil && failed.Kind == KindConflict { // it has moved on
		if found, failed = c.ask(ctx, selfcheck.CaseNumber(found.Number)); failed == nil && found.Status != statusUnconfirmed {
			return c.stateOf(found), nil
		}
		if failed == nil {
			asked, failed = c.toConfirm(ctx, found)
		}
	}
	if failed != nil {
		return selfcheck.CaseState{}, failed
	}
	state := c.stateOf(found)
	state.Confirm = c.fieldsOf(asked)
	return state, nil
}

// toConfirm asks what is to be confirmed.
func (c *Client) toConfirm(ctx context.Context, of workflow) (fieldsToConfirm, *Error) {
	var asked fieldsToConfirm
	failed := c.do(ctx, request{
		name: "ask what to confirm", method: http.MethodGet, path: "/cases/" + of.Number + "/confirm_details_fields", isIdempotent: true,
	}, &asked)
	return asked, failed
}

// act makes a request that changes the case, once, and then asks where the case is. It returns
// the error of the request beside the case as it is now, which shows what the request did.
func (c *Client) act(ctx context.Context, on workflow, name, verb string, body any) (after workflow, acted, asked *Error) {
	acted = c.do(ctx, request{name: name, method: http.MethodPost, path: "/cases/" + on.Number + "/" + verb, body: body}, nil)
	after, asked = c.ask(ctx, selfcheck.CaseNumber(on.Number))
	return after, acted, asked
}

// Submit submits a draft, or confirms the data as they are in the query. In any other stage it
// does nothing. It returns an error only if the case is still where it was, or if it is not known
// where the case is. The error of a case that E-Verify does not know matches
// selfcheck.ErrNotFound.
func (c *Client) Submit(ctx context.Context, number selfcheck.CaseNumber, query selfcheck.Query) (selfcheck.CaseState, error) {
	before, failed := c.ask(ctx, number)
	if failed != nil {
		return selfcheck.CaseState{}, failed
	}
	var after workflow
	var acted *Error
	switch before.Status {
	case statusDraft:
		after, acted, failed = c.act(ctx, before, "submit the case", "submit", struct{}{})
	case statusUnconfirmed:
		asked, lost := c.toConfirm(ctx, before)
		if lost != nil {
			return selfcheck.CaseState{}, lost
		}
		after, acted, failed = c.act(ctx, before, "confirm the data", "confirm_details", confirmation(asked, query, before.DateOfHire))
	default:
		return c.stateOf(before), nil
	}
	return c.outcome(ctx, before, after, acted, failed)
}

// outcome returns where the case is after a request that was to change it, or the error of the
// request if the case is where it was.
func (c *Client) outcome(ctx context.Context, before, after workflow, acted, asked *Error) (selfcheck.CaseState, error) {
	switch {
	case acted != nil && (asked != nil || after.Status == before.Status):
		return selfcheck.CaseState{}, acted
	case asked != nil:
		return selfcheck.CaseState{}, asked
	}
	return c.whole(ctx, after)
}

// Refer tells E-Verify that the individual will resolve the mismatch. A case without a mismatch
// stays as it is. The errors are those of Submit.
func (c *Client) Refer(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	before, failed := c.ask(ctx, number)
	if failed != nil {
		return selfcheck.CaseState{}, failed
	}
	if before.Status != statusPending {
		return c.whole(ctx, before)
	}
	after, acted, asked := c.act(ctx, before, "refer the case", "refer", employeeNotified)
	return c.outcome(ctx, before, after, acted, asked)
}

// employeeNotified says that the individual has been told.
var employeeNotified = struct {
	EmployeeNotified bool `json:"employee_notified"`
}{true}

// Close closes the case, in whatever stage it is. A case that is closed already stays closed.
// Where the individual declines to resolve a mismatch, E-Verify is told so first (SC-11). The
// error is nil if and only if E-Verify says that the case is closed; that of a case that it does
// not know matches selfcheck.ErrNotFound.
func (c *Client) Close(ctx context.Context, number selfcheck.CaseNumber, reason selfcheck.ClosureReason) error {
	at, failed := c.ask(ctx, number)
	if failed != nil {
		return failed
	}
	if reason == selfcheck.ClosedDeclined && at.Status == statusPending {
		after, acted, asked := c.act(ctx, at, "take no action", "no_action", employeeNotified)
		switch {
		case asked != nil:
			return asked
		case acted != nil && !acted.hasNoEffect() && after.Status == at.Status:
			return acted // it may still come
		}
		// A refusal does not keep the case open.
		at = after
	}
	if at.Status == statusClosed {
		return nil
	}
	body := closing(at, reason)
	after, acted, asked := c.act(ctx, at, "close the case", "close", body)
	if acted != nil && acted.Kind == KindRefused && asked == nil && after.Status != statusClosed && body.Code != closeOther {
		// The closure code does not suit the case after all.
		after, acted, asked = c.act(ctx, after, "close the case", "close", closing(workflow{}, reason))
	}
	switch {
	case asked == nil && after.Status == statusClosed:
		return nil
	case acted != nil:
		return acted
	case asked != nil:
		return asked
	}
	return &Error{Request: "close the case", Kind: KindUnexpected, Status: http.StatusOK}
}

// closureBody is why a case is closed.
type closureBody struct {
	Code string `json:"case_closure_reason_code"`
	Text string `json:"other_reason_description,omitempty"`
}

// closing says why the case is closed.
func closing(at workflow, reason selfcheck.ClosureReason) closureBody {
	if at.Statement == statementAuthorized {
		return closureBody{Code: closeAuthorized}
	}
	for _, row := range closures {
		if row.reason == reason {
			return closureBody{Code: closeOther, Text: row.text}
		}
	}
	return closureBody{Code: closeOther, Text: otherClosure}
}
