package seal

import "encoding/base64"

// indexSize is how many bytes of a digest an index keeps: so few that a match is a candidate, which
// the opened row decides, and so many that few candidates are none.
const indexSize = 12

// IndexMark is how an entry of a blind index begins, and no value that is kept in clear.
const IndexMark = "#"

// IndexEntry returns what a blind index keeps for the digest of a value.
func IndexEntry(digest []byte) string {
	return IndexMark + base64.RawStdEncoding.EncodeToString(digest[:min(indexSize, len(digest))])
}
