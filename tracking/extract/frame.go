package extract

import (
	"bytes"
	"encoding/binary"

	"github.com/seed28e20331/cris/tracking"
)

// between stands between two fields.
const between = `","`

// frame is what all records of a layout have in common, the quotes and commas, prepared
// for a look at eight bytes at a time.
type frame struct {
	length int
	quotes int
	words  []frameWord // from the beginning
	last   frameWord   // the last eight bytes, which may overlap the word before
}

// frameWord says what eight bytes of a record must be where the mask is set.
type frameWord struct{ mask, want uint64 }

func newFrame(fields []Field) frame {
	length := fields[len(fields)-1].end() + 1
	mask, want := make([]byte, length), make([]byte, length)
	set := func(at int, text string) {
		for i := range len(text) {
			mask[at+i], want[at+i] = 0xff, text[i]
		}
	}
	set(0, `"`)
	for _, field := range fields[:len(fields)-1] {
		set(field.end(), between)
	}
	set(length-1, `"`)
	word := func(at int) frameWord {
		return frameWord{binary.LittleEndian.Uint64(mask[at:]), binary.LittleEndian.Uint64(want[at:])}
	}
	f := frame{length: length, quotes: 2 * len(fields), last: word(length - wordSize)}
	for at := 0; at+wordSize <= length; at += wordSize {
		f.words = append(f.words, word(at))
	}
	return f
}

const wordSize = 8 // bytes of a uint64; every layout is longer

// holds reports whether the line, of the frame's length, has its quotes and commas where
// they belong, no quote anywhere else, and no control character: it is then the same
// record as comma-separated values and as fixed fields.
func (f *frame) holds(line []byte) bool {
	wrong := f.last.wrong(binary.LittleEndian.Uint64(line[len(line)-wordSize:]))
	rest := line
	for i := range f.words {
		if len(rest) < wordSize {
			break
		}
		wrong |= f.words[i].wrong(binary.LittleEndian.Uint64(rest))
		rest = rest[wordSize:]
	}
	return wrong == 0 && bytes.Count(line, quote) == f.quotes
}

// wrong returns 0 if the eight bytes are as the frame wants them and none is a control
// character. A byte below the blank borrows from its highest bit when the blank is taken
// from it; the bytes above it may be found wrong with it, and never without.
func (w *frameWord) wrong(word uint64) uint64 {
	const each, highest = 0x0101010101010101, 0x8080808080808080
	return word&w.mask ^ w.want | (word-' '*each)&^word&highest
}

var quote = []byte{'"'}

// checkFrame says what is wrong with the length, quotes and commas of a line, nil if
// nothing is. A record that was shifted or cut would otherwise be read as another.
func checkFrame(fields []Field, line []byte) *tracking.SetAside {
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
				return &tracking.SetAside{Column: field.Start + at, Field: field.Name, Cause: "a quote: as comma-separated values the record is another"}
			case c < ' ':
				return &tracking.SetAside{Column: field.Start + at, Field: field.Name, Cause: "a control character"}
			}
		}
	}
	return nil
}

func checkLength(fields []Field, line []byte) *tracking.SetAside {
	length := fields[len(fields)-1].end() + 1
	switch {
	case len(line) < length:
		return &tracking.SetAside{Column: len(line) + 1, Field: "record", Cause: "too short for the layout"}
	case len(line) > length && line[length] == '\r':
		return &tracking.SetAside{Column: length + 1, Field: "record", Cause: "a line end of CR alone"}
	case len(line) > length:
		return &tracking.SetAside{Column: length + 1, Field: "record", Cause: "too long for the layout"}
	}
	return nil
}

func checkSeparators(fields []Field, line []byte) *tracking.SetAside {
	last := len(fields) - 1
	if line[0] != '"' {
		return &tracking.SetAside{Column: 1, Field: fields[0].Name, Cause: "no quote before it"}
	}
	for i := range fields[:last] {
		end := fields[i].end()
		if string(line[end:end+len(between)]) != between {
			return &tracking.SetAside{Column: end + 1, Field: fields[i].Name, Cause: "no quote, comma and quote after it"}
		}
	}
	if end := fields[last].end(); line[end] != '"' {
		return &tracking.SetAside{Column: end + 1, Field: fields[last].Name, Cause: "no quote after it"}
	}
	return nil
}
