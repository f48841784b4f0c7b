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

// wireEvent returns a small event in JSON with further members, which begin with a comma.
func wireEvent(members string) []byte {
	return []byte(`{"specversion":"1.0","id":"1","source":"/other","type":"other.thing"` + members + `}`)
}

func TestEvent_ReadsTimesAsRFC3339WritesThem(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2024-02-29T23:59:59Z":           time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC),
		"2024-02-29t23:59:59z":           time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC),
		"2024-02-29t18:59:59.25-05:00":   time.Date(2024, 2, 29, 23, 59, 59, 250_000_000, time.UTC),
		"2024-02-29T23:59:59.9999999Z":   time.Date(2024, 2, 29, 23, 59, 59, 999_999_000, time.UTC),
		"2016-12-31T23:59:60Z":           time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
		"2016-12-31t18:59:60.5-05:00":    time.Date(2017, 1, 1, 0, 0, 0, 500_000_000, time.UTC),
		"2017-01-01T05:29:60+05:30":      time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
		"0000-01-01T00:00:00Z":           time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC),
		"9999-12-31T23:59:59.999999999Z": time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
	} {
		var got cris.Event
		require.NoError(t, json.Unmarshal(wireEvent(`,"time":"`+text+`"`), &got), text)
		require.Equal(t, want, got.Time, text)
	}
	for _, text := range []string{
		"2024-02-30T00:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29T23:60:00Z", "2024-02-29T23:59:61Z", "2024-02-29T23:59:60",
		"2024-02-29T23:59:59", "2024-02-29 23:59:59Z", "2024-02-29T3:59:59Z", "2024-02-29T23:59:59,5Z", "2024-02-29T23:59:59+24:00", ":60", "60",
		"9999-12-31T23:59:60Z",
	} {
		got := accepted()
		require.EqualError(t, got.UnmarshalJSON(wireEvent(`,"time":"`+text+`"`)), map[bool]string{
			true: "event: time out of range", false: "event: time: not an RFC 3339 time",
		}[text == "9999-12-31T23:59:60Z"], text)
		require.Equal(t, accepted(), got, "a failure leaves the event as it was")
	}
}

func TestEvent_TellsNamesApartByCase(t *testing.T) {
	var got cris.Event
	require.NoError(t, json.Unmarshal([]byte(`{"ID":"2","id":"1","Type":"x","type":"other.thing","SOURCE":"x","source":"/other",
		"SpecVersion":"0.3","specversion":"1.0","Subject":"x","Time":"x","Data":"x","DATA_BASE64":"x"}`), &got))
	require.Equal(t, cris.Event{ID: "1", Source: "/other", Type: "other.thing"}, got)

	require.EqualError(t, got.UnmarshalJSON([]byte(`{"specversion":"1.0","ID":"1","source":"/other","type":"other.thing"}`)),
		"event: id, source and type are required")
	require.EqualError(t, got.UnmarshalJSON([]byte(`{"SPECVERSION":"1.0","id":"1","source":"/other","type":"other.thing"}`)),
		"event: not a CloudEvents 1.0 event")
}

func TestEvent_ReadsDataInBase64(t *testing.T) {
	for members, want := range map[string]map[string]string{
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ=="`:                                                        {"office": "NBC"},
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","data":null`:                                            {"office": "NBC"},
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":"application/json; charset=utf-8"`:    {"office": "NBC"},
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":"application/vnd.example.thing+json"`: {"office": "NBC"},
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":"text/json"`:                          {"office": "NBC"},
		`,"data_base64":"e30="`:                       nil, // {}
		`,"data_base64":null,"data":{"office":"NBC"}`: {"office": "NBC"},
		`,"data_base64":null`:                         nil,
	} {
		var got cris.Event
		require.NoError(t, json.Unmarshal(wireEvent(members), &got), members)
		require.Equal(t, want, got.Data, members)
	}
	for members, problem := range map[string]string{
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","data":{}`:                             "event: both data and data_base64",
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":"application/pdf"`:   "event: data_base64: its content type is not JSON",
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":"application/"`:      "event: data_base64: its content type is not JSON",
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":"application/json5"`: "event: data_base64: its content type is not JSON",
		`,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ==","datacontenttype":1`:                   "event: datacontenttype: not of its type",
		`,"data_base64":"***"`:  "event: data_base64: not base64",
		`,"data_base64":1`:      "event: data_base64: not of its type",
		`,"data_base64":""`:     "event: data: not of its type",
		`,"data_base64":"W10="`: "event: data: not of its type", // []
		`,"data_base64":"/w=="`: "event: not valid UTF-8",
		`,"data":{"count":1}`:   "event: data: not of its type",
		`,"data":{"a":null}`:    "event: data: not of its type",
		`,"subject":1`:          "event: subject: not of its type",
	} {
		got := accepted()
		require.EqualError(t, got.UnmarshalJSON(wireEvent(members)), problem, members)
		require.Equal(t, accepted(), got, "a failure leaves the event as it was")
	}
}

