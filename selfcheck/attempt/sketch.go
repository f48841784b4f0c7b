package attempt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/seed28e20331/cris"
)

// Rows is how many rows a sketch has.
const Rows = 4

// KeySize is how many bytes the key of a day has.
const KeySize = sha256.Size

// Day is a day on which attempts are counted: its key, which prints as [redacted], and how many
// counters each row of its sketch has, a power of two. The policy may change from day to day; a
// day keeps what it began with. It is comparable with ==.
type Day struct {
	Date  cris.Date
	Key   cris.Personal[[KeySize]byte]
	Width int
}

// NewDay returns the day with a key from random, and with as many counters as the policy has.
// Its error is that of random.
func NewDay(date cris.Date, random io.Reader, policy Policy) (Day, error) {
	var key [KeySize]byte
	if _, err := io.ReadFull(random, key[:]); err != nil {
		return Day{}, fmt.Errorf("attempt: key of a day: %w", err)
	}
	return Day{date, cris.NewPersonal(key), policy.width()}, nil
}

// Position is where a person is counted on a day: a cell in each row of the sketch. The cells of
// the row r are those from r*Width on. It is comparable with ==. While the key of the day lives,
// a position says whom it may be about: never log it, and never keep it beside a transaction.
type Position struct {
	Day   cris.Date
	Cells [Rows]int
}

// On returns where the person is counted on the day. hostKey is that of Options.HostKey, nil if
// there is none.
func (p Person) On(day Day, hostKey []byte) Position {
	key := day.Key.Reveal()
	mac := hmac.New(sha256.New, key[:])
	if len(hostKey) > 0 {
		// Someone who lacks one of the two keys can compute nothing.
		whole := hmac.New(sha256.New, hostKey)
		whole.Write(key[:])
		mac = hmac.New(sha256.New, whole.Sum(nil))
	}
	mac.Write([]byte(p.Reveal()))
	fingerprint := mac.Sum(nil)
	at := Position{Day: day.Date}
	for row := range at.Cells {
		part := binary.BigEndian.Uint64(fingerprint[8*row:])
		at.Cells[row] = row*day.Width + int(part%uint64(max(1, day.Width))) //nolint:gosec // less than the width, which is an int
	}
	return at
}

// Counts are what the cells of a position hold, row by row.
type Counts [Rows]uint8

// Attempts returns how many attempts of the person there were, or more if others share all cells
// of the position.
func (c Counts) Attempts() int { return int(slices.Min(c[:])) }

// Sketch counts the attempts of one day. It only counts: from what it holds nobody can tell who
// was added. It holds cells that are not zero. The zero Sketch is empty. It is not safe for
// concurrent use.
type Sketch struct{ cells map[int]uint8 }

// At returns what the cells of the position hold.
func (s *Sketch) At(at Position) (counts Counts) {
	for row, cell := range at.Cells {
		counts[row] = s.cells[cell]
	}
	return counts
}

// Add adds one to each cell of the position. A cell that holds 255 stays at 255: from then on its
// count is not known.
func (s *Sketch) Add(at Position) {
	if s.cells == nil {
		s.cells = map[int]uint8{}
	}
	for _, cell := range at.Cells {
		if s.cells[cell] < math.MaxUint8 {
			s.cells[cell]++
		}
	}
}

// Remove subtracts one from each cell of the position that is neither zero nor full.
func (s *Sketch) Remove(at Position) {
	for _, cell := range at.Cells {
		switch s.cells[cell] {
		case 0, math.MaxUint8:
		case 1:
			delete(s.cells, cell)
		default:
			s.cells[cell]--
		}
	}
}

// Len returns how many cells are not zero.
func (s *Sketch) Len() int { return len(s.cells) }
