package gateway

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
)

// Call returns the present state of the call to its representative. The errors are those of
// [Service.Show], but for ErrConflict.
func (s *Service) Call(ctx context.Context, by srmt.StaffID, callID string) (Call, error) {
	_, call, err := s.look(ctx, by, callID)
	return call, err
}

// History returns the steps of the call to its representative. The caller may keep and change them.
// The errors are those of [Service.Call].
func (s *Service) History(ctx context.Context, by srmt.StaffID, callID string) ([]Step, error) {
	history, _, err := s.look(ctx, by, callID)
	return history, err
}

func (s *Service) look(ctx context.Context, by srmt.StaffID, callID string) ([]Step, Call, error) {
	if _, err := s.admit(ctx, by); err != nil {
		return nil, Call{}, err
	}
	if !text.IsStorable(callID) {
		return nil, Call{}, ErrDenied // there is none
	}
	history, err := s.calls.History(ctx, callID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, Call{}, wrapped("read call", err)
	}
	call, err := s.held(by, history)
	if err != nil {
		return nil, Call{}, err
	}
	return history, call, nil
}

// CallsIn yields the calls of the representative that started in the period, whose days are in the
// zone of the service, in the order of their Key. It is open to that representative, while on duty; for
// anyone else it yields ErrDenied. What others may see of calls is up to the host program, which lists
// them through the port Calls.
//
// Every range over the list begins anew, and asks who is on duty then. An error ends it: that of a
// port or the context, one that matches cris.ErrClock if the clock is not set, and a
// *cris.ParseError for a page after a key that no call can have.
func (s *Service) CallsIn(ctx context.Context, by srmt.StaffID, days cris.Period, page CallPage) iter.Seq2[Summary, error] {
	return func(yield func(Summary, error) bool) {
		_, err := s.admit(ctx, by)
		if err == nil && !text.IsStorable(page.After.ID) {
			err = wrapped("list calls", &cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"})
		}
		if err != nil {
			yield(Summary{}, err)
			return
		}
		query := CallQuery{By: by, From: days.From.Start(s.zone), Page: page}
		if !days.Until.IsZero() {
			query.Before = days.Until.AddDays(1).Start(s.zone)
		}
		for call, err := range s.calls.List(ctx, query) {
			if err != nil {
				yield(Summary{}, wrapped("list calls", err))
				return
			}
			if !yield(call, nil) {
				return
			}
		}
	}
}

// wrapped says what failed.
func wrapped(doing string, err error) error { return fmt.Errorf("gateway: %s: %w", doing, err) }
