package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
)

// staff works on the requests of the story.
var staff = []srmt.Staff{
	srmt.NewStaff("SSC supervisor", srmt.SIIO, "SSC"),
	srmt.NewStaff("SSC officer", srmt.IIO, "SSC"),
	srmt.NewStaff("SSC colleague", srmt.IIO, "SSC"),
	srmt.NewStaff("NSC supervisor", srmt.SIIO, "NSC"),
	srmt.NewStaff("NSC officer", srmt.IIO, "NSC"),
	srmt.NewStaff("NSC colleague", srmt.IIO, "NSC"),
	srmt.NewStaff("NEW supervisor", srmt.SIIO, "NEW"),
	srmt.NewStaff("NYC supervisor", srmt.SIIO, "NYC"),
	srmt.NewStaff(representative, srmt.CSR, srmt.DefaultPolicy().CallCenter),
	srmt.NewStaff("queue supervisor", srmt.SIIO, srmt.DefaultPolicy().FallbackQueue),
}

// receiving is SRMT's service, which tells what it receives.
type receiving struct{ *world }

// HandledTypes implements cris.EventHandler.
func (r receiving) HandledTypes() []string { return r.desk.HandledTypes() }

// Handle implements cris.EventHandler. A program that has nothing to tell hands its
// srmt.Service to the mux.
func (r receiving) Handle(ctx context.Context, event cris.Event) error {
	accepted, err := erequest.ReadAccepted(event)
	if err != nil {
		return err
	}
	intake, err := r.desk.Receive(ctx, accepted.RequestID)
	if err != nil {
		return err
	}
	r.journal.tell(fmt.Sprintf("SRMT receives %s about %s", intake.Request.ID, intake.Request.Receipt.Masked()), intake.Outcome,
		facts{"office", intake.Request.Office, "due", intake.Request.Due}, intake.Reasons)
	return nil
}

// deliver hands an event of the outbox to those who wait for it: an accepted request to
// SRMT, a response to e-Request. An event that nobody waits for is delivered by that.
func (w *world) deliver(ctx context.Context, event cris.Event) error {
	return cris.NewMux(receiving{w}, w.eRequest, w.moves, w.checks, w.watch).Handle(ctx, event)
}

func (w *world) relay(ctx context.Context) error {
	_, err := cris.Relay(ctx, w.store.Outbox(), w.deliver)
	return err
}

// relayRequests brings the accepted requests to SRMT, through two breakdowns: SRMT
// does not answer, and the relay dies after it delivered and before it noted that.
func (w *world) relayRequests(ctx context.Context) error {
	w.clock.set("2022-02-19", 12)
	errDown := errors.New("SRMT does not answer")
	answered := 0
	n, err := cris.Relay(ctx, w.store.Outbox(), func(ctx context.Context, event cris.Event) error {
		if answered++; answered > 1 {
			return errDown
		}
		return w.deliver(ctx, event)
	})
	if !errors.Is(err, errDown) {
		return fmt.Errorf("the relay did not notice that SRMT was down: %w", err)
	}
	w.journal.tell("the relay, while SRMT goes down", "stopped", facts{"delivered", n}, nil)

	dying := dyingOutbox{w.store.Outbox()}
	n, err = cris.Relay(ctx, dying, w.deliver)
	if !errors.Is(err, errDied) {
		return fmt.Errorf("the relay did not die: %w", err)
	}
	w.journal.tell("the relay, killed after a delivery", "stopped", facts{"delivered and noted", n}, nil)

	n, err = cris.Relay(ctx, w.store.Outbox(), w.deliver)
	if err != nil {
		return err
	}
	w.journal.tell("the relay, started again", "outbox empty", facts{"delivered", n}, nil)

	received := map[string]int{}
	for request, err := range w.store.ServiceRequests().List(ctx, srmt.Query{}) {
		if err != nil {
			return err
		}
		received[request.ID]++
	}
	once := 0
	for _, id := range w.accepted {
		if received[id] == 1 {
			once++
		}
	}
	w.journal.tell("accepted requests that SRMT has once each", fmt.Sprintf("%d of %d", once, len(w.accepted)),
		facts{"service requests in SRMT", len(received)}, nil)
	w.journal.cite("ER-12")
	return nil
}

var errDied = errors.New("the relay was killed")

