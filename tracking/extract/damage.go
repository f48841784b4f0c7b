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

// yieldDamage yields what is wrong with the line of that number, and reports whether
// reading goes on.
func (r *Reader) yieldDamage(number int, line []byte, damage *tracking.SetAside, yield func(tracking.Scan, error) bool) bool {
	if r.summary.Records-r.summary.Good == r.opts.MaxDamaged {
		yield(tracking.Scan{}, &TooDamagedError{File: r.opts.Name, Limit: r.opts.MaxDamaged})
		return false
	}
	damage.File, damage.Line = r.opts.Name, number
	r.summary.AddSetAside(damage.Cause)
	return yield(tracking.Scan{}, &tracking.DamagedRecord{SetAside: *damage, Kept: kept(&r.layout, line)})
}

// yieldBlanks yields that many blank lines before the present one as damage.
func (r *Reader) yieldBlanks(count int, yield func(tracking.Scan, error) bool) bool {
	for number := r.line - count; number < r.line; number++ {
		damage := &tracking.SetAside{Column: 1, Field: "record", Cause: "a blank line"}
		if !r.yieldDamage(number, nil, damage, yield) {
			return false
		}
	}
	return true
}
