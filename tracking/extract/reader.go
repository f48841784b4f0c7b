package extract

import (
	"bufio"
	"fmt"
	"io"
	"iter"

	"github.com/seed28e20331/cris/tracking"
)

// Reader reads one extract file, once. It holds one buffer of fixed size, whatever the
// input. It is not safe for concurrent use.
type Reader struct {
	in     *bufio.Reader
	opts   Options // with defaults
	line   int     // lines read
	bytes  int64   // of the lines read, with their ends
	cut    bool    // the last line did not fit the buffer; its rest is still to be read
	header Header
	file   tracking.File // as far as it was read
	parser
}

// NewReader returns a reader of the file behind r, which is not packed. Nil options mean
// defaults.
func NewReader(r io.Reader, opts *Options) *Reader {
	all := opts.withDefaults()
	return &Reader{
		in:     bufio.NewReaderSize(&ended{in: r}, bufferSize),
		opts:   all,
		file:   tracking.File{Name: all.Name},
		parser: parser{layout: all.Layout, latest: all.NotAfter},
	}
}

// Header returns the header of the file, the zero Header if it has none. It is known
// from the first record on that Records yields.
func (r *Reader) Header() Header { return r.header }

// Bytes returns how many bytes of the file were read as lines so far.
func (r *Reader) Bytes() int64 { return r.bytes }

// File returns what was read of the file so far: everything but its ID and how many of its
// scans are new. It is done once all of it was read.
func (r *Reader) File() tracking.File { return r.file }

// Records yields every record of the file, in order: the good ones, and the damaged ones
// among them (TR-6). An error ends it: a *HeaderError, which rejects the file and comes alone,
// a *TooDamagedError, or an error of the underlying reader. The sequence can be read once.
//
// A byte order mark at the beginning is skipped; columns are counted after it. Blank lines
// and one byte 0x1A after the last record are no records; a blank line before a record is
// a damaged one. The Scan of a record may be kept, and so may its Damage.
func (r *Reader) Records() iter.Seq2[tracking.Record, error] {
	return func(yield func(tracking.Record, error) bool) {
		if err := r.skipMark(); err != nil {
			yield(tracking.Record{}, r.failed(err))
			return
		}
		began, blanks := false, 0
		for {
			line, framed, err := r.next()
			if atEnd(err) {
				break
			}
			if err != nil {
				yield(tracking.Record{}, r.failed(err))
				return
			}
			if !framed && r.isBlank(line) {
				blanks++ // damage if a record follows, and otherwise only the end of the file
				continue
			}
			isHeader := false
			if !began {
				began = true
				if isHeader, err = r.begin(line); err != nil {
					yield(tracking.Record{}, err)
					return
				}
			}
			if blanks > 0 && !r.yieldBlanks(blanks, yield) {
				return
			}
			blanks = 0
			if isHeader {
				continue
			}
			record := tracking.Record{Line: r.line}
			var damage *tracking.Damage
			if framed {
				damage = r.parse(line, &record.Scan)
			} else {
				damage = checkFrame(r.layout.fields, line)
			}
			if damage != nil {
				if !r.yieldDamage(r.line, line, damage, yield) {
					return
				}
				continue
			}
			r.file.Count(&record)
			if !yield(record, nil) {
				return
			}
		}
		if !began {
			if err := r.noHeader(); err != nil {
				yield(tracking.Record{}, err)
				return
			}
		}
		r.file.Done = true
	}
}

// begin looks whether the first line that is not blank is the header, and if so reads it.
func (r *Reader) begin(line []byte) (isHeader bool, err error) {
	if !r.opts.Header.heads(line, &r.layout) {
		return false, r.noHeader()
	}
	header, rejected := r.opts.Header.parse(line)
	if rejected != nil {
		rejected.File = r.opts.Name
		return false, rejected
	}
	r.header = header
	r.limitTo(header.Date)
	r.file.Series = tracking.Series{Mailer: header.MailerID, Day: header.Date, Number: header.Series}
	r.file.Announces, r.file.Announced = r.opts.Header.of(RecordCount).Width > 0, header.Records
	return true, nil
}

// noHeader returns the error of a file without a header, nil if it needs none.
func (r *Reader) noHeader() error {
	if !r.opts.WantHeader {
		return nil
	}
	return &HeaderError{File: r.opts.Name, Column: 1, Field: wholeRecord, Cause: tracking.NoHeader}
}

// failed says in which line the file could not be read.
func (r *Reader) failed(err error) error {
	return named(r.opts.Name, fmt.Errorf("line %d: %w", r.line, err))
}

// named puts the name of the file before an error, where it is known.
func named(name string, err error) error {
	if name == "" {
		return fmt.Errorf("extract: %w", err)
	}
	return fmt.Errorf("extract: %s: %w", name, err)
}