// dyingOutbox is an outbox whose reader dies before it can mark anything.
type dyingOutbox struct{ cris.Outbox }

func (dyingOutbox) MarkDelivered(context.Context, ...string) error { return errDied }

// workRequests lets supervisors and officers act on what came in.
func (w *world) workRequests(ctx context.Context) error {
	w.clock.set("2022-02-22", 9)
	ofAna, err := w.requestOf(ctx, ana)
	if err != nil {
		return err
	}
	ofGus, err := w.requestOf(ctx, gus)
	if err != nil {
		return err
	}
	ofChen, err := w.requestOf(ctx, chen)
	if err != nil {
		return err
	}

	if err := w.tellList("SSC supervisor looks at the unassigned requests", w.desk.Unassigned(ctx, "SSC supervisor", "SSC", srmt.Page{}), "SR-3"); err != nil {
		return err
	}
	answer := srmt.Response{
		RequestID: ofAna, By: "SSC officer", Seen: 2, Means: erequest.ByEmail,
		Finding: letter.NeedsMoreTime, Letter: &srmt.Draft{AskAgain: cris.MustParseDate("2022-04-23")},
	}
	uninvited := answer
	uninvited.By = "SSC colleague"
	steps := []struct {
		what string
		act  func() (srmt.Decision, error)
	}{
		{"SSC officer assigns a request", func() (srmt.Decision, error) {
			return w.desk.Assign(ctx, srmt.Assignment{RequestID: ofAna, By: "SSC officer", Seen: 1, To: "SSC officer"})
		}},
		{"SSC supervisor assigns it", func() (srmt.Decision, error) {
			return w.desk.Assign(ctx, srmt.Assignment{RequestID: ofAna, By: "SSC supervisor", Seen: 1, To: "SSC officer"})
		}},
		{"SSC supervisor assigns it in a second window", func() (srmt.Decision, error) {
			return w.desk.Assign(ctx, srmt.Assignment{RequestID: ofAna, By: "SSC supervisor", Seen: 1, To: "SSC colleague"})
		}},
		{"SSC colleague answers a request of somebody else", func() (srmt.Decision, error) {
			return w.desk.Respond(ctx, uninvited)
		}},
		{"SSC officer answers by letter, and Ana gave an e-mail address alone", func() (srmt.Decision, error) {
			byLetter := answer
			byLetter.Means = erequest.ByLetter
			return w.desk.Respond(ctx, byLetter)
		}},
		{"SSC officer answers that the case was decided, and it was not", func() (srmt.Decision, error) {
			wrong := answer
			wrong.Finding, wrong.Letter = letter.CaseDecided, &srmt.Draft{Done: cris.MustParseDate("2022-02-18")}
			return w.desk.Respond(ctx, wrong)
		}},
		{"SSC officer answers by e-mail", func() (srmt.Decision, error) {
			return w.desk.Respond(ctx, answer)
		}},
		{"NSC supervisor assigns", func() (srmt.Decision, error) {
			return w.desk.Assign(ctx, srmt.Assignment{RequestID: ofGus, By: "NSC supervisor", Seen: 1, To: "NSC officer"})
		}},
		{"NSC supervisor reassigns without a reason", func() (srmt.Decision, error) {
			return w.desk.Reassign(ctx, srmt.Reassignment{RequestID: ofGus, By: "NSC supervisor", Seen: 2, To: "NSC colleague"})
		}},
		{"NSC supervisor reassigns: the officer left", func() (srmt.Decision, error) {
			return w.desk.Reassign(ctx, srmt.Reassignment{
				RequestID: ofGus, By: "NSC supervisor", Seen: 2, To: "NSC colleague", Why: srmt.StaffChange,
			})
		}},
		{"NEW supervisor redirects to all field offices", func() (srmt.Decision, error) {
			return w.desk.Redirect(ctx, srmt.Redirection{
				RequestID: ofChen, By: "NEW supervisor", Seen: 1, To: casestatus.AllFieldOffices, Why: srmt.OfficeLocationAlignment,
			})
		}},
		{"NEW supervisor redirects to New York City", func() (srmt.Decision, error) {
			return w.desk.Redirect(ctx, srmt.Redirection{
				RequestID: ofChen, By: "NEW supervisor", Seen: 1, To: "NYC", Why: srmt.OfficeLocationAlignment,
			})
		}},
	}
	for i, step := range steps {
		decision, err := step.act()
		if err != nil {
			return err
		}
		w.journal.tell(step.what, decision.Outcome, nil, decision.Reasons)
		if i == 1 {
			if err := w.openFile(ctx, "SSC officer", ofAna); err != nil {
				return err
			}
		}
	}
	if err := w.tellList("the fallback queue", w.desk.Unassigned(ctx, "queue supervisor", "UNROUTED", srmt.Page{}), "SR-12"); err != nil {
		return err
	}
	if err := w.tellHistory(ctx, "SSC supervisor", ofAna); err != nil {
		return err
	}
	if err := w.relay(ctx); err != nil {
		return err
	}
	answered, err := w.store.ERequests().Request(ctx, ofAna)
	if err != nil {
		return err
	}
	w.journal.tell("e-Request learns of the answer to "+ofAna, "answered", facts{"on", answered.Answered}, nil)
	w.journal.cite("ER-10")
	return nil
}

