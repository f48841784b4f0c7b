package gateway_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/dev/planted"
	"github.com/seed28e20331/cris/srmt/gateway"
)

var (
	noon   = time.Date(2013, 8, 20, 16, 0, 0, 0, time.UTC)
	onFile = casestatustest.NewPendingCase(1)
)

// conversation is a call under test: its history, of which every step was decided.
type conversation struct {
	t       testing.TB
	library gateway.Library
	history []gateway.Step
	call    gateway.Call
}

func start() gateway.Start {
	return gateway.Start{
		By: "rep-1", Script: "card", On: cris.MustParseDate("2013-08-20"), Language: cris.Spanish, Statement: erequest.Statements()[0].Edition, At: noon,
	}
}

// begin starts a call with the script of draft.
func begin(tb testing.TB) *conversation {
	tb.Helper()
	c := &conversation{t: tb, library: library(tb, script(tb))}
	c.must(gateway.DecideStart(c.library, start()))
	return c
}

// must takes a step that is allowed.
func (c *conversation) must(d gateway.Decision) {
	c.t.Helper()
	require.Equal(c.t, gateway.Allowed, d.Outcome, "%v", d.Reasons)
	require.Len(c.t, d.Reasons, 1)
	c.history = append(c.history, d.Step)
	var err error
	c.call, err = gateway.Replay(c.library, c.history)
	require.NoError(c.t, err)
	require.Equal(c.t, len(c.history), c.call.Version)
}

// refused expects that a step is refused for these reasons, by the decision and by Replay.
func (c *conversation) refused(d gateway.Decision, codes ...cris.Code) {
	c.t.Helper()
	require.Equal(c.t, gateway.Refused, d.Outcome)
	require.Zero(c.t, d.Step)
	var got []cris.Code
	for _, reason := range d.Reasons {
		got = append(got, reason.Code)
	}
	for i := range codes {
		codes[i] = "gateway." + codes[i]
	}
	require.Equal(c.t, codes, got)
}

func (c *conversation) show(node gateway.NodeID) gateway.Decision {
	return gateway.DecideShown(c.call, node, noon)
}

func (c *conversation) read(block int) gateway.Decision {
	return gateway.DecideRead(c.call, block, noon)
}

func (c *conversation) choose(id gateway.ChoiceID) gateway.Decision {
	return gateway.DecideChoice(c.call, id, noon)
}

func (c *conversation) say(said gateway.Said) gateway.Decision {
	return gateway.DecideSaid(c.call, said, noon)
}

func (c *conversation) end() gateway.Decision      { return gateway.DecideEnd(c.call, noon) }
func (c *conversation) breakOff() gateway.Decision { return gateway.DecideBreakOff(c.call, noon) }

// showAndRead shows the next node and reads all of it that has to be read.
func (c *conversation) showAndRead() {
	c.t.Helper()
	c.must(c.show(c.call.Next))
	for c.call.ToRead() > 0 {
		c.must(c.read(c.call.ToRead()))
	}
}

func said(edit func(*gateway.Said)) gateway.Said {
	var s gateway.Said
	edit(&s)
	return s
}

var someForm = gateway.Said{Screening: erequest.Screening{Form: "I-90"}}

func TestGW1_ACallStartsWithTheScriptInForce(t *testing.T) {
	older, newer := script(t), script(t, edition("card", "2013-08-20"))
	l := library(t, older, newer)
	d := gateway.DecideStart(l, start())
	require.Equal(t, gateway.Step{
		Seq: 1, Kind: gateway.StepStarted, At: noon, By: "rep-1", Script: "card", Edition: cris.MustParseDate("2013-08-20"),
		Language: cris.Spanish, Statement: erequest.Statements()[0].Edition,
	}, d.Step)
	call, err := gateway.Replay(l, []gateway.Step{d.Step})
	require.NoError(t, err)
	require.Equal(t, gateway.Call{
		By: "rep-1", Script: newer, Language: cris.Spanish, Statement: erequest.Statements()[0].Edition, Next: "greeting", Version: 1,
	}, call)

	s := start()
	s.On, s.Language = cris.MustParseDate("2013-08-19"), "fr"
	d = gateway.DecideStart(l, s)
	require.Equal(t, cris.MustParseDate("2013-08-15"), d.Step.Edition)
	require.Equal(t, cris.English, d.Step.Language)
}

