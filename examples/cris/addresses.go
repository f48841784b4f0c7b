package main

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
)

// move lets Eli report a new address. Eli names the own case, and tries one of somebody else,
// whose mailing ZIP code is not known to Eli.
func (w *world) move(ctx context.Context) error {
	w.clock.set("2022-03-23", 10)
	anas := screening(ana)
	anas.MailingZIP = eli.Address.ZIP()
	report := addresschange.Report{
		Key: w.newKey(), Channel: erequest.Online, Statement: addresschange.Statements()[0].Edition,
		Move: addresschange.Move{
			Name: details(eli).Name, DateOfBirth: details(eli).DateOfBirth,
			Present: home("Orlando", "FL", "32801"), Previous: eli.Address, MovedOn: day("2022-03-20"),
			Signature: addresschange.Signature{Name: details(eli).Name, On: day("2022-03-23")},
		},
		Cases: []erequest.Screening{screening(eli), anas},
	}
	filing, err := w.moves.Submit(ctx, report)
	if err != nil {
		return err
	}
	w.journal.tell("Eli reports a new address", filing.Outcome, facts{
		"confirmation number", filing.Record.Confirmation, "in effect from", filing.Record.Effective, "to be reported by", filing.Record.DueBy,
	}, filing.Reasons)
	for _, answer := range filing.Answers() {
		w.journal.tell(fmt.Sprintf("%s, %s: the address", whose(answer.Receipt), answer.Receipt.Masked()), answer.Outcome, nil, []cris.Reason{answer.Reason})
	}
	if err := w.relay(ctx); err != nil {
		return err
	}
	onFile, err := w.store.Cases().StaffCase(ctx, eli.Receipt)
	if err != nil {
		return err
	}
	entered := "not entered"
	if onFile.Address == report.Present {
		entered = "entered"
	}
	w.journal.tell("Eli's case has the new address", entered, facts{
		"addresses kept", len(onFile.Addresses) - 1, "ZIP codes that count today", len(onFile.MailingZIPs(day("2022-03-23"), addresschange.DefaultPolicy().OverlapDays)),
	}, nil)
	return nil
}
