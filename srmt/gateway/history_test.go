package gateway_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
)

func TestGW1_AHistoryThatDoesNotAddUpIsToldWithItsPlace(t *testing.T) {
	c := begin(t)
	c.showAndRead()
	c.must(c.say(someForm))
	c.must(c.choose("late"))
	c.showAndRead()
	c.must(c.end())
	for name, test := range map[string]struct {
		edit    func([]gateway.Step) []gateway.Step
		seq     int
		problem string
	}{
		"nothing": {func([]gateway.Step) []gateway.Step { return nil }, 0, "there are no steps"},
		"gap": {
			func(h []gateway.Step) []gateway.Step { return slices.Delete(h, 2, 3) },
			3, "the numbering has a gap",
		},
		"unknown kind": {
			func(h []gateway.Step) []gateway.Step { h[3].Kind = "sung"; return h },
			4, "the kind of step is not known",
		},
		"opened without an answer": {
			func(h []gateway.Step) []gateway.Step {
				return append(h, gateway.Step{Seq: len(h) + 1, Kind: gateway.StepOpened, At: noon, RequestID: "request-1"})
			},
			10, "no answer from e-Request is awaited",
		},
		"no start": {
			func(h []gateway.Step) []gateway.Step { h[0] = gateway.Step{Seq: 1, Kind: gateway.StepShown}; return h },
			1, "a history begins with the start of the call, once",
		},
		"two starts": {
			func(h []gateway.Step) []gateway.Step { h[1] = h[0]; h[1].Seq = 2; return h },
			2, "a history begins with the start of the call, once",
		},
		"no time": {
			func(h []gateway.Step) []gateway.Step { h[4].At = time.Time{}; return h },
			5, "there is no time",
		},
		"field of another kind": {
			func(h []gateway.Step) []gateway.Step { h[1].Said = someForm; return h },
			2, "the step says something that does not belong to its kind",
		},
		"language": {
			func(h []gateway.Step) []gateway.Step { h[0].Language = "fr"; return h },
			1, "the language is neither English nor Spanish",
		},
		"other edition": {
			func(h []gateway.Step) []gateway.Step { h[0].Edition = cris.MustParseDate("2013-08-16"); return h },
			1, "the library does not hold this edition of the script",
		},
		"no representative": {
			func(h []gateway.Step) []gateway.Step { h[0].By = ""; return h },
			1, "the call names no representative",
		},
		"unread": {
			func(h []gateway.Step) []gateway.Step { h[3].Block = 1; return h },
			5, "the Privacy Act Statement has to be read aloud before anything is asked",
		},
		"choice of another node": {
			func(h []gateway.Step) []gateway.Step { h[5].Choice = "back"; return h },
			6, "the node that is shown has no such choice",
		},
	} {
		t.Run(name, func(t *testing.T) {
			call, err := gateway.Replay(c.library, test.edit(slices.Clone(c.history)))
			require.Zero(t, call)
			require.Equal(t, &gateway.HistoryError{Seq: test.seq, Problem: test.problem}, err)
			require.ErrorContains(t, err, "gateway: history, step ")
		})
	}
}

// An older call adds up with the edition with which it was held.
func TestGW1_ACallKeepsItsEdition(t *testing.T) {
	c := begin(t)
	c.showAndRead()
	newer := script(t, edition("card", "2013-09-01"), func(d *gateway.Draft) { d.Nodes[0].Blocks = d.Nodes[0].Blocks[2:] })
	call, err := gateway.Replay(library(t, newer, c.call.Script), c.history)
	require.NoError(t, err)
	require.True(t, call == c.call)
}

// historyFrom makes steps of bytes, one of each. Most do not add up.
func historyFrom(l gateway.Library, choices []byte) []gateway.Step {
	history := []gateway.Step{gateway.DecideStart(l, start()).Step}
	nodes := []gateway.NodeID{"greeting", "check", "found", "open"}
	ids := []gateway.ChoiceID{"late", "again", "back", "found"}
	for _, b := range choices {
		step := gateway.Step{Seq: len(history) + 1, At: noon, Kind: gateway.StepKinds()[b%10]}
		what := int(b/10) % 4
		switch step.Kind {
		case gateway.StepShown:
			step.Node = nodes[what]
		case gateway.StepRead:
			step.Block = what
		case gateway.StepChosen:
			step.Choice = ids[what]
		case gateway.StepSaid:
			step.Said = someForm
		case gateway.StepReturned:
			step.Filing = append(erequest.FilingOutcomes(), "")[what]
		case gateway.StepOpened:
			step.RequestID = []string{"request-1", "", "request-2", "request-3"}[what]
		default:
		}
		history = append(history, step)
	}
	return history
}

func FuzzGW1_WhatAddsUpWasDecided(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1, 12, 32, 3, 31, 12, 5})              // greeting, 1, 3, late, open, 1, ended
	f.Add([]byte{1, 12, 32, 4, 13, 11, 12, 33, 21})     // by way of check, to found
	f.Add([]byte{1, 6, 1})                              // broken off
	f.Add([]byte{1, 12, 32, 3, 31, 12, 5, 4, 7, 38, 9}) // handed over and returned
	f.Add([]byte{1, 12, 32, 3, 31, 12, 5, 7, 38, 4, 7, 9})
	f.Add([]byte{1, 12, 32, 32, 12, 4, 3, 6})
	l := library(f, script(f))
	f.Fuzz(func(t *testing.T, choices []byte) {
		history := historyFrom(l, choices)
		call, err := gateway.Replay(l, history)
		if err != nil {
			require.Zero(t, call)
			return
		}
		require.Equal(t, len(history), call.Version)
		require.True(t, call.Node == "" || call.Next == "")
		unread, ended, awaited, opened := 0, 0, false, 0
		for n, step := range history {
			require.Zero(t, opened, "nothing follows the request")
			if ended > 0 {
				require.Equal(t, gateway.OpenRequest, call.End.Kind)
				require.Contains(t, []gateway.StepKind{gateway.StepSaid, gateway.StepSubmitted, gateway.StepReturned, gateway.StepOpened}, step.Kind)
			}
			before, err := gateway.Replay(l, history[:n])
			require.Equal(t, n == 0, err != nil, "what was at step %d adds up too", n)
			switch step.Kind {
			case gateway.StepShown:
				require.Equal(t, before.Next, step.Node)
				node, _ := call.Script.Node(step.Node)
				unread = 0
				for _, block := range node.Blocks {
					if block.ReadAloud {
						unread++
					}
				}
			case gateway.StepRead:
				if step.Block > before.Read {
					unread--
				}
			case gateway.StepChosen, gateway.StepEnded:
				require.Zero(t, unread, "step %d goes on before everything is read", n+1)
				if step.Kind == gateway.StepEnded {
					ended++
				}
			case gateway.StepSaid:
				require.True(t, before.IsRead)
				require.False(t, awaited)
			case gateway.StepBrokenOff:
				ended++
			case gateway.StepSubmitted:
				require.False(t, awaited)
				require.Equal(t, 1, ended)
				awaited = true
			case gateway.StepReturned:
				require.True(t, awaited)
				awaited = false
			case gateway.StepOpened:
				require.True(t, awaited)
				awaited = false
				opened++
			default:
				require.Zero(t, n)
			}
		}
		require.Equal(t, call.Ended, ended == 1)
		require.Equal(t, awaited, call.Submitted > 0)
		require.Equal(t, opened == 1, call.RequestID != "")
		require.Equal(t, call.Submission("key").Outcome == gateway.Allowed, call.End.Kind == gateway.OpenRequest && opened == 0)
	})
}
