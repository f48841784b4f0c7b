package everify_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestSubmit_SC10_EveryOutcome(t *testing.T) {
	ssa, dhs := selfcheck.Findings{SSA: true}, selfcheck.Findings{DHS: true}
	for outcome, want := range map[everifytest.Outcome]selfcheck.CaseState{
		everifytest.Authorized:     {Stage: selfcheck.StageAuthorized},
		everifytest.SSAMismatch:    {Stage: selfcheck.StageMismatch, Findings: ssa},
		everifytest.DHSMismatch:    {Stage: selfcheck.StageMismatch, Findings: dhs},
		everifytest.BothMismatches: {Stage: selfcheck.StageMismatch, Findings: selfcheck.Findings{SSA: true, DHS: true}},
		everifytest.Unconfirmed: {Stage: selfcheck.StageUnconfirmed, Confirm: []selfcheck.Field{
			selfcheck.FieldName, selfcheck.FieldBirthDate, selfcheck.FieldSSN,
		}},
		everifytest.PhotoMatch:           {Stage: selfcheck.StageUnsupported},
		everifytest.ScanAndUpload:        {Stage: selfcheck.StageUnsupported},
		everifytest.FinalNonconfirmation: {Stage: selfcheck.StageNotConfirmed},
		everifytest.Strange:              {Stage: selfcheck.StageUnsupported},
	} {
		t.Run(string(outcome), func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				w.server.SetScript(ssnText, everifytest.Script{Submit: outcome})
				query := queryOf(t, resident())
				state := w.submitted(t, query)
				want.Number, want.Transaction = state.Number, transaction(1)
				require.Equal(t, want, state)
				again, err := w.State(t.Context(), state.Number)
				require.NoError(t, err)
				require.Equal(t, want, again)
				if outcome != everifytest.Unconfirmed {
					again, err = w.Submit(t.Context(), state.Number, query)
					require.NoError(t, err)
					require.Equal(t, want, again)
				}
				require.Equal(t, 1, w.server.Served(everifytest.Submit))
			})
		})
	}
}

func TestState_WaitsWhileTheCaseIsQueued(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.server.SetScript("", everifytest.Script{Submit: everifytest.SSAMismatch, Queued: 3})
		state := w.submitted(t, queryOf(t, resident())) // asks once
		for range 2 {
			require.Equal(t, selfcheck.StageWaiting, state.Stage)
			var err error
			state, err = w.State(t.Context(), state.Number)
			require.NoError(t, err)
		}
		state, err := w.State(t.Context(), state.Number)
		require.NoError(t, err)
		require.Equal(t, selfcheck.StageMismatch, state.Stage)
	})
}

func TestState_UnknownCodesReachTheOperatorAlone(t *testing.T) {
	var mu sync.Mutex
	var told []everify.UnknownCode
	inWorld(t, func(t *testing.T, w *world) {
		w.server.SetScript("", everifytest.Script{Submit: everifytest.Strange})
		require.Equal(t, selfcheck.StageUnsupported, w.submitted(t, queryOf(t, resident())).Stage)
		require.Contains(t, told, everify.UnknownCode{Attribute: "case_status", Code: cris.NewPersonal(everifytest.StrangeStatus)})
		require.NotContains(t, fmt.Sprintf("%+v", told), everifytest.StrangeStatus)
	}, func(c *everify.Config) {
		c.Unknown = func(code everify.UnknownCode) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, code)
		}
	})
}

func TestState_UnknownNumber(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		for _, number := range []selfcheck.CaseNumber{"2026999999999XX", "", "../../login", "2026999999999xx"} {
			_, err := w.State(t.Context(), number)
			require.ErrorIs(t, err, selfcheck.ErrNotFound)
			require.ErrorIs(t, w.Close(t.Context(), number, selfcheck.ClosedNoResult), selfcheck.ErrNotFound)
			_, err = w.Submit(t.Context(), number, query)
			require.ErrorIs(t, err, selfcheck.ErrNotFound)
			_, err = w.Refer(t.Context(), number)
			require.ErrorIs(t, err, selfcheck.ErrNotFound)
			require.NotErrorIs(t, err, selfcheck.ErrNoCase)
		}
		require.Equal(t, 4, w.server.Served(everifytest.Get), "only what can be a number is asked for")
	})
}

