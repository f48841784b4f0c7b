package cris

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Event is something that happened, on its way out of a store: the outbox
// envelope. It carries identifiers and codes, never personal values; a receiver
// that needs details reads them by identifier, through a port (PV-1).
//
// Its JSON is a CloudEvents 1.0 event in structured mode.
type Event struct {
	ID      string            // unique in its outbox; a receiver that has seen it ignores it
	Type    string            // what happened, such as "cris.erequest.accepted"
	Source  string            // the package that says so, such as "/cris/erequest"
	Subject string            // the identifier of the thing it happened to
	Time    time.Time         // when, UTC, to the microsecond
	Data    map[string]string // further identifiers and codes by name; nil if there are none
}

// MarshalJSON writes the event as CloudEvents 1.0. It fails if ID, Source or Type
// is empty, which CloudEvents forbids.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.ID == "" || e.Source == "" || e.Type == "" {
		return nil, errEventIncomplete
	}
	wire := struct {
		SpecVersion     string            `json:"specversion"`
		ID              string            `json:"id"`
		Source          string            `json:"source"`
		Type            string            `json:"type"`
		Subject         string            `json:"subject,omitempty"`
		Time            time.Time         `json:"time,omitzero"`
		DataContentType string            `json:"datacontenttype,omitempty"`
		Data            map[string]string `json:"data,omitempty"`
	}{
		SpecVersion: "1.0", ID: e.ID, Source: e.Source, Type: e.Type,
		Subject: e.Subject, Time: e.Time, Data: e.Data,
	}
	if len(e.Data) > 0 {
		wire.DataContentType = "application/json"
	}
	return json.Marshal(wire)
}

var errEventIncomplete = errors.New("event: id, source and type are required")

// UnmarshalJSON reads a CloudEvents 1.0 event. Attributes that Event does not have are
// ignored, as CloudEvents asks, also those whose names differ in case alone; and so is what
// a time has below the microsecond. A leap second is the first instant of the next minute.
// Data is a JSON object of texts, as it is or in base64; anything else is refused, since
// it would be lost.
func (e *Event) UnmarshalJSON(text []byte) error {
	var wire map[string]json.RawMessage // encoding/json would take "ID" for "id"
	if err := json.Unmarshal(text, &wire); err != nil {
		return err
	}
	var version, at string
	var read Event
	for name, into := range map[string]*string{
		"specversion": &version, "id": &read.ID, "source": &read.Source, "type": &read.Type, "subject": &read.Subject, "time": &at,
	} {
		if err := unmarshalAttribute(wire, name, into); err != nil {
			return err
		}
	}
	if version != "1.0" {
		return errors.New("event: not a CloudEvents 1.0 event")
	}
	if read.ID == "" || read.Source == "" || read.Type == "" {
		return errEventIncomplete
	}
	var err error
	if read.Time, err = parseEventTime(at); err != nil {
		return err
	}
	if read.Data, err = eventData(wire); err != nil {
		return err
	}
	*e = read
	return nil
}

// unmarshalAttribute reads one attribute, and nothing where the event does not have it.
func unmarshalAttribute(wire map[string]json.RawMessage, name string, into any) error {
	raw, ok := wire[name]
	if !ok {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("event: %s: not of its type", name)
	}
	return nil
}

