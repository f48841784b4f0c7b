package main

import (
	"context"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// unsettled is what the page of staff with selfcheck.DutySettle lists: the queries that were submitted before the
// instant and of which E-Verify has not said which case was opened. Whoever finds the case there, by the transaction,
// enters it with Service.SettleFound; whoever finds that there is none, says so with Service.SettleNotOpened. A slip
// is undone with Service.Unsettle, until the next sweep.
func (s *service) unsettled(ctx context.Context, before time.Time) ([]selfcheck.Unfinished, error) {
	var waiting []selfcheck.Unfinished
	for left, err := range s.store.SelfChecks().Unfinished(ctx, cris.Page[selfcheck.TransactionID]{}) {
		if err != nil {
			return nil, err
		}
		if left.Step == selfcheck.StepCase && left.Case == "" && left.Since.Before(before) {
			waiting = append(waiting, left)
		}
	}
	return waiting, nil
}
