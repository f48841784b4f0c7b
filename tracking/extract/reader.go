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
	in        *bufio.Reader
	opts      Options // with defaults
	line      int     // lines read
	bytes     int64   // of the lines read, with their ends
	cut       bool    // the last line did not fit the buffer; its rest is still to be read
	header    Header
	announces bool // the header says how many records follow
	summary   tracking.Summary
	parser
}

// NewReader returns a reader of the file behind r, which is not packed. Nil options mean
// defaults.
func NewReader(r io.Reader, opts *Options) *Reader {
	all := opts.withDefaults()
	return &Reader{
		in:     bufio.NewReaderSize(&ended{in: r}, bufferSize),
		opts:   all,
		parser: parser{layout: all.Layout, latest: all.NotAfter},
	}
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
// another number of records. What ends the file early comes last: a *HeaderError, which
// rejects it and comes alone, a *TooDamagedError, or an error of the underlying reader.
// The sequence can be read once.
//
// A mark of UTF-8 at the beginning is skipped; columns are counted behind it. Blank lines
// and one byte 0x1A behind the last record are no records; a blank line before a record is
// a damaged one.
func (r *Reader) Scans() iter.Seq2[tracking.Scan, error] {
	return func(yield func(tracking.Scan, error) bool) {
		if err := r.skipMark(); err != nil {
			yield(tracking.Scan{}, r.failed(err))
			return
		}
		began, blanks := false, 0
		for {
			line, framed, err := r.next()
			if atEnd(err) {
				break
			}
			if err != nil {
				yield(tracking.Scan{}, r.failed(err))
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
					yield(tracking.Scan{}, err)
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
			var scan tracking.Scan
			var damage *tracking.SetAside
			if framed {
				damage = r.parse(line, &scan)
			} else {
				damage = checkFrame(r.layout.fields, line)
			}
			if damage != nil {
				if !r.yieldDamage(r.line, line, damage, yield) {
					return
				}
				continue
			}
			r.summary.Add(scan.At)
			if !yield(scan, nil) {
				return
			}
		}
		if err := r.end(began); err != nil {
			yield(tracking.Scan{}, err)
		}
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
	r.header, r.announces = header, r.opts.Header.of[RecordCount].Width > 0
	r.limitTo(header.Date)
	r.summary.Series = tracking.Series{Mailer: header.MailerID, Day: header.Date, Number: header.Series}
	return true, nil
}

// noHeader returns the error of a file without a header, nil if it needs none.
func (r *Reader) noHeader() error {
	if !r.opts.WantHeader {
		return nil
	}
	return &HeaderError{File: r.opts.Name, Column: 1, Field: "record", Cause: "no header"}
}

// end returns what is wrong with the file as a whole, if anything is.
func (r *Reader) end(began bool) error {
	if !began {
		return r.noHeader()
	}
	// TR-6: a file whose own total disagrees with its content is reported.
	if r.announces && r.header.Records != r.summary.Records {
		return &tracking.TotalsError{Announced: r.header.Records, Read: r.summary.Records}
	}
	return nil
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
