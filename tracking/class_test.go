package tracking_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestClass_SurvivesJSON(t *testing.T) {
	text, err := json.Marshal(map[string]any{"class": tracking.OutForDelivery, "alert": tracking.AlertReturnStarted})
	require.NoError(t, err)
	require.JSONEq(t, `{"class":"out_for_delivery","alert":"return_started"}`, string(text))
}

func TestClass_ComparesByRank(t *testing.T) {
	all := tracking.Classes()
	require.Len(t, all, 15)
	for i, a := range all {
		for j, b := range all {
			require.Equal(t, i-j, a.Compare(b), "%s and %s", a, b)
		}
	}
	all[0] = "changed"
	require.Equal(t, tracking.NoScan, tracking.Classes()[0], "the list is the caller's own")
}

func TestWords_SayEverything(t *testing.T) {
	words := cris.NewWords(tracking.Words()...)
	var messages []cris.Message
	for _, r := range tracking.Reasons() {
		messages = append(messages, r.Message())
	}
	for _, c := range tracking.Classes() {
		messages = append(messages, c.Message())
	}
	for _, k := range tracking.AlertKinds() {
		messages = append(messages, k.Message())
	}
	for _, m := range messages {
		require.True(t, words.Has(m.Code), m.Code)
		require.NotEqual(t, words.Say(cris.English, m), words.Say(cris.Spanish, m), m.Code)
	}
	require.Equal(t, tracking.Unknown.Message(), tracking.Class("teleported").Message())
}

// The sets of flags have tokens too, in JSON and wherever else text is kept.
func TestFlags_HaveTokens(t *testing.T) {
	for want, doubts := range map[string]tracking.Doubts{
		"": 0, "set_back": tracking.SetBack, "set_forward": tracking.SetForward, "several_zones": tracking.SeveralZones,
		"no_zone": tracking.NoZone, "set_back+several_zones": tracking.SetBack | tracking.SeveralZones,
	} {
		text, err := doubts.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		var read tracking.Doubts
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, doubts, read)
	}
	var doubts tracking.Doubts
	require.EqualError(t, doubts.UnmarshalText([]byte("set_back+rain")), "doubts: not one of them")
	for want, source := range map[string]tracking.Source{
		"": 0, "code_list": tracking.CodeList, "code_list+status_guide+observed+in_use": tracking.CodeList | tracking.StatusGuide | tracking.Observed | tracking.InUse,
	} {
		text, err := source.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		require.Equal(t, want, source.String())
		var read tracking.Source
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, source, read)
	}
	var source tracking.Source
	require.EqualError(t, source.UnmarshalText([]byte("hearsay")), "source: not one of them")
}
