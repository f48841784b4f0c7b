package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// act is one call of a service for one person. It may be given again after any error, as the
// documentation of the call says, and fails with errNotAsWanted if the answer is one that nobody
// may get.
type act struct {
	call string // the service and the method
	do   func(ctx context.Context, s *services, p person) error
	once bool // it saves in one transaction, or not at all
	// ways are how the call may break off between two transactions, in order. What it has done
	// until then is on file, and its documentation says so.
	ways []func(ctx context.Context, s *services, p person) error
}

// errNotAsWanted means that a service gave an answer that does not follow from what was
// acknowledged before.
var errNotAsWanted = errors.New("not the answer that follows from what was acknowledged")

// errNotYet means that another process is still expected to go on with the query: whoever asked
// comes back a little later.
var errNotYet = errors.New("not answered yet")

func unwanted(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errNotAsWanted, fmt.Sprintf(format, args...))
}

// acts are what is done for every person, in this order: each needs those before it.
func acts() []act {
	all := slices.Concat(mailActs(), requestActs(), callActs(), checkActs())
	for i, act := range all {
		all[i].once = !slices.Contains(inSeveral(), act.call)
	}
	return all
}

// inSeveral lists the calls that save in more than one transaction.
func inSeveral() []string {
	return []string{
		"casestatus.DeliverySync.Sync", "erequest.Service.Submit", // which is made twice at once
		"srmt.Service.PutStaff", "gateway.Service.Open",
		"selfcheck.Service.Begin", "selfcheck.Service.Conclude", "selfcheck.Service.Query", "selfcheck.Service.Resolve",
		"selfcheck.Service.End",
	}
}

// mailActs file a case, and a document that was mailed for it.
func mailActs() []act {
	record := func(edit func(p person, c *casestatus.Case)) func(ctx context.Context, s *services, p person) error {
		return func(ctx context.Context, s *services, p person) error {
			_, err := s.cases.Record(ctx, p.mailed().Receipt, func(c *casestatus.Case) { edit(p, c) })
			return err
		}
	}
	return []act{
		{call: "casestatus.Service.Record", do: record(func(p person, c *casestatus.Case) { *c = p.mailed() })},
		{call: "tracking.Ingester.Ingest", do: func(ctx context.Context, s *services, p person) error {
			done, err := s.ingester.Ingest(ctx, p.day())
			if err == nil && (!done.Done || done.New != len(p.piece().Scans)) {
				return unwanted("the file has %d new scans", done.New)
			}
			return err
		}},
		{call: "casestatus.DeliverySync.Sync", do: func(ctx context.Context, s *services, _ person) error {
			_, err := s.sync.Sync(ctx)
			return err
		}},
		{call: "casestatus.Service.Record", do: record(func(p person, c *casestatus.Case) {
			mailed := casestatustest.NewMailing(p.piece().Number)
			c.History = append(slices.Clone(p.mailed().History), casestatus.StatusEntry{On: mailed.Mailed, Title: "Card Was Mailed To Me"})
			c.Mailings = []casestatus.Mailing{mailed}
		})},
		{call: "casestatus.Service.Status", do: func(ctx context.Context, s *services, p person) error {
			status, err := s.cases.Status(ctx, p.mailed().Receipt.String())
			if err == nil && (len(status.History) != 2 || len(status.Mailings) != 1) {
				return unwanted("the status has %d entries and %d mailings", len(status.History), len(status.Mailings))
			}
			return err
		}},
	}
}