func TestGW1_AStartIsRefusedForEverythingThatIsMissing(t *testing.T) {
	c := &conversation{t: t, library: library(t, script(t))}
	s := start()
	s.By, s.Statement = "", ""
	c.refused(gateway.DecideStart(c.library, s), "representative_missing", "statement_not_named")
	s.On = cris.MustParseDate("2013-08-14")
	c.refused(gateway.DecideStart(c.library, s), "representative_missing", "script_not_in_force")
	c.refused(gateway.DecideStart(gateway.Library{}, start()), "script_not_in_force")

	// A script that reads no statement needs none.
	plain := library(t, script(t, func(d *gateway.Draft) {
		d.Nodes = d.Nodes[2:3]
		d.Start = "found"
	}))
	s = start()
	s.Statement = ""
	require.Equal(t, gateway.Allowed, gateway.DecideStart(plain, s).Outcome)
}

func TestGW1_NothingHappensBeforeTheStart(t *testing.T) {
	c := &conversation{t: t}
	for _, d := range []gateway.Decision{c.show("greeting"), c.read(1), c.choose("late"), c.say(someForm), c.end(), c.breakOff()} {
		c.refused(d, "call_not_started")
	}
}

func TestGW1_OnlyTheNextNodeIsShown(t *testing.T) {
	c := begin(t)
	c.refused(c.show("check"), "node_not_next")
	c.refused(c.show(""), "node_not_next")
	for _, d := range []gateway.Decision{c.read(1), c.choose("late"), c.end()} {
		c.refused(d, "node_not_shown")
	}
	c.must(c.show("greeting"))
	require.Equal(t, gateway.NodeID("greeting"), c.call.Node)
	require.Empty(t, c.call.Next)
	c.refused(c.show("greeting"), "node_not_next")
	c.refused(c.show(""), "node_not_next")
}

func TestGW1_BlocksAreReadInOrder(t *testing.T) {
	c := begin(t)
	c.must(c.show("greeting"))
	require.Equal(t, 1, c.call.ToRead())
	c.refused(c.read(3), "block_out_of_turn")
	for _, block := range []int{-1, 0, 2, 4} {
		c.refused(c.read(block), "block_not_to_read")
	}
	c.must(c.read(1))
	require.Equal(t, 3, c.call.ToRead())
	c.must(c.read(1)) // the caller asked for it again
	c.must(c.read(3))
	require.Zero(t, c.call.ToRead())
	c.must(c.read(1))
	require.Equal(t, 3, c.call.Read)
	require.Zero(t, c.call.ToRead())
}

func TestGW1_NothingGoesOnBeforeAllIsRead(t *testing.T) {
	c := begin(t)
	c.must(c.show("greeting"))
	c.refused(c.choose("late"), "blocks_unread")
	c.refused(c.choose("other"), "choice_not_here", "blocks_unread")
	c.refused(c.end(), "no_end_here", "blocks_unread")
	c.must(c.read(1))
	c.refused(c.choose("late"), "blocks_unread")
	c.must(c.read(3))
	c.must(c.choose("late"))
	require.Equal(t, gateway.NodeID("open"), c.call.Next)
	require.Empty(t, c.call.Node)
	c.must(c.show("open"))
	c.refused(c.end(), "blocks_unread")
	c.must(c.read(1))
	c.must(c.end())
}