// parseEventTime reads a time as RFC 3339 writes it, in letters of either case.
func parseEventTime(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	text = strings.ToUpper(text)
	leap := time.Duration(0)
	const minute = len("2006-01-02T15:04")
	if len(text) > minute && strings.HasPrefix(text[minute:], ":60") {
		text, leap = text[:minute]+":59"+text[minute+len(":60"):], time.Second
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || !rfc3339().MatchString(text) { // time.Parse takes more than that
		return time.Time{}, errors.New("event: time: not an RFC 3339 time")
	}
	at = at.Add(leap).UTC().Truncate(time.Microsecond)
	if at.Year() < 0 || at.Year() > 9999 { // in UTC, and JSON has no room for it
		return time.Time{}, errors.New("event: time out of range")
	}
	return at, nil
}

var rfc3339 = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`)
})

// eventData reads the data in whichever of its two forms the event has them.
func eventData(wire map[string]json.RawMessage) (data map[string]string, err error) {
	if raw, ok := wire["data_base64"]; ok && string(raw) != "null" {
		if wire, err = decodedData(wire); err != nil {
			return nil, err
		}
	}
	if err := unmarshalAttribute(wire, "data", &data); err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, nil
	}
	return data, nil
}

// decodedData returns the attributes with data in place of data_base64.
func decodedData(wire map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	if raw, ok := wire["data"]; ok && string(raw) != "null" {
		return nil, errors.New("event: both data and data_base64")
	}
	contentType, encoded := "application/json", ""
	if err := errors.Join(
		unmarshalAttribute(wire, "datacontenttype", &contentType), unmarshalAttribute(wire, "data_base64", &encoded),
	); err != nil {
		return nil, err
	}
	if media, _, err := mime.ParseMediaType(contentType); err != nil || media != "application/json" && !strings.HasSuffix(media, "+json") {
		return nil, errors.New("event: data_base64: its content type is not JSON")
	}
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errors.New("event: data_base64: not base64")
	}
	return map[string]json.RawMessage{"data": data}, nil
}

// EventHandler is something that events are delivered to, such as the Service of a
// package.
type EventHandler interface {
	// HandledTypes lists the types of the events that Handle does something about.
	HandledTypes() []string
	// Handle does what follows from the event. It may get an event again, and must then
	// change nothing. An event of a type that it does not know is none of its business: it
	// returns nil. After an error, the event is delivered again.
	Handle(ctx context.Context, event Event) error
}

// Mux hands each event to every handler that handles its type, in the order in which
// they were given. It does not change and is safe for concurrent use if its handlers are.
//
//	mux := cris.NewMux(requests, serviceRequests)
//	delivered, err := cris.Relay(ctx, outbox, mux.Handle)
type Mux struct {
	byType map[string][]EventHandler
}

// NewMux returns a mux of the given handlers.
func NewMux(handlers ...EventHandler) *Mux {
	byType := map[string][]EventHandler{}
	for _, handler := range handlers {
		for _, eventType := range handler.HandledTypes() {
			byType[eventType] = append(byType[eventType], handler)
		}
	}
	return &Mux{byType}
}

// HandledTypes returns the types that any of the handlers handles, each once, in order.
func (m *Mux) HandledTypes() []string { return slices.Sorted(maps.Keys(m.byType)) }

// Handle gives the event to the handlers of its type, one after another. It stops at the
// first that fails and returns its error; when the event comes again, those before it get
// it again. An event of a type that nobody handles is nobody's business: Handle returns nil.
func (m *Mux) Handle(ctx context.Context, event Event) error {
	for _, handler := range m.byType[event.Type] {
		if err := handler.Handle(ctx, event); err != nil {
			return err
		}
	}
	return nil
}

// Outbox is the port through which events leave a store. A store saves the events of a
// change together with the change, so an event exists if and only if what it tells of was
// saved. IDs are unique among the events that are kept: a change with the ID of another
// event, also of one delivered since, is not saved, and gives an error that matches
// ErrConflict. An outbox that is a [Purger] forgets events that were delivered long ago,
// and their IDs.
type Outbox interface {
	// Pending returns the oldest events that are not marked as delivered: at most limit of
	// them, and all if limit is zero or less. They come back equal, Time to the microsecond
	// and in UTC, and those of one scope in the order in which they were saved.
	Pending(ctx context.Context, limit int) ([]Event, error)
	// MarkDelivered takes the events with these IDs out of Pending, for good.
	// Marking one twice, or one that is unknown, changes nothing.
	MarkDelivered(ctx context.Context, ids ...string) error
}

// relayBatch is how many events Relay reads at a time.
const relayBatch = 100

// Relay hands every pending event to deliver, in order, and marks it once deliver
// has returned nil. It returns how many it delivered. It stops at the first
// failure, so that nothing overtakes the event that failed; calling it again goes
// on from there.
//
// Delivery is at least once: if Relay is stopped between delivering and marking,
// the event comes again. A receiver therefore ignores an Event.ID it has seen. Run
// one Relay at a time: two at once keep no order, and deliver some events twice.
//
// An event that can never be delivered blocks all that come after it, of every
// port. A deliver that knows one when it sees it puts it aside, for someone to look
// at, and returns nil.
func Relay(ctx context.Context, outbox Outbox, deliver func(context.Context, Event) error) (int, error) {
	delivered := 0
	for {
		events, err := outbox.Pending(ctx, relayBatch)
		if err != nil {
			return delivered, fmt.Errorf("relay: read outbox: %w", err)
		}
		if len(events) == 0 {
			return delivered, nil
		}
		for _, event := range events {
			if err := deliver(ctx, event); err != nil {
				return delivered, fmt.Errorf("relay: deliver %s %s: %w", event.Type, event.ID, err)
			}
			if err := outbox.MarkDelivered(ctx, event.ID); err != nil {
				return delivered, fmt.Errorf("relay: mark %s: %w", event.ID, err)
			}
			delivered++
		}
	}
}
