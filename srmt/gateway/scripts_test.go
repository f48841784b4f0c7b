package gateway_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
)

var inForce = cris.MustParseDate("2013-08-15")

func TestGW1_EveryIssueHasAScriptThatOpensARequest(t *testing.T) {
	for _, issue := range erequest.Issues() {
		scripts := gateway.DefaultLibrary().Search(gateway.Query{On: inForce, Issue: issue})
		require.Len(t, scripts, 1, issue)
		require.True(t, slices.ContainsFunc(scripts[0].Nodes(), func(n gateway.Node) bool {
			return n.End == gateway.End{Kind: gateway.OpenRequest, Issue: issue}
		}), issue)
	}
	moved, err := gateway.DefaultLibrary().Script("change-of-address", inForce)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(moved.Nodes(), func(n gateway.Node) bool { return n.End.Kind == gateway.ChangeOfAddress }))
	require.Len(t, gateway.DefaultLibrary().On(inForce), len(erequest.Issues())+1)
	require.Empty(t, gateway.DefaultLibrary().On(inForce.AddDays(-1)))
}

func TestGW1_ShippedScriptsAreShortAndBeginWithTheStatement(t *testing.T) {
	ends := map[gateway.EndKind]bool{}
	for _, d := range gateway.Drafts() {
		s, err := gateway.NewScript(d)
		require.NoError(t, err)
		nodes := s.Nodes()
		require.GreaterOrEqual(t, len(nodes), 4, s.ID())
		require.LessOrEqual(t, len(nodes), 8, s.ID())
		start, _ := s.Node(s.Start())
		require.True(t, start.Blocks[1].Statement, s.ID())
		require.Contains(t, start.Law, gateway.Citation{Title: 5, Code: gateway.USC, Section: "552a(e)(3)"})
		require.Contains(t, start.Blocks[2].Text.English, "receipt number", s.ID())
		require.True(t, start.Blocks[2].ReadAloud)
		for _, node := range nodes {
			ends[node.End.Kind] = true
			if node.End.Kind == gateway.OpenRequest {
				last := node.Blocks[len(node.Blocks)-1]
				require.True(t, last.ReadAloud)
				require.Contains(t, last.Text.English, "30 days")
				require.Contains(t, last.Text.Spanish, "30 días")
			}
			if node.End.Kind == gateway.ChangeOfAddress {
				require.Equal(t, "8 CFR 265.1", node.Law[0].String())
				require.Equal(t, "8 U.S.C. 1305", node.Law[1].String())
			}
		}
	}
	for _, kind := range gateway.EndKinds() {
		require.True(t, ends[kind], "no script ends in %s", kind)
	}
}

// Whoever reads a script aloud reads sentences, and nobody reads one language for the other.
func TestGW1_ShippedScriptsAreInBothLanguages(t *testing.T) {
	for _, d := range gateway.Drafts() {
		texts := []cris.Phrase{d.Title}
		for _, node := range d.Nodes {
			for _, block := range node.Blocks {
				texts = append(texts, block.Text)
				require.Regexp(t, `[.?]$`, block.Text.English)
				require.Regexp(t, `[.?]$`, block.Text.Spanish)
			}
			for _, choice := range node.Choices {
				texts = append(texts, choice.Text)
			}
		}
		for _, text := range texts {
			require.NotEqual(t, text.English, text.Spanish)
			require.Equal(t, strings.Count(text.English, "?"), strings.Count(text.Spanish, "?"), text.Spanish)
			require.Equal(t, strings.Count(text.Spanish, "?"), strings.Count(text.Spanish, "¿"), text.Spanish)
			for _, language := range []string{text.English, text.Spanish} {
				require.Equal(t, strings.TrimSpace(language), language)
				require.NotContains(t, language, "  ")
			}
		}
	}
}

func TestGW1_ShippedScriptsAreFound(t *testing.T) {
	for words, want := range map[string]gateway.ScriptID{
		"green card never came in the mail, card": "card-not-received",
		"did not get my appointment notice":       "notice-not-received",
		"travel document":                         "document-not-received",
		"they misprinted my name on the card":     "typographical-error",
		"I moved: new address":                    "change-of-address",
		"wheelchair":                              "appointment-accommodation",
		"how much longer, processing time":        "processing-time",
		"beneficiary":                             "beneficiary-change",
	} {
		scripts := gateway.DefaultLibrary().Search(gateway.Query{On: inForce, Words: words})
		require.NotEmpty(t, scripts, words)
		require.Equal(t, want, scripts[0].ID(), words)
	}
	for words, want := range map[string]gateway.ScriptID{
		"no me llego la tarjeta":     "card-not-received",
		"no llegó el aviso":          "notice-not-received",
		"cambio de direccion":        "change-of-address",
		"discapacidad":               "appointment-accommodation",
		"error de impresión tipogra": "typographical-error",
		"el caso tarda mucho":        "processing-time",
		"cambiaron beneficiario":     "beneficiary-change",
		"un documento que no llegó":  "document-not-received",
	} {
		scripts := gateway.DefaultLibrary().Search(gateway.Query{On: inForce, Words: words, Language: cris.Spanish})
		require.NotEmpty(t, scripts, words)
		require.Equal(t, want, scripts[0].ID(), words)
	}
	petitions := gateway.DefaultLibrary().Search(gateway.Query{On: inForce, Form: "I-130"})
	require.Equal(t, gateway.ScriptID("beneficiary-change"), petitions[0].ID())
	for _, s := range gateway.DefaultLibrary().Search(gateway.Query{On: inForce, Form: "I-90"}) {
		require.NotEqual(t, gateway.ScriptID("beneficiary-change"), s.ID(), "nobody petitions with Form I-90")
	}
}

func TestGW1_DraftsAreTheCallersToChange(t *testing.T) {
	gateway.Drafts()[0].Nodes[0].Blocks[0] = gateway.Block{}
	require.NotZero(t, gateway.Drafts()[0].Nodes[0].Blocks[0])
	require.NotZero(t, gateway.DefaultLibrary().On(inForce)[0].Nodes()[0].Blocks[0])
}
