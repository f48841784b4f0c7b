package gateway_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
)

func say(english, spanish string) cris.Phrase {
	return cris.Phrase{English: english, Spanish: spanish}
}

func choice(id gateway.ChoiceID, to gateway.NodeID) gateway.Choice {
	return gateway.Choice{ID: id, Text: say("Choice "+string(id), "Opción "+string(id)), To: to}
}

// draft is a script without faults: a circle with an exit, and a way to each of two ends.
func draft() gateway.Draft {
	return gateway.Draft{
		ID: "card", Edition: cris.MustParseDate("2013-08-15"),
		Title: say("A card did not arrive", "No llegó una tarjeta"),
		Issue: erequest.CardNotReceived, Forms: []casestatus.FormNumber{"I-90", "I-765"}, Start: "greeting",
		Nodes: []gateway.Node{
			{
				ID: "greeting",
				Blocks: []gateway.Block{
					{Text: say("Good morning.", "Buenos días."), ReadAloud: true},
					{Text: say("Look at the screen.", "Mire la pantalla.")},
					{Text: say("A statement follows.", "Sigue una declaración."), ReadAloud: true, Statement: true},
				},
				Law:     []gateway.Citation{{Title: 5, Code: gateway.USC, Section: "552a(e)(3)"}},
				Choices: []gateway.Choice{choice("late", "open"), choice("again", "check")},
			},
			{
				ID:      "check",
				Blocks:  []gateway.Block{{Text: say("Please look again.", "Busque de nuevo."), ReadAloud: true}},
				Forms:   []casestatus.FormNumber{"AR-11"},
				Choices: []gateway.Choice{choice("back", "greeting"), choice("found", "found")},
			},
			{
				ID: "found", Blocks: []gateway.Block{{Text: say("Nothing more to do.", "No hay nada más que hacer.")}},
				End: gateway.End{Kind: gateway.Answered},
			},
			{
				ID: "open", Blocks: []gateway.Block{{Text: say("I am opening a request.", "Abro una solicitud."), ReadAloud: true}},
				End: gateway.End{Kind: gateway.OpenRequest, Issue: erequest.CardNotReceived},
			},
		},
	}
}

func script(tb testing.TB, edits ...func(*gateway.Draft)) gateway.Script {
	tb.Helper()
	d := draft()
	for _, edit := range edits {
		edit(&d)
	}
	s, err := gateway.NewScript(d)
	require.NoError(tb, err)
	return s
}

func TestGW1_AScriptSaysWhatItsDraftSaid(t *testing.T) {
	d, s := draft(), script(t)
	require.Equal(t, d.ID, s.ID())
	require.Equal(t, d.Edition, s.Edition())
	require.Equal(t, d.Title, s.Title())
	require.Equal(t, d.Issue, s.Issue())
	require.Equal(t, d.Forms, s.Forms())
	require.Equal(t, d.Start, s.Start())
	require.Equal(t, d.Nodes, s.Nodes())
	node, ok := s.Node("check")
	require.True(t, ok)
	require.Equal(t, d.Nodes[1], node)
	_, ok = s.Node("nowhere")
	require.False(t, ok)

	var none gateway.Script
	require.True(t, none.IsZero())
	require.False(t, s.IsZero())
	require.Zero(t, none.ID())
	_, ok = none.Node("check")
	require.False(t, ok)
}

