package extract

import (
	"errors"
	"fmt"
	"slices"
)

// Kind says what a field holds, as far as it is read.
type Kind uint8

// The kinds of field. A layout has exactly one field of each kind but Ignored and
// EventName; it may have at most one EventName.
const (
	Ignored        Kind = iota // skipped, whatever it holds
	TrackingNumber             // at most the 30 digits of a number, padded with blanks
	EventCode                  // two characters
	EventName                  // only read for a delivery to the original sender
	EventDate                  // YYYYMMDD
	EventTime                  // HHMM, local to the place
	ScanZIP                    // five digits; blank or 00000 for none
	ScanCountry                // two letters, or blank
	kinds                      // how many there are
)

func (k Kind) String() string {
	return [...]string{
		"ignored", "tracking number", "event code", "event name", "event date", "event time", "scan ZIP code", "scan country",
	}[min(k, kinds-1)]
}

// Field is one field of a layout.
type Field struct {
	Name     string
	Start    int // the first byte between the quotes, from 1
	Width    int // bytes between the quotes
	Kind     Kind
	Inferred bool // not published where it could be checked
}

// in returns the bytes of the field in a record.
func (f *Field) in(line []byte) []byte { return line[f.Start-1 : f.end()] }

// end returns the byte after the field, from 0; the closing quote stands there.
func (f *Field) end() int { return f.Start - 1 + f.Width }

// Layout is a valid layout of records: see NewLayout and Layout280. Its zero value is
// none; Options take it for Layout280.
type Layout struct {
	fields []Field
	of     [kinds]Field // the field of each kind but Ignored
	frame  frame
}

var widths = map[Kind]int{EventCode: 2, EventDate: 8, EventTime: 4, ScanZIP: 5, ScanCountry: 2}

// NewLayout returns the layout with the given fields, in order, of which each stands
// between quotes with one comma to the next. Its error says which field does not fit.
func NewLayout(fields ...Field) (Layout, error) {
	layout := Layout{fields: slices.Clone(fields)}
	start := 2 // after the first quote
	for _, field := range fields {
		if field.Start != start || field.Width < 1 || field.Width > maxRecord {
			return Layout{}, fmt.Errorf("extract: field %q: want it to start at byte %d and hold 1 to %d bytes", field.Name, start, maxRecord)
		}
		if field.Kind >= kinds {
			return Layout{}, fmt.Errorf("extract: field %q: no such kind", field.Name)
		}
		if want, fixed := widths[field.Kind]; fixed && field.Width != want {
			return Layout{}, fmt.Errorf("extract: field %q: want %d bytes for the %s", field.Name, want, field.Kind)
		}
		if field.Kind != Ignored {
			if layout.of[field.Kind].Width > 0 {
				return Layout{}, fmt.Errorf("extract: field %q: a second %s", field.Name, field.Kind)
			}
			layout.of[field.Kind] = field
		}
		start += field.Width + len(between)
	}
	for kind := Ignored + 1; kind < kinds; kind++ {
		if layout.of[kind].Width == 0 && kind != EventName {
			return Layout{}, fmt.Errorf("extract: no field for the %s", kind)
		}
	}
	if layout.Length() > maxRecord {
		return Layout{}, errors.New("extract: the record is too long")
	}
	layout.frame = newFrame(layout.fields)
	return layout, nil
}

// Layout280 is the layout of records of 280 bytes that the package documentation shows.
func Layout280() Layout {
	layout, err := NewLayout(
		Field{"tracking number", 2, 22, TrackingNumber, false},
		Field{"electronic file number", 27, 22, Ignored, false},
		Field{"mailer identifier", 52, 9, Ignored, false},
		Field{"mailer name", 64, 20, Ignored, false},
		Field{"destination ZIP code", 87, 5, Ignored, false},
		Field{"destination ZIP+4", 95, 4, Ignored, true},
		Field{"scan ZIP code", 102, 5, ScanZIP, true},
		Field{"event code", 110, 2, EventCode, true},
		Field{"event name", 115, 15, EventName, true},
		Field{"event date", 133, 8, EventDate, true},
		Field{"event time", 144, 4, EventTime, true},
		Field{"mail owner identifier", 151, 9, Ignored, true},
		Field{"customer reference", 163, 30, Ignored, true},
		Field{"scan country", 196, 2, ScanCountry, true},
		Field{"recipient name", 201, 20, Ignored, true},
		Field{"original label", 224, 22, Ignored, true},
		Field{"unit of weight", 249, 1, Ignored, true},
		Field{"weight", 253, 9, Ignored, true},
		Field{"guaranteed delivery date", 265, 8, Ignored, true},
		Field{"guaranteed delivery time", 276, 4, Ignored, true},
	)
	if err != nil {
		panic(err) // the table above is part of the program
	}
	return layout
}

// Fields returns the fields in order. The caller may keep and change the slice.
func (l Layout) Fields() []Field { return slices.Clone(l.fields) }

// Length returns the bytes of a record, without the line end.
func (l Layout) Length() int {
	if len(l.fields) == 0 {
		return 0
	}
	return l.fields[len(l.fields)-1].end() + 1
}
