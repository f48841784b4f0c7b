package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

const (
	bufferSize = 64 << 10
	maxRecord  = bufferSize / 2 // so that a whole line fits the buffer
)

// Options are what a Reader, Open or Writer can be told. The zero value of each field
// means its default.
type Options struct {
	Layout Layout // Layout280()
	Name   string // of the file, for a Reader's errors; "" for none. Open has its own.
	// NotAfter is the last day that an event may have where it happened: the zero Date for
	// any up to the day after that of the file's header. Later ones, and those before 1990,
	// are set aside: a piece would keep an event of 2099 as its latest for good.
	NotAfter cris.Date
	// MaxBytes is how many bytes a file may have, unpacked: 16 GiB. Open only.
	MaxBytes int64
	// MaxRatio is how many times as long as itself a packed file may become: 250, while
	// extract files become some 20 times as long. Open only.
	MaxRatio int64
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
	in      *bufio.Reader
	name    string
	layout  Layout
	line    int   // lines read
	bytes   int64 // of the lines read, with their ends
	cut     bool  // the last line did not fit the buffer; its rest is still to be read
	header  Header
	latest  cris.Date // that an event may have; zero for any
	summary tracking.Summary
	days    days
}

// NewReader returns a reader of the file behind r, which is not packed. Nil options mean
// defaults.
func NewReader(r io.Reader, opts *Options) *Reader {
	reader := &Reader{in: bufio.NewReaderSize(&ended{in: r}, bufferSize), layout: opts.layout()}
	if opts != nil {
		reader.name, reader.latest = opts.Name, opts.NotAfter
	}
	return reader
}

// Header returns the header of the file, the zero Header if it has none. It is known
// from the first record on that Scans yields.
func (r *Reader) Header() Header { return r.header }

// Bytes returns how many bytes of the file were read as lines so far.
func (r *Reader) Bytes() int64 { return r.bytes }

// Summary returns what was read so far. The caller must not change its map while reading
// goes on.
func (r *Reader) Summary() tracking.Summary { return r.summary }

// Scans yields every record of the file, in order: as a scan, or as a
// *tracking.DamagedRecord, which is a *tracking.SetAside too, and goes on behind it
// (TR-6). After the last record comes a *tracking.TotalsError if the header announced
// another number of records. A *HeaderError rejects the file; it and an error of the
// underlying reader come last. The sequence can be read once.
//
// A mark of UTF-8 at the beginning is skipped; columns are counted behind it.
func (r *Reader) Scans() iter.Seq2[tracking.Scan, error] {
	return func(yield func(tracking.Scan, error) bool) {
		if err := r.skipMark(); err != nil {
			yield(tracking.Scan{}, r.failed(err))
			return
		}
		for began := false; ; {
			line, framed, err := r.next()
			if atEnd(err) {
				break
			}
			if err != nil {
				yield(tracking.Scan{}, r.failed(err))
				return
			}
			first := !began && !isBlank(line) // a header may stand behind empty lines
			began = began || first
			if first && isHeader(line) {
				if err := r.readHeader(line); err != nil {
					yield(tracking.Scan{}, err)
					return
				}
				continue
			}
			var scan tracking.Scan
			var damage *tracking.SetAside
			if framed {
				damage = r.parse(line, &scan)
			} else {
				damage = checkFrame(r.layout.fields, line)
			}
			if damage != nil {
				if !yield(tracking.Scan{}, r.setAside(line, damage)) {
					return
				}
				continue
			}
			r.summary.Add(scan.At)
			if !yield(scan, nil) {
				return
			}
		}
		// TR-6: a file whose own total disagrees with its content is reported.
		if announced := r.header.Records; r.header != (Header{}) && announced != r.summary.Records {
			yield(tracking.Scan{}, &tracking.TotalsError{Announced: announced, Read: r.summary.Records})
		}
	}
}

func (r *Reader) failed(err error) error {
	if r.name == "" {
		return fmt.Errorf("extract: line %d: %w", r.line, err)
	}
	return fmt.Errorf("extract: %s: line %d: %w", r.name, r.line, err)
}

func (r *Reader) readHeader(line []byte) error {
	header, err := parseHeader(line)
	if err != nil {
		err.File = r.name
		return err
	}
	r.header = header
	// It is tomorrow already in Guam.
	if tomorrow := header.Date.AddDays(1); r.latest.IsZero() || tomorrow.Before(r.latest) && !tomorrow.IsZero() {
		r.latest = tomorrow
	}
	r.summary.Series = tracking.Series{Mailer: header.MailerID, Day: header.Date, Number: header.Series}
	return nil
}

// setAside completes the damage of the line that was read last.
func (r *Reader) setAside(line []byte, damage *tracking.SetAside) error {
	damage.File, damage.Line = r.name, r.line
	r.summary.AddSetAside(damage.Cause)
	return &tracking.DamagedRecord{SetAside: *damage, Kept: kept(&r.layout, line)}
}

// ended is a reader whose first error stays: one that fails and is then at its end would
// look whole to whoever looked ahead when it failed.
type ended struct {
	in  io.Reader
	err error
}

func (e *ended) Read(p []byte) (n int, err error) {
	if e.err == nil {
		n, e.err = e.in.Read(p)
	}
	return n, e.err
}

// atEnd reports whether a file was read to its end. What wraps io.EOF is an error, no end.
func atEnd(err error) bool { return err == io.EOF } //nolint:errorlint // see above

// skipMark skips the byte order mark that some programs put before text.
func (r *Reader) skipMark() error {
	const mark = "\xef\xbb\xbf"
	first, err := r.in.Peek(len(mark))
	if string(first) == mark {
		_, err = r.in.Discard(len(mark))
		r.bytes += int64(len(mark))
	}
	if err != nil && !atEnd(err) {
		return err
	}
	return nil
}

// next returns the next line without its end, valid until the next call, and whether its
// length, quotes and commas are those of a record. Of a line that does not fit the buffer
// it returns what fits, which is too long for any layout. The error is io.EOF after the
// last line.
func (r *Reader) next() (line []byte, framed bool, err error) {
	frame := &r.layout.frame
	if r.cut {
		if err := r.skipRest(); err != nil {
			return nil, false, err
		}
	}
	// Most lines are records that end in CR LF or LF: there is no need to search for the end.
	// Of an error the long way tells.
	if ahead, _ := r.in.Peek(frame.length + len("\r\n")); len(ahead) == frame.length+2 {
		end := 1
		if ahead[frame.length] == '\r' {
			end = 2
		}
		line = ahead[:frame.length]
		if ahead[frame.length+end-1] == '\n' && frame.holds(line) {
			r.line++
			r.bytes += int64(frame.length + end)
			_, err = r.in.Discard(frame.length + end)
			return line, true, err
		}
	}
	if line, err = r.nextLine(); err != nil {
		return nil, false, err
	}
	return line, len(line) == frame.length && frame.holds(line), nil
}

// nextLine finds the end of a line that may be anything.
func (r *Reader) nextLine() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if atEnd(err) && len(line) == 0 {
		return nil, io.EOF
	}
	r.line++
	r.bytes += int64(len(line))
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		r.cut = true
		return line, nil
	case err != nil && !atEnd(err): // the last line end may be missing
		return nil, err
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), nil
}

func (r *Reader) skipRest() error {
	for {
		rest, err := r.in.ReadSlice('\n')
		r.bytes += int64(len(rest))
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		r.cut = false
		return err
	}
}
