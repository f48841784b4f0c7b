package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// callIn lets a customer call the 800 number, and call again.
func (w *world) callIn(ctx context.Context) error {
	w.clock.set("2022-03-23", 10)
	call := srmt.Taker{By: representative, Office: srmt.DefaultPolicy().CallCenter, Channel: erequest.Telephone}
	asked := w.submission(dina, erequest.TypographicalError)
	misprinted(&asked)
	for _, taker := range []srmt.Taker{{By: "SSC officer", Office: call.Office, Channel: call.Channel}, call, call} {
		filing, err := w.counter.Take(ctx, taker, asked)
		what := fmt.Sprintf("%s, %s: calls, and the %s takes a request", whose(dina.Receipt), dina.Receipt.Masked(), taker.By)
		if errors.Is(err, srmt.ErrDenied) {
			w.journal.tell(what, "denied", nil, nil)
			continue
		}
		if err != nil {
			return err
		}
		w.journal.tell(what, filing.Outcome, facts{"channel", filing.Request.Channel, "taken by", filing.Request.TakenBy}, filing.Reasons)
	}
	entries, err := w.store.ERequests().Entries(ctx, dina.Receipt)
	if err != nil {
		return err
	}
	taken := entries[len(entries)-1]
	if err := w.relay(ctx); err != nil {
		return err
	}
	progress, err := w.counter.Status(ctx, call.By, taken.Confirmation, dina.Receipt)
	if err != nil {
		return err
	}
	w.journal.tell(whose(dina.Receipt)+" calls again: how far is the request", "told",
		facts{"stage", progress.Stage, "office", progress.Office, "response intended by", progress.RespondBy}, nil)
	w.journal.cite("SR-1")
	if _, err := w.desk.Open(ctx, call.By, taken.ID); !errors.Is(err, srmt.ErrDenied) {
		return fmt.Errorf("the representative opened a file: %w", err)
	}
	w.journal.tell(fmt.Sprintf("the %s opens the file", call.By), "denied", nil, nil)
	letter, err := w.notice(ctx, taken.ID)
	if err != nil {
		return err
	}
	w.journal.tell("the notice about it sends nobody online", letter.Subject, facts{"and then", letter.Paragraphs[len(letter.Paragraphs)-1]}, nil)
	w.journal.cite("ER-8")
	return nil
}

// notice returns the confirmation notice of a request on file.
func (w *world) notice(ctx context.Context, requestID string) (cris.Letter, error) {
	request, err := w.store.ERequests().Request(ctx, requestID)
	if err != nil {
		return cris.Letter{}, err
	}
	return w.eRequest.Notice(ctx, request, cris.English)
}
