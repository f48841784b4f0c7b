package casestatus

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
)

// ChangesOf returns the parts in which the case on file differs from what it was before,
// in the order of CaseAspects; the zero Case before means that it is new.
func ChangesOf(before, after Case) (changed []CaseAspect) {
	if before.Receipt.IsZero() && !after.Receipt.IsZero() {
		changed = append(changed, AspectOpened)
	}
	for _, aspect := range []struct {
		name    CaseAspect
		differs bool
	}{
		{AspectForm, before.Form != after.Form || before.FormType != after.FormType || before.Filed != after.Filed},
		{AspectStatus, !slices.Equal(before.History, after.History)},
		{AspectOffice, before.Office != after.Office},
		{AspectAddress, before.Address != after.Address || !slices.Equal(before.Addresses, after.Addresses)},
		{AspectApplicant, before.Applicant != after.Applicant || before.DateOfBirth != after.DateOfBirth},
		{AspectRepresentative, before.Representative != after.Representative},
		{AspectMailings, !slices.Equal(before.Mailings, after.Mailings)},
		{AspectWithheld, before.Withheld != after.Withheld},
	} {
		if aspect.differs {
			changed = append(changed, aspect.name)
		}
	}
	return changed
}

var errNoReceipt = errors.New("casestatus: a case without a receipt number")

// Record changes a case on file, or opens one: change gets what is on file, with nothing
// but the receipt number if it is new, and edits it. What changed is saved together with
// one EventCaseChanged, and is returned; if nothing did, nothing is saved. Two callers who
// change one case at once both count. change may be called more than once and does no I/O;
// it must leave the receipt number as it is. An Address that it sets is a correction, which
// holds from the day of the one that it corrects; for a customer who moved see Case.Moved.
//
// The error matches ErrConflict if the store gave up and cris.ErrClock if the clock is not
// set; any other is that of the store. It is not known then whether anything was saved: the same
// change may be made again if it looks at what is on file.
func (s *Service) Record(ctx context.Context, receipt ReceiptNumber, change func(onFile *Case)) ([]CaseAspect, error) {
	if receipt.IsZero() {
		return nil, errNoReceipt
	}
	now, err := s.now()
	if err != nil {
		return nil, fmt.Errorf("casestatus: record case: %w", err)
	}
	eventID := s.newID()
	var changed []CaseAspect
	err = retry.OnConflict(ctx, func() error {
		return s.cases.Update(ctx, receipt, func(prior Case) (CaseChange, error) {
			next := prior
			next.History, next.Mailings = slices.Clone(prior.History), slices.Clone(prior.Mailings)
			next.Addresses = slices.Clone(prior.Addresses)
			next.Receipt = receipt
			change(&next)
			if next.Receipt != receipt {
				return CaseChange{}, errNoReceipt
			}
			if changed = ChangesOf(prior, next); len(changed) == 0 {
				return CaseChange{}, nil
			}
			event := CaseChanged{Receipt: receipt, Changed: changed}.Event(eventID, now)
			return CaseChange{Case: &next, Events: []cris.Event{event}}, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("casestatus: record case: %w", err)
	}
	return changed, nil
}
