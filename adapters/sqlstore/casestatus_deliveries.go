package sqlstore

import (
	"context"
	"strings"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// Deliveries implements casestatus.Deliveries.
type Deliveries struct{ db *DB }

// Deliveries returns the port to what was received of the mail side.
func (db *DB) Deliveries() *Deliveries { return &Deliveries{db} }

const readDeliveryCursor = `SELECT position FROM delivery_cursor WHERE id = 1`

// Cursor implements casestatus.Deliveries.
func (s *Deliveries) Cursor(ctx context.Context) (tracking.Cursor, error) {
	var saved []tracking.Cursor
	if err := s.db.read(ctx, "read delivery cursor", &saved, readDeliveryCursor); err != nil || len(saved) == 0 {
		return "", err
	}
	return saved[0], nil
}

// Scans implements casestatus.Scans.
func (s *Deliveries) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	var rows []scanRow
	if err := s.db.read(ctx, "read received scans", &rows, `SELECT number, at, code, zip, country, to_sender
		FROM delivery_scans WHERE number = ?`, number.String()); err != nil {
		return nil, err
	}
	scans := make([]tracking.Scan, len(rows))
	for i, row := range rows {
		scan, err := row.scan()
		if err != nil {
			return nil, err
		}
		scans[i] = scan
	}
	return scans, nil
}

// Update implements casestatus.Deliveries.
func (s *Deliveries) Update(ctx context.Context, decide func(at tracking.Cursor) (casestatus.DeliveryChange, error)) error {
	return s.db.update(ctx, "casestatus/deliveries", func(t *tx) error {
		var saved []tracking.Cursor
		if err := t.read("read delivery cursor", &saved, readDeliveryCursor); err != nil {
			return err
		}
		saved = append(saved, "") // before the first
		change, err := decide(saved[0])
		if err != nil {
			return err
		}
		if err := t.replaceDeliveries(change.Pieces); err != nil {
			return err
		}
		if _, err := t.exec("save delivery cursor", `INSERT INTO delivery_cursor (id, position) VALUES (1, ?)
			ON CONFLICT (id) DO UPDATE SET position = excluded.position`, string(change.Cursor)); err != nil {
			return err
		}
		return t.publish(change.Events)
	})
}

func (t *tx) replaceDeliveries(pieces []casestatus.Piece) error {
	const parameters = 900
	for len(pieces) > 0 {
		batch := pieces[:min(parameters, len(pieces))]
		pieces = pieces[len(batch):]
		var numbers []any
		var rows [][]any
		for _, piece := range batch {
			numbers = append(numbers, piece.Number.String())
			for _, scan := range piece.Scans {
				scan.Number = piece.Number
				rows = append(rows, appendScan(nil, scan))
			}
		}
		if _, err := t.exec("clear received scans", `DELETE FROM delivery_scans WHERE number IN (?`+
			strings.Repeat(", ?", len(numbers)-1)+`)`, numbers...); err != nil {
			return err
		}
		if err := t.insertRows("save received scans", `INSERT INTO delivery_scans (number, at, code, zip, country, to_sender)`,
			`ON CONFLICT DO NOTHING`, rows); err != nil {
			return err
		}
	}
	return nil
}
