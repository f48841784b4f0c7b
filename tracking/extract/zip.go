package extract

import (
	"archive/zip"
	"errors"
	"io"
	"strings"
)

var errNotOneFile = errors.New("want one file in it")

// onlyFile returns the one file in a zip file. Nothing tells which one to read if there are
// several.
func onlyFile(content io.ReadSeeker, size int64) (io.Reader, error) {
	in := &readerAt{content: content, left: directoryLimit}
	archive, err := zip.NewReader(in, size)
	if err != nil {
		return nil, err
	}
	in.left = noLimit
	var only *zip.File
	for _, entry := range archive.File {
		switch {
		case isCompanion(entry):
		case only != nil:
			return nil, errNotOneFile
		default:
			only = entry
		}
	}
	if only == nil {
		return nil, errNotOneFile
	}
	return only.Open()
}

// isCompanion reports whether an entry is none of the files that somebody put into a zip
// file, but a folder that they were in, or what a desktop keeps in folders for itself.
func isCompanion(entry *zip.File) bool {
	path := strings.ReplaceAll(entry.Name, `\`, "/") // as some programs on Windows write it
	if strings.HasSuffix(path, "/") || entry.FileInfo().IsDir() {
		return true
	}
	for part := range strings.SplitSeq(path, "/") {
		switch {
		case part == "." || part == "..":
		case strings.HasPrefix(part, "."), part == "__MACOSX", strings.EqualFold(part, "Thumbs.db"), strings.EqualFold(part, "desktop.ini"):
			return true
		}
	}
	return false
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
