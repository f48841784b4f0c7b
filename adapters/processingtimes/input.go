package processingtimes

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
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
func withoutMark(r io.Reader) io.Reader {
	const mark = "\xef\xbb\xbf"
	text := bufio.NewReader(r)
	if begin, err := text.Peek(len(mark)); err == nil && string(begin) == mark {
		_, _ = text.Discard(len(mark)) // which Peek has read
	}
	return text
}

// renew forgets what lies before offset, and allows another body.
func (in *input) renew(offset int64) {
	passed := in.text[:offset-in.begin]
	in.lines += bytes.Count(passed, []byte("\n"))
	in.text = append(in.text[:0], in.text[len(passed):]...)
	in.begin = offset
	in.allowance = MaxBody
}

// continues reports whether what comes next stands in an array: one that begins, or the
// present one, which does not end yet.
func (in *input) continues(decoder *json.Decoder, inArray bool) bool {
	more := decoder.More()
	if inArray {
		return more
	}
	at := decoder.InputOffset() - in.begin // More has passed the blanks
	return at < int64(len(in.text)) && in.text[at] == '['
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

// fault says where reading failed.
func (in *input) fault(err error) error {
	if syntax, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("processingtimes: line %d, byte %d of it: %w", syntax.Line, syntax.Column, syntax.Err)
	}
	offset := in.begin + int64(len(in.text))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = in.offsetOf(syntax)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the input ends within a body: %w", err)
	}
	before := in.upTo(offset)
	// The byte at fault may be a line end itself.
	line := in.lines + bytes.Count(before[:max(0, len(before)-1)], []byte("\n")) + 1
	return fmt.Errorf("processingtimes: line %d, byte %d: %w", line, offset, err)
}

// offsetOf returns where the syntax is at fault. A decoder that has looked ahead for the end
// of an array does not count what it passed, so the body is checked once more by itself.
func (in *input) offsetOf(syntax *json.SyntaxError) int64 {
	for _, before := range []string{"", between} {
		text := bytes.TrimLeft(in.text, before)
		again, is := errors.AsType[*json.SyntaxError](json.Unmarshal(text, new(json.RawMessage)))
		if is && again.Error() == syntax.Error() {
			return in.begin + int64(len(in.text)-len(text)) + again.Offset
		}
	}
	return syntax.Offset
}

// seen tells rows that stand twice in one input, by the line on which the first stands.
type seen map[casestatus.PostedUnder]int

var errTooManyRows = fmt.Errorf("more than %d rows", MaxRows)
