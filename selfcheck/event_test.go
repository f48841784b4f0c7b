package selfcheck_test

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestEvents_AreReadAsTheyWereMade(t *testing.T) {
	at := selfchecktest.Start()
	passed := selfcheck.ProofingPassed{Subject: "s"}
	require.Equal(t, cris.Event{
		ID: "s/proofing_passed/2013-08-15T14:30:00.123456Z", Type: "cris.selfcheck.proofing_passed", Source: "/cris/selfcheck", Subject: "s", Time: at,
	}, passed.Event(at))
	readPassed, err := selfcheck.ReadProofingPassed(passed.Event(at))
	require.NoError(t, err)
	require.Equal(t, passed, readPassed)

	for _, reason := range selfcheck.FailureReasons() {
		failed := selfcheck.ProofingFailed{Subject: "s", Reason: reason}
		require.Equal(t, cris.Event{
			ID: "s/proofing_failed/2013-08-15T14:30:00.123456Z", Type: "cris.selfcheck.proofing_failed", Source: "/cris/selfcheck", Subject: "s", Time: at,
			Data: map[string]string{"reason": string(reason)},
		}, failed.Event(at))
		read, err := selfcheck.ReadProofingFailed(failed.Event(at))
		require.NoError(t, err)
		require.Equal(t, failed, read)
	}
	const number = selfcheck.CaseNumber("2013227000001EV")
	opened := selfcheck.CaseOpened{Subject: "s", Case: number}
	require.Equal(t, cris.Event{
		ID: "s/case_opened/2013227000001EV", Type: "cris.selfcheck.case_opened", Source: "/cris/selfcheck", Subject: "s", Time: at,
		Data: map[string]string{"case": string(number)},
	}, opened.Event(at))
	readOpened, err := selfcheck.ReadCaseOpened(opened.Event(at))
	require.NoError(t, err)
	require.Equal(t, opened, readOpened)

	for _, result := range selfcheck.Results() {
		known := selfcheck.ResultKnown{Subject: "s", Case: number, Result: result}
		require.Equal(t, cris.Event{
			ID: "s/result_known/" + string(result) + "/2013-08-15T14:30:00.123456Z", Type: "cris.selfcheck.result_known", Source: "/cris/selfcheck", Subject: "s", Time: at,
			Data: map[string]string{"case": string(number), "result": string(result)},
		}, known.Event(at))
		read, err := selfcheck.ReadResultKnown(known.Event(at))
		require.NoError(t, err)
		require.Equal(t, known, read)
	}
	withdrawn := selfcheck.QueryWithdrawn{Subject: "s", Submitted: at.Add(-time.Hour)}
	readWithdrawn, err := selfcheck.ReadQueryWithdrawn(withdrawn.Event(at))
	require.NoError(t, err)
	require.Equal(t, withdrawn, readWithdrawn)
	for _, settled := range []selfcheck.QuerySettled{
		{Subject: "s", By: "settler-1", Case: number}, {Subject: "s", By: "settler-1"}, {Subject: "s", By: "settler-1", Undone: true},
	} {
		read, err := selfcheck.ReadQuerySettled(settled.Event(at))
		require.NoError(t, err)
		require.Equal(t, settled, read)
	}
	for _, reason := range selfcheck.ClosureReasons() {
		closed := selfcheck.CaseClosed{Subject: "s", Case: number, Reason: reason}
		require.Equal(t, cris.Event{
			ID: "s/case_closed/2013227000001EV", Type: "cris.selfcheck.case_closed", Source: "/cris/selfcheck", Subject: "s", Time: at,
			Data: map[string]string{"case": string(number), "reason": string(reason)},
		}, closed.Event(at))
		read, err := selfcheck.ReadCaseClosed(closed.Event(at))
		require.NoError(t, err)
		require.Equal(t, closed, read)
	}
}

func TestEvents_ThatCannotBeRead(t *testing.T) {
	readers := map[string]func(cris.Event) error{
		selfcheck.EventProofingPassed: func(e cris.Event) error { _, err := selfcheck.ReadProofingPassed(e); return err },
		selfcheck.EventProofingFailed: func(e cris.Event) error { _, err := selfcheck.ReadProofingFailed(e); return err },
		selfcheck.EventCaseOpened:     func(e cris.Event) error { _, err := selfcheck.ReadCaseOpened(e); return err },
		selfcheck.EventResultKnown:    func(e cris.Event) error { _, err := selfcheck.ReadResultKnown(e); return err },
		selfcheck.EventQueryWithdrawn: func(e cris.Event) error { _, err := selfcheck.ReadQueryWithdrawn(e); return err },
		selfcheck.EventQuerySettled:   func(e cris.Event) error { _, err := selfcheck.ReadQuerySettled(e); return err },
		selfcheck.EventCaseClosed:     func(e cris.Event) error { _, err := selfcheck.ReadCaseClosed(e); return err },
	}
	at := time.Unix(0, 0).UTC()
	const number = selfcheck.CaseNumber("2013227000001EV")
	good := []cris.Event{
		selfcheck.ProofingPassed{Subject: "s"}.Event(at),
		selfcheck.ProofingFailed{Subject: "s", Reason: selfcheck.SystemError}.Event(at),
		selfcheck.CaseOpened{Subject: "s", Case: number}.Event(at),
		selfcheck.ResultKnown{Subject: "s", Case: number, Result: selfcheck.SSAMismatch}.Event(at),
		selfcheck.QueryWithdrawn{Subject: "s", Submitted: at}.Event(at),
		selfcheck.QuerySettled{Subject: "s", By: "settler-1", Case: number}.Event(at),
		selfcheck.CaseClosed{Subject: "s", Case: number, Reason: selfcheck.ClosedNoResult}.Event(at),
	}
	bad := func(event cris.Event) {
		err := readers[event.Type](event)
		require.EqualError(t, err, "selfcheck: the event cannot be read", "nothing of the event is repeated")
	}
	for _, event := range good {
		for eventType, read := range readers {
			if eventType != event.Type {
				require.Error(t, read(event), "%s as %s", event.Type, eventType)
			}
		}
		require.NoError(t, readers[event.Type](event))
		anonymous := event
		anonymous.Subject = ""
		bad(anonymous)
		for key := range event.Data {
			spoiled := event
			spoiled.Data = maps.Clone(event.Data)
			if key != "by" {
				spoiled.Data[key] = "Xyzzy\x00"
				bad(spoiled)
			}
			if event.Type != selfcheck.EventQuerySettled || key != "case" { // staff may have found none
				delete(spoiled.Data, key)
				bad(spoiled)
			}
		}
	}
}

func TestService_HandlesNoEvent(t *testing.T) {
	var handler cris.EventHandler = newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify()).Service
	require.Nil(t, handler.HandledTypes())
	require.NoError(t, handler.Handle(t.Context(), cris.Event{Type: "cris.erequest.accepted"}))
}
