package memory

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/internal/text"
)

var errUnstorable = errors.New("memory: text that is not UTF-8, or has a NUL in it, cannot be stored")

// mayHold returns the error of the context, or one if anywhere in the values there is text
// that some other store cannot hold: what one store refuses no other takes. It is asked
// before anything of a change is saved. Its error does not repeat the text.
func mayHold(ctx context.Context, values ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, value := range values {
		if !isStorable(reflect.ValueOf(value)) {
			return errUnstorable
		}
	}
	return nil
}

// isStorable reports whether every text in the value is, whatever holds it, personal values
// included.
func isStorable(value reflect.Value) bool {
	switch value.Kind() { //nolint:exhaustive // the others hold no text
	case reflect.String:
		return text.IsStorable(value.String())
	case reflect.Pointer, reflect.Interface:
		return value.IsNil() || isStorable(value.Elem())
	case reflect.Slice, reflect.Array:
		return allStorable(value.Len(), value.Index)
	case reflect.Map:
		for entry := value.MapRange(); entry.Next(); {
			if !isStorable(entry.Key()) || !isStorable(entry.Value()) {
				return false
			}
		}
	case reflect.Struct:
		if value.Type() == reflect.TypeFor[time.Time]() {
			return true // the text in it names a zone
		}
		if personal, is := opaque.Kept(value); is {
			return isStorable(personal)
		}
		return allStorable(value.NumField(), value.Field)
	}
	return true
}

// allStorable reports whether each of n parts of a value is.
func allStorable(n int, part func(i int) reflect.Value) bool {
	for i := range n {
		if !isStorable(part(i)) {
			return false
		}
	}
	return true
}
