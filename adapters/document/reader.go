package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// reader reads a document token by token. Its faults repeat nothing of it.
type reader struct{ tokens *json.Decoder }

func newReader(document []byte) *reader {
	tokens := json.NewDecoder(bytes.NewReader(document))
	tokens.UseNumber()
	return &reader{tokens}
}

// next returns the next token.
func (r *reader) next() (json.Token, *Error) {
	token, err := r.tokens.Token()
	if err != nil {
		return nil, problem(notAsWritten)
	}
	return token, nil
}

// raw reads the next value as it stands.
func (r *reader) raw(into *json.RawMessage) *Error {
	if *into != nil || r.tokens.Decode(into) != nil {
		return problem(notAsWritten)
	}
	return nil
}

// end returns a fault if anything follows.
func (r *reader) end() *Error {
	if _, err := r.tokens.Token(); !errors.Is(err, io.EOF) {
		return problem(notAsWritten)
	}
	return nil
}

// object reads an object. Each is called for the name of each of its fields, once, to read the
// value.
func (r *reader) object(each func(name string) *Error) *Error {
	token, fault := r.next()
	if fault != nil {
		return fault
	}
	return r.restOfObject(token, each)
}

// restOfObject is object once its first token was read.
func (r *reader) restOfObject(first json.Token, each func(name string) *Error) *Error {
	if first != json.Delim('{') {
		return problem(notAsWritten)
	}
	seen := map[string]bool{}
	for r.tokens.More() {
		token, fault := r.next()
		if fault != nil {
			return fault
		}
		name, is := token.(string)
		if !is || seen[name] {
			return problem(notAsWritten)
		}
		seen[name] = true
		if fault := each(name); fault != nil {
			return fault
		}
	}
	_, fault := r.next()
	return fault
}

// restOfArray reads an array, once its first token was read. Each is called for each element, to
// read it.
func (r *reader) restOfArray(first json.Token, each func(i int) *Error) *Error {
	if first != json.Delim('[') {
		return problem(notAsWritten)
	}
	for i := 0; r.tokens.More(); i++ {
		if fault := each(i); fault != nil {
			return fault.at(strconv.Itoa(i))
		}
	}
	_, fault := r.next()
	return fault
}

// isText reports whether the document is UTF-8, and all that is escaped in it is a character:
// encoding/json would read something else in place of what is not valid.
func isText(document []byte) bool {
	if !utf8.Valid(document) {
		return false
	}
	for at := bytes.IndexByte(document, '\\'); at >= 0; {
		skip := 2
		if unit, is := escaped(document[at:]); is && utf16.IsSurrogate(unit) {
			low, _ := escaped(document[at+6:])
			if utf16.DecodeRune(unit, low) == utf8.RuneError {
				return false
			}
			skip = 12
		}
		if at+skip >= len(document) {
			return true
		}
		next := bytes.IndexByte(document[at+skip:], '\\')
		if next < 0 {
			return true
		}
		at += skip + next
	}
	return true
}

// escaped returns the unit of UTF-16 that is escaped at the beginning, if one is.
func escaped(at []byte) (unit rune, is bool) {
	if len(at) < len(`\u0000`) || at[0] != '\\' || at[1] != 'u' {
		return 0, false
	}
	value, err := strconv.ParseUint(string(at[2:6]), 16, 16)
	return rune(value), err == nil
}
