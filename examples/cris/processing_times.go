package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/processingtimes"
	"github.com/seed28e20331/cris/casestatus"
)

// published are real figures, as they were served on February 19, 2022.
var published = []casestatus.ProcessingTime{
	posted("I-129", "137-H2A", "CSC", months("2.5"), weeks("2"), "2022-02-04"),
	posted("I-821D", "149-ECA", "CSC", casestatus.Bound{}, casestatus.Bound{}, ""), // the figures refer to another page
	posted("I-485", "I-485 Family", "CHI", months("22"), months("9.5"), "2020-04-24"),
	posted("N-400", "160A", "NEW", months("20"), months("12.5"), "2020-07-04"),
	posted("I-131", "141B-OTH", "NSC", months("13.5"), months("11.5"), "2021-01-05"),
	posted("I-765", "147-C8", "SSC", months("8"), weeks("4"), "2021-07-03"),
	posted("I-90", "I-90 Renewal", "YSC", months("14"), months("4.5"), "2020-12-25"),
}

func posted(form casestatus.FormNumber, formType casestatus.FormType, office casestatus.OfficeCode, threshold, other casestatus.Bound, inquiry string) casestatus.ProcessingTime {
	p := casestatus.ProcessingTime{
		Form: form, FormType: formType, Office: office,
		PublishedOn: day("2022-01-28"), Threshold: threshold, Other: other,
	}
	if inquiry != "" {
		p.InquiryDate = day(inquiry)
	}
	return p
}

func months(n string) casestatus.Bound {
	return casestatus.Bound{Value: decimal.RequireFromString(n), Unit: casestatus.Months}
}

func weeks(n string) casestatus.Bound {
	return casestatus.Bound{Value: decimal.RequireFromString(n), Unit: casestatus.Weeks}
}

// postProcessingTimes reads the published JSON and keeps what it says.
func (w *world) postProcessingTimes(ctx context.Context) error {
	var page bytes.Buffer
	if err := processingtimes.Write(&page, published...); err != nil {
		return err
	}
	// One row as it was once published, with a number that nobody can have meant.
	page.WriteString(`{"data":{"processing_time":{"form_name":"I-526","office_code":"IPO","subtypes":[{"form_type":"526",` +
		`"publication_date":"January 28, 2022","range":[{"unit":"Months","value":301.5},{"unit":"Months","value":29.5}],` +
		`"service_request_date":""}]}}}`)

	readOn := cris.DateOf(w.clock.Now(), cris.AgencyZone())
	var times []casestatus.ProcessingTime
	for p, err := range processingtimes.Read(&page, readOn) {
		if exception, ok := errors.AsType[*processingtimes.Exception](err); ok {
			w.journal.tell(fmt.Sprintf("%s %s at %s", exception.Form, exception.FormType, exception.Office), "set aside",
				facts{"field", exception.Field, "cause", exception.Cause}, nil)
			continue
		}
		if err != nil {
			return err
		}
		times = append(times, p)
		known := facts{"published", p.PublishedOn}
		if k, ok := p.Days(); ok {
			known = append(known, "inquiry after", p.Threshold, "inquiry date", p.InquiryDate, "posted time in days", k)
		}
		outcome := "posted"
		if p.Suppressed() {
			outcome = "posted without figures"
		}
		w.journal.tell(fmt.Sprintf("%s %s at %s", p.Form, p.FormType, p.Office), outcome, known, nil)
	}
	return w.store.ProcessingTimes().Post(ctx, times...)
}
