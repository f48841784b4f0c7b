package sqlstore

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// Deliveries is the port to what was received of the mail side: a casestatus.Deliveries.
type Deliveries struct{ db *DB }

// Deliveries returns the port to what was received of the mail side.
func (db *DB) Deliveries() *Deliveries { return &Deliveries{db} }

// Cursor implements casestatus.Deliveries: it returns the cursor saved last, "" before the
// first. Its error is that of the context or of the database.
func (s *Deliveries) Cursor(ctx context.Context) (tracking.Cursor, error) {
	return deliveryCursor(s.db.on(ctx))
}

func deliveryCursor(s *session) (tracking.Cursor, error) {
	saved, _, err := deliveryCursorTable.get(s, theOne)
	return saved.Position, err
}

// Scans implements casestatus.Scans: it returns the scans of a piece that were received,
// none for an unknown number. Its error is that of the context or of the database.
func (s *Deliveries) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	rows, err := receivedScanTable.find(s.db.on(ctx), `WHERE number = ?`, number)
	if err != nil {
		return nil, err
	}
	scans := make([]tracking.Scan, len(rows))
	for i, row := range rows {
		scans[i] = row.scan(row.Number.Number)
	}
	return scans, nil
}

// Update implements casestatus.Deliveries. It returns the error of decide as it is, one that
// matches casestatus.ErrConflict if the ID of an event or of an alert is taken or the
// database gave up, and otherwise that of the clock, of the context or of the database. Text
// that is not UTF-8 or has a NUL in it is refused.
func (s *Deliveries) Update(
	ctx context.Context, numbers []tracking.Number, decide func(prior casestatus.Filed) (casestatus.DeliveryChange, error),
) error {
	return s.db.update(ctx, "casestatus/deliveries", func(tx *tx) error {
		prior, err := filedPieces(tx, numbers)
		if err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if err := replacePieces(tx, change.Pieces); err != nil {
			return err
		}
		if err := deliveryCursorTable.upsert(tx, deliveryCursorRow{theOne, change.Cursor}); err != nil {
			return err
		}
		return tx.publish(change.Events)
	})
}

// filedPieces returns the cursor and what is filed of the pieces.
func filedPieces(tx *tx, numbers []tracking.Number) (filed casestatus.Filed, err error) {
	if filed.Cursor, err = deliveryCursor(tx); err != nil {
		return filed, err
	}
	at := map[tracking.Number]*casestatus.Piece{}
	once := eachOnce(numbers)
	for _, number := range once {
		at[number] = &casestatus.Piece{Number: number}
	}
	for some := range slices.Chunk(once, maxParameters) {
		among, args := amongNumbers(some)
		pieces, err := deliveryPieceTable.find(tx, among, args...)
		if err != nil {
			return filed, err
		}
		for _, row := range pieces {
			at[row.Number.Number].LookAgain = row.LookAgain
		}
		scans, err := receivedScanTable.find(tx, among, args...)
		if err != nil {
			return filed, err
		}
		for _, row := range scans {
			piece := at[row.Number.Number]
			piece.Scans = append(piece.Scans, row.scan(piece.Number))
		}
		alerts, err := mailAlertTable.find(tx, among, args...)
		if err != nil {
			return filed, err
		}
		for _, row := range alerts {
			piece := at[row.Number.Number]
			piece.Alerts = append(piece.Alerts, row.alert())
		}
	}
	for _, number := range numbers {
		piece := *at[number]
		piece.Scans, piece.Alerts = slices.Clone(piece.Scans), slices.Clone(piece.Alerts) // one asked for twice is given twice
		filed.Pieces = append(filed.Pieces, piece)
	}
	return filed, nil
}

// eachOnce returns the numbers without those that come again.
func eachOnce(numbers []tracking.Number) (once []tracking.Number) {
	seen := make(map[tracking.Number]bool, len(numbers))
	for _, number := range numbers {
		if !seen[number] {
			seen[number] = true
			once = append(once, number)
		}
	}
	return once
}

// replacePieces saves the pieces in place of what is filed of them.
func replacePieces(tx *tx, pieces []casestatus.Piece) error {
	for some := range slices.Chunk(pieces, maxParameters) {
		numbers := make([]tracking.Number, len(some))
		var rows []deliveryPieceRow
		var scans []receivedScanRow
		var alerts []mailAlertRow
		for i, piece := range some {
			numbers[i] = piece.Number
			rows = append(rows, deliveryPieceRow{trackingNumber{piece.Number}, piece.LookAgain})
			for _, scan := range piece.Scans {
				scans = append(scans, receivedScanRow{trackingNumber{piece.Number}, columnsOfScan(scan)})
			}
			for _, alert := range piece.Alerts {
				alerts = append(alerts, rowOfMailAlert(piece.Number, alert))
			}
		}
		if err := deliveryPieceTable.upsert(tx, rows...); err != nil {
			return err
		}
		among, args := amongNumbers(numbers)
		if _, err := receivedScanTable.remove(tx, among, args...); err != nil {
			return err
		}
		if _, err := receivedScanTable.insertNew(tx, scans...); err != nil {
			return err
		}
		if _, err := mailAlertTable.remove(tx, among, args...); err != nil {
			return err
		}
		if err := mailAlertTable.insert(tx, alerts...); err != nil {
			return err
		}
	}
	return nil
}