func TestGW1_ChoicesAreThoseOfTheNode(t *testing.T) {
	c := begin(t)
	c.showAndRead()
	for _, id := range []gateway.ChoiceID{"", "back", "found", "open"} {
		c.refused(c.choose(id), "choice_not_here")
	}
	c.refused(c.end(), "no_end_here")
	// A circle: what was read before is read again.
	c.must(c.choose("again"))
	c.showAndRead()
	c.must(c.choose("back"))
	c.must(c.show("greeting"))
	require.Equal(t, 1, c.call.ToRead())
	require.True(t, c.call.IsRead, "the statement was read")
	c.refused(c.choose("late"), "blocks_unread")
}

func TestGW1_NothingIsKeptBeforeTheStatementIsRead(t *testing.T) {
	c := begin(t)
	c.refused(c.say(someForm), "statement_unread")
	c.refused(c.say(gateway.Said{}), "nothing_said", "statement_unread")
	c.must(c.show("greeting"))
	c.must(c.read(1))
	c.refused(c.say(someForm), "statement_unread")
	c.must(c.read(3))
	c.refused(c.say(gateway.Said{}), "nothing_said")
	c.must(c.say(someForm))
	c.must(c.choose("late"))
	c.must(c.say(someForm)) // between two nodes
}

// Of each field what was said of it last counts, and what was not said changes nothing.
func TestGW1_WhatIsSaidAddsUp(t *testing.T) {
	c := begin(t)
	c.showAndRead()
	whole := gateway.Said{Screening: erequesttest.NewScreening(onFile), Details: erequesttest.NewDetails(erequest.TypographicalError)}
	whole.Screening.FormType = "initial"
	whole.Details.Representative = erequesttest.NewRepresentative()
	whole.Details.Mailed = cris.MustParseDate("2013-07-01")
	parts := []gateway.Said{
		said(func(s *gateway.Said) { s.Screening.Receipt = whole.Screening.Receipt }),
		said(func(s *gateway.Said) { s.Screening.Form = whole.Screening.Form }),
		said(func(s *gateway.Said) { s.Screening.FormType = whole.Screening.FormType }),
		said(func(s *gateway.Said) { s.Screening.DateFiled = whole.Screening.DateFiled }),
		said(func(s *gateway.Said) { s.Screening.MailingZIP = whole.Screening.MailingZIP }),
		said(func(s *gateway.Said) { s.Details.Name = whole.Details.Name }),
		said(func(s *gateway.Said) { s.Details.DateOfBirth = whole.Details.DateOfBirth }),
		said(func(s *gateway.Said) { s.Details.CountryOfBirth = whole.Details.CountryOfBirth }),
		said(func(s *gateway.Said) { s.Details.CountryOfCitizenship = whole.Details.CountryOfCitizenship }),
		said(func(s *gateway.Said) { s.Details.ANumber = whole.Details.ANumber }),
		said(func(s *gateway.Said) { s.Details.Contact = whole.Details.Contact }),
		said(func(s *gateway.Said) { s.Details.Representative = whole.Details.Representative }),
		said(func(s *gateway.Said) { s.Details.Document = whole.Details.Document }),
		said(func(s *gateway.Said) { s.Details.Corrections = whole.Details.Corrections }),
		said(func(s *gateway.Said) { s.Details.Mailed = whole.Details.Mailed }),
	}
	require.Len(t, parts, 5+len(erequest.Fields()), "one of each field")
	c.must(c.say(said(func(s *gateway.Said) { s.Screening.Form, s.Details.CountryOfBirth = "N-400", cris.NewPersonal("SE") })))
	for _, part := range parts {
		c.must(c.say(part))
	}
	require.True(t, c.call.Said == whole)
	c.must(c.say(whole))
	require.True(t, c.call.Said == whole)
}

