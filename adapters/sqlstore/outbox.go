package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/seed28e20331/cris"
)

// Outbox implements cris.Outbox for the events of all ports of one DB.
type Outbox struct{ db *DB }

// Outbox returns the port through which the events of all stores leave.
func (db *DB) Outbox() *Outbox { return &Outbox{db} }

type eventRow struct {
	ID      string `db:"id"`
	Type    string `db:"type"`
	Source  string `db:"source"`
	Subject string `db:"subject"`
	At      int64  `db:"at"`
	Data    string `db:"data"`
}

func (r eventRow) event() (cris.Event, error) {
	event := cris.Event{ID: r.ID, Type: r.Type, Source: r.Source, Subject: r.Subject, Time: fromMicros(r.At)}
	if r.Data != "" {
		if err := json.Unmarshal([]byte(r.Data), &event.Data); err != nil {
			return cris.Event{}, fmt.Errorf("sqlstore: data of event %s: %w", r.ID, err)
		}
	}
	return event, nil
}

// publish saves events within the transaction that saves what they tell of. Their
// position is one more than the highest so far: two transactions may draw the same
// one, but never two of the same scope, and only within a scope does order matter.
func (t *tx) publish(events []cris.Event) error {
	for _, event := range events {
		data := ""
		if len(event.Data) > 0 {
			text, err := json.Marshal(event.Data)
			if err != nil {
				return fmt.Errorf("sqlstore: data of event %s: %w", event.ID, err)
			}
			data = string(text)
		}
		if err := t.insert("save event", `INSERT INTO outbox (id, position, type, source, subject, at, data, delivered)
			VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox), ?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO NOTHING`,
			event.ID, event.Type, event.Source, event.Subject, micros(event.Time), data); err != nil {
			return err
		}
	}
	return nil
}

// Pending implements cris.Outbox.
func (o *Outbox) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	var rows []eventRow
	// SQLite takes a negative limit for none, and PostgreSQL refuses it.
	if err := o.db.read(ctx, "read outbox", &rows, `SELECT id, type, source, subject, at, data FROM outbox
		WHERE delivered = 0 ORDER BY position, id LIMIT ?`, max(limit, 0)); err != nil {
		return nil, err
	}
	events := make([]cris.Event, len(rows))
	for i, row := range rows {
		event, err := row.event()
		if err != nil {
			return nil, err
		}
		events[i] = event
	}
	return events, nil
}

// MarkDelivered implements cris.Outbox.
func (o *Outbox) MarkDelivered(ctx context.Context, ids ...string) error {
	if o.db.unknown != nil {
		return o.db.unknown
	}
	for _, id := range ids {
		if _, err := o.db.sql.ExecContext(ctx, o.db.sql.Rebind(`UPDATE outbox SET delivered = 1 WHERE id = ?`), id); err != nil {
			return storeError("mark event", err)
		}
	}
	return nil
}
