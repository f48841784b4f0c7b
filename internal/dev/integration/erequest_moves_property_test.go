package integration_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// The customers of the model of inquiries also move, and their cases come to be outside the
// posted processing time.

// mailedTo is the five digits of an address, and the day from which it was in effect.
type mailedTo struct {
	zip  string
	from cris.Date
}

// firstAddresses are those of casestatustest.NewCase.
func firstAddresses() []mailedTo {
	return []mailedTo{{zip: "10001"}, {"08540", cris.MustParseDate("2021-09-14")}, {"07405", cris.MustParseDate("2021-12-01")}}
}

// knows reports whether the ZIP code is taken for the customer's on the day: that of the
// address in effect, or of one that another took the place of at most thirty days ago (CA-1).
func (c *inquiredCase) knows(zip string, on cris.Date) bool {
	for i, address := range c.addresses {
		isLast := i+1 == len(c.addresses)
		if address.zip == zip && (isLast || !on.After(c.addresses[i+1].from.AddDays(30))) {
			return true
		}
	}
	return false
}

// drawZIP draws mostly the ZIP code that the customer has now, or else one of before, or one of
// nobody.
func (c *inquiredCase) drawZIP(t *rapid.T) string {
	last := c.addresses[len(c.addresses)-1].zip
	zips := []string{last, last, last, last, "60601"}
	for _, address := range c.addresses {
		zips = append(zips, address.zip)
	}
	return rapid.SampledFrom(zips).Draw(t, "ZIP")
}

// screening is what somebody enters who takes the ZIP code for that of the case.
func (c *inquiredCase) screening(zip string) erequest.Screening {
	return erequesttest.NewScreening(c.onFile, func(s *erequest.Screening) {
		s.MailingZIP = cris.NewPersonal(cris.MustParseZIP(zip))
	})
}

func fiveOf(s erequest.Screening) string { return s.MailingZIP.Reveal().Five().String() }

// toldStanding tells of each case what the model says.
type toldStanding struct {
	erequest.CaseStatus
	q *inquiries
}

func (s toldStanding) EligibilityOf(_ context.Context, onFile casestatus.Case, _ cris.Date) (casestatus.Eligibility, error) {
	i := slices.IndexFunc(s.q.cases, func(c *inquiredCase) bool { return c.onFile.Receipt == onFile.Receipt })
	if s.q.cases[i].isOutside {
		return casestatus.Eligibility{Outcome: casestatus.Outside}, nil
	}
	return casestatus.Eligibility{Outcome: casestatus.Within}, nil
}

// Age lets the posted processing time of a case pass, or has a longer one posted.
func (q *inquiries) Age(t *rapid.T) {
	of := rapid.SampledFrom(q.cases).Draw(t, "case")
	of.isOutside = !of.isOutside
}

// move is what the model knows of a report of a new address.
type move struct {
	of        *inquiredCase
	id        string
	to        mailedTo
	isChange  bool // of the case that it names
	isEntered bool
}

// Move reports a new address. The case gets it once the relay has delivered the report.
func (q *inquiries) Move(t *rapid.T) {
	of := rapid.SampledFrom(q.cases).Draw(t, "case")
	entered, to := of.drawZIP(t), rapid.SampledFrom([]string{"07405", "07102", "08901"}).Draw(t, "new ZIP")
	today := q.world.Clock.Today()
	q.received++
	filing, err := q.movers.Submit(t.Context(), addresschangetest.NewReport(fmt.Sprint("move-", q.received), nil, func(r *addresschange.Report) {
		r.Present, r.Mailing = casestatustest.NewAddress(to), cris.Address{}
		r.MovedOn, r.Signature.On = today, today
		r.Cases = []erequest.Screening{of.screening(entered)}
	}))
	require.NoError(t, err)
	require.Equal(t, addresschange.Accepted, filing.Outcome, "%v", filing.Reasons)
	m := &move{of: of, id: filing.Record.ID, to: mailedTo{to, today}, isChange: !of.withheld && of.knows(entered, today)}
	require.Equal(t, m.isChange, filing.Answers()[0].Outcome == addresschange.Changed)
	q.moved = append(q.moved, m)
}

// enter is what a report that was delivered does to the case, unless it was done before, or the
// case is withheld by now.
func (m *move) enter() {
	if !m.isChange || m.isEntered || m.of.withheld {
		return
	}
	m.isEntered = true
	m.of.addresses = append(m.of.addresses, m.to)
}
