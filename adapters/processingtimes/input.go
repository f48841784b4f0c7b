package processingtimes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

var errBodyTooLarge = errors.New("a body is larger than 1 MiB")

// input is what a decoder reads from. It knows where the lines begin, and gives no
// more than its allowance until that is renewed.
type input struct {
	reader    io.Reader
	allowance int
	offset    int64   // bytes given so far
	newlines  []int64 // offsets of the line ends given, less those that lineAt has passed
	passed    int     // how many it has passed
}

func (in *input) Read(p []byte) (int, error) {
	if in.allowance == 0 {
		return 0, errBodyTooLarge
	}
	n, err := in.reader.Read(p[:min(len(p), in.allowance)])
	for i, c := range p[:n] {
		if c == '\n' {
			in.newlines = append(in.newlines, in.offset+int64(i))
		}
	}
	in.allowance -= n
	in.offset += int64(n)
	return n, err
}

// lineAt returns the number, from 1, of the line with the byte at offset. The offset
// of one call may not be less than that of the call before.
func (in *input) lineAt(offset int64) int {
	for len(in.newlines) > 0 && in.newlines[0] < offset {
		in.newlines = in.newlines[1:]
		in.passed++
	}
	return in.passed + 1
}

// fault says where reading failed.
func (in *input) fault(err error) error {
	offset := in.offset
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the input ends within a body: %w", err)
	}
	return fmt.Errorf("processingtimes: line %d, byte %d: %w", in.lineAt(offset), offset, err)
}
