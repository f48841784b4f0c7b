package extract

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/seed28e20331/cris/tracking"
)

// Identify reads the whole file and returns the ID of its content. It does not unpack.
func Identify(r io.Reader) (tracking.FileID, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return tracking.FileID{}, fmt.Errorf("extract: identify: %w", err)
	}
	return tracking.FileID(hash.Sum(nil)), nil
}

// Open identifies the content and goes back to its beginning, so that an Ingester can
// read it. A gzip file, or a zip file with one file in it, is unpacked as it is read; the
// ID is that of the text, so that a file is the same packed or not. The content must not
// change meanwhile. Nil options mean defaults.
//
// A file that opts do not allow to be so long gives a *TooLargeError.
func Open(name string, content io.ReadSeeker, opts *Options) (tracking.File, error) {
	// TR-1: the files come daily, now and then again and under another name; the content
	// tells which one it is.
	text, err := Unpack(content, opts)
	if err != nil {
		return tracking.File{}, err
	}
	id, err := Identify(text)
	if err != nil {
		return tracking.File{}, err
	}
	if text, err = Unpack(content, opts); err != nil {
		return tracking.File{}, err
	}
	options := Options{}
	if opts != nil {
		options = *opts
	}
	options.Name = name
	r := NewReader(text, &options)
	return tracking.File{ID: id, Name: name, Scans: r.Scans(), Bytes: r.Bytes, Summary: r.Summary}, nil
}
