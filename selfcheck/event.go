package selfcheck

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/seed28e20331/cris"
)

// The types of the events about Self Check. Each has a type of this package that says what
// is in it, and a function that reads it. The subject of all is the TransactionID.
// None holds a personal value.
const (
	EventProofingPassed = "cris.selfcheck.proofing_passed" // see ProofingPassed
	EventProofingFailed = "cris.selfcheck.proofing_failed" // see ProofingFailed
	EventCaseOpened     = "cris.selfcheck.case_opened"     // see CaseOpened
	EventResultKnown    = "cris.selfcheck.result_known"    // see ResultKnown
	EventCaseClosed     = "cris.selfcheck.case_closed"     // see CaseClosed
	EventQueryWithdrawn = "cris.selfcheck.query_withdrawn" // see QueryWithdrawn
	EventQuerySettled   = "cris.selfcheck.query_settled"   // see QuerySettled
)

// errUnreadable repeats nothing of the event.
var errUnreadable = errors.New("selfcheck: the event cannot be read")

// ProofingPassed says that an identity was proved.
type ProofingPassed struct {
	Subject string
}

// Event returns the event of a proofing that was passed, saved at the time.
func (p ProofingPassed) Event(at time.Time) cris.Event {
	return event(EventProofingPassed, p.Subject, "proofing_passed/"+stamp(at), at, nil)
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
// SC-5: it carries the reason and nothing else. SC-15: to count failures by reason and day, count
// these events.
type ProofingFailed struct {
	Subject string
	Reason  FailureReason
}

// Event returns the event of a proofing that failed, saved at the time.
func (f ProofingFailed) Event(at time.Time) cris.Event {
	return event(EventProofingFailed, f.Subject, "proofing_failed/"+stamp(at), at, map[string]string{"reason": string(f.Reason)})
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

// CaseOpened says that E-Verify opened a case for a query.
type CaseOpened struct {
	Subject string
	Case    CaseNumber
}

// Event returns the event of a case that was put on record at the time.
func (c CaseOpened) Event(at time.Time) cris.Event {
	return event(EventCaseOpened, c.Subject, "case_opened/"+string(c.Case), at, map[string]string{"case": string(c.Case)})
}

// ReadCaseOpened reads an event of type EventCaseOpened. It fails for any other, and for one
// without a subject or with a case number that is not valid.
func ReadCaseOpened(event cris.Event) (CaseOpened, error) {
	read := CaseOpened{Subject: event.Subject, Case: CaseNumber(event.Data["case"])}
	if event.Type != EventCaseOpened || read.Subject == "" || !read.Case.isValid() {
		return CaseOpened{}, errUnreadable
	}
	return read, nil
}

// ResultKnown says that E-Verify has a result: the first one, or one that differs from the last.
type ResultKnown struct {
	Subject string
	Case    CaseNumber
	Result  Result
}

// Event returns the event of a result that was put on record at the time.
func (r ResultKnown) Event(at time.Time) cris.Event {
	what := "result_known/" + string(r.Result) + "/" + stamp(at)
	return event(EventResultKnown, r.Subject, what, at, map[string]string{"case": string(r.Case), "result": string(r.Result)})
}

// ReadResultKnown reads an event of type EventResultKnown. It fails for any other, and for one
// without a subject, with a case number that is not valid or with a result that is not known.
func ReadResultKnown(event cris.Event) (ResultKnown, error) {
	read := ResultKnown{Subject: event.Subject, Case: CaseNumber(event.Data["case"]), Result: Result(event.Data["result"])}
	if event.Type != EventResultKnown || read.Subject == "" || !read.Case.isValid() || !slices.Contains(Results(), read.Result) {
		return ResultKnown{}, errUnreadable
	}
	return read, nil
}

// QueryWithdrawn says that a query was taken off the record, since E-Verify opened no case for
// it. The individual may make it again.
type QueryWithdrawn struct {
	Subject   string
	Submitted time.Time // UTC, to the microsecond
}

// Event returns the event of a query that was taken off the record at the time.
func (w QueryWithdrawn) Event(at time.Time) cris.Event {
	submitted := stamp(w.Submitted)
	return event(EventQueryWithdrawn, w.Subject, "query_withdrawn/"+submitted, at, map[string]string{"submitted": submitted})
}

// ReadQueryWithdrawn reads an event of type EventQueryWithdrawn. It fails for any other, and for
// one without a subject or without the time of the submission.
func ReadQueryWithdrawn(event cris.Event) (QueryWithdrawn, error) {
	submitted, err := time.Parse(time.RFC3339Nano, event.Data["submitted"])
	if event.Type != EventQueryWithdrawn || event.Subject == "" || err != nil {
		return QueryWithdrawn{}, errUnreadable
	}
	return QueryWithdrawn{event.Subject, submitted.UTC()}, nil
}

// QuerySettled says that staff settled a query whose case was not known, or undid that.
type QuerySettled struct {
	Subject string
	By      string     // staff
	Case    CaseNumber // "" if staff found that there is none, or undid what was settled
	Undone  bool
}

// Event returns the event of a query that was settled at the time.
func (q QuerySettled) Event(at time.Time) cris.Event {
	undone := strconv.FormatBool(q.Undone)
	what := "query_settled/" + string(q.Case) + "/" + undone + "/" + stamp(at)
	data := map[string]string{"by": q.By, "case": string(q.Case), "undone": undone}
	return event(EventQuerySettled, q.Subject, what, at, data)
}

// ReadQuerySettled reads an event of type EventQuerySettled. It fails for any other, and for one
// without a subject or staff or with a case number that is not valid.
func ReadQuerySettled(event cris.Event) (QuerySettled, error) {
	undone, err := strconv.ParseBool(event.Data["undone"])
	read := QuerySettled{event.Subject, event.Data["by"], CaseNumber(event.Data["case"]), undone}
	isCase := read.Case == "" || read.Case.isValid()
	if event.Type != EventQuerySettled || read.Subject == "" || read.By == "" || !isCase || err != nil {
		return QuerySettled{}, errUnreadable
	}
	return read, nil
}

// CaseClosed says that a case was closed at E-Verify, and why.
type CaseClosed struct {
	Subject string
	Case    CaseNumber // "" for ClosedNotOpened
	Reason  ClosureReason
}

// Event returns the event of a case that was closed at the time.
func (c CaseClosed) Event(at time.Time) cris.Event {
	return event(EventCaseClosed, c.Subject, "case_closed/"+string(c.Case), at, map[string]string{"case": string(c.Case), "reason": string(c.Reason)})
}

// ReadCaseClosed reads an event of type EventCaseClosed. It fails for any other, and for one
// without a subject, with a case number that is not valid or with a reason that is not known.
func ReadCaseClosed(event cris.Event) (CaseClosed, error) {
	read := CaseClosed{Subject: event.Subject, Case: CaseNumber(event.Data["case"]), Reason: ClosureReason(event.Data["reason"])}
	isCase := read.Case.isValid() || read.Case == "" && read.Reason == ClosedNotOpened
	if event.Type != EventCaseClosed || read.Subject == "" || !isCase || !slices.Contains(ClosureReasons(), read.Reason) {
		return CaseClosed{}, errUnreadable
	}
	return read, nil
}

// stamp tells an event that can happen more than once from the same event at another time.
func stamp(at time.Time) string { return instant(at).Format(time.RFC3339Nano) }

// event returns an event of this package. The subject and what make an ID that does not recur:
// what says what happened, and tells it from the same thing at another time.
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
