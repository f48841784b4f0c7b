package gateway_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// searched is a library of three scripts: a is for Form I-90 and about cards, b for all forms and
// about notices, c for Form N-400 and about no issue.
func searched(tb testing.TB) gateway.Library {
	tb.Helper()
	named := func(id gateway.ScriptID, title cris.Phrase, issue erequest.Issue, block cris.Phrase, forms ...casestatus.FormNumber) gateway.Script {
		return script(tb, edition(id, "2013-08-15"), func(d *gateway.Draft) {
			d.Title, d.Issue, d.Forms = title, issue, forms
			d.Nodes[2].Blocks[0].Text = block
		})
	}
	return library(tb,
		named("a", say("A card did not arrive", "No llegó una tarjeta"), erequest.CardNotReceived, say("Ask the post office about mail.", "Pregunte en el correo."), "I-90"),
		named("b", say("A notice did not arrive", "No llegó un aviso"), erequest.NoticeNotReceived, say("The card is another matter.", "La tarjeta es otro asunto.")),
		named("c", say("Naturalization ceremony", "Ceremonia de naturalización"), "", say("Bring the cards.", "Traiga las tarjetas."), "N-400"),
	)
}

func found(l gateway.Library, q gateway.Query) string {
	if q.On.IsZero() {
		q.On = cris.MustParseDate("2013-08-15")
	}
	var ids []string
	for _, s := range l.Search(q) {
		ids = append(ids, string(s.ID()))
	}
	return strings.Join(ids, " ")
}

func TestGW1_SearchNarrowsByFormIssueAndDay(t *testing.T) {
	l := searched(t)
	require.Equal(t, "a b c", found(l, gateway.Query{}))
	require.Empty(t, found(l, gateway.Query{On: cris.MustParseDate("2013-08-14")}))
	require.Equal(t, "a b", found(l, gateway.Query{Form: "I-90"}))
	require.Equal(t, "a b", found(l, gateway.Query{Form: "form i90"}))
	require.Equal(t, "c b", found(l, gateway.Query{Form: "N-400"}), "what names the form comes first")
	require.Equal(t, "b", found(l, gateway.Query{Form: "I-765"}))
	require.Equal(t, "b", found(l, gateway.Query{Form: "no form"}))
	require.Equal(t, "a", found(l, gateway.Query{Issue: erequest.CardNotReceived}))
	require.Empty(t, found(l, gateway.Query{Issue: erequest.CardNotReceived, Form: "N-400"}))
}

func TestGW1_SearchFindsWordsAndTheirBeginnings(t *testing.T) {
	l := searched(t)
	for words, want := range map[string]string{
		"card":                "a b c", // in the title, as a word in a block, as the beginning of one
		"CARD":                "a b c",
		"cards":               "c",
		"ard":                 "",
		"notice":              "b",
		"notice card":         "b a c", // both words, then one
		"card card arrive":    "a b c",
		"naturalización":      "",
		"mail, post (office)": "a",
		"  ":                  "a b c",
		"???":                 "",
		"weather":             "",
		"weather notice":      "b",
		"arri":                "a b",
		"ceremony of a card":  "a c b",
	} {
		require.Equal(t, want, found(l, gateway.Query{Words: words}), words)
	}
}

func TestGW1_SearchInSpanishNeedsNoAccents(t *testing.T) {
	l := searched(t)
	for words, want := range map[string]string{
		"llego":          "a b",
		"LLEGÓ":          "a b",
		"llego\u0301":    "a b",
		"naturalizacion": "c",
		"tarjeta":        "a b c",
		"card":           "",
		"avisó":          "b",
		"correo España":  "a",
	} {
		require.Equal(t, want, found(l, gateway.Query{Words: words, Language: cris.Spanish}), words)
	}
	require.Equal(t, "a b c", found(l, gateway.Query{Words: "card", Language: "fr"}), "any other language is English")
}

func TestGW1_SearchLooksAtSoManyWords(t *testing.T) {
	l := searched(t)
	many := make([]string, 32)
	for i := range many {
		many[i] = "x" + strings.Repeat("y", i)
	}
	require.Equal(t, "a b c", found(l, gateway.Query{Words: strings.Join(many[:31], " ") + " card"}))
	require.Empty(t, found(l, gateway.Query{Words: strings.Join(many, " ") + " card"}))
}

func FuzzGW1_SearchIsTheSameEveryTime(f *testing.F) {
	f.Add("card", "I-90", true)
	f.Add("tarjeta llegó", "", false)
	f.Add("\xff\u0301\u202e", "x", true)
	l := searched(f)
	f.Fuzz(func(t *testing.T, words, form string, spanish bool) {
		q := gateway.Query{On: cris.MustParseDate("2013-08-15"), Words: words, Form: casestatus.FormNumber(form)}
		if spanish {
			q.Language = cris.Spanish
		}
		got := l.Search(q)
		require.Equal(t, got, l.Search(q))
		q.Words = strings.ToUpper(words)
		if strings.ToLower(q.Words) == words {
			require.Equal(t, got, l.Search(q), "case does not matter")
		}
		all := l.On(q.On)
		for i, s := range got {
			require.Contains(t, all, s)
			require.NotContains(t, got[:i], s)
		}
		reversed := slices.Clone(all)
		slices.Reverse(reversed)
		require.Equal(t, got, library(t, reversed...).Search(gateway.Query{On: q.On, Words: words, Form: q.Form, Language: q.Language}))
	})
}
