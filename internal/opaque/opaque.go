// Package opaque keeps a value where printers that walk through a program by reflection do not
// find it. It is the only package of the library that uses unsafe.
package opaque

import (
	"reflect"
	"strings"
	"unique"
	"unsafe"
)

// Value keeps a value of type T. It is comparable with ==, which compares the values. The zero
// Value keeps nothing, and must not be revealed. It may be used by several goroutines at once.
//
// What it holds is the pointer of a unique.Handle, as an unsafe.Pointer: the collector follows
// it, so the value lives as long as a Value of it, and reflection does not, because it cannot
// tell what is there. Whoever prints it prints an address.
type Value[T comparable] struct{ at unsafe.Pointer }

// Of returns the Value that keeps v.
func Of[T comparable](v T) Value[T] {
	handle := unique.Make(v)
	return Value[T]{*(*unsafe.Pointer)(unsafe.Pointer(&handle))} //nolint:gosec // a handle is that pointer: see below
}

// Reveal returns the value that Of was given.
func (v Value[T]) Reveal() T {
	return *(*T)(v.at)
}

// Kept returns what a Value keeps, the zero value if that is nothing, and whether v is a Value
// at all. It also reads the Value of an unexported field. It is for code of this module that has
// to look at everything that it was handed, whatever its type, and prints nothing of it.
func Kept(v reflect.Value) (kept reflect.Value, is bool) {
	of, is := KeptType(v.Type())
	if !is {
		return reflect.Value{}, false
	}
	at := v.Field(0).UnsafePointer()
	if at == nil {
		return reflect.Zero(of), true
	}
	return reflect.ValueOf(reflect.NewAt(of, at).Elem().Interface()), true // a copy, which nobody can set
}

// KeptType returns the type of what a Value keeps, and whether t is the type of a Value at all.
func KeptType(t reflect.Type) (of reflect.Type, is bool) {
	if t.PkgPath() != reflect.TypeFor[Value[string]]().PkgPath() || !strings.HasPrefix(t.Name(), "Value[") {
		return nil, false
	}
	reveal, _ := t.MethodByName("Reveal")
	return reveal.Type.Out(0), true
}

// Keep returns the Value of the type as that keeps what kept holds. It panics unless as is the type
// of a Value of that. It is for code of this module that reads records back, whatever their type.
func Keep(kept reflect.Value, as reflect.Type) reflect.Value {
	return reflect.Zero(as).Interface().(keeper).of(kept) //nolint:errcheck // as the comment says
}

// keeper is a Value, whatever the type of what it keeps.
type keeper interface {
	of(kept reflect.Value) reflect.Value
}

func (Value[T]) of(kept reflect.Value) reflect.Value {
	return reflect.ValueOf(Of(kept.Interface().(T))) //nolint:errcheck // see Keep
}

// Field returns the i-th field of a struct that can be addressed, so that it can be read whole
// and set, even if it is unexported. It is for code of this module that writes and reads records,
// whatever their type.
func Field(of reflect.Value, i int) reflect.Value {
	field := of.Field(i)
	return reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
}

// A handle is one word, or this does not compile.
var _ [0]struct{} = [unsafe.Sizeof(unique.Handle[string]{}) - unsafe.Sizeof(uintptr(0))]struct{}{}

// The word is the pointer to the value, or the program does not start: with anything else, the
// collector would not see that a value is still in use.
var _ = mustPointToValue(reflect.TypeFor[unique.Handle[string]](), reflect.TypeFor[string]())

func mustPointToValue(handle, value reflect.Type) bool {
	if handle.Kind() != reflect.Struct || handle.NumField() != 1 || handle.Field(0).Type != reflect.PointerTo(value) {
		panic("opaque: in this version of Go a unique.Handle is not the pointer to its value")
	}
	return true
}
