package processingtimes

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// longestLine is how long the line of a body may be to be taken as it is.
const longestLine = 1 << 16

// bodies finds the bodies of an input. Mostly each has a line of its own. From the first
// that does not, a json.Decoder finds them.
type bodies struct {
	lines   *bufio.Reader
	in      input
	decoder *json.Decoder // nil as long as each body has a line of its own
	begin   int64         // where the decoder began
	inArray bool
	found   json.RawMessage
}

func newBodies(r io.Reader) *bodies { return &bodies{lines: withoutMark(r)} }

// next returns the text of a body, which is valid JSON and good until the next call, and
// the number of the line on which it begins. After the last one it returns io.EOF.
func (b *bodies) next() (body []byte, line int, err error) {
	if b.decoder != nil {
		return b.decode()
	}
	text, err := b.lines.ReadSlice('\n')
	switch {
	case len(text) == 0 && errors.Is(err, io.EOF):
		return nil, 0, io.EOF
	case (err == nil || errors.Is(err, io.EOF)) && text[0] == '{' && json.Valid(text):
		b.in.begin += int64(len(text))
		b.in.lines++
		return text, b.in.lines, nil
	}
	rest := io.Reader(b.lines)
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		rest = failed{err}
	}
	b.begin = b.in.begin
	b.in.reader = io.MultiReader(bytes.NewReader(bytes.Clone(text)), rest)
	b.decoder = json.NewDecoder(&b.in)
	return b.decode()
}

// decode finds the next body wherever it stands.
func (b *bodies) decode() (body []byte, line int, err error) {
	for {
		b.in.renew(b.begin + b.decoder.InputOffset())
		if b.inArray != b.continues() {
			// The bracket that begins an array of bodies, or ends it.
			if _, err := b.decoder.Token(); err != nil {
				return nil, 0, within(err)
			}
			b.inArray = !b.inArray
			continue
		}
		if err := b.decoder.Decode(&b.found); err != nil {
			if errors.Is(err, io.EOF) && !b.inArray {
				return nil, 0, io.EOF
			}
			return nil, 0, within(err)
		}
		return b.found, b.in.line(), nil
	}
}

// continues reports whether what comes next stands in an array: one that begins, or the
// present one, which does not end yet.
func (b *bodies) continues() bool {
	more := b.decoder.More()
	if b.inArray {
		return more
	}
	at := b.begin + b.decoder.InputOffset() - b.in.begin // More has passed the blanks
	return at < int64(len(b.in.text)) && b.in.text[at] == '['
}

// within says of an end of input that it comes too early.
func within(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// fault says where reading failed.
func (b *bodies) fault(err error) error {
	offset := b.in.begin + int64(len(b.in.text))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = b.offsetOf(syntax)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the input ends within a body: %w", err)
	}
	return b.in.fault(offset, err)
}

// offsetOf returns where the syntax is at fault. A decoder that has looked ahead for the end
// of an array does not count what it passed, so the body is checked once more by itself.
func (b *bodies) offsetOf(syntax *json.SyntaxError) int64 {
	for _, before := range []string{"", between} {
		text := bytes.TrimLeft(b.in.text, before)
		again, is := errors.AsType[*json.SyntaxError](json.Unmarshal(text, new(json.RawMessage)))
		if is && again.Error() == syntax.Error() {
			return b.in.begin + int64(len(b.in.text)-len(text)) + again.Offset
		}
	}
	return b.begin + syntax.Offset
}
