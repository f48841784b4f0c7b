package erequest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// ER-1, ER-6, ER-13, ER-14: whatever the issue and the channel, who fills in what is asked for
// and nothing else is accepted, with what is optional and without, represented or not.
func TestER6_WhoFillsInWhatIsAskedForIsAccepted(t *testing.T) {
	for _, issue := range erequest.Issues() {
		for _, channel := range erequest.Channels() {
			for _, more := range []bool{false, true} {
				name := fmt.Sprint(issue, channel, more)
				d := newDeskUnder(t, &everyIssue)
				customer := erequesttest.NewCustomer(d.Service, onFile, issue, func(c *erequesttest.Customer) {
					c.Channel, c.Optional, c.Represented = channel, more, more
				})
				filing, err := customer.File(t.Context())
				require.NoError(t, err)
				require.Equal(t, erequest.Accepted, filing.Outcome, "%s: %v", name, filing.Reasons)
				require.Equal(t, more, !customer.Submission.Details.ANumber.IsZero(), name)

				retried, err := customer.Retry(t.Context())
				require.NoError(t, err)
				require.Equal(t, erequest.AlreadyAccepted, retried.Outcome, name)
				status, err := customer.Status(t.Context())
				require.NoError(t, err)
				require.Equal(t, erequest.StageReceived, status.Stage, name)
				notice, err := customer.Notice(t.Context(), cris.Spanish)
				require.NoError(t, err)
				require.Contains(t, notice.Text(), filing.Request.Confirmation.String(), name)

				again, err := customer.File(t.Context())
				require.NoError(t, err)
				if channel == erequest.Online {
					require.Equal(t, erequest.ScreenedOut, again.Outcome, name)
					require.Equal(t, erequest.AdvisedToWait, again.Screening.Outcome, name)
					require.Len(t, d.requests(t), 1, name)
					d.now = d.now.Add(30 * 24 * time.Hour)
					again, err = customer.File(t.Context())
					require.NoError(t, err)
				}
				require.Equal(t, erequest.Accepted, again.Outcome, name)
			}
		}
	}
}

// ER-6: a form whose filers have an A-Number asks for it.
func TestER6_ACustomerFillsInWhatTheFormRequires(t *testing.T) {
	d := newDesk(t)
	resident := onFile
	resident.Form, resident.FormType = "I-90", ""
	require.NoError(t, d.db.Cases().Update(t.Context(), resident.Receipt, func(casestatus.Case) (casestatus.CaseChange, error) {
		return casestatus.CaseChange{Case: &resident}, nil
	}))
	customer := erequesttest.NewCustomer(d.Service, resident, erequest.BeneficiaryChange)
	filing, err := customer.File(t.Context())
	require.NoError(t, err)
	require.Equal(t, erequest.Accepted, filing.Outcome, "%v", filing.Reasons)
	require.False(t, customer.Submission.Details.ANumber.IsZero())
}
