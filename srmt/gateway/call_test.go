package gateway_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
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
