package cris_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func accepted() cris.Event {
	return cris.Event{
		ID: "transaction-1/accepted", Type: "cris.erequest.accepted", Source: "/cris/erequest", Subject: "request-1",
		Time: time.Date(2024, 2, 29, 23, 59, 59, 123_456_000, time.UTC), Data: map[string]string{"office": "NBC"},
	}
}

func TestEvent_IsACloudEvent(t *testing.T) {
	text, err := json.Marshal(accepted())
	require.NoError(t, err)
	require.JSONEq(t, `{
		"specversion": "1.0",
		"id": "transaction-1/accepted",
		"source": "/cris/erequest",
		"type": "cris.erequest.accepted",
		"subject": "request-1",
		"time": "2024-02-29T23:59:59.123456Z",
		"datacontenttype": "application/json",
		"data": {"office": "NBC"}
	}`, string(text))
}

func TestEvent_RoundTrip(t *testing.T) {
	small := cris.Event{ID: "1", Type: "cris.test", Source: "/cris"}
	for _, want := range []cris.Event{accepted(), small} {
		text, err := json.Marshal(want)
		require.NoError(t, err)
		var got cris.Event
		require.NoError(t, json.Unmarshal(text, &got))
		require.Equal(t, want, got)
	}
	text, err := json.Marshal(small)
	require.NoError(t, err)
	require.JSONEq(t, `{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test"}`, string(text))
}

func TestEvent_ReadsWhatOthersWrite(t *testing.T) {
	var got cris.Event
	require.NoError(t, json.Unmarshal([]byte(`{"specversion":"1.0","id":"1","source":"/other","type":"other.thing",
		"time":"2024-02-29T18:59:59.500000789-05:00","dataschema":"urn:x","extension":42}`), &got))
	require.Equal(t, cris.Event{
		ID: "1", Source: "/other", Type: "other.thing", Time: time.Date(2024, 2, 29, 23, 59, 59, 500_000_000, time.UTC),
	}, got)
}

func TestEvent_RefusesWhatIsNoCloudEvent(t *testing.T) {
	for name, text := range map[string]string{
		"NoVersion":    `{"id":"1","source":"/cris","type":"cris.test"}`,
		"OtherVersion": `{"specversion":"0.3","id":"1","source":"/cris","type":"cris.test"}`,
		"NoID":         `{"specversion":"1.0","source":"/cris","type":"cris.test"}`,
		"NoSource":     `{"specversion":"1.0","id":"1","type":"cris.test"}`,
		"NoType":       `{"specversion":"1.0","id":"1","source":"/cris"}`,
		"NumberAsID":   `{"specversion":"1.0","id":1,"source":"/cris","type":"cris.test"}`,
		"TextAsData":   `{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","data":"text"}`,
		"BadTime":      `{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","time":"yesterday"}`,
		"LateInUTC":    `{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","time":"9999-12-31T23:59:59-05:00"}`,
		"EarlyInUTC":   `{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","time":"0000-01-01T00:00:00+05:00"}`,
		"Null":         `null`,
		"Array":        `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			got := accepted()
			require.Error(t, got.UnmarshalJSON([]byte(text)))
			require.Equal(t, accepted(), got, "a failure leaves the event as it was")
		})
	}
}

func TestEvent_DoesNotLeaveIncomplete(t *testing.T) {
	for _, strip := range []func(*cris.Event){
		func(e *cris.Event) { e.ID = "" }, func(e *cris.Event) { e.Type = "" }, func(e *cris.Event) { e.Source = "" },
	} {
		event := accepted()
		strip(&event)
		_, err := json.Marshal(event)
		require.ErrorContains(t, err, "event: id, source and type are required")
	}
}

// What is read as an event can be written, and is the same event when it is read again.
func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test"}`))
	f.Add([]byte(`{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","subject":"s","time":"2024-02-29T18:59:59.5-05:00","data":{"a":"b"}}`))
	f.Add([]byte(`{"specversion":"1.0","id":"\ud800","source":"/cris","type":"cris.test","data":{}}`))
	f.Add([]byte(`{"specversion":"1.0","id":1,"source":"/cris","type":"cris.test","data":[null]}`))
	f.Add([]byte(`null`))
	f.Add([]byte(`{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","data":{}}`))                               // empty data
	f.Add([]byte(`{"SPECVERSION":"1.0","ID":"1","Source":"/cris","tYPE":"cris.test"}`))                                         // names in capitals
	f.Add([]byte(`{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","time":"2024-02-29T18:59:59.123456789Z"}`)) // nanoseconds
	f.Add([]byte(`{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","time":"9999-12-31T23:59:59-05:00"}`))      // year after 9999 in utc
	f.Add([]byte(`{"specversion":"1.0","id":"1","source":"/cris","type":"cris.test","time":"0000-01-01T00:00:00+05:00"}`))      // year before 0 in utc
	f.Fuzz(func(t *testing.T, text []byte) {
		got := accepted()
		if err := got.UnmarshalJSON(text); err != nil {
			require.Equal(t, accepted(), got, "a failure leaves the event as it was")
			return
		}
		written, err := got.MarshalJSON()
		require.NoError(t, err)
		var again cris.Event
		require.NoError(t, again.UnmarshalJSON(written))
		require.Equal(t, got, again)
		require.Equal(t, time.UTC, got.Time.Location())
	})
}

