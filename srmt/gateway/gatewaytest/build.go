package gatewaytest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes into
// gateway.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It panics
// on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// IDs returns a source of identifiers for gateway.Options: the prefix and 1, 2, 3 and so on. It is
// safe for concurrent use.
func IDs(prefix string) func() string { return contract.IDs(prefix) }

// Start is the time of the first step of every history built here: August 16, 2013, 9 in the
// morning in the agency's zone. The steps follow one second after one another.
func Start() time.Time { return time.Date(2013, 8, 16, 13, 0, 0, 123456000, time.UTC) }

// Roster is a gateway.Representatives for tests: those who are on duty, every day.
type Roster []srmt.StaffID

// IsRepresentative implements gateway.Representatives. Its error is that of the context.
func (r Roster) IsRepresentative(ctx context.Context, id srmt.StaffID, _ cris.Date) (bool, error) {
	return slices.Contains(r, id), ctx.Err()
}

// NewStarted returns the first step of a call of rep-1 with the script of [gateway.DefaultLibrary]
// about a misprint. The edits change it before it is returned.
func NewStarted(edits ...func(*gateway.Step)) gateway.Step {
	decision := gateway.DecideStart(gateway.DefaultLibrary(), gateway.Start{
		By: "rep-1", Script: "typographical-error", On: cris.DateOf(Start(), cris.AgencyZone()), Language: cris.Spanish,
		Statement: erequest.Statements()[0].Edition, At: Start(),
	})
	step := decision.Step
	for _, edit := range edits {
		edit(&step)
	}
	return step
}

// NewEnded returns a history that adds up with [gateway.DefaultLibrary]: a call of rep-1 whose script
// has ended in opening a request about a misprint, and in which the owner of the case said all that
// is asked for.
func NewEnded(of casestatus.Case) []gateway.Step { return newEnded(of).history }

func newEnded(of casestatus.Case) *conversation {
	c := &conversation{}
	c.take(NewStarted())
	c.showAndRead()
	c.say(gateway.Said{Screening: erequesttest.NewScreening(of)})
	for _, choice := range []gateway.ChoiceID{"receipt", "misprint"} {
		c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideChoice(call, choice, c.now()) })
		c.showAndRead()
	}
	c.say(gateway.Said{Details: erequesttest.NewDetails(erequest.TypographicalError)})
	c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideEnd(call, c.now()) })
	return c
}

// NewHistory returns a history that adds up as that of NewEnded, and goes on: e-Request did not
// accept what was said at first, it was corrected, and the request was opened. It has a step of every kind
// but StepBrokenOff. The edits change the steps before they are returned.
func NewHistory(of casestatus.Case, edits ...func([]gateway.Step)) []gateway.Step {
	c := newEnded(of)
	c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideSubmitted(call, c.now()) })
	c.add(func(call gateway.Call) gateway.Decision {
		return gateway.DecideReturned(call, erequest.Incomplete, c.now())
	})
	c.say(gateway.Said{Screening: erequest.Screening{FormType: "initial"}, Details: erequesttest.NewDetails(erequest.TypographicalError, func(d *erequest.Details) {
		d.Representative, d.Mailed = erequesttest.NewRepresentative(), cris.MustParseDate("2013-07-01")
	})})
	c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideSubmitted(call, c.now()) })
	c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideOpened(call, "request-1", c.now()) })
	for _, edit := range edits {
		edit(c.history)
	}
	return c.history
}

// PutCall appends steps to the history of the call in one Update, and returns its error.
func PutCall(ctx context.Context, calls gateway.Calls, id string, steps ...gateway.Step) error {
	return calls.Update(ctx, id, func([]gateway.Step) (gateway.Change, error) { return gateway.Change{Append: steps}, nil })
}

// conversation is a call that is being built.
type conversation struct {
	history []gateway.Step
	call    gateway.Call
}

// now is the time of the next step.
func (c *conversation) now() time.Time {
	return Start().Add(time.Duration(len(c.history)) * time.Second)
}

// add takes the step that is decided. It panics if it is not allowed.
func (c *conversation) add(decide func(gateway.Call) gateway.Decision) {
	decision := decide(c.call)
	if decision.Outcome != gateway.Allowed {
		panic(fmt.Errorf("gatewaytest: the step is %s: %v", decision.Outcome, decision.Reasons))
	}
	c.take(decision.Step)
}

func (c *conversation) take(step gateway.Step) {
	c.history = append(c.history, step)
	var err error
	if c.call, err = gateway.Replay(gateway.DefaultLibrary(), c.history); err != nil {
		panic(err)
	}
}

func (c *conversation) showAndRead() {
	c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideShown(call, call.Next, c.now()) })
	for c.call.ToRead() > 0 {
		c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideRead(call, call.ToRead(), c.now()) })
	}
}

func (c *conversation) say(said gateway.Said) {
	c.add(func(call gateway.Call) gateway.Decision { return gateway.DecideSaid(call, said, c.now()) })
}