func TestGW1_ScriptsAreFaultedAllAtOnceWithTheirPlaces(t *testing.T) {
	node := func(i int, edit func(*gateway.Node)) func(*gateway.Draft) {
		return func(d *gateway.Draft) { edit(&d.Nodes[i]) }
	}
	add := func(added ...gateway.Node) func(*gateway.Draft) {
		return func(d *gateway.Draft) { d.Nodes = append(d.Nodes, added...) }
	}
	blocks := []gateway.Block{{Text: say("Text.", "Texto.")}}
	for name, test := range map[string]struct {
		edit func(*gateway.Draft)
		want []gateway.Fault
	}{
		"no ID":      {func(d *gateway.Draft) { d.ID = "" }, []gateway.Fault{{Problem: "its ID is not made of small letters, digits, - and _"}}},
		"odd ID":     {func(d *gateway.Draft) { d.ID = "a b" }, []gateway.Fault{{Problem: "its ID is not made of small letters, digits, - and _"}}},
		"no edition": {func(d *gateway.Draft) { d.Edition = cris.Date{} }, []gateway.Fault{{Problem: "it has no edition"}}},
		"title in one language": {
			func(d *gateway.Draft) { d.Title.Spanish = " " },
			[]gateway.Fault{{Problem: "title: nothing in Spanish"}},
		},
		"unknown issue": {func(d *gateway.Draft) { d.Issue = "weather" }, []gateway.Fault{{Problem: `there is no issue "weather"`}}},
		"unknown forms": {
			func(d *gateway.Draft) { d.Forms = []casestatus.FormNumber{"I-1", "i-90", "I-90", "I-90"} },
			[]gateway.Fault{{Problem: `there is no form "I-1"`}, {Problem: `there is no form "i-90"`}, {Problem: `form "I-90" is named twice`}},
		},
		"no start": {
			func(d *gateway.Draft) { d.Start = "nowhere" },
			[]gateway.Fault{{Problem: `it starts at a node that does not exist, "nowhere"`}},
		},
		"dead link": {
			node(1, func(n *gateway.Node) { n.Choices[0].To = "nowhere" }),
			[]gateway.Fault{{"check", `choice "back": it leads to a node that does not exist, "nowhere"`}},
		},
		"unreachable": {
			add(gateway.Node{ID: "island", Blocks: blocks, End: gateway.End{Kind: gateway.TierTwo}}),
			[]gateway.Fault{{"island", "no way leads here"}},
		},
		"duplicate node": {
			add(gateway.Node{ID: "open", Blocks: blocks, End: gateway.End{Kind: gateway.TierTwo}}),
			[]gateway.Fault{{"open", "another node has the same ID"}},
		},
		"duplicate choice": {
			node(1, func(n *gateway.Node) { n.Choices[1].ID = "back" }),
			[]gateway.Fault{{"check", `choice "back": another choice has the same ID`}},
		},
		"circle without an exit": {
			func(d *gateway.Draft) {
				d.Nodes[0].Choices = append(d.Nodes[0].Choices, choice("loop", "loop"))
				d.Nodes = append(d.Nodes, gateway.Node{ID: "loop", Blocks: blocks, Choices: []gateway.Choice{choice("a", "round")}},
					gateway.Node{ID: "round", Blocks: blocks, Choices: []gateway.Choice{choice("b", "loop")}})
			},
			[]gateway.Fault{{"loop", "no way from here comes to an end"}, {"round", "no way from here comes to an end"}},
		},
		"neither choices nor end": {
			node(2, func(n *gateway.Node) { n.End = gateway.End{} }),
			[]gateway.Fault{{"found", "it has neither choices nor an end"}},
		},
		"choices and end": {
			node(1, func(n *gateway.Node) { n.End.Kind = gateway.Appointment }),
			[]gateway.Fault{{"check", "it has both choices and an end"}},
		},
		"no blocks": {node(2, func(n *gateway.Node) { n.Blocks = nil }), []gateway.Fault{{"found", "it has no blocks"}}},
		"control character": {
			node(0, func(n *gateway.Node) { n.Blocks[1].Text.Spanish = "Mire\nla pantalla." }),
			[]gateway.Fault{{"greeting", "block 2: in Spanish it is not one line of what can be seen"}},
		},
		"nothing in English": {
			node(0, func(n *gateway.Node) { n.Choices[0].Text.English = "" }),
			[]gateway.Fault{{"greeting", `choice "late": nothing in English`}},
		},
		"statement not read aloud": {
			node(0, func(n *gateway.Node) { n.Blocks[2].ReadAloud = false }),
			[]gateway.Fault{{"greeting", "block 3: the Privacy Act Statement has to be read aloud"}},
		},
		"no statement before a request": {
			node(0, func(n *gateway.Node) { n.Blocks[2].Statement = false }),
			[]gateway.Fault{{"open", "it can be reached before the Privacy Act Statement is read"}},
		},
		"citation": {
			node(0, func(n *gateway.Node) {
				n.Law = []gateway.Citation{
					{Title: 8, Code: gateway.CFR, Section: "265.1"},
					{Title: 51, Code: gateway.CFR, Section: "1"},
					{Title: 8, Code: "bible", Section: "1"},
					{Title: 8, Code: gateway.USC},
					{Title: 8, Code: gateway.USC, Section: "13 05"},
					{Title: 0, Code: gateway.USC, Section: "1"},
				}
			}),
			[]gateway.Fault{
				{"greeting", "citation 2 is not one of law or regulation"},
				{"greeting", "citation 3 is not one of law or regulation"},
				{"greeting", "citation 4 is not one of law or regulation"},
				{"greeting", "citation 5 is not one of law or regulation"},
				{"greeting", "citation 6 is not one of law or regulation"},
			},
		},
		"form of a node": {
			node(1, func(n *gateway.Node) { n.Forms = []casestatus.FormNumber{"X-1"} }),
			[]gateway.Fault{{"check", `there is no form "X-1"`}},
		},
		"unknown end": {
			node(2, func(n *gateway.Node) { n.End.Kind = "shrug" }),
			[]gateway.Fault{{"found", `it ends in nothing that is known, "shrug"`}},
		},
		"request about nothing": {
			node(3, func(n *gateway.Node) { n.End.Issue = "" }),
			[]gateway.Fault{{"open", `it opens a request about an issue that does not exist, ""`}},
		},
		"issue without a request": {
			node(2, func(n *gateway.Node) { n.End.Issue = erequest.CardNotReceived }),
			[]gateway.Fault{{"found", "it names an issue and opens no request"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := draft()
			test.edit(&d)
			s, err := gateway.NewScript(d)
			require.True(t, s.IsZero())
			var faulted *gateway.ScriptError
			require.ErrorAs(t, err, &faulted)
			require.Equal(t, test.want, faulted.Faults)
		})
	}

	d := draft()
	d.Edition, d.Nodes[1].Choices[1].ID, d.Nodes[2].Blocks = cris.Date{}, "back", nil
	_, err := gateway.NewScript(d)
	require.EqualError(t, err, `gateway: script "card" of no date: it has no edition; node "check": choice "back": another choice has the same ID; node "found": it has no blocks`)
	_, err = gateway.NewScript(gateway.Draft{})
	require.Error(t, err)
}

// A form of the host program exists if the host program says so.
func TestGW1_TheHostProgramNamesFurtherForms(t *testing.T) {
	d := draft()
	d.Forms = []casestatus.FormNumber{"X-1"}
	_, err := gateway.NewScript(d)
	require.Error(t, err)
	_, err = gateway.NewScript(d, "X-1")
	require.NoError(t, err)
}

// The statement may be read at the node that ends the script.
func TestGW1_TheStatementMayStandAtTheEnd(t *testing.T) {
	d := draft()
	d.Nodes[0].Blocks[2].Statement = false
	d.Nodes[3].Blocks[0].Statement = true
	_, err := gateway.NewScript(d)
	require.NoError(t, err)
}

func TestGW1_ScriptsNeverChange(t *testing.T) {
	d, want := draft(), draft()
	s, err := gateway.NewScript(d)
	require.NoError(t, err)
	vandalize := func(nodes []gateway.Node) {
		for i := range nodes {
			nodes[i].ID = "x"
			for j := range nodes[i].Blocks {
				nodes[i].Blocks[j] = gateway.Block{}
			}
			for j := range nodes[i].Choices {
				nodes[i].Choices[j] = gateway.Choice{}
			}
			for j := range nodes[i].Law {
				nodes[i].Law[j] = gateway.Citation{}
			}
			for j := range nodes[i].Forms {
				nodes[i].Forms[j] = ""
			}
		}
	}
	vandalize(d.Nodes)
	d.Forms[0] = ""
	vandalize(s.Nodes())
	for _, node := range want.Nodes {
		found, _ := s.Node(node.ID)
		vandalize([]gateway.Node{found})
	}
	s.Forms()[0] = ""
	require.Equal(t, want.Nodes, s.Nodes())
	require.Equal(t, want.Forms, s.Forms())
}

func TestGW1_DraftsAreReadFromJSON(t *testing.T) {
	encoded, err := json.Marshal(draft())
	require.NoError(t, err)
	var decoded gateway.Draft
	require.NoError(t, json.Unmarshal(encoded, &decoded))
	require.Equal(t, draft(), decoded)
}

func TestGW1_LawIsCitedAsItIsPrinted(t *testing.T) {
	require.Equal(t, "8 CFR 265.1", gateway.Citation{Title: 8, Code: gateway.CFR, Section: "265.1"}.String())
	require.Equal(t, "5 U.S.C. 552a(e)(3)", gateway.Citation{Title: 5, Code: gateway.USC, Section: "552a(e)(3)"}.String())
	require.Equal(t, []gateway.LawCode{gateway.USC, gateway.CFR}, gateway.LawCodes())
}

// drawn is a script of a few nodes with links at random. Its texts and identifiers are good.
func drawn(random *rand.Rand) gateway.Draft {
	d := draft()
	count := 1 + random.IntN(6)
	name := func(i int) gateway.NodeID { return gateway.NodeID(fmt.Sprintf("n%d", i)) }
	d.Start, d.Nodes = name(random.IntN(count+random.IntN(2))), nil
	for i := range count {
		node := gateway.Node{ID: name(i), Blocks: []gateway.Block{{Text: say("Text.", "Texto."), ReadAloud: true, Statement: random.IntN(3) == 0}}}
		for j := range random.IntN(3) {
			node.Choices = append(node.Choices, choice(gateway.ChoiceID(fmt.Sprintf("c%d", j)), name(random.IntN(count+random.IntN(2)))))
		}
		if len(node.Choices) == 0 {
			node.End = gateway.End{Kind: gateway.EndKinds()[random.IntN(5)]}
			if node.End.Kind == gateway.OpenRequest {
				node.End.Issue = erequest.CardNotReceived
			}
		}
		d.Nodes = append(d.Nodes, node)
	}
	return d
}

// isSound judges the links of a draft by walking every way of up to as many steps as could be
// needed: node and whether the statement was read are all that a way remembers.
func isSound(d gateway.Draft) bool {
	nodes := map[gateway.NodeID]gateway.Node{}
	for _, node := range d.Nodes {
		nodes[node.ID] = node
	}
	type place struct {
		at     gateway.NodeID
		isRead bool
	}
	var ends func(at gateway.NodeID, steps int) bool
	ends = func(at gateway.NodeID, steps int) bool {
		if nodes[at].End != (gateway.End{}) {
			return true
		}
		for _, c := range nodes[at].Choices {
			if steps > 0 && ends(c.To, steps-1) {
				return true
			}
		}
		return false
	}
	seen, reached := map[place]bool{}, map[gateway.NodeID]bool{}
	sound := true
	var walk func(place)
	walk = func(p place) {
		node, exists := nodes[p.at]
		if !exists {
			sound = false
			return
		}
		p.isRead = p.isRead || node.Blocks[0].Statement
		if seen[p] {
			return
		}
		seen[p], reached[p.at] = true, true
		asks := node.End.Kind == gateway.OpenRequest || node.End.Kind == gateway.ChangeOfAddress
		sound = sound && (p.isRead || !asks) && ends(p.at, len(d.Nodes))
		for _, c := range node.Choices {
			walk(place{c.To, p.isRead})
		}
	}
	walk(place{d.Start, false})
	return sound && len(reached) == len(d.Nodes)
}

func TestGW1_DrawnScriptsAreMadeIfTheyAreSound(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	sound := 0
	for range 20_000 {
		d := drawn(random)
		s, err := gateway.NewScript(d)
		require.Equal(t, isSound(d), err == nil, "%+v: %v", d, err)
		if err == nil {
			sound++
			require.Equal(t, d.Nodes, s.Nodes())
		}
	}
	require.Greater(t, sound, 500)
}
