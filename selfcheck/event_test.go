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
		ID: "s/proofing_passed", Type: "cris.selfcheck.proofing_passed", Source: "/cris/selfcheck", Subject: "s", Time: at,
	}, passed.Event(at))
	readPassed, err := selfcheck.ReadProofingPassed(passed.Event(at))
	require.NoError(t, err)
	require.Equal(t, passed, readPassed)

	for _, reason := range selfcheck.FailureReasons() {
		failed := selfcheck.ProofingFailed{Subject: "s", Reason: reason}
		require.Equal(t, cris.Event{
			ID: "s/proofing_failed", Type: "cris.selfcheck.proofing_failed", Source: "/cris/selfcheck", Subject: "s", Time: at,
			Data: map[string]string{"reason": string(reason)},
		}, failed.Event(at))
		read, err := selfcheck.ReadProofingFailed(failed.Event(at))
		require.NoError(t, err)
		require.Equal(t, failed, read)
	}
	for _, result := range append(selfcheck.Results(), "") {
		queried := selfcheck.Queried{Subject: "s", Case: "EV1", Result: result}
		require.Equal(t, cris.Event{
			ID: "s/queried", Type: "cris.selfcheck.queried", Source: "/cris/selfcheck", Subject: "s", Time: at,
			Data: map[string]string{"case": "EV1", "result": string(result)},
		}, queried.Event(at))
		read, err := selfcheck.ReadQueried(queried.Event(at))
		require.NoError(t, err)
		require.Equal(t, queried, read)
	}
	for _, reason := range selfcheck.ClosureReasons() {
		closed := selfcheck.CaseClosed{Subject: "s", Case: "EV1", Reason: reason}
		require.Equal(t, cris.Event{
			ID: "s/case_closed", Type: "cris.selfcheck.case_closed", Source: "/cris/selfcheck", Subject: "s", Time: at,
			Data: map[string]string{"case": "EV1", "reason": string(reason)},
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
		selfcheck.EventQueried:        func(e cris.Event) error { _, err := selfcheck.ReadQueried(e); return err },
		selfcheck.EventCaseClosed:     func(e cris.Event) error { _, err := selfcheck.ReadCaseClosed(e); return err },
	}
	at := time.Unix(0, 0).UTC()
	good := []cris.Event{
		selfcheck.ProofingPassed{Subject: "s"}.Event(at),
		selfcheck.ProofingFailed{Subject: "s", Reason: selfcheck.SystemError}.Event(at),
		selfcheck.Queried{Subject: "s", Case: "EV1", Result: selfcheck.SSAMismatch}.Event(at),
		selfcheck.CaseClosed{Subject: "s", Case: "EV1", Reason: selfcheck.ClosedNoResult}.Event(at),
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
			spoiled.Data[key] = "Xyzzy\x00"
			bad(spoiled)
			if key != "result" { // E-Verify may have given none
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
