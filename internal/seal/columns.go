package seal

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/seed28e20331/cris"
)

// Columns are the columns that are sealed together, in the order in which a program has them. What
// is sealed names each by four bytes that follow from its name: columns may be added later, left
// out or put into another order.
type Columns struct {
	ids []uint32
}

// end stands where a column would, behind the last one.
const end = 0

// NewColumns returns the columns with these names. Its error says that two of them cannot be told
// from each other, and that one has to be renamed.
func NewColumns(names ...string) (Columns, error) {
	var c Columns
	for _, name := range names {
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(name)) // never fails
		id := hash.Sum32()
		if id == end || slices.Contains(c.ids, id) {
			return Columns{}, fmt.Errorf("the column %s cannot be told from another: rename it", name)
		}
		c.ids = append(c.ids, id)
	}
	return c, nil
}

// Append appends what the i-th column holds. A column that holds nothing is left out.
func (c Columns) Append(plain []byte, i int, value string) []byte {
	if value == "" {
		return plain
	}
	plain = binary.BigEndian.AppendUint32(plain, c.ids[i])
	plain = binary.AppendUvarint(plain, uint64(len(value)))
	return append(plain, value...)
}

// block is what the length of what is sealed is a multiple of, so that it tells little.
const block = 64

// Finish appends the end, and as many zeros as hide the length.
func (Columns) Finish(plain []byte) []byte {
	plain = binary.BigEndian.AppendUint32(plain, end)
	return append(plain, zeros[:(block-len(plain)%block)%block]...)
}

var zeros [block]byte

// Each calls set with what each column holds, in the order in which they were appended. A column
// that is not one of these is left out: a later version of the program has added it. Its error
// matches cris.ErrTampered if the text is not what Append and Finish write, and is otherwise that
// of set.
func (c Columns) Each(plain string, set func(i int, value string) error) error {
	next := 0 // columns mostly follow each other in the same order
	for {
		if len(plain) < 4 {
			return errUnreadable
		}
		id := uint32(plain[0])<<24 | uint32(plain[1])<<16 | uint32(plain[2])<<8 | uint32(plain[3])
		if id == end {
			return nil
		}
		value, rest, ok := cutValue(plain[4:])
		if !ok {
			return errUnreadable
		}
		plain = rest
		for next < len(c.ids) && c.ids[next] != id {
			next++
		}
		if next == len(c.ids) { // they have another order, or it is not one of these
			if next = slices.Index(c.ids, id); next < 0 {
				next = 0
				continue
			}
		}
		if err := set(next, value); err != nil {
			return err
		}
		next++
	}
}

// cutValue returns the value with which the text begins, and what follows it.
func cutValue(text string) (value, rest string, ok bool) {
	var size uint64
	for i := range min(len(text), binary.MaxVarintLen32) {
		size |= uint64(text[i]&0x7f) << (7 * i)
		if text[i] < 0x80 {
			text = text[i+1:]
			if size > uint64(len(text)) {
				return "", "", false
			}
			return text[:size], text[size:], true
		}
	}
	return "", "", false
}

var errUnreadable = fmt.Errorf("%w: its columns cannot be read", cris.ErrTampered)
