package tracking

import "github.com/seed28e20331/cris/internal/text"

// writing is what was written or scanned of a number: its letters and digits, and where one
// element of a bar code ends and the next begins.
type writing struct {
	text     [maxRoutedLen]byte // digits and capitals
	length   int                // of these
	letters  bool               // there are some among them
	elements positions          // before which an element begins
	printed  positions          // before which an application identifier stands in parentheses
}

// positions is a set of places in a writing, from 0 to its length.
type positions uint64

func (p positions) has(at int) bool { return p&(1<<at) != 0 }

// groupSeparator ends an element of a bar code that may have several lengths.
const groupSeparator = 0x1d

// readWriting reads letters and digits, and drops what separates them.
func readWriting[T string | []byte](s T) (w writing, err error) {
	open := -1 // where the identifier in the open parenthesis begins
	begin := afterSymbology(s)
	begin += text.Label(s[begin:], "USPS", "TRACKING")
	for i := begin; i < len(s); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch {
		case (isDigit(c) || isLetter(c)) && w.length == maxRoutedLen:
			return writing{}, numberError(i, "too long")
		case isDigit(c) || isLetter(c):
			w.text[w.length] = c
			w.length++
			w.letters = w.letters || isLetter(c)
		case c == groupSeparator:
			w.elements |= 1 << w.length
		case c == '(' && open < 0:
			open = w.length
			w.elements |= 1 << open
			w.printed |= 1 << open
		case c == ')' && open >= 0 && isIdentifier(w.text[open:w.length]):
			open = -1
		default:
			size := text.Separator(s, i)
			if size == 0 {
				return writing{}, numberError(i, "want a digit or a letter")
			}
			i += size - 1
		}
	}
	if open >= 0 {
		return writing{}, numberError(-1, "a parenthesis is not closed")
	}
	return w, nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

// isIdentifier reports whether the text is an application identifier that can stand in
// parentheses before a part of a number.
func isIdentifier(text []byte) bool {
	return string(text) == routingPrefix || len(text) == len("92") && text[0] == '9' && '1' <= text[1] && text[1] <= '5'
}

// afterSymbology returns where the text begins behind the identifier of a symbology, which a
// scanner puts before it: ]C1 of what is built as GS1 says, ]C0 or ]A0 of an S10 number.
// Which one it is does not matter, as the number tells by itself what it is.
func afterSymbology[T string | []byte](s T) int {
	at := 0
	for at < len(s) {
		size := text.Separator(s, at)
		if size == 0 {
			break
		}
		at += size
	}
	if end := at + len("]C1"); end <= len(s) && s[at] == ']' && isLetter(s[at+1]) && isDigit(s[at+2]) {
		return end
	}
	return at
}

// wantElements refuses elements that begin elsewhere than the number, or the ZIP code before
// it.
func (w *writing) wantElements(number, end int) error {
	allowed := positions(1) | 1<<number | 1<<end
	if w.elements&^allowed != 0 || w.printed.has(end) || w.printed.has(0) && w.letters {
		return numberError(-1, "an element of a bar code begins inside the number")
	}
	return nil
}
