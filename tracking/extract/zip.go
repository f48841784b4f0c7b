package extract

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"
)

var (
	errNotOneFile = errors.New("want one file in it")
	errEncrypted  = errors.New("the file in it is encrypted")
)

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
	switch {
	case only == nil:
		return nil, errNotOneFile
	case only.Flags&encrypted != 0:
		return nil, errEncrypted
	}
	return only.Open()
}

// encrypted is the flag of an entry that takes a password, of which package zip knows nothing.
const encrypted = 1 << 0

// companions are what a desktop, or a disk, keeps in folders for itself, beside files whose
// names begin with a period.
var companions = [...]string{
	"__MACOSX", "Icon\r", "Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information", "@eaDir",
}

// isCompanion reports whether an entry is none of the files that somebody put into a zip
// file, but a folder that they were in, a link, or one of the companions.
func isCompanion(entry *zip.File) bool {
	path := strings.ReplaceAll(entry.Name, `\`, "/") // as some programs on Windows write it
	if strings.HasSuffix(path, "/") || !entry.Mode().IsRegular() {
		return true
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "." || part == ".." {
			continue
		}
		isNamed := func(companion string) bool { return strings.EqualFold(part, companion) }
		if strings.HasPrefix(part, ".") || slices.ContainsFunc(companions[:], isNamed) {
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