// requestActs place a request and work on it.
func requestActs() []act {
	submit := func(ctx context.Context, s *services, p person, key string) (erequest.Filing, error) {
		return s.requests.Submit(ctx, erequesttest.NewSubmission(key, p.mailed(), erequest.TypographicalError))
	}
	return []act{
		{call: "erequest.Service.Submit", do: func(ctx context.Context, s *services, p person) error {
			return twice(func() error { // as somebody does who is impatient
				filing, err := submit(ctx, s, p, "first")
				if err == nil && filing.Outcome != erequest.Accepted && filing.Outcome != erequest.AlreadyAccepted {
					return unwanted("the submission is %s", filing.Outcome)
				}
				return err
			})
		}},
		{call: "erequest.Service.Submit", do: func(ctx context.Context, s *services, p person) error {
			filing, err := submit(ctx, s, p, "another")
			if err == nil && filing.Outcome != erequest.Advised { // ER-9
				return unwanted("another submission is %s", filing.Outcome)
			}
			return err
		}},
		{call: "srmt.Service.PutStaff", do: func(ctx context.Context, s *services, p person) error {
			_, err := s.desk.PutStaff(ctx, supervisor(), p.officer())
			return err
		}},
		{call: "srmt.Service.PutStaff", do: func(ctx context.Context, s *services, p person) error {
			_, err := s.desk.PutStaff(ctx, p.colleague())
			return err
		}},
		{call: "srmt.Service.Receive", do: withRequest(func(ctx context.Context, s *services, _ person, id string) error {
			_, err := s.desk.Receive(ctx, id)
			return err
		})},
		{call: "srmt.Service.Assign", do: withRequest(func(ctx context.Context, s *services, p person, id string) error {
			return decided(s.desk.Assign(ctx, srmt.Assignment{RequestID: id, By: supervisor().ID, Seen: 1, To: p.officer().ID}))
		})},
		{call: "srmt.Service.Open", do: withRequest(func(ctx context.Context, s *services, p person, id string) error {
			_, err := s.desk.Open(ctx, p.officer().ID, id)
			return err
		})},
		{call: "srmt.Service.Note", do: withRequest(func(ctx context.Context, s *services, p person, id string) error {
			return decided(s.desk.Note(ctx, srmt.Note{RequestID: id, By: p.officer().ID, Seen: 2, Text: cris.NewPersonal("The card of Lindström is misprinted.")}))
		})},
		{call: "srmt.Service.Reassign", do: withRequest(func(ctx context.Context, s *services, p person, id string) error {
			return decided(s.desk.Reassign(ctx, srmt.Reassignment{RequestID: id, By: supervisor().ID, Seen: 3, To: p.colleague().ID, Why: srmt.StaffChange}))
		})},
		{call: "srmt.Service.Correspond", do: withRequest(func(ctx context.Context, s *services, p person, id string) error {
			message := srmttest.NewMessage(srmt.ToCustomer, erequest.ByEmail)
			return decided(s.desk.Correspond(ctx, srmt.Correspondence{RequestID: id, By: p.colleague().ID, Seen: 4, Message: message}))
		})},
		{call: "srmt.Service.Respond", do: withRequest(func(ctx context.Context, s *services, p person, id string) error {
			return decided(s.desk.Respond(ctx, srmt.Response{
				RequestID: id, By: p.colleague().ID, Seen: 5, Means: erequest.ByEmail,
				Finding: letter.FindingsFor(erequest.TypographicalError)[0], Text: cris.NewPersonal("Ms. Lindström, a new card is on its way."),
			}))
		})},
	}
}

// twice makes a call twice at once. One answer is enough.
func twice(call func() error) error {
	var other error
	var both sync.WaitGroup
	both.Go(func() { other = call() })
	err := call()
	both.Wait()
	switch {
	case errors.Is(other, errNotAsWanted):
		return other
	case err == nil || errors.Is(err, errNotAsWanted):
		return err
	}
	return other
}

// withRequest gives a call the ID of the person's request.
func withRequest(do func(ctx context.Context, s *services, p person, id string) error) func(ctx context.Context, s *services, p person) error {
	return func(ctx context.Context, s *services, p person) error {
		entries, err := s.on.requests.Entries(ctx, p.mailed().Receipt)
		if err != nil {
			return err
		}
		if len(entries) != 1 {
			return unwanted("the case has %d requests", len(entries))
		}
		return do(ctx, s, p, entries[0].ID)
	}
}

func decided(d srmt.Decision, err error) error {
	if err == nil && d.Outcome != srmt.Allowed && d.Outcome != srmt.AlreadyDone {
		return unwanted("the act is %s: %v", d.Outcome, d.Reasons)
	}
	return err
}

