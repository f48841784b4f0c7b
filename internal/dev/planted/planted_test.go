package planted_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/dev/planted"
)

// PV-1: what would come out is found, however it does.
func TestOutput_FindsWhatCameOut(t *testing.T) {
	secrets := []string{"Zyxfamily", "987654321", "1953-07-13"}
	words := cris.NewWords(cris.Phrase{Code: "said", English: "you are %s", Spanish: "es %s"})
	for name, note := range map[string]func(*planted.Output){
		"printed": func(o *planted.Output) { o.Note(struct{ Name string }{"Zyxfamily"}) },
		"folded":  func(o *planted.Output) { o.Note("ZYXFAMILY") },
		"encoded": func(o *planted.Output) { o.Note(encoded{}) },
		"hex":     func(o *planted.Output) { o.Note(fmt.Sprintf("%X", "Zyxfamily")) },
		"error":   func(o *planted.Output) { o.Note(fmt.Errorf("no case of %s", "Zyxfamily")) },
		"said":    func(o *planted.Output) { o.Say(words, cris.Message{Code: "said", Args: []any{"Zyxfamily"}}) },
		"reason":  func(o *planted.Output) { o.SayReasons(words, []cris.Reason{{Code: "Zyxfamily"}}) },
		"event": func(o *planted.Output) {
			o.NoteEvents([]cris.Event{{ID: "e", Type: "t", Source: "/s", Subject: "s", Time: time.Unix(1, 0), Data: map[string]string{"name": "Zyxfamily"}}})
		},
	} {
		var out planted.Output
		note(&out)
		require.Equal(t, []string{"Zyxfamily"}, out.Leaked(secrets), name)
	}
}

// encoded shows itself to encoding/json and log/slog alone.
type encoded struct{}

func (encoded) Format(fmt.State, rune)       {}
func (encoded) MarshalJSON() ([]byte, error) { return []byte(`"Zyxfamily"`), nil }

func TestOutput_WhatIsRedactedDoesNotComeOut(t *testing.T) {
	var out planted.Output
	out.Note(planted.Name("Zyxfamily"), planted.Address("1 Zyxstreet", "NJ", "07438"), errors.New("down"))
	out.SayReasons(cris.NewWords(), nil)
	out.NoteEvents(nil)
	require.Empty(t, out.Leaked([]string{"Zyx", "07438"}))
	require.True(t, out.Has(cris.Redacted))
	require.Equal(t, 1, out.Errors())
	require.Panics(t, func() { out.Note(func() {}) })
}
