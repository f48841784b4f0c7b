package document

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/tracking"
)

// appendText appends a JSON string of the text, which is UTF-8.
func appendText(out []byte, s string) []byte {
	const digits = "0123456789abcdef"
	out = append(out, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', digits[c>>4], digits[c&0xf])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}

func appendBytes(out, bytes []byte) []byte {
	return append(base64.StdEncoding.AppendEncode(append(out, '"'), bytes), '"')
}

func bytesOf(token json.Token) ([]byte, *Error) {
	s, is := token.(string)
	bytes, err := base64.StdEncoding.Strict().DecodeString(s)
	if !is || err != nil {
		return nil, problem(notAsWritten)
	}
	return bytes, nil
}

// storable returns a fault for a text that no store may hold.
func storable(s string) *Error {
	if !text.IsStorable(s) {
		return problem("text that is not UTF-8, or has a NUL in it, cannot be stored: refuse it where it comes in")
	}
	return nil
}

var textForm = form{
	write: func(out []byte, value reflect.Value) ([]byte, *Error) {
		if fault := storable(value.String()); fault != nil {
			return nil, fault
		}
		return appendText(out, value.String()), nil
	},
	read: func(_ *reader, first json.Token, value reflect.Value) *Error {
		s, is := first.(string)
		if !is {
			return problem(notAsWritten)
		}
		value.SetString(s)
		return storable(s)
	},
}

var boolForm = form{
	write: func(out []byte, value reflect.Value) ([]byte, *Error) {
		return strconv.AppendBool(out, value.Bool()), nil
	},
	read: func(_ *reader, first json.Token, value reflect.Value) *Error {
		b, is := first.(bool)
		if !is {
			return problem(notAsWritten)
		}
		value.SetBool(b)
		return nil
	},
}

// numberOf is the form of a whole number of so many bits.
func numberOf(bits int) form {
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			return strconv.AppendInt(out, value.Int(), 10), nil
		},
		read: func(_ *reader, first json.Token, value reflect.Value) *Error {
			n, is := first.(json.Number)
			whole, err := strconv.ParseInt(string(n), 10, bits)
			if !is || err != nil {
				return problem(notAsWritten)
			}
			value.SetInt(whole)
			return nil
		},
	}
}

// unsignedOf is numberOf for a number without a sign.
func unsignedOf(bits int) form {
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			return strconv.AppendUint(out, value.Uint(), 10), nil
		},
		read: func(_ *reader, first json.Token, value reflect.Value) *Error {
			n, is := first.(json.Number)
			whole, err := strconv.ParseUint(string(n), 10, bits)
			if !is || err != nil {
				return problem(notAsWritten)
			}
			value.SetUint(whole)
			return nil
		},
	}
}

// written is the form of values of T that are written as a text that says all of them. Both
// functions report whether there is a text, or a value.
func written[T any](write func(T) (string, bool), read func(string) (T, bool)) form {
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			s, ok := write(*value.Addr().Interface().(*T)) //nolint:errcheck // it is the form of T
			if !ok {
				return nil, problem("no document can hold this value: refuse it where it comes in")
			}
			return appendText(out, s), nil
		},
		read: func(_ *reader, first json.Token, value reflect.Value) *Error {
			s, is := first.(string)
			v, ok := read(s)
			if !is || !ok {
				return problem(notAsWritten)
			}
			*value.Addr().Interface().(*T) = v //nolint:errcheck // it is the form of T
			return nil
		},
	}
}

// instantForm is that of instants: RFC 3339 in UTC, to the microsecond.
var instantForm = written(
	func(at time.Time) (string, bool) {
		at = at.UTC()
		return at.Format(instantLayout), 0 <= at.Year() && at.Year() <= 9999
	},
	func(s string) (time.Time, bool) {
		at, err := time.Parse(instantLayout, s)
		return at.UTC(), err == nil && at.UTC().Format(instantLayout) == s
	},
)

const instantLayout = "2006-01-02T15:04:05.999999Z07:00"

// decimalForm is that of decimals, with as many places as they have.
var decimalForm = written(
	func(d decimal.Decimal) (string, bool) {
		isShort := -mostPlaces <= d.Exponent() && d.Exponent() <= mostPlaces
		if !isShort {
			return "", false
		}
		return d.StringFixed(max(0, -d.Exponent())), true
	},
	func(s string) (decimal.Decimal, bool) {
		d, err := decimal.NewFromString(s)
		return d, err == nil && -mostPlaces <= d.Exponent() && d.Exponent() <= 0
	},
)

// mostPlaces keeps a short text from being a number that takes minutes to write.
const mostPlaces = 100

// numberForm is that of tracking numbers: those too whose check digit is wrong, as some were filed.
var numberForm = written(
	func(n tracking.Number) (string, bool) { return n.String(), true },
	func(s string) (tracking.Number, bool) {
		if s == "" {
			return tracking.Number{}, true
		}
		n, err := tracking.ParseNumberLenient(s)
		return n, err == nil && n.String() == s
	},
)

// textFormOf is the form of a type that is written as text and read back from it.
func textFormOf(t reflect.Type) form {
	read := func(s string, value reflect.Value) bool {
		return value.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)) == nil //nolint:errcheck // see hasTextForm
	}
	return form{
		write: func(out []byte, value reflect.Value) ([]byte, *Error) {
			s, err := value.Interface().(encoding.TextMarshaler).MarshalText() //nolint:errcheck // see hasTextForm
			again := reflect.New(t).Elem()
			if err != nil || !read(string(s), again) || !reflect.DeepEqual(again.Interface(), value.Interface()) {
				return nil, problem("the text form of this value does not say all of it: refuse it where it comes in")
			}
			if fault := storable(string(s)); fault != nil {
				return nil, fault
			}
			return appendText(out, string(s)), nil
		},
		read: func(_ *reader, first json.Token, value reflect.Value) *Error {
			s, is := first.(string)
			if !is || !read(s, value) {
				return problem(notAsWritten)
			}
			return storable(s)
		},
	}
}