// callActs take a call, one step after another, open a request from it, and report a new address
// for the same case.
func callActs() []act {
	all := []act{{call: "casestatus.Service.Record", do: func(ctx context.Context, s *services, p person) error {
		_, err := s.cases.Record(ctx, p.called().Receipt, func(c *casestatus.Case) { *c = p.called() })
		return err
	}}}
	for seen, step := range gatewaytest.NewEnded(person(0).called()) {
		all = append(all, act{call: callOf(step.Kind), do: func(ctx context.Context, s *services, p person) error {
			started, err := startCall(ctx, s, p)
			if err != nil || seen == 0 {
				return err
			}
			return takeStep(ctx, s, p, gateway.Act{CallID: started.CallID, By: representative, Seen: seen}, step)
		}})
	}
	openFrom := func(center func(s *services) *gateway.Service) func(ctx context.Context, s *services, p person) error {
		return func(ctx context.Context, s *services, p person) error {
			opened, err := center(s).Open(ctx, representative, callID(p))
			if err == nil && opened.Outcome != gateway.Allowed && opened.Outcome != gateway.AlreadyDone {
				return unwanted("the call does not open a request: %s %v %v", opened.Outcome, opened.Reasons, opened.Filing.Reasons)
			}
			return err
		}
	}
	breaksOff := func(isSubmitted bool) func(s *services) *gateway.Service {
		return func(s *services) *gateway.Service {
			return newCenter(s.on.calls, breakingOff{s.requests, isSubmitted}, start)
		}
	}
	open := act{
		call: "gateway.Service.Open", do: openFrom(func(s *services) *gateway.Service { return s.center }),
		ways: []func(ctx context.Context, s *services, p person) error{openFrom(breaksOff(false)), openFrom(breaksOff(true))},
	}
	return append(all, open, moveAct())
}

// breakingOff breaks off before a request is submitted, or after.
type breakingOff struct {
	gateway.Requests

	isSubmitted bool
}

var errBrokenOff = errors.New("broken off")

func (b breakingOff) Submit(ctx context.Context, submission erequest.Submission) (erequest.Filing, error) {
	if b.isSubmitted {
		if _, err := b.Requests.Submit(ctx, submission); err != nil {
			return erequest.Filing{}, err
		}
	}
	return erequest.Filing{}, errBrokenOff
}

// moveAct reports a new address.
func moveAct() act {
	return act{call: "addresschange.Service.Submit", do: func(ctx context.Context, s *services, p person) error {
		filing, err := s.reports.Submit(ctx, addresschangetest.NewReport(fmt.Sprint("move ", p), []casestatus.Case{p.called()}))
		if err == nil && filing.Outcome != addresschange.Accepted && filing.Outcome != addresschange.AlreadyAccepted {
			return unwanted("the report is %s", filing.Outcome)
		}
		return err
	}}
}

// callOf returns the method that keeps a step of this kind.
func callOf(kind gateway.StepKind) string {
	return map[gateway.StepKind]string{
		gateway.StepStarted: "gateway.Service.Start", gateway.StepShown: "gateway.Service.Show", gateway.StepRead: "gateway.Service.Read",
		gateway.StepChosen: "gateway.Service.Choose", gateway.StepSaid: "gateway.Service.Say", gateway.StepEnded: "gateway.Service.End",
	}[kind]
}

// startCall starts the person's call or, where it has started, finds it.
func startCall(ctx context.Context, s *services, p person) (gateway.Result, error) {
	step := gatewaytest.NewStarted()
	started, err := s.center.Start(ctx, gateway.NewCall{
		Key: fmt.Sprint("line ", p), By: representative, Script: step.Script, Language: step.Language, Statement: step.Statement,
	})
	return started, kept(started, err)
}

func kept(r gateway.Result, err error) error {
	if err == nil && r.Outcome != gateway.Allowed && r.Outcome != gateway.AlreadyDone {
		return unwanted("the step is %s: %v", r.Outcome, r.Reasons)
	}
	return err
}

func takeStep(ctx context.Context, s *services, p person, at gateway.Act, step gateway.Step) error {
	switch step.Kind {
	case gateway.StepShown:
		return kept(s.center.Show(ctx, at, step.Node))
	case gateway.StepRead:
		return kept(s.center.Read(ctx, at, step.Block))
	case gateway.StepChosen:
		return kept(s.center.Choose(ctx, at, step.Choice))
	case gateway.StepSaid:
		said := step.Said
		if said.Screening != (erequest.Screening{}) {
			said.Screening = erequesttest.NewScreening(p.called())
		}
		return kept(s.center.Say(ctx, at, said))
	case gateway.StepEnded:
		return kept(s.center.End(ctx, at))
	default:
		return unwanted("no act for a step %s", step.Kind)
	}
}

