package document

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// formOfSlice is the form of a slice: an array, or null for a nil slice. Bytes are in base64.
func formOfSlice(t reflect.Type, within []reflect.Type) (form, *Error) {
	if t.Elem().Kind() == reflect.Uint8 {
		return form{
			write: func(out []byte, value reflect.Value) ([]byte, *Error) {
				if value.IsNil() {
					return append(out, "null"...), nil
				}
				return appendBytes(out, value.Bytes()), nil
			},
			read: func(_ *reader, first json.Token, value reflect.Value) *Error {
				bytes, fault := bytesOf(first)
				if fault == nil {
					value.SetBytes(bytes)
				}
				return fault
			},
			orNull: true,
		}, nil
	}
	inner, fault := newForm(t.Elem(), within)
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			if value.IsNil() {
				return append(out, "null"...), nil
			}
			return inner.writeAll(out, value)
		},
		read: func(in *reader, first json.Token, value reflect.Value) *Error {
			all := reflect.MakeSlice(t, 0, 0)
			if fault := in.restOfArray(first, func(int) *Error {
				element := reflect.New(t.Elem()).Elem()
				fault := inner.readNext(in, element)
				all = reflect.Append(all, element)
				return fault
			}); fault != nil {
				return fault
			}
			value.Set(all)
			return nil
		},
		orNull: true,
	}, fault
}

// formOfArray is the form of an array, which has all of its elements. Bytes are in base64.
func formOfArray(t reflect.Type, within []reflect.Type) (form, *Error) {
	if t.Elem().Kind() == reflect.Uint8 {
		return form{
			write: func(out []byte, value reflect.Value) ([]byte, *Error) { return appendBytes(out, value.Bytes()), nil },
			read: func(_ *reader, first json.Token, value reflect.Value) *Error {
				bytes, fault := bytesOf(first)
				if fault == nil && len(bytes) != t.Len() {
					fault = problem(notAsWritten)
				}
				if fault == nil {
					copy(value.Bytes(), bytes)
				}
				return fault
			},
		}, nil
	}
	inner, fault := newForm(t.Elem(), within)
	return form{
		write: inner.writeAll,
		read: func(in *reader, first json.Token, value reflect.Value) *Error {
			n := 0
			fault := in.restOfArray(first, func(i int) *Error {
				if n++; n > t.Len() {
					return problem(notAsWritten)
				}
				return inner.readNext(in, value.Index(i))
			})
			if fault == nil && n < t.Len() {
				fault = problem(notAsWritten)
			}
			return fault
		},
	}, fault
}

// writeAll appends all elements of a slice or an array.
func (f form) writeAll(out []byte, value reflect.Value) (_ []byte, fault *Error) {
	out = append(out, '[')
	for i := range value.Len() {
		if i > 0 {
			out = append(out, ',')
		}
		if out, fault = f.write(out, value.Index(i)); fault != nil {
			return nil, fault.at(strconv.Itoa(i))
		}
	}
	return append(out, ']'), nil
}

// entry stands for one of a map in the path of an error: its key may be personal.
const entry = "*"

// formOfMap is the form of a map by text: an object in the order of the keys, or null for a nil
// map.
func formOfMap(t reflect.Type, within []reflect.Type) (form, *Error) {
	if t.Key().Kind() != reflect.String || writesText(t.Key()) {
		return form{}, cannotKeep(t, "its keys are not text")
	}
	inner, fault := newForm(t.Elem(), within)
	return form{
		write: func(out []byte, value reflect.Value) (_ []byte, fault *Error) {
			if value.IsNil() {
				return append(out, "null"...), nil
			}
			byKey := map[string]reflect.Value{}
			for at := value.MapRange(); at.Next(); {
				byKey[at.Key().String()] = at.Value()
			}
			out = append(out, '{')
			for i, key := range slices.Sorted(maps.Keys(byKey)) {
				if i > 0 {
					out = append(out, ',')
				}
				if fault := storable(key); fault != nil {
					return nil, fault.at(entry)
				}
				out = append(appendText(out, key), ':')
				if out, fault = inner.write(out, addressed(byKey[key])); fault != nil {
					return nil, fault.at(entry)
				}
			}
			return append(out, '}'), nil
		},
		read: func(in *reader, first json.Token, value reflect.Value) *Error {
			all := reflect.MakeMap(t)
			if fault := in.restOfObject(first, func(name string) *Error {
				if fault := storable(name); fault != nil {
					return fault.at(entry)
				}
				element := reflect.New(t.Elem()).Elem()
				if fault := inner.readNext(in, element); fault != nil {
					return fault.at(entry)
				}
				all.SetMapIndex(reflect.ValueOf(name).Convert(t.Key()), element)
				return nil
			}); fault != nil {
				return fault
			}
			value.Set(all)
			return nil
		},
		orNull: true,
	}, fault
}
