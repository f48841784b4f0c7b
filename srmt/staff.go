package srmt

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
)

// StaffID identifies a member of staff. IDs that differ only in case are different.
type StaffID string

// Staff is a member of staff. The zero Staff is nobody and may do nothing (PV-3). It is
// comparable with ==.
type Staff struct {
	ID     StaffID
	Role   Role                  // "" for one who has left
	Office casestatus.OfficeCode // the one office whose requests the member of staff sees
}

// worksAt reports whether s is an officer or a supervisor of the office. Nobody
// works at no office, where a request that does not exist would be.
func (s Staff) worksAt(office casestatus.OfficeCode) bool {
	return s.ID != "" && office != "" && s.Office == office && s.Role.known()
}

// supervises reports whether s distributes the requests of the office.
func (s Staff) supervises(office casestatus.OfficeCode) bool {
	return s.worksAt(office) && s.Role == SIIO
}

// holds reports whether the request is assigned to s, who is still at its office.
func (s Staff) holds(r *ServiceRequest) bool {
	return s.worksAt(r.Office) && s.ID == r.Officer
}

// PutStaff enters members of staff, each in place of what is on file under the same ID. The
// host program calls it when somebody comes, moves to another office, gets another role or
// leaves: one who has left stays on file without a role, and what that officer held is
// found by [Service.Assigned]. An act that is decided meanwhile goes by what is on file when
// it is saved, so once PutStaff has returned, an officer who moved gets no more requests of the
// old office.
//
// It returns a *cris.ParseError for an entry without an ID that can be stored, with a role
// that is not one of [Roles], or with a role and an office that is neither in the table of
// offices nor the fallback queue; then nothing is saved. Any other error matches ErrConflict
// if the store gave up, or is that of the store or the context; those entered before it stay
// entered, and calling PutStaff again does no harm.
func (s *Service) PutStaff(ctx context.Context, staff ...Staff) error {
	for _, member := range staff {
		if problem := s.problemOfStaff(member); problem != "" {
			return fmt.Errorf("srmt: put staff: %w", &cris.ParseError{What: "member of staff", At: -1, Problem: problem})
		}
	}
	for _, member := range staff {
		if err := retry.OnConflict(ctx, func() error {
			return s.store.UpdateStaff(ctx, member.ID, func(Staff) (Staff, error) { return member, nil })
		}); err != nil {
			return fmt.Errorf("srmt: put staff: %w", err)
		}
	}
	return nil
}

// problemOfStaff says why an entry cannot be right; "" if it can.
func (s *Service) problemOfStaff(member Staff) string {
	if !text.IsVisible(string(member.ID)) || !text.IsStorable(string(member.ID)) {
		return "no identifier"
	}
	if member.Role == "" {
		return ""
	}
	if !member.Role.known() {
		return "the role is not known"
	}
	if _, known := s.offices.Office(member.Office); !known && member.Office != s.policy.FallbackQueue {
		return "the office is not known"
	}
	return ""
}

// staff looks a member of staff up: the zero Staff if there is none, to which nothing is
// open (PV-3).
func (s *Service) staff(ctx context.Context, id StaffID) (Staff, error) {
	if id = onFileAs(id); id == "" {
		return Staff{}, nil
	}
	found, err := s.store.Staff(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return Staff{}, nil
	}
	if err != nil {
		return Staff{}, fmt.Errorf("srmt: read staff: %w", err)
	}
	return found, nil
}

// onFileAs returns the ID as stores have it, "" if nobody can be on file under it.
func onFileAs(id StaffID) StaffID {
	if !text.IsStorable(string(id)) {
		return ""
	}
	return id
}
