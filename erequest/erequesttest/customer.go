package erequesttest

import (
	"context"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Customer walks through whole submissions, as the owner of a case does: reads the Privacy Act
// Statement, enters the five things of the screening, fills in what is asked for and nothing else,
// submits, and comes back. It is for tests of host programs. It is not safe for concurrent use.
type Customer struct {
	Case        casestatus.Case
	Issue       erequest.Issue
	Channel     erequest.Channel // Online; on another channel staff fill in the same for the customer
	Optional    bool             // whether what is optional is filled in, too
	Represented bool             // whether a representative places the request

	// Submission is what was sent last, and Request what it became: zero if it was refused.
	Submission erequest.Submission
	Request    erequest.Request

	service *erequest.Service
	sent    int
}

// NewCustomer returns the owner of the case who wants to report the issue online, without what
// is optional.
func NewCustomer(service *erequest.Service, of casestatus.Case, issue erequest.Issue, edits ...func(*Customer)) *Customer {
	customer := &Customer{Case: of, Issue: issue, Channel: erequest.Online, service: service}
	edit(customer, edits)
	return customer
}

// Screen enters the five things of the screening. Its error is that of the service.
func (c *Customer) Screen(ctx context.Context) (erequest.Screened, error) {
	return c.service.Screen(ctx, c.Issue, NewScreening(c.Case))
}

// File walks through a new submission, as far as it goes. A customer who does not pass the
// online screening sends nothing, and the filing is ScreenedOut, as Submit would answer. The
// error is that of the service.
func (c *Customer) File(ctx context.Context) (erequest.Filing, error) {
	statement, err := c.service.Statement()
	if err != nil {
		return erequest.Filing{}, err
	}
	asks := erequest.Asks(c.Issue, c.Case.Form)
	if c.Channel == erequest.Online {
		screened, err := c.Screen(ctx)
		if err != nil || screened.Outcome != erequest.Passed {
			return erequest.Filing{Outcome: erequest.ScreenedOut, Screening: screened, Reasons: screened.Reasons}, err
		}
		asks = screened.Asks
	}
	c.sent++
	key := fmt.Sprintf("%s-%s-%d", c.Case.Receipt, c.Issue, c.sent)
	c.Submission = NewSubmission(key, c.Case, c.Issue, func(s *erequest.Submission) {
		s.Channel, s.Statement, s.Details = c.Channel, statement.Edition, c.fillIn(asks)
	})
	return c.Retry(ctx)
}

// Retry sends the last submission again, as a browser that got no answer does. The error is
// that of the service.
func (c *Customer) Retry(ctx context.Context) (erequest.Filing, error) {
	filing, err := c.service.Submit(ctx, c.Submission)
	c.Request = filing.Request
	return filing, err
}

// Status asks how far the request has come. The error is that of the service.
func (c *Customer) Status(ctx context.Context) (erequest.RequestStatus, error) {
	return c.service.Status(ctx, c.Request.Confirmation, c.Case.Receipt)
}

// Notice returns the confirmation notice of the request. The error is that of the service.
func (c *Customer) Notice(ctx context.Context, language cris.Language) (cris.Letter, error) {
	return c.service.Notice(ctx, c.Request, language)
}

// fillIn returns what is asked for, and of that what is optional only if it is to be.
func (c *Customer) fillIn(asks []erequest.Ask) erequest.Details {
	details := NewDetails(c.Issue)
	if c.Represented {
		details.Representative = NewRepresentative()
	}
	without := map[erequest.Field]func(){
		erequest.FieldName:                 func() { details.Name = cris.PersonName{} },
		erequest.FieldDateOfBirth:          func() { details.DateOfBirth = cris.Personal[cris.Date]{} },
		erequest.FieldCountryOfBirth:       func() { details.CountryOfBirth = cris.Personal[string]{} },
		erequest.FieldCountryOfCitizenship: func() { details.CountryOfCitizenship = cris.Personal[string]{} },
		erequest.FieldANumber:              func() { details.ANumber = cris.ANumber{} },
		erequest.FieldContact:              func() { details.Contact = erequest.Contact{} },
		erequest.FieldDocument:             func() { details.Document = "" },
		erequest.FieldCorrections:          func() { details.Corrections = erequest.Corrections{} },
		erequest.FieldMailed:               func() { details.Mailed = cris.Date{} },
	}
	for _, field := range erequest.Fields() {
		i := slices.IndexFunc(asks, func(a erequest.Ask) bool { return a.Field == field })
		isWanted := i >= 0 && (asks[i].Required || c.Optional)
		if leaveOut := without[field]; leaveOut != nil && !isWanted {
			leaveOut()
		}
	}
	return details
}
