package cris_test

import (
	"strconv"
	"testing"

	"github.com/seed28e20331/cris"
)

// What a personal value costs: one that is on hand already, one that is new, reading it, and
// comparing two.
func BenchmarkPersonal(b *testing.B) {
	kept := cris.NewPersonal("Zyxwvut")
	again := cris.NewPersonal("Zyxwvut")
	name, err := cris.NewPersonName(cris.NameParts{Family: "Zyxwvut", Given: "Tuvwxyz"})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			cris.NewPersonal("Zyxwvut")
		}
	})
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			n++
			cris.NewPersonal(strconv.Itoa(n))
		}
	})
	b.Run("reveal", func(b *testing.B) {
		for b.Loop() {
			kept.Reveal()
		}
	})
	b.Run("reveal a name", func(b *testing.B) {
		for b.Loop() {
			name.Reveal()
		}
	})
	b.Run("equal", func(b *testing.B) {
		for b.Loop() {
			if kept != again {
				b.Fatal("not equal")
			}
		}
	})
}
