package cris

import (
	"encoding/json"
	"errors"
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

// cloudEvent is the wire form, with the attribute names of CloudEvents 1.0.
type cloudEvent struct {
	SpecVersion     string            `json:"specversion"`
	ID              string            `json:"id"`
	Source          string            `json:"source"`
	Type            string            `json:"type"`
	Subject         string            `json:"subject,omitempty"`
	Time            time.Time         `json:"time,omitzero"`
	DataContentType string            `json:"datacontenttype,omitempty"`
	Data            map[string]string `json:"data,omitempty"`
}

var errEventIncomplete = errors.New("event: id, source and type are required")

// MarshalJSON writes the event as CloudEvents 1.0. It fails if ID, Source or Type
// is empty, which CloudEvents forbids.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.ID == "" || e.Source == "" || e.Type == "" {
		return nil, errEventIncomplete
	}
	wire := cloudEvent{
		SpecVersion: "1.0", ID: e.ID, Source: e.Source, Type: e.Type,
		Subject: e.Subject, Time: e.Time, Data: e.Data,
	}
	if len(e.Data) > 0 {
		wire.DataContentType = "application/json"
	}
	return json.Marshal(wire)
}

// UnmarshalJSON reads a CloudEvents 1.0 event. Attributes that Event does not
// have are ignored, as CloudEvents asks, and so is what a time has below the
// microsecond.
func (e *Event) UnmarshalJSON(text []byte) error {
	var wire cloudEvent
	if err := json.Unmarshal(text, &wire); err != nil {
		return err
	}
	if wire.SpecVersion != "1.0" {
		return errors.New("event: not a CloudEvents 1.0 event")
	}
	if wire.ID == "" || wire.Source == "" || wire.Type == "" {
		return errEventIncomplete
	}
	at := wire.Time.UTC().Truncate(time.Microsecond)
	if at.Year() < 0 || at.Year() > 9999 { // in UTC, and JSON has no room for it
		return errors.New("event: time out of range")
	}
	if len(wire.Data) == 0 {
		wire.Data = nil
	}
	*e = Event{ID: wire.ID, Type: wire.Type, Source: wire.Source, Subject: wire.Subject, Time: at, Data: wire.Data}
	return nil
}
