package extract

import (
	"bytes"

	"github.com/seed28e20331/cris/tracking"
)

// kept returns what may be kept of a damaged record (TR-2), no longer than a record. As
// far as quotes and commas are in their places, each field is known for what it is: those
// that are kept of good records stay if they can be read, and all others become blank.
// From the first misfit on a name may stand anywhere, and only the shape is kept.
func kept(l *Layout, line []byte) string {
	line = line[:min(len(line), l.frame.length)]
	text := shape(line)
	if !bytes.HasPrefix(line, quote) {
		return string(text)
	}
	text[0] = '"'
	for i := range l.fields {
		if !closes(l.fields, i, line) {
			break
		}
		field := &l.fields[i]
		switch {
		case field.Kind == Ignored || field.Kind == EventName:
			copy(field.in(text), bytes.Repeat([]byte(" "), field.Width))
		case field.Kind.read(field.in(line)).cause == "":
			copy(field.in(text), field.in(line))
		}
		end := field.end()
		copy(text[end:], line[end:min(end+len(between), len(line))])
	}
	return string(text)
}

// shape returns the line with an x for every byte, except where one field ends and the
// next begins: it tells how far a record was displaced. What is between two words of a
// name is an x too, for their lengths alone may tell who is meant.
func shape(line []byte) []byte {
	text := bytes.Repeat([]byte("x"), len(line))
	for at := 0; ; at += len(between) {
		next := bytes.Index(line[at:], []byte(between))
		if next < 0 {
			return text
		}
		at += next
		copy(text[at:], between)
	}
}

// read reads the text of a field alone.
func (k Kind) read(text []byte) (wrong fault) {
	switch k {
	case TrackingNumber:
		wrong = parseNumber(text, new(tracking.Number))
	case EventCode:
		_, wrong = parseCode(text)
	case EventDate:
		_, wrong = parseDate(text)
	case EventTime:
		_, wrong = parseTime(earliest, text)
	case ScanZIP:
		_, wrong = parseZIP(text)
	case ScanCountry:
		_, wrong = parseCountry(text)
	default:
	}
	return wrong
}
