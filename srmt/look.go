package srmt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// Look records that a member of staff was shown what is personal in a request, or how far it is
// (PV-3): who, when, which request, and what of it. It holds nothing personal about the customer.
// It is comparable with ==.
type Look struct {
	ID        string    // its own
	At        time.Time // UTC, to the microsecond
	By        StaffID
	RequestID string
	Opened    Opened
}

// Opened is what somebody was shown of a request.
type Opened string

// What can be opened of a request.
const (
	OpenedHistory Opened = "history" // by Service.History: the steps with their messages
	OpenedFile    Opened = "file"    // by Service.Open: all that is known of the request
	OpenedStatus  Opened = "status"  // by Desk.Status: how far it is, and where
)

// AllOpened lists what can be opened of a request. The caller may keep and change the slice.
func AllOpened() []Opened { return []Opened{OpenedHistory, OpenedFile, OpenedStatus} }

// Message returns what was opened, in words.
func (o Opened) Message() cris.Message { return cris.Message{Code: "srmt.opened." + cris.Code(o)} }

// Looks is the port to the record of who was shown what (PV-3). A look is never changed.
type Looks interface {
	// Record puts a look on record. A look with an ID that is on record gives an error that
	// matches ErrConflict, and nothing is saved.
	Record(ctx context.Context, look Look) error
	// List yields the looks that match the query, in the order of their Key. It holds no lock
	// and no connection while it yields. Every range begins anew. An error, including that of the
	// context, ends the sequence.
	List(ctx context.Context, query LookQuery) iter.Seq2[Look, error]
}

// LookQuery says which looks to list. A zero field does not restrict.
type LookQuery struct {
	RequestID string
	By        StaffID
	Page      LookPage
}

// Matches reports whether the look belongs to the list, on whatever page.
func (q LookQuery) Matches(l Look) bool {
	return (q.RequestID == "" || q.RequestID == l.RequestID) && (q.By == "" || q.By == l.By)
}

// LookPage is a part of a list of looks. The zero LookPage is the whole list, and a Limit of zero
// or less is no limit.
type LookPage = cris.Page[LookKey]

// LookKey is the place of a look in every list: the earliest comes first, and of one instant the
// lower ID in the order of bytes.
type LookKey struct {
	At time.Time
	ID string
}

// Key returns the place of the look in every list.
func (l Look) Key() LookKey { return LookKey{l.At, l.ID} }

// Compare returns -1, 0 or +1 as k comes before other, is the same, or comes after it. The zero
// LookKey comes first.
func (k LookKey) Compare(other LookKey) int {
	return cmp.Or(k.At.Compare(other.At), cmp.Compare(k.ID, other.ID))
}

// record puts on record that somebody is about to be shown what is personal in a request. If it
// cannot, nothing is to be shown.
func (s *Service) record(ctx context.Context, now time.Time, by StaffID, requestID string, opened Opened) error {
	err := retry.OnConflict(ctx, func() error {
		return s.looks.Record(ctx, Look{ID: s.newID(), At: now, By: by, RequestID: requestID, Opened: opened})
	})
	if err != nil {
		return fmt.Errorf("record look: %w", err)
	}
	return nil
}

// LooksAt yields who was shown what of the request, and when, the earliest first (PV-3). It is
// open to the supervisors of the office where the request is. For anyone else, and if there is no
// such request, it yields ErrDenied.
//
// Every range over the list begins anew and looks the member of staff up then. An error ends it:
// that of the store or the context, one that matches cris.ErrClock if the clock is not set, and a
// *cris.ParseError for a page after a key that no look can have. This goes for LooksOf too.
func (s *Service) LooksAt(ctx context.Context, supervisor StaffID, requestID string, page LookPage) iter.Seq2[Look, error] {
	return s.looksIf(ctx, LookQuery{RequestID: requestID, Page: page}, supervisor, func(by Staff, on cris.Date) (bool, error) {
		_, state, err := s.historyOf(ctx, requestID)
		if errors.Is(err, ErrNotFound) {
			return false, nil
		}
		return by.supervises(state.Office, on), err
	})
}

// LooksOf yields what the member of staff was shown of which request, and when, the earliest first
// (PV-3). It is open to the supervisors of every office where that member has a post, whatever its
// days. For anyone else it yields ErrDenied. Its errors are those of LooksAt.
func (s *Service) LooksOf(ctx context.Context, supervisor, member StaffID, page LookPage) iter.Seq2[Look, error] {
	return s.looksIf(ctx, LookQuery{By: member, Page: page}, supervisor, func(by Staff, on cris.Date) (bool, error) {
		of, err := s.staff(ctx, member)
		return slices.ContainsFunc(of.Posts, func(p Post) bool { return by.supervises(p.Office, on) }), err
	})
}

// looksIf yields the looks that match the query to a member of staff to whom they are open.
func (s *Service) looksIf(ctx context.Context, query LookQuery, by StaffID, isOpenTo func(Staff, cris.Date) (bool, error)) iter.Seq2[Look, error] {
	return func(yield func(Look, error) bool) {
		now, err := s.now()
		if err != nil {
			yield(Look{}, fmt.Errorf("srmt: list looks: %w", err))
			return
		}
		reader, err := s.staff(ctx, by)
		isOpen := false
		if err == nil && reader.ID != "" {
			isOpen, err = isOpenTo(reader, cris.DateOf(now, s.policy.Zone))
		}
		switch {
		case err != nil:
			yield(Look{}, err)
			return
		case !isOpen:
			yield(Look{}, ErrDenied)
			return
		case !text.IsStorable(query.Page.After.ID):
			yield(Look{}, fmt.Errorf("srmt: list looks: %w", &cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"}))
			return
		}
		for look, err := range s.looks.List(ctx, query) {
			if err != nil {
				yield(Look{}, fmt.Errorf("srmt: list looks: %w", err))
				return
			}
			if !yield(look, nil) {
				return
			}
		}
	}
}
