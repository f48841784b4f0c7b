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
	"unicode/utf8"
)

// Event tells of something that happened, on its way out of a store. It carries identifiers
// and codes and never a personal value; a receiver that needs details reads them by
// identifier, through a port (PV-1). Each package has constructors and readers for its own
// events.
//
// Its JSON is a CloudEvents 1.0 event in structured mode.
type Event struct {
	ID      string            // unique in its outbox; a receiver ignores an ID that it has seen
	Type    string            // what happened, such as "cris.erequest.accepted"
	Source  string            // the package that says so, such as "/cris/erequest"
	Subject string            // the identifier of the thing to which it happened
	Time    time.Time         // when it happened, in UTC, to the microsecond
	Data    map[string]string // further identifiers and codes, by name; nil if there are none
}

// MarshalJSON implements json.Marshaler. It writes a CloudEvents 1.0 event, and fails if ID,
// Source or Type is empty, which CloudEvents forbids, or if a text is not valid UTF-8, which
// encoding/json would alter.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.ID == "" || e.Source == "" || e.Type == "" {
		return nil, errEventIncomplete
	}
	for _, s := range []string{e.ID, e.Source, e.Type, e.Subject} {
		if !utf8.ValidString(s) {
			return nil, errEventText
		}
	}
	for name, value := range e.Data {
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			return nil, errEventText
		}
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

var (
	errEventIncomplete = errors.New("event: id, source and type are required")
	errEventText       = errors.New("event: not valid UTF-8")
)

// UnmarshalJSON implements json.Unmarshaler. It reads a CloudEvents 1.0 event. It ignores
// attributes that Event does not have, as CloudEvents asks, including those whose names differ in
// case alone. A time is cut to the microsecond, and a leap second is read as the first
// instant of the next minute. Data must be a JSON object of texts, as it is or in base64:
// anything else would be lost, and is refused. An error repeats nothing of the event, and
// leaves e as it was.
func (e *Event) UnmarshalJSON(text []byte) error {
	if !utf8.Valid(text) {
		return errEventText
	}
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

// unmarshalAttribute reads one attribute into a variable, if the event has it.
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

// parseEventTime reads a time as RFC 3339 writes it, with T and Z in either case.
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

// eventData reads the data, in whichever of the two forms the event has it.
func eventData(wire map[string]json.RawMessage) (data map[string]string, err error) {
	if raw, ok := wire["data_base64"]; ok && string(raw) != "null" {
		if wire, err = decodedData(wire); err != nil {
			return nil, err
		}
	}
	var texts map[string]*string // a null is no text
	if err := unmarshalAttribute(wire, "data", &texts); err != nil {
		return nil, err
	}
	for name, value := range texts {
		if value == nil {
			return nil, errors.New("event: data: not of its type")
		}
		if data == nil {
			data = make(map[string]string, len(texts))
		}
		data[name] = *value
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
	if media, _, err := mime.ParseMediaType(contentType); err != nil || !strings.HasSuffix(media, "/json") && !strings.HasSuffix(media, "+json") {
		return nil, errors.New("event: data_base64: its content type is not JSON")
	}
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errors.New("event: data_base64: not base64")
	}
	if !utf8.Valid(data) {
		return nil, errEventText
	}
	return map[string]json.RawMessage{"data": data}, nil
}

// EventHandler receives events. The Services of erequest, srmt and selfcheck are
// EventHandlers, and so is casestatus.Watch.
type EventHandler interface {
	// HandledTypes lists the types of the events that Handle acts on.
	HandledTypes() []string
	// Handle does what follows from the event. It may get the same event again, and must then
	// change nothing. For an event of any other type it does nothing and returns nil. After
	// an error, the event will be delivered again.
	Handle(ctx context.Context, event Event) error
}

// Mux hands each event to the handlers of its type, in the order in which they were given to
// NewMux. It never changes, and is safe for concurrent use if its handlers are.
//
//	mux := cris.NewMux(requests, serviceRequests)
//	delivered, err := cris.Relay(ctx, outbox, mux.Handle)
type Mux struct {
	byType map[string][]EventHandler
}

// NewMux returns a Mux of the handlers. It asks each of them once for its types.
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

// Handle hands the event to the handlers of its type, one after another. It stops at the
// first that fails and returns its error; when the event comes again, the handlers before
// that one get it again as well. If nothing handles the type, Handle returns nil.
func (m *Mux) Handle(ctx context.Context, event Event) error {
	for _, handler := range m.byType[event.Type] {
		if err := handler.Handle(ctx, event); err != nil {
			return err
		}
	}
	return nil
}

// Outbox is the port through which events leave a store. A store saves the events of a
// change together with the change, so that there is an event exactly if what it tells of was
// saved.
//
// IDs are unique among the events that are kept, whether or not they were delivered. A change
// with an ID that is taken is not saved, and gives an error that matches ErrConflict. An
// outbox that is a [Purger] forgets events that were delivered long ago, and their IDs.
type Outbox interface {
	// Pending returns the oldest events that are not marked as delivered, at most limit of
	// them, or all if limit is zero or less. Events come back as they were saved, Time to the
	// microsecond and in UTC, and those of one scope in the order in which they were saved.
	Pending(ctx context.Context, limit int) ([]Event, error)
	// MarkDelivered takes the events with these IDs out of Pending, for good. Marking an
	// event again, or one that does not exist, changes nothing.
	MarkDelivered(ctx context.Context, ids ...string) error
}
