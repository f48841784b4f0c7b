package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// placeRequests lets customers come to e-Request on one day.
func (w *world) placeRequests(ctx context.Context) error {
	w.clock.set("2022-02-19", 11)
	borisAsks := w.submission(boris, erequest.OutsideProcessingTime)
	anaAsks := w.submission(ana, erequest.OutsideProcessingTime)
	anaAgain := w.submission(ana, erequest.CardNotReceived)
	dinaAsks := w.submission(dina, erequest.OutsideProcessingTime)
	eliAsks := w.submission(eli, erequest.NoticeNotReceived)
	chenReports := w.submission(chen, erequest.TypographicalError)
	misprinted(&chenReports)
	stranger := w.submission(chen, erequest.NoticeNotReceived)
	stranger.Screening.MailingZIP = zip("10001")

	for _, submission := range []erequest.Submission{borisAsks, anaAsks, anaAgain, anaAsks, dinaAsks, stranger, chenReports, eliAsks} {
		if err := w.submit(ctx, submission); err != nil {
			return err
		}
	}
	return w.submitAtOnce(ctx, gus, erequest.DocumentNotReceived, 16)
}

// submission is a complete online submission of the owner of a case. Each call makes
// one with a key of its own; sending the same twice is a retry.
func (w *world) submission(onFile casestatus.Case, issue erequest.Issue) erequest.Submission {
	return erequest.Submission{
		Key: w.newKey(), Issue: issue, Channel: erequest.Online,
		Screening: screening(onFile), Statement: erequest.Statements()[0].Edition, Details: details(onFile),
	}
}

// misprinted reports two errors on the card of a customer.
func misprinted(submission *erequest.Submission) {
	submission.Details.Document = erequest.Card
	submission.Details.Corrections = erequest.Corrections{
		Name:        erequest.Correction{Printed: cris.NewPersonal("Chan of the Story"), Correct: cris.NewPersonal("Chen of the Story")},
		DateOfBirth: erequest.Correction{Printed: cris.NewPersonal("02/28/1984"), Correct: cris.NewPersonal("1984-02-29")},
	}
}

// submit sends one submission in and tells what was decided.
func (w *world) submit(ctx context.Context, submission erequest.Submission) error {
	filing, err := w.eRequest.Submit(ctx, submission)
	if err != nil {
		return err
	}
	if filing.Outcome == erequest.Accepted {
		w.accepted = append(w.accepted, filing.Request.ID)
	}
	var known facts
	if confirmation, ok := filing.Confirmation(); ok {
		known = append(known, "request", filing.Request.ID,
			"confirmation number", confirmation.Number, "response intended by", confirmation.RespondBy)
		if filing.Request.Repeats != "" {
			known = append(known, "repeats", filing.Request.Repeats)
		}
	}
	if filing.Outcome == erequest.Advised {
		known = append(known, "a new inquiry may be made on", filing.WaitEnds, "waits for", filing.Earlier)
	}
	if changes := filing.Screening.Eligibility.OutsideFrom; filing.Outcome == erequest.ScreenedOut && !changes.IsZero() {
		known = append(known, "outside from", changes)
	}
	number := submission.Screening.Receipt
	w.journal.tell(fmt.Sprintf("%s, %s: e-Request, %s", whose(number), number.Masked(), submission.Issue),
		filing.Outcome, known, filing.Reasons)
	return nil
}

// submitAtOnce sends several submissions of one customer in at the same instant, each to a
// process of its own.
func (w *world) submitAtOnce(ctx context.Context, onFile casestatus.Case, issue erequest.Issue, times int) error {
	var wg sync.WaitGroup
	filings := make([]erequest.Filing, times)
	failed := make([]error, times)
	for i := range times {
		submission := w.submission(onFile, issue)
		process := erequest.NewService(w.store.ERequests(), w.store.Cases(), w.status, &erequest.Options{
			Now: w.clock.Now, NewID: identifiers("request-of-" + strings.ToLower(whose(onFile.Receipt))), Random: rand.NewChaCha8([32]byte{19: 2}),
		})
		wg.Go(func() { filings[i], failed[i] = process.Submit(ctx, submission) })
	}
	wg.Wait()
	count := map[erequest.FilingOutcome]int{}
	var accepted erequest.Filing
	for i, filing := range filings {
		if failed[i] != nil {
			return failed[i]
		}
		count[filing.Outcome]++
		if filing.Outcome == erequest.Accepted {
			accepted = filing
			w.accepted = append(w.accepted, filing.Request.ID)
		}
	}
	w.journal.tell(fmt.Sprintf("%s, %s: %d e-Requests at the same instant, %s", whose(onFile.Receipt), onFile.Receipt.Masked(), times, issue),
		fmt.Sprintf("%d accepted", count[erequest.Accepted]), facts{
			"advised_to_wait", count[erequest.Advised],
			"confirmation number", accepted.Request.Confirmation,
			"response intended by", accepted.Request.RespondBy,
		}, accepted.Reasons)
	return nil
}

// comeBack tells what customers find when they return.
func (w *world) comeBack(ctx context.Context) error {
	w.clock.set("2022-03-18", 9)
	if err := w.submit(ctx, w.submission(boris, erequest.OutsideProcessingTime)); err != nil {
		return err
	}
	chenAgain := w.submission(chen, erequest.TypographicalError)
	misprinted(&chenAgain)
	w.clock.set("2022-03-21", 9)
	if err := w.submit(ctx, w.submission(ana, erequest.CardNotReceived)); err != nil {
		return err
	}
	w.clock.set("2022-03-22", 9)
	if err := w.tellStatus(ctx, chen); err != nil {
		return err
	}
	if err := w.submit(ctx, chenAgain); err != nil {
		return err
	}
	if err := w.relay(ctx); err != nil {
		return err
	}
	return w.tellOverdue(ctx, "NYC supervisor", "NYC")
}

// tellStatus raises the requests that were not answered in time, and tells what the customer
// finds who asks for the first one about a case, and what the notice about it said.
func (w *world) tellStatus(ctx context.Context, onFile casestatus.Case) error {
	raised, err := w.eRequest.RaiseOverdue(ctx)
	if err != nil {
		return err
	}
	w.journal.tell("requests without an answer in time are raised", fmt.Sprintf("%d raised", raised), nil, nil)
	entries, err := w.store.ERequests().Entries(ctx, onFile.Receipt)
	if err != nil {
		return err
	}
	first, err := w.store.ERequests().Request(ctx, entries[0].ID)
	if err != nil {
		return err
	}
	status, err := w.eRequest.Status(ctx, first.Confirmation, onFile.Receipt)
	if err != nil {
		return err
	}
	w.journal.tell(fmt.Sprintf("%s, %s: how far is the request", whose(onFile.Receipt), onFile.Receipt.Masked()), status.Stage,
		facts{"filed", status.Filed, "response intended by", status.RespondBy, "assigned", status.Assigned}, nil)
	notice, err := w.eRequest.Notice(ctx, first, cris.Spanish)
	if err != nil {
		return err
	}
	w.journal.tell("the notice about it, in Spanish", notice.Subject, facts{"and then", notice.Paragraphs[1]}, nil)
	return nil
}
