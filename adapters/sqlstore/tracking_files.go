package sqlstore

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// scanFileRow is a row of scan_files.
type scanFileRow struct {
	ID        tracking.FileID    `db:"file,key"`
	Name      string             `db:"name"`
	Mailer    string             `db:"mailer"`
	Day       cris.Date          `db:"day"`
	Number    int                `db:"series"`
	Announces bool               `db:"announces"`
	Announced int                `db:"announced"`
	Records   int                `db:"records"`
	Damaged   int                `db:"damaged"`
	New       int                `db:"new_scans"`
	Done      bool               `db:"done"`
	First     tracking.LocalTime `db:"first_scan"`
	Last      tracking.LocalTime `db:"last_scan" retention:"starts"`
	Received  time.Time          `db:"received,once"` // when something of it was saved first
}

var scanFileTable = newTable[scanFileRow]("cris_scan_files")

func rowOfFile(f tracking.File, received time.Time) scanFileRow {
	return scanFileRow{
		ID: f.ID, Name: f.Name, Mailer: f.Series.Mailer, Day: f.Series.Day, Number: f.Series.Number,
		Announces: f.Announces, Announced: f.Announced, Records: f.Records, Damaged: f.Damaged, New: f.New, Done: f.Done,
		First: f.First, Last: f.Last, Received: received,
	}
}

func (r scanFileRow) file() tracking.File {
	return tracking.File{
		ID: r.ID, Name: r.Name, Series: tracking.Series{Mailer: r.Mailer, Day: r.Day, Number: r.Number},
		Announces: r.Announces, Announced: r.Announced, Records: r.Records, Damaged: r.Damaged, New: r.New, Done: r.Done,
		First: r.First, Last: r.Last,
	}
}

// damageRow is a row of scan_damage.
type damageRow struct {
	File   tracking.FileID `db:"file,key" retention:"as cris_scan_files"`
	Line   int             `db:"line,key"`
	Column int             `db:"position"`
	Field  string          `db:"field"`
	Cause  tracking.Cause  `db:"cause"`
	Kept   string          `db:"kept" personal:"content"`
	Sealed sealedColumn    `db:"sealed"`
}

var damageTable = newTable[damageRow]("cris_scan_damage")

func rowsOfDamage(id tracking.FileID, damage []tracking.Damage) []damageRow {
	rows := make([]damageRow, len(damage))
	for i, d := range damage {
		rows[i] = damageRow{File: id, Line: d.Line, Column: d.Column, Field: d.Field, Cause: d.Cause, Kept: d.Kept}
	}
	return rows
}

func (r damageRow) damage() tracking.Damage {
	return tracking.Damage{Line: r.Line, Column: r.Column, Field: r.Field, Cause: r.Cause, Kept: r.Kept}
}
