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

// Open identifies the content, so that an Ingester can read it. A gzip file, or a zip file
// with one file in it, is unpacked as it is read; the ID is that of the text, so that a
// file is the same packed or not. Nil options mean defaults. Every error names the file;
// one that opts do not allow to be so long gives a *TooLargeError.
//
// Each range over the Scans of the File begins at the beginning of the content and yields
// what Reader.Scans does; if the content cannot be unpacked again, the error of it alone.
// Bytes and Summary tell of the latest range; before any they are zero. The content must
// not change meanwhile, and nobody else may read it or seek in it. The File is not safe
// for concurrent use.
func Open(name string, content io.ReadSeeker, opts *Options) (tracking.File, error) {
	s := &source{content: content, opts: opts.withDefaults()}
	s.opts.Name = name
	text, err := unpack(content, s.opts)
	if err != nil {
		return tracking.File{}, named(name, err)
	}
	// TR-1: the files come daily, now and then again and under another name; the content
	// tells which one it is.
	id, err := identify(text)
	if err != nil {
		return tracking.File{}, named(name, err)
	}
	return tracking.File{ID: id, Name: name, Scans: s.scans, Bytes: s.bytes, Summary: s.summary}, nil
}

// source is content that is read again from its beginning whenever somebody asks: an
// Ingester does, after others were writing at the same time (TR-5).
type source struct {
	content io.ReadSeeker
	opts    Options
	reader  *Reader // of the latest range; nil before any
}

func (s *source) scans(yield func(tracking.Scan, error) bool) {
	s.reader = nil
	text, err := unpack(s.content, s.opts)
	if err != nil {
		yield(tracking.Scan{}, named(s.opts.Name, err))
		return
	}
	s.reader = NewReader(text, &s.opts)
	s.reader.Scans()(yield)
}

func (s *source) bytes() int64 {
	if s.reader == nil {
		return 0
	}
	return s.reader.Bytes()
}

func (s *source) summary() tracking.Summary {
	if s.reader == nil {
		return tracking.Summary{}
	}
	return s.reader.Summary()
}
