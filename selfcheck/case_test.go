package selfcheck_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestDecideMove(t *testing.T) {
	start := selfchecktest.Start()
	const day = 24 * time.Hour
	number := selfchecktest.CaseNumber(1)
	type edit = func(*selfcheck.QueryRecord, *selfcheck.Turn)
	after := func(d time.Duration) edit {
		return func(_ *selfcheck.QueryRecord, turn *selfcheck.Turn) { turn.Now = start.Add(d) }
	}
	asked := func(_ *selfcheck.QueryRecord, turn *selfcheck.Turn) { turn.Asked = true }
	for _, tc := range []struct {
		stage selfcheck.Stage
		edits []edit
		want  selfcheck.Move
	}{
		{"", []edit{func(q *selfcheck.QueryRecord, _ *selfcheck.Turn) { q.Case = "" }}, selfcheck.MoveOpen},
		{"", []edit{func(q *selfcheck.QueryRecord, turn *selfcheck.Turn) { q.Case, turn.Ending = "", true }}, selfcheck.MoveOpen}, // so that it can be closed
		{"", nil, selfcheck.MoveAsk}, // staff found it
		{selfcheck.StageDraft, nil, selfcheck.MoveSubmit},
		{selfcheck.StageDraft, []edit{func(_ *selfcheck.QueryRecord, turn *selfcheck.Turn) { turn.Ending = true }}, selfcheck.MoveClose},
		{selfcheck.StageUnconfirmed, nil, selfcheck.MoveAsk},
		{selfcheck.StageUnconfirmed, []edit{asked}, selfcheck.MoveNone},
		{selfcheck.StageUnconfirmed, []edit{asked, func(_ *selfcheck.QueryRecord, turn *selfcheck.Turn) { turn.Confirmed = true }}, selfcheck.MoveSubmit},
		{selfcheck.StageUnconfirmed, []edit{after(day)}, selfcheck.MoveAsk},
		{selfcheck.StageUnconfirmed, []edit{after(day + 1)}, selfcheck.MoveClose},
		{selfcheck.StageWaiting, []edit{after(30 * day)}, selfcheck.MoveAsk},
		{selfcheck.StageWaiting, []edit{asked}, selfcheck.MoveNone},
		{selfcheck.StageWaiting, []edit{after(30*day + 1)}, selfcheck.MoveClose},
		{selfcheck.StageMismatch, []edit{after(day)}, selfcheck.MoveNone},
		{selfcheck.StageMismatch, []edit{after(day + 1)}, selfcheck.MoveClose},
		{selfcheck.StageMismatch, []edit{func(q *selfcheck.QueryRecord, _ *selfcheck.Turn) { q.Result = "" }}, selfcheck.MoveClose},
		{selfcheck.StageMismatch, []edit{after(day + 1), func(q *selfcheck.QueryRecord, _ *selfcheck.Turn) { q.Choice = selfcheck.Resolve }}, selfcheck.MoveRefer},
		{selfcheck.StageMismatch, []edit{func(q *selfcheck.QueryRecord, _ *selfcheck.Turn) { q.Choice = selfcheck.Decline }}, selfcheck.MoveClose},
		{selfcheck.StageReferred, []edit{after(30 * day)}, selfcheck.MoveAsk},
		{selfcheck.StageReferred, []edit{after(31 * day), func(q *selfcheck.QueryRecord, _ *selfcheck.Turn) { q.Chosen = start.Add(2 * day) }}, selfcheck.MoveAsk},
		{selfcheck.StageReferred, []edit{after(30*day + 1)}, selfcheck.MoveClose},
		{selfcheck.StageAuthorized, nil, selfcheck.MoveClose},
		{selfcheck.StageNotConfirmed, nil, selfcheck.MoveClose},
		{selfcheck.StageUnsupported, nil, selfcheck.MoveClose},
		{selfcheck.StageClosed, nil, selfcheck.MoveClose}, // to put it on record
		{"PHOTO_MATCH", nil, selfcheck.MoveClose},
		{selfcheck.StageAuthorized, []edit{func(q *selfcheck.QueryRecord, _ *selfcheck.Turn) { q.Closed = start }}, selfcheck.MoveNone},
	} {
		query := selfcheck.QueryRecord{Submitted: start, Case: number, Stage: tc.stage, Result: selfcheck.SSAMismatch}
		turn := selfcheck.Turn{Now: start}
		for _, edit := range tc.edits {
			edit(&query, &turn)
		}
		require.Equal(t, tc.want, selfcheck.DecideMove(query, turn, selfcheck.Policy{}), "%s %+v %+v", tc.stage, query, turn)
	}
	require.Equal(t, selfcheck.MoveNone, selfcheck.DecideMove(selfcheck.QueryRecord{}, selfcheck.Turn{Now: start}, selfcheck.Policy{}))
}