// A proxy that does not find a page says nothing about the case.
func TestState_APageThatIsNotFoundIsNoAnswer(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		w.server.Break(everifytest.Get, everifytest.NotFoundPage)
		_, err := w.State(t.Context(), number)
		require.NotErrorIs(t, err, selfcheck.ErrNotFound)
		require.Equal(t, everify.KindUnexpected, kindOf(t, err))
	})
}

func TestSubmit_ConfirmsTheDataAsTheyAreInTheQuery(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.server.SetScript("", everifytest.Script{
			Submit:  everifytest.Unconfirmed,
			Confirm: everifytest.DHSMismatch,
			ConfirmFields: []string{
				"last_name", "i551_number", "ssn", "alien_number", "expiration_date", "date_of_birth", "date_of_hire", "middle_initial",
			},
		})
		state := w.submitted(t, queryOf(t, resident()))
		require.Equal(t, []selfcheck.Field{
			selfcheck.FieldName, selfcheck.FieldBirthDate, selfcheck.FieldSSN, selfcheck.FieldANumber, selfcheck.FieldCardNumber, selfcheck.FieldExpirationDate,
		}, state.Confirm)
		mended := resident()
		mended.CardNumber = cris.NewPersonal("SRC2190099999")
		state, err := w.Submit(t.Context(), state.Number, queryOf(t, mended))
		require.NoError(t, err)
		require.Equal(t, selfcheck.StageMismatch, state.Stage)
		require.Equal(t, selfcheck.Findings{DHS: true}, state.Findings)
		is, _ := w.server.Case(string(state.Number))
		require.Equal(t, "SRC2190099999", is.Fields["i551_number"])
		require.Equal(t, familyName, is.Fields["last_name"])
		require.Equal(t, "1999-12-31", is.Fields["date_of_hire"])
		require.Equal(t, []string{"created", "submitted", "unconfirmed", "confirmed", "dhs_mismatch"}, is.History)
	})
}

func TestRefer_SC11(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.server.SetScript("", everifytest.Script{Submit: everifytest.BothMismatches, Resolve: everifytest.Authorized, Referred: 2})
		state := w.submitted(t, queryOf(t, resident()))
		for range 2 { // the second time it stays as it is
			var err error
			state, err = w.Refer(t.Context(), state.Number)
			require.NoError(t, err)
			require.Equal(t, selfcheck.StageReferred, state.Stage)
			require.Equal(t, selfcheck.Findings{SSA: true, DHS: true}, state.Findings)
		}
		require.Equal(t, 1, w.server.Served(everifytest.Refer))
		state, err := w.State(t.Context(), state.Number)
		require.NoError(t, err)
		require.Equal(t, selfcheck.StageAuthorized, state.Stage)
		state, err = w.Refer(t.Context(), state.Number)
		require.NoError(t, err)
		require.Equal(t, selfcheck.StageAuthorized, state.Stage)
	})
}

func TestClose_EveryStageForEveryReasonTwice(t *testing.T) {
	for _, outcome := range append(everifytest.Outcomes(), "draft", "queued", "referred") {
		for _, reason := range append(selfcheck.ClosureReasons(), "another") {
			t.Run(string(outcome)+" "+string(reason), func(t *testing.T) {
				inWorld(t, func(t *testing.T, w *world) {
					query := queryOf(t, resident())
					number := w.inStage(t, query, outcome)
					require.NoError(t, w.Close(t.Context(), number, reason))
					require.NoError(t, w.Close(t.Context(), number, reason))
					require.Empty(t, w.server.OpenCases())
					is, _ := w.server.Case(string(number))
					require.LessOrEqual(t, is.Done("closed"), 1)
					isPending := slices.Contains(is.History, string(everifytest.SSAMismatch)) ||
						slices.Contains(is.History, string(everifytest.DHSMismatch)) || slices.Contains(is.History, string(everifytest.BothMismatches))
					wasReferred := slices.Contains(is.History, "referred")
					require.Equal(t, reason == selfcheck.ClosedDeclined && isPending && !wasReferred, is.Done("no_action") == 1)
				})
			})
		}
	}
}

// inStage returns a case that has come so far.
func (w *world) inStage(t *testing.T, query selfcheck.Query, outcome everifytest.Outcome) selfcheck.CaseNumber {
	t.Helper()
	switch outcome {
	case "draft":
		return w.opened(t, query)
	case "queued":
		w.server.SetScript("", everifytest.Script{Queued: 100})
	case "referred":
		w.server.SetScript("", everifytest.Script{Submit: everifytest.SSAMismatch})
	default:
		w.server.SetScript("", everifytest.Script{Submit: outcome})
	}
	number := w.submitted(t, query).Number
	if outcome == "referred" {
		_, err := w.Refer(t.Context(), number)
		require.NoError(t, err)
	}
	return number
}

