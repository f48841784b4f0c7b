package alphabet

import (
	"strings"
	"unicode"

	"github.com/seed28e20331/cris"
)

// field is a field of another system: the characters that it takes besides letters, and its
// length.
type field struct {
	part    Part
	besides string // the characters beside A to Z and a to z
	most    int    // characters
}

// fill writes a text into the field, and returns it with what was lost.
func (f field) fill(text string, form Form) (string, Losses) {
	signs := scan(text)
	var written strings.Builder
	var losses Losses
	for i, c := range signs {
		in := ""
		switch c.kind {
		case other:
			in = f.sign(c.rune)
			if in == "" && !isPunctuation(c.rune) {
				losses.leaveOut(f.part, c.rune)
			}
		case aLetter, doubling:
			// Only ICAO doubles letters.
			if c.isMapped && (c.kind == aLetter || form != BaseLetter) {
				in = inCase(c.in(form), signs, i)
			}
			if !c.isMapped || in == "" && !hasContent(written.String()) {
				losses.leaveOut(f.part, c.rune)
			}
		default:
			losses.leaveOut(f.part, c.rune)
		}
		written.WriteString(in)
	}
	whole := strings.Join(strings.Fields(written.String()), " ")
	held := strings.TrimRight(whole[:min(len(whole), f.most)], " ")
	if !hasContent(held) { // signs alone are no name
		return "", allLost(f.part, signs)
	}
	if cut := strings.TrimLeft(whole[len(held):], " "); cut != "" {
		losses.CutOff = []CutOff{{f.part, cris.NewPersonal(cut)}}
	}
	return held, losses
}

// sign returns how the field writes what is not a letter: as itself, as a space, or not at
// all.
func (f field) sign(r rune) string {
	plain := plainSign(r)
	switch {
	case strings.ContainsRune(f.besides, plain):
		return string(plain)
	case isPunctuation(r) && plain != 0 && !isModifier(r) && strings.Contains(f.besides, " "):
		return " "
	}
	return ""
}

// plainSign returns the ASCII sign for one of its many looks, and 0 for what joins letters
// and has no look of its own.
func plainSign(r rune) rune {
	const (
		minus         = '\u2212'
		fractionSlash = '\u2044'
		prime         = '\u2032'
		nonJoiner     = '\u200C'
		joiner        = '\u200D'
		middleDot     = '\u00B7' // of a Catalan double l
	)
	switch {
	case r == nonJoiner || r == joiner || r == middleDot:
		return 0
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r) || r == minus:
		return '-'
	case r == '‘' || r == '’' || r == '‛' || r == '`' || r == prime || isModifier(r):
		return '\''
	case r == fractionSlash:
		return '/'
	}
	return r
}

// isPunctuation reports whether r stands between the words and letters of a name and is no
// loss: systems that do not take it write a space, or nothing.
func isPunctuation(r rune) bool {
	plain := plainSign(r)
	return plain == 0 || strings.ContainsRune(" -'.,", plain)
}

// inCase returns the reading of a letter in its case. A capital that is written with more
// than one letter is all capitals beside another capital, so that ÖST is OEST, and Öst is
// Oest. Letters of a script without cases become capitals.
func inCase(reading string, signs []character, at int) string {
	r := signs[at].rune
	switch {
	case unicode.IsLower(r):
		return strings.ToLower(reading)
	case !unicode.IsUpper(r) && !unicode.IsTitle(r) || len(reading) < 2:
		return reading
	}
	isLetterAt := func(i int) bool { return i >= 0 && i < len(signs) && signs[i].kind == aLetter }
	beside := at + 1
	if !isLetterAt(beside) {
		beside = at - 1
	}
	if isLetterAt(beside) && unicode.IsUpper(signs[beside].rune) {
		return reading
	}
	return reading[:1] + strings.ToLower(reading[1:])
}

// hasContent reports whether there is a letter or a digit in an ASCII text.
func hasContent(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