func TestGW1_NothingFollowsTheEnd(t *testing.T) {
	broken := func(t *testing.T) *conversation {
		t.Helper()
		c := begin(t)
		c.must(c.breakOff())
		require.Zero(t, c.call.End)
		return c
	}
	answered := func(t *testing.T) *conversation {
		t.Helper()
		c := begin(t)
		c.showAndRead()
		c.must(c.choose("again"))
		c.showAndRead()
		c.must(c.choose("found"))
		c.showAndRead()
		c.must(c.end())
		require.Equal(t, gateway.End{Kind: gateway.Answered}, c.call.End)
		return c
	}
	opened := func(t *testing.T) *conversation {
		t.Helper()
		c := toOpen(t)
		c.must(c.submitted())
		c.must(c.opened("request-1"))
		return c
	}
	for name, held := range map[string]func(*testing.T) *conversation{"answered": answered, "opened": opened, "broken off": broken} {
		t.Run(name, func(t *testing.T) {
			c := held(t)
			require.True(t, c.call.Ended)
			for _, d := range []gateway.Decision{c.show("greeting"), c.show(c.call.Next), c.read(1), c.choose("late"), c.say(someForm), c.end(), c.breakOff()} {
				c.refused(d, "call_ended")
			}
		})
	}
}

// Once the script has ended in opening a request, all that may be done is to put right what the
// caller said, and to open the request.
func TestSR1_WhatWasSaidIsPutRightUntilItIsHandedOver(t *testing.T) {
	c := toOpen(t)
	for _, d := range []gateway.Decision{c.show("greeting"), c.show(c.call.Next), c.read(1), c.choose("late"), c.end(), c.breakOff()} {
		c.refused(d, "call_ended")
	}
	c.refused(c.say(gateway.Said{}), "nothing_said")
	c.refused(c.returned(erequest.Incomplete), "request_not_awaited")
	c.refused(c.opened("request-1"), "request_not_awaited")
	c.must(c.say(someForm))
	require.Equal(t, c.call.Version, c.call.SaidAt)
	c.must(c.submitted())
	require.Equal(t, c.call.Version, c.call.Submitted)

	// Nobody knows what has become of it: nothing is changed until that is kept.
	c.refused(c.say(someForm), "request_awaited")
	c.refused(c.submitted(), "request_awaited")
	for _, outcome := range []erequest.FilingOutcome{"", "lost", erequest.Accepted, erequest.AlreadyAccepted} {
		c.refused(c.returned(outcome), "answer_missing")
	}
	c.refused(c.opened(""), "answer_missing")
	c.must(c.returned(erequest.ScreenedOut))
	require.Zero(t, c.call.Submitted)

	c.must(c.say(someForm))
	c.must(c.submitted())
	c.must(c.opened("request-1"))
	require.Zero(t, c.call.Submitted)
	require.Equal(t, "request-1", c.call.RequestID)
	c.refused(c.say(someForm), "call_ended")
	for _, d := range []gateway.Decision{c.submitted(), c.returned(erequest.Incomplete), c.opened("request-2")} {
		c.refused(d, "request_opened_before")
	}
	require.Equal(t, gateway.Refused, c.call.Submission("key").Outcome)
}

func TestSR1_OnlyACallThatEndsInARequestOpensOne(t *testing.T) {
	all := func(c *conversation, code cris.Code) {
		t.Helper()
		for _, d := range []gateway.Decision{c.submitted(), c.returned(erequest.Incomplete), c.opened("request-1")} {
			c.refused(d, code)
		}
	}
	all(&conversation{t: t}, "call_not_started")
	c := begin(t)
	all(c, "call_goes_on")
	c.must(c.breakOff())
	all(c, "opens_no_request")
}

func (c *conversation) submitted() gateway.Decision { return gateway.DecideSubmitted(c.call, noon) }

func (c *conversation) returned(filing erequest.FilingOutcome) gateway.Decision {
	return gateway.DecideReturned(c.call, filing, noon)
}

func (c *conversation) opened(requestID string) gateway.Decision {
	return gateway.DecideOpened(c.call, requestID, noon)
}

