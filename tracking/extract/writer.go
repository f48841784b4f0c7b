package extract

import (
	"bytes"
	"fmt"
	"io"

	"github.com/seed28e20331/cris/tracking"
)

// Record is one record to be written.
type Record struct {
	Scan      tracking.Scan
	EventName string            // cut to the width of its field; "" writes the name of the code
	Other     map[string]string // the ignored fields, by Field.Name; a missing one is blank
}

// Writer writes an extract file: for tests and simulations of the daily delivery, which
// comes from the USPS. It is not safe for concurrent use.
type Writer struct {
	out    io.Writer
	layout Layout
}

// NewWriter returns a writer to w, which it does not buffer. Nil options mean defaults.
func NewWriter(w io.Writer, opts *Options) *Writer {
	return &Writer{out: w, layout: opts.layout()}
}

// WriteHeader writes a header, which must come first. It fails if a field is too narrow
// for its value.
func (w *Writer) WriteHeader(h Header) error {
	line, err := h.line()
	if err != nil {
		return err
	}
	return w.write(line)
}

// Write writes one record. It fails, and writes nothing, if a field is too narrow for
// its value or the value holds a quote or a control character.
func (w *Writer) Write(record Record) error {
	texts := make([]string, len(w.layout.fields))
	for i, field := range w.layout.fields {
		texts[i] = record.text(field)
	}
	line, err := joinFields(w.layout.fields, texts)
	if err != nil {
		return err
	}
	return w.write(line)
}

func (w *Writer) write(line []byte) error {
	if _, err := w.out.Write(append(line, '\r', '\n')); err != nil {
		return fmt.Errorf("extract: write: %w", err)
	}
	return nil
}

// toSender is what an event name says of a delivery to the original sender.
const toSender = "DELIVERED, TO ORIGINAL SENDER"

func (r *Record) text(field Field) string {
	scan := &r.Scan
	switch field.Kind {
	case TrackingNumber:
		return scan.Number.String()
	case EventCode:
		return string(scan.Code)
	case EventName:
		name := r.EventName
		if name == "" {
			info, _ := scan.Code.Info()
			name = info.Name
		}
		if scan.ToSender {
			name = toSender
		}
		return name[:min(len(name), field.Width)]
	case EventDate:
		if scan.At.IsZero() {
			return ""
		}
		return digits8(scan.At.Date())
	case EventTime:
		hour, minute := scan.At.Clock()
		return fmt.Sprintf("%02d%02d", hour, minute)
	case ScanZIP:
		return scan.Place.ZIP.Five().String()
	case ScanCountry:
		return scan.Place.Country
	default:
		return r.Other[field.Name]
	}
}

// joinFields writes one text per field, padded with blanks, without a line end.
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
