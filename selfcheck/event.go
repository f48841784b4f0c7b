package selfcheck

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// The types of the events about Self Check. Each has a type of this package that says what
// is in it, and a function that reads it. The subject of all is TransactionID.Subject, since
// events travel further than the transaction may. None holds a personal value.
const (
	EventProofingPassed = "cris.selfcheck.proofing_passed" // see ProofingPassed
	EventProofingFailed = "cris.selfcheck.proofing_failed" // see ProofingFailed
	EventQueried        = "cris.selfcheck.queried"         // see Queried
	EventCaseClosed     = "cris.selfcheck.case_closed"     // see CaseClosed
)

// errUnreadable repeats nothing of the event.
var errUnreadable = errors.New("selfcheck: the event cannot be read")

// ProofingPassed says that an identity was proved.
type ProofingPassed struct {
	Subject string
}

// Event returns the event of a proofing that was passed, saved at the time.
func (p ProofingPassed) Event(at time.Time) cris.Event {
	return event(EventProofingPassed, p.Subject, "proofing_passed", at, nil)
}

// ReadProofingPassed reads an event of type EventProofingPassed. It fails for any other, and
// for one without a subject.
func ReadProofingPassed(event cris.Event) (ProofingPassed, error) {
	if event.Type != EventProofingPassed || event.Subject == "" {
		return ProofingPassed{}, errUnreadable
	}
	return ProofingPassed{Subject: event.Subject}, nil
}

// ProofingFailed says that a proofing failed, and why.
//
// SC-5: it carries the reason and nothing else. SC-15: whoever counts failures by reason
// and day counts these.
type ProofingFailed struct {
	Subject string
	Reason  FailureReason
}

// Event returns the event of a proofing that failed, saved at the time.
func (f ProofingFailed) Event(at time.Time) cris.Event {
	return event(EventProofingFailed, f.Subject, "proofing_failed", at, map[string]string{"reason": string(f.Reason)})
}

// ReadProofingFailed reads an event of type EventProofingFailed. It fails for any other, and
// for one without a subject or with a reason that is not known.
func ReadProofingFailed(event cris.Event) (ProofingFailed, error) {
	read := ProofingFailed{Subject: event.Subject, Reason: FailureReason(event.Data["reason"])}
	if event.Type != EventProofingFailed || read.Subject == "" || !slices.Contains(FailureReasons(), read.Reason) {
		return ProofingFailed{}, errUnreadable
	}
	return read, nil
}

// Queried says that E-Verify opened a case for a query, and with which result.
type Queried struct {
	Subject string
	Case    CaseNumber
	Result  Result // "" if E-Verify gave none of the three
}

// Event returns the event of a query whose case was put on record at the time.
func (q Queried) Event(at time.Time) cris.Event {
	return event(EventQueried, q.Subject, "queried", at, map[string]string{"case": string(q.Case), "result": string(q.Result)})
}

// ReadQueried reads an event of type EventQueried. It fails for any other, and for one
// without a subject, with a case number that is not valid or with a result that is not known.
func ReadQueried(event cris.Event) (Queried, error) {
	read := Queried{Subject: event.Subject, Case: CaseNumber(event.Data["case"]), Result: Result(event.Data["result"])}
	isKnown := read.Result == "" || slices.Contains(Results(), read.Result)
	if event.Type != EventQueried || read.Subject == "" || !read.Case.isValid() || !isKnown {
		return Queried{}, errUnreadable
	}
	return read, nil
}

// CaseClosed says that a case was closed at E-Verify, and why.
type CaseClosed struct {
	Subject string
	Case    CaseNumber
	Reason  ClosureReason
}

// Event returns the event of a case that was closed at the time.
func (c CaseClosed) Event(at time.Time) cris.Event {
	return event(EventCaseClosed, c.Subject, "case_closed", at, map[string]string{"case": string(c.Case), "reason": string(c.Reason)})
}

// ReadCaseClosed reads an event of type EventCaseClosed. It fails for any other, and for one
// without a subject, with a case number that is not valid or with a reason that is not known.
func ReadCaseClosed(event cris.Event) (CaseClosed, error) {
	read := CaseClosed{Subject: event.Subject, Case: CaseNumber(event.Data["case"]), Reason: ClosureReason(event.Data["reason"])}
	if event.Type != EventCaseClosed || read.Subject == "" || !read.Case.isValid() || !slices.Contains(ClosureReasons(), read.Reason) {
		return CaseClosed{}, errUnreadable
	}
	return read, nil
}

// event returns an event of this package. Each thing happens to a transaction once, so that
// what happened and to which one make an ID that does not recur.
func event(eventType, subject, what string, at time.Time, data map[string]string) cris.Event {
	return cris.Event{
		ID: subject + "/" + what, Type: eventType, Source: "/cris/selfcheck", Subject: subject, Time: at, Data: data,
	}
}

// HandledTypes implements cris.EventHandler. Self Check follows nothing that happens
// elsewhere, so there are none: the list is nil.
func (s *Service) HandledTypes() []string { return nil }

// Handle implements cris.EventHandler: no event is any business of Self Check. It does
// nothing and never fails.
func (s *Service) Handle(context.Context, cris.Event) error { return nil }