// SC-1, SC-11: every path that individuals, E-Verify, staff and the clock can take is walked:
// none leads to a case without a pass, none ends with a case that stays open, and each case is
// closed once.
func TestSC11_NoPathEndsWithAnOpenCase(t *testing.T) {
	type world struct {
		record selfcheck.Record
		days   int // since the submission: 0, 2 or 40
		closed int
	}
	start := selfchecktest.Start()
	number := selfchecktest.CaseNumber(1)
	findings := selfcheck.Findings{SSA: true}
	// answers are where E-Verify can be after a move.
	answers := map[selfcheck.Move][]selfcheck.Stage{
		selfcheck.MoveOpen:   {selfcheck.StageDraft},
		selfcheck.MoveSubmit: {selfcheck.StageUnconfirmed, selfcheck.StageWaiting, selfcheck.StageAuthorized, selfcheck.StageMismatch, selfcheck.StageNotConfirmed, selfcheck.StageUnsupported},
		selfcheck.MoveAsk:    {"same", selfcheck.StageAuthorized, selfcheck.StageMismatch, selfcheck.StageNotConfirmed, selfcheck.StageClosed},
		selfcheck.MoveRefer:  {selfcheck.StageReferred, selfcheck.StageAuthorized},
	}
	seen := map[string]bool{}
	edges := 0
	var walk func(w world)
	walk = func(w world) {
		key := fmt.Sprintf("%+v", w)
		if seen[key] {
			return
		}
		seen[key] = true
		query := w.record.Query
		if !query.Submitted.IsZero() {
			require.NotZero(t, w.record.Pass.Identity(), "no query without a pass")
		}
		require.LessOrEqual(t, w.closed, 1)
		if !query.IsOpen() {
			require.Equal(t, 1, w.closed, "%+v", w)
			return
		}
		moved := false
		for _, turn := range []selfcheck.Turn{{}, {Asked: true}, {Confirmed: true, Asked: true}, {Ending: true, Asked: true}} {
			turn.Now = start.Add(time.Duration(w.days) * 24 * time.Hour)
			move := selfcheck.DecideMove(query, turn, selfcheck.Policy{})
			if move == selfcheck.MoveNone {
				continue
			}
			moved = moved || turn == (selfcheck.Turn{Now: turn.Now})
			if move == selfcheck.MoveClose {
				next := w
				next.record.Query.Closed, next.closed = turn.Now, w.closed+1
				next.record.Query.Closure = selfcheck.DecideClosure(query)
				edges++
				walk(next)
				continue
			}
			for _, stage := range answers[move] {
				next := w
				q := &next.record.Query
				if stage == "same" {
					stage = q.Stage
				}
				q.Case, q.Stage = number, stage
				if result := selfcheck.DecideResult(stage, findings).Result; result != "" {
					q.Result = result
				}
				edges++
				walk(next)
			}
		}
		for _, choice := range selfcheck.Choices() {
			if resolution := selfcheck.DecideResolution(w.record, choice, selfcheck.Policy{}); resolution.Outcome == selfcheck.ResolutionRefused || resolution.Outcome == selfcheck.NothingToResolve {
				continue
			}
			next := w
			next.record.Query.Choice, next.record.Query.Chosen = choice, start
			edges++
			walk(next)
		}
		for _, days := range []int{2, 40} {
			if days > w.days {
				next := w
				next.days = days
				edges++
				walk(next)
			}
		}
		// Whoever is left alone for long enough is not left alone for ever.
		require.True(t, moved || w.days < 40, "nothing brings this case to its end: %+v", w)
	}
	pass := selfchecktest.NewPassedProofing(id)
	decision := selfcheck.DecideQuery(pass.Identity(), selfchecktest.NewI9(), today)
	require.Equal(t, selfcheck.QueryAccepted, decision.Outcome)
	walk(world{record: selfcheck.Record{Pass: pass, Query: selfcheck.QueryRecord{Query: decision.Query, Submitted: start}}})
	require.Greater(t, edges, 300)
}
