package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/tracking"
)

// state is everything that is on file about one person, a line for each thing, and every event
// that was told of it. Instants and days are left out, and identifiers that were drawn at random
// are numbered in the order in which they appear: so the states after the same acts are equal.
type state struct {
	lines []string
	drawn map[string]string
	// entries counts what is on file once for each try: no key goes with such a call, and its
	// documentation says so.
	entries map[string]int
}

// drawnID matches UUIDs, handles of records and case numbers of E-Verify.
var drawnID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9]{13}[A-Z]{2}\b`)

func (s *state) add(format string, args ...any) {
	line := drawnID.ReplaceAllStringFunc(fmt.Sprintf(format, args...), func(id string) string {
		if s.drawn[id] == "" {
			s.drawn[id] = fmt.Sprint("#", len(s.drawn)+1)
		}
		return s.drawn[id]
	})
	s.lines = append(s.lines, line)
}

// stateOf reads everything through the ports. Events are those that were told, by subject and in
// the order in which they came first.
func stateOf(ctx context.Context, on ports, p person, events map[string][]cris.Event, cases []everifytest.Case) (state, error) {
	s := state{drawn: map[string]string{}, entries: map[string]int{}}
	subjects := []string{}
	for _, add := range []func(ctx context.Context, on ports, p person) (more []string, err error){
		s.addMail, s.addRequests, s.addReport, s.addCalls, s.addCheck,
	} {
		more, err := add(ctx, on, p)
		if err != nil {
			return s, err
		}
		subjects = append(subjects, more...)
	}
	for _, c := range cases {
		if c.EmployerCaseID() == string(p.token().Transaction()) {
			s.add("E-Verify: submitted %d, open %v", c.Done("submitted"), c.IsOpen())
		}
	}
	for _, subject := range subjects {
		for _, event := range events[subject] {
			s.add("event %s %s %s", event.Type, subject, dataOf(event))
		}
	}
	return s, nil
}

// dataOf returns the data of an event without days.
func dataOf(event cris.Event) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(event.Data)) {
		if _, err := cris.ParseDate(event.Data[name]); err != nil {
			all = append(all, name+"="+event.Data[name])
		}
	}
	return strings.Join(all, " ")
}

func (s *state) addMail(ctx context.Context, on ports, p person) (subjects []string, err error) {
	for _, receipt := range []casestatus.ReceiptNumber{p.mailed().Receipt, p.called().Receipt} {
		subjects = append(subjects, receipt.String())
		c, err := on.cases.StaffCase(ctx, receipt)
		if errors.Is(err, casestatus.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		s.add("case %s: %d entries, %d mailings", receipt, len(c.History), len(c.Mailings))
		for _, address := range c.Addresses {
			s.add("address of %s from %s", receipt, address.Origin)
		}
	}
	number := p.piece().Number
	for what, from := range map[string]casestatus.Scans{"scan": on.scans, "scan received": on.deliveries} {
		scans, err := from.Scans(ctx, number)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(scans, tracking.Scan.Compare)
		for _, scan := range scans {
			s.add("%s %s: %s %s", what, scan.Number, scan.Code, scan.At)
		}
	}
	for alert, err := range on.deliveries.Alerts(ctx, casestatus.AlertQuery{Receipt: p.mailed().Receipt}) {
		if err != nil {
			return nil, err
		}
		s.add("alert %s %s", alert.Kind, number)
	}
	slices.Sort(s.lines) // alerts are in the order of what was drawn
	return append(subjects, number.String()), nil
}

func (s *state) addRequests(ctx context.Context, on ports, p person) (subjects []string, err error) {
	for _, c := range []casestatus.Case{p.mailed(), p.called()} {
		entries, err := on.requests.Entries(ctx, c.Receipt)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			s.add("request %s: %s, assigned %v, answered %v", entry.ID, entry.Issue, !entry.Assigned.IsZero(), !entry.Answered.IsZero())
			if subjects = append(subjects, entry.ID); c.Receipt == p.mailed().Receipt {
				if err := s.addHistory(ctx, on, entry.ID); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, id := range []srmt.StaffID{p.officer().ID, p.colleague().ID} {
		member, err := on.serviceRequests.Staff(ctx, id)
		if errors.Is(err, srmt.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		s.add("staff %s: %d posts", id, len(member.Posts))
		subjects = append(subjects, string(id))
	}
	return subjects, nil
}

func (s *state) addHistory(ctx context.Context, on ports, id string) error {
	history, err := on.serviceRequests.History(ctx, id)
	if errors.Is(err, srmt.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	for _, step := range history {
		s.add("step %s/%d: %s at %s by %q", id, step.Seq, step.Kind, step.Office, step.By)
	}
	if _, err := srmt.Replay(history); err != nil {
		s.add("the history does not add up")
	}
	for _, err := range on.looks.List(ctx, srmt.LookQuery{RequestID: id}) {
		if err != nil {
			return err
		}
		s.entries["srmt.Service.Open"]++
	}
	return nil
}

func (s *state) addReport(ctx context.Context, on ports, p person) (subjects []string, err error) {
	record, err := on.reports.Keyed(ctx, fmt.Sprint("move ", p))
	if err != nil {
		return nil, ignoring(cris.ErrNotFound, err)
	}
	s.add("report %s", record.ID)
	for _, c := range record.Cases {
		s.add("report %s, case %s: %s, entered %v", record.ID, c.Screening.Receipt, c.Outcome, !c.Entered.IsZero())
	}
	return []string{record.ID}, nil
}

// ignoring returns err unless it matches what is ignored.
func ignoring(ignored, err error) error {
	if errors.Is(err, ignored) {
		return nil
	}
	return err
}

func (s *state) addCalls(ctx context.Context, on ports, p person) (subjects []string, err error) {
	id := callID(p)
	history, err := on.calls.History(ctx, id)
	if err != nil {
		return nil, ignoring(cris.ErrNotFound, err)
	}
	for _, step := range history {
		s.add("step of the call %s/%d: %s %s", id, step.Seq, step.Kind, step.RequestID)
	}
	return nil, nil
}

// callID returns the ID of the person's call, which follows from its key: to start the call again
// would tell it as well, and would start it.
func callID(p person) string {
	const version = 8
	return uuid.NewHash(sha256.New(), uuid.NameSpaceOID, fmt.Appendf(nil, "%s\x00line %d", representative, p), version).String()
}

func (s *state) addCheck(ctx context.Context, on ports, p person) (subjects []string, err error) {
	transaction := p.token().Transaction()
	record, err := on.checks.Record(ctx, transaction)
	if err != nil {
		return nil, ignoring(cris.ErrNotFound, err)
	}
	s.add("check: begun %v, failed %q, passed %q", record.Begun != (selfcheck.BegunProofing{}), record.Failure.Reason, record.Pass.IdPTransaction)
	query := record.Query
	if query == (selfcheck.QueryRecord{}) {
		return []string{string(transaction)}, nil
	}
	s.add("query: case %v, %s, %s, closed %s, open %v", query.Case != "", query.Stage, query.Result, query.Closure, query.IsOpen())
	for _, err := range on.accountings.List(ctx, query.Handle, disclosure.Page{}) {
		if err != nil {
			return nil, err
		}
		s.entries["disclosure.Service.Record"]++
	}
	for _, err := range on.trails.List(ctx, query.Handle, access.Page{}) {
		if err != nil {
			return nil, err
		}
		s.entries["access.Service.Amend"]++
	}
	return []string{string(transaction)}, nil
}
