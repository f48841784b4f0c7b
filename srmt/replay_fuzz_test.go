package srmt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// stepsFrom makes a history of the given bytes, one step of each. Most do not add up.
func stepsFrom(choices []byte) []srmt.Step {
	kinds := []srmt.StepKind{
		srmt.StepAssigned, srmt.StepReassigned, srmt.StepRedirected, srmt.StepCorresponded, srmt.StepResponded,
		srmt.StepProposed, srmt.StepApproved, "",
	}
	others := []srmt.StepKind{srmt.StepReceived, "unknown", srmt.StepSentBack, srmt.StepCorrected}
	people := []srmt.StaffID{"a", "b", "c", ""}
	offices := []casestatus.OfficeCode{"NSC", "SSC", "", "NYC"}
	steps := []srmt.Step{srmttest.NewReceived("r1", cris.MustParseDate("2013-08-15"), "NSC")}
	for _, choice := range choices {
		kind, who, what := kinds[choice&7], choice>>3&3, choice>>5&3
		if kind == "" {
			kind = others[what]
		}
		step := srmt.Step{
			Seq: len(steps) + 1 + int(choice>>7), // now and then a gap
			At:  srmttest.Start().Add(time.Duration(len(steps)) * time.Second), Kind: kind, By: people[who],
			Why: srmt.TransferReasons()[what], Officer: people[what], Office: offices[what],
			Message: srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter),
		}
		switch kind {
		case srmt.StepResponded, srmt.StepProposed, srmt.StepApproved, srmt.StepCorrected:
			step.Finding = mailedAgain
		case srmt.StepSentBack:
			step.Message = srmt.Message{Text: step.Message.Text}
		case srmt.StepCorresponded:
			step.Message.Asks = what == 1
		default:
		}
		steps = append(steps, step)
	}
	return steps
}

func FuzzSR10_WhatAddsUpIsWhole(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 3, 4, 3})                    // assigned to a, a message, answered, a message
	f.Add([]byte{0, 33, 10, 96, 4})              // handed on, and answered by someone else
	f.Add([]byte{2, 0x22, 0x60, 0x80, 7, 0x27})  // redirected twice, gaps, unknown kinds
	f.Add([]byte{0, 0x23, 5, 0x4f, 5, 14, 0x67}) // asked, proposed, sent back, proposed, approved, corrected
	f.Fuzz(func(t *testing.T, choices []byte) {
		history := stepsFrom(choices)
		state, err := srmt.Replay(history)
		if err != nil {
			require.Zero(t, state)
			return
		}
		require.Equal(t, len(history), state.Version)
		require.Equal(t, state.Status == srmt.Unassigned, state.Officer == "")
		require.Equal(t, cris.MustParseDate("2013-09-14"), state.Due)
		answers := 0
		for n, step := range history {
			if step.Kind == srmt.StepResponded || step.Kind == srmt.StepApproved {
				answers++
			}
			if n > 0 {
				_, err := srmt.Replay(history[:n])
				require.NoError(t, err, "what was at step %d adds up too", n)
				if n < len(history)-1 {
					_, err = srmt.Replay(slices.Concat(history[:n], history[n+1:]))
					require.Error(t, err, "step %d cannot be taken out", n+1)
				}
			}
		}
		require.Equal(t, state.Status == srmt.Closed, answers == 1)
		require.True(t, state.Proposed == 0 || state.Status == srmt.Assigned && history[state.Proposed-1].Kind == srmt.StepProposed)
		require.True(t, state.Waiting.IsZero() || state.Status != srmt.Closed)
	})
}
