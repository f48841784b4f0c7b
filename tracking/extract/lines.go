package extract

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	bufferSize = 64 << 10
	maxRecord  = bufferSize / 2 // so that a whole line fits the buffer
)

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
	if atEnd(err) {
		return nil
	}
	return err
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
	case atEnd(err): // the last line end may be missing
		line = bytes.TrimSuffix(line, []byte(endOfFile))
	case err != nil:
		return nil, err
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), nil
}

// endOfFile is what some programs put behind the last byte of a text.
const endOfFile = "\x1a"

// isBlank reports whether the line is blank or empty. A longer one than a record is too
// long, whatever it holds.
func (r *Reader) isBlank(line []byte) bool {
	return len(line) <= r.layout.frame.length && isBlank(line)
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
