package planted

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// window is how many bytes of a pattern are looked up at once, and so the fewest that a text
// may have.
const window = 8

// Search finds texts among bytes in every form in which a program can have written them: as
// they are, in capitals and in small letters, each of them in UTF-8, in UTF-16 of either order,
// in hexadecimal, in base64 wherever it begins, and with the escapes of JSON. It reads
// everything once, however many texts there are. It is safe for concurrent use.
type Search struct {
	texts    []string
	patterns []pattern
	filter   []uint64           // a bit for the hash of every window
	at       map[uint64][]int32 // patterns by their window
	longest  int
}

type pattern struct {
	text    int
	form    string
	bytes   []byte
	offset  int // of the window
	isPlain bool
}

// Place is where a text was found.
type Place struct {
	Text string
	Form string
	Path string // of the file, or what else the caller named
	At   int64  // the first byte
}

const filterBits = 24

// NewSearch returns a search for the texts. It panics if one is shorter than eight bytes: it
// would be found by chance.
func NewSearch(texts ...string) *Search {
	const leastOverlap = 256 // to see the whole hash in which digits stand
	s := &Search{texts: texts, filter: make([]uint64, 1<<filterBits/64), at: map[uint64][]int32{}, longest: leastOverlap}
	for i, text := range texts {
		if len(text) < window {
			panic(fmt.Sprintf("the text %d is too short to be searched for", i))
		}
		seen := map[string]bool{}
		for _, f := range formsOf(text) {
			if len(f.bytes) < window || seen[string(f.bytes)] {
				continue
			}
			seen[string(f.bytes)] = true
			s.longest = max(s.longest, len(f.bytes))
			s.patterns = append(s.patterns, pattern{text: i, form: f.name, bytes: f.bytes, isPlain: f.name == "plain" && isDigits(text)})
		}
	}
	// Many texts begin or end alike: each pattern is looked up by the window that it shares
	// with the fewest.
	shared := map[uint64]int{}
	for _, p := range s.patterns {
		for _, offset := range p.offsets() {
			shared[p.window(offset)]++
		}
	}
	for i := range s.patterns {
		p := &s.patterns[i]
		p.offset = slices.MinFunc(p.offsets(), func(a, b int) int { return shared[p.window(a)] - shared[p.window(b)] })
		w := p.window(p.offset)
		s.at[w] = append(s.at[w], int32(i))
		s.filter[hashed(w)/64] |= 1 << (hashed(w) % 64)
	}
	return s
}

// Patterns returns how many byte strings are searched for.
func (s *Search) Patterns() int { return len(s.patterns) }

func (p pattern) offsets() []int {
	return []int{0, (len(p.bytes) - window) / 2, len(p.bytes) - window}
}

func (p pattern) window(offset int) uint64 { return binary.LittleEndian.Uint64(p.bytes[offset:]) }

func hashed(w uint64) uint64 { return w * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

type form struct {
	name  string
	bytes []byte
}

// formsOf returns the forms of a text. Some may be alike.
func formsOf(text string) []form {
	var forms []form
	for _, letters := range []string{text, strings.ToUpper(text), strings.ToLower(text)} {
		forms = append(forms,
			form{"plain", []byte(letters)},
			form{"hexadecimal", []byte(hex.EncodeToString([]byte(letters)))},
			form{"hexadecimal", []byte(strings.ToUpper(hex.EncodeToString([]byte(letters))))},
			form{"JSON", escaped(letters, func(r rune) bool { return r >= utf8.RuneSelf })},
			form{"JSON", escaped(letters, func(r rune) bool { return r >= utf8.RuneSelf || strings.ContainsRune(`"'&<>/`, r) })},
			form{"JSON", []byte(strings.ToLower(string(escaped(letters, func(rune) bool { return true }))))},
		)
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			for before := range 3 {
				forms = append(forms, form{"base64", base64After(encoding, before, letters)})
			}
		}
		var little, big []byte
		for _, unit := range utf16.Encode([]rune(letters)) {
			little = binary.LittleEndian.AppendUint16(little, unit)
			big = binary.BigEndian.AppendUint16(big, unit)
		}
		forms = append(forms, form{"UTF-16LE", little}, form{"UTF-16BE", big})
	}
	return forms
}

// base64After returns the characters that are the same whatever stands around the text, of
// which so many bytes before it.
func base64After(encoding *base64.Encoding, before int, text string) []byte {
	const bitsOfByte, bitsOfCharacter = 8, 6
	encoded := encoding.EncodeToString(append(make([]byte, before), text...))
	first := (before*bitsOfByte + bitsOfCharacter - 1) / bitsOfCharacter
	last := (before + len(text)) * bitsOfByte / bitsOfCharacter
	return []byte(encoded[first:last])
}

func escaped(text string, which func(rune) bool) []byte {
	var b []byte
	for _, r := range text {
		if which(r) {
			for _, unit := range utf16.Encode([]rune{r}) {
				b = fmt.Appendf(b, `\u%04x`, unit)
			}
			continue
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}

// In reads to the end, and returns where it found what. path is what the places are called.
func (s *Search) In(path string, r io.Reader) ([]Place, error) {
	const chunk = 1 << 20
	var places []Place
	buffer := make([]byte, 0, chunk+4*s.longest)
	base, next := int64(0), 0 // where the buffer begins, and the first window that was not looked at
	for {
		n, err := io.ReadFull(r, buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		isEnd := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !isEnd {
			return places, err
		}
		limit := len(buffer) - s.longest
		if isEnd {
			limit = len(buffer) - window + 1
		}
		for i := next; i < limit; i++ {
			w := binary.LittleEndian.Uint64(buffer[i:])
			if h := hashed(w); s.filter[h/64]&(1<<(h%64)) == 0 {
				continue
			}
			for _, candidate := range s.at[w] {
				p := &s.patterns[candidate]
				begin := i - p.offset
				if begin < 0 || !bytes.HasPrefix(buffer[begin:], p.bytes) || p.isPlain && isOfAnother(buffer, begin, len(p.bytes)) {
					continue
				}
				places = append(places, Place{s.texts[p.text], p.form, path, base + int64(begin)})
			}
		}
		if isEnd {
			return places, nil
		}
		kept := max(0, limit-s.longest)
		base += int64(kept)
		next = limit - kept
		buffer = buffer[:copy(buffer, buffer[kept:])]
	}
}

// isOfAnother reports whether the digits are a part of 32 or 64 hexadecimal digits, as
// identifiers are, or if they are only eight, of a longer number: among many of them some hold
// a date by chance.
func isOfAnother(buffer []byte, at, length int) bool {
	isDigit := func(c byte) bool { return '0' <= c && c <= '9' }
	isHex := func(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' }
	run := func(is func(byte) bool) int {
		begin, end := at, at+length
		for begin > 0 && is(buffer[begin-1]) {
			begin--
		}
		for end < len(buffer) && is(buffer[end]) {
			end++
		}
		return end - begin
	}
	const short, long = 32, 64
	hex := run(isHex)
	return hex == short || hex == long || length == window && run(isDigit) > length
}

// InFolder searches every file below the folder. Files that are removed meanwhile are left out;
// a folder that is not there is an error.
func (s *Search) InFolder(folder string) (places []Place, read int64, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != folder:
			return nil
		case err != nil:
			return err
		case !entry.Type().IsRegular():
			return nil
		}
		file, err := os.Open(path) //nolint:gosec // the folder is a test's
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		defer file.Close()
		counted := &counter{Reader: file}
		found, err := s.In(path, counted)
		read += counted.n
		places = append(places, found...)
		return err
	})
	return places, read, err
}

type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}
