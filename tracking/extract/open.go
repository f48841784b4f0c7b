package extract

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/seed28e20331/cris/tracking"
)

// Identify reads the whole file and returns the ID of its content. It does not unpack.
// Its error is that of the reader.
func Identify(r io.Reader) (tracking.FileID, error) {
	id, err := identify(r)
	if err != nil {
		return tracking.FileID{}, fmt.Errorf("extract: identify: %w", err)
	}
	return id, nil
}

func identify(r io.Reader) (tracking.FileID, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return tracking.FileID{}, err
	}
	return tracking.FileID(hash.Sum(nil)), nil
}

// Open identifies the file, so that an Ingester can read it. A gzip file, or a zip file
// with one file in it, is unpacked as it is read; the ID is that of the text, so that a
// file is the same packed or not. Nil options mean defaults. Every error names the file;
// one that opts do not allow to be so long gives a *TooLargeError.
//
// Each range over the Records of the Content begins at the beginning of the file and yields
// what Reader.Records does; if the file cannot be unpacked again, the error of it alone.
// File and Bytes tell of the latest range; before any they know nothing but ID and name. The
// file must not change meanwhile, and nobody else may read it or seek in it. The Content is
// not safe for concurrent use.
func Open(name string, file io.ReadSeeker, opts *Options) (tracking.Content, error) {
	s := &source{packed: file, opts: opts.withDefaults()}
	s.opts.Name = name
	text, err := unpack(file, s.opts)
	if err != nil {
		return tracking.Content{}, named(name, err)
	}
	// TR-1: the files come daily, now and then again and under another name; the content
	// tells which one it is.
	if s.id, err = identify(text); err != nil {
		return tracking.Content{}, named(name, err)
	}
	return tracking.Content{ID: s.id, Name: name, Records: s.records, File: s.file, Bytes: s.bytes}, nil
}

// source is a file that is read again from its beginning whenever somebody asks: an
// Ingester does, after others were writing at the same time (TR-5).
type source struct {
	packed io.ReadSeeker
	id     tracking.FileID
	opts   Options
	reader *Reader // of the latest range; nil before any
}

func (s *source) records(yield func(tracking.Record, error) bool) {
	s.reader = nil
	text, err := unpack(s.packed, s.opts)
	if err != nil {
		yield(tracking.Record{}, named(s.opts.Name, err))
		return
	}
	s.reader = NewReader(text, &s.opts)
	s.reader.Records()(yield)
}

func (s *source) bytes() int64 {
	if s.reader == nil {
		return 0
	}
	return s.reader.Bytes()
}

func (s *source) file() tracking.File {
	file := tracking.File{Name: s.opts.Name}
	if s.reader != nil {
		file = s.reader.File()
	}
	file.ID = s.id
	return file
}
