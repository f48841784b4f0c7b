package erequesttest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
)

func mark(ctx context.Context, s erequest.Store, receipt casestatus.ReceiptNumber, marks ...erequest.Mark) error {
	return s.Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) { return erequest.Change{Marks: marks}, nil })
}

func markSaved(ctx context.Context, s stores) error {
	requests := []erequest.Request{NewRequest(receipt(1), 1), NewRequest(receipt(1), 2), NewRequest(receipt(1), 3), NewRequest(receipt(2), 4)}
	if err := file(ctx, s, requests...); err != nil {
		return err
	}
	later := []erequest.Request{NewRequest(receipt(1), 5), NewRequest(receipt(1), 6)}
	on := requests[0].Filed
	marks := []erequest.Mark{
		{RequestID: requests[2].ID, Milestone: erequest.MilestoneAnswered, On: on.AddDays(3)},
		{RequestID: requests[0].ID, Milestone: erequest.MilestoneAnswered, On: on.AddDays(2)},
		{RequestID: requests[0].ID, Milestone: erequest.MilestoneAssigned, On: on.AddDays(1)},
		{RequestID: requests[1].ID, Milestone: erequest.MilestoneOverdue, On: on.AddDays(31)},
	}
	if err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: later, Marks: marks}, nil
	}); err != nil {
		return err
	}
	requests[2].Answered, requests[0].Answered = on.AddDays(3), on.AddDays(2)
	requests[0].Assigned, requests[1].Overdue = on.AddDays(1), on.AddDays(31)
	for _, want := range slices.Concat(requests, later) {
		got, err := s.Request(ctx, want.ID)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("request %s differs from what was saved and marked: %s", want.ID, contract.Difference(got, want))
		}
	}
	return nil
}

func markUnknown(ctx context.Context, s stores) error {
	other := NewRequest(receipt(2), 1)
	if err := file(ctx, s, other); err != nil {
		return err
	}
	err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{
			File:  []erequest.Request{NewRequest(receipt(1), 2)},
			Marks: []erequest.Mark{{RequestID: other.ID, Milestone: erequest.MilestoneAnswered, On: other.Filed}},
		}, nil
	})
	if !errors.Is(err, erequest.ErrNotFound) {
		return errors.Join(errors.New("Update did not return ErrNotFound"), err)
	}
	if got, err := s.Request(ctx, other.ID); err != nil || got != other {
		return errors.Join(errors.New("the request of the other case changed"), err)
	}
	onFile, err := entriesOf(ctx, s, receipt(1))
	if err != nil {
		return err
	}
	if len(onFile) != 0 {
		return fmt.Errorf("%d requests of the failed change were saved", len(onFile))
	}
	return nil
}

func milestoneUnknown(ctx context.Context, s stores) error {
	request := NewRequest(receipt(1), 1)
	if err := file(ctx, s, request); err != nil {
		return err
	}
	later := NewRequest(receipt(1), 2)
	if err := s.Update(ctx, receipt(1), func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{
			File:  []erequest.Request{later},
			Marks: []erequest.Mark{{RequestID: request.ID, Milestone: "framed", On: request.Filed}},
		}, nil
	}); err == nil {
		return errors.New("Update returned nil")
	}
	onFile, err := entriesOf(ctx, s, receipt(1))
	if err == nil && !slices.Equal(onFile, []erequest.Entry{request.Entry}) {
		err = errors.New("something of the failed change was saved")
	}
	return err
}
