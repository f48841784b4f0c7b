package extract

import (
	"strconv"

	"github.com/seed28e20331/cris/tracking"
)

// TooDamagedError ends the reading of a file that has more damaged records than
// Options.MaxDamaged allow. Those up to there, and the good ones among them, were yielded.
type TooDamagedError struct {
	File  string // "" if a reader does not know it
	Limit int    // damaged records
}

func (e *TooDamagedError) Error() string {
	text := "more than " + strconv.Itoa(e.Limit) + " damaged records"
	if e.File != "" {
		text = e.File + ": " + text
	}
	return "extract: " + text
}

// fault is why the text of one field cannot be read; the zero fault is none.
type fault struct {
	at    int // byte of the text, from 0
	cause tracking.Cause
}

// damage says where in the line the field cannot be read.
func (f *Field) damage(wrong fault) *tracking.Damage {
	return &tracking.Damage{Column: f.Start + wrong.at, Field: f.Name, Cause: wrong.cause}
}

// wholeRecord is the Field of damage that is not that of one field.
const wholeRecord = "record"

// yieldDamage yields what is wrong with the line of that number, and reports whether
// reading goes on.
func (r *Reader) yieldDamage(number int, line []byte, damage *tracking.Damage, yield func(tracking.Record, error) bool) bool {
	if r.file.Damaged == r.opts.MaxDamaged {
		yield(tracking.Record{}, &TooDamagedError{File: r.opts.Name, Limit: r.opts.MaxDamaged})
		return false
	}
	damage.Line, damage.Kept = number, kept(&r.layout, line)
	record := tracking.Record{Line: number, Damage: damage}
	r.file.Count(&record)
	return yield(record, nil)
}

// yieldBlanks yields that many blank lines before the present one as damage.
func (r *Reader) yieldBlanks(count int, yield func(tracking.Record, error) bool) bool {
	for number := r.line - count; number < r.line; number++ {
		damage := &tracking.Damage{Column: 1, Field: wholeRecord, Cause: tracking.BlankLine}
		if !r.yieldDamage(number, nil, damage, yield) {
			return false
		}
	}
	return true
}
