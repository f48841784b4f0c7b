package attempt_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// random is a source that gives the same bytes each time.
func random(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func newDay(t *testing.T, seed byte) attempt.Day {
	t.Helper()
	day, err := attempt.NewDay(monday, random(seed), attempt.MyEVerifyPolicy())
	require.NoError(t, err)
	return day
}

func TestSketch_CountsAndGivesBack(t *testing.T) {
	var s attempt.Sketch
	day := newDay(t, 1)
	one, other := person(t, "Smith", "John").On(day, nil), person(t, "Smith", "Mary").On(day, nil)
	require.Zero(t, s.At(one))
	s.Remove(one)
	require.Zero(t, s.Len())
	s.Add(one)
	s.Add(one)
	s.Add(other)
	require.Equal(t, 2, s.At(one).Attempts())
	require.Equal(t, 1, s.At(other).Attempts())
	s.Remove(one)
	require.Equal(t, 1, s.At(one).Attempts())
	s.Remove(one)
	s.Remove(other)
	require.Zero(t, s.Len(), "a cell that is zero is not kept")
	for range 300 {
		s.Add(one)
	}
	s.Remove(one)
	require.Equal(t, attempt.Counts{255, 255, 255, 255}, s.At(one), "a full cell does not know its count")
}

func TestCounts_TheLeastIsHowOftenAPersonTried(t *testing.T) {
	require.Equal(t, 1, attempt.Counts{3, 1, 200, 2}.Attempts())
	require.Zero(t, attempt.Counts{3, 1, 200, 0}.Attempts())
}

// Whoever lacks the key, or one of its two halves, computes positions that say nothing.
func TestSC5_APositionDependsOnEveryKey(t *testing.T) {
	who := person(t, "Smith", "John")
	hostKey := []byte("a key of the host, 32 bytes long")
	seen := map[attempt.Position]bool{}
	for _, day := range []attempt.Day{newDay(t, 1), newDay(t, 2)} {
		for _, key := range [][]byte{nil, hostKey, hostKey[1:]} {
			at := who.On(day, key)
			require.False(t, seen[at])
			seen[at] = true
			require.True(t, at == who.On(day, key))
			for row, cell := range at.Cells {
				require.GreaterOrEqual(t, cell, row*day.Width)
				require.Less(t, cell, (row+1)*day.Width)
			}
		}
	}
	// Each cell alone is that of another one in so many persons.
	narrow := newDay(t, 1)
	narrow.Width = 1
	require.Equal(t, [attempt.Rows]int{0, 1, 2, 3}, who.On(narrow, nil).Cells)
}

func TestNewDay_FailsWithItsSource(t *testing.T) {
	broken := errors.New("no entropy")
	day, err := attempt.NewDay(monday, iotest.ErrReader(broken), attempt.MyEVerifyPolicy())
	require.ErrorIs(t, err, broken)
	require.Zero(t, day)
}

// Strangers are charged with attempts of others as rarely as computed: with 2^20 counters in a
// row, no one of a million at 10,000 attempts a day, about 70 at 100,000, and about 3,800 at
// 300,000. The test has a 64th of the counters and of the attempts, which makes the same share,
// and 100,000 strangers: a thousand persons, each under 100 keys.
func TestSC5_FewStrangersAreChargedWithTheAttemptsOfOthers(t *testing.T) {
	const scale, strangers = 64, 100_000
	day := newDay(t, 7)
	day.Width = 1 << 20 / scale
	persons := make([]attempt.Person, 1000)
	for n := range persons {
		persons[n] = person(t, "Q"+letters(n), "A")
	}
	who := func(n int) attempt.Position {
		return persons[n%len(persons)].On(day, []byte(strconv.Itoa(n/len(persons))))
	}
	for daily, perMillion := range map[int]float64{10_000: 0, 100_000: 69, 300_000: 3831} {
		var s attempt.Sketch
		for n := range daily / scale {
			s.Add(who(n))
		}
		charged := 0
		for n := range strangers {
			if s.At(who(1_000_000+n)).Attempts() > 0 {
				charged++
			}
		}
		want := perMillion * strangers / 1e6
		t.Logf("%d attempts a day: %d of %d strangers charged, %.1f expected", daily, charged, strangers, want)
		require.InDelta(t, want, charged, 4*math.Sqrt(want)+1, "%d attempts a day", daily)
	}
}

// letters writes a number in letters that fold to themselves, and none like another.
func letters(n int) string {
	var text []byte
	for i, digit := range strconv.Itoa(n) {
		text = append(text, "BCDFGHJKLM"[digit-'0'], "XZ"[i%2])
	}
	return string(text)
}

func TestTicket_ComesBackAsItWas(t *testing.T) {
	at := person(t, "Smith", "John").On(newDay(t, 1), nil)
	ticket := attempt.NewTicket(attempt.TicketParts{At: at, Number: [16]byte{1, 15: 9}})
	for _, want := range []attempt.Ticket{ticket, {}} {
		encoded := want.Encode()
		require.Len(t, encoded, 43, "the length says nothing")
		got, err := attempt.ParseTicket(encoded)
		require.NoError(t, err)
		require.True(t, want == got)
	}
}

func TestParseTicket_RefusesAnythingElse(t *testing.T) {
	whole := attempt.NewTicket(attempt.TicketParts{At: attempt.Position{Day: monday}, Number: [16]byte{1}}).Encode()
	otherForm, noDay := append([]byte{2}, whole[1:]...), append([]byte(nil), whole...)
	noDay[3] = 'x'
	for _, encoded := range [][]byte{nil, {}, {1}, whole[:42], append(whole[:43:43], 0), otherForm, noDay} {
		_, err := attempt.ParseTicket(encoded)
		var parse *cris.ParseError
		require.ErrorAs(t, err, &parse)
		require.NotContains(t, err.Error(), "2011")
	}
}

func FuzzParseTicket(f *testing.F) {
	f.Add(attempt.Ticket{}.Encode())
	f.Add(attempt.NewTicket(attempt.TicketParts{At: attempt.Position{Day: monday, Cells: [4]int{1, 2, 3, 1 << 25}}}).Encode())
	f.Fuzz(func(t *testing.T, encoded []byte) {
		ticket, err := attempt.ParseTicket(encoded)
		if err == nil {
			require.Equal(t, encoded, ticket.Encode())
		}
	})
}
