package main

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// representative answers the telephone at the call center.
const representative srmt.StaffID = "call center representative"

// answerCall lets Chen call, whose card is misprinted, and opens a request from the call.
func (w *world) answerCall(ctx context.Context) error {
	said := gateway.Said{Screening: screening(chen), Details: details(chen)}
	said.Details.Document = erequest.Card
	said.Details.Corrections.Name = erequest.Correction{Printed: cris.NewPersonal("Chan of the Story"), Correct: cris.NewPersonal("Chen of the Story")}
	result, err := w.calls.Start(ctx, gateway.NewCall{
		Key: "line 1", By: representative, Script: "typographical-error", Language: cris.English, Statement: erequest.Statements()[0].Edition,
	})
	if err != nil {
		return err
	}
	w.journal.tell("a representative takes a call", result.Outcome, facts{"script", result.Call.Script.Title().English}, result.Reasons)

	for _, choice := range []gateway.ChoiceID{"receipt", "misprint", ""} {
		if result, err = w.readNode(ctx, result); err != nil {
			return err
		}
		if choice == "" {
			break // the script ends here
		}
		act := gateway.Act{CallID: result.CallID, By: representative, Seen: result.Call.Version}
		if result, err = w.calls.Choose(ctx, act, choice); err != nil {
			return err
		}
	}
	act := gateway.Act{CallID: result.CallID, By: representative, Seen: result.Call.Version}
	if result, err = w.calls.Say(ctx, act, said); err != nil {
		return err
	}
	act.Seen = result.Call.Version
	if result, err = w.calls.End(ctx, act); err != nil {
		return err
	}
	for range 2 { // the result of the first is lost
		opened, err := w.calls.Open(ctx, representative, result.CallID)
		if err != nil {
			return err
		}
		w.journal.tell(fmt.Sprintf("the call about %s opens a request", chen.Receipt.Masked()), opened.Outcome, facts{"steps", opened.Call.Version}, opened.Reasons)
	}
	return w.relay(ctx)
}

// readNode shows the next node of the script and reads it to the caller.
func (w *world) readNode(ctx context.Context, at gateway.Result) (gateway.Result, error) {
	act := gateway.Act{CallID: at.CallID, By: representative, Seen: at.Call.Version}
	result, err := w.calls.Show(ctx, act, at.Call.Next)
	for err == nil && result.Outcome == gateway.Allowed && result.Call.ToRead() > 0 {
		act.Seen = result.Call.Version
		result, err = w.calls.Read(ctx, act, result.Call.ToRead())
	}
	return result, err
}