// openFile lets the officer who holds a request open its file, and the supervisor see that on
// record.
func (w *world) openFile(ctx context.Context, officer srmt.StaffID, requestID string) error {
	file, err := w.desk.Open(ctx, officer, requestID)
	if err != nil {
		return err
	}
	w.journal.tell(fmt.Sprintf("%s opens the file", officer), "opened", facts{"issue", file.Filed.Issue}, nil)
	w.journal.cite("SR-7")
	_, err = w.desk.Open(ctx, "SSC supervisor", requestID)
	if !errors.Is(err, srmt.ErrDenied) {
		return fmt.Errorf("the supervisor opened a file that an officer holds: %w", err)
	}
	w.journal.tell("SSC supervisor opens the file, which an officer holds", "denied", nil, nil)
	for look, err := range w.desk.LooksAt(ctx, "SSC supervisor", requestID, srmt.LookPage{}) {
		if err != nil {
			return err
		}
		w.journal.tell("SSC supervisor looks at who saw the request", "on record", facts{"by", look.By, "opened", look.Opened}, nil)
	}
	return nil
}

// requestOf returns the ID of the one service request about a case.
func (w *world) requestOf(ctx context.Context, onFile casestatus.Case) (string, error) {
	for request, err := range w.store.ServiceRequests().List(ctx, srmt.Query{}) {
		if err != nil {
			return "", err
		}
		if request.Receipt == onFile.Receipt {
			return request.ID, nil
		}
	}
	return "", fmt.Errorf("no service request about %s", onFile.Receipt.Masked())
}

// tellList prints a list of requests, and the rule that wants it.
func (w *world) tellList(what string, list iter.Seq2[srmt.ServiceRequest, error], rule cris.RuleID) error {
	var lines []string
	for request, err := range list {
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%s about %s, %s, due %s", request.ID, request.Receipt.Masked(), request.Issue, request.Due))
	}
	w.journal.tell(what, fmt.Sprintf("%d found", len(lines)), nil, nil)
	if len(lines) > 0 {
		w.journal.show(strings.Join(lines, "\n"))
	}
	w.journal.cite(rule)
	return nil
}

func (w *world) tellOverdue(ctx context.Context, supervisor srmt.StaffID, office casestatus.OfficeCode) error {
	return w.tellList(fmt.Sprintf("%s looks at the overdue requests", supervisor), w.desk.Overdue(ctx, supervisor, office, srmt.Page{}), "SR-9")
}

// tellHistory prints every step of a request, without what was written.
func (w *world) tellHistory(ctx context.Context, reader srmt.StaffID, requestID string) error {
	history, err := w.desk.History(ctx, reader, requestID)
	if err != nil {
		return err
	}
	var lines []string
	for _, step := range history {
		by := string(step.By)
		if by == "" {
			by = "the system"
		}
		lines = append(lines, fmt.Sprintf("%d %s %s, by %s", step.Seq, step.At.In(cris.AgencyZone()).Format("2006-01-02"), step.Kind, by))
	}
	w.journal.tell("the history of "+requestID, fmt.Sprintf("%d steps", len(history)), nil, nil)
	w.journal.show(strings.Join(lines, "\n"))
	w.journal.cite("SR-10")
	return nil
}
