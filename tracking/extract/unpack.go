package extract

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// TooLargeError tells that a file is longer than Options allow, or that a packed one
// becomes longer: it may have been made to fill a disk. The bytes up to the limit were
// read.
type TooLargeError struct {
	Limit int64 // bytes, unpacked
}

func (e *TooLargeError) Error() string {
	return "extract: the file has more than " + strconv.FormatInt(e.Limit, 10) + " bytes unpacked"
}

const (
	defaultMaxBytes = 16 << 30
	defaultMaxRatio = 250
	smallFile       = 1 << 20 // bytes that any packed file may have
)

// limits returns how long a file and how many times as long a packed one may become.
func (o *Options) limits() (maxBytes, maxRatio int64) {
	maxBytes, maxRatio = defaultMaxBytes, defaultMaxRatio
	if o != nil && o.MaxBytes > 0 {
		maxBytes = o.MaxBytes
	}
	if o != nil && o.MaxRatio > 0 {
		maxRatio = o.MaxRatio
	}
	return maxBytes, maxRatio
}

// Unpack returns the text of the file from its beginning: of a gzip file what is packed in
// it, of a zip file its only entry, and anything else as it is. Reading more than opts
// allow gives a *TooLargeError. Nil options mean defaults.
func Unpack(content io.ReadSeeker, opts *Options) (io.Reader, error) {
	size, err := content.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("extract: find the end: %w", err)
	}
	if err := rewind(content); err != nil {
		return nil, err
	}
	first := make([]byte, min(4, size))
	if _, err := io.ReadFull(content, first); err != nil {
		return nil, fmt.Errorf("extract: read the beginning: %w", err)
	}
	if err := rewind(content); err != nil {
		return nil, err
	}
	limit, ratio := opts.limits()
	packedLimit := min(limit, max(ratio*min(size, limit), smallFile))
	switch first := string(first); {
	case len(first) >= 2 && first[:2] == "\x1f\x8b":
		text, err := gzip.NewReader(bufio.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("extract: gzip: %w", err)
		}
		return &limited{text, packedLimit, packedLimit}, nil
	case first == "PK\x03\x04":
		text, err := onlyEntry(content, size)
		if err != nil {
			return nil, fmt.Errorf("extract: zip: %w", err)
		}
		return &limited{text, packedLimit, packedLimit}, nil
	default:
		return &limited{content, limit, limit}, nil
	}
}

func rewind(content io.Seeker) error {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("extract: go back to the beginning: %w", err)
	}
	return nil
}

// onlyEntry returns the one file in a zip file. Which one to read, if there are several,
// nothing would tell.
func onlyEntry(content io.ReadSeeker, size int64) (io.Reader, error) {
	in := &readerAt{content: content, left: directoryLimit}
	archive, err := zip.NewReader(in, size)
	if err != nil {
		return nil, err
	}
	in.left = noLimit
	if len(archive.File) != 1 || archive.File[0].FileInfo().IsDir() {
		return nil, errors.New("want one file in it")
	}
	return archive.File[0].Open()
}

const (
	// directoryLimit is how much is read of the directory of a zip file, of which all is
	// held: more than twice the longest entry, with the longest comment behind it.
	directoryLimit = 512 << 10
	noLimit        = -1
)

var errLongDirectory = errors.New("want one file in it: the directory is too long")

// readerAt reads at any place by seeking. It is used by one goroutine.
type readerAt struct {
	content io.ReadSeeker
	left    int64 // bytes that may still be read, or noLimit
}

func (r *readerAt) ReadAt(p []byte, off int64) (int, error) {
	if r.left != noLimit {
		if int64(len(p)) > r.left {
			return 0, errLongDirectory
		}
		r.left -= int64(len(p))
	}
	if at, is := r.content.(io.ReaderAt); is {
		return at.ReadAt(p, off)
	}
	if _, err := r.content.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(r.content, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}

// limited is a reader that fails behind its limit.
type limited struct {
	in          io.Reader
	left, limit int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1] // one more, to know whether there is more
	}
	n, err := l.in.Read(p)
	if int64(n) > l.left {
		n, err = int(l.left), &TooLargeError{Limit: l.limit}
	}
	l.left -= int64(n)
	return n, err
}
