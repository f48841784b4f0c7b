package selfcheck

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// PassportNumber is the number of a passport of the United States or of another
// country. It prints as [redacted]; Reveal gives the number in capitals. It is
// comparable with ==, and its zero value is no number.
//
// The number does not tell a United States passport book from a passport card: both may begin
// with a C.
type PassportNumber struct{ hiddenText }

// I94Number is the number of an arrival record, Form I-94: eleven letters and
// digits. It prints as [redacted]; Reveal gives the number in capitals. It is
// comparable with ==, and its zero value is no number.
type I94Number struct{ hiddenText }

// VisaNumber is the number of a visa in a foreign passport, not that of its application:
// eight letters and digits. It prints as [redacted]; Reveal gives the number in capitals. It
// is comparable with ==, and its zero value is no number.
type VisaNumber struct{ hiddenText }

// SEVISNumber is the number of a student or exchange visitor in the Student and Exchange
// Visitor Information System: the letter N and ten digits. It prints as [redacted]; Reveal
// gives the number. It is comparable with ==, and its zero value is no number.
type SEVISNumber struct{ hiddenText }

// DocumentNumber is the number of a List B document, such as a driver's license.
// It prints as [redacted]; Reveal gives the number in capitals. It is comparable
// with ==, and its zero value is no number.
type DocumentNumber struct{ hiddenText }

// hiddenText is a number of letters, digits and marks. It prints as [redacted].
type hiddenText struct{ hiddenCharacters }

type hiddenCharacters = cris.Personal[characters]

// characters are those of a number, padded with zero bytes: a string would have to be allocated.
type characters [mostCharacters]byte

// mostCharacters is the length of the longest number, that of a document of list B.
const mostCharacters = 17

// Reveal returns the number, or "" for the zero value. See [cris.Personal.Reveal] for where
// it must not go.
func (n hiddenText) Reveal() string {
	all := n.hiddenCharacters.Reveal()
	number, _, _ := bytes.Cut(all[:], []byte{0})
	return string(number)
}

// The forms of the numbers.
var (
	usPassport      = documentForm{what: "U.S. passport number", takes: plain, min: 6, max: 9}
	foreignPassport = documentForm{what: "passport number", takes: plain, min: 6, max: 12}
	i94             = documentForm{what: "I-94 number", takes: plain, min: 11, max: 11}
	visa            = documentForm{what: "visa number", takes: plain, min: 8, max: 8}
	sevis           = documentForm{what: "SEVIS number", takes: plain, min: 10, max: 11}
	listBDocument   = documentForm{what: "document number", takes: plain | asterisk, min: 1, max: mostCharacters}
)

// ParseUSPassportNumber reads the number of a United States passport book or card: six to nine
// digits, the first of which may be a letter. Separators are dropped, as in every number (spaces,
// tabs and line ends, hyphens and dashes of all kinds), and letters become capitals. A number of
// zeros alone is never issued. Its error is a *cris.ParseError that does not repeat the input.
func ParseUSPassportNumber(s string) (PassportNumber, error) {
	var number printed
	if err := readUSPassportNumber(s, &number); err != nil {
		return PassportNumber{}, err
	}
	return PassportNumber{number.hidden()}, nil
}

func readUSPassportNumber(s string, number *printed) error {
	err := usPassport.read(s, number)
	switch {
	case err != nil:
		return err
	case number.lastLetter > 0:
		return usPassport.fault("a letter after the first character")
	case !number.hasNonzero:
		return usPassport.fault("all digits are zero")
	}
	return nil
}

// ParseForeignPassportNumber reads the number of a passport of any country: six to
// twelve letters and digits, and not letters followed by zeros alone. Separators, letters
// and errors are treated as in ParseUSPassportNumber.
func ParseForeignPassportNumber(s string) (PassportNumber, error) {
	var number printed
	if err := readForeignPassportNumber(s, &number); err != nil {
		return PassportNumber{}, err
	}
	return PassportNumber{number.hidden()}, nil
}