func TestEvent_TextIsNeverAltered(t *testing.T) {
	for _, spoil := range []func(*cris.Event){
		func(e *cris.Event) { e.ID = "\xff" }, func(e *cris.Event) { e.Subject = "a\xc3" },
		func(e *cris.Event) { e.Data = map[string]string{"a": "\xff"} }, func(e *cris.Event) { e.Data = map[string]string{"\xff": "a"} },
	} {
		event := accepted()
		spoil(&event)
		_, err := json.Marshal(event)
		require.ErrorContains(t, err, "event: not valid UTF-8")
	}
	for _, members := range []string{",\"subject\":\"\xff\"", ",\"data\":{\"a\":\"\xff\"}", `,"data_base64":"eyJhIjoi/yJ9"`} {
		got := accepted()
		require.EqualError(t, got.UnmarshalJSON(wireEvent(members)), "event: not valid UTF-8")
		require.Equal(t, accepted(), got)
	}
}

func TestPV1_NoErrorOfAnEventRepeatsIt(t *testing.T) {
	for _, members := range []string{
		`,"time":"secret"`, `,"data":"secret"`, `,"data_base64":"secret!"`, `,"data_base64":"c2VjcmV0"`, `,"data_base64":"e30=","datacontenttype":"secret"`,
		`,"specversion":"secret"`, `,"subject":["secret"]`, `,"data":{"a":["secret"]}`,
	} {
		err := new(cris.Event).UnmarshalJSON(wireEvent(members))
		require.Error(t, err, members)
		require.NotContains(t, err.Error(), "secret")
	}
}

// handler handles its types and notes what it gets.
type handler struct {
	receiver
	types []string
}

func (h *handler) HandledTypes() []string { return h.types }

func (h *handler) Handle(ctx context.Context, event cris.Event) error { return h.deliver(ctx, event) }

func TestMux_HandsEachEventToThoseThatHandleItsType(t *testing.T) {
	first, second := &handler{types: []string{"b", "a"}}, &handler{types: []string{"b", "c"}}
	mux := cris.NewMux(first, second)
	require.Equal(t, []string{"a", "b", "c"}, mux.HandledTypes())
	for _, event := range []cris.Event{{ID: "1", Type: "a"}, {ID: "2", Type: "b"}, {ID: "3", Type: "c"}, {ID: "4", Type: "d"}, {ID: "5"}} {
		require.NoError(t, mux.Handle(t.Context(), event))
	}
	require.Equal(t, []string{"1", "2"}, first.got)
	require.Equal(t, []string{"2", "3"}, second.got)
}

func TestMux_StopsAtTheFirstFailure(t *testing.T) {
	down := errors.New("down")
	var order []string
	note := func(name string, err error) cris.EventHandler {
		return handlerFunc(func(context.Context, cris.Event) error { order = append(order, name); return err })
	}
	mux := cris.NewMux(note("first", nil), note("second", down), note("third", nil))
	require.ErrorIs(t, mux.Handle(t.Context(), cris.Event{ID: "1", Type: "any"}), down)
	require.Equal(t, []string{"first", "second"}, order)
}

type handlerFunc func(context.Context, cris.Event) error

func (f handlerFunc) HandledTypes() []string { return []string{"any"} }

func (f handlerFunc) Handle(ctx context.Context, event cris.Event) error { return f(ctx, event) }

func TestMux_OfNothingAndOfAnotherMux(t *testing.T) {
	require.Empty(t, cris.NewMux().HandledTypes())
	require.NoError(t, cris.NewMux().Handle(t.Context(), accepted()))

	inside := &handler{types: []string{"cris.erequest.accepted"}}
	require.NoError(t, cris.NewMux(cris.NewMux(inside)).Handle(t.Context(), accepted()))
	require.Equal(t, []string{"transaction-1/accepted"}, inside.got)
}

func TestRelay_ThroughAMux(t *testing.T) {
	to := &handler{types: []string{"cris.test"}}
	from := newOutbox(3)
	from.events[1].Type = "cris.other"
	delivered, err := cris.Relay(t.Context(), from, cris.NewMux(to).Handle)
	require.NoError(t, err)
	require.Equal(t, 3, delivered, "what nobody handles is delivered too, and blocks nothing")
	require.Equal(t, []string{"0000", "0002"}, to.got)
	require.Empty(t, from.events)
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
	for _, members := range []string{
		`,"time":"2016-12-31t23:59:60z"`, `,"data_base64":"eyJvZmZpY2UiOiJOQkMifQ=="`, `,"ID":"2"`, `,"data_base64":"e30=","datacontenttype":"a/b"`,
	} {
		f.Add(wireEvent(members))
	}
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
