package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/seed28e20331/cris/tracking"
)

const (
	bufferSize = 64 << 10
	maxRecord  = bufferSize / 2 // so that a whole line fits the buffer
)

// Options are what a Reader or Writer can be told. The zero value of each field means
// its default.
type Options struct {
	Layout Layout // Layout280()
}

func (o *Options) layout() Layout {
	if o == nil || o.Layout.fields == nil {
		return Layout280()
	}
	return o.Layout
}

// Reader reads one extract file, once. It holds one buffer of fixed size, whatever the
// input. It is not safe for concurrent use.
type Reader struct {
	in     *bufio.Reader
	layout Layout
	line   int  // lines read
	cut    bool // the last line did not fit the buffer; its rest is still to be read
	header Header
}

// NewReader returns a reader of the file behind r. Nil options mean defaults.
func NewReader(r io.Reader, opts *Options) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, bufferSize), layout: opts.layout()}
}

// Header returns the header of the file, the zero Header if it has none. It is known
// from the first record on that Scans yields.
func (r *Reader) Header() Header { return r.header }

// Scans yields every record of the file, in order: as a scan, or as a
// *tracking.SetAside if it is damaged, and goes on behind it (TR-6). The File of a
// SetAside is empty. After the last record comes a *tracking.TotalsError if the header
// announced another number of records. A *HeaderError rejects the file; it and an error
// of the underlying reader come last. The sequence can be read once.
func (r *Reader) Scans() iter.Seq2[tracking.Scan, error] {
	return func(yield func(tracking.Scan, error) bool) {
		records := 0
		for {
			line, err := r.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				yield(tracking.Scan{}, fmt.Errorf("extract: line %d: %w", r.line, err))
				return
			}
			if r.line == 1 && isHeader(line) {
				if r.header, err = parseHeader(line); err != nil {
					yield(tracking.Scan{}, err)
					return
				}
				continue
			}
			records++
			scan, damage := parseRecord(&r.layout, line)
			if damage != nil {
				damage.Line = r.line
				if !yield(tracking.Scan{}, damage) {
					return
				}
				continue
			}
			if !yield(scan, nil) {
				return
			}
		}
		// TR-6: a file whose own total disagrees with its content is reported.
		if announced := r.header.Records; r.header != (Header{}) && announced != records {
			yield(tracking.Scan{}, &tracking.TotalsError{Announced: announced, Read: records})
		}
	}
}

// next returns the next line without its end, valid until the next call. Of a line that
// does not fit the buffer it returns what fits, which is too long for any layout. The
// error is io.EOF after the last line.
func (r *Reader) next() ([]byte, error) {
	if err := r.skipRest(); err != nil {
		return nil, err
	}
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, io.EOF) && len(line) == 0 {
		return nil, io.EOF
	}
	r.line++
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		r.cut = true
		return line, nil
	case err != nil && !errors.Is(err, io.EOF): // the last line end may be missing
		return nil, err
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), nil
}

func (r *Reader) skipRest() error {
	for r.cut {
		_, err := r.in.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			r.cut = false
			if err != nil { // also io.EOF
				return err
			}
		}
	}
	return nil
}
