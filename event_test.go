package cris_test

import (
	"encoding/json"
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