// The answer to each request of each method is lost or broken in every way. What the method
// does is done once at most, and a call after it finishes it.
func TestMethods_WhateverIsLostIsDoneOnce(t *testing.T) {
	methods := map[string]struct {
		at       everifytest.Outcome
		requests []everifytest.Request
		call     func(*world, context.Context, selfcheck.CaseNumber, selfcheck.Query) error
		want     selfcheck.Stage
		does     string
	}{
		"Submit": {
			"draft",
			[]everifytest.Request{everifytest.Get, everifytest.Submit},
			func(w *world, ctx context.Context, n selfcheck.CaseNumber, q selfcheck.Query) error {
				_, err := w.Submit(ctx, n, q)
				return err
			}, selfcheck.StageAuthorized, "submitted",
		},
		"confirm": {
			everifytest.Unconfirmed,
			[]everifytest.Request{everifytest.Get, everifytest.ConfirmFields, everifytest.Confirm},
			func(w *world, ctx context.Context, n selfcheck.CaseNumber, q selfcheck.Query) error {
				_, err := w.Submit(ctx, n, q)
				return err
			}, selfcheck.StageAuthorized, "confirmed",
		},
		"Refer": {
			everifytest.DHSMismatch,
			[]everifytest.Request{everifytest.Get, everifytest.Refer},
			func(w *world, ctx context.Context, n selfcheck.CaseNumber, _ selfcheck.Query) error {
				_, err := w.Refer(ctx, n)
				return err
			}, selfcheck.StageReferred, "referred",
		},
		"Close": {
			everifytest.SSAMismatch,
			[]everifytest.Request{everifytest.Get, everifytest.NoAction, everifytest.Close},
			func(w *world, ctx context.Context, n selfcheck.CaseNumber, _ selfcheck.Query) error {
				return w.Close(ctx, n, selfcheck.ClosedDeclined)
			}, selfcheck.StageClosed, "closed",
		},
	}
	for name, method := range methods {
		for _, request := range method.requests {
			for _, fault := range everifytest.Faults() {
				t.Run(name+" "+string(request)+" "+string(fault), func(t *testing.T) {
					inWorld(t, func(t *testing.T, w *world) {
						query := queryOf(t, resident())
						number := w.inStage(t, query, method.at)
						served := w.server.Served(request)
						w.server.Break(request, fault)
						err := method.call(w, t.Context(), number, query)
						if err != nil {
							requireHarmless(t, err)
							require.NotErrorIs(t, err, selfcheck.ErrNoCase)
							require.NotErrorIs(t, err, selfcheck.ErrNotFound)
						}
						isAct := request != everifytest.Get && request != everifytest.ConfirmFields
						if isAct && fault != everifytest.Unauthorized {
							require.Equal(t, served+1, w.server.Served(request), "it is not sent twice")
						}
						w.server.Mend()
						require.NoError(t, method.call(w, t.Context(), number, query))
						state, err := w.State(t.Context(), number)
						require.NoError(t, err)
						require.Equal(t, method.want, state.Stage)
						is, _ := w.server.Case(string(number))
						require.Equal(t, 1, is.Done(method.does))
					})
				})
			}
		}
	}
}

// What was done although its answer was lost is seen at once.
func TestMethods_ALostAnswerIsSeenInTheCase(t *testing.T) {
	for _, fault := range []everifytest.Fault{
		everifytest.LostAfter, everifytest.Failure, everifytest.HTML, everifytest.Truncated, everifytest.Huge, everifytest.WrongCase, everifytest.Silent,
	} {
		inWorld(t, func(t *testing.T, w *world) {
			query := queryOf(t, resident())
			w.server.SetScript("", everifytest.Script{Submit: everifytest.SSAMismatch})
			number := w.opened(t, query)
			w.server.Break(everifytest.Submit, fault)
			state, err := w.Submit(t.Context(), number, query)
			require.NoError(t, err, fault)
			require.Equal(t, selfcheck.StageMismatch, state.Stage)
			w.server.Break(everifytest.Refer, fault)
			state, err = w.Refer(t.Context(), number)
			require.NoError(t, err, fault)
			require.Equal(t, selfcheck.StageReferred, state.Stage)
			w.server.Break(everifytest.Close, fault)
			require.NoError(t, w.Close(t.Context(), number, selfcheck.ClosedResolved), fault)
		})
	}
}

