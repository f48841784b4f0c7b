package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/seed28e20331/cris/tracking"
)

// FullRecord is a record as it stands in a file, with what is not kept of it.
type FullRecord struct {
	Scan tracking.Scan
	// EventName is cut to the width of its field. "" writes the name of the code, and of a
	// delivery to the sender that it is one.
	EventName string
	Other     map[string]string // the ignored fields, by Field.Name; a missing one is blank
}

// Writer writes an extract file: for tests and simulations of the daily delivery, which
// comes from the USPS. It refuses what would not come back: of what it writes, a Reader
// with the same Options reads the same header and the same scans. That the header
// announces as many records as follow is up to the caller. It is not safe for concurrent
// use.
type Writer struct {
	out   io.Writer
	opts  Options // with defaults
	began bool
	parser
}

// NewWriter returns a writer to w, which it does not buffer. Nil options mean defaults.
func NewWriter(w io.Writer, opts *Options) *Writer {
	all := opts.withDefaults()
	return &Writer{out: w, opts: all, parser: parser{layout: all.Layout, latest: all.NotAfter}}
}

// WriteHeader writes a header, which must come first. It fails, and writes nothing, if a
// field is too narrow for its value, or if the header would be read as another or not at
// all.
func (w *Writer) WriteHeader(h Header) error {
	if w.began {
		return errors.New("extract: the header must come first")
	}
	line, err := joinFields(w.opts.Header.fields, texts(w.opts.Header.fields, h.text))
	if err != nil {
		return err
	}
	again, rejected := w.opts.Header.parse(line)
	if rejected != nil {
		return fmt.Errorf("extract: field %q: %s", rejected.Field, rejected.Cause)
	}
	if again != h {
		return errors.New("extract: the header would be read as another")
	}
	w.limitTo(h.Date)
	return w.write(line)
}

// Write writes one record. It fails, and writes nothing, if a field is too narrow for its
// value, if the value holds a quote or a control character, if there is no ignored field
// of a name in Other, or if the scan would be read as another or not at all: one with a
// ZIP+4 code, say, with a date that Options or the header do not allow, or of a delivery
// to the sender where the event's name is missing or tells of none.
func (w *Writer) Write(record FullRecord) error {
	if err := w.checkOther(record.Other); err != nil {
		return err
	}
	line, err := joinFields(w.layout.fields, texts(w.layout.fields, record.text))
	if err != nil {
		return err
	}
	if !w.began {
		if err := w.checkFirst(line); err != nil {
			return err
		}
	}
	var again tracking.Scan
	if damage := w.parse(line, &again); damage != nil {
		return fmt.Errorf("extract: field %q: %s", damage.Field, damage.Cause)
	}
	if again != record.Scan {
		return fmt.Errorf("extract: the scan would be read as another: %s", difference(again, record.Scan))
	}
	return w.write(line)
}

func (w *Writer) checkOther(other map[string]string) error {
	for name := range other {
		if !slices.ContainsFunc(w.layout.fields, func(f Field) bool { return f.Kind == Ignored && f.Name == name }) {
			return fmt.Errorf("extract: no ignored field %q", name)
		}
	}
	return nil
}

// checkFirst refuses a record that cannot be the first line of a file.
func (w *Writer) checkFirst(line []byte) error {
	switch {
	case w.opts.WantHeader:
		return errors.New("extract: the header must come first")
	case w.opts.Header.heads(line, &w.layout):
		return errors.New("extract: the first record would be read as a header")
	}
	return nil
}

// difference says in which of their parts two scans differ. Codes and times are read as
// they were written, or not at all.
func difference(a, b tracking.Scan) string {
	switch {
	case a.Number != b.Number:
		return "the number"
	case a.Place != b.Place:
		return "the place"
	default:
		return "whether it is a delivery to the sender"
	}
}

func (w *Writer) write(line []byte) error {
	w.began = true
	if _, err := w.out.Write(append(line, '\r', '\n')); err != nil {
		return fmt.Errorf("extract: write: %w", err)
	}
	return nil
}

// toSender is what an event name says of a delivery to the original sender.
const toSender = "DELIVERED, TO ORIGINAL SENDER"

func (r *FullRecord) text(field Field) string {
	scan := &r.Scan
	switch field.Kind {
	case TrackingNumber:
		return scan.Number.String()
	case EventCode:
		return string(scan.Code)
	case EventName:
		name := r.eventName()
		return name[:min(len(name), field.Width)]
	case EventDate:
		return digits8(scan.At.Date())
	case EventTime:
		hour, minute := scan.At.Clock()
		return fmt.Sprintf("%02d%02d", hour, minute)
	case ScanZIP:
		return scan.Place.ZIP.String()
	case ScanCountry:
		return scan.Place.Country
	default:
		return r.Other[field.Name]
	}
}

func (r *FullRecord) eventName() string {
	switch {
	case r.EventName != "":
		return r.EventName
	case r.Scan.ToSender:
		return toSender
	}
	info, _ := r.Scan.Code.Info()
	return info.Name
}

// texts returns what text has for each field.
func texts(fields []Field, text func(Field) string) []string {
	all := make([]string, len(fields))
	for i, field := range fields {
		all[i] = text(field)
	}
	return all
}

// joinFields writes one text per field, padded with spaces, without a line end.
func joinFields(fields []Field, texts []string) ([]byte, error) {
	var line []byte
	for i, field := range fields {
		text := texts[i]
		if len(text) > field.Width {
			return nil, fmt.Errorf("extract: field %q: want at most %d bytes", field.Name, field.Width)
		}
		if bytes.ContainsFunc([]byte(text), func(c rune) bool { return c < ' ' || c == '"' }) {
			return nil, fmt.Errorf("extract: field %q: a quote or a control character", field.Name)
		}
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, '"')
		line = append(line, text...)
		line = append(line, bytes.Repeat([]byte(" "), field.Width-len(text))...)
		line = append(line, '"')
	}
	return line, nil
}