// toOpen is a call whose script has ended in opening a request.
func toOpen(t *testing.T) *conversation {
	t.Helper()
	c := begin(t)
	c.showAndRead()
	c.must(c.choose("late"))
	c.showAndRead()
	c.must(c.end())
	require.Equal(t, gateway.End{Kind: gateway.OpenRequest, Issue: erequest.CardNotReceived}, c.call.End)
	return c
}

// A call may break off at any time.
func TestGW1_ACallBreaksOffAnywhere(t *testing.T) {
	whole := begin(t)
	whole.showAndRead()
	whole.must(whole.say(someForm))
	whole.must(whole.choose("again"))
	whole.showAndRead()
	whole.must(whole.choose("found"))
	whole.showAndRead()
	for n := 1; n <= len(whole.history); n++ {
		c := &conversation{t: t, library: whole.library, history: slices.Clone(whole.history[:n])}
		call, err := gateway.Replay(c.library, c.history)
		require.NoError(t, err)
		c.call = call
		c.must(c.breakOff())
		require.Equal(t, gateway.Refused, c.call.Submission("key").Outcome)
	}
}

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

func TestSR1_ARequestIsOpenedWithWhatWasSaid(t *testing.T) {
	refused := func(c *conversation, code cris.Code) {
		t.Helper()
		o := c.call.Submission("key")
		require.Equal(t, gateway.Refused, o.Outcome)
		require.Zero(t, o.Submission)
		require.Len(t, o.Reasons, 1)
		require.Equal(t, "gateway."+code, o.Reasons[0].Code)
	}
	refused(&conversation{}, "call_not_started")
	c := begin(t)
	c.showAndRead()
	refused(c, "call_goes_on")
	c.must(c.say(gateway.Said{Screening: erequesttest.NewScreening(onFile)}))
	c.must(c.choose("late"))
	c.showAndRead()
	c.must(c.say(gateway.Said{Details: erequesttest.NewDetails(erequest.CardNotReceived)}))
	refused(c, "call_goes_on")
	c.must(c.end())
	o := c.call.Submission("key")
	require.Equal(t, gateway.Allowed, o.Outcome)
	require.Equal(t, []cris.Reason{{Code: "gateway.request_opened", Rule: "SR-1", Text: "a service request is opened from the call, with what was already said"}}, o.Reasons)
	want := erequesttest.NewSubmission("key", onFile, erequest.CardNotReceived, func(s *erequest.Submission) {
		s.Channel, s.Language, s.TakenBy = erequest.Telephone, cris.Spanish, string(start().By)
	})
	require.True(t, o.Submission == want)

	other := begin(t)
	other.showAndRead()
	other.must(other.choose("again"))
	other.showAndRead()
	other.must(other.choose("found"))
	other.showAndRead()
	other.must(other.end())
	require.Equal(t, gateway.End{Kind: gateway.Answered}, other.call.End)
	refused(other, "opens_no_request")
}

// What each shipped script asks for makes a request that e-Request accepts, with no wait after
// another one by telephone (ER-13).
func TestSR1_RequestsOfShippedScriptsAreAccepted(t *testing.T) {
	for _, issue := range erequest.Issues() {
		t.Run(string(issue), func(t *testing.T) {
			db := memory.New()
			pending := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Filed, c.Form = cris.MustParseDate("2013-01-10"), "I-130" })
			require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), pending))
			clock := func() time.Time { return noon }
			service := erequest.NewService(db.ERequests(), db.Cases(), casestatus.NewService(db.Cases(), db.ProcessingTimes(), nil, &casestatus.Options{Now: clock}), &erequest.Options{Now: clock})
			statement, err := service.Statement()
			require.NoError(t, err)

			found := gateway.DefaultLibrary().Search(gateway.Query{On: inForce, Issue: issue})[0]
			for _, key := range []string{"first", "second"} {
				c := &conversation{t: t, library: gateway.DefaultLibrary()}
				s := start()
				s.Script, s.Statement = found.ID(), statement.Edition
				c.must(gateway.DecideStart(c.library, s))
				c.showAndRead()
				c.must(c.say(gateway.Said{Screening: erequesttest.NewScreening(pending)}))
				c.walkTo(t, gateway.OpenRequest)
				c.must(c.say(gateway.Said{Details: erequesttest.NewDetails(issue)}))
				c.must(c.end())
				filing, err := service.Submit(t.Context(), c.call.Submission(key).Submission)
				require.NoError(t, err)
				switch issue {
				case erequest.OutsideProcessingTime:
					require.Equal(t, erequest.ScreenedOut, filing.Outcome, "no processing time is posted: erequest decides")
				case erequest.AppointmentAccommodation:
					require.Equal(t, erequest.NotOffered, filing.Screening.Outcome, "only if the policy names it: erequest decides")
				default:
					require.Equal(t, erequest.Accepted, filing.Outcome, "%v", filing.Reasons)
					require.Equal(t, erequest.Telephone, filing.Request.Channel)
				}
			}
		})
	}
}