// amongNumbers returns the condition that a row is of one of the pieces.
func amongNumbers(numbers []tracking.Number) (where string, args []any) {
	for _, number := range numbers {
		args = append(args, number)
	}
	return `WHERE number IN ` + tuples(1, len(numbers)), args
}

// Due implements casestatus.Deliveries: it yields the pieces that are to be looked at by the
// day, a few hundred at a time, and holds neither a connection nor a lock while it yields.
// Its error is that of the context or of the database.
func (s *Deliveries) Due(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
	return paged(ctx, page, func(after casestatus.DuePiece, limit int) ([]deliveryPieceRow, error) {
		return deliveryPieceTable.find(s.db.on(ctx), `WHERE (look_again, number) > (?, ?) AND look_again > '' AND look_again <= ?
			ORDER BY look_again, number LIMIT ?`, after.On, after.Number, by, limit)
	}, func(row deliveryPieceRow) (casestatus.DuePiece, casestatus.DuePiece, error) {
		due := casestatus.DuePiece{On: row.LookAgain, Number: row.Number.Number}
		return due, due, nil
	})
}

// Alerts implements casestatus.Deliveries: it yields alerts by ID, a few hundred at a time,
// and holds neither a connection nor a lock while it yields. Its error is that of the
// context or of the database.
func (s *Deliveries) Alerts(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
	return paged(ctx, query.Page, func(after string, limit int) ([]mailAlertRow, error) {
		var where conditions
		if !query.Receipt.IsZero() {
			where.and("receipt = ?", query.Receipt)
		}
		where.and("id > ?", after)
		return mailAlertTable.find(s.db.on(ctx), "WHERE "+strings.Join(where.sql, " AND ")+" ORDER BY id LIMIT ?", append(where.args, limit)...)
	}, func(row mailAlertRow) (casestatus.MailAlert, string, error) {
		return row.alert(), row.ID, nil
	})
}

// theOne is the key of the only row of a table.
const theOne = 1

// deliveryCursorRow is the row of delivery_cursor.
type deliveryCursorRow struct {
	ID       int             `db:"id,key"`
	Position tracking.Cursor `db:"position"`
}

// deliveryPieceRow is a row of delivery_pieces.
type deliveryPieceRow struct {
	Number    trackingNumber `db:"number,key"`
	LookAgain cris.Date      `db:"look_again"`
}

// receivedScanRow is a row of delivery_scans: the whole row is the key.
type receivedScanRow struct {
	Number      trackingNumber `db:"number,key"`
	scanColumns `db:",key"`
}

// mailAlertRow is a row of mail_alerts.
type mailAlertRow struct {
	ID       string                   `db:"id,key"`
	Number   trackingNumber           `db:"number"`
	Receipt  casestatus.ReceiptNumber `db:"receipt"`
	Document casestatus.Document      `db:"document"`
	Mailed   cris.Date                `db:"mailed"`
	Raised   time.Time                `db:"raised_at" retention:"starts"`
	Kind     tracking.AlertKind       `db:"kind"`
	Since    cris.Date                `db:"since"`
	Scan     scanColumns              `db:"scan_"`
}

var (
	deliveryCursorTable = newTable[deliveryCursorRow]("cris_delivery_cursor")
	deliveryPieceTable  = newTable[deliveryPieceRow]("cris_delivery_pieces")
	receivedScanTable   = newTable[receivedScanRow]("cris_delivery_scans")
	mailAlertTable      = newTable[mailAlertRow]("cris_mail_alerts")
)

func rowOfMailAlert(number tracking.Number, a casestatus.MailAlert) mailAlertRow {
	return mailAlertRow{
		ID: a.ID, Number: trackingNumber{number}, Receipt: a.Receipt, Document: a.Mailing.Document, Mailed: a.Mailing.Mailed,
		Raised: a.Raised, Kind: a.Kind, Since: a.Since, Scan: columnsOfScan(a.Scan),
	}
}

func (r mailAlertRow) alert() casestatus.MailAlert {
	number := r.Number.Number
	alert := casestatus.MailAlert{
		ID: r.ID, Raised: r.Raised, Receipt: r.Receipt,
		Mailing: casestatus.Mailing{Document: r.Document, Number: number, Mailed: r.Mailed},
		Alert:   tracking.Alert{Kind: r.Kind, Since: r.Since},
	}
	if r.Scan != (scanColumns{}) { // there is a scan
		alert.Scan = r.Scan.scan(number)
	}
	return alert
}
