package opaque

import (
	"fmt"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unique"

	"github.com/stretchr/testify/require"
)

func TestValue_IsEqualExactlyIfWhatItKeepsIs(t *testing.T) {
	require.True(t, Of("Zyxwvut") == Of(strings.Clone("Zyxwvut")))
	require.False(t, Of("Zyxwvut") == Of("Zyxwvuu"))
	require.False(t, Of("") == Value[string]{}, "an empty text is something")
	require.True(t, Of(uint32(7)) == Of(uint32(3+len("four"))))
	require.True(t, Of([2]string{"a", "b"}) == Of([2]string{"a", strings.Clone("b")}))
	require.True(t, Of(Of("nested")) == Of(Of(strings.Clone("nested"))))
	require.True(t, reflect.DeepEqual(Of("Zyxwvut"), Of(strings.Clone("Zyxwvut"))))
	require.Equal(t, map[Value[string]]int{Of("a"): 2}, map[Value[string]]int{Of(strings.Clone("a")): 2})
}

func TestValue_GivesBackWhatItKeeps(t *testing.T) {
	type parts struct {
		Name   string
		Number uint64
		Any    any
		Inner  [3]string
	}
	want := parts{"Zyxwvut", 1 << 63, "any", [3]string{"a", "", "c"}}
	require.Equal(t, want, Of(want).Reveal())
	require.Equal(t, byte(200), Of(byte(200)).Reveal())
	require.Equal(t, struct{}{}, Of(struct{}{}).Reveal())
	require.Equal(t, strings.Repeat("Zyxwvut", 1<<16), Of(strings.Repeat("Zyxwvut", 1<<16)).Reveal())
}

// A value must outlive every collection for as long as a Value of it is all that leads to it,
// and stay equal to one that is made afterwards. What nobody keeps is collected.
func TestValue_OutlivesCollections(t *testing.T) {
	const many = 1000
	made := func(n int) string { return "Zyxwvut " + strconv.Itoa(n) }
	kept, numbers := make([]Value[string], many), make([]Value[uint32], many)
	inMap := map[int]any{}
	for n := range many {
		kept[n], numbers[n], inMap[n] = Of(made(n)), Of(uint32(n)), Of(made(-n-1))
	}
	for round := range 10 {
		runtime.GC()
		for n := range 500 { // takes the place of what was freed
			Of(fmt.Sprintf("other %d %d", round, n))
			Of(uint32(1_000_000 + round*500 + n))
		}
		for n := range many {
			require.Equal(t, made(n), kept[n].Reveal())
			require.Equal(t, uint32(n), numbers[n].Reveal())
			require.True(t, kept[n] == Of(made(n)))
			require.True(t, inMap[n] == any(Of(made(-n-1))))
		}
	}
}

func TestValue_IsCollectedOnceNobodyKeepsIt(t *testing.T) {
	type large struct {
		id int
		_  [1 << 20]byte
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for id := range 200 {
		kept := Of(large{id: id})
		require.Equal(t, id, kept.Reveal().id)
		if id%20 == 0 {
			runtime.GC()
		}
	}
	for range 5 {
		runtime.GC()
	}
	runtime.ReadMemStats(&after)
	require.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(100<<20), "of 200 MiB")
}

func TestValue_MayBeUsedBySeveralGoroutines(t *testing.T) {
	var all sync.WaitGroup
	shared := Of("Zyxwvut")
	for worker := range 8 {
		all.Go(func() {
			for n := range 200 {
				text := strconv.Itoa(n % 50)
				kept := Of(text)
				if worker == 0 {
					runtime.GC()
				}
				if kept.Reveal() != text || kept != Of(strconv.Itoa(n%50)) || shared.Reveal() != "Zyxwvut" {
					t.Error("another value than was kept")
					return
				}
			}
		})
	}
	all.Wait()
}

// Whatever reflection finds in a Value, it cannot go on from there.
func TestPV1_ReflectionFindsAnAddress(t *testing.T) {
	field := reflect.ValueOf(Of("Zyxwvut")).Field(0)
	require.Equal(t, reflect.UnsafePointer, field.Kind())
	require.Panics(t, func() { field.Elem() })
	require.False(t, field.CanInterface())
	require.Equal(t, 1, reflect.TypeFor[Value[string]]().NumField())
}

func TestKept_ReadsAValueWhereverItIs(t *testing.T) {
	type hidden struct {
		text   Value[string]
		number Value[uint32]
		none   Value[string]
		inner  Value[Value[string]]
		plain  string
	}
	fields := reflect.ValueOf(hidden{text: Of("Zyxwvut"), number: Of(uint32(7)), inner: Of(Of("Tuvwxyz")), none: Value[string]{}, plain: "plain"})
	for name, want := range map[string]any{"text": "Zyxwvut", "number": uint32(7), "none": "", "inner": Of("Tuvwxyz")} {
		kept, is := Kept(fields.FieldByName(name))
		require.True(t, is, name)
		require.Equal(t, want, kept.Interface(), name)
		require.False(t, kept.CanSet(), name)
	}
	for _, other := range []any{"plain", 1, hidden{}, &hidden{}, struct{ at *string }{}, []Value[string]{}} {
		_, is := Kept(reflect.ValueOf(other))
		require.False(t, is, other)
	}
}

func TestKeep_MakesTheValueThatOfMakes(t *testing.T) {
	type number uint32
	for _, value := range []struct{ kept, want any }{
		{"Zyxwvut", Of("Zyxwvut")},
		{"", Of("")},
		{number(7), Of(number(7))},
		{[2]string{"a", "b"}, Of([2]string{"a", "b"})},
		{Of("nested"), Of(Of("nested"))},
	} {
		require.Equal(t, value.want, Keep(reflect.ValueOf(value.kept), reflect.TypeOf(value.want)).Interface())
	}
	require.Panics(t, func() { Keep(reflect.ValueOf(7), reflect.TypeFor[Value[string]]()) })
	require.Panics(t, func() { Keep(reflect.ValueOf("text"), reflect.TypeFor[string]()) })
}

func TestField_CanBeReadAndSetEvenIfItIsUnexported(t *testing.T) {
	type hidden struct {
		text   Value[string]
		number int
		Open   string
	}
	var value hidden
	at := reflect.ValueOf(&value).Elem()
	Field(at, 0).Set(Keep(reflect.ValueOf("Zyxwvut"), reflect.TypeFor[Value[string]]()))
	Field(at, 1).SetInt(7)
	Field(at, 2).SetString("open")
	require.Equal(t, hidden{Of("Zyxwvut"), 7, "open"}, value)
	require.Equal(t, 7, Field(at, 1).Interface())
	require.Panics(t, func() { Field(reflect.ValueOf(value), 0) }, "it cannot be addressed")
}

// A program on a version of Go with other handles does not start.
func TestMustPointToValue_KnowsHandlesThatAreNoPointer(t *testing.T) {
	text := reflect.TypeFor[string]()
	require.True(t, mustPointToValue(reflect.TypeFor[unique.Handle[string]](), text))
	for _, other := range []reflect.Type{
		reflect.TypeFor[uintptr](),
		reflect.TypeFor[*string](),
		reflect.TypeFor[struct{}](),
		reflect.TypeFor[struct{ at uintptr }](),
		reflect.TypeFor[struct{ at *int }](),
		reflect.TypeFor[struct{ at *unique.Handle[string] }](),
		reflect.TypeFor[struct{ at, more *string }](),
	} {
		require.Panics(t, func() { mustPointToValue(other, text) }, other)
	}
}