func readForeignPassportNumber(s string, number *printed) error {
	err := foreignPassport.read(s, number)
	if err != nil {
		return err
	}
	// Some countries number passports with letters everywhere.
	if !number.hasNonzero && number.letters < number.length && number.lastLetter < number.letters {
		return foreignPassport.fault("all digits are zero")
	}
	return nil
}

// ParseI94Number reads an I-94 number: eleven digits, as all were until May 2019, or ten and a
// letter. In the numbers issued since then, the letter is the tenth character; E-Verify takes it
// in any place. Separators are dropped, as in ParseUSPassportNumber, and letters become capitals.
// A number whose digits are all zero is never issued. Its error is a *cris.ParseError that does
// not repeat the input.
func ParseI94Number(s string) (I94Number, error) {
	var number printed
	if err := readI94Number(s, &number); err != nil {
		return I94Number{}, err
	}
	return I94Number{number.hidden()}, nil
}

func readI94Number(s string, number *printed) error {
	err := i94.read(s, number)
	switch {
	case err != nil:
		return err
	case number.letters > 1:
		return i94.fault("more than one letter")
	case !number.hasNonzero:
		return i94.fault("all digits are zero")
	}
	return nil
}

// ParseVisaNumber reads the number of a visa: eight letters and digits, at least one of them a
// digit other than zero. Separators, letters and errors are treated as in ParseUSPassportNumber.
func ParseVisaNumber(s string) (VisaNumber, error) {
	var number printed
	if err := readVisaNumber(s, &number); err != nil {
		return VisaNumber{}, err
	}
	return VisaNumber{number.hidden()}, nil
}

func readVisaNumber(s string, number *printed) error {
	err := visa.read(s, number)
	switch {
	case err != nil:
		return err
	case !number.hasNonzero:
		return visa.fault("no digit but zeros")
	}
	return nil
}

// ParseSEVISNumber reads a SEVIS number: the letter N, which may be left out, as the agency's
// systems do, and ten digits. A number of zeros alone is never issued. Separators, letters and
// errors are treated as in ParseUSPassportNumber.
func ParseSEVISNumber(s string) (SEVISNumber, error) {
	var number printed
	if err := readSEVISNumber(s, &number); err != nil {
		return SEVISNumber{}, err
	}
	return SEVISNumber{number.hidden()}, nil
}

func readSEVISNumber(s string, number *printed) error {
	err := sevis.read(s, number)
	switch {
	case err != nil:
		return err
	case number.letters == 0 && number.length == 10:
		copy(number.text[1:], number.text[:number.length])
		number.text[0] = 'N'
	case number.letters != 1 || number.text[0] != 'N' || number.length != 11:
		return sevis.fault("want the letter N and ten digits")
	}
	if !number.hasNonzero {
		return sevis.fault("all digits are zero")
	}
	return nil
}

// ParseDocumentNumber reads the number of a List B document: one to 17 letters, digits, hyphens
// and asterisks, at least one of them a digit other than zero. The hyphens in such a number
// belong to it, and a dash of any kind becomes a hyphen. Separators around the number, and spaces
// in it, are dropped, and letters become capitals. Its error is a *cris.ParseError that does not
// repeat the input.
func ParseDocumentNumber(s string) (DocumentNumber, error) {
	var number printed
	if err := readDocumentNumber(s, &number); err != nil {
		return DocumentNumber{}, err
	}
	return DocumentNumber{number.hidden()}, nil
}

func readDocumentNumber(s string, number *printed) error {
	err := listBDocument.read(s, number)
	switch {
	case err != nil:
		return err
	case !number.hasNonzero:
		return listBDocument.fault("no digit but zeros")
	}
	return nil
}

func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

// isDash reports whether r is a hyphen or a dash of any kind.
func isDash(r rune) bool {
	const minus = '\u2212'
	return unicode.Is(unicode.Pd, r) || r == minus
}