// walkTo goes on from a node that was read, by the first choice from which a way leads to an end
// of the kind.
func (c *conversation) walkTo(t *testing.T, kind gateway.EndKind) {
	t.Helper()
	type way struct {
		at      gateway.NodeID
		choices []gateway.ChoiceID
	}
	seen := map[gateway.NodeID]bool{}
	for ways := []way{{at: c.call.Node}}; len(ways) > 0; ways = ways[1:] {
		node, _ := c.call.Script.Node(ways[0].at)
		if node.End.Kind == kind {
			for _, id := range ways[0].choices {
				c.must(c.choose(id))
				c.showAndRead()
			}
			return
		}
		if seen[node.ID] {
			continue
		}
		seen[node.ID] = true
		for _, choice := range node.Choices {
			ways = append(ways, way{choice.To, append(slices.Clone(ways[0].choices), choice.ID)})
		}
	}
	t.Fatal("no way leads to", kind)
}

// Nothing personal comes out of a call but what is revealed.
func TestPV1_CallsPrintNothingPersonal(t *testing.T) {
	secrets := []string{"Zyxfamily", "Zyxgiven", "1953-07-13", "A987654321", "987654321", "zyx@mail", "2025550187", "Zyxstreet", "Zyxcity", "07438", "Zyxprinted", "Zyxcorrect"}
	c := begin(t)
	c.showAndRead()
	secret := gateway.Said{
		Screening: erequest.Screening{MailingZIP: cris.NewPersonal(cris.MustParseZIP("07438"))},
		Details: erequest.Details{
			Name: planted.Name("Zyxfamily"), DateOfBirth: cris.NewPersonal(cris.MustParseDate("1953-07-13")), ANumber: cris.MustParseANumber("A987654321"),
			Contact: erequest.Contact{
				Email: cris.NewPersonal("zyx@mail.example"), Phone: cris.NewPersonal("2025550187"), Address: planted.Address("1 Zyxstreet", "NJ", "07438"),
			},
			Corrections: erequest.Corrections{Name: erequest.Correction{Printed: cris.NewPersonal("Zyxprinted"), Correct: cris.NewPersonal("Zyxcorrect")}},
		},
	}
	c.must(c.say(secret))
	var out planted.Output
	out.Note(secret, c.call, c.history, c.say(secret), c.end(), c.call.Submission("key"))
	c.must(c.choose("late"))
	c.showAndRead()
	c.must(c.end())
	out.Note(c.call, c.history, c.say(secret), c.call.Submission("key"))
	for _, broken := range [][]gateway.Step{c.history[1:], slices.Delete(slices.Clone(c.history), 4, 5), slices.Concat(c.history, c.history[4:5])} {
		_, err := gateway.Replay(c.library, broken)
		require.Error(t, err)
		out.Note(err)
	}
	require.Equal(t, 3, out.Errors())
	require.True(t, out.Has(cris.Redacted))
	require.Empty(t, out.Leaked(secrets))
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
