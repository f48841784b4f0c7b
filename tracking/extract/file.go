package extract

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/seed28e20331/cris/tracking"
)

// Identify reads the whole file and returns the ID of its content.
func Identify(r io.Reader) (tracking.FileID, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return tracking.FileID{}, fmt.Errorf("extract: identify: %w", err)
	}
	return tracking.FileID(hash.Sum(nil)), nil
}

// Open identifies the content and goes back to its beginning, so that an Ingester can
// read it. The content must not change meanwhile. Nil options mean defaults.
func Open(name string, content io.ReadSeeker, opts *Options) (tracking.File, error) {
	// TR-1: the files come daily, now and then again and under another name; the content
	// tells which one it is.
	id, err := Identify(content)
	if err != nil {
		return tracking.File{}, err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return tracking.File{}, fmt.Errorf("extract: go back to the beginning: %w", err)
	}
	return tracking.File{ID: id, Name: name, Scans: NewReader(content, opts).Scans()}, nil
}
