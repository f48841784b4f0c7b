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
	"github.com/seed28e20331/cris/srmt/gateway"
)

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
