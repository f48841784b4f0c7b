package extract

import (
	"archive/zip"
	"errors"
	"io"
)

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