// outbox is an Outbox that can fail.
type outbox struct {
	events     []cris.Event
	pendingErr error
	markErr    error
}

func newOutbox(n int) *outbox {
	o := &outbox{}
	for i := range n {
		o.events = append(o.events, cris.Event{ID: fmt.Sprintf("%04d", i), Type: "cris.test", Source: "/cris"})
	}
	return o
}

func (o *outbox) Pending(_ context.Context, limit int) ([]cris.Event, error) {
	return slices.Clone(o.events[:min(limit, len(o.events))]), o.pendingErr
}

func (o *outbox) MarkDelivered(_ context.Context, ids ...string) error {
	if o.markErr != nil {
		return o.markErr
	}
	o.events = slices.DeleteFunc(o.events, func(e cris.Event) bool { return slices.Contains(ids, e.ID) })
	return nil
}

// receiver notes the events it gets.
type receiver struct {
	got []string
	err map[string]error
}

func (r *receiver) deliver(_ context.Context, event cris.Event) error {
	r.got = append(r.got, event.ID)
	return r.err[event.ID]
}

func TestRelay_DeliversEverythingInOrder(t *testing.T) {
	var to receiver
	from := newOutbox(250) // more than it reads at a time
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.NoError(t, err)
	require.Equal(t, 250, delivered)
	require.Len(t, to.got, 250)
	require.True(t, slices.IsSorted(to.got))
	require.Empty(t, from.events)
}

func TestRelay_OfNothing(t *testing.T) {
	var to receiver
	delivered, err := cris.Relay(t.Context(), newOutbox(0), to.deliver)
	require.NoError(t, err)
	require.Zero(t, delivered)
	require.Empty(t, to.got)
}

func TestRelay_StopsAtTheFirstFailureAndGoesOnFromThere(t *testing.T) {
	down := errors.New("receiver down")
	to := receiver{err: map[string]error{"0002": down}}
	from := newOutbox(5)
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.ErrorIs(t, err, down)
	require.ErrorContains(t, err, "relay: deliver cris.test 0002: ")
	require.Equal(t, 2, delivered)
	require.Equal(t, []string{"0000", "0001", "0002"}, to.got, "nothing overtakes the event that failed")

	to.err = nil
	delivered, err = cris.Relay(t.Context(), from, to.deliver)
	require.NoError(t, err)
	require.Equal(t, 3, delivered)
	require.Equal(t, []string{"0000", "0001", "0002", "0002", "0003", "0004"}, to.got)
}

func TestRelay_RepeatsWhatItDeliveredButCouldNotMark(t *testing.T) {
	crash := errors.New("crash between delivering and marking")
	var to receiver
	from := newOutbox(2)
	from.markErr = crash
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.ErrorIs(t, err, crash)
	require.Zero(t, delivered)

	from.markErr = nil
	delivered, err = cris.Relay(t.Context(), from, to.deliver)
	require.NoError(t, err)
	require.Equal(t, 2, delivered)
	require.Equal(t, []string{"0000", "0000", "0001"}, to.got)
}

func TestRelay_ReportsAnOutboxThatCannotBeRead(t *testing.T) {
	from := newOutbox(1)
	from.pendingErr = cris.ErrConflict
	var to receiver
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.ErrorIs(t, err, cris.ErrConflict)
	require.Zero(t, delivered)
	require.Empty(t, to.got)
}
