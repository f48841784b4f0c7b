package sqlstore

import (
	"cmp"
	"context"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// ProcessingTimes is the port to the publications: a casestatus.ProcessingTimes.
type ProcessingTimes struct{ db *DB }

// ProcessingTimes returns the port to the publications.
func (db *DB) ProcessingTimes() *ProcessingTimes { return &ProcessingTimes{db} }

// Posted implements casestatus.ProcessingTimes: it returns the publication that was read
// last up to the day, or an error that matches casestatus.ErrNotFound. Any other error is
// that of the context or of the database.
func (s *ProcessingTimes) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	for _, name := range []string{string(under.Form), string(under.FormType), string(under.Office)} {
		if !text.IsStorable(name) { // nothing is posted under it
			return casestatus.ProcessingTime{}, cmp.Or(ctx.Err(), notFound("processing time"))
		}
	}
	rows, err := processingTimeTable.find(s.db.on(ctx), `WHERE form = ? AND form_type = ? AND office = ? AND read_on <= ?
		ORDER BY read_on DESC, position DESC LIMIT 1`, under.Form, under.FormType, under.Office, on)
	if err != nil {
		return casestatus.ProcessingTime{}, err
	}
	if len(rows) == 0 {
		return casestatus.ProcessingTime{}, notFound("processing time")
	}
	return rows[0].processingTime()
}

// Post implements casestatus.ProcessingTimes: it keeps the publications, all or none. Its
// error matches casestatus.ErrConflict if the database gave up, and otherwise is that of the
// clock, of the context or of the database.
func (s *ProcessingTimes) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	return s.db.update(ctx, "casestatus/processing times", func(tx *tx) error {
		highest, err := read[int](tx, "read position", `SELECT COALESCE(MAX(position), 0) FROM cris_processing_times`)
		if err != nil {
			return err
		}
		rows := make([]processingTimeRow, len(times))
		for i, posted := range times {
			rows[i] = rowOfProcessingTime(posted, highest[0]+i+1)
		}
		return processingTimeTable.upsert(tx, rows...) // one that is kept already moves up: it was posted last
	})
}

// processingTimeRow is a row of processing_times.
type processingTimeRow struct {
	ID          casestatus.PublicationID `db:"id,key"`
	Form        casestatus.FormNumber    `db:"form"`
	FormType    casestatus.FormType      `db:"form_type"`
	Office      casestatus.OfficeCode    `db:"office"`
	ReadOn      cris.Date                `db:"read_on"`
	PublishedOn cris.Date                `db:"published_on"`
	InquiryDate cris.Date                `db:"inquiry_date"`
	StatedDays  int                      `db:"stated_days"`
	Threshold   boundColumns             `db:"threshold"`
	Other       boundColumns             `db:"other"`
	AsOf        cris.Date                `db:"as_of"`
	FormNote    noteColumns              `db:"form_"`
	Note        noteColumns
	Position    int `db:"position"` // in the order of posting
}

// boundColumns are the columns of a bound, which may be a number without a unit. All are empty
// if nothing was published.
type boundColumns struct {
	Value string          `db:""` // in one form only, so that equal publications are equal rows
	Unit  casestatus.Unit `db:"_unit"`
}

// noteColumns are the columns of a remark.
type noteColumns struct {
	English string `db:"note_en"`
	Spanish string `db:"note_es"`
}

var processingTimeTable = newTable[processingTimeRow]("cris_processing_times")

func rowOfProcessingTime(p casestatus.ProcessingTime, position int) processingTimeRow {
	return processingTimeRow{
		ID: p.ID(), Form: p.Form, FormType: p.FormType, Office: p.Office,
		ReadOn: p.ReadOn, PublishedOn: p.PublishedOn, InquiryDate: p.InquiryDate, StatedDays: p.StatedDays,
		Threshold: columnsOfBound(p.Threshold), Other: columnsOfBound(p.Other), AsOf: p.AsOf,
		FormNote: noteColumns(p.FormNote), Note: noteColumns(p.Note), Position: position,
	}
}

func columnsOfBound(b casestatus.Bound) boundColumns {
	if b.IsZero() && b.Value.IsZero() {
		return boundColumns{}
	}
	return boundColumns{b.Value.String(), b.Unit}
}

func (r processingTimeRow) processingTime() (casestatus.ProcessingTime, error) {
	parse := parser{}
	posted := casestatus.ProcessingTime{
		Form: r.Form, FormType: r.FormType, Office: r.Office,
		ReadOn: r.ReadOn, PublishedOn: r.PublishedOn, InquiryDate: r.InquiryDate, StatedDays: r.StatedDays,
		Threshold: r.Threshold.bound(&parse), Other: r.Other.bound(&parse), AsOf: r.AsOf,
		FormNote: casestatus.Notes(r.FormNote), Note: casestatus.Notes(r.Note),
	}
	return whole(posted, &parse, "processing time")
}

func (c boundColumns) bound(parse *parser) casestatus.Bound {
	if c.Value == "" {
		return casestatus.Bound{}
	}
	value, err := decimal.NewFromString(c.Value)
	parse.keep(err)
	return casestatus.Bound{Value: value, Unit: c.Unit}
}