// documentForm is the form of a number as printed on a document: letters and digits, and
// what else.
type documentForm struct {
	what     string
	takes    kind
	min, max int // characters, without separators
}

// kind is what a character is to the number of a document; zero for one that is another
// separator or never occurs.
type kind byte

const (
	zero kind = 1 << iota
	nonzero
	letter
	asterisk
	separator // the common ones
	small     // a letter too; its value is the bit by which ASCII tells small letters from capitals

	plain = zero | nonzero | letter
)

var kinds = func() (of [256]kind) {
	for c := range of {
		switch {
		case '1' <= c && c <= '9':
			of[c] = nonzero
		case 'A' <= c && c <= 'Z':
			of[c] = letter
		case 'a' <= c && c <= 'z':
			of[c] = letter | small
		}
	}
	of['0'], of['*'], of[' '], of['-'] = zero, asterisk, separator, separator
	return of
}()

// printed is a number that has its form, in capitals and without separators.
type printed struct {
	text       characters
	length     int
	letters    int
	lastLetter int // where the last letter stands, -1 if there is none
	hasNonzero bool
}

func (p *printed) hidden() hiddenText { return hiddenText{cris.NewPersonal(p.text)} }

// readPlain sets the number to the one that s is, and reports whether s is written as most are: in
// capitals and digits alone.
func (form *documentForm) readPlain(s string, number *printed) bool {
	if len(s) < form.min || len(s) > form.max {
		return false
	}
	var digits byte
	letters, lastLetter := 0, -1
	for i := range len(s) {
		c := s[i]
		switch {
		case c-'0' <= 9:
			digits |= c - '0'
		case c-'A' < 26:
			letters, lastLetter = letters+1, i
		default:
			return false
		}
	}
	copy(number.text[:], s)
	number.length, number.letters, number.lastLetter, number.hasNonzero = len(s), letters, lastLetter, digits != 0
	return true
}

// read sets the number to the one that s is. Nothing in it may be used if there is an error.
func (form *documentForm) read(s string, number *printed) error {
	if form.readPlain(s, number) {
		return nil
	}
	var seen kind
	length, letters, lastLetter := 0, 0, -1
	for i := 0; i < len(s); i++ {
		is := kinds[s[i]]
		if is&form.takes == 0 {
			if is == separator && form.takes == plain {
				continue
			}
			size := text.Separator(s, i)
			if size == 0 {
				return &cris.ParseError{What: form.what, At: i, Problem: "character not allowed here"}
			}
			hyphens := 0
			if form.takes&asterisk != 0 && length > 0 {
				size, hyphens = form.gap(s, i)
			}
			i += size - 1
			if i == len(s)-1 {
				break // what stands behind the number
			}
			for ; hyphens > 0 && length < form.max; hyphens-- {
				number.text[length] = '-'
				length++
			}
			continue
		}
		if length == form.max {
			return &cris.ParseError{What: form.what, At: i, Problem: "too long"}
		}
		if is&letter != 0 {
			letters, lastLetter = letters+1, length
		}
		seen |= is
		number.text[length] = s[i] &^ byte(is&small)
		length++
	}
	if length < form.min {
		return &cris.ParseError{What: form.what, At: len(s), Problem: "too short"}
	}
	number.length, number.letters, number.lastLetter, number.hasNonzero = length, letters, lastLetter, seen&nonzero != 0
	return nil
}

// gap returns how many bytes the separators take that begin at s[i], and how many of them
// are hyphens or dashes.
func (*documentForm) gap(s string, i int) (size, hyphens int) {
	start := i
	for i < len(s) {
		separator := text.Separator(s, i)
		if separator == 0 {
			break
		}
		if r, _ := utf8.DecodeRuneInString(s[i:]); isDash(r) {
			hyphens++
		}
		i += separator
	}
	return i - start, hyphens
}

// fault returns the error of a number that has the form and is never issued.
func (form *documentForm) fault(problem string) error {
	return &cris.ParseError{What: form.what, At: -1, Problem: problem}
}
