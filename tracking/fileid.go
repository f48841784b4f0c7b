package tracking

import (
	"bytes"
	"encoding/hex"

	"github.com/seed28e20331/cris"
)

// FileID names a file by its content: the SHA-256 of its bytes. A file that is sent
// again, under whatever name, is the same file. It is comparable with ==; its zero
// value is no file.
type FileID [32]byte

// ParseFileID reads 64 hexadecimal digits. Its error is a *cris.ParseError.
func ParseFileID(s string) (FileID, error) {
	var id FileID
	if len(s) != 2*len(id) {
		return FileID{}, &cris.ParseError{What: "file ID", At: -1, Problem: "want 64 hexadecimal digits"}
	}
	if _, err := hex.Decode(id[:], []byte(s)); err != nil {
		return FileID{}, &cris.ParseError{What: "file ID", At: -1, Problem: "want hexadecimal digits"}
	}
	return id, nil
}

// IsZero reports whether id is no file.
func (id FileID) IsZero() bool { return id == FileID{} }

// String returns 64 hexadecimal digits in lower case.
func (id FileID) String() string { return hex.EncodeToString(id[:]) }

// Compare orders IDs as their text: -1, 0 or +1.
func (id FileID) Compare(other FileID) int { return bytes.Compare(id[:], other[:]) }

// AppendText implements encoding.TextAppender with the form of String. It never fails.
func (id FileID) AppendText(b []byte) ([]byte, error) { return hex.AppendEncode(b, id[:]), nil }

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
func (id FileID) MarshalText() ([]byte, error) { return id.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseFileID does, with its errors.
func (id *FileID) UnmarshalText(text []byte) error {
	parsed, err := ParseFileID(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}
