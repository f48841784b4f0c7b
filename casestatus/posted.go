package casestatus

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris"
)

// FindPosted returns the processing time that counts for the case on that day. It may be
// posted for its office, for the one that does its work now, or for the heading of the
// office, and under the type of its form or the key. Of several, one with a figure that
// decides counts before one without, then the one that was read last, then the first in
// this order. It returns the zero ProcessingTime and no error if none is posted.
func FindPosted(ctx context.Context, times ProcessingTimes, c Case, on cris.Date, tables *Tables, policy Policy) (ProcessingTime, error) {
	tables, policy = tables.orDefault(), policy.withDefaults()
	var found *terms
	for _, office := range tables.Offices.postedUnder(c.Office, on) {
		if office == "" {
			continue
		}
		for _, name := range tables.Forms.names(c.Form, c.FormType) {
			posted, err := times.Posted(ctx, PostedUnder{Form: c.Form, FormType: name, Office: office}, on)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return ProcessingTime{}, err
			}
			if terms := termsOf(posted, on, policy); found == nil || terms.isPreferred(found) {
				found = &terms
			}
		}
	}
	if found == nil {
		return ProcessingTime{}, nil
	}
	return found.shared.Posted, nil
}
