package processingtimes

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/seed28e20331/cris/casestatus"
)

var errBodyTooLarge = errors.New("a body, or a record, is larger than 1 MiB")

// input is what a decoder reads from. It remembers what it gave since the last body, so
// that a body can be read a second time, and gives no more than its allowance until that
// is renewed.
type input struct {
	reader    io.Reader
	allowance int
	begin     int64  // offset of text in the input
	text      []byte // what was given since
	lines     int    // line ends before begin
}

func (in *input) Read(p []byte) (int, error) {
	if in.allowance == 0 {
		return 0, errBodyTooLarge
	}
	n, err := in.reader.Read(p[:min(len(p), in.allowance)])
	in.allowance -= n
	in.text = append(in.text, p[:n]...)
	return n, err
}

// withoutMark returns r without the byte order mark that some editors begin a text with.
// Offsets do not count it.
func withoutMark(r io.Reader) *bufio.Reader {
	const mark = "\xef\xbb\xbf"
	text := bufio.NewReaderSize(r, longestLine)
	begin, err := text.Peek(len(mark))
	if err != nil { // which Peek has taken away
		return bufio.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(begin)), failed{err}))
	}
	if string(begin) == mark {
		_, _ = text.Discard(len(mark)) // which Peek has read
	}
	return text
}

// failed is a reader that has failed already.
type failed struct{ err error }

func (f failed) Read([]byte) (int, error) { return 0, f.err }

// renew forgets what lies before offset, and allows another body.
func (in *input) renew(offset int64) {
	passed := in.text[:offset-in.begin]
	in.lines += bytes.Count(passed, []byte("\n"))
	in.text = append(in.text[:0], in.text[len(passed):]...)
	in.begin = offset
	in.allowance = MaxBody
}

// upTo returns what was given up to offset, and is good until the next call of renew.
func (in *input) upTo(offset int64) []byte {
	return in.text[:min(max(offset-in.begin, 0), int64(len(in.text)))]
}

// between is what may stand between two bodies: blanks, and a comma in an array.
const between = " \t\r\n,"

// line returns the number, from 1, of the line on which the next body begins.
func (in *input) line() int {
	blanks := len(in.text) - len(bytes.TrimLeft(in.text, between))
	return in.lines + bytes.Count(in.text[:blanks], []byte("\n")) + 1
}

// fault says where reading failed: after offset bytes of the input.
func (in *input) fault(offset int64, err error) error {
	before := in.upTo(offset)
	// The byte at fault may be a line end itself.
	line := in.lines + bytes.Count(before[:max(0, len(before)-1)], []byte("\n")) + 1
	return fmt.Errorf("processingtimes: line %d, byte %d: %w", line, offset, err)
}

// seen tells rows that stand twice in one input, by the line on which the first stands.
type seen map[casestatus.PostedUnder]int

var errTooManyRows = fmt.Errorf("more than %d rows", MaxRows)