// checkActs use Self Check, disclose the record and amend it.
func checkActs() []act {
	return []act{
		{call: "selfcheck.Service.Begin", do: func(ctx context.Context, s *services, p person) error {
			proofing, err := s.checks.Begin(ctx, p.token(), selfcheck.Statements()[0].Edition, p.applicant(), cris.English)
			if err == nil && proofing.Outcome != selfcheck.QuizToTake {
				return unwanted("the proofing is %s: %v", proofing.Outcome, proofing.Reasons)
			}
			return err
		}},
		{call: "selfcheck.Service.Conclude", do: func(ctx context.Context, s *services, p person) error {
			proofing, err := s.checks.Conclude(ctx, p.token(), "")
			if err == nil && proofing.Outcome != selfcheck.Authenticated {
				return unwanted("the proofing is %s: %v", proofing.Outcome, proofing.Reasons)
			}
			return err
		}},
		{call: "selfcheck.Service.Query", do: func(ctx context.Context, s *services, p person) error {
			answer, err := s.checks.Query(ctx, p.token(), selfchecktest.NewI9())
			if err == nil && (answer.Outcome == selfcheck.QueryUnanswered || answer.Outcome == selfcheck.QueryWaiting) {
				return errNotYet
			}
			if err == nil && (answer.Outcome != selfcheck.QueryAccepted || answer.Result != p.finds()) {
				return unwanted("the query is %s: %s %v", answer.Outcome, answer.Result, answer.Reasons)
			}
			return err
		}},
		{call: "selfcheck.Service.Resolve", do: func(ctx context.Context, s *services, p person) error {
			resolution, err := s.checks.Resolve(ctx, p.token(), selfcheck.Decline)
			if err == nil && resolution.Outcome != p.resolves() {
				return unwanted("the resolution is %s: %v", resolution.Outcome, resolution.Reasons)
			}
			return err
		}},
		{call: "selfcheck.Service.End", do: func(ctx context.Context, s *services, p person) error { return s.checks.End(ctx, p.token()) }},
		{call: "disclosure.Service.Record", do: withHandle(func(ctx context.Context, s *services, handle selfcheck.Handle) error {
			decision, err := s.disclosures.Record(ctx, disclosure.Congress, disclosure.Facts{
				By: official(), Handle: handle,
				Recipient: disclosure.Recipient{Kind: disclosure.CongressionalOffice, Name: "Office of Representative Example", Address: "1 Example Street"},
				Purpose:   disclosure.ToAnswerCongress, Asked: []disclosure.Class{disclosure.Name, disclosure.QueryResult},
				Attested: []disclosure.Condition{disclosure.OfficeInquired, disclosure.IndividualAskedOffice},
			})
			if err == nil && decision.Outcome != disclosure.Allowed {
				return unwanted("the disclosure is %s", decision.Outcome)
			}
			return err
		})},
		{call: "access.Service.Amend", do: withHandle(func(ctx context.Context, s *services, handle selfcheck.Handle) error {
			decision, err := s.amendments.Amend(ctx, access.AmendmentFacts{
				By: official(), Handle: handle, Finding: access.NotAccurate,
				Current: []access.Field{{Class: disclosure.Name, Value: cris.NewPersonal("Lindqvistson")}},
				Asked:   []access.Field{{Class: disclosure.Name, Value: cris.NewPersonal("Lindqvist")}},
			})
			if err == nil && decision.Outcome != access.Amended {
				return unwanted("the amendment is %s", decision.Outcome)
			}
			return err
		})},
	}
}

func official() selfcheck.Official {
	return selfcheck.Official{ID: "privacy-1", Duties: selfcheck.Duties()}
}

// withHandle gives a call the handle of the person's record.
func withHandle(do func(ctx context.Context, s *services, handle selfcheck.Handle) error) func(ctx context.Context, s *services, p person) error {
	return func(ctx context.Context, s *services, p person) error {
		record, err := s.on.checks.Record(ctx, p.token().Transaction())
		if err != nil {
			return err
		}
		return do(ctx, s, record.Query.Handle)
	}
}
