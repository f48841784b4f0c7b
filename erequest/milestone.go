package erequest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/retry"
)

// Milestone is something that happens to a request once.
type Milestone string

// The milestones. The day of each is kept in the Entry.
const (
	MilestoneAssigned Milestone = "assigned"
	MilestoneOverdue  Milestone = "overdue"
	MilestoneAnswered Milestone = "answered"
)

// Milestones lists the milestones. The caller may keep and change the slice.
func Milestones() []Milestone {
	return []Milestone{MilestoneAssigned, MilestoneOverdue, MilestoneAnswered}
}

// DayOf returns the day of the milestone, or the zero Date if it has not been reached.
func (e Entry) DayOf(m Milestone) cris.Date {
	if day := dayOf(&e, m); day != nil {
		return *day
	}
	return cris.Date{}
}

// WithMilestone returns a copy of the entry in which the milestone has the given day. A milestone that
// is not known changes nothing.
func (e Entry) WithMilestone(m Milestone, on cris.Date) Entry {
	if day := dayOf(&e, m); day != nil {
		*day = on
	}
	return e
}

// dayOf returns where the day of the milestone is kept, or nil for one that is not known.
func dayOf(e *Entry, m Milestone) *cris.Date {
	switch m {
	case MilestoneAssigned:
		return &e.Assigned
	case MilestoneOverdue:
		return &e.Overdue
	case MilestoneAnswered:
		return &e.Answered
	}
	return nil
}

// Mark records the day on which a request on file reached a milestone.
type Mark struct {
	RequestID string
	Milestone Milestone
	On        cris.Date
}

var errNoDate = errors.New("the day of the milestone is missing")

// RecordAnswer records that the agency responded to the request on the given day. The first
// response counts; recording another changes nothing. The error matches ErrNotFound if there
// is no such request, and ErrConflict if the store gave up. Any other error means that the day
// is the zero Date or that a port failed.
func (s *Service) RecordAnswer(ctx context.Context, requestID string, on cris.Date) error {
	return s.record(ctx, "answer", Mark{requestID, MilestoneAnswered, on})
}

// RecordAssignment records that an officer got the request on the given day. The first day
// counts, and after a response nothing changes. Its errors are those of RecordAnswer.
func (s *Service) RecordAssignment(ctx context.Context, requestID string, on cris.Date) error {
	return s.record(ctx, "assignment", Mark{requestID, MilestoneAssigned, on})
}

func (s *Service) record(ctx context.Context, what string, mark Mark) error {
	if mark.On.IsZero() {
		return fmt.Errorf("erequest: record %s: %w", what, errNoDate)
	}
	request, err := s.store.Request(ctx, mark.RequestID)
	if err == nil {
		_, err = s.reach(ctx, request.Receipt, mark)
	}
	if err != nil {
		return fmt.Errorf("erequest: record %s: %w", what, err)
	}
	return nil
}

// reach saves the mark with its events, unless the request has reached the milestone already,
// or has been answered: what comes later is no news then. It returns whether it was news.
func (s *Service) reach(ctx context.Context, receipt casestatus.ReceiptNumber, mark Mark, events ...cris.Event) (isNews bool, err error) {
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, receipt, func(prior []Entry) (Change, error) {
			isNews = slices.ContainsFunc(prior, func(e Entry) bool {
				return e.ID == mark.RequestID && e.DayOf(mark.Milestone).IsZero() && e.Answered.IsZero()
			})
			if !isNews {
				return Change{}, nil
			}
			return Change{Marks: []Mark{mark}, Events: events}, nil
		})
	})
	return isNews && err == nil, err
}
