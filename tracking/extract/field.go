package extract

import (
	"errors"
	"fmt"
	"slices"
)

// Kind says what a field holds, as far as it is read.
type Kind uint8

// The kinds of field: those up to ScanCountry are for a Layout of records, those behind it
// for a HeaderLayout, and Ignored is for both.
const (
	Ignored        Kind = iota // skipped, whatever it holds
	TrackingNumber             // at most the 30 digits of a number, padded with blanks
	EventCode                  // two characters
	EventName                  // only read for a delivery to the original sender
	EventDate                  // YYYYMMDD
	EventTime                  // HHMM, local to the place
	ScanZIP                    // five digits; blank, 00000 or another code that no place has for none
	ScanCountry                // two letters, or blank
	RecordType                 // the letter H, padded with blanks
	MailerID                   // digits
	ElectronicFile             // number of the file, padded with blanks
	FileDate                   // YYYYMMDD
	SeriesNumber               // digits: where the file stands in the series of the day
	RecordCount                // digits: records that follow
	kinds                      // how many there are
)

func (k Kind) String() string {
	return [...]string{
		"ignored", "tracking number", "event code", "event name", "event date", "event time", "scan ZIP code", "scan country",
		"record type", "mailer identifier", "electronic file number", "file date", "series number", "record count", "no kind",
	}[min(k, kinds)]
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

// table is what the layouts of records and of headers have in common.
type table struct {
	fields []Field
	of     [kinds]Field // the field of each kind but Ignored; its width is 0 where there is none
}

// kindRule is what a layout asks of its field of one kind. It has at most one.
type kindRule struct {
	kind  Kind
	width int  // bytes; 0 for any number
	must  bool // be there
}

func newTable(fields []Field, rules []kindRule) (table, error) {
	t := table{fields: slices.Clone(fields)}
	start := 2 // after the first quote
	for _, field := range fields {
		if field.Start != start || field.Width < 1 || field.Width > maxRecord {
			return table{}, fmt.Errorf("extract: field %q: want it to start at byte %d and hold 1 to %d bytes", field.Name, start, maxRecord)
		}
		start += field.Width + len(between)
		if field.Kind == Ignored {
			continue
		}
		if err := field.check(rules); err != nil {
			return table{}, err
		}
		if t.of[field.Kind].Width > 0 {
			return table{}, fmt.Errorf("extract: field %q: a second %s", field.Name, field.Kind)
		}
		t.of[field.Kind] = field
	}
	for _, rule := range rules {
		if rule.must && t.of[rule.kind].Width == 0 {
			return table{}, fmt.Errorf("extract: no field for the %s", rule.kind)
		}
	}
	if t.Length() > maxRecord {
		return table{}, errors.New("extract: the record is too long")
	}
	return t, nil
}

func (f *Field) check(rules []kindRule) error {
	for _, rule := range rules {
		if rule.kind != f.Kind {
			continue
		}
		if rule.width != 0 && rule.width != f.Width {
			return fmt.Errorf("extract: field %q: want %d bytes for the %s", f.Name, rule.width, f.Kind)
		}
		return nil
	}
	return fmt.Errorf("extract: field %q: no such kind in this layout", f.Name)
}

// Fields returns the fields in order. The caller may keep and change the slice.
func (t table) Fields() []Field { return slices.Clone(t.fields) }

// Length returns the bytes of a line of this layout, without the line end; 0 for the zero
// layout.
func (t table) Length() int {
	if len(t.fields) == 0 {
		return 0
	}
	return t.fields[len(t.fields)-1].end() + 1
}