// The kinds of what cannot be read.
func TestState_KindsOfAnswers(t *testing.T) {
	for fault, kind := range map[everifytest.Fault]everify.Kind{
		everifytest.HTML: everify.KindNotJSON, everifytest.Truncated: everify.KindNotJSON, everifytest.Huge: everify.KindTooLarge,
		everifytest.WrongCase: everify.KindWrongCase, everifytest.ErrorIn200: everify.KindContradicts, everifytest.Failure: everify.KindBroken,
		everifytest.Redirected: everify.KindUnexpected, everifytest.Forbidden: everify.KindUnexpected,
	} {
		inWorld(t, func(t *testing.T, w *world) {
			number := w.opened(t, queryOf(t, resident()))
			before := w.server.Served(everifytest.Get)
			w.server.Break(everifytest.Get, fault)
			_, err := w.State(t.Context(), number)
			require.Equal(t, kind, kindOf(t, err), fault)
			require.Equal(t, before+1, w.server.Served(everifytest.Get))
		})
	}
}

func TestState_TriesAgainWithPausesThatGrow(t *testing.T) {
	var most []time.Duration
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		before := w.server.Served(everifytest.Get)
		start := time.Now()
		w.server.Break(everifytest.Get, everifytest.Unavailable, everifytest.LostBefore, everifytest.Unavailable)
		_, err := w.State(t.Context(), number)
		require.NoError(t, err)
		require.Equal(t, []time.Duration{200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond}, most)
		require.Equal(t, 1400*time.Millisecond, time.Since(start))

		w.server.Break(everifytest.Get, slices.Repeat([]everifytest.Fault{everifytest.Unavailable}, 10)...)
		_, err = w.State(t.Context(), number)
		require.Equal(t, everify.KindBusy, kindOf(t, err))
		require.Equal(t, before+8, w.server.Served(everifytest.Get), "four tries each")
		w.server.Mend()

		start = time.Now()
		w.server.Break(everifytest.Get, everifytest.TooMany) // asks for a second
		_, err = w.State(t.Context(), number)
		require.NoError(t, err)
		require.Equal(t, time.Second, time.Since(start))
	}, func(c *everify.Config) {
		c.Jitter = func(longest time.Duration) time.Duration { most = append(most, longest); return longest }
	})
}

func TestState_EndsWithItsContext(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		w.server.Break(everifytest.Get, everifytest.Silent)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := w.State(ctx, number)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, everify.KindLost, kindOf(t, err))
		require.Equal(t, time.Second, time.Since(start))
	})
}

func TestState_EachRequestHasADeadline(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		number := w.opened(t, queryOf(t, resident()))
		start := time.Now()
		w.server.Break(everifytest.Get, everifytest.Silent)
		_, err := w.State(t.Context(), number)
		require.NoError(t, err)
		require.Equal(t, 15*time.Second, time.Since(start).Truncate(time.Second))
	}, func(c *everify.Config) { c.Jitter = func(time.Duration) time.Duration { return 0 } })
}

// What was not done, or not yet, is not called done.
func TestMethods_AnErrorIfTheCaseIsWhereItWas(t *testing.T) {
	for _, fault := range []everifytest.Fault{everifytest.LostBefore, everifytest.Unavailable, everifytest.ErrorIn200} {
		inWorld(t, func(t *testing.T, w *world) {
			query := queryOf(t, resident())
			w.server.SetScript("", everifytest.Script{Submit: everifytest.SSAMismatch})
			number := w.opened(t, query)
			w.server.Break(everifytest.Submit, fault)
			_, err := w.Submit(t.Context(), number, query)
			require.Error(t, err, fault)
			_, err = w.Submit(t.Context(), number, query)
			require.NoError(t, err)
			w.server.Break(everifytest.Refer, fault)
			_, err = w.Refer(t.Context(), number)
			require.Error(t, err, fault)
			// That no action is taken may still come: the case is not closed without it.
			w.server.Break(everifytest.NoAction, fault)
			require.Error(t, w.Close(t.Context(), number, selfcheck.ClosedDeclined), fault)
			require.Zero(t, w.server.Served(everifytest.Close))
			w.server.Break(everifytest.Close, fault)
			require.Error(t, w.Close(t.Context(), number, selfcheck.ClosedDeclined), fault)
			require.NoError(t, w.Close(t.Context(), number, selfcheck.ClosedDeclined))
		})
	}
}
