package contract

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

type (
	told struct {
		Name    string
		At      time.Time
		Born    cris.Personal[cris.Date]
		Filed   cris.Date
		Entries []toldEntry
		Next    *toldEntry
		Data    map[string]string
	}
	toldEntry struct{ Number int }
	hidden    struct {
		id      string
		entries []toldEntry
	}
)

func TestDifference_NamesTheFields(t *testing.T) {
	want := told{
		Name: "whole", At: time.Unix(1, 0).UTC(), Born: cris.NewPersonal(cris.MustParseDate("1984-02-29")), Filed: cris.MustParseDate("2013-08-15"),
		Entries: []toldEntry{{1}, {2}}, Next: &toldEntry{3}, Data: map[string]string{"a": "b"},
	}
	for text, change := range map[string]func(v *told){
		`Name: got "whole ", want "whole"`:                                          func(v *told) { v.Name = "whole " },
		"At: got 1970-01-01 00:00:02 +0000 UTC, want 1970-01-01 00:00:01 +0000 UTC": func(v *told) { v.At = v.At.Add(time.Second) },
		"Born: got [redacted], want [redacted]":                                     func(v *told) { v.Born = cris.Personal[cris.Date]{} },
		"Filed: got no date, want 2013-08-15":                                       func(v *told) { v.Filed = cris.Date{} },
		"Entries: got 1 of them, want 2":                                            func(v *told) { v.Entries = v.Entries[:1] },
		"Entries.1.Number: got 7, want 2":                                           func(v *told) { v.Entries = []toldEntry{{1}, {7}} },
		"Next.Number: got 7, want 3":                                                func(v *told) { v.Next = &toldEntry{7} },
		"Data: got map[], want map[a:b]":                                            func(v *told) { v.Data = nil },
	} {
		got := want
		change(&got)
		require.Equal(t, text, Difference(got, want))
	}
	require.Equal(t, "1.Number: it is another", Difference(hidden{"a", []toldEntry{{1}, {7}}}, hidden{"b", []toldEntry{{1}, {2}}}))
	require.Equal(t, "got {id:a entries:[]}, want {id:b entries:[]}", Difference(hidden{id: "a"}, hidden{id: "b"}))
	require.Equal(t, "got 1, want 2", Difference(1, 2))
	require.Contains(t, Difference([]toldEntry{{1}, {1}, {1}, {1}, {1}, {1}}, make([]toldEntry, 6)), "; and more")
}
