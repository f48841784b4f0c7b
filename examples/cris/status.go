package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/tracking"
)

// words are what the packages say to people.
var words = sync.OnceValue(func() cris.Words {
	return cris.NewWords(slices.Concat(tracking.Words(), casestatus.Words(), erequest.Words(), selfcheck.Words())...)
})

// decideEligibility tells where every case stands to the posted processing times.
func (w *world) decideEligibility(ctx context.Context) error {
	w.clock.set("2022-02-19", 10)
	for _, c := range caseload {
		onFile := c.onFile
		decided, err := w.status.Eligibility(ctx, onFile.Receipt)
		if err != nil {
			return err
		}
		known := facts{"filed", onFile.Filed}
		if !decided.InquiryDate.IsZero() {
			known = append(known, "inquiry date", decided.InquiryDate, "by", decided.Basis, "read on", decided.Posted.ReadOn)
		}
		if decided.Outcome == casestatus.Within {
			known = append(known, "outside from", decided.OutsideFrom)
		}
		w.journal.tell(fmt.Sprintf("%s, %s: %s at %s", c.owner, onFile.Receipt.Masked(), strings.TrimSpace(string(onFile.Form)+" "+string(onFile.FormType)), onFile.Office),
			decided.Outcome, known, decided.Reasons)
	}
	return nil
}

// lookUpStatus lets people enter receipt numbers as people do.
func (w *world) lookUpStatus(ctx context.Context) error {
	w.clock.set("2022-03-05", 9)
	for _, entered := range []string{
		"ioe-09-123-45701", // Ana's, as printed on a notice and typed on a phone
		"YSC2090123406",    // Fay's
		"LIN 21 901 23407", // Gus's
		"WAC*012345604",    // Dina's
		"IOE0912345799",    // nobody's
		"IOE091234570",     // a digit short
		"IOEO912345701",    // the letter O for a zero
	} {
		status, err := w.status.Status(ctx, entered)
		if err != nil {
			return err
		}
		known := facts{}
		switch status.Outcome {
		case casestatus.Malformed:
			known = append(known, "problem", status.Problem)
		case casestatus.Shown:
			known = append(known, "form", status.Form, "filed", status.Filed, "status", status.Latest.Title)
		case casestatus.NotShown:
		}
		w.journal.tell(fmt.Sprintf("status of %q", entered), status.Outcome, known, status.Reasons)
		for _, mailing := range status.Mailings {
			delivery := mailing.Delivery
			w.journal.tell(fmt.Sprintf("%s, mailed %s, USPS tracking number %s", words().Say(cris.English, mailing.Document.Message()), mailing.Mailed, mailing.Number),
				delivery.Class, facts{
					"event code", delivery.Deciding.Code, "local time", delivery.Deciding.At,
					"scans", len(delivery.Timeline), "superseded", len(delivery.Superseded),
				}, delivery.Reasons)
			for _, superseded := range delivery.Superseded {
				w.journal.tell(fmt.Sprintf("the scan %s of %s", superseded.Scan.Code, superseded.Scan.At), "superseded", nil,
					[]cris.Reason{superseded.Reason})
			}
		}
	}
	return nil
}
