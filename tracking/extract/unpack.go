package extract

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// TooLargeError tells that a file is longer than Options allow, or that a packed one
// becomes longer: it may have been made to fill a disk. The bytes up to the limit were
// read.
type TooLargeError struct {
	Limit int64 // bytes, unpacked
}

func (e *TooLargeError) Error() string {
	return "the file has more than " + strconv.FormatInt(e.Limit, 10) + " bytes unpacked"
}

// smallFile is how many bytes any packed file may have, unpacked.
const smallFile = 1 << 20

// Unpack returns the text of the file from its beginning: of a gzip file what is packed in
// it, of a zip file the only file in it, and anything else as it is. It reads from content as
// it is read, so that only one text can be read at a time. Reading more than opts allow
// gives a *TooLargeError. Nil options mean defaults.
func Unpack(content io.ReadSeeker, opts *Options) (io.Reader, error) {
	text, err := unpack(content, opts.withDefaults())
	if err != nil {
		return nil, named("", err)
	}
	return text, nil
}

func unpack(content io.ReadSeeker, opts Options) (io.Reader, error) {
	size, err := content.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("find the end: %w", err)
	}
	if err := rewind(content); err != nil {
		return nil, err
	}
	first := make([]byte, min(4, size))
	if _, err := io.ReadFull(content, first); err != nil {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	if err := rewind(content); err != nil {
		return nil, err
	}
	switch first := string(first); {
	case strings.HasPrefix(first, "\x1f\x8b"):
		text, err := newGunzip(content)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		return newLimited(text, packedLimit(size, opts)), nil
	case slices.Contains(zipSignatures, first):
		text, err := onlyFile(content, size)
		if err != nil {
			return nil, fmt.Errorf("zip: %w", err)
		}
		return newLimited(text, packedLimit(size, opts)), nil
	default:
		return newLimited(content, opts.MaxBytes), nil
	}
}

// zipSignatures are what a zip file begins with: an entry, the end of its directory if there
// is none, or the mark of one that was to be split.
var zipSignatures = []string{"PK\x03\x04", "PK\x05\x06", "PK\x07\x08"}

// packedLimit returns how many bytes a packed file of that size may have, unpacked.
func packedLimit(size int64, opts Options) int64 {
	if size > opts.MaxBytes/opts.MaxRatio { // the product is larger, perhaps than any number
		return opts.MaxBytes
	}
	return min(opts.MaxBytes, max(opts.MaxRatio*size, smallFile))
}

func rewind(content io.Seeker) error {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("go back to the beginning: %w", err)
	}
	return nil
}

// limited is a reader that fails behind its limit.
type limited struct {
	in          io.Reader
	left, limit int64
}

func newLimited(in io.Reader, limit int64) *limited { return &limited{in, limit, limit} }

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left {
		p = p[:l.left+1] // one more, to know whether there is more
	}
	n, err := l.in.Read(p)
	if int64(n) > l.left {
		n, err = int(l.left), &TooLargeError{Limit: l.limit}
	}
	l.left -= int64(n)
	return n, err
}
