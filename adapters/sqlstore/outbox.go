package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Outbox is the outbox of all ports of one DB: a cris.Outbox, a cris.SharedOutbox and a
// cris.Purger.
type Outbox struct{ db *DB }

// Outbox returns the port through which the events of all stores leave.
func (db *DB) Outbox() *Outbox { return &Outbox{db} }

// eventRow is a row of outbox.
type eventRow struct {
	ID          string    `db:"id,key"`
	Position    int64     `db:"position"`
	Type        string    `db:"type"`
	Source      string    `db:"source"`
	Subject     string    `db:"subject"`
	At          time.Time `db:"at"`
	Data        eventData `db:"data"`
	DeliveredAt int64     `db:"delivered_at" retention:"starts"` // Unix microseconds, or 0 until then
	Stage       stage     `db:"stage"`
}

// stage says where an event is that is not delivered.
type stage int

const (
	stageReady  stage = iota // it waits for its turn
	stageFailed              // it failed, and is tried again
	stageParked              // it waits for a person
)

var outboxTable = newTable[eventRow]("cris_outbox")

// eventData is the data of an event as a JSON object, empty where there is none.
type eventData map[string]string

// MarshalText implements encoding.TextMarshaler. It refuses what encoding/json would alter.
func (d eventData) MarshalText() ([]byte, error) {
	if d == nil {
		return nil, nil
	}
	for key, value := range d {
		if !text.IsStorable(key) || !text.IsStorable(value) {
			return nil, errUnstorable
		}
	}
	return json.Marshal(map[string]string(d))
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *eventData) UnmarshalText(column []byte) error {
	if len(column) == 0 {
		*d = nil
		return nil
	}
	return json.Unmarshal(column, (*map[string]string)(d))
}

func (r eventRow) event() cris.Event {
	return cris.Event{ID: r.ID, Type: r.Type, Source: r.Source, Subject: r.Subject, Time: r.At, Data: r.Data}
}

// publish saves events within the transaction that saves what they tell of. Their
// positions follow the highest of those that are not delivered: two transactions may draw the
// same one, but never two of which one saw what the other saved, and only between those does
// order matter.
func (s *session) publish(events []cris.Event) error {
	if len(events) == 0 {
		return nil
	}
	last, err := read[int64](s, "read the end of the outbox", endOfOutbox)
	if err != nil {
		return err
	}
	rows := make([]eventRow, len(events))
	for i, event := range events {
		rows[i] = eventRow{
			ID: event.ID, Position: last[0] + int64(i) + 1, Type: event.Type, Source: event.Source,
			Subject: event.Subject, At: event.Time, Data: event.Data,
		}
	}
	return outboxTable.insert(s, rows...)
}

// endOfOutbox reads the highest position of an event that is not delivered, at the end of the index
// for each stage. PostgreSQL may look for a MAX among all of them.
const endOfOutbox = `SELECT COALESCE(MAX(position), 0) FROM (
	SELECT position FROM (SELECT position FROM cris_outbox WHERE delivered_at = 0 AND stage = 0 ORDER BY position DESC, id DESC LIMIT 1) AS ready
	UNION ALL SELECT position FROM (SELECT position FROM cris_outbox WHERE delivered_at = 0 AND stage = 1 ORDER BY position DESC, id DESC LIMIT 1) AS failed
	UNION ALL SELECT position FROM (SELECT position FROM cris_outbox WHERE delivered_at = 0 AND stage = 2 ORDER BY position DESC, id DESC LIMIT 1) AS parked
	) AS ends`

// Pending implements cris.Outbox: it returns the oldest events that are not marked as
// delivered, at most limit of them, and all if limit is zero or less. Its error is that of
// the context or of the database.
func (o *Outbox) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	rows, err := o.pending(ctx, limit)
	if err != nil {
		return nil, err
	}
	events := make([]cris.Event, len(rows))
	for i, row := range rows {
		events[i] = row.event()
	}
	return events, nil
}

// pending reads the events that are ready and those that failed, each in order by the index,
// and merges them.
func (o *Outbox) pending(ctx context.Context, limit int) ([]eventRow, error) {
	if limit <= 0 {
		return outboxTable.find(o.db.on(ctx), `WHERE delivered_at = 0 AND stage < 2 ORDER BY position, id`)
	}
	columns := strings.Join(outboxTable.names(), ", ")
	of := func(stage string) string {
		return `SELECT ` + columns + ` FROM (SELECT ` + columns + ` FROM cris_outbox
			WHERE delivered_at = 0 AND stage = ` + stage + ` ORDER BY position, id LIMIT ?) AS stage` + stage
	}
	return read[eventRow](o.db.on(ctx), "read cris_outbox", of("0")+` UNION ALL `+of("1")+` ORDER BY position, id LIMIT ?`, limit, limit, limit)
}

// MarkDelivered implements cris.Outbox: it takes the events with these IDs out of Pending,
// for good. Its error is cris.ErrClock, or that of the context or of the database; some of
// the events may be marked then.
func (o *Outbox) MarkDelivered(ctx context.Context, ids ...string) error {
	now, err := o.db.now()
	if err != nil {
		return fmt.Errorf("sqlstore: mark events: %w", err)
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !text.IsStorable(id) }) // there is none
	for chunk := range slices.Chunk(ids, maxParameters-1) {
		args := []any{now}
		for _, id := range chunk {
			args = append(args, id)
		}
		if _, err := o.db.on(ctx).exec("mark events", `UPDATE cris_outbox SET delivered_at = ?
			WHERE delivered_at = 0 AND stage < 2 AND id IN `+tuples(1, len(chunk)), args...); err != nil {
			return err
		}
	}
	return ctx.Err()
}
