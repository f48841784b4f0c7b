package document

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/tracking"
)

// form is how the values of one type are written and read.
type form struct {
	// write appends the value, which can be addressed.
	write func(out []byte, value reflect.Value) ([]byte, *Error)
	// read sets the value to what begins with the token.
	read func(in *reader, first json.Token, value reflect.Value) *Error
	// orNull: null stands for the zero value, which write writes so.
	orNull bool
}

// readNext sets the value to what comes next.
func (f form) readNext(in *reader, value reflect.Value) *Error {
	first, fault := in.next()
	if fault != nil {
		return fault
	}
	if first == nil {
		if !f.orNull {
			return problem(notAsWritten)
		}
		value.SetZero()
		return nil
	}
	return f.read(in, first, value)
}

var formsByType sync.Map // of reflect.Type: form

// formOf returns the form of a type, or a fault if it cannot be kept whole.
func formOf(t reflect.Type) (form, *Error) {
	if known, ok := formsByType.Load(t); ok {
		return known.(form), nil //nolint:errcheck // nothing else is stored there
	}
	f, fault := newForm(t, nil)
	if fault == nil {
		formsByType.Store(t, f)
	}
	return f, fault
}

// ownForms are those of types whose text form does not say all that there is to keep.
var ownForms = map[reflect.Type]form{
	reflect.TypeFor[time.Time]():       instantForm,
	reflect.TypeFor[decimal.Decimal](): decimalForm,
	reflect.TypeFor[tracking.Number](): numberForm,
}

// newForm makes the form of a type that stands within others.
func newForm(t reflect.Type, within []reflect.Type) (form, *Error) {
	if slices.Contains(within, t) {
		return form{}, cannotKeep(t, "it contains itself")
	}
	within = append(slices.Clone(within), t)
	if f, is := ownForms[t]; is {
		return f, nil
	}
	if kept, is := opaque.KeptType(t); is {
		return formOfKept(t, kept, within)
	}
	if hasTextForm(t) {
		return textFormOf(t), nil
	}
	switch t.Kind() { //nolint:exhaustive // the others are refused
	case reflect.String:
		return textForm, nil
	case reflect.Bool:
		return boolForm, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return numberOf(t.Bits()), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return unsignedOf(t.Bits()), nil
	case reflect.Struct:
		return formOfStruct(t, within)
	case reflect.Pointer:
		return formOfPointer(t, within)
	case reflect.Slice:
		return formOfSlice(t, within)
	case reflect.Array:
		return formOfArray(t, within)
	case reflect.Map:
		return formOfMap(t, within)
	}
	return form{}, cannotKeep(t, "no document can hold a "+t.Kind().String())
}

func cannotKeep(t reflect.Type, why string) *Error {
	return problem("a " + t.String() + " cannot be kept whole: " + why + "; keep another type")
}

// hasTextForm reports whether values of the type are written as text and read back from it. What
// a struct with other fields beside has from an embedded one says nothing of the rest.
func hasTextForm(t reflect.Type) bool {
	if !writesText(t) || !reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return false
	}
	if t.Kind() != reflect.Struct {
		return true
	}
	for field := range t.Fields() {
		if field.Anonymous && writesText(field.Type) {
			return false
		}
	}
	return true
}

func writesText(t reflect.Type) bool { return t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) }

// formOfKept is the form of a value that printers do not find.
func formOfKept(t, kept reflect.Type, within []reflect.Type) (form, *Error) {
	inner, fault := newForm(kept, within)
	if fault == nil && inner.orNull {
		fault = cannotKeep(t, "its null cannot be told from the null of what is in it")
	}
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			if value.IsZero() {
				return append(out, "null"...), nil
			}
			is, _ := opaque.Kept(value)
			return inner.write(out, addressed(is))
		},
		read: func(in *reader, first json.Token, value reflect.Value) *Error {
			is := reflect.New(kept).Elem()
			if fault := inner.read(in, first, is); fault != nil {
				return fault
			}
			if !is.IsZero() { // the zero value is kept as none
				value.Set(opaque.Keep(is, t))
			}
			return nil
		},
		orNull: true,
	}, fault
}

// addressed returns a copy of the value that can be addressed.
func addressed(value reflect.Value) reflect.Value {
	at := reflect.New(value.Type()).Elem()
	at.Set(value)
	return at
}

// formOfStruct is the form of a struct: an object of the fields that are not zero. A struct of this
// library around one unexported field is written as that field.
func formOfStruct(t reflect.Type, within []reflect.Type) (form, *Error) {
	var fields structForm
	for i := range t.NumField() {
		field := t.Field(i)
		if !field.IsExported() && !isOurs(t) {
			return form{}, cannotKeep(t, "its field "+field.Name+" is unexported")
		}
		f, fault := newForm(field.Type, within)
		if fault != nil {
			return form{}, fault.at(field.Name)
		}
		fields = append(fields, fieldForm{field.Name, i, f})
	}
	if len(fields) == 1 && !t.Field(0).IsExported() {
		inner := fields[0].form
		return form{
			write: func(out []byte, value reflect.Value) ([]byte, *Error) {
				return inner.write(out, opaque.Field(value, 0))
			},
			read: func(in *reader, first json.Token, value reflect.Value) *Error {
				return inner.read(in, first, opaque.Field(value, 0))
			},
			orNull: inner.orNull,
		}, nil
	}
	return form{write: fields.write, read: fields.read}, nil
}

// structForm is the fields of a struct.
type structForm []fieldForm

type fieldForm struct {
	name string
	at   int
	form form
}

func (fields structForm) write(out []byte, value reflect.Value) (_ []byte, fault *Error) {
	out = append(out, '{')
	isFirst := true
	for _, f := range fields {
		field := opaque.Field(value, f.at)
		if field.IsZero() {
			continue
		}
		if !isFirst {
			out = append(out, ',')
		}
		isFirst = false
		out = append(appendText(out, f.name), ':')
		if out, fault = f.form.write(out, field); fault != nil {
			return nil, fault.at(f.name)
		}
	}
	return append(out, '}'), nil
}

func (fields structForm) read(in *reader, first json.Token, value reflect.Value) *Error {
	return in.restOfObject(first, func(name string) *Error {
		i := slices.IndexFunc(fields, func(f fieldForm) bool { return f.name == name })
		if i < 0 {
			return problem(newerVersion)
		}
		return fields[i].form.readNext(in, opaque.Field(value, fields[i].at)).at(name)
	})
}

// formOfPointer is the form of a pointer: what it points to, or null.
func formOfPointer(t reflect.Type, within []reflect.Type) (form, *Error) {
	inner, fault := newForm(t.Elem(), within)
	if fault == nil && inner.orNull {
		fault = cannotKeep(t, "nil cannot be told from a pointer to nothing")
	}
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			if value.IsNil() {
				return append(out, "null"...), nil
			}
			return inner.write(out, value.Elem())
		},
		read: func(in *reader, first json.Token, value reflect.Value) *Error {
			to := reflect.New(t.Elem())
			if fault := inner.read(in, first, to.Elem()); fault != nil {
				return fault
			}
			value.Set(to)
			return nil
		},
		orNull: true,
	}, fault
}
