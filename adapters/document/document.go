package document

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris"
)

// version is that of the form in which documents are written.
const version = 1

// Reveal writes the record as a document, with all its personal values in clear: what it returns
// must not reach a log, an error text, a metric or a URL, and must be encrypted where it is kept.
// See [Seal]. Its error is an [*Error]: for a type that cannot be kept whole, a text that no store
// may hold, or a time outside the years 0 to 9999.
func Reveal[T any](record T) ([]byte, error) {
	of := reflect.TypeFor[T]()
	written, fault := reveal(of, reflect.ValueOf(&record).Elem())
	if fault != nil {
		return nil, fault.in(nameOf(of))
	}
	return written, nil
}

func reveal(of reflect.Type, value reflect.Value) ([]byte, *Error) {
	f, fault := formOf(of)
	if fault != nil {
		return nil, fault
	}
	out := append([]byte(`{"Document":`), strconv.Itoa(version)...)
	if name := stableName(of); name != "" {
		out = appendText(append(out, `,"Type":`...), name)
	}
	out, fault = f.write(append(out, `,"Value":`...), value)
	if fault != nil {
		return nil, fault
	}
	return append(out, '}'), nil
}

// Restore reads a record from the document that [Reveal] wrote for that type. It returns the zero
// value with an error, which is an [*Error]: for a type that cannot be kept whole, and for what is
// not such a document, is one of another type, or was written by a newer version of this library.
// Values were valid when they were written, and are not judged anew.
func Restore[T any](document []byte) (record T, err error) {
	of := reflect.TypeFor[T]()
	var read T
	if fault := restore(of, document, reflect.ValueOf(&read).Elem()); fault != nil {
		return record, fault.in(nameOf(of))
	}
	return read, nil
}

func restore(of reflect.Type, document []byte, into reflect.Value) *Error {
	f, fault := formOf(of)
	if fault != nil {
		return fault
	}
	envelope, fault := readEnvelope(document)
	switch {
	case fault != nil:
		return fault
	case envelope.version > version:
		return problem("was written by a newer version of this library: run that version or a later one")
	case envelope.version != version || envelope.value == nil:
		return problem(notAsWritten)
	case envelope.of != stableName(of):
		return problem("the document holds a record of another type: ask for the type that was written")
	}
	in := newReader(envelope.value)
	if fault := f.readNext(in, into); fault != nil {
		return fault
	}
	return in.end()
}

// envelope is what stands around the value of a record.
type envelope struct {
	version int64
	of      string // the type; "" for one that this library does not name
	value   []byte // nil if the document holds no value
}

func readEnvelope(document []byte) (e envelope, fault *Error) {
	if !isText(document) {
		return e, problem(notAsWritten)
	}
	in := newReader(document)
	fault = in.object(func(name string) *Error {
		switch name {
		case "Document":
			return numberOf(64).readNext(in, reflect.ValueOf(&e.version).Elem())
		case "Type":
			return textForm.readNext(in, reflect.ValueOf(&e.of).Elem())
		case "Value":
			return in.raw((*json.RawMessage)(&e.value))
		}
		return problem(notAsWritten)
	})
	if fault != nil {
		return e, problem(notAsWritten)
	}
	return e, in.end()
}

// nameOf returns the type as people write it.
func nameOf(t reflect.Type) string { return t.String() }

// stableName returns the name by which documents tell the types of this library, and "" for a type
// of a host program, which may call and place its own as it likes.
func stableName(t reflect.Type) string {
	if !isOurs(t) {
		return ""
	}
	return t.String()
}

// isOurs reports whether this library declares the type.
func isOurs(t reflect.Type) bool {
	root := reflect.TypeFor[cris.Date]().PkgPath()
	return t.PkgPath() == root || strings.HasPrefix(t.PkgPath(), root+"/")
}
