package extract

import (
	"bytes"
	"encoding/binary"

	"github.com/seed28e20331/cris/tracking"
)

// between stands between two fields.
const between = `","`

// frame is what all records of a layout have in common: their length, and where the
// quotes and commas between fields stand.
type frame struct {
	length     int
	separators []int // where each begins, from 0
}

func newFrame(fields []Field) frame {
	last := len(fields) - 1
	f := frame{length: fields[last].end() + 1}
	for i := range fields[:last] {
		f.separators = append(f.separators, fields[i].end())
	}
	return f
}

// holds reports whether the line, of the frame's length, has its quotes and commas where
// they belong, no quote anywhere else, and no control character below the blank: it is then
// the same record as comma-separated values and as fixed fields.
func (f *frame) holds(line []byte) bool {
	const want = '"' | ','<<8 | '"'<<16 // between, as the first three of four bytes
	if line[0] != '"' || line[len(line)-1] != '"' {
		return false
	}
	var wrong uint32
	for _, at := range f.separators {
		wrong |= (binary.LittleEndian.Uint32(line[at:]) ^ want) << 8
	}
	return wrong == 0 && !hasControl(line) && bytes.Count(line, quote) == 2+2*len(f.separators)
}

// hasControl reports whether a byte of the line is below the blank. DEL is not looked for:
// it ends and splits nothing, and no field that is kept may hold it.
//
// A byte that is below borrows from its highest bit when the blank is taken from it; those
// above it may be found with it, and never without. Every layout is longer than one step.
func hasControl(line []byte) bool {
	const blanks, highest, step = 0x2020202020202020, 0x8080808080808080, 32
	below := func(text []byte) uint64 {
		word := binary.LittleEndian.Uint64(text)
		return (word - blanks) &^ word
	}
	var found uint64
	for rest := line; len(rest) > 0; rest = rest[step:] {
		if len(rest) < step {
			rest = line[len(line)-step:] // the last step overlaps the one before
		}
		found |= below(rest[0:8]) | below(rest[8:16]) | below(rest[16:24]) | below(rest[24:32])
	}
	return found&highest != 0
}

var quote = []byte{'"'}

// checkFrame says what is wrong with the length, quotes and commas of a line, nil if
// nothing is. A record that was shifted or cut would otherwise be read as another.
func checkFrame(fields []Field, line []byte) *tracking.Damage {
	if damage := checkLength(fields, line); damage != nil {
		return damage
	}
	if damage := checkSeparators(fields, line); damage != nil {
		return damage
	}
	for i := range fields {
		field := &fields[i]
		for at, c := range field.in(line) {
			switch {
			case c == '"':
				return &tracking.Damage{Column: field.Start + at, Field: field.Name, Cause: tracking.StrayQuote}
			case c < ' ':
				return &tracking.Damage{Column: field.Start + at, Field: field.Name, Cause: tracking.ControlCharacter}
			}
		}
	}
	return nil
}

func checkLength(fields []Field, line []byte) *tracking.Damage {
	length := fields[len(fields)-1].end() + 1
	switch {
	case len(line) < length:
		return &tracking.Damage{Column: len(line) + 1, Field: wholeRecord, Cause: tracking.TooShort}
	case len(line) > length && line[length] == '\r':
		return &tracking.Damage{Column: length + 1, Field: wholeRecord, Cause: tracking.LoneCR}
	case len(line) > length:
		return &tracking.Damage{Column: length + 1, Field: wholeRecord, Cause: tracking.TooLong}
	}
	return nil
}

func checkSeparators(fields []Field, line []byte) *tracking.Damage {
	if line[0] != '"' {
		return &tracking.Damage{Column: 1, Field: fields[0].Name, Cause: tracking.WrongSeparator}
	}
	for i := range fields {
		if !closes(fields, i, line) {
			return &tracking.Damage{Column: fields[i].end() + 1, Field: fields[i].Name, Cause: tracking.WrongSeparator}
		}
	}
	return nil
}

// closes reports whether the field with the given index ends in the line where it should:
// with a quote, and before another field with a comma and a quote too. The line may have
// any length.
func closes(fields []Field, i int, line []byte) bool {
	want := between
	if i == len(fields)-1 {
		want = `"`
	}
	return bytes.HasPrefix(line[min(fields[i].end(), len(line)):], []byte(want))
}

// fit returns how much of the quotes and commas of a layout the line has in their places,
// from 0 to 1.
func fit(fields []Field, line []byte) float64 {
	found := 0
	if bytes.HasPrefix(line, quote) {
		found++
	}
	for i := range fields {
		if closes(fields, i, line) {
			found++
		}
	}
	return float64(found) / float64(1+len(fields))
}
