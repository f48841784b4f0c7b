package contract

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Difference tells in which fields two values of one type differ, and how: at most five of them.
// Personal values are redacted. Values that differ in nothing that has a name are shown whole.
func Difference(got, want any) string {
	var found []string
	differ(reflect.ValueOf(got), reflect.ValueOf(want), "", func(at, how string) {
		line := at + ": " + how
		if at != "" && (len(found) == 0 || found[len(found)-1] != line) {
			found = append(found, line)
		}
	})
	const most = 5
	switch {
	case len(found) == 0:
		return fmt.Sprintf("got %+v, want %+v", got, want)
	case len(found) > most:
		found = append(found[:most], "and more")
	}
	return strings.Join(found, "; ")
}

// differ calls tell for each part in which two values differ. A part is named by its exported
// fields and by its place in a list: how a type is made inside is nobody's business.
func differ(got, want reflect.Value, at string, tell func(at, how string)) {
	if !got.IsValid() || !want.IsValid() || got.Type() != want.Type() {
		return
	}
	within := func(name string) string { return strings.TrimPrefix(at+"."+name, ".") }
	switch got.Kind() {
	case reflect.Struct:
		if !hasNamedParts(got.Type()) {
			if !same(got, want) {
				tell(at, show(got, want))
			}
			return
		}
		for i := range got.NumField() {
			inside := at
			if field := got.Type().Field(i); field.IsExported() {
				inside = within(field.Name)
			}
			differ(got.Field(i), want.Field(i), inside, tell)
		}
	case reflect.Slice, reflect.Array:
		if got.Len() != want.Len() {
			tell(at, fmt.Sprintf("got %d of them, want %d", got.Len(), want.Len()))
			return
		}
		for i := range got.Len() {
			differ(got.Index(i), want.Index(i), within(strconv.Itoa(i)), tell)
		}
	case reflect.Pointer, reflect.Interface:
		if got.IsNil() != want.IsNil() {
			tell(at, show(got, want))
			return
		}
		differ(got.Elem(), want.Elem(), at, tell)
	default:
		if !same(got, want) {
			tell(at, show(got, want))
		}
	}
}

// hasNamedParts reports whether there is something to name in a struct, and its Text says no more.
func hasNamedParts(t reflect.Type) bool {
	if _, is := t.MethodByName("MarshalText"); is {
		return false
	}
	for field := range t.Fields() {
		if field.IsExported() || field.Type.Kind() == reflect.Slice || field.Type.Kind() == reflect.Struct && hasNamedParts(field.Type) {
			return true
		}
	}
	return false
}

// same compares values that may stand in unexported fields.
func same(got, want reflect.Value) bool {
	if got.CanInterface() {
		return reflect.DeepEqual(got.Interface(), want.Interface())
	}
	return got.Comparable() && want.Comparable() && got.Equal(want)
}

func show(got, want reflect.Value) string {
	if !got.CanInterface() {
		return "it is another"
	}
	return fmt.Sprintf("got %.60s, want %.60s", quoted(got), quoted(want))
}

// quoted shows a value with its blanks, and a personal one redacted.
func quoted(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return strconv.Quote(v.String())
	}
	return fmt.Sprintf("%v", v.Interface())
}
